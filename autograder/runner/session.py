"""The judge's side of the fork server: start it, spawn students' processes, run their cells, ask for their values.

with ForkServer("numpy") as server, server.spawn() as student:
    student.run_cell("def double(x): return 2 * x")
    student.namespace["double"](np.ones(3))      # runs over there; the array comes back as a plain value
"""

from __future__ import annotations

import base64
import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from . import proxy, wire
from .proxy import Proxy, StudentAttributeError, StudentCrash, StudentError, StudentTimeout
from .sandbox import Limits, UnsafeHost

__all__ = [
    "CellOutcome",
    "ForkServer",
    "Limits",
    "Proxy",
    "ServerError",
    "Session",
    "StudentCrash",
    "StudentError",
    "StudentTimeout",
    "UnsafeHost",
]

START_SECONDS = 120  # importing TensorFlow on a slow disk
GRACE_SECONDS = 2  # between the interrupt inside the student's process and its end
MAX_FILE = 16 << 20
MAX_FILES = 64 << 20


class ServerError(Exception):
    """The fork server itself failed: an infrastructure problem, never the student's."""


@dataclass(frozen=True)
class CellOutcome:
    """How a cell ended: "ok", "error", "timed_out" or "crashed", what it showed (nbformat outputs), and why."""

    status: str
    outputs: list[dict] = field(default_factory=list)
    message: str = ""


class ForkServer:
    """A fresh Python process that has imported a profile's packages and forks caged children; use it in `with`.

    `profile`: "numpy" or "tensorflow". `sandbox`: "auto", "namespaces", "landlock" or "none".
    Errors: UnsafeHost when the host cannot confine student code; ServerError when the server does not start.
    The server dies with the thread that started it.
    """

    def __init__(self, profile: str = "numpy", limits: Limits | None = None, sandbox: str = "auto") -> None:
        self.profile, self.limits, self.wanted = profile, limits or Limits(), sandbox
        self.sandbox = ""
        self._process: subprocess.Popen | None = None
        self._count = 0

    def __enter__(self) -> ForkServer:
        self._folder = tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True)
        os.chmod(self._folder.name, 0o711)
        Path(self._folder.name, "root").mkdir()
        self._control, theirs = socket.socketpair()
        try:
            with theirs, open(Path(self._folder.name, "log"), "wb") as log:
                command = "from autograder.runner.forkserver import main; main()"
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", command, str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    env=_environment(self._folder.name, self.profile),
                    cwd=self._folder.name,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            data = os.environ.get("COURSE_DATA_DIR")
            ready = self._order({
                "profile": self.profile,
                "limits": asdict(self.limits),
                "sandbox": self.wanted,
                "parent": os.getpid(),
                "readable": [str(Path(data).resolve())] if data else [],
            })
            if "unsafe" in ready:
                raise UnsafeHost(ready["unsafe"])
            if ready["threads"] != 1:
                raise ServerError(f"the fork server has {ready['threads']} threads after its imports; it must have one")
        except BaseException:
            self.close()
            raise
        self.sandbox = ready["sandbox"]
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server and everything it started."""
        self._control.close()
        if self._process:
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._folder.cleanup()

    def spawn(self, files: Path | None = None) -> Session:
        """A new student's process with an empty scratch folder, into which the small regular files of `files` go."""
        self._count += 1
        with contextlib.ExitStack() as unless_it_starts:
            mine, theirs = socket.socketpair()
            unless_it_starts.enter_context(mine)
            with theirs:
                self._order({"do": "spawn", "id": self._count, "files": _small_files(files) if files else {}}, theirs)
            student = Session(self, self._count, mine, self.limits)
            unless_it_starts.pop_all()
        return student

    def end(self, number: int, patience: float) -> int:
        """How one student's process ended; if it has not within `patience` seconds, it is stopped."""
        return self._order({"do": "end", "id": number, "patience": patience})["ended"]

    def _order(self, order: dict, give: socket.socket | None = None) -> dict:
        deadline = time.monotonic() + START_SECONDS
        try:
            wire.send(self._control, wire.dumps(order), deadline)
            if give:
                socket.send_fds(self._control, [b"F"], [give.fileno()])
            return wire.loads(wire.receive(self._control, deadline))
        except (OSError, EOFError) as error:
            log = Path(self._folder.name, "log")
            last = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise ServerError(f"The fork server failed ({type(error).__name__}). Its last words:\n{last}") from error


_KEPT = ("LANG", "LC_ALL", "TZ", "COURSE_DATA_DIR", "LD_LIBRARY_PATH")


