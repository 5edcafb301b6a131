"""XOR by folding a sheet of paper: a hidden layer folds the plane, and then one straight cut is enough."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils.plots import PALETTE, Picture, figure, points

CORNERS = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
YES = np.array([False, False, True, True])


def folded(x: np.ndarray, fold: float) -> np.ndarray:
    """The sheet folded along x1 + x2 = 1: fold = 0 leaves it flat, fold = 1 lays the far corner on the near one.

    x - fold · ReLU(x1 + x2 - 1), for both coordinates. Shapes: (..., 2) in and out.

    >>> folded(np.array([[1.0, 1.0], [0.0, 1.0]]), fold=1.0)
    array([[0., 0.],
           [0., 1.]])
    """
    return x - fold * np.maximum(0, x.sum(axis=-1, keepdims=True) - 1)


def folding(fold: float) -> Picture:
    """The sheet flat, the sheet folded so far, and the cut unfolded again; and the text that stands for it."""
    corner = folded(CORNERS, fold)[1]
    reach = float(corner.sum())  # both yes corners keep the sum 1
    enough = reach < 1 - 1e-9
    cut = reach / 2 + 0.5 if enough else None
    made, axes = figure(1, 3, (12, 4.5))
    last = "unfolded again: two cuts" if enough else "no single cut will do yet"
    titles = ["the sheet", f"fold = {fold:.2f}", last]
    for axis, amount, title in zip(axes, [0.0, fold, 0.0], titles, strict=True):
        _sheet(axis, amount)
        axis.set(title=title, xlabel="x1", ylabel="x2", xticks=[0, 1], yticks=[0, 1])
        axis.set(xlim=(-0.35, 1.35), ylim=(-0.35, 1.35), aspect="equal")
        axis.grid(False)
    axes[0].plot([-0.15, 1.15], [1.15, -0.15], color=PALETTE[3], linestyle=":", label="fold here")
    if enough:
        line = np.array([-0.3, cut + 0.3])
        axes[1].plot(line, cut - line, color=PALETTE[1], linestyle="--", label="one cut")
        grid = np.stack(np.meshgrid(np.linspace(-0.35, 1.35, 341), np.linspace(-0.35, 1.35, 341)), axis=-1)
        over = folded(grid, fold).sum(axis=-1) - cut
        x1, x2 = grid[..., 0], grid[..., 1]
        axes[2].contourf(x1, x2, over, levels=[0, 9], colors=[PALETTE[4]], alpha=0.35, hatches=["//"])
        axes[2].contour(x1, x2, over, levels=[0], colors=[PALETTE[1]], linestyles="--")
        axes[1].legend(loc="upper right")
    axes[0].legend(loc="upper right")
    where = f"({corner[0]:.2f}, {corner[1]:.2f})"
    told = (
        "One straight cut now parts the yes corners from the no corners; "
        "unfolded, it is two parallel cuts with the yes corners between them."
        if enough
        else "No single straight cut parts the yes corners from the no corners yet."
    )
    text = (
        "A square sheet with its corners: (0,1) and (1,0) are yes (squares), (0,0) and (1,1) are no (circles). "
        f"Folded along the line between the two yes corners by {fold:.2f}, the corner (1,1) lies at {where}. {told}"
    )
    return Picture(made, text)


def _sheet(axis: Any, fold: float) -> None:
    """The unit square with its grid lines and corners, after the fold; the part that moved is shaded."""
    along = np.linspace(0, 1, 101)
    flap = folded(np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]), fold)
    axis.fill([0, 1, 0], [0, 0, 1], color="#EEF3F7", zorder=0)
    axis.fill(flap[:, 0], flap[:, 1], color=PALETTE[5], alpha=0.35, zorder=0)
    for at in np.linspace(0, 1, 9):
        for line in (np.stack([np.full(101, at), along], -1), np.stack([along, np.full(101, at)], -1)):
            where = folded(line, fold)
            axis.plot(where[:, 0], where[:, 1], color="#7A8B99", linewidth=0.6, zorder=1)
    for number, (name, group) in enumerate([("no", ~YES), ("yes", YES)]):
        where = folded(CORNERS[group], fold)
        style = {"linestyle": "", "markersize": 13, "markeredgecolor": "white", **points(number)}
        axis.plot(where[:, 0], where[:, 1], zorder=3, **style)
        for x, y in np.unique(where.round(6), axis=0):
            aside = (-20, -4) if x < y else (0, 10) if x + y > 1.5 else (0, -19)
            axis.annotate(name, (x, y), xytext=aside, textcoords="offset points", ha="center", fontsize=10)
