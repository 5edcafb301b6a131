"""The judge's line to one student's process: a question goes out, a value or the student's error comes back."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from course_utils.exercises.frozen import REFUSING

from . import proxy, wire
from .errors import StudentCrash, StudentError, StudentTimeout, out_of_time, student_error
from .proxy import Proxy
from .sandbox.limits import Limits

GRACE_SECONDS = 2  # between the interrupt inside the student's process and its end
RUNS_CELLS = ("stand_in",)  # what takes a cell's time, not a call's
MAX_AHEAD = 64 << 10  # bytes of calls on their way: as many as a socket takes while nobody reads
TOO_MUCH = "a value that is too large, or nested too deep"  # whatever the student's process says of it
LOOK_SECONDS = 1  # how often the judge looks at the processor time of a call that lasts


class Line:
    """A line to one student's process. Every answer is a value; whatever else arrives ends the line."""

    def __init__(self, sock: socket.socket, limits: Limits, deadline: float, used: Callable[[], float | None]) -> None:
        """`deadline` by the clock; `used` tells the processor time so far of all that the student started."""
        self._sock, self.limits, self.deadline, self._used = sock, limits, deadline, used
        self._inbox = wire.Inbox(sock)
        self._next, self._clock = 0, 0.0
        self._ahead: deque[int] = deque()  # the numbers of the calls that were sent ahead
        self._since = 0.0  # when at the latest what is waited for was begun
        self._sealed: list[str] = []  # the functions of the course that cannot be called over there
        self.alive = True
        self.untold = ""  # what could not travel, neither way, since this was last emptied
        self.waited = False  # whether something ran out of time by the clock, not of processor time

    @property
    def namespace(self) -> Mapping[str, Any]:
        """The student's names: plain values as such, everything else as a Proxy."""
        return _Namespace(self)

    def ask(self, do: str, **with_: Any) -> Any:
        """The value that one request gives. Errors: StudentError and its kinds."""
        seconds = self.limits.cell_seconds if do in RUNS_CELLS else self.limits.check_seconds
        reply = self._request(do, with_, seconds)
        if "changed" in reply:
            proxy.write_back((with_["args"], with_["kwargs"]), reply["changed"])
        if reply.get("timed_out"):
            raise self._out_of_time(seconds, reply["timed_out"] == "clock")
        if reply.get("missing"):
            raise KeyError(with_.get("name"))
        if "error" in reply:
            error = student_error(reply["error"])
            if error.kind == wire.NotPlain.__name__:
                self.untold = self.untold or TOO_MUCH
            raise error
        return reply.get("value")

    def bring_back(self, number: int) -> bool:
        """Have the notebook's names as they were kept; whether they are, and nothing is left of the check before."""
        with contextlib.suppress(StudentError):
            return self._request("bring_back", {"number": number}, self.limits.check_seconds).get("value") is True
        return False

    @contextlib.contextmanager
    def sealing(self, names: list[str]) -> Iterator[None]:
        """Within the block these functions of the course, "module:name" each, cannot be called over there."""
        self._sealed = names
        try:
            yield
        finally:
            self._sealed = []

    @contextlib.contextmanager
    def calls_ahead(self, target: wire.Handle, calls: Iterable[tuple[tuple, dict]]) -> Iterator[None]:
        """Send calls of one object in one message. Within the block each of them takes the answer that is its own.

        Over there nothing else changes: one call after another, each within its limits, and none after one that ends
        the process or runs out of time. What cannot travel, or is too large, is sent when it is its turn.
        """
        left = self.deadline - time.monotonic()
        if self.alive and left > 0:
            seconds = self.limits.check_seconds
            times = {"seconds": seconds, "clock": min(seconds * self.limits.clock_factor, left)}
            with contextlib.suppress(wire.NotPlain, OSError):
                together = list(_small(calls))
                what = {"target": target, "calls": together}
                request = {"do": "calls", "id": self._next + 1, **times, "sealed": self._sealed, "with": what}
                frame = wire.dumps(request, self._outgoing)
                if len(frame) <= MAX_AHEAD:
                    wire.send(self._sock, frame, self.deadline)
                    self._ahead.extend(range(self._next + 1, self._next + 1 + len(together)))
                    self._next, self._since = self._next + len(together), time.monotonic()
        try:
            yield
        finally:
            if self._ahead and self.alive:  # the judge could not go on: nobody would tell their answers from later ones
                self._abandon()
            self._ahead.clear()

    def _request(self, do: str, with_: dict, seconds: float, fd: int | None = None) -> dict:
        left = self.deadline - time.monotonic()
        if not self.alive:
            raise StudentCrash("the student's process has ended")
        if left <= 0:
            self._abandon()
            raise StudentTimeout("the submission's time is used up")
        self._clock = min(seconds * self.limits.clock_factor, left)
        ahead = do == "call" and bool(self._ahead)
        frame = b"" if ahead else self._frame(do, with_, seconds)
        number = self._ahead.popleft() if ahead else self._next
        latest = time.monotonic() + self._clock + GRACE_SECONDS
        try:
            if not ahead:
                self._since = time.monotonic()
                wire.send(self._sock, frame, latest)
                if fd is not None:
                    socket.send_fds(self._sock, [b"F"], [fd])
            waited = self._watch(seconds, latest)
            reply = wire.loads(self._inbox.receive(latest, wire.MAX_REPLY), self._incoming)
        except StudentTimeout:
            self._abandon()
            raise
        except TimeoutError:
            self._abandon()
            raise self._out_of_time(seconds, by_the_clock=True) from None
        except wire.WireError as error:
            self._abandon()
            raise StudentCrash(f"the student's process sent something unreadable: {error}") from None
        except (EOFError, OSError):
            raise self._gone(time.monotonic() - self._since) from None
        except MemoryError:  # a part of it may have been read
            self._abandon()
            raise StudentCrash("the student's process sent more than can be held here") from None
        if type(reply) is not dict or reply.get("id") != number:
            self._abandon()
            raise StudentCrash("the student's process sent an answer to a question that was not asked")
        if "last" in reply:
            self._ahead.clear()
        if waited:  # else it has gone on since, and nobody knows when it began with the next call
            self._since = time.monotonic()
        return reply

    def _frame(self, do: str, with_: dict, seconds: float) -> bytes:
        self._next += 1
        request = {"do": do, "id": self._next, "seconds": seconds, "clock": self._clock}
        try:
            return wire.dumps({**request, "sealed": self._sealed, "with": with_}, self._outgoing)
        except wire.NotPlain as error:
            self.untold = self.untold or str(error)
            raise

    def _watch(self, seconds: float, latest: float) -> bool:
        """Wait for an answer, unless it is there; whether it had to be waited for.

        Errors: StudentTimeout when the process and its children go on beyond their seconds.
        """
        begun = None
        if self._inbox.waiting() or select.select([self._sock], [], [], 0)[0]:
            return False
        while not select.select([self._sock], [], [], max(0.0, min(LOOK_SECONDS, latest - time.monotonic())))[0]:
            if time.monotonic() >= latest:
                raise TimeoutError
            used = self._used()
            if used is None:
                continue
            begun = used if begun is None else begun
            if used - begun > seconds + GRACE_SECONDS:
                raise self._out_of_time(seconds)
        return True

    def _out_of_time(self, seconds: float, by_the_clock: bool = False) -> StudentTimeout:
        self.waited = self.waited or by_the_clock
        return out_of_time(seconds, self._clock if by_the_clock else 0)

    def _outgoing(self, value: Any) -> Any:
        if isinstance(value, Proxy):
            return value._handle
        if name := proxy.public_name(value):
            return wire.Handle(wire.BY_NAME, {"name": name})
        if isinstance(value, np.random.Generator):  # what is drawn over there does not move it on here
            return wire.Handle(wire.GENERATOR, {"state": json.dumps(value.bit_generator.state)})
        if isinstance(value, REFUSING):  # over there it does not refuse: a change is seen when it comes back
            return list(value) if isinstance(value, list) else dict(value)
        raise wire.NotPlain(f"a {type(value).__name__} cannot be sent to the student's process")

    def _incoming(self, handle: wire.Handle) -> Proxy:
        return proxy.make(self, handle)

    def _gone(self, after: float) -> StudentError:
        """The error for a process that ended so many seconds after the question."""
        raise NotImplementedError

    def _abandon(self) -> None:
        raise NotImplementedError


