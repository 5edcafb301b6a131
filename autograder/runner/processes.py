"""Processes that watch over processes: die with one's parent, end a family, clear away what it left."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from .sandbox import libc

PATIENCE_TRIES = 2_000  # of a millisecond


def threads() -> int:
    """How many threads this process has, native ones included."""
    return len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1


def can_be_copied() -> bool:
    """Whether a fork of this process could go on as it does itself."""
    # TensorFlow ends a process whose /proc it cannot read when it starts, and the cage hides that of a copy.
    return "tensorflow" not in sys.modules and threads() == 1


def die_with_parent(parent: int, how: signal.Signals) -> None:
    if sys.platform == "linux":
        libc.prctl(libc.PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def close_all_but(*kept: socket.socket) -> list[socket.socket]:
    """Move these sockets to descriptors 3 and up and close every other; the server's own are none of its business."""
    import fcntl  # not on Windows, where others import this module in vain

    aside = [fcntl.fcntl(sock.detach(), fcntl.F_DUPFD, 3 + len(kept)) for sock in kept]
    for place, descriptor in enumerate(aside, 3):
        os.dup2(descriptor, place)
    os.closerange(3 + len(kept), 1 << 20)
    return [socket.socket(fileno=place) for place in range(3, 3 + len(kept))]


def say_nothing() -> None:
    """From here on standard input is empty, and standard output and error lead nowhere."""
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    if null > 2:
        os.close(null)


def kill_family(student: int, uid: int | None) -> None:
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


def has_children() -> bool:
    """Whether this process has started any that it has not waited for."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def end_since(first: int) -> None:
    """End a child that was told to end, and in a pid namespace all that was started after it.

    Errors: TimeoutError when they do not end.
    """
    for _ in range(PATIENCE_TRIES):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it may not everywhere; then it is waited for
            os.kill(first, signal.SIGKILL)
        if not _is_child(first) and (os.getpid() != 1 or not _signalled(range(first + 1, _next_number()))):
            return
        time.sleep(0.001)
    raise TimeoutError("processes that do not end")


def _is_child(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == 0
    except ChildProcessError:
        return False


def _signalled(numbers: range) -> bool:
    """Whether there were processes with such numbers; they are killed, and those that have ended waited for."""
    found = False
    for pid in numbers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            found = True
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return found


def _next_number() -> int:
    """The number that a process started now would get; 0 when there are no processes to look for."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return 0
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def _children() -> list[int]:
    return [pid for pid, fields in _stats() if int(fields[1]) == os.getpid()]


def with_variable(name: str, value: str, looks: int = 1) -> list[int]:
    """The processes that can be seen and whose environment, as they got it, has this variable.

    Of those that live for a moment only, many `looks` find some.
    """
    found = set()
    for _ in range(looks):
        for pid in sorted((int(entry) for entry in os.listdir("/proc") if entry.isdigit()), reverse=True):
            with contextlib.suppress(OSError):  # it ended meanwhile, or is another user's
                if f"{name}={value}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                    found.add(pid)
    return sorted(found)


def processor_seconds(root: int) -> float | None:
    """What a process and all that come from it have used of the processor so far; None where that cannot be seen.

    Those that ended count too, once they are waited for.
    """
    known = {pid: (int(fields[1]), sum(map(int, fields[11:15]))) for pid, fields in _stats()}
    if root not in known:
        return None
    family, ticks = {root}, known[root][1]
    while born := {pid for pid, (parent, _) in known.items() if parent in family and pid not in family}:
        family |= born
        ticks += sum(known[pid][1] for pid in born)
    return ticks / os.sysconf("SC_CLK_TCK")


def _stats() -> Iterator[tuple[int, list[str]]]:
    """Every process that can be seen, with the fields of its /proc/PID/stat from its state on."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            yield int(entry.name), (entry / "stat").read_text().rpartition(")")[2].split()


def remove(folder: Path) -> None:
    """Delete a folder that a hostile process filled: any depth, any mode."""
    for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        subprocess.run([*command, "--", folder], capture_output=True, check=False)
