"""A question for several numbers at once, such as the shares of three classes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .question import Answer, Question, Verdict


@dataclass(frozen=True)
class Numbers(Question):
    """A question for several numbers in their order; right when each lies within `within` of its own."""

    right: Sequence[float]
    within: float
    because: str

    @property
    def example(self) -> str:
        return numbers_shown(range(1, len(self.right) + 1))

    @property
    def wanted(self) -> str:
        return f"{len(self.right)} numbers, with commas"

    def shown(self, said: Any) -> str:
        return numbers_shown(_parsed(said) if isinstance(said, str) else said)

    def read(self, said: Any) -> str:
        """The numbers with commas between them: out of a list, an array, or a text such as `0, 0, 2` or `[0 0 2]`."""
        try:
            found = _parsed(said) if isinstance(said, str) else [float(number) for number in said]
        except (TypeError, ValueError, OverflowError):
            found = []
        if len(found) != len(self.right) or not all(map(math.isfinite, found)):
            raise ValueError(f"Answer with {len(self.right)} numbers in square brackets, such as {self.example}.")
        return ", ".join(f"{number:.10g}" for number in found)

    def verdict(self, answer: Answer | None, *measured: Any) -> Verdict:
        truth = ", ".join(f"{number:.10g}" for number in self.right)
        if answer is None:
            return Verdict(self, answer, truth, None, self.because)
        pairs = zip(_parsed(str(answer.said)), self.right, strict=True)
        right = all(abs(said - number) <= self.within for said, number in pairs)
        return Verdict(self, answer, truth, right, self.because)


def numbers_shown(numbers: Sequence[float]) -> str:
    """Numbers as a reader writes them: one by itself, several as a list.

    >>> numbers_shown([0.5]), numbers_shown([0, -0.0, 2 / 3])
    ('0.5', '[0, 0, 0.6667]')
    """
    texts = [f"{round(number, 4) + 0.0:.10g}" for number in numbers]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _parsed(text: str) -> list[float]:
    """The numbers of a text, with commas, semicolons or spaces between them.

    Errors: ValueError when something else stands there.
    """
    return [float(part) for part in re.split(r"[,;\s]+", text.strip().strip("[]()").strip())]
