"""The judge's line to one student's process: a question goes out, a value or the student's error comes back."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from typing import Any

from . import proxy, wire
from .errors import StudentCrash, StudentError, StudentTimeout, student_error
from .proxy import Proxy
from .sandbox.limits import Limits

GRACE_SECONDS = 2  # between the interrupt inside the student's process and its end


class Line:
    """A line to one student's process. Every answer is a value; whatever else arrives ends the line."""

    def __init__(self, sock: socket.socket, limits: Limits, deadline: float) -> None:
        self._sock, self.limits, self._deadline = sock, limits, deadline
        self._next = 0
        self.alive = True

    @property
    def namespace(self) -> Mapping[str, Any]:
        """The student's names: plain values as such, everything else as a Proxy."""
        return _Namespace(self)

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
            raise student_error(reply["error"])
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


class _Namespace(Mapping):
    def __init__(self, line: Line) -> None:
        self._line = line

    def __getitem__(self, name: str) -> Any:
        return self._line.ask("get", name=name)

    def __iter__(self) -> Iterator[str]:
        names = self._line.ask("names")
        return iter([name for name in names if type(name) is str] if type(names) is list else [])

    def __len__(self) -> int:
        return sum(1 for _ in self)
