"""Lesson 02: ReLU, sigmoid and its slope, softmax, and why a stack of linear layers is one layer."""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .explained import EXPLAINED
from .merge_layers_mistakes import merge_layers
from .predictions import PREDICTIONS
from .questions import choose
from .quiz import QUIZ
from .relu import relu
from .sigmoid_mistakes import sigmoid
from .sigmoid_slope_mistakes import sigmoid_slope
from .softmax import softmax

lesson = Lesson(
    "02_activations",
    "Activation functions",
    [
        relu,
        sigmoid,
        sigmoid_slope,
        softmax,
        merge_layers,
        choose,
    ],
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
