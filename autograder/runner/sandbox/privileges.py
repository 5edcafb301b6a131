"""Giving up rights: capabilities, user and group, and the way back to them."""

from __future__ import annotations

import ctypes
import os

from . import libc

_CAPABILITY_VERSION_3 = 0x20080522
_CLEAR_ALL_AMBIENT = 4


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def drop(uid: int | None) -> None:
    """Give up every capability and become `uid` (None: stay who we are); no program can give them back."""
    for capability in range(64):
        try:
            libc.prctl(libc.PR_CAPBSET_DROP, capability)
        except OSError:
            break  # beyond the kernel's last capability, or not ours to drop: capset below decides
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    libc.prctl(libc.PR_CAP_AMBIENT, _CLEAR_ALL_AMBIENT)
    header, nothing = _Header(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    libc.call("capset", ctypes.byref(header), ctypes.byref(nothing))
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
