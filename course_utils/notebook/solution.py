"""An explained solution for whoever is stuck, after three different tries; and another way for whoever has passed.

Nothing of it is shown for a grade or in the course's own build.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from course_utils.environment import in_grading
from course_utils.exercises import Exercise, Lesson, Result
from course_utils.exercises.status import titled
from course_utils.exercises.table import mistakes_in

from . import progress
from .asking import show
from .panel import inline_code
from .question_panel import box

ENOUGH = 3  # different answers that failed the check of an exercise, until its solution may be opened
SWITCH = "COURSE_SOLUTIONS"  # "off": nobody opens one here
FAILED = ("partial", "wrong", "error", "timed_out", "crashed")
OFF = "Explained solutions are switched off in this course."


@dataclass(frozen=True)
class Solution:
    """A solution, why it is as it is, and the hints to the mistakes that the learner's own checks have met."""

    title: str
    why: str
    code: str
    met: tuple[str, ...] = ()

    def __repr__(self) -> str:
        lines = [titled(self.title, SOLUTION), "", self.why, "", *_indented(self.code)]
        if self.met:
            lines += ["", "What your own checks met:", *(f"  • {hint}" for hint in self.met)]
        return "\n".join([*lines, "", CLOSE])

    def _repr_html_(self) -> str:
        parts = [f"<strong>{escape(titled(self.title, SOLUTION))}</strong>", f"<p>{inline_code(self.why)}</p>"]
        parts.append(code_html(self.code))
        if self.met:
            hints = "".join(f"<li>{inline_code(hint)}</li>" for hint in self.met)
            parts.append(f"<p><strong>What your own checks met</strong></p><ul>{hints}</ul>")
        return box("#0072B2", "".join([*parts, f"<p>{CLOSE}</p>"]), live=True)


SOLUTION = "a solution, explained"
CLOSE = "Read it, clear this output, and write the answer from memory."


def open_solution(lesson: Lesson, id: str, allowed: bool) -> None:
    """Show the solution of an exercise, once three different answers have failed or one has passed; else say when.

    Errors: ValueError for a text, which has none.
    """
    exercise = lesson[id]
    if exercise.kind == "text":
        raise ValueError(f'A text has no solution. lesson.mark("{id}") shows what it is marked by.')
    if in_grading():
        return
    failed, passed = _checks(lesson.name, id)
    if not may_open(allowed):
        print(OFF)
    elif failed < ENOUGH and not passed:
        print(_not_yet(failed))
    else:
        show(solution_of(lesson, exercise))


def _not_yet(failed: int) -> str:
    """When the solution can be opened, once so many different answers have failed.

    >>> print(_not_yet(1))
    One answer has failed so far; after two more different tries the solution can be opened. Have you read all hints?
    """
    have = ("No answer has", "One answer has", "Two different answers have")[failed]
    more = ("three different tries", "two more different tries", "one more different try")[failed]
    return f"{have} failed so far; after {more} the solution can be opened. Have you read all hints?"


def may_open(allowed: bool) -> bool:
    """Whether solutions can be opened here: by the lesson's first cell, and by the environment."""
    return allowed and os.environ.get(SWITCH, "").lower() != "off"


def solution_of(lesson: Lesson, exercise: Exercise) -> Solution:
    """The explained solution of an exercise that the course checks."""
    told = lesson.explained.get(exercise.id)
    hints = {mistake.name: mistake.hint for mistake in exercise.mistakes}
    met = dict.fromkeys(name for text in progress.mistakes_of(lesson.name, exercise.id) for name in mistakes_in(text))
    why = told.why if told else exercise.why_in_general
    return Solution(exercise.title, why, exercise.solution(), tuple(hints[name] for name in met if name in hints))


def below(lesson: Lesson, result: Result, allowed: bool) -> tuple[str, str]:
    """What stands at the end of a panel, as text and as HTML: the way to the solution, or another way; or nothing."""
    if in_grading() or os.environ.get("COURSE_BUILD") or result.hidden:
        return "", ""
    if result.status == "passed":
        return _another_way(lesson, result.exercise)
    if result.status not in FAILED or not may_open(allowed):
        return "", ""
    failed, _ = _checks(lesson.name, result.exercise)
    if failed < ENOUGH:
        return "", ""
    told = f'Stuck? `lesson.solution("{result.exercise}")`, in a cell of your own, opens an explained solution.'
    return told, f'<div style="margin-top:.4em">{inline_code(told)}</div>'


def _another_way(lesson: Lesson, id: str) -> tuple[str, str]:
    told = lesson.explained.get(id)
    if told is None or not told.variant:
        return "", ""
    exercise = lesson[id]
    row = next(row for row in exercise.variants if row.name == told.variant)
    code = exercise.source_of(row)
    html = (
        f'<details style="margin-top:.4em"><summary>Another way: {escape(told.variant)}</summary>'
        f"<div>{inline_code(told.way)}</div>{code_html(code)}</details>"
    )
    return "\n".join([f"Another way, {told.variant}: {told.way}", *_indented(code)]), html


def _checks(lesson: str, id: str) -> tuple[int, bool]:
    """How many different answers to an exercise have failed, and whether any has passed.

    A check whose answer is not known, as in records of earlier versions, counts as one of its own.
    """
    checks = progress.checks_of(lesson, id)
    failed = {answer or number for number, (status, answer) in enumerate(checks) if status in FAILED}
    return len(failed), any(status == "passed" for status, _ in checks)


def code_html(code: str) -> str:
    """Code on a page, as it stands."""
    return f'<pre style="margin:.3em 0;padding:.4em .8em;border:1px solid #9994;overflow-x:auto">{escape(code)}</pre>'


def _indented(code: str) -> Sequence[str]:
    return [f"    {line}".rstrip() for line in code.rstrip("\n").splitlines()]
