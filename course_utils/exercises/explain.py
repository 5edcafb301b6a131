"""What simple thing lies between the expected numbers and those that came: a factor, another order, a lost axis …

An explanation is a guess about the answer, `observed = change(expected)`. It is told only when it is true of every
number of every case, also of those that are right by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from .answer import Raised
from .compare import TOLERANCE, differing, family, part
from .trial import Trial


class Pair(NamedTuple):
    """Expected and observed numbers of one case, with its arguments."""

    expected: np.ndarray
    observed: np.ndarray
    arguments: tuple[Any, ...]


BASE_2, BASE_10 = 1 / np.log(2), 1 / np.log(10)  # a logarithm to this base, beside the natural one

MOST_PLACES = 3  # that are listed
FACTORS = {
    0.0: "Every number is 0.",
    -1.0: "Every sign is the other way round.",
    2.0: "Every number is twice what it should be.",
    0.5: "Every number is half of what it should be.",
    100.0: "Every number is 100 times what it should be: percent instead of shares?",
    0.01: "Every number is a hundredth of what it should be: shares instead of percent?",
    BASE_2: "Every number is 1.4427 times what it should be: the logarithm to base 2. Here the natural one is meant.",
    BASE_10: "Every number is 0.4343 times what it should be: the logarithm to base 10. Here the natural one is meant.",
}
CHANGES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "It is transposed: rows and columns have changed places.": lambda e: e.T,
    "The right numbers, in the reverse order.": lambda e: e[::-1],
    "The right numbers, with the columns in the reverse order.": lambda e: e[..., ::-1],
    "Only the sizes are right: no number is negative. Where do the signs get lost?": np.abs,
    "These are the squares of what is asked for.": np.square,
    "These are the square roots of what is asked for.": np.sqrt,
    "These are one minus what is asked for.": lambda e: 1 - e,
    "These are one divided by what is asked for.": lambda e: 1 / e,
    "The numbers are cut to whole numbers.": np.trunc,
    "The numbers are rounded down to whole numbers.": np.floor,
    **{
        f"The numbers are rounded to {places}.": (lambda e, k=k: np.round(e, k))
        for k, places in enumerate(["whole numbers", "one place", *(f"{k} places" for k in range(2, 7))])
    },
    "The first one is missing.": lambda e: e[1:],
    "The last one is missing.": lambda e: e[:-1],
    "Each number stands one place too late.": lambda e: np.roll(e, 1, axis=0),
    "Each number stands one place too early.": lambda e: np.roll(e, -1, axis=0),
}


def explain(trials: Sequence[Trial], tolerance: float) -> str:
    """What lies between expected and observed in all trials, in a sentence; nothing when it is nothing simple."""
    if any(isinstance(t.problem, Raised) for t in trials):
        return ""
    places = [dict(_numbers(t.expected, t.seen.value)) for t in trials]
    names = {name for found in places for name in found}
    wrong = [
        name for name in sorted(names) if any(_differ(*found[name], tolerance) for found in places if name in found)
    ]
    seen = [any(_differ(*pair, tolerance) for pair in found.values()) for found in places]
    if any(t.problem and not differs for t, differs in zip(trials, seen, strict=True)):
        return ""  # what is wrong there are no numbers
    told = set()
    for name in wrong:
        pairs = [Pair(*found[name], t.case.args) for t, found in zip(trials, places, strict=True) if name in found]
        told.add(_explain(pairs, tolerance))
    if len(told) != 1 or "" in told:
        return ""
    return f"{'' if not wrong[0] or len(names) == 1 else _in(wrong)}{told.pop()}"


def _in(places: Sequence[str]) -> str:
    """Where it holds; of many places inside lists only which list, and of many lists none.

    >>> _in(["`w`"]), _in([f"`result[2][{i}]`" for i in range(200)])
    ('In `w`: ', 'In `result[2]`: ')
    """
    if len(places) > MOST_PLACES:
        places = list(dict.fromkeys(re.sub(r"\[[^]]*\]`$", "`", place) for place in places))
    return f"In {' and '.join(places)}: " if len(places) <= MOST_PLACES else ""


def _explain(pairs: Sequence[Pair], tolerance: float) -> str:
    def holds(change: Callable[[Pair], np.ndarray]) -> bool:
        try:
            with np.errstate(all="ignore"):
                return all(not _differ(change(pair), pair.observed, tolerance) for pair in pairs)
        except (ValueError, IndexError, TypeError):
            return False

    for text, change in _candidates(pairs):
        if holds(change):
            return text
    return ""


def _candidates(pairs: Sequence[Pair]) -> Iterator[tuple[str, Callable[[Pair], np.ndarray]]]:
    yield "It is the input itself, unchanged.", lambda p: np.asarray(p.arguments[0], dtype=float)
    yield from _axes(pairs)
    yield from _factors(pairs)
    for text, change in CHANGES.items():
        yield text, lambda p, change=change: change(p.expected)
    added = _constant(pairs, np.subtract)
    if added is not None:
        size = f"{abs(added):.6g} too {'large' if added > 0 else 'small'}"
        yield f"Every number is {size}.", lambda p: p.expected + added
    yield "Only the first row is right.", lambda p: np.concatenate([p.expected[:1], _wrong_rest(p)])
    yield "The right numbers, in another order.", _in_observed_order


def _axes(pairs: Sequence[Pair]) -> Iterator[tuple[str, Callable[[Pair], np.ndarray]]]:
    """The right numbers in another shape."""
    for p in pairs:
        want, got = p.expected.shape, p.observed.shape
        if want == got or p.expected.size != p.observed.size:
            continue
        if got == tuple(n for n in want if n != 1):
            text = (
                f"The numbers are right, but an axis of length 1 got lost: {got} instead of {want}. Is it `keepdims`?"
            )
        elif want == tuple(n for n in got if n != 1):
            text = f"The numbers are right, but there is an axis of length 1 too many: {got} instead of {want}."
        else:
            text = f"The numbers are right, but in the shape {got} instead of {want}."
        yield text, lambda p: p.expected.reshape(p.observed.shape)


def _factors(pairs: Sequence[Pair]) -> Iterator[tuple[str, Callable[[Pair], np.ndarray]]]:
    ratio = _constant(pairs, np.divide)
    if ratio is not None:
        known = next((text for factor, text in FACTORS.items() if np.isclose(ratio, factor, rtol=1e-6)), None)
        yield known or f"Every number is {ratio:.5g} times what it should be.", lambda p: p.expected * ratio
    sizes = {
        "the number of rows": lambda p: len(p.arguments[0]),
        "the number of columns": lambda p: np.shape(p.arguments[0])[-1],
        "the number of all elements": lambda p: np.size(p.arguments[0]),
    }
    for what, size in sizes.items():
        yield (
            f"Every number is too large by a factor that is {what}. Is there a mean to be taken?",
            (lambda p, size=size: p.expected * size(p)),
        )
        yield (
            f"Every number is too small: it is divided by {what} once more than it should be.",
            (lambda p, size=size: p.expected / size(p)),
        )
        yield (
            f"You divide by {what} less one; divide by all of them.",
            (lambda p, size=size: p.expected * size(p) / (size(p) - 1)),
        )


def _constant(pairs: Sequence[Pair], operation: Callable) -> float | None:
    """The one number that the operation on observed and expected gives everywhere, apart from zeros."""
    numbers = []
    for p in pairs:
        if p.expected.shape != p.observed.shape:
            return None
        used = np.abs(p.expected) > TOLERANCE if operation is np.divide else np.ones(p.expected.shape, bool)
        with np.errstate(all="ignore"):
            numbers.append(operation(p.observed[used], p.expected[used]).ravel())
    every = np.concatenate(numbers) if numbers else np.zeros(0)
    if every.size < 2 or not np.isfinite(every).all():
        return None
    middle = float(np.median(every))
    return middle if np.allclose(every, middle, rtol=1e-6, atol=1e-9) else None


def _wrong_rest(p: Pair) -> np.ndarray:
    """The rows after the first as observed, if each of them is wrong."""
    if p.expected.shape != p.observed.shape:
        raise ValueError
    wrong = differing(p.expected[1:], p.observed[1:])
    if wrong.size and not wrong.reshape(len(wrong), -1).any(axis=1).all():
        raise ValueError
    return p.observed[1:]


def _in_observed_order(p: Pair) -> np.ndarray:
    """The expected numbers, sorted as the observed ones are."""
    if p.expected.shape != p.observed.shape or p.expected.size < 3:
        raise ValueError
    result = np.empty(p.expected.size)
    result[np.argsort(p.observed, axis=None)] = np.sort(p.expected, axis=None)
    return result.reshape(p.expected.shape)


def _numbers(expected: Any, observed: Any, name: str = "") -> Iterator[tuple[str, tuple[np.ndarray, np.ndarray]]]:
    """Every array or number inside, by its place, where both have one."""
    kind = family(expected)
    if kind in ("a number", "a NumPy array"):
        if family(observed) in ("a number", "a NumPy array"):
            want, got = np.asarray(expected), np.asarray(observed)
            if want.dtype.kind in "iuf" and got.dtype.kind in "iuf":
                yield name, (want.astype(float), got.astype(float))
    elif kind == "a dict" and family(observed) == kind and set(expected) == set(observed):
        for key in expected:
            yield from _numbers(expected[key], observed[key], part(name, key, f"`{key}`"))
    elif kind == "a list or tuple" and family(observed) == kind and len(expected) == len(observed):
        for i, (e, o) in enumerate(zip(expected, observed, strict=True)):
            yield from _numbers(e, o, part(name, i, f"`result[{i}]`"))


def _differ(expected: np.ndarray, observed: np.ndarray, tolerance: float) -> bool:
    return expected.shape != observed.shape or bool(differing(expected, observed, tolerance).any())
