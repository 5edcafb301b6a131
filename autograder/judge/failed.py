"""Results where there was nothing to judge: the whole submission, or the answer to one exercise."""

from __future__ import annotations

from dataclasses import replace

from autograder.assignment import Assignment
from autograder.cells import exercise_id, is_answer
from autograder.results import ExerciseResult, SubmissionResult
from autograder.submission import Submission, blank_submission


def failed_result(
    assignment: Assignment, student: str, status: str, reason: str, sandbox: str = ""
) -> SubmissionResult:
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
    return SubmissionResult(student, status, reason, sandbox=sandbox, exercises=exercises, notebooks=notebooks)


def with_missing(result: SubmissionResult, submission: Submission) -> SubmissionResult:
    """An exercise whose answer cell the student had deleted is "missing", not merely "not attempted"."""
    gone = {(name, exercise_id(grade_id)) for name, grade_id in submission.missing if is_answer(grade_id)}
    message = "The cell for this answer was not in the notebook that was handed in."
    exercises = tuple(
        replace(e, status="missing", message=message)
        if (e.notebook, e.id) in gone and e.status in ("not_attempted", "missing")
        else e
        for e in result.exercises
    )
    return replace(result, exercises=exercises)
