"""The style of every picture: colours that every eye tells apart, dashes, markers, hatching."""

from __future__ import annotations

from typing import Any

# Okabe and Ito's palette (2008): its colours stay apart with every common kind of colour vision.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo")

STYLE = {
    "figure.dpi": 100,
    "savefig.dpi": 100,
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "axes.grid": True,
    "grid.alpha": 0.25,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 2,
    "image.cmap": "cividis",
    "axes.titlesize": 12,
    "legend.frameon": False,
}


def figure(rows: int = 1, columns: int = 1, size: tuple[float, float] | None = None, **options: Any) -> tuple[Any, Any]:
    """A figure and its axes in the course's style; `size` is in inches."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(STYLE):
        made = Figure(figsize=size or (4.2 * columns, 3.2 * rows))
        axes = made.subplots(rows, columns, **options)
    return made, axes


def line(number: int) -> dict[str, Any]:
    """The colour and dash of the series with this number.

    >>> line(1)
    {'color': '#D55E00', 'linestyle': '--'}
    """
    return {"color": PALETTE[number % len(PALETTE)], "linestyle": DASHES[number % len(DASHES)]}


def points(number: int) -> dict[str, Any]:
    """The colour and marker of the group of points with this number.

    >>> points(0)
    {'color': '#0072B2', 'marker': 'o'}
    """
    return {"color": PALETTE[number % len(PALETTE)], "marker": MARKERS[number % len(MARKERS)]}


def bars(number: int) -> dict[str, Any]:
    """The colour and hatching of the bars with this number."""
    return {"color": PALETTE[number % len(PALETTE)], "hatch": HATCHES[number % len(HATCHES)], "edgecolor": "white"}
