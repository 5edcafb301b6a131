"""A right answer's source with one small thing changed, for every thing and every change that the operators know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .brackets import without_brackets
from .calls import IDLE, call_changes, name_of
from .calls_closed import WORDS, closed_too_early
from .expressions import expression_changes
from .layers import keras_changes
from .statements import statement_changes
from .words import said

_TOO_SHORT = (ast.Constant, ast.Name, ast.UnaryOp, ast.Attribute)

_SILENT = (ast.JoinedStr, ast.expr_context)  # what a message says is not asked


@dataclass(frozen=True)
class Mutant:
    """Code in which the text `right` gave way to `wrong`; `words` say what kind of change that is, and give no code."""

    right: str
    wrong: str
    source: str
    words: str

    def __str__(self) -> str:
        return f"{self.right} → {self.wrong}"


@dataclass(frozen=True)
class Place:
    """A node of a syntax tree in the field of its parent (in a list: at `index`), and what is shown of it."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    shown: ast.AST

    def put(self, node: ast.AST) -> None:
        """Let another node stand here."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(source: str, library_code_too: bool = True) -> Iterator[Mutant]:
    """Every source that differs from this function or class in one small thing; in what only a library
    needs, guards that raise errors and defaults of parameters, if asked.

    >>> print(*(str(m) for m in mutants("def f(a, b):\\n    return a - b\\n")), sep="; ")
    a - b → a + b; a - b → b - a; a - b → a; a - b → b; a - b → b - b; a - b → a - a
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for place in list(_places(tree, library_code_too)):
        right = ast.unparse(place.shown)
        for other in _changes(place.node, tree):
            place.put(other)
            code = ast.unparse(ast.fix_missing_locations(tree))
            wrong = ast.unparse(other if place.shown is place.node else place.shown)
            place.put(place.node)
            words = said(place.node, other)
            if code not in seen:
                seen.add(code)
                yield Mutant(_short(right), _short(wrong), code, words)
    for right, wrong, code, words in without_brackets(source):
        if code not in seen:
            seen.add(code)
            yield Mutant(right, wrong, code, words)


def bracket_mutants(source: str) -> Iterator[Mutant]:
    """Every source without one pair of its brackets, or with those of a call closed too early.

    >>> print(*(m.wrong for m in bracket_mutants("def f(a, b):\\n    return abs(2 * (a - b))\\n")), sep="; ")
    return abs(2 * a - b); return abs(2) * (a - b)
    """
    for right, wrong, code, words in without_brackets(source):
        yield Mutant(right, wrong, code, words)
    for right, wrong, code in closed_too_early(source):
        yield Mutant(right, wrong, code, WORDS)


def _changes(node: ast.AST, tree: ast.Module) -> Iterator[ast.AST]:
    for changes in (expression_changes, call_changes, keras_changes, statement_changes):
        yield from changes(node, tree)


def _places(node: ast.AST, library_code_too: bool, shown: ast.AST | None = None) -> Iterator[Place]:
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "returns", "annotation", "ctx", "op", "ops") or _is_idle(node):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or isinstance(child, _SILENT) or _is_docstring(child):
                continue
            if not library_code_too and _is_library_code(child, field):
                continue
            here = _shown(child, node, shown)
            yield Place(child, node, field, index, here)
            if isinstance(child, ast.Raise):
                continue
            yield from _places(child, library_code_too, here)


def _shown(child: ast.AST, parent: ast.AST, above: ast.AST | None) -> ast.AST:
    """The node itself where its text says enough, otherwise the piece of code around it."""
    if isinstance(child, _TOO_SHORT) and above is not None and isinstance(parent, ast.expr | ast.keyword):
        return above
    return child


def _is_idle(node: ast.AST) -> bool:
    """Whether nothing hangs on what stands in it: `verbose=0`; `len(x)`, where any array as long does as well."""
    if isinstance(node, ast.keyword):
        return node.arg in IDLE
    return isinstance(node, ast.Call) and name_of(node.func) in ("len", "zeros_like", "ones_like", "empty_like")


def _is_library_code(node: ast.AST, field: str) -> bool:
    return field == "defaults" or (isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise))


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _short(text: str) -> str:
    first, *more = text.splitlines()
    return f"{first} …" if more else first
