"""Files and folders that are there whole or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_utils.environment.files import replaced_file, write_file

__all__ = ["replaced_file", "replaced_folder", "sendable", "write_changed", "write_file"]


def write_changed(path: Path, data: bytes) -> bool:
    """Write the file, and the folders above it, unless it holds these bytes already; whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, data)
    return True


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `target` when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
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
