"""The head of every page that the course writes: no scripts, nothing from elsewhere, the style in the page itself."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def head(title: str, style: str) -> str:
    """A page up to its body; `style` names a stylesheet that lies beside this file."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>\n{_stylesheet(style)}</style></head>"
    )


@cache
def _stylesheet(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
