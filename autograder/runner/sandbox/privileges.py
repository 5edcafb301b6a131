"""Giving up rights: capabilities, user and group, and the way back to them."""

from __future__ import annotations

import ctypes
import os

from . import libc

_CAPABILITY_VERSION_3 = 0x20080522
_CLEAR_ALL_AMBIENT = 4


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


READ_ANY_FILE = 2  # CAP_DAC_READ_SEARCH


def drop(uid: int | None, keep: frozenset[int] = frozenset()) -> None:
    """Give up every capability but these and become `uid` (None: stay who we are); no program can give them back."""
    for capability in (c for c in range(64) if c not in keep):
        try:
            libc.prctl(libc.PR_CAPBSET_DROP, capability)
        except OSError:
            break  # beyond the kernel's last capability, or not ours to drop: capset below decides
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    libc.prctl(libc.PR_CAP_AMBIENT, _CLEAR_ALL_AMBIENT)
    kept = sum(1 << capability for capability in keep) if os.getuid() == 0 else 0
    header, sets = _Header(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)(kept, kept)  # effective, permitted
    libc.call("capset", ctypes.byref(header), ctypes.byref(sets))
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