def _small(calls: Iterable[tuple[tuple, dict]]) -> Iterator[tuple[tuple, dict]]:
    """The calls, as long as their arrays are small. Errors: NotPlain."""
    size = 0
    for args, kwargs in calls:
        size += sum(getattr(part, "nbytes", 0) for part in (*args, *kwargs.values()) if isinstance(part, np.ndarray))
        if size > MAX_AHEAD:
            raise wire.NotPlain("too much to be sent ahead")
        yield args, kwargs


class _Namespace(Mapping):
    def __init__(self, line: Line) -> None:
        self._line = line

    @contextlib.contextmanager
    def standing_in(self, lesson: str, exercise: str, earlier: Sequence[str]) -> Iterator[list[str]]:
        """Within the block the course's answers to the earlier exercises stand in; gives the names that it claims."""
        used = self._line.ask("stand_in", lesson=lesson, exercise=exercise, earlier=list(earlier))
        try:
            yield list(filter(proxy.short_name, used[: proxy.MAX_NAMES])) if type(used) is list else []
        finally:
            with contextlib.suppress(StudentError):  # a process that has ended needs none put back
                self._line.ask("stand_down")

    def __getitem__(self, name: str) -> Any:
        return self._line.ask("get", name=name)

    def __iter__(self) -> Iterator[str]:
        names = self._line.ask("names")
        return iter([name for name in names if type(name) is str] if type(names) is list else [])

    def __len__(self) -> int:
        return sum(1 for _ in self)
