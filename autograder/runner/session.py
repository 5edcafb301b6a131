"""One student's process as the judge sees it: run its cells, ask for its values, take a snapshot of it."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from autograder.errors import ServerError

from . import wire
from .bindings import KINDS, KNOWN, Names
from .errors import StudentCrash, StudentError, StudentTimeout, student_error
from .line import LOOK_SECONDS, Line
from .outputs import MAX_VALUE, checked_outputs
from .sandbox.limits import Limits

REFUSED = ("a program", "the network")
START_SECONDS = 600  # by the clock: importing TensorFlow on a slow disk, a machine that does much else


@dataclass(frozen=True)
class CellOutcome:
    """How a cell ended: "ok", "error", "timed_out" or "crashed", what it showed (nbformat outputs), and why.

    `decisive`: the first of its outputs that counts for nbgrader where the cell is a test ("error", "stderr" or
    "value"), with the text of the value. `refused`: what it asked for and nothing gets here, one of REFUSED.
    """

    status: str
    outputs: list[dict] = field(default_factory=list)
    message: str = ""
    raised: StudentError | None = None
    decisive: tuple[str, str] = ("", "")
    refused: str = ""


class Sessions(Protocol):
    """Whoever starts students' processes."""

    limits: Limits
    sandbox: str

    def spawn(self, files: Path | None = None) -> Session: ...


class Session(Line):
    """One student's process. Use it in `with`; it ends with the block, whatever its code has done."""

    def __init__(
        self,
        end: Callable[[float], int],
        sock: socket.socket,
        limits: Limits,
        used: Callable[[], float | None] = lambda: None,
    ) -> None:
        """`end`, told how many seconds to wait first, ends the process and returns its exit code."""
        super().__init__(sock, limits, time.monotonic() + limits.submission_seconds * limits.clock_factor, used)
        self._end, self._spent, self._begun = end, None, time.monotonic()
        self._may_show = limits.shown_mb << 20
        try:  # the one message that is written before any student code runs
            hello = wire.loads(wire.receive(sock, time.monotonic() + START_SECONDS))
        except (EOFError, OSError) as error:
            raise ServerError(f"A student's process did not start ({type(error).__name__}).") from error
        if "broken" in hello:
            self._abandon()
            raise ServerError(f"The sandbox could not be entered: {hello['broken']}")
        self._copies = hello["copies"]  # whether it can be copied at all
        self.kept: int | None = None
        """The number of the notebook's names as they are after the last cell, for checks that come later in a copy.

        None where a check has to come at once: a call could change what stands there, or nothing can be copied.
        """

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        if self.alive:
            self._abandon()

    @property
    def processor_seconds(self) -> float | None:
        """The processor time of all that the student's code started; None where it cannot be seen."""
        return self._used() if self.alive else self._spent

    def run_cell(self, source: str, seconds: float | None = None) -> CellOutcome:
        """Run one cell of the notebook. Never raises on the student's account."""
        seconds, self.kept = seconds or self.limits.cell_seconds, None
        try:
            reply = self._request("cell", {"source": source}, seconds)
        except StudentTimeout as error:
            return CellOutcome("timed_out", message=error.message)
        except StudentCrash as error:
            return CellOutcome("crashed", message=error.message)
        if self._copies and type(reply.get("kept")) is int:
            self.kept = reply["kept"]
        outputs = self._within_bounds(checked_outputs(reply.get("outputs"), self.limits.output_kb << 10))
        if reply.get("timed_out"):
            error = self._out_of_time(seconds, reply["timed_out"] == "clock")
            return CellOutcome("timed_out", outputs, error.message)
        about = {"decisive": _two_texts(reply.get("decisive"))}
        about["refused"] = next((what for what in REFUSED if what == reply.get("refused")), "")
        if "error" in reply:
            error = student_error(reply["error"])
            return CellOutcome("error", outputs, str(error), error, **about)
        return CellOutcome("ok", outputs, **about)

    def _within_bounds(self, outputs: list[dict]) -> list[dict]:
        """The outputs, until the whole notebook has shown too much."""
        self._may_show -= sum(len(repr(output)) for output in outputs)
        if self._may_show >= 0 or not outputs:
            return outputs
        text = f"No more is kept of what this notebook shows than {self.limits.shown_mb} MB.\n"
        return [{"output_type": "stream", "name": "stdout", "text": text}]

    def names_of(self, sources: Sequence[str]) -> list[Names]:
        """Which names each cell binds and needs; none where that cannot be told. Ask before the first cell is run."""
        unknown = [source for source in dict.fromkeys(sources) if source not in KNOWN]
        found = dict(zip(unknown, self._read(unknown), strict=False)) if unknown else {}
        return [KNOWN.get(source) or found.get(source, Names()) for source in sources]

    def _read(self, sources: list[str]) -> list[Names]:
        with contextlib.suppress(StudentError):  # a text made to break the parser
            claim = self._request("bindings", {"sources": sources}, self.limits.check_seconds).get("value")
            return [_names(part) for part in claim] if type(claim) is list else []
        return []

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Fork | None]:
        """A copy of the student's process, to be used up by checks; None when it cannot be copied.

        It cannot when it has more than one thread (TensorFlow's, say), when it is dead, and when it may not fork.
        What the copy changes vanishes with it, files too. Where those cannot be put back, this process ends.
        """
        if not self._copies:
            yield None
            return
        mine, theirs = socket.socketpair()
        made = None
        try:
            with mine:
                with theirs, contextlib.suppress(StudentError):
                    made = self._request("snapshot", {}, self.limits.check_seconds, theirs.fileno()).get("value")
                fork = Fork(self, mine)
                try:
                    yield fork if made is True else None
                finally:
                    fork.alive, self.waited = False, self.waited or fork.waited
        finally:
            with contextlib.suppress(StudentError):
                if made is True:
                    self._request("put_back", {}, self.limits.check_seconds)

    def _gone(self, after: float) -> StudentError:
        return StudentCrash(_how_it_ended(self._abandon(patience=1)))

    def _abandon(self, patience: float = 0) -> int:
        self.alive = False
        with self._sock:  # closed even when the fork server has gone and can tell nothing
            lasted = time.monotonic() - self._begun
            self._spent = lasted if lasted < LOOK_SECONDS else self._used()  # looking takes time
        return self._end(patience)


