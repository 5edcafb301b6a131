"""One of the course's own checks, run in the judge against proxies of the student's names."""

from __future__ import annotations

import ast
import contextlib
import functools
import hashlib
import io
import math
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from types import CodeType
from typing import Any

import numpy as np

from autograder.assignment import Assignment, TrustedCell
from autograder.judge.asked import Asked
from autograder.marks import lesson_name
from autograder.results import FATAL, ExerciseResult
from autograder.runner.bindings import names_of
from autograder.runner.errors import StudentCrash, StudentError, StudentTimeout
from autograder.runner.line import Line
from autograder.runner.proxy import Proxy
from course_utils import lessons
from course_utils.exercises import Lesson, Points, Result, using
from course_utils.notebook.panel import as_html, as_text

NO_LESSON = (
    "This check belongs to a lesson, and no locked cell of the assignment starts one (`course_utils.start(...)`), so "
    "nothing was judged."
)
NO_PYTHON = "This check holds more than Python, such as a magic, which the judge cannot run. Nothing was judged."
UNTOLD = "The check asks for what cannot leave the student's process"


def hidden_seed(secret: bytes, assignment: str, exercise: str) -> int:
    """The first seed of the fresh cases, the same for a whole class."""
    text = f"{assignment}\n{exercise}".encode()
    return int.from_bytes(hashlib.sha256(secret + b"\n" + text).digest()[:4], "big")


class _Context:
    """Where the judge's checks run: the student's names, a seed that only the course knows, an ear for results."""

    in_place = False

    def __init__(
        self, cell: TrustedCell, assignment: str, namespace: Any, secret: bytes, passed: Collection[tuple[str, str]]
    ):
        self.assignment = assignment
        self.namespace = namespace
        self.secret = secret
        self.passed = passed
        self.heard: list[Result] = []

    def hidden_seed(self, exercise: str) -> int:
        return hidden_seed(self.secret, self.assignment, exercise)

    def standing_in(self, lesson: str, exercise: str, earlier: Sequence[str]) -> AbstractContextManager[Sequence[str]]:
        return self.namespace.standing_in(lesson, exercise, earlier)

    def show(self, lesson: str, result: Result) -> None:
        self.heard.append(result)


class _Names(dict):
    """The global names of a check: the judge's own, Python's, then what may be asked of the student's."""

    def __init__(self, own: dict[str, Any], asked: Asked):
        super().__init__(own)
        self.asked = asked

    def __missing__(self, name: str) -> Any:
        return self.asked.name(name)


def run_test(
    cell: TrustedCell, assignment: Assignment, student: Line, secret: bytes, passed: Collection[str] = ()
) -> tuple[ExerciseResult, list[dict]]:
    """Run one check; returns the verdict and the outputs to write below the cell.

    `passed`: the ids of the exercises before it that the student's answers passed.

    As in nbgrader a number as last expression is the points, anything else means all of them, an error none. Where the
    check needs what cannot leave the student's process, a person is asked.
    """
    lesson = lesson_of(assignment)
    if lesson is None:
        return _by_a_person(cell, NO_LESSON)
    try:
        program = None if _only_checks_and_grades(cell) else _split(cell.source)
    except SyntaxError:
        return _by_a_person(cell, NO_PYTHON)
    context = _Context(cell, assignment.name, student.namespace, secret, {(lesson.name, id) for id in passed})
    asked, student.untold = Asked(student.namespace), ""
    names = _Names({"__name__": "__main__", "np": np, "math": math, "lesson": lesson}, asked)
    printed = io.StringIO()
    try:
        with using(context), contextlib.redirect_stdout(printed):
            value = _graded(lesson, cell.grade_id, context.heard) if program is None else _run(*program, names)
        score, message = _score(value, cell.points)
        verdict = _verdict(cell, score, message, context.heard)
        outputs = [_result(repr(score))] if score < cell.points or isinstance(value, float) else []
    except BaseException as error:  # pytest's and SystemExit too
        verdict, outputs = _failed(cell, error, context.heard), [_error(error)]
    if asked.refused or (student.untold and verdict.status != "passed"):
        return _by_a_person(cell, f"{UNTOLD} ({asked.refused or student.untold}).")
    text = printed.getvalue()
    stream = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
    return verdict, [*stream, *_panel(verdict), *outputs]


def _only_checks_and_grades(cell: TrustedCell) -> bool:
    return ast.unparse(ast.parse(cell.source)) == f"lesson.check({cell.grade_id!r})\nlesson.grade({cell.grade_id!r})"


