"""System calls that Python has no name for, through the C library."""

from __future__ import annotations

import ctypes
import os
import sys

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER = 1, 22, 24, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 38, 47

# The same number on every architecture since Linux 5.1.
MOUNT_SETATTR, LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 442, 444, 445, 446


def call(name: str, *args: object) -> int:
    """Call a C library function that returns -1 on error. Errors: OSError with the errno and the name."""
    if _libc is None:
        raise OSError(f"{name}: only on Linux")
    result = getattr(_libc, name)(*args)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def syscall(number: int, *args: object) -> int:
    """Make a system call by number."""
    return call("syscall", ctypes.c_long(number), *args)


def prctl(option: int, *args: int) -> int:
    """Set an attribute of the process."""
    values = [*args, 0, 0, 0, 0][:4]
    return call("prctl", option, *(ctypes.c_ulong(value) for value in values))
