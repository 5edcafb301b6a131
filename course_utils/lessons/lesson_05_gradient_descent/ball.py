"""A ball that walks down a bowl by gradient descent: from the side, from above, and its height step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.plots import MARKERS, PALETTE, Picture, figure, line

START = np.array([-3.0, 1.6])
EDGE = 3.4  # the bowl is drawn from -EDGE to EDGE


def height(w: np.ndarray) -> Any:
    """w_0^2 / 4 + w_1^2, a bowl that is four times as steep one way as the other. Shapes: (..., 2) to (...)."""
    return w[..., 0] ** 2 / 4 + w[..., 1] ** 2


def slopes(w: np.ndarray) -> np.ndarray:
    """The gradient of `height`: (w_0 / 2, 2 w_1)."""
    return w * np.array([0.5, 2.0])


def walk(learning_rate: float, step: Callable, steps: int = 20) -> np.ndarray:
    """The places of the ball, the start first; `step(w, gradient, learning_rate)` gives the next. Shapes: (steps+1, 2).

    >>> walk(0.5, lambda w, gradient, rate: w - rate * gradient, steps=1)
    array([[-3.  ,  1.6 ],
           [-2.25,  0.  ]])
    """
    places = [START]
    for _ in range(steps):
        places.append(np.asarray(step(places[-1].copy(), slopes(places[-1]), learning_rate)))
    return np.array(places)


def rolling(learning_rate: float, step: Callable, steps: int = 20) -> Picture:
    """The walk as a figure, and the text that stands for it."""
    places = walk(learning_rate, step, steps)
    heights = height(places)
    inside = (np.abs(places) <= EDGE).all(axis=1)
    seen = places[: len(places) if inside.all() else int(np.argmin(inside))]
    made, (side, above, curve) = figure(1, 3, (12.5, 4))
    side.remove()
    side = made.add_subplot(1, 3, 1, projection="3d")
    grid = np.stack(np.meshgrid(np.linspace(-EDGE, EDGE, 41), np.linspace(-2, 2, 25)), axis=-1)
    side.plot_surface(grid[..., 0], grid[..., 1], height(grid), cmap="cividis", alpha=0.45, linewidth=0)
    shown = seen[np.abs(seen[:, 1]) <= 2]
    side.plot(shown[:, 0], shown[:, 1], height(shown) + 0.1, color=PALETTE[1], marker="o", markersize=4, zorder=10)
    side.plot(*shown[-1:].T, height(shown[-1:]) + 0.25, color="black", marker="o", markersize=9, zorder=11)
    side.view_init(elev=38, azim=-62)
    side.set(xlabel="w0", ylabel="w1", title="from the side", zticks=[0, 2, 4, 6])
    levels = [0.1, 0.4, 1, 2, 3.5, 5]
    above.contour(grid[..., 0], grid[..., 1], height(grid), levels=levels, colors="#8A97A3", linewidths=1)
    above.plot(seen[:, 0], seen[:, 1], marker="o", markersize=4, color=PALETTE[1], linewidth=1.2)
    above.plot(*seen[-1], "o", color="black", markersize=9)
    above.plot(0, 0, "x", color=PALETTE[0], markersize=10, markeredgewidth=2.5)
    above.annotate("start", START, xytext=(4, 6), textcoords="offset points", fontsize=10)
    above.set(title="from above (× is the bottom)", xlabel="w0", ylabel="w1", xlim=(-EDGE, EDGE), ylim=(-2, 2))
    curve.plot(heights, marker="o", markersize=4, **line(0))
    top = max(6.0, min(heights.max(), 12) * 1.05)
    curve.set(title=f"height, learning rate {learning_rate:g}", xlabel="step")
    curve.set(ylim=(-0.2, top), xticks=range(0, steps + 1, 5))
    if heights[-1] > heights[0]:
        end = f"the ball climbs out of the bowl: after {steps} steps its height is {heights[-1]:.3g}"
    else:
        end = f"after {steps} steps its height is {heights[-1]:.3g}"
    crossed = int((places[1:, 1] * places[:-1, 1] < 0).sum())
    text = (
        f"A ball on a bowl with the learning rate {learning_rate:g}. It starts at height {heights[0]:.3g}, is at "
        f"{heights[1]:.3g} after one step, and {end}. It jumped across the floor of the valley in {crossed} of them."
    )
    return Picture(made, text)


def four_rates() -> Picture:
    """Four walks on f(w) = 2 w^2 from w = 2, too large, too small, diverging and good, and the text about them."""
    made, axes = figure(2, 4, (13, 5), sharex=True)
    for number, rate in enumerate((0.47, 0.01, 0.52, 0.18)):
        places = 2 * (1 - 4 * rate) ** np.arange(21)
        losses, style = 2 * places**2, {"marker": MARKERS[number], "markersize": 4, **line(number)}
        wide = losses[-1] > losses[0]
        axes[0, number].plot(places, **style)
        axes[0, number].axhline(0, color="#888", linewidth=0.8)
        axes[0, number].set(title=f"curve {'ABCD'[number]}", ylim=(-10, 10) if wide else (-2.4, 2.4))
        axes[1, number].plot(losses, **style)
        axes[1, number].set(xlabel="step", ylim=(-4, 180) if wide else (-0.3, 8.5), xticks=range(0, 21, 5))
    axes[0, 0].set(ylabel="w")
    axes[1, 0].set(ylabel="loss")
    text = (
        "Four curves of w over 20 steps, from w = 2, with the loss below each. A jumps from side to side of 0, and the "
        "jumps shrink slowly. B goes down from 2 to 0.9 without a jump. C jumps from side to side, and the jumps grow "
        "to 9. D is at 0 after about five steps, without a jump."
    )
    return Picture(made, text)
