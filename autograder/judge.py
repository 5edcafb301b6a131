"""The judge: runs the assignment's own test cells against proxies of a student's names, cell by cell.

Expected values, seeds and points live here. The student's code runs in a sandboxed child, from which only plain values
come back; a check that crashes or hangs takes nothing with it but itself.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import hashlib
import io
import math
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import CodeType
from typing import Any

import numpy as np

from autograder.assignment import Assignment, TrustedCell
from autograder.results import ExerciseResult, SubmissionResult
from autograder.runner.proxy import Proxy, StudentCrash, StudentError, StudentTimeout
from autograder.runner.session import CellOutcome, ForkServer, Session
from autograder.submission import Submission
from course_utils import lessons
from course_utils.exercises import Lesson, Result, using
from course_utils.notebook.panel import as_html, as_text

DEMO = "demo"
STARTS = re.compile(r"""\bcourse_utils\.start\(["']([^"']+)["']\)""")
MAX_RESTARTS = 5
FATAL = ("timed_out", "crashed")


class OutOfTime(Exception):
    """The submission has used up its time."""


def judge(assignment: Assignment, submission: Submission, server: ForkServer, secret: bytes) -> SubmissionResult:
    """Run a submission and judge every exercise of the assignment. Never raises on account of the submission."""
    return _Judging(assignment, submission, server, secret).run()


@dataclass
class _Judging:
    assignment: Assignment
    submission: Submission
    server: ForkServer
    secret: bytes
    results: dict[str, ExerciseResult] = field(default_factory=dict)
    answers: dict[str, CellOutcome] = field(default_factory=dict)
    troubles: list[tuple[str, str]] = field(default_factory=list)

    def run(self) -> SubmissionResult:
        begun = time.monotonic()
        self.deadline = begun + self.server.limits.submission_seconds
        notebooks = {name: dict(notebook) for name, notebook in self.submission.notebooks.items()}
        for name, notebook in notebooks.items():
            with contextlib.ExitStack() as sessions:
                try:
                    self._run_notebook(name, notebook, sessions)
                except OutOfTime:
                    limit = self.server.limits.submission_seconds
                    self.troubles.append(("timed_out", f"the whole submission took longer than {limit:g} s"))
        missing = [c for c in self.assignment.cells() if c.graded and c.grade_id not in self.results]
        for cell in missing:
            self.results[cell.grade_id] = ExerciseResult(
                cell.grade_id,
                0.0,
                cell.points,
                "timed_out",
                message="The time for the submission was used up before this exercise.",
            )
        status = next((s for s, _ in self.troubles), "graded")
        reasons = [*(reason for _, reason in self.troubles), *self.submission.problems]
        return SubmissionResult(
            self.submission.student,
            status,
            "; ".join(reasons),
            time.monotonic() - begun,
            0.0,
            self.server.sandbox,
            tuple(self.results[c.grade_id] for c in self.assignment.cells() if c.graded),
            notebooks,
        )

    def _run_notebook(self, name: str, notebook: dict, sessions: contextlib.ExitStack) -> None:
        student = sessions.enter_context(self.server.spawn(self.submission.folder))
        deadly: set[int] = set()
        for place, cell in enumerate(notebook["cells"]):
            trusted = self.assignment.find(name, cell["metadata"].get("nbgrader", {}).get("grade_id"))
            if trusted and trusted.kind == "test":
                cell["outputs"], cell["execution_count"] = self._test(trusted, student), None
            elif trusted and trusted.graded:
                self.results[trusted.grade_id] = _by_hand(trusted, cell["source"])
            elif _runs(cell):
                self._check_time()
                outcome = student.run_cell(cell["source"], min(self.server.limits.cell_seconds, self._left()))
                cell["outputs"] = outcome.outputs
                if trusted:
                    self.answers[trusted.grade_id.removesuffix("-answer")] = outcome
                where = f"the cell {trusted.grade_id!r}" if trusted else f"cell {place + 1} of {name}"
                if outcome.status in FATAL:
                    self.troubles.append((outcome.status, f"{where}: {outcome.message}"))
                    deadly.add(place)
                elif outcome.message.startswith("MemoryError"):
                    self.troubles.append(("crashed", f"{where} asked for more memory than is allowed"))
            if not student.alive:
                student = self._again(notebook["cells"][: place + 1], deadly, sessions)

    def _again(self, cells: list[dict], deadly: set[int], sessions: contextlib.ExitStack) -> Session:
        """A new child that has run the cells so far, without those that ended or stopped the last one."""
        for _ in range(MAX_RESTARTS):
            student = sessions.enter_context(self.server.spawn(self.submission.folder))
            for place, cell in enumerate(cells):
                if _runs(cell) and place not in deadly:
                    self._check_time()
                    student.run_cell(cell["source"], min(self.server.limits.cell_seconds, self._left()))
                    if not student.alive:
                        deadly.add(place)
                        break
            if student.alive:
                return student
        raise OutOfTime

    def _check_time(self) -> None:
        if self._left() <= 0:
            raise OutOfTime

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _test(self, cell: TrustedCell, student: Session) -> list[dict]:
        self._check_time()
        with student.snapshot() as fork:  # None where threads forbid a fork: then the check works in place
            result, outputs = run_test(cell, self.assignment, (fork or student).namespace, self.secret)
        answer = self.answers.get(cell.grade_id)
        if result.status == "missing" and answer and answer.status != "ok":
            why = f"The cell with your answer stopped: {answer.message}."
            result = ExerciseResult(cell.grade_id, 0.0, cell.points, answer.status, message=why)
        elif result.status in FATAL:
            self.troubles.append((result.status, f"exercise {cell.grade_id!r}: {result.message}"))
        self.results[cell.grade_id] = result
        return outputs


def _runs(cell: dict) -> bool:
    """Whether the child runs a cell: code that is neither a demonstration nor one of the assignment's tests."""
    metadata = cell["metadata"]
    return (
        cell["cell_type"] == "code"
        and DEMO not in metadata.get("tags", ())
        and not metadata.get("nbgrader", {}).get("grade")
    )


