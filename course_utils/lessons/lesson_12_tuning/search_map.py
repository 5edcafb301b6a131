"""A map of accuracies over learning rate and width, and two searches that look at a few of its places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_utils.plots import PALETTE, Picture, figure
from course_utils.plots.explore import explore


def search_map(scores: np.ndarray, rates: Sequence[float], widths: Sequence[int]) -> None:
    """Show a grid and a random search of the same budget over measured accuracies, with sliders.

    The rates, and the widths, each grow by equal factors. Shapes: scores (widths, rates).
    """

    def draw(side: int, seed: int) -> Picture:
        return drawn(scores, rates, widths, side, seed)

    explore(draw, side=(2, 5, 1, 3), seed=(0, 20, 1, 1))


def accuracy_at(scores: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The map at u (along the rates) and v (along the widths), both from 0 to 1; between its places, a straight mix.

    >>> accuracy_at(np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([1.0, 0.5]), np.array([0.0, 0.5])).tolist()
    [1.0, 1.5]
    """
    rows, columns = scores.shape
    x, y = np.asarray(u) * (columns - 1), np.asarray(v) * (rows - 1)
    left, low = np.minimum(x.astype(int), columns - 2), np.minimum(y.astype(int), rows - 2)
    x, y = x - left, y - low
    below = (1 - x) * scores[low, left] + x * scores[low, left + 1]
    above = (1 - x) * scores[low + 1, left] + x * scores[low + 1, left + 1]
    return (1 - y) * below + y * above


def grid_places(side: int) -> tuple[np.ndarray, np.ndarray]:
    """The middles of side × side equal fields of the map.

    >>> grid_places(2)[0].tolist()
    [0.25, 0.75, 0.25, 0.75]
    """
    middles = (np.arange(side) + 0.5) / side
    u, v = np.meshgrid(middles, middles)
    return u.ravel(), v.ravel()


def random_places(side: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """As many places as the grid has, anywhere on the map."""
    u, v = np.random.default_rng(seed).random((2, side * side))
    return u, v


def drawn(scores: np.ndarray, rates: Sequence[float], widths: Sequence[int], side: int, seed: int) -> Picture:
    """The picture of both searches, and its text."""
    made, axes = figure(1, 2, (11, 3.6), sharey=True)
    told = []
    searches = [(f"grid, {side} × {side}", *grid_places(side)), (f"random, {side * side}", *random_places(side, seed))]
    for axis, (name, u, v) in zip(axes, searches, strict=True):
        shown = axis.imshow(
            scores,
            origin="lower",
            aspect="auto",
            cmap="cividis",
            vmin=0,
            vmax=1,
            extent=(-0.5, len(rates) - 0.5, -0.5, len(widths) - 0.5),
        )
        found = accuracy_at(scores, u, v)
        best = int(np.argmax(found))
        x, y = u * (len(rates) - 1), v * (len(widths) - 1)
        axis.plot(x, y, "o", color="white", markeredgecolor="black", markersize=6)
        axis.plot(x[best], y[best], "*", color=PALETTE[1], markeredgecolor="black", markersize=17)
        for column in x:
            axis.plot([column, column], [-0.5, -0.36], color="white", linewidth=2)
        axis.grid(False)
        different = len(np.unique(u))
        axis.set(
            title=f"{name}: best {found[best]:.1%}, {different} different rates",
            xlabel="learning rate",
            xticks=range(len(rates)),
            xticklabels=[f"{rate:g}" for rate in rates],
            yticks=range(len(widths)),
            yticklabels=[str(width) for width in widths],
        )
        axis.tick_params(axis="x", labelrotation=45)
        told.append(f"{name}: {different} different learning rates, best accuracy {found[best]:.1%}")
    axes[0].set_ylabel("width")
    made.colorbar(shown, ax=axes, label="validation accuracy")
    row, column = np.unravel_index(np.argmax(scores), scores.shape)
    return Picture(
        made,
        (
            f"Accuracy by learning rate and width, best at rate {rates[column]:g} and width {widths[row]}, with the places "
            f"that two searches look at. {'; '.join(told)}."
        ),
    )
