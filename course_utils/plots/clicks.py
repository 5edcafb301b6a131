"""A click on a picture: the page tells where in the picture it was, the figure which place of its axes that is."""

from __future__ import annotations

import math
from typing import Any

# A hidden text area of ipywidgets carries the place to the kernel; the time makes a second click there a new one.
_CLICKED = (
    "const frame = this.getBoundingClientRect(), area = document.querySelector('.NAME textarea');"
    "if (area) { area.value = [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height,"
    " event.timeStamp].join(' ');"
    "for (const kind of ['input', 'change']) area.dispatchEvent(new Event(kind, {bubbles: true})); }"
)


def clickable(html: str, name: str) -> str:
    """The HTML of a picture that writes where it is clicked into the text area with this class."""
    return html.replace("<img ", f'<img onclick="{_CLICKED.replace("NAME", name)}" ', 1).replace(
        'style="max-width', 'style="cursor:crosshair;max-width', 1
    )


def read(text: str) -> tuple[float, float] | None:
    """What the page wrote, as parts of the picture's width and height; None for any other text.

    >>> read("0.25 0.5 1200.3")
    (0.25, 0.5)
    """
    try:
        across, down, _ = map(float, text.split())
    except ValueError:
        return None
    return (across, down) if 0 <= across <= 1 and 0 <= down <= 1 else None


def place(figure: Any, across: float, down: float) -> tuple[int, int] | None:
    """The whole x and y of the first axes at this part of a drawn figure; None outside of them."""
    axes = figure.axes[0]
    spot = figure.transFigure.transform((across, 1 - down))
    if not axes.bbox.contains(*spot):
        return None
    x, y = axes.transData.inverted().transform(spot)
    return math.floor(x + 0.5), math.floor(y + 0.5)
