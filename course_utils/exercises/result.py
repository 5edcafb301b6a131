"""What a check found: its stages, its points, the mistake it recognised."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from course_utils.environment import in_grading

from .compare import TOLERANCE

LONGEST = 4_000  # characters of a message, which may quote what the learner wrote


@dataclass(frozen=True)
class Stage:
    """One step of a check; `state` is "passed", "failed" or "not reached"."""

    name: str
    state: str


@dataclass(frozen=True)
class Mismatch:
    """The first case that differed, for the learner to look at; left out of hidden grading.

    `tolerance` is the one that the values were compared with.
    """

    label: str
    inputs: tuple[tuple[str, Any], ...]
    expected: Any
    observed: Any
    tolerance: float = TOLERANCE


@dataclass(frozen=True)
class Result:
    """The outcome of one check of one exercise; `trace` holds the calls that led to the error it tells of.

    The points of an `extra` exercise lie outside of the total.
    """

    exercise: str
    title: str
    status: str
    points: float
    max_points: float
    message: str = ""
    mistake: str | None = None
    stages: tuple[Stage, ...] = ()
    mismatch: Mismatch | None = field(default=None, repr=False)
    hidden: bool = False
    trace: str = field(default="", repr=False)
    extra: bool = False

    def __post_init__(self) -> None:
        if len(self.message) > LONGEST:
            half = LONGEST // 2
            object.__setattr__(self, "message", f"{self.message[:half]} … {self.message[-half:]}")

    @property
    def counted(self) -> float:
        """The points that the lesson's total has of them."""
        return 0.0 if self.extra else self.points


def counted(points: float, extra: bool = False) -> str:
    """So many points, in words.

    >>> counted(1), counted(2.5), counted(3, extra=True)
    ('1 point', '2.5 points', '3 extra points')
    """
    return f"{points:g}{' extra' * extra} {'point' if points == 1 else 'points'}"


class Points(float):
    """The points of a check: a number to nbgrader, with the full `result` for who wants it.

    nbgrader reads the text of a cell's last value, so that is the number alone. For a learner, who sees the value below
    the panel, the HTML beside it says what the number is.

    >>> Points(2.5)
    2.5
    """

    result: Result | None

    def __new__(cls, value: float, result: Result | None = None) -> Points:
        points = super().__new__(cls, value)
        points.result = result
        return points

    def __repr__(self) -> str:
        return repr(float(self))

    def _repr_html_(self) -> str | None:
        if self.result is None or in_grading() or os.environ.get("COURSE_BUILD"):
            return None
        told = f"{self.result.points:g} of {counted(self.result.max_points, self.result.extra)} for this cell"
        return f'<span style="font-size:90%;opacity:.75">{told}</span>'