def _environment(home: str, profile: str) -> dict[str, str]:
    """The server's whole environment: nothing of the judge's that could be a secret."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "exploring-neural-networks", "matplotlib")
    with contextlib.suppress(OSError):  # without it Matplotlib makes a temporary folder and looks for fonts each time
        cache.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "KERAS_HOME": f"{home}/keras",
        "IPYTHONDIR": f"{home}/ipython",
        "MPLCONFIGDIR": str(cache),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "COURSE_OFFLINE": "1",
        "COURSE_GRADING": "1",
        "NBGRADER_EXECUTION": "autograde",
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
    }


def _small_files(folder: Path) -> dict[str, bytes]:
    """The regular files of a submission that are not notebooks; links, devices and large files stay out."""
    found, total = {}, 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.endswith(".ipynb") or len(found) >= 200:
                continue
            try:
                handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            except OSError:
                continue  # a link, or a file nobody may read: not part of what the student handed in
            with open(handle, "rb") as file:
                status = os.fstat(handle)
                if stat.S_ISREG(status.st_mode) and status.st_size <= min(MAX_FILE, MAX_FILES - total):
                    found[str(path.relative_to(folder))] = file.read(MAX_FILE)
                    total += status.st_size
    return found


class Channel:
    """A line to one student's process. Every answer is a value; whatever else arrives ends the line."""

    def __init__(self, sock: socket.socket, limits: Limits, deadline: float) -> None:
        self._sock, self.limits, self._deadline = sock, limits, deadline
        self._next = 0
        self.alive = True

    @property
    def namespace(self) -> Mapping[str, Any]:
        """The student's names: plain values as such, everything else as a Proxy."""
        return _Namespace(self)

    @property
    def threads(self) -> int:
        """How many threads the student's process has (its own claim)."""
        count = self.ask("threads")
        return count if type(count) is int else 0

    def ask(self, do: str, **with_: Any) -> Any:
        """The value that one request gives. Errors: StudentError and its kinds."""
        reply = self._request(do, with_, self.limits.check_seconds)
        if "changed" in reply:
            proxy.write_back((with_["args"], with_["kwargs"]), reply["changed"])
        if reply.get("timed_out"):
            raise StudentTimeout(f"it took more than {self.limits.check_seconds:g} seconds")
        if reply.get("missing"):
            raise KeyError(with_.get("name"))
        if "error" in reply:
            raise _student_error(reply["error"])
        return reply.get("value")

    def _request(self, do: str, with_: dict, seconds: float, fd: int | None = None) -> dict:
        left = self._deadline - time.monotonic()
        if not self.alive:
            raise StudentCrash("the student's process has ended")
        if left <= 0:
            self._abandon()
            raise StudentTimeout("the submission's time is used up")
        seconds = min(seconds, left)
        self._next += 1
        frame = wire.dumps({"do": do, "id": self._next, "seconds": seconds, "with": with_}, self._outgoing)
        started = time.monotonic()
        latest = started + seconds + GRACE_SECONDS
        try:
            wire.send(self._sock, frame, latest)
            if fd is not None:
                socket.send_fds(self._sock, [b"F"], [fd])
            reply = wire.loads(wire.receive(self._sock, latest, wire.MAX_REPLY), self._incoming)
        except TimeoutError:
            self._abandon()
            raise StudentTimeout(f"it took more than {seconds:g} seconds and could not be interrupted") from None
        except wire.WireError as error:
            self._abandon()
            raise StudentCrash(f"the student's process sent something unreadable: {error}") from None
        except (EOFError, OSError):
            raise self._gone(time.monotonic() - started >= seconds) from None
        if type(reply) is not dict or reply.get("id") != self._next:
            self._abandon()
            raise StudentCrash("the student's process sent an answer to a question that was not asked")
        return reply

    def _outgoing(self, value: Any) -> Any:
        if isinstance(value, Proxy):
            return value._handle
        if name := proxy.public_name(value):
            return wire.Handle(wire.BY_NAME, {"name": name})
        raise wire.NotPlain(f"a {type(value).__name__} cannot be sent to the student's process")

    def _incoming(self, handle: wire.Handle) -> Proxy:
        return proxy.make(self, handle)

    def _gone(self, in_time: bool) -> StudentError:
        raise NotImplementedError

    def _abandon(self) -> None:
        raise NotImplementedError


