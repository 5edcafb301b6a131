"""What a check found: its stages, its points, the mistake it recognised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

STATUS_WORDS = {
    "passed": "Correct",
    "partial": "Partly right",
    "wrong": "Not yet",
    "not_attempted": "Not attempted",
    "missing": "Not there",
    "error": "Your code stopped with an error",
    "timed_out": "Took too long",
    "crashed": "Ended the Python process",
    "manual": "Waits for a person",
}


@dataclass(frozen=True)
class Stage:
    """One step of a check; `state` is "passed", "failed" or "not reached"."""

    name: str
    state: str


@dataclass(frozen=True)
class Mismatch:
    """The first case that differed, for the learner to look at; left out of hidden grading."""

    label: str
    inputs: tuple[tuple[str, Any], ...]
    expected: Any
    observed: Any


@dataclass(frozen=True)
class Result:
    """The outcome of one check of one exercise."""

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

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from .render import as_html, as_text

        return {"text/plain": as_text(self), "text/html": as_html(self)}

    def __str__(self) -> str:
        from .render import as_text

        return as_text(self)


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
