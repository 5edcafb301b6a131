"""What lies in a scratch folder: remembered before a check, put back after it, so that its files vanish with it."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass

MAX_ENTRIES = 5_000
MAX_DEPTH = 30
MAX_KEPT = 16 << 20  # bytes of all files; of what is beyond only a digest is kept
MAX_READ = 512 << 20


class CannotPutBack(Exception):
    """The folder holds too much to be remembered, or something that cannot be made as it was."""


@dataclass(frozen=True)
class _Entry:
    """A folder, a link to `target`, or a file with this content, or only with this digest of it."""

    kind: str
    target: str = ""
    content: bytes | None = None
    digest: bytes = b""

    def same_file(self, path: str) -> bool:
        if self.content is None:
            return _digest(path) == self.digest
        return os.path.getsize(path) == len(self.content) and _read(path) == self.content


class Remembered:
    """A folder's content at one moment.

    Contents are compared, not times: a write through a mapped file leaves those as they were. Nothing follows a link.
    Errors: CannotPutBack, OSError.
    """

    def __init__(self, folder: str) -> None:
        self._folder, self._kept, self._read = folder, 0, 0
        self._entries: dict[str, _Entry] = {}
        waiting = [(folder, 0)]
        while waiting:
            here, depth = waiting.pop()
            for path, kind in _inside(here):
                if len(self._entries) >= MAX_ENTRIES or depth > MAX_DEPTH:
                    raise CannotPutBack("too many files, or too deep")
                self._entries[path] = self._entry(path, kind)
                if kind == "folder":
                    waiting.append((path, depth + 1))

    def _entry(self, path: str, kind: str) -> _Entry:
        if kind != "file":
            return _Entry(kind, os.readlink(path) if kind == "link" else "")
        size = os.path.getsize(path)
        self._read += size
        if self._read > MAX_READ:
            raise CannotPutBack("too much in files")
        if self._kept + size > MAX_KEPT:
            return _Entry(kind, digest=_digest(path))
        self._kept += size
        return _Entry(kind, content=_read(path))

    def put_back(self) -> None:
        """Remove what is new, restore what has changed. Errors: CannotPutBack, OSError: not all is as it was."""
        for here in [self._folder, *(path for path, was in self._entries.items() if was.kind == "folder")]:
            if os.path.isdir(here) and not os.path.islink(here):
                self._remove_new(here)
        for path, was in self._entries.items():  # a folder comes before what lies in it
            there = os.path.lexists(path)
            if was.kind == "folder" and not there:
                os.mkdir(path)
            elif was.kind == "link" and not (there and os.readlink(path) == was.target):
                if there:
                    os.unlink(path)
                os.symlink(was.target, path)
            elif was.kind == "file" and not (there and was.same_file(path)):
                if was.content is None:
                    raise CannotPutBack("a large file has changed")
                _write(path, was.content)

    def _remove_new(self, folder: str) -> None:
        for path, kind in _inside(folder):
            if path not in self._entries or self._entries[path].kind != kind:
                shutil.rmtree(path) if kind == "folder" else os.unlink(path)


def _inside(folder: str) -> list[tuple[str, str]]:
    with os.scandir(folder) as entries:
        return [(entry.path, _kind(entry)) for entry in entries]


def _kind(entry: os.DirEntry) -> str:
    return "link" if entry.is_symlink() else "folder" if entry.is_dir(follow_symlinks=False) else "file"


def _read(path: str) -> bytes:
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return file.read()


def _digest(path: str) -> bytes:
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()


def _write(path: str, content: bytes) -> None:
    """In place: whoever has the file open goes on with this one."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(content)
