"""The exercise model: one table serves hints, grading, the tests of the grader and the class report."""

from .answer import Raised, is_stub, plain, quiet
from .case import Case, edge, random, small
from .checking import check
from .compare import difference
from .context import Context, Notebook, using
from .exercise import Exercise, FunctionExercise, Mistake, ModelExercise, TextExercise, ValuesExercise, Variant
from .lesson import Lesson
from .result import STATUS_WORDS, Mismatch, Points, Result, Stage

__all__ = [
    "STATUS_WORDS",
    "Case",
    "Context",
    "Exercise",
    "FunctionExercise",
    "Lesson",
    "Mismatch",
    "Mistake",
    "ModelExercise",
    "Notebook",
    "Points",
    "Raised",
    "Result",
    "Stage",
    "TextExercise",
    "ValuesExercise",
    "Variant",
    "check",
    "difference",
    "edge",
    "is_stub",
    "plain",
    "quiet",
    "random",
    "small",
    "using",
]
