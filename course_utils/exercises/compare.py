"""How an observed value differs from the expected one: in type, in shape or in numbers; or not at all."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

TOLERANCE = 1e-6
TOLERANCE_FLOAT32 = 1e-4
REORDERED = "(in another order)"
MOST_REORDERED = 1000  # items of a list that are looked for one by one


@dataclass(frozen=True)
class Difference:
    """Where and how two values part: `stage` is "type", "shape" or "value"."""

    stage: str
    message: str
    expected: Any
    observed: Any


def difference(expected: Any, observed: Any, tolerance: float = TOLERANCE, name: str = "") -> Difference | None:
    """None when `observed` is as good as `expected`, within `tolerance` (absolute plus relative; 1e-4 for float32).

    >>> difference(np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-9]))
    >>> difference(np.array([1.0, 2.0]), [1.0, 2.0]).message
    'it should be a NumPy array, but is a list or tuple'
    >>> difference(np.zeros((2, 3)), np.zeros(3)).message
    'the shape should be (2, 3), but is (3,)'
    """
    it = name or "it"

    def differs(stage: str, message: str) -> Difference:
        return Difference(stage, message, expected, observed)

    wanted, got = family(expected), family(observed)
    if wanted != got:
        if observed is None:
            return differs(
                "type",
                f"{it} is None: nothing was returned. Is there a `return`?"
                if not name
                else f"{it} is None, but should be {wanted}",
            )
        told = "a function that was not called. Are its round brackets missing?" if is_function(observed) else got
        if isinstance(observed, np.ndarray) and observed.ndim:
            told = f"{_array_of(observed.dtype)} of shape {observed.shape}"
        return differs("type", f"{it} should be {wanted}, but is {told}")
    if isinstance(expected, Mapping):
        if set(expected) != set(observed):
            missing, extra = (
                sorted(map(str, set(expected) - set(observed))),
                sorted(map(str, set(observed) - set(expected))),
            )
            told = [f"without {', '.join(missing)}"] * bool(missing) + [f"with unknown {', '.join(extra)}"] * bool(
                extra
            )
            return differs("shape", f"{it} came {' and '.join(told)}")
        pairs = [(expected[key], observed[key], part(name, key, f"`{key}`")) for key in expected]
        return _first(pairs, tolerance)
    if wanted == "a list or tuple":
        if len(expected) != len(observed):
            return differs("shape", f"{it} should have {_items(len(expected))}, but has {len(observed)}")
        return _first(
            [(e, o, part(name, i, f"`result[{i}]`")) for i, (e, o) in enumerate(zip(expected, observed, strict=True))],
            tolerance,
        )
    if wanted in ("a number", "a NumPy array"):
        return _numbers(expected, observed, tolerance, differs, it)
    return None if _equal(expected, observed) else differs("value", f"{it} differs")


def part(whole: str, key: object, outermost: str) -> str:
    """The name of a part of something with a name; of the result itself, which has none, `outermost`.

    >>> part("`result[1]`", "half", "`half`"), part("", "half", "`half`")
    ("`result[1]['half']`", '`half`')
    """
    return f"{whole.removesuffix('`')}[{key!r}]`" if whole else outermost


def _first(pairs: list, tolerance: float) -> Difference | None:
    found = (difference(e, o, tolerance, name) for e, o, name in pairs)
    return next((d for d in found if d), None)


def _numbers(expected: Any, observed: Any, tolerance: float, differs: Any, it: str) -> Difference | None:
    want, got = np.asarray(expected), np.asarray(observed)
    if want.shape != got.shape:
        return differs("shape", f"{'the' if it == 'it' else it + ':'} shape should be {want.shape}, but is {got.shape}")
    if want.dtype.kind in "biuf" and got.dtype.kind in _NO_REAL_NUMBERS:
        return differs("type", f"{it} should be an array of numbers, but is {_array_of(got.dtype)}")
    if want.dtype.kind in "OUSV" or got.dtype.kind in "OUSV":
        return (
            None
            if want.dtype.kind == got.dtype.kind and np.array_equal(want, got)
            else differs("value", f"{it} differs")
        )
    if want.dtype == bool != got.dtype:
        return differs("type", f"{it} should hold True and False, but holds {_words(got.dtype)}")
    close = ~differing(want, got, tolerance)
    if close.all():
        return None
    wrong = int((~close).sum())
    where = "" if it == "it" else f"{it}: "
    return differs("value", where + (f"{wrong} of {close.size} numbers differ" if close.ndim else "the number differs"))


def _items(count: int) -> str:
    return f"{count} item" if count == 1 else f"{count} items"


_FUNCTIONS = {"function", "method", "builtin_function_or_method", "ufunc", "_ArrayFunctionDispatcher", "partial"}
_NO_REAL_NUMBERS = {"U": "texts", "S": "bytes", "O": "Python objects", "V": "records"}


def _array_of(dtype: np.dtype) -> str:
    kind = _NO_REAL_NUMBERS.get(dtype.kind)
    return f"an array of {kind}" if kind else "a NumPy array"


def _words(dtype: np.dtype) -> str:
    return "whole numbers" if dtype.kind in "iu" else "numbers"


def differing(expected: np.ndarray, observed: np.ndarray, tolerance: float = TOLERANCE) -> np.ndarray:
    """Which numbers of two arrays of one shape are further apart than the tolerance.

    >>> differing(np.array([1.0, 2.0]), np.array([1.0, 2.001]))
    array([False,  True])
    """
    if np.float32 in (expected.dtype, observed.dtype):
        tolerance = max(tolerance, TOLERANCE_FLOAT32)
    with np.errstate(all="ignore"):
        if (same := np.equal(observed, expected)).all():  # which is most often so, and soon seen
            return ~same
        return ~np.isclose(observed, expected, rtol=tolerance, atol=tolerance, equal_nan=True)


def _equal(expected: Any, observed: Any) -> bool:
    """For None, bools, strings and bytes, whose families already agree."""
    return expected is observed or bool(expected == observed)


def family(value: Any) -> str:
    """The kind of a value in plain words; kinds that serve equally well share a word.

    >>> family(3), family(np.float32(3)), family(np.array(3.0)), family([1]), family(True)
    ('a number', 'a number', 'a number', 'a list or tuple', 'a bool')
    >>> family(np.array("three")), family(np.ones(3))
    ('an array of texts', 'a NumPy array')
    """
    if value is None:
        return "None"
    if isinstance(value, bool | np.bool_):
        return "a bool"
    if isinstance(value, numbers.Number | np.number):
        return "a number"
    if isinstance(value, np.ndarray):
        if value.ndim:
            return "a NumPy array"
        return _array_of(value.dtype) if value.dtype.kind in _NO_REAL_NUMBERS else _scalar(value.dtype)
    if isinstance(value, str):
        return "a string"
    if isinstance(value, bytes):
        return "bytes"
    if isinstance(value, Mapping):
        return "a dict"
    if isinstance(value, Sequence):
        return "a list or tuple"
    name = getattr(value, "course_type", type(value).__name__)
    return _array_of(np.dtype(object)) if name == "ndarray" else f"a {name}"  # no other array stays where it was made


def _scalar(dtype: np.dtype) -> str:
    return "a bool" if dtype.kind == "b" else "a number"


def is_function(value: Any) -> bool:
    """Whether it is a function or method itself, not what a call of it gives.

    >>> is_function(len), is_function(np.ones(3).mean), is_function(np.exp), is_function(3)
    (True, True, True, False)
    """
    return getattr(value, "course_type", type(value).__name__) in _FUNCTIONS


def unchanged(before: Any, after: Any) -> bool:
    """True when every array, list and dict inside still holds exactly the same values.

    >>> unchanged(([1, 2], np.ones(2)), ([1, 2], np.ones(2))), unchanged([1], [2])
    (True, False)
    """
    return not changed(before, after, "", orders=False)


def changed(before: Any, after: Any, name: str, orders: bool = True) -> str:
    """The place inside `name` that no longer holds the same values; empty when there is none.

    Without `orders` nothing is looked up that only stands in another order.

    >>> changed({"W": np.ones(2)}, {"W": np.zeros(2)}, "params"), changed([1, 2], [1], "sizes")
    ("params['W']", 'sizes (2 items became 1)')
    >>> changed([2, 1], [1, 2], "sizes"), changed({"W": np.array([2, 1])}, {"W": np.array([1, 2])}, "params")
    ('sizes (in another order)', "params['W'] (in another order)")
    """
    name = name or "it"
    if isinstance(before, Mapping):
        if not isinstance(after, Mapping) or before.keys() != after.keys():
            return f"the names in {name}"
        return next(filter(None, (changed(before[k], after[k], f"{name}[{k!r}]", orders) for k in before)), "")
    if isinstance(before, list | tuple):
        if len(before) != len(after):
            return f"{name} ({_items(len(before))} became {len(after)})"
        if orders and len(before) <= MOST_REORDERED and _reordered(before, after):
            return f"{name} {REORDERED}"
        return next(
            filter(None, (changed(before[i], after[i], f"{name}[{i}]", orders) for i in range(len(before)))), ""
        )
    if isinstance(before, np.ndarray):
        same = before.shape == after.shape and _equal_arrays(before, after)
        if same or not orders:
            return "" if same else name
        alike = before.shape == after.shape and before.dtype == after.dtype and before.dtype.kind in "biuf"
        return f"{name} {REORDERED}" if alike and np.array_equal(np.sort(before, None), np.sort(after, None)) else name
    if isinstance(before, bool | int | float | complex | str | bytes | np.generic):
        if isinstance(after, np.ndarray):
            return name
        return "" if bool(before == after or (before != before and after != after)) else name
    return ""


def _equal_arrays(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.all(one == other)) or np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")


def _reordered(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether the items are the same, and stand in another order."""
    if all(unchanged(b, a) for b, a in zip(before, after, strict=True)):
        return False
    left = list(after)
    for item in before:
        place = next((i for i, other in enumerate(left) if unchanged(item, other)), None)
        if place is None:
            return False
        del left[place]
    return True
