"""`course check`: one notebook file judged as the course would, without a gradebook, whoever wrote it.

Nothing of the file, and nothing that lies beside it, decides what runs out here. Its code, the tests and the files
beside it meet inside the cage; the tests are the installed course's, or those of a course directory that is named.
"""

from __future__ import annotations

import contextlib
import glob
import secrets
import tempfile
import textwrap
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import kind_of, profile_of
from autograder.course import Course, open_course
from autograder.errors import InvalidSubmission, JudgeLost, UnsafeHost, UsageError
from autograder.judge.alone import judge_alone, server_of_judges, warm
from autograder.judge.failed import failed_result
from autograder.judge.unconfined import judge_unconfined
from autograder.marks import started_lesson
from autograder.notebook_file import read_notebook
from autograder.reporting.titles import and_extra, criteria_of, exercise_titles, points_of
from autograder.results import SubmissionResult
from autograder.runner.fresh import FreshProcesses, can_fork
from autograder.runner.launch import small_files
from autograder.runner.sandbox.limits import Limits
from autograder.source import REPOSITORY, find_source, prepare_assignment
from autograder.submission import made_whole
from autograder.submitted import read_file
from course_utils import lessons
from course_utils.exercises.status import STATUSES

WIDTH = 82
TEXT_STUB = "YOUR ANSWER HERE"
YOU = "you"
NO_CAGE = (
    "There is no cage on this machine, so the notebook's code runs unconfined, as in your own Jupyter: check only code "
    "that you trust."
)

BY_YOURSELF = "A person gives these points. You work alone? Mark yourself in the notebook, below your text."


def check_notebook(
    path: Path, course_dir: str | None = None, tell: Callable[[str], object] = lambda _: None
) -> tuple[str, SubmissionResult]:
    """Judge one notebook file; returns (assignment, result).

    The tests are those of the installed course or, where one is named, of the course directory; its
    nbgrader_config.py and its source/ count as in grading. `tell` hears beforehand when there is no cage here. That is
    no reason to refuse: most check their own code on their own machine.
    """
    if not path.is_file():
        raise UsageError(f"There is no notebook {path}.")
    try:
        cells, metadata = read_notebook(path)
        about = metadata["course"] if isinstance(metadata.get("course"), dict) else {}
        started = started_lesson(cell["source"] for cell in cells if cell["cell_type"] == "code")
        name = str(about.get("lesson") or started or path.stem)  # the file itself may be a renamed copy
        assignment = _of_course(course_dir, name, path.stem) if course_dir else _installed(name, cells, about)
        assignment, stem = _only(assignment, path.stem)
        made_whole(cells, assignment.notebooks[stem], stem, [])  # before anything is started
    except InvalidSubmission as error:
        raise UsageError(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="course-check-") as folder:
        for inside, data in small_files(path.resolve().parent).items():
            target = Path(folder, inside)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        Path(folder, f"{stem}.ipynb").write_bytes(read_file(path))
        return assignment.name, _judge(Path(folder), assignment, tell)


def _of_course(course_dir: str, name: str, stem: str) -> Assignment:
    """The assignment of that name, else the one that has a notebook of that name."""
    course = open_course(course_dir)
    sources = course.folder("source", ".", "*").relative_to(course.root)
    source = find_source(course, name) or next(
        (path.parent for path in sorted(course.root.glob(f"{sources}/{glob.escape(stem)}.ipynb"))), None
    )
    if source is None:
        raise UsageError(f"The course directory {course.root} has no assignment {name!r} and no notebook {stem!r}.")
    return prepare_assignment(course, source.name, source)


def _only(assignment: Assignment, stem: str) -> tuple[Assignment, str]:
    """The part of the assignment that one notebook is, and that notebook's name."""
    stem = next((name for name in (stem, assignment.name) if name in assignment.notebooks), "") or next(
        iter(assignment.notebooks)
    )
    return replace(assignment, notebooks={stem: assignment.notebooks[stem]}), stem


