"""Cases: the inputs on which an answer is compared with the reference, in the order a student meets them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .answer import FIXED

STAGES = ("small", "random", "edge")


@dataclass(frozen=True)
class Case:
    """One input: a label in the student's words, the arguments, and the stage that it belongs to."""

    stage: str
    label: str
    args: tuple = ()
    kwargs: dict = field(default_factory=dict)

    def fresh(self) -> Case:
        """A deep copy, so that an answer that changes its inputs cannot touch the next use of the case."""
        known: dict[int, Any] = {}  # what is copied already: an array that is given twice stays one array
        kwargs = {name: _copied(value, known) for name, value in self.kwargs.items()}
        return Case(self.stage, self.label, tuple(_copied(value, known) for value in self.args), kwargs)


def _copied(value: Any, known: dict[int, Any]) -> Any:
    return value if type(value) in FIXED else copy.deepcopy(value, known)


def small(label: str, *args: Any, **kwargs: Any) -> Case:
    """A case whose result the reader can work out by hand."""
    return Case("small", label, args, kwargs)


def random(label: str, *args: Any, **kwargs: Any) -> Case:
    """A case made from the random generator, fresh at every hidden grading."""
    return Case("random", label, args, kwargs)


def edge(label: str, *args: Any, **kwargs: Any) -> Case:
    """A case at the border: zeros, one row, huge values."""
    return Case("edge", label, args, kwargs)


def draw(generator: Callable[[np.random.Generator], Iterator], seed: int) -> list[Case]:
    """The cases of a generator for one seed; a plain tuple counts as small when first and as random after."""
    cases = []
    for item in generator(np.random.default_rng(seed)):
        if not isinstance(item, Case):
            label, *args = item
            item = Case("random" if cases else "small", label, tuple(args))
        cases.append(item)
    return cases
