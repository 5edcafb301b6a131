"""The commonest slip of all: a pair of brackets left out, so that another sign binds first."""

from __future__ import annotations

import ast
from collections.abc import Iterator

WORDS = "the brackets around {} are left out, so that another sign comes first"
_INSIDE = {
    ast.Add: "a sum",
    ast.Sub: "a difference",
    ast.Mult: "a product",
    ast.MatMult: "a product",
    ast.Div: "a quotient",
    ast.Pow: "a power",
}
_BEFORE_A_CALL = ")]}\"'_"


def without_brackets(source: str) -> Iterator[tuple[str, str, str, str]]:
    """(the line, that line without one pair of brackets, the source so changed, words), where it means something else.

    >>> [wrong for _, wrong, *_ in without_brackets("def f(a, b):\\n    return 2 * (a - b) / len(a)\\n")]
    ['return 2 * a - b / len(a)']
    """
    tree = ast.parse(source)
    text = ast.unparse(tree)
    seen = {ast.dump(tree)}
    for start, end in _pairs(text):
        code = f"{text[:start]}{text[start + 1 : end]}{text[end + 1 :]}"
        try:
            other = ast.parse(code)
        except SyntaxError:
            continue
        if ast.dump(other) not in seen and _same_shape(tree, other):
            seen.add(ast.dump(other))
            words = WORDS.format(_what_is(text[start + 1 : end]))
            yield _line(text, start), _line(code, start), ast.unparse(other), words


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """The brackets that only group: no call, no tuple of parameters."""
    open_ones: list[int] = []
    for place, sign in enumerate(text):
        if sign == "(":
            open_ones.append(place)
        elif sign == ")" and open_ones:
            start = open_ones.pop()
            before = text[start - 1] if start else "\n"
            grouped = not (before.isalnum() or before in _BEFORE_A_CALL) and "\n" not in text[start:place]
            if grouped and not _is_factor(text[:start].rstrip(), text[start + 1 : place]):
                yield start, place


def _is_factor(before: str, inside: str) -> bool:
    """Whether it is a product or quotient behind a `*` or `@`, where brackets change nothing: a * (b / c)."""
    if not before.endswith(("*", "@")) or before.endswith("**"):
        return False
    match ast.parse(inside).body:
        case [ast.Expr(ast.BinOp(op=ast.Mult() | ast.Div() | ast.MatMult()))]:
            return True
    return False


def _what_is(inside: str) -> str:
    match ast.parse(inside).body:
        case [ast.Expr(ast.BinOp(op=op))]:
            return _INSIDE.get(type(op), "a part")
        case [ast.Expr(ast.Compare())]:
            return "a comparison"
    return "a part"


def _same_shape(one: ast.AST, other: ast.AST) -> bool:
    """Whether only the order of signs differs: the same names, numbers and signs stand there, in the same places."""
    return sorted(map(_leaf, ast.walk(one))) == sorted(map(_leaf, ast.walk(other)))


def _leaf(node: ast.AST) -> str:
    return f"{node.value!r}" if isinstance(node, ast.Constant) else getattr(node, "id", type(node).__name__)


def _line(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)].strip()
