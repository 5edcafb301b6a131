"""A student's process where none can be forked (Windows, macOS): a fresh Python, which nothing shuts in.

    judge ──starts──► Python (`fresh_child`) ──connects──► judge

It cannot be copied, so each check works in the student's process itself, as it does where TensorFlow has threads. What
the process does to this computer is not limited; only its time is: of the processor by itself, by the clock from here.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

from autograder.errors import ServerError
from autograder.submitted import yields

from . import wire
from .launch import small_files
from .sandbox.limits import Limits
from .session import START_SECONDS, Session

COMMAND = "from autograder.runner.fresh_child import main; main()"
TOKEN_BYTES = 32
LOOK_SECONDS = 0.1  # how often a process that has not called yet is looked after
TOKEN_SECONDS = 5  # to say it, once connected


def can_fork() -> bool:
    """Whether a fork server can work here. On macOS a forked process may not use what most libraries call."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


class FreshProcesses:
    """Starts students' processes, each a fresh Python in a folder of its own."""

    sandbox = "none (no fork here)"

    def __init__(self, profile: str, limits: Limits, own: Mapping[str, bytes]) -> None:
        """`own`: the assignment's files, which lie over the student's."""
        self.profile, self.limits, self._own = profile, limits, own

    def spawn(self, files: Path | None = None) -> Session:
        """A new student's process; the small regular files of `files` go into its folder. Errors: ServerError."""
        with contextlib.ExitStack() as unless_it_starts:
            folder = tempfile.TemporaryDirectory(prefix="course-student-", ignore_cleanup_errors=True)
            unless_it_starts.callback(folder.cleanup)
            scratch, log = Path(folder.name, "notebook"), Path(folder.name, "log")
            self._fill(scratch, files)
            with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as said:
                process = subprocess.Popen(
                    [sys.executable, "-P", "-c", COMMAND],
                    cwd=folder.name,
                    stdin=subprocess.PIPE,  # ends with this process, and then the student's ends too
                    stdout=said,
                    stderr=said,
                )
                unless_it_starts.callback(_end, process, 0)
                settings = {"profile": self.profile, "limits": asdict(self.limits), "scratch": str(scratch)}
                sock = _connected(process, listener, settings, log)
            unless_it_starts.enter_context(sock)
            try:
                student = Session(partial(_end_all, process, folder), sock, self.limits)
            except ServerError as error:  # a library that cannot be loaded, for one
                raise ServerError(f"{error} {_last_words(log)}") from error
            unless_it_starts.pop_all()
        return student

    def _fill(self, scratch: Path, files: Path | None) -> None:
        scratch.mkdir()
        theirs = small_files(files) if files else {}
        for name, data in ({n: d for n, d in theirs.items() if not yields(n, self._own)} | dict(self._own)).items():
            target = scratch / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _connected(process: subprocess.Popen, listener: socket.socket, settings: dict, log: Path) -> socket.socket:
    """The line on which this process, and no other of this computer, has called. Errors: ServerError."""
    token = secrets.token_bytes(TOKEN_BYTES)
    told = {**settings, "port": listener.getsockname()[1], "token": token.hex()}
    with contextlib.suppress(OSError):  # it has ended already: told below
        process.stdin.write(json.dumps(told).encode() + b"\n")
        process.stdin.flush()
    listener.settimeout(LOOK_SECONDS)
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(TimeoutError):
            sock, _ = listener.accept()
            if _says(sock, token):
                return sock
            sock.close()
    raise ServerError(f"A process for the notebook's code did not start. {_last_words(log)}")


def _last_words(log: Path) -> str:
    return f"Its last words:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}".rstrip()


def _says(sock: socket.socket, token: bytes) -> bool:
    with contextlib.suppress(OSError, EOFError, wire.WireError):
        said = wire.loads(wire.receive(sock, time.monotonic() + TOKEN_SECONDS))
        return type(said) is bytes and hmac.compare_digest(said, token)
    return False


def _end_all(process: subprocess.Popen, folder: tempfile.TemporaryDirectory, patience: float) -> int:
    code = _end(process, patience)
    folder.cleanup()
    return code


def _end(process: subprocess.Popen, patience: float) -> int:
    """How it ended, once it has; after so many seconds it is ended. Of a signal, 128 and its number."""
    try:
        code = process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        code = process.wait()
    with contextlib.suppress(OSError):
        process.stdin.close()
    return code if code >= 0 else 128 - code
