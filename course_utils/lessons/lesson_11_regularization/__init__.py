"""Lesson 11: overfitting and its cures: dropout, L2, early stopping, batch normalisation, shifted images.

The Keras answer is judged by what the model does. Its forward pass is computed again in NumPy from its weights; for a
look at its dropout the weights are set so that each hidden neuron can be read off the output.
"""

from course_utils.exercises import Lesson

from .batch_norm_backward import batch_norm_backward
from .batch_norm_mistakes import batch_norm
from .by_hand import BY_HAND
from .dropout import dropout
from .early_stopping import early_stopping
from .explained import EXPLAINED
from .l2 import l2
from .penalty_mistakes import build
from .predictions import PREDICTIONS
from .questions import diagnose
from .quiz import QUIZ
from .shift import shift

lesson = Lesson(
    "11_regularization",
    "Regularization",
    [
        diagnose,
        dropout,
        l2,
        early_stopping,
        batch_norm,
        shift,
        build,
        batch_norm_backward,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
