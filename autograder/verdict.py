"""One submission, from its folder to its result: whatever it is, it ends with a status and a reason."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.judge import judge
from autograder.results import ExerciseResult, SubmissionResult
from autograder.runner.session import ForkServer, ServerError
from autograder.submission import InvalidSubmission, Submission, blank_submission, read_submission


def judge_submission(
    folder: Path, student: str, assignment: Assignment, server: ForkServer, secret: bytes
) -> SubmissionResult:
    """Read and judge one submission. Whatever it is, it ends with a result and a reason.

    Errors: ServerError when the fork server has died.
    """
    try:
        submission = read_submission(folder, assignment, student)
    except InvalidSubmission as error:
        return replace(failed_result(assignment, student, "invalid", str(error)), sandbox=server.sandbox)
    except MemoryError:
        reason = "The notebook is too large to be read."
        return replace(failed_result(assignment, student, "invalid", reason), sandbox=server.sandbox)
    try:
        result = judge(assignment, submission, server, secret)
    except ServerError:
        raise  # the fork server has gone: this worker cannot go on
    except Exception as error:  # ours, not the student's: say where, and let the rest of the class be graded
        where = traceback.format_exc(limit=-3)
        reason = f"The grader itself failed ({type(error).__name__}: {error}). Please report this:\n{where}"
        return replace(failed_result(assignment, student, "crashed", reason), sandbox=server.sandbox, retry=True)
    return with_missing(result, submission)


def with_missing(result: SubmissionResult, submission: Submission) -> SubmissionResult:
    """An exercise whose answer cell the student had deleted is "missing", not merely "not attempted"."""
    gone = {grade_id.removesuffix("-answer") for _, grade_id in submission.missing if grade_id.endswith("-answer")}
    message = "The cell for this answer was not in the notebook that was handed in."
    exercises = tuple(
        replace(e, status="missing", message=message) if e.id in gone and e.status == "not_attempted" else e
        for e in result.exercises
    )
    return replace(result, exercises=exercises)


def failed_result(assignment: Assignment, student: str, status: str, reason: str) -> SubmissionResult:
    """The result of a submission that could not be judged: no points, the reason, the assignment's own cells."""
    exercise_status = "missing" if status == "invalid" else status
    exercises = tuple(
        ExerciseResult(cell.grade_id, 0.0, cell.points, exercise_status, notebook=cell.notebook)
        for cell in assignment.cells()
        if cell.graded
    )
    notebooks = blank_submission(assignment, student).notebooks
    for notebook in notebooks.values():
        text = f"**This submission could not be graded.** {reason}"
        notebook["cells"].insert(0, {"cell_type": "markdown", "id": "reason", "metadata": {}, "source": text})
    return SubmissionResult(student, status, reason, exercises=exercises, notebooks=notebooks)
