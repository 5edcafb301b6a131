"""The folder that a student handed in: its files are read without trusting what they are."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from autograder.errors import InvalidSubmission

MAX_FILE = 30_000_000  # bytes; a lesson with its outputs is about one million
MAX_ENTRIES = 2_000  # files and folders of one submission that are looked at
MAX_DEPTH = 20
CARRIED_FILES = 100
CARRIED_BYTES = 20_000_000


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of a regular file; links, pipes and oversized files are refused."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise InvalidSubmission(f"{path.name} cannot be opened ({error.strerror}).") from error
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise InvalidSubmission(f"{path.name} is not a plain file.")
        if about.st_size > limit:
            raise InvalidSubmission(
                f"{path.name} has {about.st_size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that are read. "
                "Clear its outputs, save it and hand it in again."
            )
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(limit + 1)
    finally:
        os.close(descriptor)


def entries_of(folder: Path) -> Iterator[Path]:
    """What lies in a submission's folder, in a fixed order: files, folders, links. Links are not followed.

    What lies too deep, or in a folder that may not be read, is passed over.
    """
    count = 0
    for root, folders, names in os.walk(folder):  # a folder that cannot be listed is left out
        deep = len(Path(root).relative_to(folder).parts) >= MAX_DEPTH
        for name in sorted([*folders, *names]):
            count += 1
            if count > MAX_ENTRIES:
                return
            yield Path(root, name)
        folders[:] = [] if deep else sorted(folders)


def plain_files_of(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The regular files among these, each with what is known of it."""
    for path in entries_of(folder):
        with contextlib.suppress(OSError):  # it went meanwhile
            if stat.S_ISREG((about := path.lstat()).st_mode):
                yield path, about


def content_key(folder: Path) -> str:
    """Changes when a file of the submission does. One that is too large to be read counts by its size and time."""
    digest = hashlib.sha256()
    for path in entries_of(folder):
        with contextlib.suppress(OSError):  # told when it is to be judged
            about = path.lstat()
            digest.update(os.fsencode(f"{path.relative_to(folder)}\0{about.st_mode}\0{about.st_size}"))
            if stat.S_ISREG(about.st_mode) and about.st_size > MAX_FILE:
                digest.update(str(about.st_mtime_ns).encode())
            elif stat.S_ISREG(about.st_mode):
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def under_rules(content: str, rules: list[str]) -> str:
    """Changes when anything that could change the result does: the submission's content, or one of the rules."""
    return hashlib.sha256("\n".join([*rules, content]).encode()).hexdigest()


def yields(name: str, own: Collection[str]) -> bool:
    """Whether a student's file gives way to the assignment's `own` files: it is one of them, or stands in their way.

    >>> [yields(name, {"data/rows.csv"}) for name in ("data/rows.csv", "data", "data/rows.csv/x", "data/mine.csv")]
    [True, True, True, False]
    """
    above = {str(folder) for mine in own for folder in PurePosixPath(mine).parents}
    return name in own or name in above or any(str(folder) in own for folder in PurePosixPath(name).parents)


def carry_files(source: Path, target: Path, only: tuple[str, ...] = (), own: Collection[str] = frozenset()) -> None:
    """Copy the plain files of a submission that are no notebooks: its time stamp, its data. Links stay behind.

    So does what lies in a folder with a notebook's name or in a hidden one, what gives way to the assignment's `own`
    files, and what is too much.
    """
    count = size = 0
    for path, about in plain_files_of(source):
        inside = path.relative_to(source)
        if any(part.endswith(".ipynb") or part == ".ipynb_checkpoints" for part in inside.parts):
            continue
        if (only and inside.as_posix() not in only) or yields(inside.as_posix(), own):
            continue
        count, size = count + 1, size + about.st_size
        if count > CARRIED_FILES or size > CARRIED_BYTES:
            return
        with contextlib.suppress(InvalidSubmission):  # a file that went or changed its kind meanwhile is not carried
            content = read_file(path)
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            (target / inside).write_bytes(content)
