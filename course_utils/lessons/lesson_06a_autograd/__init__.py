"""Lesson 06a: numbers that remember what they were computed from, and give back every gradient by themselves."""

from course_utils.exercises import Lesson

from .back_order import back_order
from .backward import backward
from .explained import EXPLAINED
from .predictions import predictions
from .quiz import QUIZ
from .tanh import tanh
from .tape_gradients import tape_gradients
from .train import train
from .value import value

lesson = Lesson(
    "06a_autograd",
    "Autograd in forty lines",
    [
        value,
        back_order,
        backward,
        tanh,
        train,
        tape_gradients,
    ],
    predictions,
    optional=True,
    quiz=QUIZ,
    explained=EXPLAINED,
)
