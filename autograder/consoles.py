"""Consoles that do not know every sign, such as Windows's with code page 1252: a likeness takes the sign's place."""

from __future__ import annotations

import codecs
import sys

LIKENESSES = {
    **{"✓": "+", "✗": "x", "○": "o", "◐": "~", "✎": "o", "⚠": "!", "█": "#", "░": ".", "─": "-", "·": "-"},
    **{"–": "-", "—": "-", "…": "...", "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "×": "x", "−": "-"},
    **{"’": "'", "‘": "'", "“": '"', "”": '"'},
}
HANDLER = "course.likeness"


def likeness(error: UnicodeError) -> tuple[str, int]:
    """What a codec writes in place of signs that it has not; `?` for those that look like nothing.

    >>> codecs.register_error(HANDLER, likeness)
    >>> "✓ α … é".encode("ascii", HANDLER)
    b'+ ? ... ?'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(LIKENESSES.get(sign, "?") for sign in signs), error.end


def speak_plainly() -> None:
    """From here on no sign that a console lacks ends the program."""
    codecs.register_error(HANDLER, likeness)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors=HANDLER)
