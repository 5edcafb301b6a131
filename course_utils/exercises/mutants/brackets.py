"""A right answer's source with a pair of brackets left out, or with the brackets of a call closed too early."""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
from collections.abc import Iterator
from itertools import accumulate
from tokenize import TokenInfo

from .making import Mutant

_OPERATORS = {"+", "-", "*", "/", "//", "@", "**", "%", "<", "<=", ">", ">=", "==", "!="}
_INSIDE = {
    ast.Add: "a sum",
    ast.Sub: "a difference",
    ast.Mult: "a product",
    ast.MatMult: "a product",
    ast.Div: "a quotient",
    ast.FloorDiv: "a quotient",
    ast.Pow: "a power",
}
CLOSED_TOO_EARLY = "the brackets of a function close too early, and a part of what belongs inside is left outside"


def bracket_mutants(source: str) -> Iterator[Mutant]:
    """Every source with one pair of brackets left out or closed too early, where that makes a difference.

    >>> for mutant in bracket_mutants("def f(a, b):\\n    return 2 * (a - b)\\n"):
    ...     print(mutant, "|", mutant.words)
    2 * (a - b) → 2 * a - b | the brackets around a difference are left out
    >>> [m.wrong for m in bracket_mutants("def f(a, b):\\n    return len(a + b)\\n")]
    ['len(a) + b']
    """
    seen = {ast.dump(ast.parse(source))}
    ends = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
    for changed, line, words in _changes(source, ends):
        try:
            tree = ast.dump(ast.parse(changed))
        except SyntaxError:
            continue
        if tree not in seen:
            seen.add(tree)
            yield Mutant(_line(source, line), _line(changed, line), changed, words)


def _changes(source: str, ends: list[int]) -> Iterator[tuple[str, int, str]]:
    """Sources with one change, the number of its line, and its words."""
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    places = [ends[token.start[0] - 1] + token.start[1] for token in tokens]
    for first, last in _pairs(tokens):
        start, end, line = places[first], places[last], tokens[first].start[0]
        if not _is_call(tokens[first - 1]):
            inside = source[start + 1 : end]
            yield f"{source[:start]} {inside} {source[end + 1 :]}", line, _around(inside)
            continue
        for k in _operators(tokens, first, last):
            yield (
                f"{source[: places[k]].rstrip()}) {source[places[k] : end]}{source[end + 1 :]}",
                line,
                CLOSED_TOO_EARLY,
            )


def _pairs(tokens: list[TokenInfo]) -> Iterator[tuple[int, int]]:
    """The places of each opening round bracket and of the one that closes it."""
    opened = []
    for place, token in enumerate(tokens):
        if token.type == tokenize.OP and token.string in "([{":
            opened.append(place)
        elif token.type == tokenize.OP and token.string in ")]}":
            first = opened.pop()
            if token.string == ")":
                yield first, place


def _is_call(before: TokenInfo) -> bool:
    """Whether brackets behind this token are those of a call."""
    return before.string in (")", "]") or (before.type == tokenize.NAME and not keyword.iskeyword(before.string))


def _operators(tokens: list[TokenInfo], first: int, last: int) -> Iterator[int]:
    """The places of the operators between two values that stand directly between these brackets."""
    depth = 0
    for place in range(first + 1, last):
        text = tokens[place].string
        depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
        before = tokens[place - 1]
        value = before.type in (tokenize.NAME, tokenize.NUMBER) or before.string in (")", "]")
        if depth == 0 and text in _OPERATORS and value:
            yield place


def _around(inside: str) -> str:
    try:
        node = ast.parse(inside.strip(), mode="eval").body
    except SyntaxError:
        node = None
    what = _INSIDE.get(type(node.op), "a part") if isinstance(node, ast.BinOp) else "a part"
    return f"the brackets around {'a comparison' if isinstance(node, ast.Compare) else what} are left out"


def _line(source: str, number: int) -> str:
    return " ".join(source.splitlines()[number - 1].removeprefix("    return ").split())
