"""The logbook of a harbour, written by a rule with chance in it: no two pages are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SHIPS = ("Curlew", "Heron", "Lark", "Merlin", "Otter", "Robin", "Seal", "Swift", "Tern", "Wren")
QUAYS = ("Bridge", "Church", "Crane", "Market", "Mill", "North", "South", "Tower")
STAYS, GOES_ON = ("moors", "shifts"), "passes"
BESIDES = ("again", "fog", "late", "slowly")
WORDS = (*SHIPS, *QUAYS, *STAYS, GOES_ON, *BESIDES)
ENTRIES, ABOUT = 6, 3  # entries on a page, and how many ships they are about
LENGTH = 4 * ENTRIES + 1  # words: ship, verb, quay, and perhaps one more, in each entry; then the ship asked for
YOURS, TRIAL, EXAM = 4000, 1000, 1000  # pages


@dataclass(frozen=True)
class Pages:
    """Pages of shape (N, 25), each word a number, 0 in front of short ones; the quay asked for; the word of each number."""

    rows: np.ndarray
    quays: np.ndarray
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, page: int) -> str:
        """A page in words."""
        return " ".join(self.words[number] for number in self.rows[page] if number)


def numbering(rng: np.random.Generator) -> tuple[str, ...]:
    """All words in an order of chance, behind the empty one: each harbour numbers them its own way."""
    return ("", *(str(word) for word in rng.permutation(WORDS)))


def draw(count: int, rng: np.random.Generator, words: tuple[str, ...]) -> Pages:
    """So many new pages from a harbour that numbers its words so."""
    number = {word: place for place, word in enumerate(words)}
    rows, quays = np.zeros((count, LENGTH), int), np.zeros(count, int)
    for page in range(count):
        text, quay = _page(rng)
        rows[page, LENGTH - len(text) :] = [number[word] for word in text]
        quays[page] = number[quay]
    return Pages(rows, quays, words)


def load(seed: int = 16) -> tuple[Pages, Pages]:
    """The pages to learn from, and others to try a program on, from one harbour."""
    rng = np.random.default_rng(seed)
    words = numbering(rng)
    return draw(YOURS, rng, words), draw(TRIAL, rng, words)


def accuracy(said: np.ndarray, quays: np.ndarray) -> float:
    """The share of the pages that are answered rightly.

    >>> accuracy(np.array([7, 3, 3, 9]), np.array([7, 3, 2, 9]))
    0.75
    """
    return float(np.mean(said == quays))


def quays_of_the_ship(row: np.ndarray) -> list[int]:
    """The quay of each entry about the ship asked for, from the first to the last; it stands two words behind the ship.

    >>> quays_of_the_ship(np.array([0, 4, 9, 7, 5, 9, 8, 4, 9, 6, 4]))
    [7, 6]
    """
    return [int(row[place + 2]) for place in np.flatnonzero(row[:-1] == row[-1])]


def _page(rng: np.random.Generator) -> tuple[list[str], str]:
    """The words of a page, the ship asked for at its end, and where that ship lies."""
    lies: dict[str, str] = {}
    while not lies:
        ships = rng.choice(SHIPS, ABOUT, replace=False)
        entries = [[str(rng.choice(some)) for some in (ships, (*STAYS, GOES_ON), QUAYS)] for _ in range(ENTRIES)]
        lies = {ship: quay for ship, verb, quay in entries if verb != GOES_ON}
    asked = str(rng.choice(sorted(lies)))
    text = [word for entry in entries for word in (*_besides(rng), *entry)]
    return [*text, asked], lies[asked]


def _besides(rng: np.random.Generator) -> list[str]:
    return [str(rng.choice(BESIDES))] if rng.random() < 0.4 else []
