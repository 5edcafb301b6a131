"""One case tried on one answer: what the answer did, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .answer import Raised
from .case import Case
from .compare import Difference, difference
from .plain_words import alike


@dataclass(frozen=True)
class Seen:
    """What an answer did on one case: a value or an error, and which of its inputs it changed, if any."""

    value: Any = None
    raised: Raised | None = None
    changed: str = ""


@dataclass(frozen=True)
class Trial:
    """A case with the student's behaviour on it and the judgement; `problem` is None when all is right."""

    case: Case
    expected: Any
    seen: Seen
    problem: Difference | Raised | None

    @property
    def right(self) -> bool:
        """Whether the value is right and the inputs are as they were."""
        return self.problem is None and not self.seen.changed


def same(one: Seen, other: Seen, tolerance: float) -> bool:
    """Whether two answers did the same on a case."""
    if one.raised or other.raised:
        return bool(one.raised and other.raised and alike(one.raised, other.raised))
    return one.changed == other.changed and difference(one.value, other.value, tolerance) is None
