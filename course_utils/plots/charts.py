"""Rows of small images, and the curves of a training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .style import MARKERS, figure, line


def images(pictures: np.ndarray, titles: Sequence[str] = (), columns: int = 10, scale: float = 0.9) -> Any:
    """A figure of small grey images, N of shape (H, W), with a title above each."""
    count = len(pictures)
    columns = min(columns, count)
    rows = -(-count // columns)
    made, axes = figure(rows, columns, (scale * columns, (scale + 0.25 * bool(len(titles))) * rows), squeeze=False)
    for i, axis in enumerate(axes.flat):
        axis.axis("off")
        if i < count:
            axis.imshow(pictures[i], cmap="gray_r")
            if i < len(titles):
                axis.set_title(titles[i], fontsize=9)
    return made


def curves(history: dict[str, Sequence[float]], metric: str = "loss", axes: Any = None) -> Any:
    """Training and validation values of a metric by epoch, as Keras's `History.history` holds them."""
    made, axes = (axes.figure, axes) if axes is not None else figure()
    for number, (key, name) in enumerate([(metric, "training"), (f"val_{metric}", "validation")]):
        if key in history:
            epochs = np.arange(1, len(history[key]) + 1)
            axes.plot(epochs, history[key], label=name, marker=MARKERS[number], **line(number))
    axes.set(xlabel="epoch", ylabel=metric)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend()
    return made


def learning(runs: Mapping[str, Any]) -> tuple[Any, str]:
    """The losses of some runs by epoch, beside what a guess costs and what is needed; each has `losses`, `accuracy`.

    A loss beyond five guesses leaves the picture; the legend says so.
    """
    made, axes = figure(size=(7.0, 3.6))
    told = []
    for number, (name, run) in enumerate(runs.items()):
        top, shown = 5 * run.goal.guess, np.asarray(run.losses)
        out = "" if (shown <= top).all() else ", leaves the picture"
        label = f"{name}: {run.accuracy:.0%} of the new rows right{out}"
        axes.plot(np.arange(1, len(shown) + 1), np.where(shown <= 2 * top, shown, 2 * top), label=label, **line(number))
        told.append(f"{label}; the loss is {shown[0]:.2f} after the first epoch and {shown[-1]:.2f} after the last")
        axes.set_ylim(0, min(top, max(axes.get_ylim()[1], 1.2 * run.goal.guess)))
    goal = next(iter(runs.values())).goal
    axes.axhline(goal.guess, color="gray", linestyle=":", label=f"a guess: {goal.guess:.2f}")
    axes.axhline(goal.loss, color="gray", linestyle="-.", label=f"needed: {goal.loss:g}")
    axes.set(xlabel="epoch", ylabel="loss")
    axes.legend()
    return made, f"The loss by epoch. {'. '.join(told)}. A guess costs {goal.guess:.2f}, and {goal.loss:g} is needed."
