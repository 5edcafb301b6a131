"""Where a check finds the student's names, its random seed, and whom it tells: a notebook, or the judge."""

from __future__ import annotations

import contextlib
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Protocol

from .result import Result

VISIBLE_SEED = 0


class Context(Protocol):
    """What a check needs to know of its surroundings."""

    namespace: Mapping[str, Any]

    def hidden_seed(self, exercise: str) -> int:
        """The seed of the fresh cases."""

    def show(self, lesson: str, result: Result) -> None:
        """Tell the result to whoever waits for it."""


class Notebook:
    """The context of a running notebook: IPython's names, a new seed each time, a panel under the cell."""

    @property
    def namespace(self) -> Mapping[str, Any]:
        shell = _shell()
        return shell.user_ns if shell else vars(sys.modules["__main__"])

    def hidden_seed(self, exercise: str) -> int:
        return secrets.randbits(32)

    def show(self, lesson: str, result: Result) -> None:
        from course_utils import progress

        if _shell():
            from IPython.display import display

            display(result)
        else:
            print(result)
        progress.record(lesson, result.exercise, result.points, result.max_points, result.status)


def _shell() -> Any:
    from IPython import get_ipython

    return get_ipython()


_current: ContextVar[Context | None] = ContextVar("check_context", default=None)


def current() -> Context:
    """The context in force; a notebook unless the judge has set another."""
    return _current.get() or Notebook()


@contextlib.contextmanager
def using(context: Context) -> Iterator[Context]:
    """Run checks against another context, as the judge and the tests do."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
