"""What an instructor's own lines in one of the course's checks see: plain values, and functions that give such.

Asserts below `lesson.check(...)` are run in the judge, where a stand-in for a student's object could only answer
wrongly: it is true, equal to nothing and of no kind. So whatever is asked of one is refused, and noted: then a person
has to look.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, NoReturn

from autograder.runner.proxy import CallableProxy, Proxy


class CannotTravel(BaseException):
    """A test asks for what stays in the student's process. No `except Exception` of a test takes it for an answer."""


class Asked:
    """The student's names for such lines; `refused` tells what could not be answered first."""

    def __init__(self, student: Mapping[str, Any]) -> None:
        self.student, self.refused = student, ""

    def name(self, name: str) -> Any:
        """The value of a name; KeyError where Python's own or none is meant."""
        if hasattr(builtins, name):
            if name in self.student:
                self.refuse(f"{name!r} is a name of Python's own that the answer uses for something else")
            raise KeyError(name)
        return self.plain(name, self.student[name])

    def plain(self, what: str, value: Any) -> Any:
        if isinstance(value, CallableProxy):
            return _Function(self, what, value)
        if isinstance(value, Proxy):
            self.refuse(f"{what} is a {value.course_type}")
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
            if isinstance(part, Proxy | list | tuple | dict):
                self.plain(f"a part of {what}", part)
        return value

    def refuse(self, why: str) -> NoReturn:
        self.refused = self.refused or why
        raise CannotTravel(why)


class _Function:
    """A student's function or class: it can be called, and nothing else."""

    def __init__(self, asked: Asked, name: str, proxy: CallableProxy) -> None:
        _kept(self).update(_asked=asked, _name=name, _proxy=proxy)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        mine = _kept(self)
        sent = [_sent(value) for value in args], {name: _sent(value) for name, value in kwargs.items()}
        return mine["_asked"].plain(f"what {mine['_name']} gives", mine["_proxy"](*sent[0], **sent[1]))


def _kept(function: _Function) -> dict[str, Any]:
    return object.__getattribute__(function, "__dict__")


def _sent(value: Any) -> Any:
    return _kept(value)["_proxy"] if type(value) is _Function else value


def _refuse(function: _Function, *_: Any, **__: Any) -> NoReturn:
    mine = _kept(function)
    mine["_asked"].refuse(f"of {mine['_name']}, only its values can be told")


_ASKED = (
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__bool__", "__hash__", "__len__", "__iter__"),
    *("__contains__", "__getitem__", "__instancecheck__", "__subclasscheck__", "__enter__", "__add__", "__mul__"),
    *("__or__", "__repr__", "__str__", "__format__", "__setattr__", "__getattribute__"),
)
for _name in _ASKED:
    setattr(_Function, _name, _refuse)
