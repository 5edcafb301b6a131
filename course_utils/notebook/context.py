"""A running notebook as the context of checks: IPython's names, a new seed each time, a panel under the cell."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from typing import Any

from course_utils.exercises import Result

from . import progress
from .panel import Panel


class Notebook:
    """The context of a running notebook; in plain Python, of the program that runs."""

    in_place = True
    visible_seeds = None

    @property
    def namespace(self) -> Mapping[str, Any]:
        shell = _shell()
        return shell.user_ns if shell else vars(sys.modules["__main__"])

    def hidden_seed(self, exercise: str) -> int:
        return secrets.randbits(32)

    def show(self, lesson: str, result: Result) -> None:
        panel = Panel(result)
        if _shell():
            from IPython.display import display

            display(panel)
        else:
            print(panel)
        progress.record(lesson, result.exercise, result.points, result.max_points, result.status)


def _shell() -> Any:
    from IPython import get_ipython

    return get_ipython()
