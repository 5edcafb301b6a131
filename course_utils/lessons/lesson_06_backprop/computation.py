"""A small computation as a graph that lights up node by node: values on the way forward, gradients on the way back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from course_utils.plots import PALETTE, Picture, figure

# (2 · 3 − 2 → ReLU, minus the target 1, squared): name, what it computes, place, value, gradient of L
NODES = (
    ("w", "weight", (0, 2), 3, 12),
    ("x", "input", (0, 0.7), 2, 18),
    ("u", "w · x", (1, 1.35), 6, 6),
    ("b", "bias", (1, 0), -2, 6),
    ("z", "u + b", (2, 0.9), 4, 6),
    ("h", "ReLU(z)", (3, 0.9), 4, 6),
    ("e", "h − 1", (4, 0.9), 3, 6),
    ("L", "e²", (5, 0.9), 9, 1),
)
EDGES = {"u": ("w", "x"), "z": ("u", "b"), "h": ("z",), "e": ("h",), "L": ("e",)}
# The way back in words; the two inputs of a plus or a product light up together.
BACK = (
    (("L",), "L: if L grows by 1, L grows by 1"),
    (("e",), "e: the slope of e² is 2e = 6, times 1"),
    (("h",), "h: the slope of h − 1 is 1, times 6"),
    (("z",), "z: ReLU is open (z = 4 > 0), slope 1, times 6"),
    (("u", "b"), "u and b: a plus hands on what comes in, 6 to each"),
    (("w", "x"), "w and x: a product hands on the other factor: 6 · 2 = 12 and 6 · 3 = 18"),
)
FORWARD = tuple(EDGES)
LAST = len(FORWARD) + len(BACK)


def lighting(step: int) -> Picture:
    """The graph after `step` of 11 steps: five forward, six backward; and the text that stands for it.

    Errors: ValueError for a step that does not exist.
    """
    if not 0 <= step <= LAST:
        raise ValueError(f"The graph has the steps 0 to {LAST}, but step is {step}.")
    valued = {"w", "x", "b", *FORWARD[:step]}
    backward = max(0, step - len(FORWARD))
    graded = [name for names, _ in BACK[:backward] for name in names]
    new = set(FORWARD[step - 1 : step]) if backward == 0 else set(BACK[backward - 1][0])
    if step == 0:
        told = "Only the inputs are known"
    elif backward == 0:
        told = f"Forward, step {step}: {_formula(FORWARD[step - 1])}"
    else:
        told = f"Backward, step {backward}: {BACK[backward - 1][1]}"
    made, axes = figure(size=(11, 3.8))
    below = {name: (f"d{name} = {gradient}", PALETTE[1]) for name, _, _, _, gradient in NODES if name in graded}
    draw_graph(axes, [node[:4] for node in NODES], EDGES, valued, below, new)
    axes.set(xlim=(-0.5, 5.5), ylim=(-0.75, 2.75), title=told)
    shown = ", ".join(f"{name} = {value}" for name, _, _, value, _ in NODES if name in valued)
    text = f"A graph of a neuron with its loss. {told}. Values known: {shown}."
    if graded:
        text += " Gradients known: " + ", ".join(f"d{name} = {g}" for name, _, _, _, g in NODES if name in graded) + "."
    return Picture(made, text)


def draw_graph(
    axes: Any,
    nodes: Sequence[tuple[str, str, tuple[float, float], float]],
    edges: Mapping[str, Sequence[str]],
    valued: Collection[str],
    below: Mapping[str, tuple[str, str]],
    new: Collection[str] = (),
) -> None:
    """Draw a graph of (name, what it computes, place, value); `below` is a text and its colour under a node.

    The values of `valued` are shown, the arrows turn back at nodes with a text below, and `new` nodes are lit.
    """
    axes.set_axis_off()
    where = {name: place for name, _, place, _ in nodes}
    for name, sources in edges.items():
        for source in sources:
            back = source in below
            lit = below[source][1] if back else PALETTE[0] if name in valued else "#C8C8C8"
            arrow = {"arrowstyle": "<-" if back else "->", "color": lit, "linewidth": 2, "shrinkA": 30, "shrinkB": 30}
            axes.annotate("", where[name], where[source], arrowprops=arrow)
    for name, what, (x, y), value in nodes:
        shade = "#FFF1C9" if name in new else "white"
        edge = below[name][1] if name in below else PALETTE[0] if name in valued else "#B0B0B0"
        axes.plot(x, y, marker="o", markersize=48, markerfacecolor=shade, markeredgecolor=edge, markeredgewidth=2.5)
        label = f"{name} = {value}" if name in valued else name
        axes.text(x, y, label, ha="center", va="center", fontsize=11, color="#222222" if name in valued else "#8A8A8A")
        axes.text(x, y + 0.43, what, ha="center", va="bottom", fontsize=10)
        if name in below:
            text, colour = below[name]
            axes.text(x, y - 0.43, text, ha="center", va="top", fontsize=11, color=colour, fontweight="bold")


def _formula(name: str) -> str:
    _, what, _, value, _ = next(node for node in NODES if node[0] == name)
    return f"{name} = {what} = {value}"
