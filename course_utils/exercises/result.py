"""What a check found: its stages, its points, the mistake it recognised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .compare import TOLERANCE


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

    @property
    def counted(self) -> float:
        """The points that the lesson's total has of them."""
        return 0.0 if self.extra else self.points


class Points(float):
    """The points of a check: a number to nbgrader, with the full `result` for who wants it.

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
