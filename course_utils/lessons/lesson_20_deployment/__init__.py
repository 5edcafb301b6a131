"""Lesson 20: a model that brings its preparation, a service's input and output, and the capstone.

The judge computes a Keras model's predictions again in NumPy from its weights; the project is asked about rows of real
data that its author has not seen.
"""

from course_utils.exercises import Lesson

from .explained import EXPLAINED
from .pack_again import pack
from .predictions import PREDICTIONS
from .project_mistakes import project
from .questions import cures, model_card, networks
from .quiz import QUIZ
from .read_request_forms import read_request
from .repair_service import repair_service
from .reply_forms import reply

lesson = Lesson(
    "20_deployment",
    "Into an application",
    [
        pack,
        read_request,
        reply,
        networks,
        cures,
        project,
        model_card,
        repair_service,
    ],
    predictions=PREDICTIONS,
    quiz=QUIZ,
    explained=EXPLAINED,
)
