"""Lesson 04: squared error and its gradient, cross-entropy for two classes and for many, and which one where."""

from course_utils.exercises import Lesson

from .binary_crossentropy import binary
from .crossentropy_gradient import gradient
from .mean_surprise import surprise
from .mse import mse
from .mse_gradient import mse_gradient
from .questions import choose
from .sparse_crossentropy import sparse

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
)
