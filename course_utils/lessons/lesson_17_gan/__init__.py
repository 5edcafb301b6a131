"""Lesson 17: the losses of two players, a turn that moves one of them, covered modes, a contest in Keras.

The Keras answer is judged by what it does: which weights moved, and whether the losses are those that NumPy finds
with the same weights. The judge needs no TensorFlow.
"""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .contest_losses import contest
from .covered_modes import covered_modes
from .discriminator_mistakes import discriminator_loss
from .explained import EXPLAINED
from .generator_loss import generator_loss
from .generator_turn_slopes import generator_turn
from .predictions import PREDICTIONS
from .questions import draw
from .quiz import QUIZ
from .repair_inspector import repair_inspector

lesson = Lesson(
    "17_gan",
    "Generating",
    [
        draw,
        discriminator_loss,
        generator_loss,
        generator_turn,
        covered_modes,
        contest,
        repair_inspector,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
