"""The guard, one a submission: it stands outside the cage, waits for the student's process and cleans up after it."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from . import child, wire
from .fonts import LaysFonts
from .listening import start_listener
from .processes import close_all_but, die_with_parent, kill_family, remove, say_nothing
from .sandbox.cage import Cage
from .sandbox.groups import Group
from .sandbox.limits import Limits


class _Stop(BaseException):
    """The server wants the guard to end."""


def _stop(*_: object) -> None:
    raise _Stop


@dataclass(frozen=True)
class Guard:
    """What every guard of a server knows: which cage, what may be read in it, what may be used up; a list of fonts."""

    cage: Cage
    readable: tuple[Path, ...]
    bounds: Limits
    fonts: dict[str, bytes]

    def watch(self, session: socket.socket, files: dict[str, bytes]) -> NoReturn:
        """Fork the student's process, wait for it, leave nothing behind."""
        code, student, uid, place, group = 1, 0, None, None, None
        try:
            signal.signal(signal.SIGTERM, _stop)
            die_with_parent(os.getppid(), signal.SIGTERM)
            os.setsid()
            uid = self.cage.uid()
            place = Path("root" if self.cage.namespaces else tempfile.mkdtemp(prefix="student-", dir=".")).absolute()
            listener = start_listener(self.cage.notes) if self.cage.notes else None
            self.cage.prepare()
            if uid is not None and not self.cage.namespaces:
                os.chown(place, uid, uid)
            group = self.cage.groups.make(f"student-{os.getpid()}", self.bounds) if self.cage.groups else None
            student = os.fork()
            if student == 0:
                self._student(session, uid, place, files, listener, group)
            session.close()
            if listener:
                listener.close()
            code = os.waitstatus_to_exitcode(os.waitpid(student, 0)[1])
        except _Stop:
            code = 0
        except BaseException as error:
            _report_broken(session, error)
        try:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if group:
                with contextlib.suppress(OSError):  # then what is left of them is looked for, one by one
                    group.end()
            if student:
                kill_family(student, None if self.cage.namespaces else uid)
            if place is not None and not self.cage.namespaces:
                remove(place)
        finally:
            os._exit(code if code >= 0 else 128 - code)

    def _student(
        self,
        session: socket.socket,
        uid: int | None,
        place: Path,
        files: dict[str, bytes],
        listener: socket.socket | None,
        group: Group | None,
    ) -> NoReturn:
        """Shut the cage from inside, then serve the judge."""
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            say_nothing()
            if group:
                group.join()
            session, *more = close_all_but(session, *([listener] if listener else []))
            if sys.platform == "linux":  # short of memory, the kernel takes this process first
                Path("/proc/self/oom_score_adj").write_text("1000")
            scratch = self.cage.enter(self.readable, self.bounds, uid, place, *more)
            os.environ.update(HOME=str(scratch), TMPDIR=str(scratch), PWD=str(scratch))
            if "matplotlib" not in sys.modules:
                sys.meta_path.insert(0, LaysFonts(self.fonts, scratch))
            tempfile.tempdir = None
            sys.path.insert(0, str(scratch))  # as in a notebook: modules beside it can be imported
            for name, data in files.items():
                target = scratch / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            random.seed(0)
            sys.modules["numpy"].random.seed(0)
            agent = child.Agent(session, self.bounds)
            wire.send(session, wire.dumps({"copies": self.cage.may_fork(uid)}))
        except BaseException as error:
            _report_broken(session, error)
            os._exit(1)
        try:
            agent.run()
        finally:
            os._exit(1)  # whatever the student's code did to the loop above


def _report_broken(session: socket.socket, error: BaseException) -> None:
    """Tell the judge that no student code was run, and why."""
    with contextlib.suppress(OSError):  # nobody may be listening any more
        wire.send(session, wire.dumps({"broken": f"{type(error).__name__}: {error}"}))
