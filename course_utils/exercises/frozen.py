"""Inputs that refuse to be changed, to find the line of an answer that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import numpy as np

READ_ONLY = "read-only"  # stands in NumPy's own refusals too


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise ValueError(f"this input is {READ_ONLY}")


def _refusing(kind: type, methods: str) -> Callable[[Any], Any]:
    return type(f"ReadOnly{kind.__name__.title()}", (kind,), dict.fromkeys(methods.split(), _refuse))


_List = _refusing(list, "__setitem__ __delitem__ __iadd__ __imul__ append extend insert pop remove clear sort reverse")
_Dict = _refusing(dict, "__setitem__ __delitem__ __ior__ pop popitem clear update setdefault")

REFUSING = (_List, _Dict)


def frozen(value: Any) -> Any:
    """A copy of arrays, lists and dicts, also those inside, in which every change raises a ValueError.

    >>> numbers = frozen([3, 1])
    >>> numbers + [2], sorted(numbers)
    ([3, 1, 2], [1, 3])
    >>> numbers.sort()
    Traceback (most recent call last):
    ValueError: this input is read-only
    """
    if isinstance(value, np.ndarray):
        copy = value.copy()
        copy.flags.writeable = False
        return copy
    if type(value) is tuple:
        return tuple(map(frozen, value))
    if type(value) is list:
        return _List(map(frozen, value))
    if isinstance(value, Mapping) and type(value) is dict:
        return _Dict({key: frozen(item) for key, item in value.items()})
    return value
