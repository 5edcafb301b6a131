"""A long ravine, and the paths of optimizers that race down it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course_utils.plots import MARKERS, Picture, figure, line

START = np.array([-4.0, 0.6])
TARGET = 0.01  # the race is won at this height
ACROSS = 100.0  # how strongly the ground bends across the ravine; along it, it bends with 1
WIDE, TALL = 4.6, 0.85


def turned(angle: float) -> np.ndarray:
    """The matrix (2, 2) that turns by the angle, in degrees."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.array([[c, -s], [s, c]])


def height(w: np.ndarray, angle: float = 0.0, across: float = ACROSS) -> np.ndarray:
    """(w_0^2 + across w_1^2) / 2, with the ravine turned by the angle. Shapes: (..., 2) to (...).

    >>> float(height(np.array([4.0, 0.6])))
    26.0
    """
    return ((w @ turned(angle)) ** 2 @ [1.0, across]) / 2


def slopes(w: np.ndarray, angle: float = 0.0, across: float = ACROSS) -> np.ndarray:
    """The gradient of `height`: (w_0, across w_1) when the ravine is not turned.

    >>> slopes(np.array([4.0, 0.5]))
    array([ 4., 50.])
    """
    return (w @ turned(angle) * [1.0, across]) @ turned(angle).T


def path(
    optimizer: Any, steps: int, start: np.ndarray = START, angle: float = 0.0, across: float = ACROSS
) -> np.ndarray:
    """The places of an optimizer with a method `step(w, gradient)`, the start first. Shapes: (steps + 1, 2)."""
    places = [turned(angle) @ start]
    for _ in range(steps):
        places.append(np.asarray(optimizer.step(places[-1].copy(), slopes(places[-1], angle, across))))
    return np.array(places)


def arrival(losses: np.ndarray, target: float = TARGET) -> int | None:
    """The first step at which the target is reached; None if it never is.

    >>> arrival(np.array([3.0, 0.02, 0.005, 0.02])), arrival(np.array([3.0, 1.0]))
    (2, None)
    """
    reached = np.flatnonzero(losses <= target)
    return int(reached[0]) if len(reached) else None


def racing(paths: Mapping[str, np.ndarray], step: int) -> Picture:
    """The paths up to a step, each in a picture of its own, beside all the heights; and the text about them."""
    size = 12.5, max(2.6, 1.3 * len(paths))
    made, axes = figure(len(paths), 2, size, squeeze=False, gridspec_kw={"width_ratios": [1.3, 1]})
    for axis in axes[:, 1]:
        axis.remove()
    heights = made.add_subplot(axes[0, 0].get_gridspec()[:, 1])
    across, along = np.meshgrid(np.linspace(-TALL, TALL, 61), np.linspace(-WIDE, WIDE, 121), indexing="ij")
    ground = height(np.stack([along, across], axis=-1))
    told = []
    for number, (name, places) in enumerate(paths.items()):
        axis = axes[number, 0]
        axis.contour(along, across, ground, levels=[0.3, 2, 6, 14, 26], colors="#A6B0B8", linewidths=0.8)
        seen = places[: step + 1]
        marks = {"marker": MARKERS[number], "markersize": 3.5, "linewidth": 1.1}
        axis.plot(*seen.T, **marks, **{**line(number), "linestyle": "-"})
        axis.plot(*seen[-1], "o", color="black", markersize=7)
        axis.plot(0, 0, "x", color="black", markersize=8)
        axis.set(xlim=(-WIDE, WIDE), ylim=(-TALL, TALL), xticks=[], yticks=[])
        axis.set_ylabel(name, rotation=0, ha="right", va="center")
        axis.grid(False)
        losses = height(places)
        style = {"marker": MARKERS[number], "markevery": 10, **line(number)}
        heights.plot(losses[: step + 1], label=name, **style)
        when = arrival(losses[: step + 1])
        last = losses[: step + 1][-1]
        told.append(f"{name} is " + (f"at height {last:.2g}" if when is None else f"there since step {when}"))
    heights.axhline(TARGET, color="black", linewidth=0.8)
    longest = max(len(places) for places in paths.values()) - 1
    heights.set(yscale="log", xlabel="step", ylabel="height", ylim=(1e-4, 100), xlim=(0, longest))
    heights.set_title(f"after {step} steps; the black line is the target {TARGET:g}")
    heights.legend(loc="upper right")
    text = f"Paths down a long ravine, seen from above, and their heights after {step} steps: {'; '.join(told)}."
    return Picture(made, text)
