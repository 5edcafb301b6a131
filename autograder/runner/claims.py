"""What a student's process says of its objects and errors."""

from __future__ import annotations

import linecache
import traceback
from pathlib import Path
from typing import Any

from course_utils.exercises.answer import is_stub
from course_utils.exercises.unread import unread

from .shell import text_of
from .wire import NotPlain


def about(value: Any) -> dict:
    """What the judge's stand-in for an object that stays here knows of it."""
    return {
        "type": type(value).__name__[:200],
        "callable": callable(value),
        "class": isinstance(value, type),
        "stub": bool(is_stub(value)),
        "unread": unread(value),
    }


def error_of(error: BaseException) -> dict:
    """The reply that tells an error."""
    message = text_of(error)
    if isinstance(error, OSError) and _in_multiprocessing(error):
        message = f"{message}. Grading cannot start more processes on this machine; write it as a plain loop"
    kind = type(error).__name__[:200]
    if kind == NotPlain.__name__ and not isinstance(error, NotPlain):
        kind = "Exception"  # that word is the wire's
    return {"error": {"kind": kind, "message": message, "where": _where(error)}}


def _in_multiprocessing(error: BaseException) -> bool:
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and "multiprocessing" in Path(frames[-1].filename).parts


def _where(error: BaseException) -> str:
    """The student's line that the error came from."""
    if isinstance(error, SyntaxError) and error.text:
        return str(error.text).strip()[:500]
    cells = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith("<ipython-input-")]
    return linecache.getline(cells[-1].filename, cells[-1].lineno or 0).strip()[:500] if cells else ""
