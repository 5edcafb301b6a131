"""Any graph of values as a picture: numbers above, gradients below, a slope at every line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_utils.plots import PALETTE, Picture, figure

from .back_order import from_last_to_first

MOST = 24  # values in a picture that can still be read


def graph(last: Any, named: Mapping[str, Any], gradients: bool = True) -> Picture:
    """The graph that leads to `last`, from left to right; values without a name are drawn with their number only.

    Errors: ValueError for a graph of more than 24 values.
    """
    order = from_last_to_first(last)
    if len(order) > MOST:
        raise ValueError(f"A picture of {len(order)} values cannot be read. Draw a graph of {MOST} values at most.")
    names = {value: name for name, value in named.items()}
    place = _places(order)
    across, up = (max(spot[k] for spot in place.values()) for k in (0, 1))
    made, axes = figure(size=(2.1 * across + 2.2, 1.35 * up + 1.9))
    axes.set_axis_off()
    for value in order:
        for number, (parent, slope) in enumerate(zip(value.parents, value.slopes, strict=True)):
            _line(axes, place[parent], place[value], f"{slope:.3g}", number, _twice(value))
        _node(axes, place[value], value, names.get(value, ""), gradients)
    axes.set(xlim=(-0.6, across + 0.6), ylim=(-0.75, up + 0.7))
    return Picture(made, _text(order, names, gradients))


def _twice(value: Any) -> bool:
    return len(value.parents) == 2 and value.parents[0] is value.parents[1]


def _places(order: list[Any]) -> dict[Any, tuple[float, float]]:
    """Numbers stand left, each other value one step to the right of its last parent; columns are spread in height."""
    column: dict[Any, int] = {}
    for value in reversed(order):
        column[value] = max((column[parent] + 1 for parent in value.parents), default=0)
    columns = [[v for v in reversed(order) if column[v] == k] for k in range(max(column.values()) + 1)]
    highest = max(len(values) for values in columns) - 1
    places = {}
    for k, values in enumerate(columns):
        gap = highest / (len(values) - 1) if len(values) > 1 else 0
        lift = 0.22 * (k % 2) if len(values) == 1 else 0  # so that a long line passes beside a single value
        for i, value in enumerate(values):
            places[value] = (float(k), (highest - i * gap if gap else highest / 2) + lift)
    return places


def _line(axes: Any, start: tuple, end: tuple, slope: str, number: int, twice: bool) -> None:
    bend = (0.35, -0.35)[number] if twice else -0.3 if end[0] - start[0] > 1 else 0.0
    arrow = {
        "arrowstyle": "->",
        "color": PALETTE[0],
        "linewidth": 1.5,
        "shrinkA": 27,
        "shrinkB": 27,
        "connectionstyle": f"arc3,rad={bend}",
    }
    axes.annotate("", end, start, arrowprops=arrow)
    dx, dy = end[0] - start[0], end[1] - start[1]
    at = (start[0] + 0.5 * dx + 0.5 * bend * dy, start[1] + 0.5 * dy - 0.5 * bend * dx)
    white = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    axes.text(*at, slope, ha="center", va="center", fontsize=9, color=PALETTE[0], bbox=white)


def _node(axes: Any, spot: tuple, value: Any, name: str, gradients: bool) -> None:
    x, y = spot
    axes.plot(x, y, marker="o", markersize=44, markerfacecolor="white", markeredgecolor="#222222", markeredgewidth=1.5)
    axes.text(x, y, _said(value, name), ha="center", va="center", fontsize=10)
    if gradients:
        told = f"grad {value.grad:.3g}"
        axes.text(x, y - 0.36, told, ha="center", va="top", fontsize=10, color=PALETTE[1], fontweight="bold")


def _said(value: Any, name: str) -> str:
    return f"{name} = {value.data:.3g}" if name else f"{value.data:.3g}"


def _text(order: list[Any], names: Mapping[Any, str], gradients: bool) -> str:
    """What stands in the picture, value by value."""
    told = []
    for value in reversed(order):
        parts = [_said(value, names.get(value, ""))]
        if value.parents:
            from_ = " and ".join(
                f"{names.get(parent, 'an unnamed value')} with slope {slope:.3g}"
                for parent, slope in zip(value.parents, value.slopes, strict=True)
            )
            parts.append(f"from {from_}")
        if gradients:
            parts.append(f"gradient {value.grad:.3g}")
        told.append(", ".join(parts))
    return f"A graph of {len(order)} values, from left to right. {'; '.join(told)}."
