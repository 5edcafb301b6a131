"""Lesson 13: convolution and pooling by hand, forward and backward; a CNN in Keras, and again in NumPy.

Keras answers are judged by what they do. Their forward pass is computed again in NumPy from their weights, so the judge
needs no TensorFlow; `keras` below is imported when one of the answers in this table is really run.
"""

from course_utils.exercises import Lesson

from .build_cnn_training import build_cnn
from .by_hand import BY_HAND
from .conv_layer import conv_layer
from .explained import EXPLAINED
from .image_gradient import image_gradient
from .kernel_gradient import kernel_gradient
from .max_pool import max_pool
from .max_pool_backward import max_pool_backward
from .output_size import output_size
from .predict_by_hand import by_hand
from .predictions import PREDICTIONS
from .questions import count
from .quiz import QUIZ
from .slide import slide
from .train_cnn_fitting import train_cnn

lesson = Lesson(
    "13_cnn",
    "Images",
    [
        slide,
        output_size,
        conv_layer,
        max_pool,
        max_pool_backward,
        kernel_gradient,
        count,
        build_cnn,
        train_cnn,
        by_hand,
        image_gradient,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
