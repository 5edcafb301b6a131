"""The commonest errors of learners in plain words: what it means, and what to try."""

from __future__ import annotations

import re

from .advice import ADVICE, Advice
from .answer import Raised
from .keras_advice import KERAS_ADVICE
from .shape_advice import SHAPE_ADVICE
from .syntax_advice import SYNTAX_ADVICE

ROWS = (*SHAPE_ADVICE, *ADVICE, *KERAS_ADVICE, *SYNTAX_ADVICE)


def in_plain_words(raised: Raised) -> str:
    """What the error means and what to try, or nothing when it is not one of the common ones.

    >>> in_plain_words(Raised("ZeroDivisionError", "division by zero"))
    'Something is divided by 0. Which case makes the lower part 0?'
    >>> in_plain_words(Raised("ValueError", "not enough values to unpack (expected 2, got 1)"))
    '2 names on the left, but only 1 value on the right.'
    """
    advice = _advice_on(raised)
    found = advice and re.search(advice.message, raised.message, re.DOTALL)
    if not found:
        return ""
    caught = [group for group in found.groups() if group is not None]
    return _one(advice.text.format(None, *caught)) if caught else advice.text


def _one(text: str) -> str:
    """The text with nouns in the singular behind a 1.

    >>> _one("There are 1 numbers here, more than 1 values; 11 places")
    'There is 1 number here, more than 1 value; 11 places'
    """
    text = re.sub(r"(?<![\d.,-])1 (values|names|numbers|arguments|places)\b", lambda found: found[0][:-1], text)
    return re.sub(r"\bThere are (?=1 \w+[^s\W]\b)", "There is ", text)


def alike(one: Raised, other: Raised) -> bool:
    """Whether two errors are of one kind and mean the same, whatever sizes and names they tell.

    >>> alike(Raised("ValueError", "shapes (2,) and (3,) differ"), Raised("ValueError", "shapes (4,) and (5,) differ"))
    True
    >>> alike(Raised("ValueError", "shapes (2,) and (3,) differ"), Raised("ValueError", "math domain error"))
    False
    """
    if one.kind != other.kind:
        return False
    advice = _advice_on(one), _advice_on(other)
    return advice[0] is advice[1] if any(advice) else _words(one) == _words(other)


def _advice_on(raised: Raised) -> Advice | None:
    return next((row for row in ROWS if _is_on(row, raised)), None)


def _is_on(row: Advice, raised: Raised) -> bool:
    said = re.fullmatch(row.kind, raised.kind) and re.search(row.message, raised.message, re.DOTALL)
    return bool(said and re.search(row.where, raised.where))


def _words(raised: Raised) -> list[str]:
    return re.findall(r"[A-Za-z]{3,}", re.sub(r"'[^']*'|`[^`]*`", "", raised.message))
