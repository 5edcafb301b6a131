"""Pictures of what a convolution learned and what it sees: its filters, and the maps they make of an image.

Each is a pair: the figure, and the text that says what there is to see. plots.show(*feature_maps.filters(kernel))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course_utils import plots
from course_utils.plots import Picture


def filters(kernel: np.ndarray, columns: int = 16) -> Picture:
    """The filters of a first convolution: orange for positive numbers, purple for negative, white for 0.

    Shapes: kernel (kh, kw, 1, F)
    """
    count = kernel.shape[-1]
    rows = -(-count // columns)
    figure, axes = plots.figure(rows, columns, (0.75 * columns, 0.95 * rows), squeeze=False)
    for number, axis in enumerate(axes.flat):
        axis.axis("off")
        if number < count:
            _signed(axis, kernel[:, :, 0, number], str(number))
    return Picture(
        figure,
        (
            f"{count} filters of {kernel.shape[0]} by {kernel.shape[1]} numbers, orange positive, purple negative. Several "
            "are orange on one side and purple on the other: they answer to an edge that runs between the two."
        ),
    )


def responses(image: np.ndarray, sums: Mapping[str, np.ndarray]) -> Picture:
    """An image and what named filters make of it, before any activation.

    Shapes: image (H, W), each of sums (Ho, Wo)
    """
    figure, axes = plots.figure(1, 1 + len(sums), (2.6 * (1 + len(sums)), 2.8))
    _grey(axes[0], image, "image")
    for axis, (name, values) in zip(axes[1:], sums.items(), strict=True):
        _signed(axis, values, name)
    told = ", ".join(f"{name}: from {values.min():.1f} to {values.max():.1f}" for name, values in sums.items())
    return Picture(
        figure, f"A handwritten digit and the sums of {len(sums)} filters, orange positive, purple negative. {told}."
    )


def maps(image: np.ndarray, layers: Mapping[str, np.ndarray], count: int = 8) -> Picture:
    """An image and, a row for each layer, `count` maps of it that differ most from each other.

    Shapes: image (H, W), each of layers (Ho, Wo, F)
    """
    figure, axes = plots.figure(len(layers), count + 1, (1.3 * (count + 1), 1.5 * len(layers)), squeeze=False)
    told = []
    for row, (name, values) in zip(axes, layers.items(), strict=True):
        _grey(row[0], image, "image")
        for axis, number in zip(row[1:], _varied(values, count), strict=True):
            axis.imshow(values[:, :, number], cmap="cividis", vmin=0)
            axis.set(xticks=[], yticks=[])
            axis.grid(False)
            axis.set_title(f"{name} · {number}", fontsize=9)
        told.append(
            f"{name}: {values.shape[2]} maps of {values.shape[0]} by {values.shape[1]}, "
            f"{np.mean(values > 0):.0%} of their places above 0"
        )
    return Picture(
        figure,
        (
            f"What a digit becomes on its way through the layers, {count} different maps of each, light where "
            f"the filter answers. {'. '.join(told)}."
        ),
    )


def _varied(values: np.ndarray, count: int) -> list[int]:
    """The strongest map, and one after the other the strong map that is least like those already chosen."""
    strength = values.max(axis=(0, 1))
    strong = np.argsort(-strength, kind="stable")[: max(count, values.shape[2] // 2)]
    flat = values.reshape(-1, values.shape[2]) / (np.linalg.norm(values, axis=(0, 1)) + 1e-9)
    chosen = [int(strong[0])]
    while len(chosen) < count:
        rest = [number for number in strong if number not in chosen]
        chosen.append(int(min(rest, key=lambda number: (flat[:, chosen].T @ flat[:, number]).max())))
    return sorted(chosen)


def _grey(axis: Any, image: np.ndarray, title: str) -> None:
    axis.imshow(image, cmap="gray_r")
    axis.set(xticks=[], yticks=[])
    axis.grid(False)
    axis.set_title(title, fontsize=9)


def _signed(axis: Any, values: np.ndarray, title: str) -> None:
    reach = float(np.abs(values).max()) or 1.0
    axis.imshow(values, cmap="PuOr_r", vmin=-reach, vmax=reach)
    axis.set(xticks=[], yticks=[])
    axis.grid(False)
    axis.set_title(title, fontsize=9)
