"""A kernel on its way over an image: the window, the products in it, and the sums found so far."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils import nn
from course_utils.plots import PALETTE, Picture, figure


def sliding(image: np.ndarray, kernel: np.ndarray, step: int) -> Picture:
    """A figure of the convolution after `step` windows (1 is the first), and the text that stands for it.

    Shapes: image (H, W), kernel (kh, kw)
    """
    image, kernel = image.astype(float), kernel.astype(float)
    sums = nn.conv2d(image[None, :, :, None], kernel[:, :, None, None])[0, :, :, 0] + 0.0
    step = min(max(step, 1), sums.size)
    row, column = divmod(step - 1, sums.shape[1])
    window = image[row : row + kernel.shape[0], column : column + kernel.shape[1]]
    products = window * kernel + 0.0  # no -0
    done = np.where(np.arange(sums.size).reshape(sums.shape) < step, sums, np.nan)
    made, axes = figure(1, 4, (12.5, 3.4), gridspec_kw={"width_ratios": [image.shape[1], 3, 3, sums.shape[1]]})
    reach = float(np.abs(sums).max()) or 1.0
    _table(axes[0], image, "gray_r", "image", 0, 2.4 * image.max())  # light ink: its numbers are black
    _table(axes[1], kernel, "PuOr_r", "kernel", -3, 3)
    _table(axes[2], products, "PuOr_r", "window × kernel", -3 * image.max(), 3 * image.max())
    _table(axes[3], done, "PuOr_r", f"sums: {step} of {sums.size}", -1.6 * reach, 1.6 * reach)
    _frame(axes[0], row, column, kernel.shape)
    _frame(axes[3], row, column, (1, 1))
    axes[2].set_xlabel(f"their sum: {products.sum():g}")
    text = (
        f"A kernel of {kernel.shape[0]} by {kernel.shape[1]} numbers lies on an image of {image.shape[0]} by "
        f"{image.shape[1]} pixels, its upper left corner on row {row}, column {column}. "
        f"Window times kernel is {products.tolist()}; the sum, {products.sum():g}, "
        f"is written into the result at row {row}, column {column}. {step} of {sums.size} sums are done."
    )
    return Picture(made, text)


def _table(axis: Any, values: np.ndarray, colours: str, title: str, lowest: float, highest: float) -> None:
    axis.imshow(values, cmap=colours, vmin=lowest, vmax=highest)
    axis.set(title=title, xticks=[], yticks=[])
    axis.grid(False)
    for (row, column), value in np.ndenumerate(values):
        axis.text(column, row, f"{value:g}" if np.isfinite(value) else "·", ha="center", va="center", fontsize=12)
    for side in axis.spines.values():
        side.set_visible(True)


def _frame(axis: Any, row: int, column: int, shape: tuple[int, int]) -> None:
    x, y = [column - 0.5, column - 0.5 + shape[1]], [row - 0.5, row - 0.5 + shape[0]]
    axis.plot([x[0], x[1], x[1], x[0], x[0]], [y[0], y[0], y[1], y[1], y[0]], color=PALETTE[1], linewidth=3)