def _by_hand(cell: TrustedCell, source: str) -> ExerciseResult:
    if cell.kind == "manual" and source.strip() == cell.source.strip():
        return ExerciseResult(cell.grade_id, 0.0, cell.points, "not_attempted", message="No answer was written.")
    return ExerciseResult(cell.grade_id, 0.0, cell.points, "manual", message="A person will read this answer.")


class _Context:
    """Where the judge's checks run: the student's names, a seed that only the course knows, an ear for results."""

    def __init__(self, assignment: str, namespace: Any, secret: bytes):
        self.assignment = assignment
        self.namespace = namespace
        self.secret = secret
        self.heard: list[Result] = []

    def hidden_seed(self, exercise: str) -> int:
        text = f"{self.assignment}\n{exercise}".encode()
        return int.from_bytes(hashlib.sha256(self.secret + b"\n" + text).digest()[:4], "big")

    def show(self, lesson: str, result: Result) -> None:
        self.heard.append(result)


class _Names(dict):
    """The global names of a test cell: the judge's own, Python's, then proxies of the student's."""

    def __init__(self, own: dict[str, Any], student: Any):
        super().__init__(own)
        self.student = student

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):
            raise KeyError(name)
        return self.student[name]


def run_test(
    cell: TrustedCell, assignment: Assignment, namespace: Any, secret: bytes
) -> tuple[ExerciseResult, list[dict]]:
    """Run one trusted test cell; returns the verdict and the outputs to write below the cell.

    As in nbgrader a number as last expression is the points, anything else means all of them, an error none.
    """
    context = _Context(assignment.name, namespace, secret)
    own = {"__name__": "__main__", "np": np, "math": math, "lesson": lesson_of(assignment)}
    names = _Names(own, namespace)
    body, last = _split(cell.source)
    printed = io.StringIO()
    try:
        with using(context), contextlib.redirect_stdout(printed):
            exec(body, names)
            value = eval(last, names) if last else None
        score, message = _score(value, cell.points)
        verdict = _verdict(cell, score, message, context.heard)
        outputs = [_result(repr(score))] if score < cell.points or isinstance(value, float) else []
    except Exception as error:
        verdict, outputs = _failed(cell, error, context.heard), [_error(error)]
    text = printed.getvalue()
    stream = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
    return verdict, [*stream, *_panel(verdict), *outputs]


def lesson_of(assignment: Assignment) -> Lesson | None:
    """The lesson whose exercises an assignment checks, by its set-up cell, whatever the assignment itself is called."""
    sources = (cell.source for cell in assignment.cells() if cell.kind == "readonly")
    started = next((match[1] for source in sources if (match := STARTS.search(source))), assignment.name)
    return lessons.load(started) if started in lessons.names() else None


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
    if final.hidden:  # the learner may see the first visible case that differs, never a hidden one
        final = replace(final, mismatch=next((r.mismatch for r in heard if not r.hidden and r.mismatch), None))
    return ExerciseResult(
        cell.grade_id, score, cell.points, final.status, final.mistake, final.message, as_html(final), as_text(final)
    )


def _failed(cell: TrustedCell, error: Exception, heard: list[Result]) -> ExerciseResult:
    status, message = "error", f"{type(error).__name__}: {error}"
    if isinstance(error, StudentCrash) and heard and heard[-1].status in FATAL:
        status, message = heard[-1].status, heard[-1].message  # the visible check met it first
    elif isinstance(error, StudentTimeout):
        status, message = "timed_out", "Your code took too long and was stopped. Is there a loop without an end?"
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


def _error(error: Exception) -> dict:
    name = getattr(error, "kind", type(error).__name__)
    return {"output_type": "error", "ename": name, "evalue": str(error), "traceback": [f"{name}: {error}"]}
