"""Answers that a model may be compared with, and that it cannot learn from."""

from __future__ import annotations

import traceback
from typing import Any, NoReturn

import numpy as np

TOLD = (
    "The answers of the exam are kept back: a model that learns from them proves nothing. Learn from `projects.load`, set "
    "some of those rows aside for validation; `projects.score(data, answers)` says what answers to the exam are worth."
)


class KeptBack:
    """The true answers of an exam. `answers == them` says which are right, and Matplotlib may draw them.

    >>> KeptBack(np.array([3, 1, 4])) == np.array([3, 1, 5])
    array([ True,  True, False])
    """

    __array_ufunc__ = None  # `answers == them` asks this class
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, answers: np.ndarray):
        self.__answers = answers

    def __eq__(self, other: Any) -> Any:
        return self.__answers == other

    def __ne__(self, other: Any) -> Any:
        return self.__answers != other

    def __len__(self) -> int:
        return len(self.__answers)

    def __array__(self, *_: Any, **__: Any) -> np.ndarray:
        if any(
            frame.f_globals.get("__name__", "").startswith("matplotlib.") for frame, _ in traceback.walk_stack(None)
        ):
            return self.__answers.copy()
        raise ValueError(TOLD)

    def __getitem__(self, _: Any) -> NoReturn:
        raise ValueError(TOLD)

    def __getattr__(self, _: str) -> NoReturn:
        raise AttributeError(TOLD)
