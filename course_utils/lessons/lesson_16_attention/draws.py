"""How often each number was drawn, and how often it should have been: draws are judged by their frequencies.

There are several right ways to draw, and from one generator each draws something else. So many draws are counted. A
right answer leaves the band once in some millions of checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

WIDE, NARROW = (5.5, 6), (4.0, 3)  # how far a count may lie off: in standard deviations, and some more for rare numbers


def softmax(scores: np.ndarray) -> np.ndarray:
    """Shares of scores of any size, in float64."""
    powers = np.exp(np.asarray(scores, float) - np.max(scores))
    return powers / powers.sum()


def whole(value: Any) -> bool:
    """Whether it is one whole number."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def counts(draws: Sequence[int], size: int) -> np.ndarray:
    """How often each of the numbers 0 to size - 1 was drawn; what lies outside is left out."""
    inside = [int(number) for number in draws if 0 <= number < size]
    return np.bincount(inside, minlength=size)


def outside_band(draws: Sequence[int], shares: np.ndarray, band: tuple[float, float] = WIDE) -> int | None:
    """The number that was drawn too often or too rarely, the worst one; None when all fit their shares."""
    found, total = counts(draws, len(shares)), len(draws)
    room = band[0] * np.sqrt(total * shares * (1 - shares)) + band[1] * (shares > 1e-9)
    excess = np.abs(found - total * shares) - room
    return None if found.sum() == total and excess.max() <= 1e-6 else int(excess.argmax())
