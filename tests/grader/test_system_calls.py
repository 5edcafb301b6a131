"""The list of system calls: the filter run on paper for both architectures, then by this kernel."""

from __future__ import annotations

import errno
import platform
import re
import sys
from itertools import product
from pathlib import Path

import pytest

from autograder.runner.sandbox import calls, libc, probe, seccomp

X86, ARM = 0xC000003E, 0xC00000B7
ALLOW, KILL, NOTHING, TELL = 0x7FFF0000, 0x80000000, 0x50000, 0x7FC00000
EPERM, ENOSYS, EINVAL, ENOTTY, ENOTSUP = (
    0x50000 | number for number in (errno.EPERM, errno.ENOSYS, errno.EINVAL, errno.ENOTTY, errno.ENOTSUP)
)
PID = 4242
MACHINES = pytest.mark.parametrize("machine, arch, column", [("x86_64", X86, 0), ("aarch64", ARM, 1)])


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
        if code == 0x54:
            accumulator &= operand
            continue
        test = {0x15: accumulator == operand, 0x25: accumulator > operand, 0x45: accumulator & operand}[code]
        at += if_true if test else if_false


CALLS = [  # name, (x86_64, aarch64), arguments, verdict
    ("read", (0, 63), (), ALLOW),
    ("write", (1, 64), (), ALLOW),
    ("openat", (257, 56), (), ALLOW),
    ("openat to write anew", (257, 56), (3, 0, 0x80241), ALLOW),
    ("openat to read and write, emptied", (257, 56), (3, 0, 0x202), ALLOW),
    ("openat to read", (257, 56), (3, 0, 0x80000), ALLOW),
    ("openat to read, emptied", (257, 56), (3, 0, 0x80200), EPERM),
    ("openat in no mode, emptied", (257, 56), (3, 0, 0x203), EPERM),
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
    ("inotify_init1", (294, 26), (), EPERM),
    ("truncate by name", (76, 45), (), EPERM),
    ("splice, which nobody asked for", (275, 76), (), EPERM),
    ("set_mempolicy, as on a kernel without", (238, 237), (), ENOSYS),
    ("fchmodat", (268, 53), (), NOTHING),
    ("fchownat", (260, 54), (), NOTHING),
    ("utimensat", (280, 88), (), NOTHING),
    ("listxattr", (194, 11), (), ENOTSUP),
    ("kill self", (62, 129), (PID, 9), ALLOW),
    ("kill another", (62, 129), (1, 9), EPERM),
    ("kill all", (62, 129), (-1, 9), EPERM),
    ("kill the group", (62, 129), (0, 9), EPERM),
    ("tgkill self", (234, 131), (PID, 1, 6), ALLOW),
    ("tgkill another", (234, 131), (1, 1, 6), EPERM),
    ("queue to another", (129, 138), (1, 9), EPERM),
    ("prctl name", (157, 167), (15,), ALLOW),
    ("prctl death signal", (157, 167), (1,), EINVAL),
    ("prctl subreaper", (157, 167), (36,), EINVAL),
    ("prlimit own", (302, 261), (0, 7), ALLOW),
    ("prlimit of another", (302, 261), (1, 7), EPERM),
    ("socketpair unix", (53, 199), (1, 1), ALLOW),
    ("socketpair unix closed on exec", (53, 199), (1, 0x80001), ALLOW),
    ("socketpair unix datagram", (53, 199), (1, 2), EPERM),
    ("socketpair unix raw, which is datagram", (53, 199), (1, 3), EPERM),
    ("socketpair inet", (53, 199), (2, 1), EPERM),
    ("fcntl copy", (72, 25), (3, 1030), ALLOW),
    ("fcntl lock", (72, 25), (3, 6), ALLOW),
    ("fcntl owner", (72, 25), (3, 8), EPERM),
    ("fcntl notice of a folder", (72, 25), (3, 1026), EPERM),
    ("fcntl lease", (72, 25), (3, 1024), EPERM),
    ("ioctl is it a terminal", (16, 29), (3, 0x5401), ALLOW),
    ("ioctl not blocking", (16, 29), (3, 0x5421), ALLOW),
    ("ioctl signals to another", (16, 29), (3, 0x8901), ENOTTY),
    ("ioctl type into a terminal", (16, 29), (3, 0x5412), ENOTTY),
    ("clone a process", (56, 220), (17,), ALLOW),
    ("clone a thread", (56, 220), (0x3D0F00,), ALLOW),
    ("clone a sibling", (56, 220), (0x8011,), EPERM),
    ("clone a user namespace", (56, 220), (0x10000011,), EPERM),
    ("clone a network", (56, 220), (0x40000011,), EPERM),
    ("clone3", (435, 435), (), ENOSYS),
    ("a call of the future", (999, 999), (), ENOSYS),
    ("cachestat, newer than the list", (451, 451), (), ENOSYS),
]


@MACHINES
@pytest.mark.parametrize("name, numbers, arguments, expected", CALLS, ids=[row[0].replace(" ", "-") for row in CALLS])
def test_the_filter_decides(
    machine: str, arch: int, column: int, name: str, numbers: tuple[int, int], arguments: tuple, expected: int
) -> None:
    program = seccomp.program(machine, seccomp.rules(PID, may_fork=True))
    assert verdict(program, arch, numbers[column], *arguments) == expected


PROBES = [(0, 0), (1, 1), (PID, 0), (0x10000, 0), (15, 0), (0, 0x5401)]  # each rule lets one of these through


def passing(column: int) -> set[int]:
    """The numbers of all calls that may pass, with some arguments or any."""
    tables = (*calls.ALLOWED.values(), calls.IGNORED, calls.BY_ARGUMENT)
    return {n for table in tables for numbers in table.values() if (n := numbers[column]) is not None}


