"""The lessons' exercises: one folder `lesson_NN_topic` a lesson, found by its name; its contents page is `__init__.py`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

from course_utils.exercises import Lesson

_PREFIX = "lesson_"
_kept: set[str] = set()  # the modules whose arrays are read-only
_looked: dict[str, int] = {}  # a lesson's package -> how many modules there were when it was last looked for new ones


@functools.cache
def names() -> tuple[str, ...]:
    """The lessons that have exercises, in order: `06a_…` and `06m_…` stand between `06_…` and `07_…`."""
    return tuple(
        sorted(m.name.removeprefix(_PREFIX) for m in pkgutil.iter_modules(__path__) if m.name.startswith(_PREFIX))
    )


def number(name: str) -> str:
    """What a lesson is called for short.

    >>> number("06_backprop"), number("06a_autograd")
    ('06', '06a')
    """
    return name.partition("_")[0]


def load(name: str) -> Lesson:
    """The lesson called `name`, such as "02_activations".

    Errors: ValueError with the known names when there is no such lesson.
    """
    if name not in names():
        raise ValueError(f"There is no lesson {name!r}. The lessons are: {', '.join(names())}.")
    package = f"{__name__}.{_PREFIX}{name}"
    lesson = importlib.import_module(package).lesson
    _keep_all(package)
    return lesson


def _keep_all(package: str) -> None:
    """Each module once, and none is looked for while there are no more: a forked process copies what it looks at."""
    if _looked.get(package) == len(sys.modules):
        return
    new = [key for key in sys.modules if (key == package or key.startswith(f"{package}.")) and key not in _kept]
    _kept.update(new)
    for key in new:
        _keep(vars(sys.modules[key]).values())
    _looked[package] = len(sys.modules)


def _keep(constants: Iterable[Any]) -> None:
    """Make the arrays among a module's constants read-only: an answer that writes into one stops, and spoils nothing."""
    for value in constants:
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
        elif isinstance(value, list | tuple):
            _keep(value)
