"""A running notebook as the context of checks: IPython's names, a new seed each time, a panel under the cell."""

from __future__ import annotations

import secrets
import sys
from collections.abc import MutableMapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from course_utils import lessons
from course_utils.exercises import Question, Result
from course_utils.exercises.stand_in import standing_in

from . import attempt, games, library, predictions, progress, recall, solution
from .asking import show
from .panel import Panel


class Notebook:
    """The context of a running notebook; in plain Python, of the program that runs."""

    in_place = True
    passed: ClassVar[set[tuple[str, str]]] = set()  # it outlives a second `start`
    solutions = True  # whether explained ones may be opened

    def __init__(self, solutions: bool = True):
        self.solutions = solutions

    def watch(self) -> None:
        """From now on know which cells stop with an error."""
        if shell := _shell():
            attempt.watch(shell)

    @property
    def namespace(self) -> MutableMapping[str, Any]:
        shell = _shell()
        return shell.user_ns if shell else vars(sys.modules["__main__"])

    def hidden_seed(self, exercise: str) -> int:
        return secrets.randbits(32)

    def standing_in(self, lesson: str, exercise: str, earlier: Sequence[str]) -> AbstractContextManager[Sequence[str]]:
        exercises = lessons.load(lesson).exercises
        return standing_in(exercises[exercise], [exercises[id] for id in earlier], self.namespace)

    def show(self, lesson: str, result: Result) -> None:
        names, cells = lessons.load(lesson)[result.exercise].names, self.namespace.get("In", ())
        (self.passed.add if result.status == "passed" else self.passed.discard)((lesson, result.exercise))
        points, answer = (result.points, result.max_points), attempt.digest(names, cells)
        progress.record(lesson, result.exercise, *points, result.status, result.mistake or "", answer)
        below = solution.below(lessons.load(lesson), result, self.solutions)
        show(Panel(attempt.with_note(result, names, cells), below))
        if result.status == "passed":
            library.keep(lessons.load(lesson), result.exercise, self.namespace, self.passed)

    def ask(self, lesson: str, question: Question, typed: tuple) -> None:
        predictions.ask(lesson, question, typed)

    def reveal(self, lesson: str, question: Question, measured: tuple) -> None:
        predictions.reveal(lesson, question, measured)

    def recall(self, lesson: str, number: int | None, said: Any) -> None:
        recall.opening(lesson, number, said)

    def solution(self, lesson: str, exercise: str) -> None:
        solution.open_solution(lessons.load(lesson), exercise, self.solutions)

    def quiz(self, lesson: str, number: int | None, said: Any) -> None:
        recall.quiz(lesson, number, said)

    def keep(self, lesson: str, game: str, state: str) -> None:
        games.keep(lesson, game, state)

    def kept(self, lesson: str, game: str) -> list[str]:
        return games.kept(lesson, game)


def _shell() -> Any:
    from IPython import get_ipython

    return get_ipython()
