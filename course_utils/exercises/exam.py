"""Was a network trained on its test set? Then it knows those digits better than equal ones that nobody was given."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

SURE = 3.0  # standard errors; 60 honest networks of many kinds had 0.2 ± 0.65, those that had seen the test 3.5 to 13
SEEN = (
    "Your network has seen the test digits: it names them far better than other digits, just as hard, that nobody was "
    "given. An exam whose questions were the exercises tells nothing. Which arrays is a network trained on?"
)


def trained_on_test(right: np.ndarray, rows: Mapping[str, slice]) -> bool:
    """Whether a network must have been trained on test digits, by which digits of an exam it names rightly.

    `rows` says where each part of the exam lies: "held back" and "test"; "training" and "own test" may be missing.
    Where "training" is there, a network may have learned the test digits honestly, if it has learned those as well.
    """

    def better(part: str, other: str) -> bool:
        return _surely_better(right[rows[part]], right[rows[other]])

    if "own test" in rows and better("own test", "held back"):
        return True
    return better("test", "held back") and ("training" not in rows or better("test", "training"))


def _surely_better(some: np.ndarray, others: np.ndarray) -> bool:
    """Whether a share of right answers is higher than another by more than chance can explain.

    >>> _surely_better(np.arange(2000) < 1990, np.arange(1000) < 950), _surely_better(np.ones(20), np.ones(10))
    (True, False)
    """
    if not (len(some) and len(others)):
        return False
    share = np.concatenate([some, others]).mean()
    error = np.sqrt(share * (1 - share) * (1 / len(some) + 1 / len(others)))
    return bool(np.mean(some) - np.mean(others) > SURE * error)
