"""What simple thing lies between the expected numbers and those that came: a factor, another order, a lost axis …

An explanation is a guess about the answer, `observed = change(expected)`. It is told only when it is true of every
number of every case, also of those that are right by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from .answer import Raised, quiet
from .between import Pair, candidates
from .compare import difference, differing, family, part
from .trial import Trial

MOST_PLACES = 3  # that are listed
WHOLES: dict[str, Callable[[Sequence], Any]] = {
    "The right results, but in the reverse order.": lambda e: e[::-1],
    "The first result is missing; the others are right.": lambda e: e[1:],
    "The last result is missing; the others are right.": lambda e: e[:-1],
    "Only the first result comes back. Does `return` stand inside a loop, or is a second name left out behind it?": (
        lambda e: e[0]
    ),
    "Only the first result is there. Does `return` stand inside a loop?": lambda e: e[:1],
    "Only the last result comes back. Where are the others kept?": lambda e: e[-1],
}

ORIGINS = {
    "nan": "nan is no number: 0 / 0, inf / inf or inf - inf gives it, and a log or a root of a negative number.",
    "inf": "inf is beyond the largest float: a division by 0 gives it, the log of 0, and exp of a large number.",
}


def explain(trials: Sequence[Trial], tolerance: float, parameters: Sequence[str] = ()) -> str:
    """What lies between expected and observed in all trials, in a sentence; nothing when it is nothing simple.

    `parameters` are the names of the arguments, where the learner knows them by these.
    """
    if any(isinstance(t.problem, Raised) for t in trials):
        return ""
    if whole := _as_a_whole(trials, tolerance):
        return whole
    places, wrong = _places(trials, tolerance)
    seen = [any(_differ(*pair, tolerance) for pair in found.values()) for found in places]
    if any(t.problem and not differs for t, differs in zip(trials, seen, strict=True)):
        return ""  # what is wrong there are no numbers
    told = set()
    for name in wrong:
        pairs = [Pair(*found[name], t.case.args) for t, found in zip(trials, places, strict=True) if name in found]
        told.add(_explain(pairs, tolerance, parameters))
    if len(told) != 1 or "" in told:
        return ""
    alone = not wrong[0] or len({name for found in places for name in found}) == 1
    return f"{'' if alone else _in(wrong)}{told.pop()}"


def right_parts(trials: Sequence[Trial], tolerance: float) -> str:
    """Which of a few parts of the result are right in every case, where others are wrong."""
    if any(isinstance(t.problem, Raised) for t in trials):
        return ""
    places, wrong = _places(trials, tolerance)
    names = {name for found in places for name in found}
    right = sorted(names - {*wrong})
    if not right or not wrong or len(names) > MOST_PLACES + 1 or any(names != found.keys() for found in places):
        return ""
    return f"{' and '.join(right)} {'is' if len(right) == 1 else 'are'} right."


def odd_rows(trials: Sequence[Trial], tolerance: float, parameters: Sequence[str] = ()) -> str:
    """Which row of a table is the first wrong one, where others are right, and to which item of the input it is due."""
    failed = next((t for t in trials if t.problem), None)
    if failed is None or isinstance(failed.problem, Raised):
        return ""
    pairs = dict(_numbers(failed.expected, failed.seen.value))
    want, got = pairs.get("", (np.zeros(0), np.zeros(0)))
    if want.ndim < 2 or want.shape != got.shape:
        return ""
    wrong = np.flatnonzero(differing(want, got, tolerance).reshape(len(want), -1).any(axis=1))
    if not 0 < len(wrong) < len(want):
        return ""
    item = f", that of `{parameters[0]}[{wrong[0]}]`" if parameters and _a_row_each(trials) else ""
    if len(wrong) == 1:
        return f"Only row {wrong[0]} differs, counted from 0{item}."
    right = len(want) - len(wrong)
    return f"Row {wrong[0]} is the first that differs, counted from 0{item}; {right} of {len(want)} rows are right."


def _a_row_each(trials: Sequence[Trial]) -> bool:
    """Whether a result has as many rows as the first argument has items, in cases of several sizes."""
    sizes = {(len(t.case.args[0]), len(t.expected)) for t in trials if np.ndim(t.expected) and _has_items(t.case.args)}
    return len(sizes) > 1 and all(items == rows for items, rows in sizes)


def _has_items(arguments: Sequence) -> bool:
    return isinstance(arguments[0], list | tuple) or (isinstance(arguments[0], np.ndarray) and arguments[0].ndim > 0)


def not_finite(trials: Sequence[Trial]) -> str:
    """That nan or inf stand where finite numbers are due, if they do in every case that is wrong."""
    found = [_not_finite(t) for t in trials if t.problem]
    if not found or not all(numbers.size for numbers in found):
        return ""
    every = np.concatenate(found)
    kinds = {"nan": np.isnan(every).any(), "inf": np.isinf(every).any()}
    there = [kind for kind, some in kinds.items() if some]
    told = f"Some numbers are {' or '.join(there)}, and finite ones are due."
    return " ".join([told, *(ORIGINS[kind] for kind in there), "Which step makes the first of them?"])


def _not_finite(trial: Trial) -> np.ndarray:
    if isinstance(trial.problem, Raised):
        return np.zeros(0)
    pairs = [(e, o) for _, (e, o) in _numbers(trial.expected, trial.seen.value) if e.shape == o.shape]
    return np.concatenate([np.zeros(0), *(o[np.isfinite(e) & ~np.isfinite(o)] for e, o in pairs)])


def _places(trials: Sequence[Trial], tolerance: float) -> tuple[list[dict], list[str]]:
    """Each trial's pairs of numbers by their place, and the places that are wrong in any of them."""
    places = [dict(_numbers(t.expected, t.seen.value)) for t in trials]
    names = {name for found in places for name in found}
    wrong = [
        name for name in sorted(names) if any(_differ(*found[name], tolerance) for found in places if name in found)
    ]
    return places, wrong


def _as_a_whole(trials: Sequence[Trial], tolerance: float) -> str:
    """Where several results are asked for: they have changed places, or some are missing."""
    if any(family(t.expected) != "a list or tuple" or not t.expected for t in trials):
        return ""
    for text, change in WHOLES.items():
        if all(difference(change(t.expected), t.seen.value, tolerance) is None for t in trials):
            return text
    length = len(trials[0].expected)
    if length <= MOST_PLACES and all(len(t.expected) == length for t in trials):
        for order in permutations(range(length)):
            if all(difference([t.expected[i] for i in order], t.seen.value, tolerance) is None for t in trials):
                return "The right results, but in another order than the text asks for."
    return ""


def _in(places: Sequence[str]) -> str:
    """Where it holds; of many places inside lists only which list, and of many lists none.

    >>> _in(["`w`"]), _in([f"`result[2][{i}]`" for i in range(200)])
    ('In `w`: ', 'In `result[2]`: ')
    """
    if len(places) > MOST_PLACES:
        places = list(dict.fromkeys(re.sub(r"\[[^]]*\]`$", "`", place) for place in places))
    return f"In {' and '.join(places)}: " if len(places) <= MOST_PLACES else ""


def _explain(pairs: Sequence[Pair], tolerance: float, parameters: Sequence[str]) -> str:
    def holds(change: Callable[[Pair], np.ndarray]) -> bool:
        try:
            return all(not _differ(change(pair), pair.observed, tolerance) for pair in pairs)
        except (ValueError, IndexError, TypeError):
            return False

    with quiet():
        return next((text for text, change in candidates(pairs, parameters) if holds(change)), "")


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
