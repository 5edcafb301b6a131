"""Test cells that are none of the course's own checks: run in the student's process, as nbgrader runs them.

Asserts, magics, mocks, `await`, the source of a function: such a test needs the student's objects themselves. What
comes of it is what that process says, and is recorded as such.
"""

from __future__ import annotations

import math

from autograder.assignment import TrustedCell
from autograder.results import FATAL, ExerciseResult
from autograder.runner.session import CellOutcome
from course_utils.exercises import Raised
from course_utils.exercises.plain_words import in_plain_words
from course_utils.exercises.status import status_of_error

REFUSED = "It asked for {}, which nothing gets while grading, so its failure says nothing. A person has to look at it."
STDERR = "Something was written to stderr while the test ran, which counts as a failure, as in nbgrader."


def claimed(cell: TrustedCell, outcome: CellOutcome) -> ExerciseResult:
    """The verdict of a test cell that was run in the student's process, by nbgrader's rule.

    Of what the cell shows the first that counts decides: an error or text on stderr means no points, a last value that
    is a number means so many; all points where there is none. A number beyond them, below 0 or not finite is not taken
    as it is. A test that fails after the cage has refused it something waits for a person.
    """
    result = _by_the_rule(cell, outcome)
    if outcome.refused and result.status not in ("passed", "missing", *FATAL):
        told = f"{REFUSED.format(outcome.refused)} {result.message}".rstrip()
        return _result(cell, 0.0, "manual", told)
    return result


def _by_the_rule(cell: TrustedCell, outcome: CellOutcome) -> ExerciseResult:
    kind, text = outcome.decisive
    if outcome.status in FATAL:
        return _result(cell, 0.0, outcome.status, f"The test did not come to its end: {outcome.message}")
    if kind == "value":
        return _by_value(cell, text)
    if outcome.status == "error":
        return _result(cell, 0.0, *_told(cell, outcome))
    if kind in ("stderr", "error"):
        return _result(cell, 0.0, "wrong", STDERR if kind == "stderr" else "")
    return _result(cell, cell.points, "passed")


def not_run(cell: TrustedCell, ended_by: str) -> ExerciseResult:
    """The verdict of a test cell below one that ended the student's process."""
    return _result(cell, 0.0, "crashed", f"It was not run: the test {ended_by!r} above it had ended the process.")


def _by_value(cell: TrustedCell, text: str) -> ExerciseResult:
    try:
        score = float(text)
    except ValueError:
        return _result(cell, cell.points, "passed")
    if not math.isfinite(score):
        return _result(cell, 0.0, "wrong", "The test gave no finite number of points.")
    score = min(max(score, 0.0), cell.points)
    return _result(cell, score, "passed" if score >= cell.points else "partial" if score else "wrong")


def _told(cell: TrustedCell, outcome: CellOutcome) -> tuple[str, str]:
    """Status and message of a test that stopped."""
    raised = outcome.raised
    if raised is None:
        return "error", outcome.message
    if raised.kind == "AssertionError":
        return "wrong", raised.message or "The answer is not right yet."
    if raised.kind == "NameError" and raised.where in map(str.strip, cell.source.splitlines()):
        return "missing", f"The test needs a name that is not there: {raised.message}."
    words = in_plain_words(Raised.of(raised))
    return status_of_error(raised.kind), f"{outcome.message} {words}".rstrip()


def _result(cell: TrustedCell, score: float, status: str, message: str = "") -> ExerciseResult:
    return ExerciseResult(
        cell.grade_id, score, cell.points, status, message=message, notebook=cell.notebook, in_process=True
    )
