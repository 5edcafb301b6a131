"""Landlock: which files a process and its descendants may read and write, for good. Needs no rights, no root.

Source: the kernel's Documentation/userspace-api/landlock.rst. The process keeps the files it has open.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from . import libc

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_IOCTL_DEV = 1 << 15
_ALL_SINCE = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: _IOCTL_DEV}  # ABI version -> rights it added
_READ = _READ_FILE | _READ_DIR | _EXECUTE  # execute: mapping a library; running programs is seccomp's matter
_FILE_ONLY = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | _IOCTL_DEV
_NET_TCP = 3  # bind and connect, ABI 4
_SCOPES = 3  # abstract Unix sockets and signals, ABI 6


# What a version learned. An older one leaves it to seccomp alone, which refuses the calls that it would take.
LEARNED = {
    2: "moving files between folders of its own",
    3: "emptying files that may only be read",
    4: "TCP ports",
    5: "controlling devices",
    6: "signals and nameless sockets of processes outside",
}


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The kernel's Landlock ABI. Errors: OSError where Landlock is absent or switched off."""
    return libc.syscall(libc.LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))


def lacks(abi: int) -> list[str]:
    """What this version of Landlock says nothing about."""
    return [what for since, what in LEARNED.items() if since > abi]


def restrict(readable: Iterable[Path], writable: Iterable[Path]) -> int:
    """Let this process read only below `readable` and `writable`, write only below `writable`; returns the ABI.

    Paths that do not exist are skipped: what is absent cannot be read. Needs no_new_privs.
    """
    abi = version()
    rights = sum(bits for since, bits in _ALL_SINCE.items() if since <= abi)
    rules = _Ruleset(rights, _NET_TCP, _SCOPES)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = libc.syscall(libc.LANDLOCK_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    try:
        for path in readable:
            _allow(ruleset, path, _READ & rights)
        for path in writable:
            _allow(ruleset, path, rights & ~_IOCTL_DEV)
        libc.syscall(libc.LANDLOCK_RESTRICT_SELF, ruleset, ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return abi


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= _FILE_ONLY
        rule = _PathRule(rights, parent)
        libc.syscall(libc.LANDLOCK_ADD_RULE, ruleset, ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(parent)
