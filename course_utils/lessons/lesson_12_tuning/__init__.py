"""Lesson 12: log scale, random search, successive halving, a search space, noise, an honest report."""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .choose_report import choose
from .explained import EXPLAINED
from .halving_rounds import halving
from .log_uniform import log_uniform
from .mean_error import mean_error
from .predictions import PREDICTIONS
from .quiz import QUIZ
from .random_configs_widths import random_configs
from .really_better import better
from .search_space_questions import search_space

lesson = Lesson(
    "12_tuning",
    "Tuning",
    [
        log_uniform,
        random_configs,
        halving,
        search_space,
        mean_error,
        better,
        choose,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
