"""`course doctor`: can this machine confine a student's code? Each barrier is tried from inside."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import select
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from autograder import rattle
from autograder.errors import Exit, UnsafeHost
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox import landlock
from autograder.runner.sandbox.limits import Limits
from autograder.runner.session import CellOutcome, Session

LIMITS = Limits(cell_seconds=1, memory_mb=1500, process_seconds=20, file_mb=8, processes=24)


@dataclass(frozen=True)
class Barrier:
    """One attack from inside a real student's or judge's process, and whether it was stopped."""

    name: str
    held: bool
    detail: str


@dataclass(frozen=True)
class Report:
    """What the doctor found. `safe`: student code may run here."""

    sandbox: str
    problem: str = ""
    barriers: tuple[Barrier, ...] = ()
    system: dict[str, str] = field(default_factory=dict)
    open: tuple[str, ...] = ()

    @property
    def safe(self) -> bool:
        """True when there is a sandbox and every barrier held."""
        return not self.problem and bool(self.barriers) and all(barrier.held for barrier in self.barriers)


# What is tried, the cell that tries it, and how the cell must end. {secret} is a file that anybody else may read.
_REFUSED = ("error",)
_REFUSALS = ("PermissionError", "FileNotFoundError", "ProcessLookupError", "OSError", "AssertionError", "MemoryError")
_CALL = "import ctypes; call = lambda name, *values: getattr(ctypes.CDLL(None), name)(*values)"
_ATTEMPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "read a file outside": ("open({secret!r}).read()", _REFUSED),
    "write a file outside": ("open({outside!r} + '/forged', 'w').write('x')", _REFUSED),
    "read another student's folder": ("open({neighbour!r}).read()", _REFUSED),
    "connect to this machine": ("import socket; socket.create_connection(('127.0.0.1', {port}), 1)", _REFUSED),
    "send a datagram": ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", _REFUSED),
    "write to a socket by its name": (
        "import socket; socket.socketpair(type=socket.SOCK_DGRAM)[0].sendto(b'x', {mailbox!r})",
        _REFUSED,
    ),
    "run a program": ("import os; os.execv('/bin/true', ['true'])", _REFUSED),
    "make a system call that is on no list": ("assert call('syscall', 434, {judge}, 0) >= 0, 'refused'", _REFUSED),
    "make namespaces": ("assert call('unshare', 0x10000000) == 0, 'refused'", _REFUSED),
    "watch a folder": ("assert call('inotify_init1', 0) >= 0, 'refused'", _REFUSED),
    "signal the grader": ("import os; os.kill({judge}, 0)", _REFUSED),
    "have a signal sent to the grader": ("import fcntl; fcntl.fcntl(0, fcntl.F_SETOWN, {judge})", _REFUSED),
    "kill its parent": ("import os; assert os.getppid(), 'it has none here'; os.kill(os.getppid(), 9)", _REFUSED),
    "use more memory than allowed": ("hog = bytearray({memory_mb} << 20)", _REFUSED),
    "write a larger file than allowed": ("open('big', 'wb').write(bytes({file_mb} + 1 << 20))", ("error", "crashed")),
    "start processes without end": (
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        ("error", "timed_out", "crashed"),
    ),
    "leave processes behind": (
        # each lives for a moment only, so that nobody can look for it; after twenty seconds they end by themselves
        """
import os, time
until = time.time() + 20
for _ in range(12):
    try:
        if os.fork() == 0:
            while time.time() < until:
                try:
                    if os.fork(): os._exit(0)
                except OSError: pass
            os._exit(0)
    except OSError: pass
""",
        ("ok", "error", "timed_out", "crashed"),
    ),
    "run for ever": ("while True: pass", ("timed_out",)),
    "run for ever, deaf to interrupts": (
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
        ("timed_out",),
    ),
}


def probe(sandbox: str = "auto") -> Report:
    """Start a real fork server and attack it from inside, one student's process for each attempt."""
    system = _system()
    try:
        with ForkServer("numpy", LIMITS, sandbox, judges=rattle.__name__) as server:
            barriers = [_attempt(server, name, *attempt) for name, attempt in _ATTEMPTS.items()]
            barriers += _attempts_of_the_judge(server)
            return Report(server.sandbox, barriers=tuple(barriers), system=system, open=_left_open(server.sandbox))
    except UnsafeHost as error:
        return Report("none", str(error), system=system)


