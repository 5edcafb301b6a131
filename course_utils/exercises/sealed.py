"""While an answer is checked, the course's own solution of the same exercise cannot be called from it.

A function is sealed by giving it other code for a while. So every way to it is closed at once: its name, another name,
a method that calls it, an object made before.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType
from typing import Any


class SolutionGivenBack(Exception):
    """An answer called the course's own solution of its exercise."""


def _refuse(*args: Any, **kwargs: Any) -> Any:
    from course_utils.exercises.sealed import SolutionGivenBack  # not a global: this code runs in other modules

    raise SolutionGivenBack


@contextlib.contextmanager
def sealed(solutions: Sequence[Callable]) -> Iterator[None]:
    """Within the block, calling one of these functions, or a method of one of these classes, raises SolutionGivenBack.

    >>> from course_utils import nn
    >>> with sealed([nn.relu]):
    ...     nn.relu(1.0)
    Traceback (most recent call last):
    course_utils.exercises.sealed.SolutionGivenBack
    """
    functions = {function for solution in solutions for function in _functions(solution)}
    codes = {function: function.__code__ for function in functions}
    for function in functions:
        function.__code__ = _refuse.__code__
    try:
        yield
    finally:
        for function, code in codes.items():
            function.__code__ = code


def _functions(solution: Callable) -> list[FunctionType]:
    """What Python code a function or class consists of, as far as it can be given other code: no closures."""
    parts = vars(solution).values() if isinstance(solution, type) else [solution]
    return [part for part in parts if isinstance(part, FunctionType) and not part.__code__.co_freevars]


def named(solutions: Sequence[Callable]) -> list[str]:
    """ "module:name" of each of these, by which another process finds it."""
    return [f"{solution.__module__}:{solution.__name__}" for solution in solutions]


def found(names: Sequence[str]) -> list[Callable]:
    """The functions and classes of these names.

    >>> from course_utils import nn
    >>> found(named([nn.relu])) == [nn.relu]
    True
    """
    pairs = (name.split(":") for name in names)
    return [getattr(importlib.import_module(module), name) for module, name in pairs]
