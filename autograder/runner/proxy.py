"""The judge's stand-in for an object in the student's process.

A proxy can be called, its attributes read and set, its items counted and fetched; all of that happens over there. It
never lets the object answer for itself: `==`, `bool`, `hash`, `float` and conversion to an array are the proxy's own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from course_utils.exercises.frozen import READ_ONLY, REFUSING
from course_utils.exercises.sealed import named

from .errors import LIKE, StudentError
from .wire import Handle


class Channel(Protocol):
    """Who asks the student's process."""

    def ask(self, do: str, **with_: Any) -> Any: ...

    def sealing(self, names: list[str]) -> AbstractContextManager: ...

    def calls_ahead(self, target: Handle, calls: Iterable[tuple[tuple, dict]]) -> AbstractContextManager: ...


class Proxy:
    """An object that stays in the student's process. What `about` says of it is a claim, not a fact."""

    __slots__ = ("_about", "_channel", "_handle")

    def __init__(self, channel: Channel, handle: Handle) -> None:
        object.__setattr__(self, "_channel", channel)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_about", handle.about)

    @property
    def course_type(self) -> str:
        """The name of the object's type."""
        return str(self._about.get("type", "object"))[:MAX_TYPE_NAME]

    @property
    def course_stub(self) -> bool:
        """True when the student has written nothing in it yet."""
        return self._about.get("stub") is True

    @property
    def course_unread(self) -> list[str]:
        """The parameters that a function never reads."""
        claim = self._about.get("unread")
        return list(filter(short_name, claim[:MAX_NAMES])) if type(claim) is list else []

    @property
    def course_program(self) -> dict[str, Any]:
        """The lines of a function and the names that it uses."""
        return self._channel.ask("program", target=self._handle)

    def course_sealed(self, solutions: Sequence[Callable]) -> AbstractContextManager:
        """A block in which these functions of the course cannot be called over there."""
        return self._channel.sealing(named(solutions))

    def course_over_there(self, function: Callable, *args: Any) -> Any:
        """What a function of the course makes of the object, run in the student's process."""
        return self._channel.ask("call", target=function, args=(self, *args), kwargs={})

    def __repr__(self) -> str:
        return f"<{self.course_type} in the student's process>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name}: names with an underscore are not asked of the student's process")
        return self._channel.ask("getattr", target=self._handle, name=name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._channel.ask("setattr", target=self._handle, name=name, value=value)

    def __len__(self) -> int:
        length = self._channel.ask("len", target=self._handle)
        if type(length) is not int or not 0 <= length < 2**31:
            raise StudentError("TypeError", "its length is not a whole number")
        return length

    def __getitem__(self, key: Any) -> Any:
        return self._channel.ask("item", target=self._handle, key=key)

    def __iter__(self) -> Iterator:
        return (self[i] for i in range(len(self)))

    def __bool__(self) -> bool:
        return True

    __eq__, __hash__ = object.__eq__, object.__hash__

    def __deepcopy__(self, memo: dict) -> Proxy:
        return self

    def __reduce__(self) -> Any:
        raise TypeError("a proxy stands for an object in another process and cannot be saved")

    def __copy__(self) -> Proxy:
        return self

    def _not_plain(self, *_: Any, **__: Any) -> Any:
        raise TypeError(f"this is a {self.course_type}, not a number or an array")

    __array_ufunc__ = None  # so that `array == proxy` is not computed item by item
    __array__ = __float__ = __int__ = __index__ = __complex__ = _not_plain


class CallableProxy(Proxy):
    """A function, class or callable object. Arguments changed over there are changed here too."""

    __slots__ = ()

    def course_ahead(self, calls: Iterable[tuple[tuple, dict]]) -> AbstractContextManager:
        """A block in which the object is called with these arguments, in this order and nothing else is asked."""
        return self._channel.calls_ahead(self._handle, calls)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._channel.ask("call", target=self._handle, args=args, kwargs=kwargs)


MAX_TYPE_NAME = 100
MAX_NAMES = 20
_PUBLIC = ("course_utils", "numpy", "math", "builtins")


def short_name(claim: Any) -> bool:
    """Whether what the student's process calls a name can be one, and is fit for a sentence."""
    return type(claim) is str and claim.isidentifier() and len(claim) < MAX_TYPE_NAME


def public_name(value: Any) -> str | None:
    """ "module:attribute" of a function or class that the student's process can import itself, else None.

    >>> public_name(np.tanh), public_name(len), public_name(lambda x: x)
    ('numpy:tanh', 'builtins:len', None)
    """
    module = "numpy" if isinstance(value, np.ufunc) else str(getattr(value, "__module__", ""))
    name = str(getattr(value, "__name__", ""))
    if not callable(value) or module.partition(".")[0] not in _PUBLIC:
        return None
    return f"{module}:{name}" if getattr(sys.modules.get(module), name, None) is value else None


def make(channel: Channel, handle: Handle) -> Proxy:
    """The proxy for a handle. Python's errors call it what the object over there is called."""
    kind = CallableProxy if handle.about.get("callable") is True else Proxy
    name = str(handle.about.get("type", ""))[:MAX_TYPE_NAME]
    return _called(kind, name if name.isidentifier() else "object")(channel, handle)


@lru_cache(256)
def _called(kind: type[Proxy], name: str) -> type[Proxy]:
    return type(name, (kind,), {"__slots__": ()})


def write_back(mine: Any, theirs: Any) -> None:
    """Make `mine`, an argument that was sent, equal to `theirs`, what the call left of it, without replacing it.

    Memory of this process is never resized: an array that has become another kind or size over there is only marked
    as changed. Errors: StudentError where `mine` may only be read.
    """
    if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray):
        _write_array(mine, theirs)
    elif isinstance(mine, REFUSING):
        raise LIKE["ValueError"]("ValueError", f"this input is {READ_ONLY}")
    elif isinstance(mine, dict) and isinstance(theirs, dict):
        for key in [key for key in mine if key not in theirs]:
            del mine[key]
        for key, value in theirs.items():
            mine[key] = _merged(mine[key], value) if key in mine else value
    elif isinstance(mine, list) and isinstance(theirs, list):
        mine[:] = [_merged(old, new) for old, new in zip(mine, theirs, strict=False)] + theirs[len(mine) :]
    elif isinstance(mine, tuple) and isinstance(theirs, tuple):
        for old, new in zip(mine, theirs, strict=False):
            write_back(old, new)


