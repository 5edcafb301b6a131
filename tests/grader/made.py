"""Hand-made results of the toy assignment: what a judge would say, without running anything."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import nbformat

from autograder.assignment import Assignment
from autograder.course import Course
from autograder.records.assignments import load_assignment
from autograder.records.gradebook import GradebookWriter
from autograder.reporting.autograded import write_autograded
from autograder.reporting.feedback import write_feedback
from autograder.results import ExerciseResult, Standing, SubmissionResult
from autograder.submission import read_submission
from tests.grader import toy

WHEN = datetime.datetime(2026, 3, 1, 12, 0)
POINTS = {"total": 1.0, "double": 4.0, "why": 2.0}


def exercise(id: str, score: float, status: str = "", **more: Any) -> ExerciseResult:
    """One verdict; the status follows the score where none is given."""
    full = POINTS[id]
    status = status or ("passed" if score == full else "partial" if score else "wrong")
    return ExerciseResult(id, score, full, status, **more)


def result(assignment: Assignment, folder: Path, student: str, *exercises: ExerciseResult) -> SubmissionResult:
    """A result for a submission that lies in a folder; exercises that are not named are right or wait for a person."""
    usual = {"total": exercise("total", 1), "double": exercise("double", 4), "why": exercise("why", 0, "manual")}
    merged = usual | {e.id: e for e in exercises}
    submission = read_submission(folder, assignment, student)
    return SubmissionResult(student, "graded", exercises=tuple(merged.values()), notebooks=submission.notebooks)


def write(
    course: Course,
    student: str,
    *exercises: ExerciseResult,
    notebook: dict | None = None,
    when: datetime.datetime | None = WHEN,
) -> Standing:
    """Submit, judge by hand and write into gradebook, autograded/ and feedback/."""
    stamp = f"{when} UTC" if when else None
    folder = toy.submit(course.root, student, notebook or toy.honest(), stamp)
    assignment = load_assignment(course, "toy")
    with GradebookWriter(course, assignment) as writer:

        def publish(standing: Standing) -> None:
            write_autograded(course, assignment, standing, folder)
            write_feedback(course, assignment, standing, folder)

        return writer.write(result(assignment, folder, student, *exercises), when, publish)


def autograded(course: Course, student: str) -> nbformat.NotebookNode:
    """The judged notebook."""
    return nbformat.read(course.root / "autograded" / student / "toy" / "toy.ipynb", as_version=4)


def page(course: Course, student: str) -> str:
    """The feedback page."""
    return (course.root / "feedback" / student / "toy" / "toy.html").read_text()
