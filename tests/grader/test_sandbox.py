"""The barriers one by one: the seccomp filter run on paper, the cages tried on this machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import UnsafeHost
from autograder.runner.sandbox import landlock, libc, probe, seccomp
from autograder.runner.sandbox.cage import Cage, readable_paths

X86, ARM = 0xC000003E, 0xC00000B7
ALLOW, KILL, EPERM, ENOSYS, NOTHING = 0x7FFF0000, 0x80000000, 0x50001, 0x50026, 0x50000
PID = 4242


def verdict(program: list[tuple[int, int, int, int]], arch: int, number: int, *arguments: int) -> int:
    """What the kernel does with one call: classic BPF over struct seccomp_data."""
    data = {0: number, 4: arch, **{16 + 8 * i: value & 0xFFFFFFFF for i, value in enumerate(arguments)}}
    at = accumulator = 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        if code == 0x06:
            return operand
        if code == 0x20:
            accumulator = data.get(operand, 0)
            continue
        test = {0x15: accumulator == operand, 0x25: accumulator > operand, 0x45: accumulator & operand}[code]
        at += if_true if test else if_false


CALLS = [  # name, (x86_64, aarch64), arguments, verdict
    ("read", (0, 63), (), ALLOW),
    ("write", (1, 64), (), ALLOW),
    ("openat", (257, 56), (), ALLOW),
    ("mmap", (9, 222), (), ALLOW),
    ("futex", (202, 98), (), ALLOW),
    ("exit_group", (231, 94), (), ALLOW),
    ("socket", (41, 198), (2, 1), EPERM),
    ("connect", (42, 203), (), EPERM),
    ("execve", (59, 221), (), EPERM),
    ("ptrace", (101, 117), (), EPERM),
    ("mount", (165, 40), (), EPERM),
    ("unshare", (272, 97), (), EPERM),
    ("bpf", (321, 280), (), EPERM),
    ("io_uring_setup", (425, 425), (), EPERM),
    ("setns", (308, 268), (), EPERM),
    ("keyctl", (250, 219), (), EPERM),
    ("process_vm_writev", (311, 271), (), EPERM),
    ("fchmodat", (268, 53), (), NOTHING),
    ("fchownat", (260, 54), (), NOTHING),
    ("utimensat", (280, 88), (), NOTHING),
    ("kill self", (62, 129), (PID, 9), ALLOW),
    ("kill another", (62, 129), (1, 9), EPERM),
    ("kill all", (62, 129), (-1, 9), EPERM),
    ("kill the group", (62, 129), (0, 9), EPERM),
    ("tgkill self", (234, 131), (PID, 1, 6), ALLOW),
    ("tgkill another", (234, 131), (1, 1, 6), EPERM),
    ("queue to another", (129, 138), (1, 9), EPERM),
    ("prctl name", (157, 167), (15,), ALLOW),
    ("prctl death signal", (157, 167), (1,), EPERM),
    ("prlimit own", (302, 261), (0, 7), ALLOW),
    ("prlimit of another", (302, 261), (1, 7), EPERM),
    ("socketpair unix", (53, 199), (1, 1), ALLOW),
    ("socketpair inet", (53, 199), (2, 1), EPERM),
    ("clone a process", (56, 220), (17,), ALLOW),
    ("clone a thread", (56, 220), (0x3D0F00,), ALLOW),
    ("clone a user namespace", (56, 220), (0x10000011,), EPERM),
    ("clone a network", (56, 220), (0x40000011,), EPERM),
    ("clone3", (435, 435), (), ENOSYS),
    ("a call of the future", (999, 999), (), ENOSYS),
    ("cachestat, newer than the table", (451, 451), (), ENOSYS),
]


@pytest.mark.parametrize("machine, arch, column", [("x86_64", X86, 0), ("aarch64", ARM, 1)])
@pytest.mark.parametrize("name, numbers, arguments, expected", CALLS, ids=[row[0].replace(" ", "-") for row in CALLS])
def test_the_filter_decides(
    machine: str, arch: int, column: int, name: str, numbers: tuple[int, int], arguments: tuple, expected: int
) -> None:
    program = seccomp._program(machine, PID, may_fork=True)
    assert verdict(program, arch, numbers[column], *arguments) == expected


def test_the_filter_stops_calls_of_another_architecture() -> None:
    program = seccomp._program("x86_64", PID, may_fork=True)
    assert verdict(program, 0x40000003, 11) == KILL  # execve for i386
    assert verdict(program, X86, 0x40000000 | 41) == ENOSYS  # socket for x32


@pytest.mark.parametrize("machine, arch, clone", [("x86_64", X86, 56), ("aarch64", ARM, 220)])
def test_without_forking_only_threads_are_made(machine: str, arch: int, clone: int) -> None:
    program = seccomp._program(machine, PID, may_fork=False)
    assert verdict(program, arch, clone, 0x3D0F00) == ALLOW
    assert verdict(program, arch, clone, 17) == EPERM
    if machine == "x86_64":
        assert verdict(program, arch, 57) == verdict(program, arch, 58) == EPERM


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_jump_lands_inside_the_program(machine: str) -> None:
    program = seccomp._program(machine, PID, may_fork=True)
    assert all(at + 1 + max(jumps) < len(program) for at, (_, *jumps, _) in enumerate(program[:-1]))
    assert len(program) < 4096


def test_an_unknown_architecture_is_refused() -> None:
    with pytest.raises(OSError, match="riscv64"):
        seccomp._program("riscv64", PID, may_fork=True)


# ------------------------------------------------------------------ on this machine

WITNESS = Path(importlib.util.find_spec("numpy").origin)


@pytest.fixture(scope="module")
def readable() -> tuple[Path, ...]:
    return readable_paths((Path(importlib.util.find_spec("course_utils").origin).parent,))


@pytest.fixture(autouse=True)
def _linux_with_landlock() -> None:
    try:
        landlock.version()
    except OSError as error:
        pytest.skip(f"no Landlock here: {error}")


def test_the_best_cage_holds(readable: tuple[Path, ...]) -> None:
    cage = probe.best(readable, WITNESS)
    assert cage.closed and cage.name.endswith("landlock+seccomp+rlimits")
    assert probe.why_not(cage, readable, WITNESS) is None


BROKEN = {  # which barrier to take away: what the probe must then find
    "landlock": "files outside can be read",
    "seccomp": "a network socket can be opened",
}


@pytest.mark.parametrize("barrier", BROKEN)
def test_the_probe_finds_a_missing_barrier(
    monkeypatch: pytest.MonkeyPatch, readable: tuple[Path, ...], barrier: str
) -> None:
    monkeypatch.setattr(f"autograder.runner.sandbox.{barrier}.restrict", lambda *_, **__: None)
    assert probe.why_not(Cage(), readable, WITNESS) == BROKEN[barrier]


def test_the_probe_finds_that_python_cannot_be_read(readable: tuple[Path, ...], tmp_path: Path) -> None:
    witness = tmp_path / "unreadable"
    witness.write_text("x")
    assert "PermissionError" in str(probe.why_not(Cage(), readable, witness))


def test_a_host_without_landlock_is_refused(monkeypatch: pytest.MonkeyPatch, readable: tuple[Path, ...]) -> None:
    def absent() -> int:
        raise OSError(38, "landlock_create_ruleset: Function not implemented")

    monkeypatch.setattr(landlock, "version", absent)
    with pytest.raises(UnsafeHost, match=r"Function not implemented.*--unsafe-no-sandbox"):
        probe.best(readable, WITNESS)


def test_a_wanted_level_is_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch, readable: tuple[Path, ...]) -> None:
    monkeypatch.setattr("autograder.runner.sandbox.namespaces.unshare", _refused)
    with pytest.raises(UnsafeHost, match="not permitted"):
        probe.best(readable, WITNESS, "namespaces")
    assert probe.best(readable, WITNESS).name == "landlock+seccomp+rlimits"


def _refused() -> None:
    raise PermissionError(1, "not permitted")


ALONE = {  # what Landlock refuses without help from seccomp, and the version that learned it
    "bind a port": (4, lambda _: socket.socket().bind(("127.0.0.1", 0))),
    "connect to a port": (4, lambda _: socket.create_connection(("127.0.0.1", 1))),
    "signal a process outside": (6, lambda _: os.kill(os.getppid(), 0)),
    "empty a file by name": (3, lambda file: os.truncate(file, 0)),
    "empty a file by opening": (3, lambda file: os.open(file, os.O_RDONLY | os.O_TRUNC)),
    "make a link to a file": (1, lambda file: os.link(file, file.with_name("other"))),
    "move a file away": (1, lambda file: os.rename(file, file.with_name("other"))),
}


@pytest.mark.parametrize("attempt", ALONE)
def test_landlock_alone_refuses(tmp_path: Path, attempt: str) -> None:
    since, action = ALONE[attempt]
    if landlock.version() < since:
        pytest.skip(f"Landlock {landlock.version()} does not know this; seccomp must stop it")
    file = tmp_path / "file"
    file.write_text("x")

    def inside() -> str:
        libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict([file], [])
        try:
            action(file)
        except PermissionError:
            return "refused"
        return "done"

    assert probe._tell_from_child(inside) == "refused"


def test_a_user_without_any_rights_has_a_cage_too() -> None:
    """Continuous integration runs as root; most instructors do not."""
    setpriv = shutil.which("setpriv")
    if os.getuid() != 0 or not setpriv:
        pytest.skip("only root can become another user to try")
    run = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", sys.executable, "-c"]
    root = Path(__file__).parents[2]
    if subprocess.run([*run, "import numpy, autograder"], cwd=root, capture_output=True, check=False).returncode:
        pytest.skip("Python or the course is installed where only root can read it")
    script = (
        "import numpy, pathlib; from autograder.runner.sandbox import probe; "
        "from autograder.runner.sandbox.cage import readable_paths; "
        "print(probe.best(readable_paths(), pathlib.Path(numpy.__file__)).name)"
    )
    done = subprocess.run([*run, script], cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("landlock+seccomp+rlimits"), done.stderr