def _installed(name: str, cells: list[dict], about: dict) -> Assignment:
    """The lesson as it is installed: the author's notebook in a checkout, else the lesson's exercises."""
    if name not in lessons.names():
        raise UsageError(
            f"{name[:60]!r} is not a lesson of this course, so there is nothing to check it by. Is it an assignment of "
            "another course? Then name its course directory: --course DIR."
        )
    source = REPOSITORY / "solutions" / name
    if source.is_dir():
        with contextlib.suppress(ImportError):  # nbgrader, which prepares it, need not be here
            return prepare_assignment(Course(REPOSITORY), name, source)
    return _by_exercises(name, cells, about.get("profile"))


def _by_exercises(name: str, cells: list[dict], claimed: object) -> Assignment:
    """The lesson's own checks in the places where a copy has them; nothing in the copy is taken for a test."""
    exercises = lessons.load(name).exercises
    trusted: dict[str, TrustedCell] = {}
    for cell in cells:
        id, kind, source = cell["grade_id"], kind_of(cell["nbgrader"]), cell["source"]
        graded = kind in ("test", "manual", "task")
        if id is None or kind is None or (graded and id not in exercises):
            continue
        points = exercises[id].counted if graded else 0.0
        if kind == "test":
            source = f'lesson.check("{id}")\nlesson.grade("{id}")'
        elif kind == "manual":
            source = TEXT_STUB
        trusted.setdefault(id, TrustedCell(id, name, cell["cell_type"], source, kind, points))
    code = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")
    return Assignment(
        name, {name: list(trusted.values())}, "tensorflow" if claimed == "tensorflow" else profile_of(code)
    )


def _judge(folder: Path, assignment: Assignment, tell: Callable[[str], object]) -> SubmissionResult:
    if not can_fork():
        tell(NO_CAGE)
        limits = Limits.of(assignment.profile)
        judge = partial(judge_unconfined, folder, YOU, assignment, limits)
        return _patiently(judge, assignment, FreshProcesses.sandbox)
    try:
        return _judge_in("auto", folder, assignment)
    except UnsafeHost:
        tell(NO_CAGE)
        return _judge_in("none", folder, assignment)


def _judge_in(sandbox: str, folder: Path, assignment: Assignment) -> SubmissionResult:
    with server_of_judges(assignment.profile, Limits.of(assignment.profile), sandbox) as server:
        warm(server, assignment)
        return _patiently(partial(judge_alone, folder, YOU, assignment, server), assignment, server.sandbox)


def _patiently(judge: Callable[[bytes], SubmissionResult], assignment: Assignment, sandbox: str) -> SubmissionResult:
    secret = secrets.token_bytes(32)
    try:
        result = judge(secret)
        return judge(secret) if result.waited else result  # the machine may have been busy just then
    except JudgeLost as error:
        reason = f"The process that judged it failed: {error}."
        return failed_result(assignment, YOU, error.status, reason, sandbox)


def table(name: str, result: SubmissionResult) -> str:
    """The result as a table of text, with the hint below each exercise that is not right yet."""
    lines, titles, criteria = [], exercise_titles(name), criteria_of(name)
    for exercise in result.exercises:
        status = STATUSES[exercise.status]
        title = titles.get(exercise.id, exercise.id)
        points = points_of(name, exercise, exercise.score)
        lines.append(f"{status.sign} {title:<40.40} {status.word:<26} {points:>12}")
        if exercise.message and exercise.status not in ("passed", "not_attempted"):
            lines += _wrapped(exercise.message)
        if exercise.status == "manual" and exercise.id in criteria:
            lines += [line for part in [*criteria[exercise.id], BY_YOURSELF] for line in _wrapped(part)]
    rule = "─" * WIDTH
    points = f"{result.score:g} of {result.max_score:g}{and_extra(name, result)}"
    total = f"Together {points:>{WIDTH - 9}}"
    notes = _wrapped(result.reason) if result.reason else []
    if result.sandbox.startswith("none"):
        notes += _wrapped(NO_CAGE.replace("runs", "ran"))
    return "\n".join([rule, *lines, rule, total, *notes])


def _wrapped(text: str) -> list[str]:
    shown = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())  # no orders to the terminal
    return textwrap.wrap(shown, WIDTH - 4, initial_indent="    ", subsequent_indent="    ")
