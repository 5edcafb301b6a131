"""Files that are there whole or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_file(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Write a file whole or not at all, text as UTF-8; `mode` holds from its first byte, less the umask."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    with (
        replaced_file(path) as part,
        open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file,
    ):
        file.write(data)


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A place beside `path` to make the file in, which takes the place of `path` when the block ends well."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
