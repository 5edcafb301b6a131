"""Changes of a whole function that no place of its code shows: what comes out, what goes in, what is remembered."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


def _first_row(a: np.ndarray) -> np.ndarray:
    a = a.copy()
    if a.ndim:
        a[1:] = 0
    return a


_NUMBERS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "rounded to 2 places": lambda a: np.round(a, 2),
    "rounded to 3 places": lambda a: np.round(a, 3),
    "rounded to 4 places": lambda a: np.round(a, 4),
    "cut to whole numbers": np.trunc,
    "in half precision": lambda a: a.astype(np.float16),
    "negated": lambda a: -a,
    "twice as large": lambda a: 2 * a,
    "a thousandth larger": lambda a: 1.001 * a,
    "at most 6": lambda a: np.minimum(a, 6),
}
_ARRAYS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "reversed": lambda a: a[::-1] if a.ndim else a,
    "transposed": lambda a: a.T,
    "shifted by one": lambda a: np.roll(a, 1),
    "right in the first row only": _first_row,
    "without the last row": lambda a: a[:-1] if a.ndim else a,
    "with one more axis": lambda a: a[..., None] if a.ndim else a,
    "in one row": np.ravel,
}


def wrapped(function: Callable, arrays: bool = True) -> Iterator[tuple[str, str, Callable[[], Callable]]]:
    """What is changed, how, and a maker of the changed function; a fresh one a use, since some remember.

    `arrays` says whether any array comes out, whose rows and axes can be changed.

    >>> [wrong for right, wrong, make in wrapped(np.sqrt) if right == "the result"][:3]
    ['rounded to 2 places', 'rounded to 3 places', 'rounded to 4 places']
    """
    for name, change in (_NUMBERS | _ARRAYS if arrays else _NUMBERS).items():
        yield "the result", name, functools.partial(_after, function, change)
    yield "the result", "always the first one", functools.partial(_cached, function)
    for i, name in enumerate(_positional(function)):
        yield name, "always the first one", functools.partial(_first_argument, function, i)
        yield name, "changed in place", functools.partial(_changing, function, i)


def _floats(change: Callable[[np.ndarray], np.ndarray], value: Any) -> Any:
    """The value with every number or array of floating-point numbers changed."""
    if isinstance(value, dict):
        return {key: _floats(change, item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_floats(change, item) for item in value)
    if isinstance(value, float | np.floating) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size
    ):
        with np.errstate(all="ignore"):
            changed = change(np.asarray(value))
        return changed if isinstance(value, np.ndarray) else changed[()] if isinstance(changed, np.ndarray) else changed
    return value


def _after(function: Callable, change: Callable) -> Callable:
    @functools.wraps(function)
    def mutant(*args: Any, **kwargs: Any) -> Any:
        return _floats(change, function(*args, **kwargs))

    return mutant


def _cached(function: Callable) -> Callable:
    first: list[Any] = []

    @functools.wraps(function)
    def mutant(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        first[:] = first or [result]
        return copy.deepcopy(first[0])

    return mutant


def _first_argument(function: Callable, i: int) -> Callable:
    first: list[Any] = []

    @functools.wraps(function)
    def mutant(*args: Any, **kwargs: Any) -> Any:
        if i < len(args):
            first[:] = first or [copy.deepcopy(args[i])]
            args = (*args[:i], copy.deepcopy(first[0]), *args[i + 1 :])
        return function(*args, **kwargs)

    return mutant


def _changing(function: Callable, i: int) -> Callable:
    @functools.wraps(function)
    def mutant(*args: Any, **kwargs: Any) -> Any:
        result = copy.deepcopy(function(*args, **kwargs))
        if i < len(args):
            _spoil(args[i])
        return result

    return mutant


def _spoil(value: Any) -> None:
    if isinstance(value, np.ndarray) and value.size and value.dtype.kind in "biuf" and value.flags.writeable:
        value.flat[-1] = not value.flat[-1] if value.dtype.kind == "b" else value.flat[-1] + 1
    elif isinstance(value, list) and value:
        value.append(value[-1])
    elif isinstance(value, dict):
        for item in value.values():
            _spoil(item)


def _positional(function: Callable) -> list[str]:
    return [
        p.name
        for p in inspect.signature(function).parameters.values()
        if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
