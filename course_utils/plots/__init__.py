"""Pictures in the course's style: told apart by marker, dash and hatching as well as by colour, each with its text.

figure, axes = plots.figure()
axes.plot(x, y, **plots.line(0), label="ReLU")
plots.show(figure, "ReLU is flat at 0 up to x = 0 and then rises with slope 1.")
"""

from .charts import curves, images, learning
from .explore import explore, live, show_widget
from .picture import Picture, show
from .style import DASHES, HATCHES, MARKERS, PALETTE, STYLE, bars, figure, line, points

__all__ = [
    "DASHES",
    "HATCHES",
    "MARKERS",
    "PALETTE",
    "STYLE",
    "Picture",
    "bars",
    "curves",
    "explore",
    "figure",
    "images",
    "learning",
    "line",
    "live",
    "points",
    "show",
    "show_widget",
]
