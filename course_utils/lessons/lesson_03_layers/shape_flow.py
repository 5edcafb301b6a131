"""A batch on its way through two layers: every array as a table of its numbers, with its shape below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils import nn
from course_utils.plots import PALETTE, Picture, figure

CELL = 0.46, 0.32  # width and height of a number, in inches
GAP = 0.5  # for the sign between two tables
MOST = 8  # rows of a batch, or hidden neurons
INK, FAINT, STRIPE = "#222222", "#9A9A9A", "#DDEBF5"


def shape_flow(
    batch: int, hidden: int, dense: Callable = nn.dense, inputs: int = 3, outputs: int = 2, seed: int = 2
) -> Picture:
    """A figure of relu(x @ W1 + b1) @ W2 + b2 with all its numbers, and the text that stands for it.

    The shaded row follows the first example; a struck-out number was negative and became 0.
    """
    # Drawn at full size and cut, so that a longer batch leaves the weights alone, and a new neuron the other neurons.
    data, first, second = (np.random.default_rng([seed, part]) for part in range(3))
    x = data.integers(-2, 4, size=(MOST, inputs))[:batch].astype(float)
    W1, b1 = first.normal(size=(inputs, MOST)).round(1)[:, :hidden], first.normal(size=MOST).round(1)[:hidden]
    W2, b2 = second.normal(size=(MOST, outputs)).round(1)[:hidden], second.normal(size=outputs).round(1)
    z = dense(x, W1, b1).round(6)
    h = nn.relu(z)
    y = dense(h, W2, b2).round(6)
    rows = [
        [("x", x, "@"), ("W1", W1, "+"), ("b1", b1, "="), ("z", z, "ReLU\n→"), ("h", h, "")],
        [("h", h, "@"), ("W2", W2, "+"), ("b2", b2, "="), ("y: scores", y, "")],
    ]
    width = max(sum(np.atleast_2d(a).shape[1] * CELL[0] + GAP for _, a, _ in row) for row in rows)
    tall = max(batch, inputs), max(batch, hidden)
    height = sum(tall) * CELL[1] + 2.5
    made, axes = figure(size=(width, height))
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(-height, 0), aspect="equal")
    top = 0.45
    for row, lines in zip(rows, tall, strict=True):
        _row_of_tables(axes, row, top, lines * CELL[1])
        top += lines * CELL[1] + 1.2
    text = (
        f"Two layers as tables of numbers. x has shape {x.shape}; times W1 of shape {W1.shape}, "
        f"plus b1 of shape {b1.shape}, it gives z, and after ReLU h, both of shape {h.shape}. "
        f"h times W2 of shape {W2.shape}, plus b2 of shape {b2.shape}, gives the scores y of shape {y.shape}. "
        f"The first example's scores are {y[0].round(2).tolist()}."
    )
    return Picture(made, text)


def _row_of_tables(axes: Any, row: list, top: float, height: float) -> None:
    left = 0.1
    for name, array, sign in row:
        table = np.atleast_2d(array)
        lines, columns = table.shape
        start = top + (height - lines * CELL[1]) / 2
        example = name in ("x", "z", "h", "y: scores")
        for i, j in np.ndindex(table.shape):
            shade = STRIPE if example and i == 0 else "white"
            cut = name == "z" and table[i, j] < 0
            _number(axes, left + j * CELL[0], start + i * CELL[1], table[i, j], shade, cut)
        middle = left + columns * CELL[0] / 2
        colour = PALETTE[0] if example else PALETTE[1]
        axes.text(middle, -start + 0.08, name, ha="center", va="bottom", fontsize=11, fontweight="bold", color=colour)
        axes.text(
            middle,
            -(start + lines * CELL[1]) - 0.08,
            str(array.shape),
            ha="center",
            va="top",
            fontsize=10,
            color=colour,
        )
        left += columns * CELL[0]
        size = 12 if len(sign) < 2 else 9
        axes.text(left + GAP / 2, -(top + height / 2), sign, ha="center", va="center", fontsize=size)
        left += GAP


def _number(axes: Any, x: float, y: float, value: float, shade: str, cut: bool) -> None:
    axes.fill([x, x + CELL[0], x + CELL[0], x], [-y, -y, -y - CELL[1], -y - CELL[1]], facecolor=shade, edgecolor=FAINT)
    middle = x + CELL[0] / 2, -y - CELL[1] / 2
    axes.text(*middle, f"{value + 0.0:.4g}", ha="center", va="center", fontsize=9, color=INK)
    if cut:
        axes.plot([x + 0.08, x + CELL[0] - 0.08], [middle[1]] * 2, color=PALETTE[1], linewidth=1.2)
