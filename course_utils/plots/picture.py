"""A figure with the sentence that stands for it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import ceil
from typing import Any

SMALLEST_TEXT = 9  # pixels of a screen; smaller letters cannot be read on a phone


@dataclass(frozen=True)
class Picture:
    """A figure and the text that stands for it, `figure, alt = picture`: HTML in a notebook, the text everywhere else.

    Errors: ValueError when the text is too short to stand for the picture.
    """

    figure: Any
    alt: str

    def __post_init__(self) -> None:
        if len(self.alt.split()) < 4:
            raise ValueError("Say in a sentence what the picture shows: some readers will only have that text.")

    def __iter__(self) -> Iterator[Any]:
        return iter((self.figure, self.alt))

    @cached_property
    def png(self) -> bytes:
        """The drawing, as a PNG file."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", metadata={"Software": None}, facecolor="white")
        return buffer.getvalue()

    @cached_property
    def least_width(self) -> int:
        """The pixels that the drawn picture keeps in a narrow window, so that its smallest text can still be read."""
        from matplotlib.text import Text

        texts = [text for text in self.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
        points = min((text.get_fontsize() for text in texts), default=None)
        # A point is 1/72 inch, so width and text have the same scale.
        return ceil(self.figure.get_figwidth() * 72 * SMALLEST_TEXT / points) if points else 0

    def __repr__(self) -> str:
        return f"[Picture: {self.alt}]"

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.png).decode()
        image = f'<img alt="{escape(self.alt)}" style="max-width:100%;min-width:{self.least_width}px"'
        return f'<div style="overflow-x:auto">{image} src="data:image/png;base64,{data}"></div>'


def show(figure: Any, alt: str) -> None:
    """Show a figure under the cell, with `alt`, the sentence that tells what there is to see.

    Errors: ValueError when the text is too short to stand for the picture.
    """
    from IPython.display import display

    display(Picture(figure, alt))