class Session(Channel):
    """One student's process. Use it in `with`; it ends with the block, whatever its code has done."""

    def __init__(self, server: ForkServer, number: int, sock: socket.socket, limits: Limits) -> None:
        super().__init__(sock, limits, time.monotonic() + limits.submission_seconds)
        self._server, self._number = server, number
        try:  # the one message that is written before any student code runs
            hello = wire.loads(wire.receive(sock, time.monotonic() + START_SECONDS))
        except (EOFError, OSError) as error:
            raise ServerError(f"A student's process did not start ({type(error).__name__}).") from error
        if "broken" in hello:
            self._abandon()
            raise ServerError(f"The sandbox could not be entered: {hello['broken']}")

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        if self.alive:
            self._abandon()

    def run_cell(self, source: str, timeout: float | None = None) -> CellOutcome:
        """Run one cell of the notebook. Never raises on the student's account."""
        seconds = timeout or self.limits.cell_seconds
        try:
            reply = self._request("cell", {"source": source}, seconds)
        except StudentTimeout as error:
            return CellOutcome("timed_out", message=error.message)
        except StudentCrash as error:
            return CellOutcome("crashed", message=error.message)
        outputs = _checked_outputs(reply.get("outputs"), self.limits.output_kb << 10)
        if reply.get("timed_out"):
            return CellOutcome("timed_out", outputs, f"the cell took more than {seconds:g} seconds")
        if "error" in reply:
            return CellOutcome("error", outputs, str(_student_error(reply["error"])))
        return CellOutcome("ok", outputs)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Fork | None]:
        """A copy of the student's process, to be used up by one check; None when it cannot be copied.

        It cannot when it has more than one thread (TensorFlow's, say), when it is dead, and when it may not fork.
        """
        mine, theirs = socket.socketpair()
        with mine:
            made = None
            with theirs, contextlib.suppress(StudentError):
                made = self._request("snapshot", {}, self.limits.check_seconds, theirs.fileno()).get("value")
            fork = Fork(self, mine)
            try:
                yield fork if made is True else None
            finally:
                fork.alive = False

    def _gone(self, in_time: bool) -> StudentError:
        return StudentCrash(_how_it_ended(self._abandon(patience=1)))

    def _abandon(self, patience: float = 0) -> int:
        self.alive = False
        self._sock.close()
        return self._server.end(self._number, patience)


class Fork(Channel):
    """A copy of a student's process. It ends itself when its time is up; if it does not, the original is ended too."""

    def __init__(self, session: Session, sock: socket.socket) -> None:
        super().__init__(sock, session.limits, session._deadline)
        self._session = session

    def _gone(self, in_time: bool) -> StudentError:
        self.alive = False
        if in_time:
            return StudentTimeout(f"it took more than {self.limits.check_seconds:g} seconds")
        return StudentCrash("the process ended in the middle of the call")

    def _abandon(self) -> None:
        self.alive = False
        if self._session.alive:
            self._session._abandon()


class _Namespace(Mapping):
    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def __getitem__(self, name: str) -> Any:
        return self._channel.ask("get", name=name)

    def __iter__(self) -> Iterator[str]:
        names = self._channel.ask("names")
        return iter([name for name in names if type(name) is str] if type(names) is list else [])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _student_error(claim: Any) -> StudentError:
    fields = claim if type(claim) is dict else {}
    kind, message, where = (str(fields.get(name, ""))[:4000] for name in ("kind", "message", "where"))
    kind = kind if kind.isidentifier() else "Exception"
    if kind in ("StudentCrash", "StudentTimeout"):
        kind = "Exception"  # those words are the judge's
    return (StudentAttributeError if kind == "AttributeError" else StudentError)(kind, message, where)


def _how_it_ended(code: int) -> str:
    if code >= 128:
        try:
            name = signal.Signals(code - 128).name
        except ValueError:
            name = f"signal {code - 128}"
        hint = {
            "SIGSEGV": ": a memory error",
            "SIGKILL": ": out of memory or CPU time",
            "SIGXCPU": ": out of CPU time",
            "SIGXFSZ": ": a file grew too large",
            "SIGSYS": ": a forbidden system call",
        }.get(name, "")
        return f"the process was ended by {name}{hint}"
    return f"the process ended by itself with exit code {code}"


# ------------------------------------------------------------------ outputs, which come from hostile code

_IMAGES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex")


def _checked_outputs(claims: Any, limit: int) -> list[dict]:
    """The outputs that have the form of nbformat's; the rest is left out."""
    outputs, size = [], 0
    for claim in claims if type(claims) is list else []:
        output = _checked_output(claim) if type(claim) is dict else None
        size += len(repr(output))
        if output and size <= 2 * limit:
            outputs.append(output)
    return outputs


def _checked_output(claim: dict) -> dict | None:
    kind = claim.get("output_type")
    if kind == "stream" and claim.get("name") in ("stdout", "stderr") and type(claim.get("text")) is str:
        return {"output_type": "stream", "name": claim["name"], "text": claim["text"]}
    if kind in ("display_data", "execute_result") and type(claim.get("data")) is dict:
        data = _checked_data(claim["data"])
        extra = {"execution_count": None} if kind == "execute_result" else {}
        return {"output_type": kind, "data": data, "metadata": {}, **extra} if data else None
    if kind == "error" and type(claim.get("traceback")) is list:
        return {
            "output_type": "error",
            "ename": str(claim.get("ename")),
            "evalue": str(claim.get("evalue")),
            "traceback": [line for line in claim["traceback"] if type(line) is str],
        }
    return None


def _checked_data(claim: dict) -> dict[str, str]:
    data = {mime: claim[mime] for mime in _TEXTS if type(claim.get(mime)) is str}
    for mime, magic in _IMAGES.items():
        image = claim.get(mime)
        if type(image) is str:
            with contextlib.suppress(ValueError):
                image = base64.b64decode(image, validate=True)
        if type(image) is bytes and image.startswith(magic):
            data[mime] = base64.b64encode(image).decode()
    return data
