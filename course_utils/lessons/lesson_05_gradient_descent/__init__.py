"""Lesson 05: measured slopes, the update rule, learning rates, fitting a line, epochs and mini-batches."""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .explained import EXPLAINED
from .fit_line_mistakes import fit_line
from .gradient_step_mistakes import step
from .minibatches_mistakes import minibatches
from .numerical_gradient_mistakes import measured
from .predictions import PREDICTIONS
from .questions import count, rates
from .quiz import QUIZ

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
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
