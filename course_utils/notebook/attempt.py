"""What the cells of a notebook tell of an answer: whether the last one came to its end, and whether it is a new try."""

from __future__ import annotations

import ast
import functools
import hashlib
import re
import symtable
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from course_utils.exercises import Raised, Result
from course_utils.exercises.plain_words import in_plain_words

ASKING = re.compile(r"\blesson\.(check|grade)\(")
_stopped: dict[int, Raised] = {}  # by the number of the cell, what it stopped with


def watch(shell: Any) -> None:
    """From now on remember which cells stop with an error."""
    shell.events.register("post_run_cell", _remember)


def _remember(result: Any) -> None:
    error = result.error_before_exec or result.error_in_exec
    if error is not None and result.execution_count is not None:
        _stopped[result.execution_count] = Raised.of(error)


def with_note(result: Result, names: Sequence[str], cells: Sequence[str]) -> Result:
    """The result to show; where the last cell with one of these names stopped with an error, it says that first."""
    number = next((n for n in range(len(cells) - 1, 0, -1) if _speaks_of(names, cells[n])), 0)
    if number not in _stopped:
        return result
    told, advice = f"cell with `{names[0]}` stopped with {_stopped[number]}", in_plain_words(_stopped[number])
    if result.status in ("missing", "not_attempted"):
        said = f"The {told}. {advice}".rstrip()
        return replace(result, message=f"{said} Repair it and run it again, then this cell.")
    said = f"Look above first: the {told}, so what is checked here may be older. {advice}".rstrip()
    return replace(result, mistake=None, message=f"{said}\n{result.message}".rstrip())


def digest(names: Collection[str], cells: Sequence[str]) -> str:
    """A few letters that differ when the text of an answer does, or of what it uses; empty where none is found.

    Comments and layout do not count.

    >>> before = digest(["f"], ["def f(x): return x", "g = 2"])
    >>> before == digest(["f"], ["def f(x): return 2 * x", "def f(x):  # a comment\\n    return x"])
    True
    >>> before == digest(["f"], ["def f(x): return -x"])
    False
    """
    made = {name: text for text in cells if not ASKING.search(text) for name in _names(text).bound}
    todo, texts = list(names), set()
    while todo:
        text = made.get(todo.pop())
        if text and text not in texts:
            texts.add(text)
            todo += _names(text).used
    told = sorted(ast.dump(ast.parse(text)) for text in texts)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12] if told else ""


class _Names(NamedTuple):
    """The names that a cell binds, and those that it takes from elsewhere."""

    bound: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    unreadable: str = ""


@functools.cache
def _names(text: str) -> _Names:
    try:
        table = symtable.symtable(text, "<cell>", "exec")
    except (SyntaxError, ValueError):
        return _Names(unreadable=text)
    own = table.get_symbols()
    bound = {s.get_name() for s in own if s.is_assigned() or s.is_imported()}
    used = {s.get_name() for s in own if s.is_referenced()} - bound
    return _Names(frozenset(bound), frozenset(used.union(*map(_from_outside, table.get_children()))))


def _from_outside(table: symtable.SymbolTable) -> set[str]:
    names = {s.get_name() for s in table.get_symbols() if s.is_global()}
    return names.union(*(_from_outside(child) for child in table.get_children()))


def _speaks_of(names: Collection[str], text: str) -> bool:
    """Whether a cell gives one of the names a value, or might if Python could read it."""
    found = _names(text)
    if found.unreadable:
        return not ASKING.search(text) and any(re.search(rf"\b{name}\b", text) for name in names)
    return not found.bound.isdisjoint(names)
