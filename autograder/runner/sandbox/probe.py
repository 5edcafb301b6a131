"""Which cage holds on this host: each is tried by a child process that enters it and rattles at the bars."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from pathlib import Path

from autograder.errors import UnsafeHost

from . import libc
from .cage import Cage
from .limits import Limits

ADVICE = (
    "Use Linux 5.13 or newer with Landlock enabled (lsm=landlock,...), or run the grader inside a container on "
    "such a kernel. "
    "--unsafe-no-sandbox grades without protection: only for code that you trust."
)


def best(readable: tuple[Path, ...], witness: Path, wanted: str = "auto") -> Cage:
    """The strongest cage that holds. `witness` is a file the student must be able to read.

    `wanted`: "auto", "namespaces", "landlock" (no namespaces) or "none". Errors: UnsafeHost with the reasons.
    """
    if wanted == "none":
        return Cage(closed=False)
    candidates = [
        Cage(namespaces=n, own_uid=u)
        for n in (True, False)
        for u in (True, False)
        if (os.getuid() == 0 or not u) and (wanted == "auto" or n == (wanted == "namespaces"))
    ]
    reasons = []
    for cage in candidates:
        problem = why_not(cage, readable, witness)
        if problem is None:
            return cage
        reasons.append(f"{cage.name}: {problem}")
    raise UnsafeHost(f"This machine cannot confine a student's code ({'; '.join(reasons)}). {ADVICE}")


def why_not(cage: Cage, readable: tuple[Path, ...], witness: Path) -> str | None:
    """None when the cage holds; otherwise what failed, in words."""
    with tempfile.TemporaryDirectory(prefix="course-probe-") as folder:
        os.chmod(folder, 0o711)
        secret, place = Path(folder, "secret"), Path(folder, "place")
        secret.write_text("secret")
        secret.chmod(0o644)
        place.mkdir(mode=0o777)
        place.chmod(0o777)
        shown = Path(folder, "shown")
        shown.write_text("to be read, not to be emptied")
        shown.chmod(0o666)
        return _tell_from_child(lambda: _outer(cage, (*readable, shown), witness, secret, place))


def _outer(cage: Cage, readable: tuple[Path, ...], witness: Path, secret: Path, place: Path) -> str | None:
    cage.prepare()
    uid = cage.uid()
    return _tell_from_child(lambda: _inner(cage, readable, witness, secret, place, uid))


def _inner(
    cage: Cage, readable: tuple[Path, ...], witness: Path, secret: Path, place: Path, uid: int | None
) -> str | None:
    scratch = cage.enter(readable, Limits(), uid, place)
    (scratch / "mine").write_text("x")
    with open(witness, "rb") as file:
        file.read(1)
    shown = readable[-1]
    attempts = {
        "files outside can be read": lambda: secret.read_text(),
        "files outside can be written": lambda: (secret.parent / "forged").write_text("x"),
        "files for reading can be emptied": lambda: os.close(os.open(shown, os.O_RDONLY | os.O_TRUNC)),
        "files for reading can be emptied in an odd mode": lambda: os.close(os.open(shown, 3 | os.O_TRUNC)),
        "a network socket can be opened": lambda: socket.socket().close(),
        "other processes can be signalled": lambda: os.kill(os.getppid() or -1, 0),
        "a descriptor can send signals to another process": lambda: fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid() or 1),
        "folders can be watched": lambda: libc.call("inotify_init1", 0),
        "programs can be run": lambda: os.execv("/bin/true", ["true"]),
    }
    for name, attempt in attempts.items():
        try:
            attempt()
        except OSError:
            continue
        return name
    return None


def _tell_from_child(work: object) -> str | None:
    """Run `work` in a forked child; its text, its error as text, or None."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            told = work()
        except BaseException as error:  # whatever went wrong, this copy of the process must end here
            told = f"{type(error).__name__}: {error}"
        os.write(writing, (told or "ok").encode()[:4000])
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(pid, 0)
    return None if told == "ok" else told or "the trial process died"
