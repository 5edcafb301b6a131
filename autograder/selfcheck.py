"""`course check`: students grade their own copy, as the course would, without a gradebook."""

from __future__ import annotations

import secrets
import textwrap
from pathlib import Path

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import kind_of, profile_of
from autograder.course import Course
from autograder.errors import InvalidSubmission, UsageError
from autograder.judge.failed import with_missing
from autograder.marks import started_lesson
from autograder.notebook_file import read_notebook
from autograder.reporting.titles import exercise_titles
from autograder.results import SubmissionResult
from autograder.source import find_source, prepare_assignment
from autograder.submission import Submission, made_whole
from course_utils.exercises.status import STATUSES

WIDTH = 82
TEXT_STUB = "YOUR ANSWER HERE"


def check_notebook(path: Path) -> tuple[str, SubmissionResult]:
    """Judge one notebook file; returns (assignment, result).

    With the author's notebook at hand its tests are used, on fresh cases; otherwise the checks that the copy carries.
    It is the student's own code on the student's own machine, so a missing sandbox is no reason to refuse.
    """
    if not path.is_file():
        raise UsageError(f"There is no notebook {path}.")
    try:
        cells, metadata = read_notebook(path)
        about = metadata["course"] if isinstance(metadata.get("course"), dict) else {}
        started = started_lesson(cell["source"] for cell in cells if cell["cell_type"] == "code")
        name = str(about.get("lesson") or started or path.stem)  # the file itself may be a renamed copy
        source = find_source(Course(path.resolve().parent), name)
        if source is None or (source / f"{name}.ipynb").resolve() == path.resolve():
            assignment = _by_its_own_checks(name, cells, about)
        else:
            assignment = prepare_assignment(Course(path.resolve().parent), name, source)
        if not any(cell.graded for cell in assignment.cells()):
            raise UsageError(f"{path.name} has no graded exercises. Is it a lesson of the course?")
        submission = _submission(path, name, cells, assignment)
    except InvalidSubmission as error:
        raise UsageError(str(error)) from error
    return name, _judge(assignment, submission)


def _by_its_own_checks(name: str, cells: list[dict], about: dict) -> Assignment:
    """The assignment as a copy describes it, for students who have nothing but the copy."""
    trusted = []
    for cell in cells:
        kind, points = kind_of(cell["nbgrader"]), cell["nbgrader"].get("points")
        if cell["grade_id"] is None or kind is None:
            continue
        source = TEXT_STUB if kind == "manual" else cell["source"]
        value = float(points) if isinstance(points, int | float) and points >= 0 else 0.0
        trusted.append(TrustedCell(cell["grade_id"], name, cell["cell_type"], source, kind, value))
    code = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")
    profile = "tensorflow" if about.get("profile") == "tensorflow" else profile_of(code)
    return Assignment(name, {name: trusted}, profile)


def _submission(path: Path, name: str, cells: list[dict], assignment: Assignment) -> Submission:
    problems: list[str] = []
    notebook, gone = made_whole(cells, assignment.notebooks[name], name, problems)
    missing = frozenset((name, grade_id) for grade_id in gone)
    return Submission("you", path.resolve().parent, {name: notebook}, missing, tuple(problems))


def _judge(assignment: Assignment, submission: Submission) -> SubmissionResult:
    from autograder.errors import UnsafeHost
    from autograder.judge.judging import judge
    from autograder.runner.launch import ForkServer

    def run(sandbox: str) -> SubmissionResult:
        with ForkServer(profile=assignment.profile, sandbox=sandbox) as server:
            secret = secrets.token_bytes(32)
            server.lay(assignment.files)
            result = judge(assignment, submission, server, secret)
            if result.waited:  # the machine may have been busy just then
                result = judge(assignment, submission, server, secret)
            return with_missing(result, submission)

    try:
        return run("auto")
    except UnsafeHost:
        return run("none")


def table(name: str, result: SubmissionResult) -> str:
    """The result as a table of text, with the hint below each exercise that is not right yet."""
    lines, titles = [], exercise_titles(name)
    for exercise in result.exercises:
        status = STATUSES[exercise.status]
        title = titles.get(exercise.id, exercise.id)
        points = f"{exercise.score:g} of {exercise.max_score:g}"
        lines.append(f"{status.sign} {title:<40.40} {status.word:<26} {points:>12}")
        if exercise.message and exercise.status not in ("passed", "manual", "not_attempted"):
            lines += _wrapped(exercise.message)
    rule = "─" * WIDTH
    points = f"{result.score:g} of {result.max_score:g}"
    total = f"{'Together':<69} {points:>12}"
    notes = _wrapped(result.reason) if result.reason else []
    return "\n".join([rule, *lines, rule, total, *notes])


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH - 4, initial_indent="    ", subsequent_indent="    ")
