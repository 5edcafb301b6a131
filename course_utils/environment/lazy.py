"""A module that is imported when it is first used, so that a table of Keras answers loads without TensorFlow."""

from __future__ import annotations

import importlib
from typing import Any


class Lazy:
    """Stands for a module until an attribute is asked for.

    >>> fractions = Lazy("fractions")
    >>> fractions.Fraction(1, 2)
    Fraction(1, 2)
    """

    def __init__(self, name: str):
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if self._name.partition(".")[0] in ("keras", "tensorflow"):
            from .quiet_tensorflow import import_tensorflow

            import_tensorflow()
        return getattr(importlib.import_module(self._name), attribute)


keras = Lazy("keras")
