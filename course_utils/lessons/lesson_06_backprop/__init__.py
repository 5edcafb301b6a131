"""Lesson 06: gradients on a graph, through a sigmoid, a loss, a layer and a network; and how to check them."""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .dense_backward_mistakes import dense
from .explained import EXPLAINED
from .find_wrong_mistakes import finder
from .network_backward_mistakes import network
from .predictions import PREDICTIONS
from .questions import graph
from .quiz import QUIZ
from .repair_moons import repair_moons
from .sigmoid_backward import sigmoid
from .softmax_loss_mistakes import softmax

lesson = Lesson(
    "06_backprop",
    "Backpropagation",
    [
        graph,
        sigmoid,
        softmax,
        dense,
        network,
        finder,
        repair_moons,
    ],
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
