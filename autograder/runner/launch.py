"""The judge's side of the fork server: start it, and have it spawn students' processes.

with ForkServer("numpy") as server, server.spawn() as student:
    student.run_cell("def double(x): return 2 * x")
    student.namespace["double"](np.ones(3))      # runs over there; the array comes back as a plain value
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from autograder.errors import InvalidSubmission, JudgeLost, ServerError, UnsafeHost
from autograder.submitted import plain_files_of, read_file

from . import environment, wire
from .folder import OwnFolder
from .processes import with_variable
from .sandbox.limits import Limits
from .session import START_SECONDS, Session

NO_FORK = (
    "This system cannot fork processes, so no student's code can be run apart from you: grade on Linux, or on Windows "
    "in WSL 2. Your own copy is checked everywhere: course check NOTEBOOK."
)
NOTES = "refused"  # the file in the server's folder that a traced cage writes
MAX_FILE = 16 << 20
MAX_FILES = 64 << 20  # bytes of all of them
MAX_COUNT = 200
MAX_CODE = 10_000  # characters of a cell whose names are read beforehand


class Orders:
    """Whoever may order students' processes of a fork server, over a socket."""

    def __init__(self, control: socket.socket, limits: Limits, sandbox: str) -> None:
        self._control, self.limits, self.sandbox, self._count = control, limits, sandbox, 0

    def spawn(self, files: Path | None = None) -> Session:
        """A new student's process with an empty scratch folder, into which the small regular files of `files` go."""
        self._count += 1
        with contextlib.ExitStack() as unless_it_starts:
            mine, theirs = socket.socketpair()
            unless_it_starts.enter_context(mine)
            with theirs:
                small = small_files(files) if files else {}
                self._order({"do": "spawn", "id": self._count, "files": small}, theirs)
            student = Session(partial(self.end, self._count), mine, self.limits, partial(self._used, self._count))
            unless_it_starts.pop_all()
        return student

    def end(self, number: int, patience: float) -> int:
        """How one student's process ended; if it has not within `patience` seconds, it is stopped."""
        return self._order({"do": "end", "id": number, "patience": patience})["ended"]

    def _used(self, number: int) -> float | None:
        return self._order({"do": "used", "id": number})["used"]

    def _order(self, order: dict, give: socket.socket | None = None) -> dict:
        deadline = time.monotonic() + START_SECONDS
        try:
            wire.send(self._control, wire.dumps(order), deadline)
            if give:
                socket.send_fds(self._control, [b"F"], [give.fileno()])
        except OSError as error:
            raise self._failed(error) from error
        return self._reply(deadline)

    def _reply(self, deadline: float) -> dict:
        try:
            return wire.loads(wire.receive(self._control, deadline))
        except (OSError, EOFError) as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> ServerError:
        return ServerError(f"The fork server failed ({type(error).__name__}). {self._last_words()}".rstrip())

    def _last_words(self) -> str:
        return ""


