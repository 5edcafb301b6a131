"""Lesson 04: squared error and its gradient, cross-entropy for two classes and for many, and which one where."""

from course_utils.exercises import Lesson

from .binary_mistakes import binary
from .by_hand import BY_HAND
from .explained import EXPLAINED
from .gradient_mistakes import gradient
from .mean_surprise_mistakes import surprise
from .mse_gradient_mistakes import mse_gradient
from .mse_mistakes import mse
from .predictions import PREDICTIONS
from .questions import choose
from .quiz import QUIZ
from .sparse_mistakes import sparse

lesson = Lesson(
    "04_losses",
    "Losses",
    [
        mse,
        mse_gradient,
        surprise,
        binary,
        sparse,
        gradient,
        choose,
    ],
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
