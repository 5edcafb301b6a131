"""One number of a convolution taken apart: the products under the filter, channel by channel, and their sum."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils import nn
from course_utils.plots import PALETTE, Picture, bars, figure

TILES = 8  # channels side by side
GAP = 2  # rows and columns between two tiles, in which the sum is written


def one_number(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, row: int, column: int, filter: int) -> Picture:
    """How the number at this place of this filter's map comes about, before and after ReLU.

    The first axes hold the map, so that a click on it chooses another place.

    Shapes: x (H, W, C), what comes into the layer; kernel (kh, kw, C, F), bias (F,)

    Errors: IndexError for a filter or a place that is not there.
    """
    filters, (rows, columns) = kernel.shape[3], np.subtract(x.shape[:2], kernel.shape[:2]) + 1
    if not (0 <= row < rows and 0 <= column < columns and 0 <= filter < filters):
        raise IndexError(
            f"The maps have rows 0 to {rows - 1} and columns 0 to {columns - 1}, and there are filters 0 to {filters - 1}; "
            f"there is no row {row}, column {column} of filter {filter}."
        )
    sums = nn.conv2d(x[None], kernel[..., [filter]], bias[[filter]])[0, :, :, 0]
    number = sums[row, column]
    height, width = kernel.shape[:2]
    window = x[row : row + height, column : column + width]
    products = window * kernel[..., filter]
    shares = products.sum(axis=(0, 1))
    most = int(np.abs(shares).argmax())

    made, axes = figure(2, 5, (12.5, 6.6), gridspec_kw={"width_ratios": [3.4, 2, 2, 2, 6], "height_ratios": [1.15, 1]})
    _map(axes[0, 0], sums, row, column, filter)
    _join(axes[0, 1:], lambda axis: _tiles(axis, products, shares, most))
    axes[1, 0].set_axis_off()
    axes[1, 0].text(0, 0.5, _added(shares, bias[filter], number), va="center", fontsize=11)
    _figures(axes[1, 1], window[..., most], f"window, channel {most}", "×")
    _figures(axes[1, 2], kernel[:, :, most, filter], f"filter, channel {most}", "=")
    _figures(axes[1, 3], products[..., most], f"products, sum {_shown(shares[most])}", "")
    _running(axes[1, 4], shares, float(bias[filter]), most)
    return Picture(made, _text(products, shares, float(bias[filter]), (row, column, filter), most))


def _text(products: np.ndarray, shares: np.ndarray, bias: float, place: tuple[int, int, int], most: int) -> str:
    row, column, filter = place
    height, width, channels = products.shape
    number = products.sum() + bias
    nine = ", ".join(f"{_shown(value)}" for value in products[..., most].ravel())
    return (
        f"The number of filter {filter} at row {row}, column {column}, taken apart into {height} × {width} × {channels} = "
        f"{products.size} products of window and filter. Channel {most} counts most, with {_shown(shares[most])}; its products "
        f"are {nine}. {np.sum(shares > 0)} channels bring {_shown(shares[shares > 0].sum(), 3)}, {np.sum(shares < 0)} bring "
        f"{_shown(shares[shares < 0].sum(), 3)}; with the bias {_shown(bias, 3)} the sum is {_shown(number, 3)}, "
        f"after ReLU {_shown(max(0, number), 3)}."
    )


def _shown(value: float, places: int = 2) -> str:
    return f"{round(float(value), places) + 0.0:.{places}f}"  # no -0.00


def _added(shares: np.ndarray, bias: float, number: float) -> str:
    """The sum as on paper."""
    pushes = [(shares[shares > 0].sum(), "for"), (shares[shares < 0].sum(), "against"), (bias, "bias")]
    result = [(number, "sum"), (max(0, number), "after ReLU")]
    first, last = ([f"{_shown(value, 3)}  {word}" for value, word in rows] for rows in (pushes, result))
    return "\n".join([*first, "———————", *last])


def _join(axes: np.ndarray, draw: Any) -> None:
    """One wide place for what stood in several."""
    grid = axes[0].get_gridspec()
    first, last = (axis.get_subplotspec().colspan.start for axis in (axes[0], axes[-1]))
    row = axes[0].get_subplotspec().rowspan.start
    made = axes[0].figure
    for axis in axes:
        axis.remove()
    draw(made.add_subplot(grid[row, first : last + 1]))


def _bare(axis: Any, title: str) -> None:
    axis.set(xticks=[], yticks=[])
    axis.grid(False)
    axis.set_title(title, fontsize=10)


def _signed(axis: Any, values: np.ndarray, reach: float) -> None:
    axis.imshow(values, cmap="PuOr_r", vmin=-reach, vmax=reach)


def _frame(left: int, top: int, width: int, height: int, line: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((left - 0.5, top - 0.5), width, height, fill=False, edgecolor=PALETTE[6], linewidth=line)


def _map(axis: Any, sums: np.ndarray, row: int, column: int, filter: int) -> None:
    _signed(axis, sums, float(np.abs(sums).max()) or 1.0)
    _bare(axis, f"map of filter {filter}, before ReLU")
    axis.add_patch(_frame(column, row, 1, 1, 3))
    axis.set_xlabel(f"row {row}, column {column}: {_shown(sums[row, column])}", fontsize=10)


def _tiles(axis: Any, products: np.ndarray, shares: np.ndarray, most: int) -> None:
    """A tile of products for each channel, and its sum below it."""
    height, width, channels = products.shape
    rows = -(-channels // TILES)
    drawn = np.full((rows * (height + GAP), TILES * (width + GAP)), np.nan)
    for channel in range(channels):
        top, left = (height + GAP) * (channel // TILES), (width + GAP) * (channel % TILES)
        drawn[top : top + height, left : left + width] = products[..., channel]
        axis.add_patch(_frame(left, top, width, height, 2 if channel == most else 0.6))
        axis.text(
            left + (width - 1) / 2,
            top + height + 0.1,
            f"{_shown(shares[channel])}",
            ha="center",
            va="center",
            fontsize=9,
            fontweight="bold" if channel == most else "normal",
        )
    _signed(axis, drawn, float(np.abs(products).max()) or 1.0)
    axis.set(aspect="auto", xlim=(-1, drawn.shape[1] - GAP), ylim=(drawn.shape[0] - 0.8, -1))
    _bare(axis, f"{height} × {width} × {channels} = {products.size} products, a tile for each channel, its sum below")


def _figures(axis: Any, values: np.ndarray, title: str, after: str) -> None:
    reach = float(np.abs(values).max()) or 1.0
    _signed(axis, values, 2 * reach)  # light colours: the figures on them are black
    for (row, column), value in np.ndenumerate(values):
        axis.text(column, row, f"{_shown(value)}", ha="center", va="center", fontsize=9)
    _bare(axis, title)
    axis.text(1.16, 0.5, after, transform=axis.transAxes, ha="center", va="center", fontsize=13)


def _running(axis: Any, shares: np.ndarray, bias: float, most: int) -> None:
    """The sum on its way: a bar for each channel, the bias as the last step."""
    steps = np.append(shares, bias)
    total = np.cumsum(steps)
    for sign in (0, 1):
        chosen = np.flatnonzero((steps < 0) == bool(sign))
        axis.bar(chosen, steps[chosen], label=("for", "against")[sign], **bars(sign))
    axis.step(range(len(total)), total, where="mid", color="black", linewidth=1.5, label="added up so far")
    axis.axhline(0, color="black", linewidth=0.8)
    places = [0, most, len(shares)] if most > 3 else [most, len(shares)]
    axis.set(xticks=places, xticklabels=[*map(str, places[:-1]), "bias"], ylabel="sum")
    axis.set_title("channel after channel, then the bias", fontsize=10)
    axis.legend(fontsize=9, loc="best")
