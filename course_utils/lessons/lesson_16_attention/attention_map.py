"""Who looks at whom: a heat map of attention weights with words on both axes, and one word's row as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.plots import PALETTE, Picture, bars, figure


def attention_map(weights: np.ndarray, words: Sequence[str], word: int, title: str = "") -> Picture:
    """A figure of the table of weights, its row `word` framed and drawn as bars; and the text that stands for it.

    A weight of exactly 0, as a mask makes it, is drawn as a dot.

    Shapes: weights (T, T), row i is what word i looks at.
    Errors: ValueError when there is not one row and one column for each word.

    >>> made, text = attention_map(np.array([[1.0, 0.0], [0.25, 0.75]]), ["the", "cat"], 1)
    >>> print(text)
    Attention weights of 2 words. Word 2, cat, looks at: the 0.25, cat 0.75. Most at cat.
    >>> [label.get_text() for label in made.axes[0].texts]
    ['1.00', '·', '0.25', '0.75']
    """
    weights, count = np.asarray(weights, float), len(words)
    if weights.shape != (count, count):
        raise ValueError(f"{count} words need weights of shape ({count}, {count}), not {weights.shape}.")
    word = min(max(word, 0), count - 1)
    height = 1.4 + 0.42 * count
    made, axes = figure(1, 2, (10.5, height), gridspec_kw={"width_ratios": [1.25, 1]})
    _table(axes[0], weights, words, title)
    x, y = [-0.5, count - 0.5], [word - 0.5, word + 0.5]
    frame = [x[0], x[1], x[1], x[0], x[0]], [y[0], y[0], y[1], y[1], y[0]]
    axes[0].plot(*frame, color=PALETTE[1], linewidth=3, clip_on=False)
    row = weights[word]
    axes[1].barh(range(count), row, **bars(0))
    axes[1].set_axisbelow(True)
    axes[1].set_yticks(range(count), words)
    axes[1].set(xlim=(0, 1), xlabel="weight", title=f"{words[word]} (word {word + 1}) looks at")
    axes[1].invert_yaxis()
    shares = ", ".join(f"{other} {weight:.2f}" for other, weight in zip(words, row, strict=True))
    start = f"{title}. " if title else ""
    text = (
        f"{start}Attention weights of {count} words. Word {word + 1}, {words[word]}, looks at: {shares}. "
        f"Most at {words[int(row.argmax())]}."
    )
    return Picture(made, text)


def _table(axis: Any, weights: np.ndarray, words: Sequence[str], title: str) -> None:
    axis.imshow(weights, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    axis.grid(False)
    axis.set_xticks(range(len(words)), words, rotation=40, ha="right")
    axis.set_yticks(range(len(words)), words)
    axis.set(xlabel="looked at", ylabel="who looks", title=title)
    for (i, j), weight in np.ndenumerate(weights):
        ink = "white" if weight < 0.6 else "black"
        axis.text(j, i, f"{weight:.2f}" if weight else "·", ha="center", va="center", color=ink, fontsize=9)
