"""How the student's code can fail: errors in the judge's process about what happened in the other one."""

from __future__ import annotations

import re
from typing import Any

from course_utils.exercises.answer import too_long

_CONTROL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # orders to a terminal


class StudentError(Exception):
    """The student's code raised: `kind` is the name of the error, `where` the text of the line it came from."""

    def __init__(self, kind: str, message: str = "", where: str = "") -> None:
        super().__init__(f"{kind}: {message}" if message else kind)
        self.kind, self.message, self.where = kind, message, where

    def __str__(self) -> str:
        return str(self.args[0])


def _like(error: type[Exception]) -> type[StudentError]:
    return type(f"Student{error.__name__}", (StudentError, error), {"__doc__": f"A {error.__name__} over there."})


# Python's own errors are of their kind here too, so `hasattr` and `except ValueError` work as in the notebook.
_KINDS = (ArithmeticError, AttributeError, IndexError, KeyError, LookupError, NameError, NotImplementedError)
_KINDS += (OverflowError, RecursionError, RuntimeError, TypeError, ValueError, ZeroDivisionError)
LIKE = {kind.__name__: _like(kind) for kind in _KINDS}


class StudentCrash(StudentError):
    """The student's process died, or sent something that it could not have sent unharmed."""

    def __init__(self, message: str) -> None:
        super().__init__("StudentCrash", message)


class StudentTimeout(StudentError):
    """The student's code used up its time: of the processor or, where it `waited`, by the clock."""

    def __init__(self, message: str, waited: bool = False) -> None:
        super().__init__("StudentTimeout", message)
        self.waited = waited


def out_of_time(seconds: float, by_the_clock: float = 0) -> StudentTimeout:
    """The error of code that used up its `seconds` of processor time or, before these, so many `by_the_clock`."""
    return StudentTimeout(too_long(seconds, by_the_clock), waited=by_the_clock > 0)


def student_error(claim: Any) -> StudentError:
    """The error that the student's process says its code raised; what it says is a claim."""
    fields = claim if type(claim) is dict else {}
    kind, message, where = (_CONTROL.sub("", str(fields.get(name, "")))[:4000] for name in ("kind", "message", "where"))
    kind = kind if kind.isidentifier() else "Exception"
    if kind in ("StudentCrash", "StudentTimeout"):
        kind = "Exception"  # those words are the judge's
    return LIKE.get(kind, StudentError)(kind, message, where)
