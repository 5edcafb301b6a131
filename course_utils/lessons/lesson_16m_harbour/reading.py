"""Which words of a page does a program read? Asked from outside, whatever is in the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from course_utils.plots import Picture, bars, figure


def changing(predict: Callable, row: np.ndarray, numbers: int) -> np.ndarray:
    """For each place of a page, the share of all words that change the answer when they stand there instead.

    >>> says_the_third = lambda rows: rows[:, 2]
    >>> changing(says_the_third, np.array([1, 2, 3]), 4).round(2)
    array([0.  , 0.  , 0.75])
    """
    tries = np.repeat(row[None], len(row) * numbers, axis=0)
    tries[np.arange(len(tries)), np.repeat(np.arange(len(row)), numbers)] = np.tile(np.arange(numbers), len(row))
    moved = np.asarray(predict(tries)) != np.asarray(predict(row[None]))[0]
    return moved.reshape(len(row), numbers).mean(axis=1)


def reading_picture(predict: Callable, row: np.ndarray, words: Sequence[str]) -> Picture:
    """A bar for each word of a page: how often another word in its place changes the answer."""
    shares = changing(predict, row, len(words))
    there = np.flatnonzero(row)
    text = [words[row[place]] for place in there]
    answer = words[int(np.asarray(predict(row[None]))[0])]
    made, axis = figure(1, 1, (10.5, 3.2))
    axis.bar(range(len(there)), shares[there], **bars(0))
    axis.set_axisbelow(True)
    axis.set_xticks(range(len(there)), text, rotation=60, ha="right")
    axis.set(ylim=(0, 1), ylabel="changes the answer", title=f"asked for {text[-1]}, it said {answer}")
    told = ", ".join(f"{word} {share:.0%}" for word, share in zip(text, shares[there], strict=True))
    return Picture(made, f"The answer was {answer}. How often another word in the place of each changes it: {told}.")
