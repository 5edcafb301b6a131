"""Text of others as plain text, for which nothing has to be installed."""

from __future__ import annotations

import re

MAX_TEXT = 20_000  # characters of one output
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # and halves of characters, which no file can hold


def clean_text(text: object, limit: int = MAX_TEXT) -> str:
    """Plain text without terminal codes and control characters, cut to a length that can be read."""
    text = CONTROL.sub("", ANSI.sub("", str(text)))
    return text if len(text) <= limit else f"{text[:limit]}\n… ({len(text) - limit} more characters)"
