"""What could lie between the expected numbers and those that came, as sentences with the change that each names.

A change is made from the expected numbers (`observed = change(expected)`), or, where a last step is missing, from the
observed ones (`expected = step(observed)`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from .compare import TOLERANCE, differing


class Pair(NamedTuple):
    """Expected and observed numbers of one case, with its arguments."""

    expected: np.ndarray
    observed: np.ndarray
    arguments: tuple[Any, ...]


BASE_2, BASE_10 = 1 / np.log(2), 1 / np.log(10)  # a logarithm to this base, beside the natural one

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
    "Every negative number has become 0. Is there a maximum with 0 too many?": lambda e: np.maximum(e, 0),
    "These are the logarithms of what is asked for.": np.log,
    "These are e to the power of what is asked for.": np.exp,
    "These are one minus what is asked for.": lambda e: 1 - e,
    "These are one divided by what is asked for.": lambda e: 1 / e,
    "The numbers are cut to whole numbers.": np.trunc,
    "The numbers are rounded down to whole numbers.": np.floor,
    **{
        f"The numbers are rounded to {places}.": (lambda e, k=k: np.round(e, k))
        for k, places in enumerate(["whole numbers", "one place", *(f"{k} places" for k in range(2, 7))])
    },
    "The numbers are right to three digits only: something is float16 here.": lambda e: e.astype(np.float16),
    "Each number holds those before it as well: a running sum. Is something not set back to 0?": lambda e: np.cumsum(
        e, axis=0
    ),
    "The first one is missing.": lambda e: e[1:],
    "The last one is missing.": lambda e: e[:-1],
    "Each number stands one place too late.": lambda e: np.roll(e, 1, axis=0),
    "Each number stands one place too early.": lambda e: np.roll(e, -1, axis=0),
    "Only the first one comes back. Does `return` stand inside a loop?": lambda e: e[0],
    "Only the last one comes back. Where are the others kept?": lambda e: e[-1],
}
STEPS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "softmax": lambda x: np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True),
    **{
        f"{word} over {where}": (lambda x, of=of, axis=axis: of(x, axis=axis))
        for word, of in {"sum": np.sum, "mean": np.mean, "maximum": np.max, "minimum": np.min}.items()
        for where, axis in {"all numbers": None, "axis 0": 0, "the last axis": -1}.items()
    },
}
A_TABLE = "Does a column `(n, 1)` stand beside a plain `(n,)`?"
LAST_STEPS = {
    **STEPS,
    "ReLU": lambda x: np.maximum(x, 0),
    "size without the sign": np.abs,
    "position of the largest number in each row": lambda x: np.argmax(x, axis=-1),
}


def candidates(
    pairs: Sequence[Pair], parameters: Sequence[str] = ()
) -> Iterator[tuple[str, Callable[[Pair], np.ndarray]]]:
    """The sentences in the order in which they are tried, each with its change of a pair into what was observed."""
    yield "It is the input itself, unchanged.", lambda p: _argument(p, 0)
    yield from _axes(pairs)
    yield from _factors(pairs)
    for text, change in CHANGES.items():
        yield text, lambda p, change=change: change(p.expected)
    added = _constant(pairs, np.subtract)
    if added is not None:
        size = f"{abs(added):.6g} too {'large' if added > 0 else 'small'}"
        yield f"Every number is {size}.", lambda p: p.expected + added
    yield from _cut_off(pairs)
    yield "Only the first row is right.", lambda p: np.concatenate([p.expected[:1], _wrong_rest(p)])
    yield "The right numbers, in another order.", _in_observed_order
    yield f"Each number met every other one, so there is a whole table. {A_TABLE}", _table
    yield "You made one row for all; each of them needs a row of its own.", _one_row
    for name, step in STEPS.items():
        yield f"It is the {name} of what is asked for: a step too many?", lambda p, step=step: step(p.expected)
    for name, step in LAST_STEPS.items():
        text = f"The {name} of your result is what is asked for. Is the last step missing?"
        yield text, lambda p, step=step: _before(step, p)
    yield from _with_inputs(parameters)


def _with_inputs(parameters: Sequence[str]) -> Iterator[tuple[str, Callable[[Pair], np.ndarray]]]:
    """An input once too often, or once too few."""
    for i, name in enumerate(parameters):
        if i:
            yield f"It is the input `{name}`, unchanged.", lambda p, i=i: _argument(p, i)
        yield f"`{name}` is added once too often.", lambda p, i=i: p.expected + _argument(p, i)
        yield f"`{name}` should still be added.", lambda p, i=i: p.expected - _argument(p, i)
        yield f"There is a factor `{name}` too many.", lambda p, i=i: p.expected * _argument(p, i)
        yield (
            f"A factor `{name}` is missing.",
            lambda p, i=i: _before(lambda x: x * _argument(p, i), p),
        )


def _argument(p: Pair, i: int) -> np.ndarray:
    return np.asarray(p.arguments[i], dtype=float)


def _before(step: Callable[[np.ndarray], np.ndarray], p: Pair) -> np.ndarray:
    """What was observed, if the step leads from there to what is expected."""
    got = np.asarray(step(p.observed))
    if got.shape != p.expected.shape or differing(p.expected, got).any():
        raise ValueError
    return p.observed


def _table(p: Pair) -> np.ndarray:
    """What was observed, if it has a row and a column for each expected number of one row or column."""
    if max(p.expected.shape, default=0) != p.expected.size or p.observed.shape != (p.expected.size,) * 2:
        raise ValueError
    return p.observed


def _one_row(p: Pair) -> np.ndarray:
    """The marks of all rows of a table of 0 and 1, in one row."""
    if p.expected.ndim != 2 or not np.isin(p.expected, (0, 1)).all():
        raise ValueError
    return p.expected.max(axis=0)


def _cut_off(pairs: Sequence[Pair]) -> Iterator[tuple[str, Callable[[Pair], np.ndarray]]]:
    """Numbers beyond a border have become the border: at least two, so that it is none by chance."""
    if any(p.expected.shape != p.observed.shape for p in pairs) or not sum(p.expected.size for p in pairs):
        return
    want, got = (
        np.concatenate([np.ravel(side) for side in sides]) for sides in zip(*(p[:2] for p in pairs), strict=True)
    )
    if not np.isfinite(got).all() or len(np.unique(got)) < 3:
        return
    low, high = got.min(), got.max()
    above, below = (len(np.unique(want[beyond])) > 1 for beyond in (want > high, want < low))
    told = [f"above {high:.4g}"] * above + [f"below {low:.4g}"] * below
    if told:
        low, high = low if below else -np.inf, high if above else np.inf
        yield f"What should be {' or '.join(told)} is cut off there.", lambda p: np.clip(p.expected, low, high)


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
    tables = all(isinstance(a, np.ndarray) and a.ndim > 1 for p in pairs for a in p.arguments[:1])
    sizes = {
        f"the number of {'rows' if tables else 'items'}": lambda p: len(p.arguments[0]),
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
