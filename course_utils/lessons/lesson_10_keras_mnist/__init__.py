"""Lesson 10: prepare, define, compile, train, evaluate and predict on MNIST; reading curves and logs.

Keras answers are judged by what they do. Their forward pass is computed again in NumPy from their weights, so the judge
needs no TensorFlow; `keras` below is imported when one of the answers in this table is really run.
"""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .compile_mistakes import build_mlp
from .deeper_mistakes import train_deeper
from .equivalents import train_mlp
from .evaluate import evaluate
from .explained import EXPLAINED
from .fair_experiment import fair_experiment
from .predictions import PREDICTIONS
from .prepare import prepare
from .questions import confusions, count, diagnose
from .quiz import QUIZ
from .read_curve import read_curve
from .read_history import read_history
from .read_predictions import predictions
from .repair_digits import repair_digits

lesson = Lesson(
    "10_keras_mnist",
    "Digits with Keras",
    [
        prepare,
        count,
        build_mlp,
        train_mlp,
        evaluate,
        predictions,
        confusions,
        train_deeper,
        read_history,
        fair_experiment,
        read_curve,
        diagnose,
        repair_digits,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