class Connection(Orders):
    """One connection to a fork server; each thread needs its own (`ForkServer.connect`)."""

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; what was started over this connection ends."""
        self._control.close()

    def run_alone(self, task: bytes, folder: Path, seconds: float) -> bytes:
        """What `main` of the judges' module makes of the task, in a process of its own that may read the folder.

        Errors: JudgeLost when that process ends, or takes longer than so many seconds by the clock; ServerError.
        """
        self._count += 1
        mine, theirs = socket.socketpair()
        with mine:
            with theirs:
                self._order({"do": "judge", "id": self._count, "folder": str(folder)}, theirs)
            deadline, late = time.monotonic() + seconds, ""
            try:
                wire.send(mine, wire.dumps(task), deadline)
                return wire.loads(wire.receive(mine, deadline))
            except TimeoutError:
                late = f"it was not done after {seconds:.0f} seconds by the clock"
            except (OSError, EOFError, wire.WireError):
                late = ""
            finally:
                code = self.end(self._count, 0 if late else 1)
        raise JudgeLost(late or f"its process ended (exit code {code})", "timed_out" if late else "crashed")


class ForkServer(Connection):
    """A fresh Python process that has imported a profile's packages and forks caged children; use it in `with`.

    `profile`: "numpy" or "tensorflow". `sandbox`: "auto", "namespaces", "landlock" or "none". `judges`: the module
    whose `main` a child of its own may be asked to run (`run_alone`).
    Errors: UnsafeHost when the host cannot confine student code; ServerError when the server does not start.
    The server dies with the thread that started it. `traced`: what students' code is refused is noted (`refused`).
    """

    def __init__(
        self,
        profile: str = "numpy",
        limits: Limits | None = None,
        sandbox: str = "auto",
        judges: str = "",
        traced: bool = False,
    ) -> None:
        self.traced = traced
        self.profile, self.limits, self.wanted, self.judges = profile, limits or Limits.of(profile), sandbox, judges
        self.sandbox = ""
        self._process: subprocess.Popen | None = None
        self._count, self._one_at_a_time = 0, threading.Lock()

    def __enter__(self) -> ForkServer:
        self.start()
        self.wait()
        return self

    def start(self) -> None:
        """Begin to start it; it imports while the caller does other things until it has to `wait`."""
        if not hasattr(os, "fork"):
            raise UnsafeHost(NO_FORK)
        self._folder = OwnFolder()
        os.chmod(self._folder.name, 0o711)
        Path(self._folder.name, "root").mkdir()
        self._control, theirs = socket.socketpair()
        try:
            with theirs, open(Path(self._folder.name, "log"), "wb") as log:
                command = "from autograder.runner.server import main; main()"
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", command, str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    env=environment.closed(self._folder.name),
                    cwd=self._folder.name,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            data = os.environ.get("COURSE_DATA_DIR")
            settings = {
                "profile": self.profile,
                "limits": asdict(self.limits),
                "sandbox": self.wanted,
                "judges": self.judges,
                "notes": NOTES if self.traced else "",
                "parent": os.getpid(),
                "readable": [str(Path(data).resolve())] if data else [],
            }
            with contextlib.suppress(OSError):  # it has died already: `wait` tells
                wire.send(self._control, wire.dumps(settings))
        except BaseException:
            self.close()
            raise

    def wait(self) -> None:
        """Until it is ready. Errors: UnsafeHost, ServerError."""
        if self.sandbox:
            return
        try:
            ready = self._reply(time.monotonic() + START_SECONDS)
            if "unsafe" in ready:
                raise UnsafeHost(ready["unsafe"])
            if ready["threads"] != 1:
                raise ServerError(f"the fork server has {ready['threads']} threads after its imports; it must have one")
        except BaseException:
            self.close()
            raise
        self.sandbox = ready["sandbox"]

    def connect(self) -> Connection:
        """A connection of one's own. Errors: ServerError."""
        mine, theirs = socket.socketpair()
        try:
            with theirs, self._one_at_a_time:
                self._order({"do": "connect"}, theirs)
        except BaseException:
            mine.close()
            raise
        return Connection(mine, self.limits, self.sandbox)

    def close(self) -> None:
        """Stop the server and everything it started."""
        with contextlib.suppress(OSError):  # it has died already
            wire.send(self._control, wire.dumps({"do": "close"}))
        self._control.close()
        if self._process:
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._folder.cleanup()

    def warm(
        self,
        lesson: str = "",
        modules: Sequence[str] = (),
        files: Mapping[str, bytes] | None = None,
        code: Sequence[str] = (),
    ) -> None:
        """Have a lesson and modules loaded before anything is forked; a module must start no thread.

        The assignment's `files` will lie beside every notebook, over the student's own. The names in its open `code`
        are read once, and not in each student's process.
        """
        about = {"lesson": lesson, "modules": list(modules), "files": dict(files or {})}
        short = [text for text in code if len(text) < MAX_CODE][:MAX_COUNT]
        self._order({"do": "warm", **about, "code": short})

    def spent(self) -> dict[str, float]:
        """Processor seconds of the server itself, and of the judges and students' processes that have ended."""
        return self._order({"do": "spent"})["spent"]

    def left(self) -> list[int]:
        """The processes that come from this server and are still there, also those that fled from their parents."""
        return [pid for pid in with_variable("HOME", self._folder.name, looks=20) if pid != self._process.pid]

    def refused(self) -> list[str]:
        """The system calls that students' code was refused, each kind once, in the order in which they came."""
        notes = Path(self._folder.name, NOTES)
        return list(dict.fromkeys(notes.read_text().splitlines())) if notes.exists() else []

    def _last_words(self) -> str:
        log = Path(self._folder.name, "log")
        return f"Its last words:\n{log.read_text(errors='replace')[-2000:]}" if log.exists() else ""


def small_files(folder: Path) -> dict[str, bytes]:
    """The regular files of a submission that are not notebooks; links, devices and large files stay out."""
    found, total = {}, 0
    for path, _ in plain_files_of(folder):
        inside = path.relative_to(folder)
        if any(part.endswith(".ipynb") or part[:1] == "." for part in inside.parts) or len(found) >= MAX_COUNT:
            continue
        with contextlib.suppress(InvalidSubmission):  # a device, a large or a locked file stays out
            data = read_file(path, min(MAX_FILE, MAX_FILES - total))
            found[inside.as_posix()], total = data, total + len(data)
    return found
