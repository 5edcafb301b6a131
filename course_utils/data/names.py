"""First names, to learn to write new ones: the bundled sample is all there is, so nothing is looked for or fetched."""

from __future__ import annotations

import lzma
from dataclasses import dataclass

from .search import reading, sample

HELD_OUT = 516  # one in ten


@dataclass(frozen=True, repr=False)
class Names:
    """First names in small letters, a to z: those to learn from, and those held out. No name stands in both."""

    train: list[str]
    test: list[str]

    def __repr__(self) -> str:
        return f"<first names of the US census of 1990: {len(self.train):,} for training, {len(self.test):,} held out>"


def load_names() -> Names:
    """The 5,163 first names of the US census of 1990, in mixed order.

    Errors: DataError for a damaged file.

    >>> names = load_names()
    >>> names, names.test[:2]
    (<first names of the US census of 1990: 4,647 for training, 516 held out>, ['lindsay', 'ranae'])
    """
    with reading(sample("names_sample.txt.xz")) as path:
        names = lzma.decompress(path.read_bytes()).decode("ascii").split()
    return Names(names[HELD_OUT:], names[:HELD_OUT])
