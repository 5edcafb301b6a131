"""Any graph of values as a picture: numbers above, gradients below, a slope at every line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from course_utils.plots import PALETTE, Picture, figure

from .back_order import from_last_to_first
from .graphs import PQ, VW, computed
from .value import Value

MOST = 24  # values in a picture that can still be read
INCHES, ROW = 1.45, 0.68  # of one step to the right; the height of a row as a part of it


def branching() -> Picture:
    """The branching graph of lesson 06 after the way forward: what each value remembers."""
    values = computed(Value, {"a": 3.0, "b": 2.0, "c": 1.0}, PQ)
    return graph(values["L"], values, gradients=False)


def two_ways(turns: int) -> Picture:
    """The graph in which v leads to L by two ways, after so many turns of the way back.

    Errors: ValueError for more turns than there are values.
    """
    values = computed(Value, {"a": 2.0, "b": 3.0}, VW)
    order = from_last_to_first(values["L"])
    if not 0 <= turns <= len(order):
        raise ValueError(f"The graph has {len(order)} values, so 0 to {len(order)} turns, but turns is {turns}.")
    values["L"].grad = 1.0
    for value in order[:turns]:
        for parent, slope in zip(value.parents, value.slopes, strict=True):
            parent.grad += value.grad * slope
    had = [name for value in order[:turns] for name in values if values[name] is value]
    return graph(values["L"], values, done=order[:turns], title=f"Turns taken: {', '.join(had) or 'none yet'}")


def graph(
    last: Any, named: Mapping[str, Any], gradients: bool = True, done: Collection[Any] = (), title: str = ""
) -> Picture:
    """The graph that leads to `last`, from left to right; values without a name are drawn with their number only.

    Values in `done` are shaded.

    Errors: ValueError for a graph of more than 24 values.
    """
    order = from_last_to_first(last)
    if len(order) > MOST:
        raise ValueError(f"A picture of {len(order)} values cannot be read. Draw a graph of {MOST} values at most.")
    names = {value: name for name, value in named.items()}
    place = _places(order)
    across, up = (max(spot[k] for spot in place.values()) for k in (0, 1))
    made, axes = figure(size=(INCHES * (across + 0.9), INCHES * (up + 0.85)))
    axes.set_axis_off()
    for value in order:
        for number, (parent, slope) in enumerate(zip(value.parents, value.slopes, strict=True)):
            _line(axes, place[parent], place[value], f"{slope:.3g}", number, _twice(value))
        shade = "#FFF1C9" if any(value is one for one in done) else "white"
        _node(axes, place[value], value, names.get(value, ""), gradients, shade)
    axes.set(xlim=(-0.4, across + 0.4), ylim=(-0.45, up + 0.3), title=title, aspect="equal")
    return Picture(made, " ".join([_text(order, names, gradients), f"{title}." if title else ""]).strip())


def _twice(value: Any) -> bool:
    return len(value.parents) == 2 and value.parents[0] is value.parents[1]


def _places(order: list[Any]) -> dict[Any, tuple[float, float]]:
    """Each value one step to the right of its last parent, a bare number one step to the left of its first child."""
    column: dict[Any, int] = {}
    for value in reversed(order):
        column[value] = max((column[parent] + 1 for parent in value.parents), default=0)
    for value in order:
        if not value.parents:
            column[value] = min((column[v] - 1 for v in order if value in v.parents), default=0)
    columns = [[v for v in reversed(order) if column[v] == k] for k in range(max(column.values()) + 1)]
    highest = max(len(values) for values in columns) - 1
    places = {}
    for k, values in enumerate(columns):
        top = (highest + len(values) - 1) / 2
        lift = 0.35 * (k % 2) if len(values) == 1 else 0  # so that a long line passes beside a single value
        for i, value in enumerate(values):
            places[value] = (float(k), ROW * (top - i + lift))
    return places


def _line(axes: Any, start: tuple, end: tuple, slope: str, number: int, twice: bool) -> None:
    bend = (0.35, -0.35)[number] if twice else -0.3 if end[0] - start[0] > 1 else 0.0
    arrow = {
        "arrowstyle": "->",
        "color": PALETTE[0],
        "linewidth": 1.5,
        "shrinkA": 25,
        "shrinkB": 25,
        "connectionstyle": f"arc3,rad={bend}",
    }
    axes.annotate("", end, start, arrowprops=arrow)
    dx, dy = end[0] - start[0], end[1] - start[1]
    part = 0.5 if bend else 0.6  # straight lines cross in the middle
    at = (start[0] + part * dx + 0.5 * bend * dy, start[1] + part * dy - 0.5 * bend * dx)
    white = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    axes.text(*at, slope, ha="center", va="center", fontsize=10, color=PALETTE[0], bbox=white)


def _node(axes: Any, spot: tuple, value: Any, name: str, gradients: bool, shade: str) -> None:
    x, y = spot
    axes.plot(x, y, marker="o", markersize=44, markerfacecolor=shade, markeredgecolor="#222222", markeredgewidth=1.5)
    axes.text(x, y, _said(value, name).replace(" = ", "\n"), ha="center", va="center", fontsize=10)
    if gradients:
        told = f"grad {value.grad:.3g}"
        axes.text(x, y - 0.26, told, ha="center", va="top", fontsize=10, color=PALETTE[1], fontweight="bold")


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
