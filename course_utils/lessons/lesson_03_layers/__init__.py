"""Lesson 03: a dense layer, its shapes, the forward pass, XOR by hand, and linear layers that collapse."""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .collapse_mistakes import collapse
from .dense_mistakes import dense
from .explained import EXPLAINED
from .forward_mistakes import forward
from .predictions import PREDICTIONS
from .questions import shapes
from .quiz import QUIZ
from .xor_equivalents import xor_layers

lesson = Lesson(
    "03_layers",
    "Layers and the forward pass",
    [
        dense,
        shapes,
        forward,
        xor_layers,
        collapse,
    ],
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
