"""Pictures in the course's style: told apart by marker, dash and hatching as well as by colour, each with its text.

figure, axes = plots.figure()
axes.plot(x, y, **plots.line(0), label="ReLU")
plots.show(figure, "ReLU is flat at 0 up to x = 0 and then rises with slope 1.")
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

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


class Picture:
    """A drawn figure with the text that stands for it: HTML in a notebook, the text everywhere else."""

    def __init__(self, figure: Any, alt: str):
        if len(alt.split()) < 4:
            raise ValueError("Say in a sentence what the picture shows: some readers will only have that text.")
        self.alt = alt
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", metadata={"Software": None}, facecolor="white")
        self.png = buffer.getvalue()

    def __repr__(self) -> str:
        return f"[Picture: {self.alt}]"

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.png).decode()
        return f'<img alt="{escape(self.alt)}" style="max-width:100%" src="data:image/png;base64,{data}">'


def show(figure: Any, alt: str) -> None:
    """Show a figure under the cell, with `alt`, the sentence that tells what there is to see.

    Errors: ValueError when the text is too short to stand for the picture.
    """
    from IPython.display import display

    display(Picture(figure, alt))


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
