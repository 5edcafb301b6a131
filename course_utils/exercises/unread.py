"""Which of its parameters a function never looks at."""

from __future__ import annotations

import dis
from collections.abc import Iterable
from types import FunctionType
from typing import Any

from .value_words import listed

_ALL_NAMES = {"locals", "eval", "exec", "vars"}  # with these a function may read a name that it does not write
# Of a local name; an attribute or a method of the same name is another thing.
_READS = ("LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE", "STORE_FAST_LOAD")


def unread(function: Any) -> list[str]:
    """The parameters of a function that its code never reads; none where that cannot be seen.

    >>> unread(lambda x, rate: x * 0.1), unread(lambda x, rate: x * rate), unread(len)
    (['rate'], [], [])
    """
    if not isinstance(function, FunctionType) or _ALL_NAMES & set(function.__code__.co_names):
        return []
    code = function.__code__
    read: set[str] = set()
    for step in dis.get_instructions(code):
        if step.opname.startswith(_READS):
            read.update(step.argval if isinstance(step.argval, tuple) else [str(step.argval)])
    return [name for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if name not in read]


def never_used(answer: Any, rights: Iterable[Any]) -> str:
    """That the answer never looks at an argument that all right ones look at; empty when it does.

    >>> never_used(lambda x, rate: x * 0.1, [lambda x, rate: x * rate])
    'Your function never uses its argument `rate`.'
    """
    there = answer.course_unread if hasattr(type(answer), "course_unread") else unread(answer)
    spare = {name for right in rights for name in unread(right)} if there else set()
    names = [name for name in there if name not in spare]
    return f"Your function never uses its argument{'s' * (len(names) > 1)} {listed(names)}." if names else ""
