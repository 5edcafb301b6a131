"""`course check`: students grade their own copy, as the course would, without a gradebook."""

from __future__ import annotations

import json
import secrets
import textwrap
from pathlib import Path
from typing import Any

from autograder.assignment import PYTHON_KERNEL, Assignment, find_source, prepare_assignment, trusted_cells
from autograder.course import Course, UsageError
from autograder.feedback import STATUS, exercise_titles
from autograder.grading import with_missing
from autograder.results import SubmissionResult
from autograder.submission import InvalidSubmission, Submission, read_cells, restore

WIDTH = 82


def check_notebook(path: Path) -> tuple[str, SubmissionResult]:
    """Judge one notebook file; returns (assignment, result).

    With the author's notebook at hand its tests are used, on fresh cases; otherwise the checks that the copy carries.
    It is the student's own code on the student's own machine, so a missing sandbox is no reason to refuse.
    """
    if not path.is_file():
        raise UsageError(f"There is no notebook {path}.")
    try:
        cells = read_cells(path)
        metadata = json.loads(path.read_text(encoding="utf-8-sig")).get("metadata", {})
        name = str(metadata.get("course", {}).get("lesson", path.stem))  # the file itself may be a renamed copy
        source = find_source(Course(path.resolve().parent), name)
        assignment = _assignment(path, name, source)
        if not any(cell.graded for cell in assignment.cells()):
            raise UsageError(f"{path.name} has no graded exercises. Is it a lesson of the course?")
        submission = _submission(path, name, cells, assignment)
    except InvalidSubmission as error:
        raise UsageError(str(error)) from error
    return name, _judge(assignment, submission)


def _assignment(path: Path, name: str, source: Path | None) -> Assignment:
    if source is not None and (source / f"{name}.ipynb").resolve() != path.resolve():
        return prepare_assignment(Course(path.resolve().parent), name, source)
    import nbformat
    from nbgrader.nbgraderformat import MetadataValidator

    notebook: Any = MetadataValidator().upgrade_notebook_metadata(nbformat.read(path, as_version=4))
    said = notebook.metadata.get("course", {}).get("profile")
    text = "\n".join(cell.source for cell in notebook.cells)
    profile = "tensorflow" if said == "tensorflow" or "import tensorflow" in text or "import keras" in text else "numpy"
    return Assignment(name, {name: list(trusted_cells(notebook, name))}, profile, {name: PYTHON_KERNEL})


def _submission(path: Path, name: str, cells: list[dict], assignment: Assignment) -> Submission:
    problems: list[str] = []
    notebook, gone = restore(cells, assignment.notebooks[name], name, problems)
    missing = frozenset((name, grade_id) for grade_id in gone)
    return Submission("you", path.resolve().parent, {name: notebook}, missing, tuple(problems))


def _judge(assignment: Assignment, submission: Submission) -> SubmissionResult:
    from autograder.judge import judge
    from autograder.session import ForkServer, UnsafeHost

    def run(sandbox: str) -> SubmissionResult:
        with ForkServer(profile=assignment.profile, sandbox=sandbox) as server:
            return with_missing(judge(assignment, submission, server, secrets.token_bytes(32)), submission)

    try:
        return run("auto")
    except UnsafeHost:
        return run("none")


def table(name: str, result: SubmissionResult) -> str:
    """The result as a table of text, with the hint below each exercise that is not right yet."""
    lines, titles = [], exercise_titles(name)
    for exercise in result.exercises:
        sign, words, _ = STATUS[exercise.status]
        title = titles.get(exercise.id, exercise.id)
        points = f"{exercise.score:g} of {exercise.max_score:g}"
        lines.append(f"{sign} {title:<40.40} {words:<26} {points:>12}")
        if exercise.message and exercise.status not in ("passed", "manual", "not_attempted"):
            lines += _wrapped(exercise.message)
    rule = "─" * WIDTH
    points = f"{result.score:g} of {result.max_score:g}"
    total = f"{'Together':<69} {points:>12}"
    notes = _wrapped(result.reason) if result.reason else []
    return "\n".join([rule, *lines, rule, total, *notes])


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH - 4, initial_indent="    ", subsequent_indent="    ")
