"""Made-up models that are sure of one name, or write names of which the shares are known: `generate` is checked with them.

Each takes the numbers so far and gives the logits of the next. They have names here so that a graded answer can be given
them as an argument.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SURE = 2000.0  # so far above the others that nothing else is drawn, at no temperature
TABLE = 4  # how many numbers `weighing` can take, as a transformer has a table of so many positions

FAVOUR_A = np.concatenate([[-SURE, 11.9], np.zeros(25)])  # no end, the logit 11.9 for a, 0 for the 25 other letters
FAVOUR_A.flags.writeable = False


def spelling_ada(numbers: Sequence[int]) -> np.ndarray:
    """a, d, a, and the end."""
    return _surely({(0,): 1, (0, 1): 4, (0, 1, 4): 1}.get(_told(numbers), 0), 5)


def counting(numbers: Sequence[int]) -> np.ndarray:
    """1, 2, 3 and so on; the end comes after 30."""
    return _surely((_told(numbers)[-1] + 1) % 31, 31)


def weighing(numbers: Sequence[int]) -> np.ndarray:
    """Each number is larger than the last, by 1 to 3, as all of the numbers say; the end comes after 40 at the latest."""
    told = _told(numbers)
    if len(told) > TABLE:
        raise ValueError(f"this model has a table of {TABLE} positions, and it was given {len(told)} numbers")
    following = told[-1] + 1 + sum(place * number for place, number in enumerate(told, start=1)) % 3
    return _surely(following if following <= 40 else 0, 41)


def silent(numbers: Sequence[int]) -> np.ndarray:
    """The end, at once."""
    return _surely(min(_told(numbers)), 3)


def favouring_a(numbers: Sequence[int]) -> np.ndarray:
    """One letter, which is often a, and the end."""
    return FAVOUR_A.copy() if len(_told(numbers)) == 1 else _surely(0, 27)


def tossing(numbers: Sequence[int]) -> np.ndarray:
    """Letters 1 and 2, as likely as each other, without end."""
    return np.array([-SURE, 0.0, 0.0]) if len(_told(numbers)) < 100 else _surely(0, 3)


def _surely(number: int, size: int) -> np.ndarray:
    logits = np.zeros(size)
    logits[number] = SURE
    return logits


def _told(numbers: Sequence[int]) -> tuple[int, ...]:
    told = tuple(int(number) for number in numbers)
    if not told:
        raise ValueError("this model was given no numbers; the mark 0 stands before the first letter")
    return told
