"""Networks and neurons as drawings: squares are inputs, circles compute, a dashed line is a negative weight.

Each function returns the figure, to be shown with `plots.show` and a sentence that tells what there is to see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .style import PALETTE, figure

MOST_SHOWN = 10
INK, FAINT = "#222222", "#9A9A9A"


def network(sizes: Sequence[int], counts: bool = False, named: bool = True, axes: Any = None) -> Any:
    """A figure of layers, inputs first: squares for the inputs, circles for neurons, a line for every weight.

    A layer of more than ten shows its first and last three. `counts` writes the weights and biases beside it;
    without `named` nothing says which layer is which, so that a reader can be asked.
    Errors: ValueError for fewer than two layers or an empty layer.
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(
            f"A network has inputs and at least one layer of neurons, each of size 1 or more; got {list(sizes)}."
        )
    columns = [_heights(size) for size in sizes]
    top = max(c[0] for c in columns)
    axes = _empty(axes, (2.2 * len(sizes) + 0.6, 0.42 * (2 * top + 1) + (1.6 if counts else 0.8)))
    for layer, (left, right) in enumerate(pairwise(columns)):
        for a in left:
            for b in right:
                axes.plot([layer, layer + 1], [a, b], color=FAINT, linewidth=0.8, zorder=1)
        if counts:
            before, here = sizes[layer], sizes[layer + 1]
            axes.text(
                layer + 0.5,
                top + 0.75,
                f"{before} × {here}\n= {before * here:,} weights",
                ha="center",
                va="bottom",
                fontsize=9,
            )
    for layer, (size, heights) in enumerate(zip(sizes, columns, strict=True)):
        kind, name = _role(layer, len(sizes))
        marker, colour = {"input": ("s", "white"), "hidden": ("o", PALETTE[5]), "output": ("o", PALETTE[4])}[kind]
        axes.plot(
            [layer] * len(heights),
            heights,
            linestyle="",
            marker=marker,
            markersize=17,
            zorder=2,
            markerfacecolor=colour,
            markeredgecolor=INK,
            markeredgewidth=2.5 if kind == "output" else 1,
        )
        if len(heights) < size:
            axes.text(layer, 0, "⋮", ha="center", va="center", fontsize=18)
        what = f"{size} {'input' if kind == 'input' else 'neuron'}{'' if size == 1 else 's'}"
        biases = f"\n{size} bias{'' if size == 1 else 'es'}" if counts and kind != "input" else ""
        if named:
            axes.text(layer, -top - 0.75, f"{name}\n{what}{biases}", ha="center", va="top", fontsize=9)
    axes.set(xlim=(-0.6, len(sizes) - 0.4), ylim=(-top - (2.7 if counts else 2.0), top + (2.2 if counts else 0.6)))
    return axes.figure


def neuron(x: Sequence[float], w: Sequence[float], b: float, axes: Any = None) -> Any:
    """A figure of one sigmoid neuron with its numbers: inputs, weights, bias, total and output.

    The thicker a line, the larger its weight; a dashed line is a negative weight. The bias is a diamond.
    Errors: ValueError when there is not one weight for each input.
    """
    if len(x) != len(w):
        raise ValueError(f"One weight for each input: there are {len(x)} inputs and {len(w)} weights.")
    axes = _empty(axes, (6.4, 0.8 * len(x) + 1.6))
    heights = _heights(len(x))
    total = float(np.dot(x, w) + b)
    bottom = heights[-1] - 1.0
    for value, weight, y in [*zip(x, w, heights, strict=True), (1.0, b, bottom)]:
        axes.plot(
            [0, 2],
            [y, 0],
            color=INK,
            linewidth=0.8 + 4 * min(abs(weight), 1.5),
            zorder=1,
            linestyle="-" if weight >= 0 else (0, (2, 1)),
        )
        sign = "+" if y == bottom else "×"
        axes.text(
            0.85,
            y * (1 - 0.85 / 2),
            f"{sign} {weight:.2f}",
            ha="center",
            va="center",
            fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
        if y != bottom:
            _node(axes, 0, y, f"{value:g}", "s", "white", 26)
    _node(axes, 0, bottom, "bias", "D", "#E8E8E8", 27)
    axes.plot([2, 3.6], [0, 0], color=INK, linewidth=1.5, zorder=1)
    _node(axes, 2, 0, f"total\n{total:.2f}", "o", PALETTE[5], 46)
    _node(axes, 3.6, 0, f"output\n{1 / (1 + np.exp(-total)):.2f}", "o", PALETTE[4], 46)
    axes.text(2.8, 0.14, "sigmoid", ha="center", va="bottom", fontsize=9)
    axes.set(xlim=(-0.5, 4.2), ylim=(bottom - 0.6, max(heights[0], 0.8) + 0.6))
    return axes.figure


def boundary(w: Sequence[float], b: float, points: Mapping[tuple[float, float], bool], axes: Any = None) -> Any:
    """A figure of the plane of two inputs: bright where the neuron says yes, and the line where its total is 0.

    `points` are marked with a disc where the answer should be yes, and with a cross where it should be no.
    """
    if axes is None:
        _, axes = figure(size=(4.6, 4.2))
    ends = (-0.5, 1.5)
    x1, x2 = np.meshgrid(np.linspace(*ends, 81), np.linspace(*ends, 81))
    totals = w[0] * x1 + w[1] * x2 + b
    axes.imshow(np.tanh(2 * totals), extent=(*ends, *ends), origin="lower", vmin=-1, vmax=1, alpha=0.6, cmap="cividis")
    if totals.min() < 0 < totals.max():
        axes.contour(x1, x2, totals, levels=[0], colors="black", linewidths=2)
    for at, yes in points.items():
        axes.plot(*at, color="black", marker="o" if yes else "x", markersize=11, markeredgewidth=2)
    ticks = (-0.5, 0, 0.5, 1, 1.5)
    axes.set(xlabel="input 1", ylabel="input 2", xticks=ticks, yticks=ticks, title="● should be yes    × should be no")
    axes.grid(False)
    return axes.figure


def _empty(axes: Any, size: tuple[float, float]) -> Any:
    if axes is None:
        _, axes = figure(size=size)
    axes.set_axis_off()
    return axes


def _heights(size: int) -> np.ndarray:
    """Where the nodes of a layer stand, top first, with a gap in the middle when there are too many to draw."""
    if size <= MOST_SHOWN:
        return np.arange(size - 1, -1, -1) - (size - 1) / 2
    return np.array([3.5, 2.5, 1.5, -1.5, -2.5, -3.5])


def _role(layer: int, layers: int) -> tuple[str, str]:
    if layer == 0:
        return "input", "input layer"
    if layer == layers - 1:
        return "output", "output layer"
    return "hidden", "hidden layer" if layers == 3 else f"hidden layer {layer}"


def _node(axes: Any, x: float, y: float, text: str, marker: str, colour: str, size: float) -> None:
    axes.plot(x, y, marker=marker, markersize=size, markerfacecolor=colour, markeredgecolor=INK, zorder=2)
    axes.text(x, y, text, ha="center", va="center", fontsize=9, zorder=3)
