"""How an exercise can stand after a check: one table for panels, progress, grading and reports."""

from __future__ import annotations

from dataclasses import dataclass

# Blue, orange, vermilion and grey of the Okabe-Ito palette: told apart with every kind of colour vision.
BLUE, ORANGE, RED, GREY = "#0072B2", "#E69F00", "#D55E00", "#7F7F7F"


@dataclass(frozen=True)
class Status:
    """The word for a status, its sign and its colour; `fatal` when the answer can not be asked for anything more."""

    word: str
    sign: str = "✗"
    colour: str = RED
    fatal: bool = False


STATUSES = {
    "passed": Status("Correct", "✓", BLUE),
    "partial": Status("Partly right", "◐", ORANGE),
    "wrong": Status("Not yet"),
    "not_attempted": Status("Not attempted", "○", GREY),
    "missing": Status("Not there", "○", GREY),
    "error": Status("Your code stopped with an error"),
    "timed_out": Status("Took too long", fatal=True),
    "crashed": Status("Ended the Python process", fatal=True),
    "manual": Status("Waits for a person", "✎", GREY),
}

_OF_ERROR = {"StudentCrash": "crashed", "StudentTimeout": "timed_out", "NotImplementedError": "not_attempted"}


def status_of_error(kind: str) -> str:
    """The status of an answer that only raised this kind of error.

    >>> status_of_error("StudentCrash"), status_of_error("ValueError")
    ('crashed', 'error')
    """
    return _OF_ERROR.get(kind, "error")
