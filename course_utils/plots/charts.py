"""Rows of small images, and the curves of a training."""

from __future__ import annotations

from collections.abc import Sequence
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
