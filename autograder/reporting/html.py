"""The head of every page that the course writes: no scripts, nothing from elsewhere, the style in the page itself."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from autograder.reporting.plain import clean_text

SHOWN_NAMES = 12
MOST_CODE = 4_000  # characters of an answer that are shown
EMPHASIS = re.compile(r"\*(\w[^*]*)\*")
MADE_HERE = '<meta name="generator" content="course">'
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def head(title: str, style: str) -> str:
    """A page up to its body; `style` names a stylesheet that lies beside this file."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">{MADE_HERE}'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>\n{_stylesheet(style)}</style></head>"
    )


def code_block(text: str) -> str:
    """A student's text as it stands, without what could speak to the browser."""
    return f"<pre>{escape(clean_text(text, MOST_CODE))}</pre>"


def inline_code(text: str) -> str:
    """A hint, with what stands between backticks as code, and between stars emphasised."""
    parts = escape(text, quote=False).split("`")
    return "".join(
        f"<code>{part}</code>" if i % 2 else EMPHASIS.sub(r"<em>\1</em>", part) for i, part in enumerate(parts)
    )


def folded_names(students: tuple[str, ...]) -> str:
    """Names, those beyond the first dozen folded."""
    if len(students) <= SHOWN_NAMES:
        return escape(", ".join(students))
    shown, rest = escape(", ".join(students[:SHOWN_NAMES])), escape(", ".join(students[SHOWN_NAMES:]))
    return f"<details><summary>{shown} and {len(students) - SHOWN_NAMES} more</summary>{rest}</details>"


@cache
def _stylesheet(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