def _run(body: CodeType, last: CodeType | None, names: dict[str, Any]) -> Any:
    """The value of the last expression."""
    exec(body, names)
    return eval(last, names) if last else None


def _graded(lesson: Lesson, id: str, heard: list[Result]) -> Points:
    """The points on fresh cases; where something is wrong, the visible cases give the one that is shown."""
    points = lesson.grade(id)
    if heard[-1].stages and heard[-1].status not in ("passed", *FATAL):  # without stages nothing was tried
        with contextlib.suppress(StudentError):  # the points stand
            heard[-1] = replace(heard[-1], mismatch=lesson.first_wrong(id))
    return points


def _by_a_person(cell: TrustedCell, why: str) -> tuple[ExerciseResult, list[dict]]:
    verdict = ExerciseResult(cell.grade_id, 0.0, cell.points, "manual", message=f"{why} A person has to look at it.")
    return verdict, list(_panel(verdict))


def lesson_of(assignment: Assignment) -> Lesson | None:
    """The lesson whose exercises an assignment checks."""
    return _loaded(lesson_name(assignment))


@functools.cache
def _loaded(name: str) -> Lesson | None:
    return lessons.load(name) if name in lessons.names() else None


def asked_names(cell: TrustedCell, assignment: Assignment) -> frozenset[str]:
    """The student's names that a test cell asks for."""
    lesson = lesson_of(assignment)
    if lesson is not None and cell.grade_id in lesson.exercises:
        return frozenset(lesson[cell.grade_id].names)
    return names_of(cell.source).needs


def _split(source: str) -> tuple[CodeType, CodeType | None]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    body = compile(tree, "<test cell>", "exec")
    return body, compile(ast.Expression(last.value), "<test cell>", "eval") if last else None


def _score(value: Any, points: float) -> tuple[float, str]:
    if isinstance(value, Proxy):
        return 0.0, "The test's last value came from the student's code, so it is not counted."
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        return points, ""
    score = float(value)
    return (
        (min(max(score, 0.0), points), "")
        if math.isfinite(score)
        else (0.0, "The test gave no finite number of points.")
    )


def _verdict(cell: TrustedCell, score: float, message: str, heard: list[Result]) -> ExerciseResult:
    if not heard:
        status = "passed" if score >= cell.points else "partial" if score > 0 else "wrong"
        return ExerciseResult(cell.grade_id, score, cell.points, status, message=message)
    final = heard[-1]
    if final.hidden and not final.mismatch:  # a visible case may be shown, where the cell itself checks too
        final = replace(final, mismatch=next((r.mismatch for r in heard if not r.hidden and r.mismatch), None))
    extra = final.points - final.counted
    panel = as_html(final), as_text(final)
    return ExerciseResult(
        cell.grade_id, score, cell.points, final.status, final.mistake, final.message, *panel, extra=extra
    )


def _failed(cell: TrustedCell, error: BaseException, heard: list[Result]) -> ExerciseResult:
    status, message = "error", f"{type(error).__name__}: {error}"
    if isinstance(error, StudentCrash) and heard and heard[-1].status in FATAL:
        status, message = heard[-1].status, heard[-1].message  # the visible check met it first
    elif isinstance(error, StudentTimeout):
        status, message = "timed_out", f"Your code did not come to an end: {error.message}"
    elif isinstance(error, StudentCrash):
        status, message = "crashed", f"Your code ended the Python process ({error})."
    elif isinstance(error, StudentError):
        message = f"{error.kind}: {error.message}"
    elif isinstance(error, AssertionError):
        status, message = "wrong", str(error) or "The answer is not right yet."
    elif isinstance(error, KeyError | NameError):
        status, message = "missing", f"The test needs the name {error}, which is not there."
    return ExerciseResult(cell.grade_id, 0.0, cell.points, status, message=message)


def _panel(verdict: ExerciseResult) -> Iterator[dict]:
    if verdict.panel_text:
        data = {"text/plain": verdict.panel_text, "text/html": verdict.panel_html}
        yield {"output_type": "display_data", "metadata": {}, "data": data}
    elif verdict.message:
        yield {"output_type": "stream", "name": "stdout", "text": verdict.message + "\n"}


def _result(text: str) -> dict:
    return {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": {"text/plain": text}}


def _error(error: BaseException) -> dict:
    name = getattr(error, "kind", type(error).__name__)
    return {"output_type": "error", "ename": name, "evalue": str(error), "traceback": [f"{name}: {error}"]}
