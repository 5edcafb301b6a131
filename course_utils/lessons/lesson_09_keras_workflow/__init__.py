"""Lesson 09: split and scale without a leak; define, compile and train a yes-or-no classifier; decide and judge.

The judge computes a model's forward pass again in NumPy, so it needs no TensorFlow. All answers are functions that are
called on small made-up data, so that grading does not need the lesson's data set either.
"""

from course_utils.exercises import Lesson

from .build_classifier_mistakes import build
from .by_hand import BY_HAND
from .choose_threshold import choose
from .decide import decide
from .explained import EXPLAINED
from .predictions import PREDICTIONS
from .questions import find_leaks
from .quiz import QUIZ
from .scores import scores
from .split import split
from .standardize_mistakes import standardize
from .train_classifier_mistakes import train

lesson = Lesson(
    "09_keras_workflow",
    "The Keras workflow",
    [
        split,
        standardize,
        find_leaks,
        build,
        train,
        decide,
        scores,
        choose,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
