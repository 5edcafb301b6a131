"""A submission on its way to a Dask worker, and what the worker does with it. Each keeps a fork server of its own."""

from __future__ import annotations

import contextlib
import json
import pickle
import platform
import stat
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.errors import InvalidSubmission, ServerError, UnsafeHost
from autograder.grading.pool import judged
from autograder.grading.work import Lost, Outcome, Unfit, Unsafe, to_json
from autograder.runner.sandbox.limits import Limits
from autograder.submitted import MAX_FILE, entries_of, read_file
from autograder.version import code_digest

_one_at_a_time = threading.Lock()  # a Dask worker may have several threads; judging uses one
_servers: dict[bytes, Any] = {}


@dataclass(frozen=True)
class Parcel:
    """One submission for a worker; `files` holds bytes, the size of a file that is too large to be read, or None for
    what is no file."""

    student: str
    files: dict[str, bytes | int | None]
    attempt: int = 0


def pack(folder: Path) -> dict[str, bytes | int | None]:
    """A submission's files by their relative path; what cannot be read as its size where that is why, else as None."""
    files: dict[str, bytes | int | None] = {}
    for path in entries_of(folder):
        about = path.lstat()
        if stat.S_ISDIR(about.st_mode):
            continue
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = read_file(path)
        except InvalidSubmission:
            too_large = stat.S_ISREG(about.st_mode) and about.st_size > MAX_FILE
            files[name] = about.st_size if too_large else None
    return files


def unpack(files: dict[str, bytes | int | None], folder: Path) -> None:
    """The files that `pack` packed; what was no file becomes a link to nowhere, which is refused like the original."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.symlink_to("nowhere")
        elif isinstance(content, int):
            with path.open("wb") as file:
                file.truncate(content)
        else:
            path.write_bytes(content)


def judge_parcel(setup: bytes, parcel: bytes) -> bytes:
    """On a worker: judge one submission; returns its outcome as JSON."""
    return json.dumps(to_json(_judge(setup, pickle.loads(parcel)))).encode()


def _judge(setup: bytes, sent: Parcel) -> Outcome:
    assignment, secret, limits, sandbox, version = pickle.loads(setup)
    if code_digest() != version:
        where = platform.node()
        return Unfit(f"The worker on {where} has another version of the course. Install this one there.")
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="course-") as scratch:
        folder = Path(scratch, "submission")
        folder.mkdir()
        unpack(sent.files, folder)
        for _ in range(2):  # the kept server may have died since the last submission
            try:
                server = _server(assignment, limits, sandbox)
                return judged(server, folder, sent.student, assignment, secret, sent.attempt)
            except UnsafeHost as error:
                return Unsafe(str(error))
            except ServerError as error:
                _close_servers()
                reason = str(error)
    return Lost(f"The process that judged it failed: {reason}")


def _server(assignment: Assignment, limits: Limits, sandbox: str) -> Any:
    """This worker's fork server for an assignment, started when it is first needed."""
    from autograder.judge.alone import server_of_judges, warm

    key = pickle.dumps((assignment.digest(), limits, sandbox))
    if key not in _servers:
        _close_servers()
        _servers[key] = server_of_judges(assignment.profile, limits, sandbox).__enter__()
        warm(_servers[key], assignment)
    return _servers[key]


def _close_servers() -> None:
    while _servers:
        with contextlib.suppress(OSError):
            _servers.popitem()[1].close()
