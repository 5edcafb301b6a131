"""The text of a learner's function or class with all it needs: imports, helpers, small constants of the notebook."""

from __future__ import annotations

import ast
import builtins
import dis
import inspect
import linecache
import pprint
import sys
import textwrap
from collections.abc import Collection, Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

MARKS = ("# YOUR CODE HERE", "### BEGIN SOLUTION", "### END SOLUTION")
SMALL = 1000  # characters of a constant that is kept


class NotKept(Exception):
    """Why an answer cannot stand in a file of its own."""


def source_with_needs(names: Collection[str], namespace: Mapping[str, Any], others: Collection[str]) -> str:
    """The statements that make these names, below what they need of the notebook, in an order that runs.

    NumPy is taken to be there as `np`.
    `others` are answers to other exercises: they have a place of their own and are left out here.

    Errors: NotKept when a text is not found or data of the notebook is needed.
    """
    found: dict[str, str] = {}

    def add(name: str, value: Any) -> None:
        if name in found:
            return
        found[name] = ""  # a function may call itself, or one that calls it
        statement = _statement(name, value)
        for need in sorted(_needs(statement, name)):
            if need in namespace and need not in others and not _is_builtin(need, namespace):
                add_need(need, namespace[need])
        del found[name]
        found[name] = statement

    def add_need(need: str, value: Any) -> None:
        if _is_own(value):
            add(need, value)
        elif not (need == "np" and value is np) and getattr(value, "__module__", "") != "my_nn":
            found.setdefault(need, _imported(need, value) or _constant(need, value))

    for name in names:
        add(name, namespace[name])
    texts = dict.fromkeys(found.values())
    first = [text for text in texts if text.startswith(("import ", "from "))]
    return "\n".join([*first, *_spaced([text for text in texts if text not in first])]).strip("\n")


def answers_used(names: Collection[str], namespace: Mapping[str, Any], others: Collection[str]) -> set[str]:
    """Which of the `others` these names come upon, by way of helpers too."""
    seen: set[str] = set()
    todo = [name for name in names if _is_own(namespace.get(name))]
    while todo:
        name = todo.pop()
        needs = _needs(_statement(name, namespace[name]), name) - seen
        seen |= needs
        todo += [need for need in needs if need not in others and _is_own(namespace.get(need))]
    return seen & set(others)


def _spaced(statements: list[str]) -> list[str]:
    """Two blank lines above a definition, one above anything else."""
    return [f"\n\n{text}" if text.startswith(("def ", "class ", "@", "async ")) else f"\n{text}" for text in statements]


def _is_own(value: Any) -> bool:
    """Whether the learner wrote it in the notebook, or in the program that runs."""
    return isinstance(value, FunctionType | type) and value.__module__ == "__main__"


def _is_builtin(name: str, namespace: Mapping[str, Any]) -> bool:
    return hasattr(builtins, name) and namespace[name] is getattr(builtins, name)


def _statement(name: str, value: Any) -> str:
    """The statement of a cell that made the value, as it stands there."""
    for code in _codes(value):
        if code.co_freevars and not isinstance(value, type):
            raise NotKept(f"`{name}` was made inside of another function")
        lines = linecache.getlines(code.co_filename)
        for node in _parsed("".join(lines)):
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
            if first <= code.co_firstlineno <= (node.end_lineno or first):
                text = textwrap.dedent("".join(lines[first - 1 : node.end_lineno]))
                kept = [line for line in text.splitlines() if line.strip() not in MARKS]
                return "\n".join([*kept, *_renamed(name, node)])
    raise NotKept(f"the text of `{name}` was not found")


def _parsed(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except SyntaxError:
        return []


def _codes(value: Any) -> Iterator[CodeType]:
    """The code of a function, or of all that a class has."""
    if isinstance(value, type):
        for part in vars(value).values():
            yield from _codes(getattr(part, "fget", None) or getattr(part, "__func__", part))
    elif isinstance(value, FunctionType):
        yield inspect.unwrap(value).__code__


def _renamed(name: str, node: ast.stmt) -> list[str]:
    """A line for a function that goes by another name than its own."""
    stored = (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return [] if name in {getattr(node, "name", ""), *stored} else [f"{name} = {getattr(node, 'name', '')}"]


def _needs(statement: str, name: str) -> set[str]:
    """The names from outside that a statement comes upon when it is run, or when what it makes is called."""
    return _loaded(compile(statement, "<kept>", "exec")) - {name, "__name__"}  # every class reads its module's


def _loaded(code: CodeType) -> set[str]:
    names = {step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return names.union(*(_loaded(part) for part in code.co_consts if isinstance(part, CodeType)))


def _imported(name: str, value: Any) -> str:
    """The line that imports the value under this name; empty when none does."""
    if isinstance(value, ModuleType):
        known = value.__name__.replace(".api.", ".")  # where Keras keeps what it shows
        if sys.modules.get(known) is not value:
            return ""
        return f"import {known}" if known == name else f"import {known} as {name}"
    home, known = getattr(value, "__module__", None) or "numpy", getattr(value, "__name__", "")
    if home == "__main__" or getattr(sys.modules.get(home), known or "?", None) is not value:
        return ""
    return f"from {home} import {known}" if known == name else f"from {home} import {known} as {name}"


def _constant(name: str, value: Any) -> str:
    """The line that gives a small constant its value.

    Errors: NotKept for all else, which is data of the notebook.
    """
    text = ""
    if (
        isinstance(value, np.ndarray)
        and value.dtype.kind in "biuf"
        and value.size <= SMALL
        and np.isfinite(value).all()
    ):
        text = f"np.array({value.tolist()!r}, dtype={value.dtype.name!r})"
    elif isinstance(value, np.generic) and value.dtype.kind in "biuf":
        text = f"np.{value.dtype.name}({value.item()!r})"
    elif isinstance(value, float) and not np.isfinite(value):
        text = f'float("{value}")'
    elif _is_plain(value):
        text = pprint.pformat(value, width=110, sort_dicts=False)
    if not text or len(text) > SMALL:
        raise NotKept(f"it reads `{name}` of the notebook ({type(value).__name__}); hand it over as an argument")
    return f"{name} = {text}"


def _is_plain(value: Any) -> bool:
    """Whether the text of the value says all about it."""
    try:
        return ast.literal_eval(repr(value)) == value and type(value).__module__ == "builtins"
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
