"""Lesson 18: count, freeze, cut off the head, put on a new one, fine-tune, choose.

Answers get a *maker*, a function that returns a new copy of a trained network, as `keras.applications` has them. The
makers of the checks have known weights, so the judge computes in NumPy what an answer should have done with them.
"""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .explained import EXPLAINED
from .extract_features import features
from .fine_tune_mistakes import fine_tune
from .freeze import freeze
from .predictions import PREDICTIONS
from .questions import choose, count
from .quiz import QUIZ
from .repair_chalk import repair_chalk
from .with_new_head_mistakes import with_new_head

lesson = Lesson(
    "18_transfer_learning",
    "Transfer learning",
    [
        count,
        freeze,
        features,
        with_new_head,
        fine_tune,
        choose,
        repair_chalk,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
