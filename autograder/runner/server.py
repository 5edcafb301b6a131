"""The fork server: a process that has done the slow imports and nothing else, and forks children for each submission.

    judge ──orders──► server ──fork──► guard ──fork──► student's process (caged) ◄──its own socket──► judge

The judge is whoever started the server, or a child of the server for one submission, caged too. The server runs no
student code, holds no secrets and no data but the files that lie beside the assignment's notebooks, and has one thread
(forking a process with more can hang the child). The guard stands outside the cage: it waits for the student's process
and cleans up after it. When a judge dies, its guards end; when a guard dies, its student's process dies; when the
server's starter dies, all do.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from autograder.errors import UnsafeHost
from autograder.submitted import yields

from . import wire
from .bindings import KNOWN
from .environment import IN_EACH_CHILD, imports_for
from .fonts import font_lists
from .processes import die_with_parent, processor_seconds, remove, threads
from .sandbox import groups, probe
from .sandbox.cage import readable_paths
from .sandbox.limits import Limits

if TYPE_CHECKING:
    from .guard import Guard

JUDGE_MAY = ("spawn", "end", "used")  # order
JUDGE_SECONDS = 10  # to say an order to its end
TELL_SECONDS = 1  # to take a reply, which is short
MAX_STUDENTS = 100  # processes of one submission
END_SECONDS = 5  # how long a guard may take to clean up before it is killed
POLL_SECONDS = 0.001  # between two looks at a child that is to end


def main() -> None:
    """Serve one judge: `python -c "from autograder.runner.server import main; main()" CONTROL_FD`."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = wire.loads(wire.receive(control))
    server = os.getpid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the starter's business
    die_with_parent(settings["parent"], signal.SIGTERM)
    left_alone = False
    try:
        left_alone = _prepare_and_serve(control, settings)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the starter's death tells itself twice
        if os.getpid() == server and (left_alone or os.getppid() != settings["parent"]):
            remove(Path.cwd())  # the judge, which would have done it, is dead


def _prepare_and_serve(control: socket.socket, settings: dict) -> bool:
    """Whether the judge went without a word."""
    bounds = Limits(**settings["limits"])
    installed = _package("numpy").parent  # the site-packages in use, wherever it is
    readable = readable_paths((installed, _package("course_utils"), *map(Path, settings["readable"])))
    try:
        cage = probe.best(readable, _package("numpy") / "__init__.py", settings["sandbox"])
        cage = replace(cage, notes=settings["notes"], groups=groups.find() if cage.closed else None)
    except UnsafeHost as error:
        wire.send(control, wire.dumps({"unsafe": str(error)}))
        return False
    # Only now: the cage had to be tried by a process with one thread, which NumPy and IPython may end.
    from .guard import Guard
    from .shell import warm_up

    judges = (settings["judges"],) if settings["judges"] else ()
    wanted = IN_EACH_CHILD + imports_for(settings["profile"]) + judges
    modules = [importlib.import_module(module) for module in wanted]
    warm_up()
    cage.make_ready(readable)
    _freeze()
    wire.send(control, wire.dumps({"sandbox": cage.name, "threads": threads()}))
    try:
        guard = Guard(cage, readable, bounds, font_lists())
        return _Server(control, guard, modules[-1].main if judges else None).serve()
    finally:
        if cage.groups:
            cage.groups.close()


def _freeze() -> None:
    gc.collect()
    gc.freeze()  # the collector leaves these objects alone, so their pages stay shared


@dataclass
class _Ending:
    """A child that is to end: `orderer` is told how; past each moment of `steps` it is sent the signal."""

    pid: int
    orderer: socket.socket | None
    steps: list[tuple[float, signal.Signals]]
    used: float = 0.0

    @classmethod
    def of(cls, pid: int, patience: float, orderer: socket.socket | None = None) -> _Ending:
        """After `patience` seconds it is stopped, and the student's process with it; soon after that, killed."""
        stop = time.monotonic() + patience
        return cls(pid, orderer, [(stop, signal.SIGTERM), (stop + END_SECONDS, signal.SIGKILL)])

    def code(self) -> int | None:
        """Its exit code, once it has ended."""
        while self.steps and time.monotonic() >= self.steps[0][0]:
            os.kill(self.pid, self.steps.pop(0)[1])  # not yet waited for, so the number is still its own
        pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        self.used = usage.ru_utime + usage.ru_stime  # with all that it waited for itself
        return os.waitstatus_to_exitcode(status) if pid else None


