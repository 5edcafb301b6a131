"""Lesson 07: data, start values, one hot, gradients, an epoch, accuracy, confusions, a trained network."""

from course_utils.exercises import Lesson

from .accuracy import accuracy
from .by_hand import BY_HAND
from .confusion_matrix import confusion
from .explained import EXPLAINED
from .initialise import initialise
from .loss_and_gradients_shapes import gradients
from .one_hot import one_hot
from .predictions import PREDICTIONS
from .quiz import QUIZ
from .repair_loop import repair_loop
from .split_data import split_data
from .train_epoch_mistakes import train_epoch
from .train_network import train_network

lesson = Lesson(
    "07_numpy_mnist",
    "Digits in NumPy",
    [
        split_data,
        initialise,
        one_hot,
        gradients,
        train_epoch,
        accuracy,
        confusion,
        train_network,
        repair_loop,
    ],
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
