"""The exercise model: one table serves hints, grading, the tests of the grader and the class report."""

from functools import partial

from course_utils import aliases

from .answer import Raised, is_stub, over_there, plain, quiet
from .case import Case, edge, random, small
from .checking import check
from .compare import difference
from .context import Context, using
from .exercise import Exercise
from .explained import Explained
from .kinds import FunctionExercise, ModelExercise, TextExercise, ValuesExercise
from .lesson import Lesson
from .open_task import Mark, OpenTask
from .question import Answer, Choice, Near, Number, Option, Question, Verdict
from .repair import RepairExercise
from .result import Mismatch, Points, Result, Stage
from .status import STATUSES
from .table import Mistake, Slip, Variant

__all__ = [
    "STATUSES",
    "Answer",
    "Case",
    "Choice",
    "Context",
    "Exercise",
    "Explained",
    "FunctionExercise",
    "Lesson",
    "Mark",
    "Mismatch",
    "Mistake",
    "ModelExercise",
    "Near",
    "Number",
    "OpenTask",
    "Option",
    "Points",
    "Question",
    "Raised",
    "RepairExercise",
    "Result",
    "Slip",
    "Stage",
    "TextExercise",
    "ValuesExercise",
    "Variant",
    "Verdict",
    "check",
    "difference",
    "edge",
    "is_stub",
    "over_there",
    "plain",
    "quiet",
    "random",
    "small",
    "using",
]

__getattr__ = partial(aliases.look_up, __name__)
