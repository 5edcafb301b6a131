"""The same work on a Dask cluster (`course grade --scheduler ADDRESS`): a submission goes out as bytes, its result
comes back as bytes. Each Dask worker keeps a fork server of its own; nothing is shared but the network.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import platform
import stat
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.course import CourseError
from autograder.pool import Task, UnsafeHostError
from autograder.results import SubmissionResult
from autograder.submission import MAX_FILE, InvalidSubmission, read_file
from autograder.version import code_digest

CONNECT_SECONDS = 10

_one_at_a_time = threading.Lock()  # a Dask worker may have several threads; judging uses one
_servers: dict[bytes, Any] = {}


@dataclass(frozen=True)
class Parcel:
    """One submission for a worker; `files` holds bytes, the size of a file that is too large to be read, or None for
    what is no file."""

    student: str
    files: dict[str, bytes | int | None]


class Cluster:
    """Judges like `Pool`, on the workers of the Dask cluster at `address`.

    Errors: CourseError when Dask is not installed, no scheduler answers, or it has no workers of the same version.
    """

    def __init__(self, address: str, limits: Any, sandbox: str):
        self.address, self.limits, self.wanted, self.sandbox = address, limits, sandbox, ""
        try:
            from distributed import Client
        except ImportError as error:
            raise CourseError("--scheduler needs Dask: pip install 'exploring-neural-networks[scale]'.") from error
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(
                f"No Dask scheduler answers at {address}. Start one with `dask scheduler`, and on each machine "
                f"`dask worker {address} --nthreads 1 --nworkers auto`."
            ) from error

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def run(self, tasks: list[Task], assignment: Assignment, secret: bytes) -> Iterator[tuple[Task, SubmissionResult]]:
        """Judge the tasks, each result as soon as it is there. A worker's death is that submission's result."""
        from distributed import as_completed

        from autograder.verdict import failed_result

        if not self._client.nthreads():
            self._client.close()
            raise CourseError(f"The scheduler has no workers. Start one: `dask worker {self.address} --nthreads 1`.")
        setup = pickle.dumps((assignment, secret, self.limits, self.wanted, code_digest()))
        there = self._client.scatter(setup, broadcast=True, hash=False)
        waiting = {}
        for task in tasks:
            parcel = pickle.dumps(Parcel(task.student, pack(task.folder)))
            waiting[self._client.submit(judge_parcel, there, parcel, pure=False)] = task
        for future in as_completed(list(waiting), loop=self._client.loop):
            task = waiting.pop(future)
            if future.status != "finished":
                reason = f"The worker that judged it ended ({future.exception()})."
                yield task, replace(failed_result(assignment, task.student, "crashed", reason), retry=True)
                continue
            kind, content = json.loads(future.result())
            if kind == "unsafe":
                raise UnsafeHostError(content)
            if kind == "version":
                raise CourseError(content)
            if kind == "lost":
                reason = f"The process that judged it failed: {content}"
                yield task, replace(failed_result(assignment, task.student, "crashed", reason), retry=True)
                continue
            result = SubmissionResult.from_record(content)
            self.sandbox = result.sandbox
            yield task, result


def pack(folder: Path) -> dict[str, bytes | int | None]:
    """A submission's files by their relative path; what cannot be read as its size where that is why, else as None."""
    files: dict[str, bytes | int | None] = {}
    for path in sorted(folder.rglob("*")):
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
    """On a worker: judge one submission. Returns JSON: (kind, content), the content a result's record or a reason."""
    from autograder.runner.session import ServerError, UnsafeHost
    from autograder.verdict import judge_submission

    assignment, secret, limits, sandbox, version = pickle.loads(setup)
    if code_digest() != version:
        where = platform.node()
        return _told("version", f"The worker on {where} has another version of the course. Install this one there.")
    sent: Parcel = pickle.loads(parcel)
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="course-") as scratch:
        folder = Path(scratch, "submission")
        folder.mkdir()
        unpack(sent.files, folder)
        for _ in range(2):  # the kept server may have died since the last submission
            try:
                server = _server(assignment.profile, limits, sandbox)
                result = judge_submission(folder, sent.student, assignment, server, secret)
                return _told("result", result.to_record())
            except UnsafeHost as error:
                return _told("unsafe", str(error))
            except ServerError as error:
                _close_servers()
                reason = str(error)
    return _told("lost", reason)


def _server(profile: str, limits: Any, sandbox: str) -> Any:
    """This worker's fork server for a profile, started when it is first needed."""
    from autograder.runner.session import ForkServer

    key = pickle.dumps((profile, limits, sandbox))
    if key not in _servers:
        _close_servers()
        _servers[key] = ForkServer(profile, limits, sandbox).__enter__()
    return _servers[key]


def _close_servers() -> None:
    while _servers:
        with contextlib.suppress(OSError):
            _servers.popitem()[1].close()


def _told(kind: str, content: Any) -> bytes:
    return json.dumps((kind, content)).encode()
