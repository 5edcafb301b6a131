"""Lesson 08: SGD, momentum, RMSprop, Adam, a schedule, rates that win a race down a ravine; an extra, Nesterov."""

from course_utils.exercises import Lesson

from .adam_mistakes import adam
from .by_hand import BY_HAND
from .explained import EXPLAINED
from .momentum import momentum
from .nesterov import nesterov
from .predictions import PREDICTIONS
from .quiz import QUIZ
from .race import race
from .repair_adam import repair_adam
from .rmsprop_mistakes import rmsprop
from .schedule_mistakes import schedule
from .sgd import sgd

lesson = Lesson(
    "08_optimizers",
    "Optimizers",
    [
        sgd,
        momentum,
        rmsprop,
        adam,
        schedule,
        race,
        repair_adam,
        nesterov,
    ],
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
