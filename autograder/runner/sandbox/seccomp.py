"""seccomp: which system calls a process and its descendants may make, for good.

A filter of classic BPF instructions, built from the tables in `calls` and the rules below. What is on no list is "not
permitted"; what is newer than the lists does not exist.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import struct
from dataclasses import dataclass

from . import calls, libc

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_SET_MODE_FILTER, _NEW_LISTENER = 1, 8

_LOAD, _AND, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x25, 0x45, 0x06
_NUMBER, _ARCH, _ARG = 0, 4, 16  # offsets in struct seccomp_data; arguments are 8 bytes, low half first
_ALLOW, _KILL_PROCESS, _ERRNO, _TELL = 0x7FFF0000, 0x80000000, 0x00050000, 0x7FC00000

_REFUSED_WITH = {"ioctl": errno.ENOTTY, "prctl": errno.EINVAL}  # as for a device or option that does not know it


@dataclass(frozen=True)
class Among:
    """The low half of an argument is one of these values."""

    argument: int
    values: tuple[int, ...]

    def test(self, refusal: int) -> list[Instruction]:
        """Instructions that return the refusal or go on behind it."""
        count = len(self.values)
        tests = [(_EQUAL, count - place, 0, value) for place, value in enumerate(self.values)]
        return [(_LOAD, 0, 0, _ARG + 8 * self.argument), *tests, (_RETURN, 0, 0, refusal)]


@dataclass(frozen=True)
class Bits:
    """An argument has one of these bits, or none of them."""

    argument: int
    bits: int
    wanted: bool

    def test(self, refusal: int) -> list[Instruction]:
        """Instructions that return the refusal or go on behind it."""
        jumps = (1, 0) if self.wanted else (0, 1)
        return [(_LOAD, 0, 0, _ARG + 8 * self.argument), (_ANY_BIT, *jumps, self.bits), (_RETURN, 0, 0, refusal)]


@dataclass(frozen=True)
class Never:
    """An argument, under this mask, is none of these values."""

    argument: int
    mask: int
    values: tuple[int, ...]

    def test(self, refusal: int) -> list[Instruction]:
        """Instructions that return the refusal or go on behind it."""
        last = len(self.values) - 1
        tests = [(_EQUAL, last - place, int(place == last), value) for place, value in enumerate(self.values)]
        return [(_LOAD, 0, 0, _ARG + 8 * self.argument), (_AND, 0, 0, self.mask), *tests, (_RETURN, 0, 0, refusal)]


Rule = Among | Bits | Never
_NEW_NAMESPACES = 0x7E020080  # CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET,TIME}
_CLONE_PARENT, _CLONE_THREAD = 0x8000, 0x10000
# O_TRUNC and an access mode that does not write: before its version 3 Landlock lets that empty whatever may be read.
_EMPTIED = (0x203, (0x200, 0x203))
_UNIX = Among(0, (1,))
_STREAM = Among(1, (1, 0x801, 0x80001, 0x80801))  # a datagram could be sent to any other socket by name
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, locks, F_DUPFD_CLOEXEC, size of a pipe; no owners, leases, notices, seals
_FCNTL = Among(1, (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032))
# TCGETS and TIOCGWINSZ (is it a terminal?), FIONREAD, FIONBIO, FIOCLEX, FIONCLEX
_IOCTL = Among(1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5451, 0x5450))
# PR_GET_PDEATHSIG, _DUMPABLE, _SECCOMP; names, slack of timers, no new rights (get and set); PR_CAPBSET_READ,
# PR_SET_VMA (names of memory), and what vector libraries ask for on aarch64: PR_SVE_GET_VL, PR_GET_TAGGED_ADDR_CTRL
_PRCTL = Among(0, (2, 3, 15, 16, 21, 23, 29, 30, 38, 39, 51, 56, 0x53564D41))


def rules(pid: int | None, may_fork: bool, sees_others: bool = True) -> dict[str, tuple[Rule, ...]]:
    """What must hold for the arguments of a call; nothing may, where there is no rule.

    Signals may be sent to the process `pid`; without one, to nobody.
    """
    itself = (Among(0, () if pid is None else (pid,)),)
    process = {"fork": (), "vfork": (), "clone": (Bits(0, _NEW_NAMESPACES | _CLONE_PARENT, wanted=False),)}
    return {
        "open": (Never(1, *_EMPTIED),),
        "openat": (Never(2, *_EMPTIED),),
        "kill": itself if sees_others else (),
        "tgkill": itself,
        "rt_sigqueueinfo": itself,
        "rt_tgsigqueueinfo": itself,
        "prctl": (_PRCTL,),
        "prlimit64": (Among(0, (0,)),),
        "socketpair": (_UNIX, _STREAM),
        "fcntl": (_FCNTL,),
        "ioctl": (_IOCTL,),
        **(process if may_fork else {"clone": (Bits(0, _CLONE_THREAD, wanted=True),)}),
    }


def refusal(name: str, number: int) -> int:
    """The error with which a call is refused."""
    if name in calls.ABSENT or number > calls.LAST_KNOWN:
        return errno.ENOSYS
    return errno.EOPNOTSUPP if name in calls.UNSUPPORTED else _REFUSED_WITH.get(name, errno.EPERM)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def restrict(
    *, may_fork: bool = True, sees_others: bool = True, telling: bool = False, signals: bool = True
) -> int | None:
    """Install the filter in this process: signals only to itself, threads allowed, processes if `may_fork`.

    A process that sees none but its own children (in a namespace of its own) may end those, as a pool does.
    When `telling`, the refusal of what is on no list or breaks a rule is left to whoever holds the descriptor that is
    returned (`listening`).
    """
    pid = os.getpid() if signals else None
    return _put(filter_of(platform.machine(), pid, may_fork, sees_others, telling), telling)


@functools.cache
def filter_of(machine: str, pid: int | None, may_fork: bool, sees_others: bool, telling: bool, /) -> bytes:
    """The filter of `restrict`, as the kernel takes it. A fork server makes those of its children beforehand."""
    return _raw(program(machine, rules(pid, may_fork, sees_others), telling))


def install(instructions: list[Instruction]) -> None:
    """Put a filter on this process; needs no_new_privs."""
    _put(_raw(instructions))


def _raw(instructions: list[Instruction]) -> bytes:
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def _put(raw: bytes, telling: bool = False) -> int | None:
    """When `telling`, returns the descriptor of its listener."""
    filter_ = ctypes.byref(_Program(len(raw) // 8, raw))
    if telling:
        number = _SECCOMP[platform.machine()]
        return libc.syscall(number, ctypes.c_uint(_SET_MODE_FILTER), ctypes.c_uint(_NEW_LISTENER), filter_)
    libc.call("prctl", libc.PR_SET_SECCOMP, ctypes.c_ulong(2), filter_, ctypes.c_ulong(0), ctypes.c_ulong(0))
    return None


def program(machine: str, wanted: dict[str, tuple[Rule, ...]], telling: bool = False) -> list[Instruction]:
    """The instructions. Errors: OSError for a machine without a table."""
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no seccomp table for {machine}")
    column = calls.ARCHITECTURES.index(machine)

    def refused(name: str, number: int) -> int:
        return _TELL if telling else _ERRNO | refusal(name, number)

    made: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
        (_GREATER, 0, 1, calls.LAST_KNOWN),  # also the x32 calls, which start at 2^30
        (_RETURN, 0, 0, refused("", calls.LAST_KNOWN + 1)),
    ]

    def decide(table: dict[str, calls.Numbers], verdict: int | None = None) -> None:
        for name, numbers in table.items():
            if (number := numbers[column]) is not None:
                tests = [step for rule in wanted.get(name, ()) for step in rule.test(refused(name, number))]
                end = verdict if verdict is not None else refused(name, number)
                made.extend([(_EQUAL, 0, len(tests) + 1, number), *tests, (_RETURN, 0, 0, end)])

    for table in calls.ALLOWED.values():
        decide(table, _ALLOW)
    decide({name: numbers for name, numbers in calls.BY_ARGUMENT.items() if name in wanted}, _ALLOW)
    decide(calls.IGNORED, _ERRNO)
    for name, numbers in (calls.UNSUPPORTED | calls.ABSENT).items():
        decide({name: numbers}, _ERRNO | refusal(name, 0))
    made.append((_RETURN, 0, 0, refused("", 0)))
    return made
