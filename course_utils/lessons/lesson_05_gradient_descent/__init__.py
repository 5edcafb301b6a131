"""Lesson 05: measured slopes, the update rule, learning rates, fitting a line, epochs and mini-batches."""

from course_utils.exercises import Lesson

from .fit_line import fit_line
from .gradient_step import step
from .minibatches import minibatches
from .numerical_gradient import measured
from .questions import count, rates

lesson = Lesson(
    "05_gradient_descent",
    "Gradient descent",
    [
        measured,
        step,
        rates,
        fit_line,
        count,
        minibatches,
    ],
)
