"""Lesson 15: gradients by depth, first weights, residual connections, clipping, layer normalisation."""

from course_utils.exercises import Lesson

from .by_hand import BY_HAND
from .clip_by_norm import clip
from .explained import EXPLAINED
from .gradient_norms import gradient_norms
from .kernel_std import kernel_std
from .layer_norm import layer_norm
from .predictions import PREDICTIONS
from .questions import cures
from .quiz import QUIZ
from .repair_deep import repair_deep
from .residual import residual
from .residual_backward import residual_backward

lesson = Lesson(
    "15_deep_networks",
    "Deep networks",
    [
        gradient_norms,
        kernel_std,
        residual,
        residual_backward,
        clip,
        layer_norm,
        cures,
        repair_deep,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
