"""A notebook's names as they were at one of its cells, for a check that comes later in the same process.

Two checks see the same, one after the other in one process or each in its own, where nothing stands in the notebook
that a call could change: functions, modules, numbers and texts. And a check may come later than its cell where the
cells since have only named more of these.
"""

from __future__ import annotations

import ast
import os
import random
import sys
from collections.abc import MutableMapping
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import numpy as np

from course_utils import lessons
from course_utils.exercises.answer import FIXED

PLAIN = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.Load, ast.JoinedStr, ast.FormattedValue),
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
)


def only_names(body: list[ast.stmt]) -> bool:
    """Whether statements do no more than to name functions and what follows from plain values by operators.

    >>> [only_names(ast.parse(text).body) for text in ("def f(x):\\n    print(x)", "a = 2 * b", "a = f(b)", "a[0] = 1")]
    [True, True, False, False]
    """
    return all(map(_only_names, body))


def _only_names(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef():
            signature = [*node.args.defaults, *filter(None, node.args.kw_defaults), *filter(None, [node.returns])]
            notes = (arg.annotation for arg in ast.walk(node.args) if isinstance(arg, ast.arg) and arg.annotation)
            return not node.decorator_list and all(map(_plain, [*signature, *notes]))
        case ast.Assign():
            return _plain(node.value) and all(isinstance(target, ast.Name) for target in node.targets)
        case ast.Expr():
            return _plain(node.value)
        case _:
            return isinstance(node, ast.Pass)


def _plain(node: ast.expr) -> bool:
    return all(isinstance(part, PLAIN) for part in ast.walk(node))


class KeptNames:
    """The names of a namespace at several of its cells."""

    def __init__(self, namespace: MutableMapping[str, Any]) -> None:
        self._namespace, self._first = namespace, dict(namespace)
        self._kept: list[tuple[dict[str, Any], int, tuple, Any, str]] = []

    def keep(self) -> int | None:
        """The number under which the names of now are kept; None where a call could change what stands there."""
        names = dict(self._namespace)
        new = [value for name, value in names.items() if name not in self._first or value is not self._first[name]]
        if type(names.get("In")) is not list or not all(map(_cannot_change, new)):
            return None
        try:
            folder = os.getcwd()
        except OSError:  # it has been removed
            return None
        self._kept.append((names, len(names["In"]), random.getstate(), np.random.get_state(), folder))  # noqa: NPY002
        return len(self._kept) - 1

    def bring_back(self, number: int) -> None:
        """The names are again as they were then, with IPython's record of the cells and the random numbers to come.

        The working folder too, and functions without what has been noted on them since. Errors: OSError.
        """
        names, cells, python, numpy, folder = self._kept[number]
        os.chdir(folder)
        for name, value in names.items():
            if type(value) is FunctionType and value is not self._first.get(name):
                value.__dict__.clear()
        self._namespace.clear()
        self._namespace.update(names, In=names["In"][:cells])
        random.setstate(python)
        np.random.set_state(numpy)  # noqa: NPY002


def _cannot_change(value: Any) -> bool:
    kind = type(value)  # an object may say that it is of another
    if kind is FunctionType:
        own = [*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
        return not (value.__dict__ or value.__closure__) and all(map(_cannot_change, own))
    if kind is tuple:
        return all(map(_cannot_change, value))
    if kind is np.ufunc:
        return getattr(np, value.__name__, None) is value  # not one that is made of a function
    if kind is BuiltinFunctionType:  # or a method of something
        return value.__self__ is None or type(value.__self__) is ModuleType
    if kind is type:
        return value.__module__ != "__main__"
    if kind is ModuleType:
        return sys.modules.get(value.__name__) is value
    return kind in FIXED or (issubclass(kind, np.generic | lessons.Lesson) and kind is not np.void)
