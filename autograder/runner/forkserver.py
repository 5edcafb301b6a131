"""The fork server: a process that has done the slow imports and nothing else, and forks one child per submission.

    judge ──control socket──► server ──fork──► guard ──fork──► student's process (caged) ◄──its own socket──► judge

The server runs no student code, holds no data and no secrets, and has one thread (forking a process with more can
hang the child). The guard stands outside the cage: it waits for the student's process and cleans up after it. When
the judge dies, the server and the guards end; when a guard dies, its student's process dies.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from . import wire
from .sandbox import Cage, Limits, UnsafeHost, libc, probe, readable_paths

IMPORTS = {
    "numpy": (
        "numpy",
        "matplotlib.pyplot",
        "PIL.Image",
        "course_utils.exercises.core",
        "course_utils.nn",
        "course_utils.runtime",
        "course_utils.plots",
        "course_utils.widgets",
        "course_utils.progress",
    ),
    "tensorflow": ("tensorflow", "keras"),
}
END_SECONDS = 5  # how long a guard may take to clean up before it is killed


def main() -> None:
    """Serve one judge: `python -c "from autograder.runner.forkserver import main; main()" CONTROL_FD`."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = wire.loads(wire.receive(control))
    server = os.getpid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    _die_with_parent(settings["parent"], signal.SIGTERM)
    try:
        _prepare_and_serve(control, settings)
    finally:
        if os.getpid() == server and os.getppid() != settings["parent"]:
            _remove(Path.cwd())  # the judge, which would have done it, is dead


def _prepare_and_serve(control: socket.socket, settings: dict) -> None:
    bounds = Limits(**settings["limits"])
    installed = _package("numpy").parent  # the site-packages in use, wherever it is
    readable = readable_paths((installed, _package("course_utils"), *map(Path, settings["readable"])))
    try:
        cage = probe.best(readable, _package("numpy") / "__init__.py", settings["sandbox"])
    except UnsafeHost as error:
        wire.send(control, wire.dumps({"unsafe": str(error)}))
        return
    from . import child

    for module in IMPORTS["numpy"] + (IMPORTS["tensorflow"] if settings["profile"] == "tensorflow" else ()):
        importlib.import_module(module)
    child.warm_up()
    gc.collect()
    gc.freeze()  # the collector leaves these objects alone, so their pages stay shared
    wire.send(control, wire.dumps({"sandbox": cage.name, "threads": threads()}))
    _serve(control, cage, readable, bounds)


def _serve(control: socket.socket, cage: Cage, readable: tuple[Path, ...], bounds: Limits) -> None:
    guards: dict[int, int] = {}
    try:
        while order := _next_order(control):
            _carry_out(order, control, guards, cage, readable, bounds)
    finally:
        for pid in guards.values():
            _end(pid, patience=0)


def _next_order(control: socket.socket) -> dict | None:
    try:
        return wire.loads(wire.receive(control))
    except (EOFError, ConnectionResetError):
        return None


def _carry_out(
    order: dict, control: socket.socket, guards: dict[int, int], cage: Cage, readable: tuple[Path, ...], bounds: Limits
) -> None:
    if order["do"] == "spawn":
        _, (session, *_), _, _ = socket.recv_fds(control, 1, 1)
        if threads() != 1:
            raise RuntimeError(f"the fork server has {threads()} threads; it must have one")
        pid = os.fork()
        if pid == 0:
            control.close()
            _guard(socket.socket(fileno=session), cage, readable, bounds, order["files"])
        os.close(session)
        guards[order["id"]] = pid
        reply = {"started": order["id"]}
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


# ------------------------------------------------------------------ the guard, one per submission


class _Stop(BaseException):
    """The server wants the guard to end."""


