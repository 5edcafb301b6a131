"""Lesson 00: a first number and a first function, to learn how the checks speak."""

from course_utils.exercises import Lesson

from .explained import EXPLAINED
from .predictions import PREDICTIONS
from .questions import first_number
from .quiz import QUIZ
from .twice_plus_one import twice_plus_one

lesson = Lesson(
    "00_start_here",
    "Start here",
    [
        first_number,
        twice_plus_one,
    ],
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
