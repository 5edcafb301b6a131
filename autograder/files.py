"""Files and folders that are there whole or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import glob
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_utils.environment.files import replaced_file, write_file

__all__ = ["clear_unfinished", "replaced_file", "replaced_folder", "sendable", "write_changed", "write_file"]


def write_changed(path: Path, data: bytes, mode: int = 0o666) -> bool:
    """Write the file, and the folders above it, unless it holds these bytes already; whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, data, mode)
    return True


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `target` when the block ends well.

    What a killed process left of earlier ones goes; so only one process at a time may replace the same folder.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_unfinished(target)
    fresh = target.parent / f".{target.name}.{uuid.uuid4().hex[:8]}"
    fresh.mkdir()
    try:
        yield fresh
        if target.exists():
            old = fresh.with_name(f"{fresh.name}.old")
            os.replace(target, old)
            os.replace(fresh, target)
            _remove(old)
        else:
            os.replace(fresh, target)
    finally:
        if fresh.exists():
            _remove(fresh)


def clear_unfinished(path: Path) -> None:
    """Remove what killed processes left beside a file or folder that takes its place when it is whole."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
        if left.is_dir() and not left.is_symlink():
            _remove(left)
        else:
            left.unlink()


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def sendable(text: str) -> str:
    """The text with a question mark for what no file can hold: halves of characters, as in names that are no UTF-8.

    >>> sendable("caf\\udce9")
    'caf?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
