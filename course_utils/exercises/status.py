"""How an exercise can stand after a check: one table for panels, progress, grading and reports."""

from __future__ import annotations

from dataclasses import dataclass

# The Okabe-Ito palette: told apart with every kind of colour vision.
COLOURS = {"good": "#0072B2", "part": "#E69F00", "bad": "#D55E00", "none": "#7F7F7F", "manual": "#7F7F7F"}


@dataclass(frozen=True)
class Status:
    """How a status is told: sign and word say it, the tone (a colour, a hatching) only repeats them.

    `fatal`: the answer cannot be asked for anything more.
    """

    word: str
    sign: str = "✗"
    tone: str = "bad"
    fatal: bool = False

    @property
    def colour(self) -> str:
        return COLOURS[self.tone]


STATUSES = {  # the best first
    "passed": Status("Correct", "✓", "good"),
    "marked": Status("Marked by yourself", "✎", "good"),
    "partial": Status("Partly right", "◐", "part"),
    "wrong": Status("Not yet"),
    "error": Status("Stopped with an error"),
    "timed_out": Status("Took too long", fatal=True),
    "crashed": Status("Ended the Python process", fatal=True),
    "not_attempted": Status("Not attempted", "○", "none"),
    "missing": Status("Not there", "○", "none"),
    "manual": Status("Waits for a person", "✎", "manual"),
}

_OF_ERROR = {"StudentCrash": "crashed", "StudentTimeout": "timed_out", "NotImplementedError": "not_attempted"}


def status_of_error(kind: str) -> str:
    """The status of an answer that only raised this kind of error.

    >>> status_of_error("StudentCrash"), status_of_error("ValueError")
    ('crashed', 'error')
    """
    return _OF_ERROR.get(kind, "error")


def titled(title: str, told: str) -> str:
    """What is told of a thing, behind its title; a title that asks something needs no colon.

    >>> titled("ReLU", "Correct"), titled("Is A better than B?", "Not yet")
    ('ReLU: Correct', 'Is A better than B? · Not yet')
    """
    return f"{title}{' · ' if title.endswith('?') else ': '}{told}"