class Fork(Line):
    """A copy of a student's process. It ends itself when its time is up; if it does not, the original is ended too."""

    def __init__(self, session: Session, sock: socket.socket) -> None:
        super().__init__(sock, session.limits, session.deadline, session._used)
        self._session = session

    def _gone(self, after: float) -> StudentError:
        self.alive = False
        if after >= self.limits.check_seconds:  # its own timers end it
            return self._out_of_time(self.limits.check_seconds, by_the_clock=after >= self._clock)
        return StudentCrash("the process ended in the middle of the call")

    def _abandon(self) -> None:
        self.alive = False
        if self._session.alive:
            self._session._abandon()


def _names(claim: object) -> Names:
    parts = claim if type(claim) is dict else {}
    return Names(*(frozenset(_texts(parts.get(kind))) for kind in KINDS), only_names=parts.get("only_names") is True)


def _texts(claim: object) -> list[str]:
    return [text for text in claim if type(text) is str] if type(claim) is list else []


def _two_texts(claim: object) -> tuple[str, str]:
    pair = claim if type(claim) is tuple and len(claim) == 2 else ("", "")
    return (pair[0][:MAX_VALUE], pair[1][:MAX_VALUE]) if type(pair[0]) is type(pair[1]) is str else ("", "")


def _how_it_ended(code: int) -> str:
    if 128 <= code < 256:  # Windows has others, far above
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
