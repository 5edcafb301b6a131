"""`course doctor`: can this machine confine a student's code? Each barrier is tried from inside."""

from __future__ import annotations

import json
import os
import platform
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from autograder.errors import Exit, UnsafeHost
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox import landlock
from autograder.runner.sandbox.limits import Limits
from autograder.runner.session import CellOutcome, Session

LIMITS = Limits(cell_seconds=1, memory_mb=1500, process_seconds=20, file_mb=8, processes=24)


@dataclass(frozen=True)
class Barrier:
    """One attack from inside a real student's process, and whether it was stopped."""

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

    @property
    def safe(self) -> bool:
        """True when there is a sandbox and every barrier held."""
        return not self.problem and bool(self.barriers) and all(barrier.held for barrier in self.barriers)


# What is tried, the cell that tries it, and how the cell must end. {secret} is a file that anybody else may read.
_REFUSED = ("error",)
_ATTEMPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "read a file outside": ("open({secret!r}).read()", _REFUSED),
    "write a file outside": ("open({outside!r} + '/forged', 'w').write('x')", _REFUSED),
    "read another student's folder": ("open({neighbour!r}).read()", _REFUSED),
    "connect to this machine": ("import socket; socket.create_connection(('127.0.0.1', {port}), 1)", _REFUSED),
    "send a datagram": ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", _REFUSED),
    "run a program": ("import os; os.execv('/bin/true', ['true'])", _REFUSED),
    "signal the grader": ("import os; os.kill({judge}, 0)", _REFUSED),
    "kill its parent": ("import os; assert os.getppid(), 'it has none here'; os.kill(os.getppid(), 9)", _REFUSED),
    "use more memory than allowed": ("hog = bytearray({memory_mb} << 20)", _REFUSED),
    "write a larger file than allowed": ("open('big', 'wb').write(bytes({file_mb} + 1 << 20))", ("error", "crashed")),
    "start processes without end": (
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        ("error", "timed_out", "crashed"),
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
        with ForkServer("numpy", LIMITS, sandbox) as server:
            barriers = tuple(_attempt(server, name, *attempt) for name, attempt in _ATTEMPTS.items())
            return Report(server.sandbox, barriers=barriers, system=system)
    except UnsafeHost as error:
        return Report("none", str(error), system=system)


def _attempt(server: ForkServer, name: str, cell: str, good_ends: tuple[str, ...]) -> Barrier:
    with (
        tempfile.TemporaryDirectory(prefix="course-doctor-") as folder,
        socket.create_server(("127.0.0.1", 0)) as listener,
        server.spawn() as neighbour,
        server.spawn() as student,
    ):
        secret = _world_readable(Path(folder))
        neighbour.run_cell("import os; open('answer', 'w').write('x'); place = os.path.abspath('answer')")
        outcome = student.run_cell(
            cell.format(
                secret=str(secret),
                outside=folder,
                judge=os.getpid(),
                port=listener.getsockname()[1],
                neighbour=neighbour.namespace["place"],
                memory_mb=LIMITS.memory_mb,
                file_mb=LIMITS.file_mb,
            )
        )
        held = outcome.status in good_ends and sorted(os.listdir(folder)) == [secret.name] and _well(neighbour)
    return Barrier(name, held, _detail(outcome))


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
    return "\n".join([*lines, "", verdict])


def doctor(as_json: bool = False, write: Callable[[str], object] = print) -> int:
    """Examine this machine, write the report, and return the exit code: 0 safe, 4 unsafe."""
    if sys.platform != "linux":
        report = Report("none", "Grading needs Linux: use a Linux machine, WSL 2, or a container.", system={})
    else:
        report = probe()
    write(json.dumps({**asdict(report), "safe": report.safe}, indent=2) if as_json else as_text(report))
    return Exit.DONE if report.safe else UnsafeHost.exit_code
