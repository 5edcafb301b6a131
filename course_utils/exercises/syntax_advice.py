"""What Python cannot read, and what to look for. As in `advice`."""

from __future__ import annotations

from .advice import Advice

SYNTAX_ADVICE = (
    Advice(
        "SyntaxError",
        r"invalid decimal literal",
        "A sign is missing between a number and a name: it is `2 * x`, not `2x`.",
    ),
    Advice(
        "SyntaxError",
        r"'(.)' was never closed",
        "A bracket `{1}` is opened and never closed. Count the brackets of this line.",
    ),
    Advice(
        "SyntaxError",
        r"unmatched '(.)'|closing parenthesis '(.)' does not match",
        "There is a bracket `{1}` too many, or one of another kind before it. Count the brackets of this line.",
    ),
    Advice("SyntaxError", r"expected ':'", "A line with `def`, `if`, `else`, `for` or `while` ends in a colon."),
    Advice(
        "SyntaxError",
        r"Maybe you meant '==' or|cannot assign to (?:comparison|expression|function call|attribute) here",
        "One `=` gives a name a value, two compare. Is the name on the left, alone?",
    ),
    Advice("SyntaxError", r"Perhaps you forgot a comma", "Two things stand side by side. Is a comma or a `*` missing?"),
    Advice("SyntaxError", r"unterminated string literal", "A quotation mark is opened in this line and never closed."),
    Advice("SyntaxError", r"'return' outside function", "The `return` stands outside the function. Is it indented?"),
    Advice(
        "IndentationError|TabError",
        r".*",
        "The lines of a block begin at the same column, further in than the line with the colon, with spaces only.",
    ),
    Advice("SyntaxError", r".*", "Python cannot read this line. Look at its signs, its brackets and its colons."),
)