def _attempt(server: ForkServer, name: str, cell: str, good_ends: tuple[str, ...]) -> Barrier:
    with (
        tempfile.TemporaryDirectory(prefix="course-doctor-") as folder,
        mailbox() as (box, address),
        socket.create_server(("127.0.0.1", 0)) as listener,
        server.spawn() as neighbour,
        server.spawn() as student,
    ):
        secret = _world_readable(Path(folder))
        neighbour.run_cell("import os; open('answer', 'w').write('x'); place = os.path.abspath('answer')")
        student.run_cell(_CALL)
        outcome = student.run_cell(
            cell.format(
                secret=str(secret),
                outside=folder,
                mailbox=address,
                judge=os.getpid(),
                port=listener.getsockname()[1],
                neighbour=neighbour.namespace["place"],
                memory_mb=LIMITS.memory_mb,
                file_mb=LIMITS.file_mb,
            )
        )
        ended_well = outcome.status in good_ends and (
            outcome.status != "error" or outcome.message.startswith(_REFUSALS)  # else it could not even be tried
        )
        held = ended_well and sorted(os.listdir(folder)) == [secret.name] and _well(neighbour)
        held = held and not select.select([box], [], [], 0)[0]
    left = server.left()
    return Barrier(name, held and not left, f"{len(left)} processes are left" if left else _detail(outcome))


def _attempts_of_the_judge(server: ForkServer) -> list[Barrier]:
    """What the process that judges a submission can do, should a student's code ever get hold of it."""
    with (
        tempfile.TemporaryDirectory(prefix="course-doctor-") as folder,
        tempfile.TemporaryDirectory(prefix="course-doctor-") as submission,
        mailbox() as (box, address),
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        about = {"secret": str(_world_readable(Path(folder))), "outside": folder, "submission": submission}
        about |= {"port": listener.getsockname()[1], "mailbox": address, "grader": os.getpid()}
        Path(submission, "answer").write_text("x")
        told = json.loads(server.run_alone(json.dumps(about).encode(), Path(submission), 60))
        written = os.listdir(submission) != ["answer"] or len(os.listdir(folder)) != 1
        spoken = bool(select.select([box], [], [], 0)[0])
    return [Barrier(f"judge: {name}", end != rattle.DONE and not written and not spoken, end) for name, end in told]


@contextlib.contextmanager
def mailbox() -> Iterator[tuple[socket.socket, str]]:
    """A socket that anybody may write to by its name, as a machine's log has one, and the name."""
    with (
        tempfile.TemporaryDirectory(prefix="course-doctor-") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as box,
    ):
        os.chmod(folder, 0o755)
        address = str(Path(folder, "mailbox"))
        box.bind(address)
        os.chmod(address, 0o777)
        yield box, address


def _world_readable(folder: Path) -> Path:
    folder.chmod(0o777)
    secret = folder / "gradebook.db"
    secret.write_text("marks")
    secret.chmod(0o666)
    return secret


def _well(neighbour: Session) -> bool:
    return neighbour.run_cell("1 + 1").status == "ok"


def _detail(outcome: CellOutcome) -> str:
    return f"{outcome.status}: {outcome.message}"[:120] if outcome.message else outcome.status


def _left_open(sandbox: str) -> tuple[str, ...]:
    """What the cage of this level does not keep out or limit, although it holds."""
    told = []
    if "namespaces" not in sandbox:
        told.append("Code can see whether a file outside exists, and all its files together have no limit.")
    if "(memory" not in sandbox:
        told.append("The memory of several processes of a submission has no common limit, only that of each.")
    with contextlib.suppress(OSError):  # then there is no cage at all
        if lacks := landlock.lacks(landlock.version()):
            told.append(
                f"This Landlock knows nothing of {', '.join(lacks)}: the list of system calls alone refuses it."
            )
    return tuple(told)


def _system() -> dict[str, str]:
    try:
        abi = f"version {landlock.version()}"
    except OSError as error:
        abi = f"none ({error})"
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": platform.python_version(),
        "Landlock": abi,
        "user": "root" if os.getuid() == 0 else f"number {os.getuid()}",
    }


def as_text(report: Report) -> str:
    """The report as a table."""
    lines = [f"{name:<10} {value}" for name, value in report.system.items()] + [f"{'sandbox':<10} {report.sandbox}", ""]
    if report.problem:
        return "\n".join([*lines, report.problem])
    width = max(len(barrier.name) for barrier in report.barriers)
    lines += [f"{'held' if b.held else 'BROKEN':<7} {b.name:<{width}}  {b.detail}" for b in report.barriers]
    verdict = (
        "Student code is confined on this machine."
        if report.safe
        else ("Student code is NOT confined on this machine: do not grade here.")
    )
    notes = ["", "Left open at this level:", *(f"- {line}" for line in report.open)] if report.open else []
    return "\n".join([*lines, *notes, "", verdict])


def doctor(as_json: bool = False, write: Callable[[str], object] = print) -> int:
    """Examine this machine, write the report, and return the exit code: 0 safe, 4 unsafe."""
    if sys.platform != "linux":
        report = Report("none", "Grading needs Linux: use a Linux machine, WSL 2, or a container.", system={})
    else:
        report = probe()
    write(json.dumps({**asdict(report), "safe": report.safe}, indent=2) if as_json else as_text(report))
    return Exit.DONE if report.safe else UnsafeHost.exit_code
