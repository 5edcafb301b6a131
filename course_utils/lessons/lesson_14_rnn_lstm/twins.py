"""Sentences in which only the order of the words tells praise from blame, and reviews that hold a negation."""

from __future__ import annotations

import re
from itertools import product

import numpy as np

GOOD = ("good", "great", "fine", "funny", "clever", "lovely")
BAD = ("bad", "poor", "dull", "weak", "silly", "awful")
THINGS = ("film", "plot", "cast", "music")
FORMS = (
    "the {thing} is not {false} it is {true}",
    "the {thing} is {true} not {false}",
    "not {false} but {true} is the {thing}",
    "{true} and not {false} is the {thing}",
)
NEGATION = re.compile(r"\b(not|no|never|cannot)\b|n't")


def twin_sentences() -> tuple[list[str], np.ndarray, np.ndarray]:
    """The sentences, 1 for praise, and whether they are kept for testing; sentence 2k has its twin at 2k + 1.

    Twins have the same words in another order, and opposite labels. A quarter of the pairs of a good and a bad word
    is kept for testing.
    """
    texts, kept = [], []
    for (g, good), (b, bad), thing, form in product(enumerate(GOOD), enumerate(BAD), THINGS, FORMS):
        texts += [form.format(thing=thing, true=true, false=false) for true, false in ((good, bad), (bad, good))]
        kept += 2 * [(g + b) % 4 == 0]
    return texts, np.tile([1, 0], len(texts) // 2), np.array(kept)


def numbered(texts: list[str]) -> tuple[np.ndarray, list[str]]:
    """The words of each text as numbers from 1, zeros after a short one; and the words, the first being number 1."""
    vocabulary = sorted({word for text in texts for word in text.split()})
    rows = np.zeros((len(texts), max(len(text.split()) for text in texts)), dtype="int32")
    for row, text in zip(rows, texts, strict=True):
        row[: len(text.split())] = [1 + vocabulary.index(word) for word in text.split()]
    return rows, vocabulary


def negated(text: str) -> bool:
    """Whether a text holds not, no, never, cannot or a word that ends in n't.

    >>> negated("it isn't dull"), negated("a notable film")
    (True, False)
    """
    return NEGATION.search(text) is not None