def _guard(
    session: socket.socket, cage: Cage, readable: tuple[Path, ...], bounds: Limits, files: dict[str, bytes]
) -> None:
    """Fork the student's process, wait for it, leave nothing behind. Never returns."""
    code, student, uid, place = 1, 0, None, None
    try:
        signal.signal(signal.SIGTERM, _stop)
        _die_with_parent(os.getppid(), signal.SIGTERM)
        os.setsid()
        uid = cage.uid()
        place = Path("root").absolute() if cage.namespaces else Path(tempfile.mkdtemp(prefix="student-", dir="."))
        place = place.absolute()
        cage.prepare()
        if uid is not None and not cage.namespaces:
            os.chown(place, uid, uid)
        student = os.fork()
        if student == 0:
            _student(session, cage, readable, bounds, uid, place, files)
        session.close()
        code = os.waitstatus_to_exitcode(os.waitpid(student, 0)[1])
    except _Stop:
        code = 0
    except BaseException as error:
        _report_broken(session, error)
    try:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if student:
            _kill_family(student, None if cage.namespaces else uid)
        if place is not None and not cage.namespaces:
            _remove(place)
    finally:
        os._exit(code if code >= 0 else 128 - code)


def _stop(*_: object) -> None:
    raise _Stop


def _kill_family(student: int, uid: int | None) -> None:
    """Kill the student's process and all that come from it. In a pid namespace they die with it."""
    if uid is not None:
        killer = os.fork()
        if killer == 0:  # as the student's own user, -1 means every process of that user and no other
            os.setresuid(uid, uid, uid)
            os.kill(-1, signal.SIGKILL)
            os._exit(0)
        os.waitpid(killer, 0)
    with contextlib.suppress(ProcessLookupError):
        os.kill(student, signal.SIGKILL)
    while True:  # orphans of the student's process are now children of this guard (a subreaper)
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            for orphan in _children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
            time.sleep(0.001)


def _children() -> list[int]:
    mine = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid():
                    mine.append(int(entry.name))
    return mine


def _remove(folder: Path) -> None:
    """Delete a folder that a hostile process filled: any depth, any mode."""
    for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        subprocess.run([*command, "--", folder], capture_output=True, check=False)


# ------------------------------------------------------------------ the student's process


def _student(
    session: socket.socket,
    cage: Cage,
    readable: tuple[Path, ...],
    bounds: Limits,
    uid: int | None,
    place: Path,
    files: dict[str, bytes],
) -> None:
    """Shut the cage from inside, then serve the judge. Never returns."""
    from . import child

    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        session = _close_all_but(session)
        tasks = _open_tasks()
        if sys.platform == "linux":
            Path("/proc/self/oom_score_adj").write_text("1000")  # short of memory, the kernel takes this process first
        scratch = cage.enter(readable, bounds, uid, place)
        os.environ.update(HOME=str(scratch), TMPDIR=str(scratch), PWD=str(scratch))
        tempfile.tempdir = None
        sys.path.insert(0, str(scratch))  # as in a notebook: modules beside it can be imported
        for name, data in files.items():
            target = scratch / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        random.seed(0)
        sys.modules["numpy"].random.seed(0)
        agent = child.Agent(session, tasks, bounds)
        wire.send(session, wire.dumps({"ready": True}))
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


def _close_all_but(session: socket.socket) -> socket.socket:
    """Move the session's socket to descriptor 3 and close every other; the server's own are none of its business."""
    os.dup2(session.detach(), 3)
    os.closerange(4, 1 << 20)
    return socket.socket(fileno=3)


def _open_tasks() -> int | None:
    """A descriptor on this process's list of threads, which the cage will hide."""
    return os.open("/proc/self/task", os.O_RDONLY | os.O_DIRECTORY) if os.path.isdir("/proc/self/task") else None


# ------------------------------------------------------------------ small things


def threads() -> int:
    """How many threads this process has, native ones included."""
    return len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1


def _die_with_parent(parent: int, how: signal.Signals) -> None:
    if sys.platform == "linux":
        libc.prctl(libc.PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def _package(name: str) -> Path:
    spec: Any = importlib.util.find_spec(name)
    return Path(spec.origin).parent
