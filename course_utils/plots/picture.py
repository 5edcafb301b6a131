"""A figure with the sentence that stands for it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any


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