@MACHINES
@pytest.mark.parametrize("may_fork", [True, False])
def test_what_is_on_no_list_never_passes(machine: str, arch: int, column: int, may_fork: bool) -> None:
    program = seccomp.program(machine, seccomp.rules(PID, may_fork))
    passed = {
        number
        for number, arguments in product([*range(1200), 1 << 30, (1 << 30) + 41], PROBES)
        if verdict(program, arch, number, *arguments) in (ALLOW, NOTHING)
    }
    processes = {57, 58} if machine == "x86_64" and not may_fork else set()
    assert passed == passing(column) - processes


@MACHINES
def test_what_is_refused_on_purpose_is_on_no_other_list(machine: str, arch: int, column: int) -> None:
    left_out = [numbers[column] for table in calls.REFUSED.values() for numbers in table.values()]
    assert not passing(column) & set(left_out)
    every = [*calls.ALLOWED.values(), *calls.REFUSED.values(), calls.BY_ARGUMENT, calls.IGNORED, calls.ABSENT]
    named = [numbers[column] for table in (*every, calls.UNSUPPORTED) for numbers in table.values()]
    known = [number for number in named if number is not None]
    assert sorted(known) == sorted(set(known)) and max(known) <= calls.LAST_KNOWN
    assert set(calls.numbered(machine)) == set(known)


HEADERS = [(0, "x86_64-linux-gnu/asm/unistd_64.h", {}), (1, "asm-generic/unistd.h", {"newfstatat": "fstatat"})]


@pytest.mark.parametrize("column, header, other", HEADERS, ids=["x86_64", "aarch64"])
def test_the_numbers_are_those_of_the_kernels_headers(column: int, header: str, other: dict[str, str]) -> None:
    path = Path("/usr/include", header)
    if not path.exists():
        pytest.skip(f"no {path} here")
    found = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)\b", path.read_text(), re.MULTILINE)
    numbers = {name: int(number) for name, number in reversed(found)}
    tables = (*calls.ALLOWED.values(), *calls.REFUSED.values(), calls.BY_ARGUMENT, calls.IGNORED, calls.ABSENT)
    for table in (*tables, calls.UNSUPPORTED):
        for name, ours in table.items():
            assert ours[column] == numbers.get(name, numbers.get(other.get(name, ""))), name


def test_the_filter_stops_calls_of_another_architecture() -> None:
    program = seccomp.program("x86_64", seccomp.rules(PID, may_fork=True))
    assert verdict(program, 0x40000003, 11) == KILL  # execve for i386
    assert verdict(program, X86, 0x40000000 | 41) == ENOSYS  # socket for x32


@MACHINES
def test_without_forking_only_threads_are_made(machine: str, arch: int, column: int) -> None:
    program, clone = seccomp.program(machine, seccomp.rules(PID, may_fork=False)), (56, 220)[column]
    assert verdict(program, arch, clone, 0x3D0F00) == ALLOW
    assert verdict(program, arch, clone, 17) == EPERM
    if machine == "x86_64":
        assert verdict(program, arch, 57) == verdict(program, arch, 58) == EPERM


@MACHINES
def test_a_process_that_sees_only_its_own_may_end_those(machine: str, arch: int, column: int) -> None:
    alone = seccomp.program(machine, seccomp.rules(PID, may_fork=True, sees_others=False))
    for name, numbers, arguments, expected in CALLS:
        wanted = ALLOW if numbers == (62, 129) else expected
        assert verdict(alone, arch, numbers[column], *arguments) == wanted, name


@MACHINES
def test_in_audit_mode_every_refusal_is_told_and_nothing_more_passes(machine: str, arch: int, column: int) -> None:
    usual, telling = (
        seccomp.program(machine, seccomp.rules(PID, may_fork=True), telling=told) for told in (False, True)
    )
    for name, numbers, arguments, expected in CALLS:
        silent = expected in (ALLOW, NOTHING, ENOTSUP) or name.startswith(("clone3", "set_mempolicy"))
        assert verdict(telling, arch, numbers[column], *arguments) == (expected if silent else TELL), name
    for number in set(range(1200)) - passing(column):
        told = verdict(telling, arch, number)
        assert told == TELL or told == verdict(usual, arch, number)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("telling", [False, True])
def test_every_jump_lands_inside_the_program(machine: str, telling: bool) -> None:
    program = seccomp.program(machine, seccomp.rules(PID, may_fork=True), telling=telling)
    assert all(at + 1 + max(jumps) < len(program) for at, (_, *jumps, _) in enumerate(program[:-1]))
    assert all(0 <= jump < 256 for _, *jumps, _ in program for jump in jumps)
    assert len(program) < 4096


def test_an_unknown_architecture_is_refused() -> None:
    with pytest.raises(OSError, match="riscv64"):
        seccomp.program("riscv64", seccomp.rules(PID, may_fork=True))


# ------------------------------------------------------------------ by this kernel

linux = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in calls.ARCHITECTURES, reason="no seccomp, or no table for it"
)


@linux
def test_this_kernel_refuses_every_call_that_is_on_no_list() -> None:
    left = set(range(1, 1200)) - passing(calls.ARCHITECTURES.index(platform.machine()))
    left -= {335, 336}  # uretprobe and uprobe pass no filter: the kernel itself ends whoever calls them
    allowed = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP)

    def inside() -> str:
        libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
        seccomp.restrict()
        through = []
        for number in sorted(left):
            try:
                libc.syscall(number, -1, -1, -1, -1, -1, -1)
            except OSError as error:
                if error.errno in allowed:
                    continue
            through.append(number)
        return f"through: {through}"

    assert probe._tell_from_child(inside) == "through: []"
