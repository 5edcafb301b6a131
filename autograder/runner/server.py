"""The fork server: a process that has done the slow imports and nothing else, and forks one child per submission.

    judge ──control socket──► server ──fork──► guard ──fork──► student's process (caged) ◄──its own socket──► judge

The server runs no student code, holds no data and no secrets, and has one thread (forking a process with more can
hang the child). The guard stands outside the cage: it waits for the student's process and cleans up after it. When
the judge dies, the server and the guards end; when a guard dies, its student's process dies.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import UnsafeHost

from . import wire
from .processes import die_with_parent, remove, threads
from .sandbox import probe
from .sandbox.cage import readable_paths
from .sandbox.limits import Limits

if TYPE_CHECKING:
    from .guard import Guard

IMPORTS = {
    "numpy": (
        "numpy",
        "matplotlib.pyplot",
        "PIL.Image",
        "course_utils.exercises",
        "course_utils.nn",
        "course_utils.environment",
        "course_utils.plots",
        "course_utils.lessons",
        "course_utils.notebook.start",
    ),
    "tensorflow": ("tensorflow", "keras"),
}
END_SECONDS = 5  # how long a guard may take to clean up before it is killed


def main() -> None:
    """Serve one judge: `python -c "from autograder.runner.server import main; main()" CONTROL_FD`."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = wire.loads(wire.receive(control))
    server = os.getpid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    die_with_parent(settings["parent"], signal.SIGTERM)
    left_alone = False
    try:
        left_alone = _prepare_and_serve(control, settings)
    finally:
        if os.getpid() == server and (left_alone or os.getppid() != settings["parent"]):
            remove(Path.cwd())  # the judge, which would have done it, is dead


def _prepare_and_serve(control: socket.socket, settings: dict) -> bool:
    """Whether the judge went without a word."""
    bounds = Limits(**settings["limits"])
    installed = _package("numpy").parent  # the site-packages in use, wherever it is
    readable = readable_paths((installed, _package("course_utils"), *map(Path, settings["readable"])))
    try:
        cage = probe.best(readable, _package("numpy") / "__init__.py", settings["sandbox"])
    except UnsafeHost as error:
        wire.send(control, wire.dumps({"unsafe": str(error)}))
        return False
    # Only now: the cage had to be tried by a process with one thread, which NumPy and IPython may end.
    from .guard import Guard
    from .shell import warm_up

    for module in IMPORTS["numpy"] + (IMPORTS["tensorflow"] if settings["profile"] == "tensorflow" else ()):
        importlib.import_module(module)
    warm_up()
    gc.collect()
    gc.freeze()  # the collector leaves these objects alone, so their pages stay shared
    wire.send(control, wire.dumps({"sandbox": cage.name, "threads": threads()}))
    return _serve(control, Guard(cage, readable, bounds))


def _serve(control: socket.socket, guard: Guard) -> bool:
    guards: dict[int, int] = {}
    try:
        while order := _next_order(control):
            if order["do"] == "close":
                return False
            _carry_out(order, control, guard, guards)
        return True
    finally:
        for pid in guards.values():
            _end(pid, patience=0)


def _next_order(control: socket.socket) -> dict | None:
    try:
        return wire.loads(wire.receive(control))
    except (EOFError, ConnectionResetError):
        return None


def _carry_out(order: dict, control: socket.socket, guard: Guard, guards: dict[int, int]) -> None:
    if order["do"] == "spawn":
        _, (session, *_), _, _ = socket.recv_fds(control, 1, 1)
        if threads() != 1:
            raise RuntimeError(f"the fork server has {threads()} threads; it must have one")
        pid = os.fork()
        if pid == 0:
            control.close()
            guard.watch(socket.socket(fileno=session), order["files"])
        os.close(session)
        guards[order["id"]] = pid
        reply = {"started": pid}
    else:
        reply = {"ended": _end(guards.pop(order["id"]), order["patience"])}
    wire.send(control, wire.dumps(reply))


def _end(guard: int, patience: float) -> int:
    """The exit code that a guard reports. After `patience` seconds it is stopped, and the student's process with it."""
    for how, seconds in ((None, patience), (signal.SIGTERM, END_SECONDS), (signal.SIGKILL, END_SECONDS)):
        if how:
            os.kill(guard, how)  # not yet waited for, so the number is still its own
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            pid, status = os.waitpid(guard, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.001)
    raise RuntimeError(f"process {guard} cannot be ended")


def _package(name: str) -> Path:
    spec: Any = importlib.util.find_spec(name)
    return Path(spec.origin).parent
