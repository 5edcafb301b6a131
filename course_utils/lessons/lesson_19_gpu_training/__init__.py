"""Lesson 19: what a step costs, pipelines, half precision, loss scaling, several devices."""

from course_utils.exercises import Lesson

from .build_mixed_mistakes import build_mixed
from .by_hand import BY_HAND
from .epoch_time import epoch_time
from .explained import EXPLAINED
from .lost_in_half import lost_in_half
from .make_pipeline_mistakes import make_pipeline
from .predictions import PREDICTIONS
from .questions import speed_up
from .quiz import QUIZ
from .repair_scale import repair_scale
from .scaled_step import scaled_step
from .whole_gradient import whole_gradient

lesson = Lesson(
    "19_gpu_training",
    "Training on a GPU",
    [
        speed_up,
        epoch_time,
        make_pipeline,
        lost_in_half,
        scaled_step,
        build_mixed,
        whole_gradient,
        repair_scale,
    ],
    by_hand=BY_HAND,
    quiz=QUIZ,
    optional=True,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
