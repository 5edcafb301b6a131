"""Where a check finds the student's names, its random seed, and whom it tells: a notebook, or the judge."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any, Protocol

from .question import Question
from .result import Result


class Context(Protocol):
    """What a check needs to know of its surroundings."""

    namespace: Mapping[str, Any]
    in_place: bool  # whether answers run in this very process, so that one without an end must be interrupted here

    passed: Collection[tuple[str, str]]  # (lesson, exercise) of the answers whose last check they passed

    def standing_in(self, lesson: str, exercise: str, earlier: Sequence[str]) -> AbstractContextManager[Sequence[str]]:
        """Within the block the course's answers take the place of these earlier ones; gives the names concerned."""

    def hidden_seed(self, exercise: str) -> int:
        """The seed of the fresh cases."""

    def show(self, lesson: str, result: Result) -> None:
        """Tell the result to whoever waits for it."""

    def ask(self, lesson: str, question: Question, typed: tuple) -> None:
        """Ask for a prediction, or take the one that was typed; only a notebook has somebody to ask."""

    def reveal(self, lesson: str, question: Question, measured: tuple) -> None:
        """Tell what came out beside what was predicted."""

    def recall(self, lesson: str, number: int | None, said: Any) -> None:
        """Ask questions from earlier lessons, or take a typed answer to one of them."""

    def solution(self, lesson: str, exercise: str) -> None:
        """Show the explained solution of an exercise, or say when it can be opened."""

    def quiz(self, lesson: str, number: int | None, said: Any) -> None:
        """Ask the questions of the quiz, or take a typed answer to one of them."""

    def keep(self, lesson: str, game: str, state: str) -> None:
        """Keep a state of a game with the learner's progress."""

    def kept(self, lesson: str, game: str) -> list[str]:
        """The states of a game that were kept, the oldest first."""


_installed: list[Context] = []
_current: ContextVar[Context | None] = ContextVar("check_context", default=None)


def install(context: Context) -> None:
    """Make this the context of all checks from now on, as `course_utils.start` does in a notebook."""
    _installed[:] = [context]


def current() -> Context:
    """The context in force: that of the enclosing `using`, else the installed one.

    Errors: RuntimeError when there is none.
    """
    context = _current.get() or next(iter(_installed), None)
    if context is None:
        raise RuntimeError("Nobody waits for this check. Get the lesson with `course_utils.start(...)` first.")
    return context


@contextlib.contextmanager
def using(context: Context) -> Iterator[Context]:
    """Run checks against another context, as the judge and the tests do."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