def _write_array(mine: np.ndarray, theirs: np.ndarray) -> None:
    same_kind = _same_kind(mine, theirs)
    if same_kind and np.array_equal(mine, theirs, equal_nan=mine.dtype.kind in "fc"):
        return
    if not mine.flags.writeable:
        raise LIKE["ValueError"]("ValueError", "assignment destination is read-only")
    mine[...] = theirs if same_kind else _unlike(mine)


def _same_kind(one: np.ndarray, other: np.ndarray) -> bool:
    return (one.shape, one.dtype) == (other.shape, other.dtype)


def _unlike(array: np.ndarray) -> np.ndarray:
    """Something of the same shape and kind that differs from the array, and not only in the order of its numbers."""
    match array.dtype.kind:
        case "f" | "c":
            return np.where(np.isnan(array), 0, np.nan)
        case "b" | "i" | "u":
            return np.full_like(array, ~array.flat[0] if array.size else 0)
    return np.where(array == array.dtype.type(), "x", "").astype(array.dtype)


def _merged(mine: Any, theirs: Any) -> Any:
    """`mine`, updated, when both are the same kind of container, so that other names for it see it; or `theirs`."""
    if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray) and not _same_kind(mine, theirs):
        return theirs
    if type(mine) is type(theirs) and isinstance(mine, np.ndarray | dict | list | tuple):
        write_back(mine, theirs)
        return mine
    return mine if isinstance(theirs, Proxy) and (isinstance(mine, Proxy) or public_name(mine)) else theirs