class _Server:
    """Carries out the orders of its starter, and of those processes that judge one submission each."""

    def __init__(self, control: socket.socket, guard: Guard, judge: Callable | None) -> None:
        self.control, self.guard, self.judge = control, guard, judge
        self.starter = {control}  # its connections
        self.files: dict[str, bytes] = {}  # those of the assignment
        self.children: dict[socket.socket, dict[int, int]] = {control: {}}  # who ordered it -> its number -> process
        self.ending: list[_Ending] = []
        self.judges: set[int] = set()
        self.spent = {"judges": 0.0, "students": 0.0}  # processor seconds of those that have ended

    def serve(self) -> bool:
        """Whether the starter went without a word."""
        try:
            while True:
                pause = POLL_SECONDS if self.ending else None
                for orderer in select.select(list(self.children), [], [], pause)[0]:
                    if orderer not in self.starter:
                        self._serve_judge(orderer)
                        continue
                    order = _next_order(orderer)
                    if orderer is self.control and (order is None or order["do"] == "close"):
                        return order is None
                    if order is None:
                        self._dismiss(orderer)
                    else:
                        self._carry_out(order, orderer)
                self._look_after_the_ending()
        finally:
            for orderer in list(self.children):
                self._dismiss(orderer)
            while self.ending:
                self._look_after_the_ending()
                time.sleep(POLL_SECONDS)

    def _serve_judge(self, orderer: socket.socket) -> None:
        """One order of a judge of one submission. It may have been broken: what is odd ends its own service only."""
        try:
            order = _next_order(orderer, time.monotonic() + JUDGE_SECONDS)
            processes = len(self.children[orderer]) + sum(one.orderer is orderer for one in self.ending)
            if order is None or order["do"] not in JUDGE_MAY or processes > MAX_STUDENTS:
                self._dismiss(orderer)
            else:
                self._carry_out(order, orderer)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, wire.WireError):
            self._dismiss(orderer)

    def _dismiss(self, orderer: socket.socket) -> None:
        """End what was started for whoever has gone, or asked for something odd."""
        pids = [*self.children.pop(orderer).values(), *(one.pid for one in self.ending if one.orderer is orderer)]
        self.ending = [one for one in self.ending if one.orderer is not orderer]
        self.ending += [_Ending.of(pid, patience=0) for pid in pids]
        self.starter.discard(orderer)
        orderer.close()

    def _carry_out(self, order: dict, orderer: socket.socket) -> None:
        mine = self.children[orderer]
        match order["do"]:
            case "spawn":
                theirs = {name: data for name, data in order["files"].items() if not yields(name, self.files)}
                watch = partial(self.guard.watch, files=theirs | self.files)
                mine[order["id"]] = self._fork(orderer, watch)
                self._tell(orderer, {"started": mine[order["id"]]})
            case "judge":
                ours, theirs = socket.socketpair()
                self.children[ours] = {}  # before the fork, so that the judge closes its copy of this end
                with theirs:
                    work = partial(self._judge, theirs, order["folder"])
                    mine[order["id"]] = self._fork(orderer, work)
                self.judges.add(mine[order["id"]])
                self._tell(orderer, {"started": mine[order["id"]]})
            case "used":
                self._tell(orderer, {"used": processor_seconds(mine[order["id"]]) if order["id"] in mine else None})
            case "spent":
                self._tell(orderer, {"spent": self.spent | {"server": time.process_time()}})
            case "end":
                self.ending.append(_Ending.of(mine[order["id"]], order["patience"], orderer))
                del mine[order["id"]]
            case "connect":
                _, (line, *_), _, _ = socket.recv_fds(orderer, 1, 1)
                connection = socket.socket(fileno=line)
                self.starter.add(connection)
                self.children[connection] = {}
                self._tell(orderer, {})
            case "warm":
                self.files = order["files"]
                _warm(order["lesson"], order["modules"], order["code"])
                self._tell(orderer, {})

    def _look_after_the_ending(self) -> None:
        """Tell of those that have ended, and press the others."""
        codes = {one.pid: one.code() for one in self.ending}
        ended = [one for one in self.ending if codes[one.pid] is not None]
        self.ending = [one for one in self.ending if codes[one.pid] is None]
        for one in ended:
            self.spent["judges" if one.pid in self.judges else "students"] += one.used
            self.judges.discard(one.pid)
            if one.orderer in self.children:
                self._tell(one.orderer, {"ended": codes[one.pid]})

    def _tell(self, orderer: socket.socket, reply: dict) -> None:
        """Who does not listen is dismissed: nobody waits for him."""
        try:
            wire.send(orderer, wire.dumps(reply), time.monotonic() + TELL_SECONDS)
        except OSError:
            self._dismiss(orderer)

    def _fork(self, orderer: socket.socket, work: Callable[[socket.socket], NoReturn]) -> int:
        """A child that does the work on the socket that comes with the order."""
        _, (session, *_), _, _ = socket.recv_fds(orderer, 1, 1)
        if threads() != 1:
            raise RuntimeError(f"the fork server has {threads()} threads; it must have one")
        pid = os.fork()
        if pid == 0:
            for other in self.children:
                other.close()
            work(socket.socket(fileno=session))
        os.close(session)
        return pid

    def _judge(self, orders: socket.socket, folder: str, task: socket.socket) -> NoReturn:
        """Judge one submission, shut in: no network, nothing to write to, no files but the submission's."""
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            die_with_parent(os.getppid(), signal.SIGKILL)
            self.guard.cage.enter_judge((*self.guard.readable, Path(folder)), self.guard.bounds)
            content = wire.loads(wire.receive(task))
            wire.send(task, wire.dumps(self.judge(content, orders, self.guard.cage.name, self.guard.bounds)))
            os._exit(0)
        except BaseException:
            traceback.print_exc()  # into the server's log
        finally:
            os._exit(1)


def _next_order(control: socket.socket, deadline: float | None = None) -> dict | None:
    try:
        return wire.loads(wire.receive(control, deadline))
    except (EOFError, ConnectionResetError):
        return None


def _warm(lesson: str, modules: list[str], code: list[str]) -> None:
    from .shell import names_in

    for module in modules:
        with contextlib.suppress(ImportError):  # not installed here: told where a cell asks for it
            importlib.import_module(module)
    lessons = importlib.import_module("course_utils.lessons")
    if lesson in lessons.names():
        lessons.load(lesson)
    KNOWN.update({text: names_in(text) for text in code})
    _freeze()


def _package(name: str) -> Path:
    spec: Any = importlib.util.find_spec(name)
    return Path(spec.origin).parent
