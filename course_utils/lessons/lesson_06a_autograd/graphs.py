"""Graphs as plain data: numbers with names, and steps such as ("p", "a", "*", "b"); and what is seen in their values."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np

Numbers = Mapping[str, float]
Steps = Sequence[tuple[str, str, str, str]]

OPERATIONS = {"+": operator.add, "*": operator.mul}
PQ = [("p", "a", "*", "b"), ("q", "a", "+", "c"), ("L", "p", "*", "q")]  # the branching graph of lesson 06
VW = [("v", "a", "*", "b"), ("w", "v", "+", "a"), ("L", "v", "*", "w")]  # v leads to L twice, by ways of two lengths
EQUAL = [("s", "a", "+", "b"), ("t", "s", "+", "c"), ("L", "t", "*", "s")]
SQUARE = [("L", "a", "*", "a")]
BESIDE = [("p", "a", "*", "b"), ("aside", "p", "+", "a"), ("L", "p", "*", "b")]
LATE = [("u", "a", "*", "b"), ("v", "u", "+", "a"), ("w", "v", "*", "b"), ("L", "w", "+", "u")]


def doubling(times: int) -> Steps:
    """a + a, that plus itself, and so on: `times` values, and 2 to the power of `times` ways."""
    names = ["a", *(f"d{k}" for k in range(1, times)), "L"]
    return [(name, before, "+", before) for before, name in itertools.pairwise(names)]


def any_graph(rng: np.random.Generator, steps: int) -> tuple[dict[str, float], list[tuple[str, str, str, str]]]:
    """Three numbers, and steps of which each uses the newest value and any value."""
    numbers = {name: float(n) for name, n in zip("abc", rng.uniform(0.5, 1.5, 3) * rng.choice([-1, 1], 3), strict=True)}
    names, made = ["c", "b", "a"], []
    for k in range(1, steps + 1):
        pair = [names[-1], str(rng.choice(names))] if k > 1 else ["a", "b"]
        name = "L" if k == steps else f"s{k}"
        made.append((name, *_around(pair, str(rng.choice(list(OPERATIONS))), rng)))
        names.append(name)
    return numbers, made


def _around(pair: list[str], sign: str, rng: np.random.Generator) -> tuple[str, str, str]:
    left, right = pair if rng.random() < 0.5 else pair[::-1]
    return left, sign, right


def computed(make: Callable[[float], Any], numbers: Numbers, steps: Steps) -> dict[str, Any]:
    """All values of the graph by their names; `make` makes one of a number."""
    values = {name: make(number) for name, number in numbers.items()}
    for name, left, sign, right in steps:
        values[name] = OPERATIONS[sign](values[left], values[right])
    return values


def names_of(found: Sequence[Any], values: Mapping[str, Any]) -> list[str]:
    """What each of these values is called; it must be the value itself, not one with the same number."""
    other = ["a number" if isinstance(one, Real) else "another value" for one in found]
    known = ([name for name, value in values.items() if value is one] for one in found)
    return [names[0] if names else what for names, what in zip(known, other, strict=True)]


def described(value: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a value remembers."""
    return {
        "data": value.data,
        "parents": names_of(_several(value.parents, "parents"), values),
        "slopes": [_number(slope) for slope in _several(value.slopes, "slopes")],
        "grad": value.grad,
    }


def _several(things: Any, what: str) -> Sequence[Any]:
    if not isinstance(things, list | tuple):
        raise TypeError(f"the {what} of a value should be a tuple, and here they are one thing alone")
    return things


def _number(thing: Any) -> Any:
    return float(thing) if isinstance(thing, Real) else "no number"


def ways(steps: Steps, last: str = "L") -> Iterator[str]:
    """The names of all values that lead to the last one, each as often as there are ways."""
    yield last
    for name, left, _, right in steps:
        if name == last:
            yield from ways(steps, left)
            yield from ways(steps, right)
