"""The text of a learner's function as statements that can be compared line by line: no comments, no layout.

Student text is read where the function lies, in the notebook or in its cage; what comes out of a cage is a claim.
"""

from __future__ import annotations

import ast
import builtins
import dis
import hashlib
import inspect
import linecache
import re
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import CodeType, FunctionType
from typing import Any

NUMBER = re.compile(r"\bProgram (\d+)\b")


@dataclass(frozen=True)
class Program:
    """A function's lines, the names that it takes from outside, and the number that its docstring gives it."""

    lines: tuple[str, ...]
    names: frozenset[str]
    number: int | None = None

    @staticmethod
    def of(function: Any) -> Program | None:
        """That of an answer, here or in another process; None where its text is not found."""
        try:
            told = function.course_program if hasattr(type(function), "course_program") else described(function)
            number = NUMBER.search(told["note"])
            return Program(tuple(told["lines"]), frozenset(told["names"]), int(number[1]) if number else None)
        except Exception:  # whatever a text does to a parser, or a process that has ended
            return None


def described(function: Any) -> dict[str, Any]:
    """The lines, names and docstring of a function, as values that can travel.

    Errors: ValueError for what is not a function of Python, or has no text.
    """
    if not isinstance(function, FunctionType):
        raise ValueError("only a function has a text")
    code = function.__code__
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    made = ast.parse(textwrap.dedent("".join(inspect.getblock(lines)))).body[0]
    if not isinstance(made, ast.FunctionDef):
        raise ValueError("its text is not that of a function")
    note = ast.get_docstring(made) or ""
    if note and len(made.body) > 1:
        made.body = made.body[1:]
    found = ast.unparse(made).splitlines()
    return {"lines": found, "names": sorted(_from_outside(code) - set(dir(builtins))), "note": note}


def _from_outside(code: CodeType) -> set[str]:
    names = {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}
    return names.union(*(_from_outside(part) for part in code.co_consts if isinstance(part, CodeType)))


def changed_lines(given: Sequence[str], own: Sequence[str]) -> list[str]:
    """The lines that are other ones, new, or gone (then as they were); a line that was moved is two.

    >>> changed_lines(["x = 1", "y = 2", "z = 3"], ["x = 1", "y = 5", "z = 3", "w = 4"])
    ['y = 5', 'w = 4']
    """
    changed: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, given, own, autojunk=False).get_opcodes():
        if kind != "equal":
            here, there = own[first:last], given[start:end]
            changed += [*here, *there[len(here) :]]
    return [line.strip() for line in changed]


def written(text: str, like: Callable) -> Callable:
    """The function of this text in the module of `like`, with a text that is found as that of a cell is."""
    file = f"<program {hashlib.sha256(text.encode()).hexdigest()[:16]}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    names: Mapping[str, Any] = {}
    exec(compile(text, file, "exec", dont_inherit=True), vars(sys.modules[like.__module__]), names)
    return names[like.__name__]
