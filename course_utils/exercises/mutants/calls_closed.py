"""The brackets of a call closed too early, so that a part of what belongs inside stands behind."""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
from collections.abc import Iterator
from itertools import accumulate
from tokenize import TokenInfo

WORDS = "the brackets of a function close too early, and a part of what belongs inside is left outside"
_OPERATORS = {"+", "-", "*", "/", "//", "@", "**", "%", "<", "<=", ">", ">=", "==", "!="}


def closed_too_early(source: str) -> Iterator[tuple[str, str, str]]:
    """(the line, the line with brackets of a call closed too early, the source so changed), for each operator inside.

    >>> [wrong for _, wrong, _ in closed_too_early("def f(a, b):\\n    return len(a + b)\\n")]
    ['return len(a) + b']
    """
    text = ast.unparse(ast.parse(source))
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    ends = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    places = [ends[token.start[0] - 1] + token.start[1] for token in tokens]
    for first, last in _calls(tokens):
        end, line = places[last], tokens[first].start[0] - 1
        for k in _operators(tokens, first, last):
            code = f"{text[: places[k]].rstrip()}) {text[places[k] : end]}{text[end + 1 :]}"
            try:
                ast.parse(code)
            except SyntaxError:
                continue
            yield text.splitlines()[line].strip(), code.splitlines()[line].strip(), code


def _calls(tokens: list[TokenInfo]) -> Iterator[tuple[int, int]]:
    """The places of the opening and of the closing bracket of each call."""
    opened = []
    for place, token in enumerate(tokens):
        if token.type == tokenize.OP and token.string in "([{":
            opened.append(place)
        elif token.type == tokenize.OP and token.string in ")]}":
            first = opened.pop()
            before = tokens[first - 1]
            named = before.type == tokenize.NAME and not keyword.iskeyword(before.string)
            if token.string == ")" and (named or before.string in (")", "]")):
                yield first, place


def _operators(tokens: list[TokenInfo], first: int, last: int) -> Iterator[int]:
    """The places of the operators between two values that stand directly between these brackets."""
    depth = 0
    for place in range(first + 1, last):
        text, before = tokens[place].string, tokens[place - 1]
        depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
        value = before.type in (tokenize.NAME, tokenize.NUMBER) or before.string in (")", "]")
        if depth == 0 and text in _OPERATORS and value:
            yield place
