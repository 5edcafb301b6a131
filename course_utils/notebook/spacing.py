"""When a question comes back: after one, three and seven lessons, and in Leitner's boxes by days.

Each question that was ever answered lies in a box. A right answer moves it one box on, a wrong one back into the first,
and each box waits about three times as long as the one before (S. Leitner: So lernt man lernen, Herder 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LESSONS_AGO = (1, 3, 7)
DAYS = (1, 3, 7, 21)  # how long each box waits
MISSED = 2  # at most so many of an opening's questions come back because they were missed


@dataclass(frozen=True)
class Memory:
    """What is known of one question: its box, since when, how often it was asked, whether the last answer was right."""

    box: int
    since: date
    asked: int
    right: bool

    @property
    def due(self) -> date:
        """The day from which it is asked again."""
        return self.since + timedelta(days=DAYS[self.box])

    def after(self, right: bool, day: date) -> Memory:
        """The memory after another answer. A right one before its day is practice, unless the last one was wrong."""
        if not right:
            return Memory(0, day, self.asked + 1, right)
        if day < self.due and self.right:
            return Memory(self.box, self.since, self.asked + 1, right)
        return Memory(min(self.box + 1, len(DAYS) - 1), day, self.asked + 1, right)


def memories(answers: Iterable[Mapping[str, Any]]) -> dict[str, Memory]:
    """The memory of each question, by its key "lesson/id", from answers in the order in which they were given."""
    known: dict[str, Memory] = {}
    for answer in answers:
        key, right = answer["question"], bool(answer["right"])
        with suppress(ValueError, OverflowError, OSError):  # a time that no calendar knows
            day = date.fromtimestamp(answer["at"])
            known[key] = known[key].after(right, day) if key in known else Memory(int(right), day, 1, right)
    return known


def due(known: Mapping[str, Memory], today: date) -> list[str]:
    """The keys that are due, the one that waits longest first."""
    keys = [key for key, memory in known.items() if memory.due <= today]
    return sorted(keys, key=lambda key: known[key].due)


def missed(known: Mapping[str, Memory], lessons: Sequence[str]) -> list[str]:
    """The keys of these lessons whose last answer was wrong, the oldest first, and not too many."""
    keys = [key for key, memory in known.items() if not memory.right and key.partition("/")[0] in lessons]
    return sorted(keys, key=lambda key: known[key].since)[:MISSED]


def lessons_ago(earlier: Sequence[str]) -> list[str]:
    """The lessons one, three and seven before, each the first one where there are not so many.

    >>> lessons_ago(["01", "02", "03", "04"]), lessons_ago(["01"]), lessons_ago([])
    (['04', '02', '01'], ['01', '01', '01'], [])
    """
    return [earlier[max(len(earlier) - ago, 0)] for ago in LESSONS_AGO] if earlier else []
