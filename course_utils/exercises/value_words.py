"""What can be said of a wrong plain value without giving the right one away: words on offer, terms left out."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping, Sequence
from itertools import combinations


def not_on_offer(word: str, offered: Sequence[str]) -> str:
    """That the word is none of those on offer, which they are, and the nearest one; empty when it is one of them.

    >>> not_on_offer("sigmod", ["relu", "sigmoid"])
    '“sigmod” is not one of the words on offer: “relu”, “sigmoid”. Did you mean “sigmoid”?'
    >>> not_on_offer("no leak", ["clean", "leak"])
    '“no leak” is not one of the words on offer: “clean”, “leak”'
    >>> not_on_offer("relu", ["relu", "sigmoid"])
    ''
    """
    if word in offered:
        return ""
    told = f"“{word}” is not one of the words on offer: {', '.join(f'“{w}”' for w in offered)}"
    plain = word.strip().lower()
    near = [w for w in difflib.get_close_matches(word, offered, n=1, cutoff=0.7) if not _turned(plain, w.lower())]
    return f"{told}. Did you mean “{near[0]}”?" if near else told


def _turned(word: str, other: str) -> bool:
    """Whether something stands before the other word that may turn its meaning round, such as no, not or un."""
    return word != other and word.endswith(other)


def by_terms(value: float, terms: Mapping[str, float]) -> str:
    """Which terms of the right sum are in a wrong value, which not, which twice; empty when nothing explains it.

    >>> by_terms(100_352, {"weights": 784 * 128, "biases": 128})
    'the weights are in it, but not the biases'
    >>> by_terms(100_608, {"weights": 784 * 128, "biases": 128})
    'the biases are in it twice'
    """
    found = [names for n in range(len(terms), 0, -1) for names in combinations(terms, n - 1) if names]
    found = [names for names in found if math.isclose(value, sum(terms[name] for name in names))]
    if len(found) == 1:
        left = [name for name in terms if name not in found[0]]
        return f"the {_listed(found[0])} are in it, but not the {_listed(left)}"
    whole = sum(terms.values())
    twice = [name for name, term in terms.items() if math.isclose(value, whole + term)]
    return f"the {twice[0]} are in it twice" if len(twice) == 1 and not found else ""


def digits_swapped(value: float, right: float) -> str:
    """That two digits of a large whole number have changed places, if that is all.

    >>> digits_swapped(109_368, 109_386)
    'its digits are right, but two of them have changed places'
    >>> digits_swapped(109_387, 109_386), digits_swapped(14, 41)
    ('', '')
    """
    if min(value, right) < 1000 or value != int(value) or right != int(right):
        return ""
    one, other = str(int(value)), str(int(right))
    apart = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 2
    return "its digits are right, but two of them have changed places" if apart and sorted(one) == sorted(other) else ""


def rounded(value: float, right: float) -> str:
    """That a number is right only to one or two decimal places.

    >>> rounded(0.7, 0.6931)
    'to 1 decimal place it is the right one, and that is not near enough'
    >>> rounded(0.69, 0.6931), rounded(1.0, 1.02), rounded(0.8, 0.6931)
    ('to 2 decimal places it is the right one, and that is not near enough', '', '')
    """
    for places in (1, 2):
        if value == round(value, places) == round(right, places) and value != round(value, places - 1):
            return f"to {places} decimal place{'s' * (places > 1)} it is the right one, and that is not near enough"
    return ""


def as_written(value: object) -> str:
    """What to say of a number that was written as a text, or with a comma or a space in it.

    >>> as_written("100 352"), as_written((1, 280)), as_written("many")
    ('it is a text; write the number without quotation marks, and without a space or a comma in it', \
'it is several numbers: a comma parts them, so write thousands without one', '')
    """
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d[\d\s,._'’]*", value.strip()):
        return "it is a text; write the number without quotation marks, and without a space or a comma in it"
    if isinstance(value, tuple | list) and len(value) > 1 and all(type(part) is int for part in value):
        return "it is several numbers: a comma parts them, so write thousands without one"
    return ""


def listed(names: Sequence[str]) -> str:
    """Names of the notebook in a sentence.

    >>> listed(["w"]), listed(["w", "b", "z"])
    ('`w`', '`w`, `b` and `z`')
    """
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}" if most else last


def _listed(names: Sequence[str]) -> str:
    return " and the ".join(names)
