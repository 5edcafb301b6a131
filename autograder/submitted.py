"""The folder that a student handed in: its files are read without trusting what they are."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import stat
from pathlib import Path

from autograder.errors import InvalidSubmission

MAX_FILE = 30_000_000  # bytes; a lesson with its outputs is about one million
CARRIED_FILES = 100
CARRIED_BYTES = 20_000_000


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of a regular file; links, pipes and oversized files are refused."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise InvalidSubmission(f"{path.name} cannot be opened ({error.strerror}).") from error
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise InvalidSubmission(f"{path.name} is not a plain file.")
        if about.st_size > limit:
            raise InvalidSubmission(
                f"{path.name} has {about.st_size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that are read. "
                "Clear its outputs, save it and hand it in again."
            )
        return file.read(limit + 1)


def read_timestamp(folder: Path) -> datetime.datetime | None:
    """When the submission was handed in, by nbgrader's timestamp.txt; None without one.

    Errors: InvalidSubmission when the file is there and is no date.
    """
    from nbgrader.utils import parse_utc

    path = folder / "timestamp.txt"
    if not path.exists():
        return None
    text = read_file(path, 1_000).decode("utf-8", "replace").strip()
    try:
        return parse_utc(text) if text else None
    except (ValueError, OverflowError) as error:
        raise InvalidSubmission(f"timestamp.txt holds no date: {text[:60]!r}.") from error


def content_key(folder: Path, rules: list[str]) -> str:
    """Changes when anything that could change the result does: a file of the submission, or one of the rules."""
    digest = hashlib.sha256("\n".join(rules).encode())
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        digest.update(os.fsencode(f"{path.relative_to(folder)}\0{about.st_mode}\0{about.st_size}"))
        if stat.S_ISREG(about.st_mode):
            with contextlib.suppress(PermissionError), path.open("rb") as file:  # told when it is to be judged
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def carry_files(source: Path, target: Path, only: tuple[str, ...] = ()) -> None:
    """Copy the plain files of a submission that are no notebooks: its time stamp, its data. Links stay behind."""
    count = size = 0
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        if path.is_symlink() or not path.is_file() or path.suffix == ".ipynb" or ".ipynb_checkpoints" in inside.parts:
            continue
        if only and str(inside) not in only:
            continue
        if any((source / parent).is_symlink() for parent in inside.parents):
            continue
        count, size = count + 1, size + path.stat().st_size
        if count > CARRIED_FILES or size > CARRIED_BYTES:
            return
        (target / inside).parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(InvalidSubmission):  # a file that went or changed its kind meanwhile is not carried
            (target / inside).write_bytes(read_file(path))
