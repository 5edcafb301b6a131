"""Audit mode: every refused system call is told to a process outside the cage, which notes it down and refuses it.

Source: seccomp_unotify(2). The student's process never keeps the descriptor by which one answers.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import select
import signal
import socket

from .processes import close_all_but, die_with_parent
from .sandbox import calls, libc, seccomp

_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_MOST = 1000  # different calls that are noted down


class _Told(ctypes.Structure):
    _fields_ = [
        ("id", ctypes.c_uint64),
        ("pid", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("number", ctypes.c_int),
        ("arch", ctypes.c_uint32),
        ("place", ctypes.c_uint64),
        ("arguments", ctypes.c_uint64 * 6),
    ]


class _Answer(ctypes.Structure):
    _fields_ = [
        ("id", ctypes.c_uint64),
        ("value", ctypes.c_int64),
        ("error", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
    ]


def start_listener(notes: str) -> socket.socket:
    """Start the process; the listener of a filter (`Cage.enter`) is to be sent through the socket."""
    inside, outside = socket.socketpair()
    guard = os.getpid()
    if os.fork():
        inside.close()
        return outside
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent(guard, signal.SIGKILL)
        _listen(*close_all_but(inside), notes)
    finally:
        os._exit(0)


def _listen(inside: socket.socket, notes: str) -> None:
    _, descriptors, _, _ = socket.recv_fds(inside, 1, 1)
    if not descriptors:
        return  # the student's process ended before its cage was shut
    names, seen = calls.numbered(platform.machine()), set()
    waiting = select.poll()
    waiting.register(descriptors[0], select.POLLIN)
    with open(notes, "a") as file:
        while not waiting.poll()[0][1] & select.POLLHUP:  # until nobody is left to tell anything
            told = _Told()
            with contextlib.suppress(FileNotFoundError):  # whoever made the call was killed meanwhile
                libc.call("ioctl", descriptors[0], ctypes.c_ulong(_RECEIVE), ctypes.byref(told))
                name = names.get(told.number, f"call {told.number}")
                if len(seen) < _MOST and (note := _note(name, told)) not in seen:
                    seen.add(note)
                    file.write(f"{note}\n")
                    file.flush()
                answer = _Answer(told.id, 0, -seccomp.refusal(name, told.number), 0)
                libc.call("ioctl", descriptors[0], ctypes.c_ulong(_SEND), ctypes.byref(answer))


def _note(name: str, told: _Told) -> str:
    """The call, with those arguments that a rule is about."""
    about = seccomp.rules(pid=0, may_fork=True).get(name, ())
    return f"{name}({', '.join(hex(told.arguments[rule.argument] & 0xFFFFFFFF) for rule in about)})"
