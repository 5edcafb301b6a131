"""Namespaces: a process that sees no other process, no network and only the files it is shown.

Source: namespaces(7), user_namespaces(7), pivot_root(2). A caller without root gets the rights it needs from a user
namespace; a caller with root needs none.
"""

from __future__ import annotations

import ctypes
import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import libc

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_NOSUID, _NODEV, _BIND, _REC, _PRIVATE = 2, 4, 0x1000, 0x4000, 0x40000
_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_ATTR_RDONLY, _ATTR_NOSUID = 1, 2

SCRATCH = Path("/scratch")
SHARED = SCRATCH / ".shm"  # what programs know as /dev/shm; it counts as part of the scratch folder


def unshare() -> None:
    """Enter new namespaces; the next child becomes process 1 of its own. Needs a process with one thread."""
    uid, gid = os.getuid(), os.getgid()
    flags = _NEWNS | _NEWUTS | _NEWIPC | _NEWPID | _NEWNET
    libc.call("unshare", flags if uid == 0 else flags | _NEWUSER)
    if uid != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


@dataclass(frozen=True)
class Shown:
    """What the new root shows of the old one: a link's target, or a folder or file that is mounted."""

    path: str
    link: str = ""
    folder: bool = False


def change_root(mount_point: Path, visible: tuple[Path, ...], scratch_mb: int, uid: int) -> None:
    """Make a root that shows only `visible`, read-only, and an empty /scratch of bounded size; work there."""
    _mount(None, Path("/"), None, _REC | _PRIVATE)
    _mount("tmpfs", mount_point, "tmpfs", _NOSUID | _NODEV, "size=1m,mode=755")
    for one in shown(visible):
        _show(one, str(mount_point))
    processes = mount_point / "proc"
    processes.mkdir()
    _mount("proc", processes, "proc", _NOSUID | _NODEV)  # of the new pid namespace: it lists only its own
    scratch = mount_point / SCRATCH.relative_to("/")
    scratch.mkdir()
    (mount_point / "dev").mkdir(exist_ok=True)
    (mount_point / "dev" / "shm").symlink_to(SHARED)
    attributes = (ctypes.c_uint64 * 4)(_ATTR_RDONLY | _ATTR_NOSUID, 0, 0, 0)
    libc.syscall(
        libc.MOUNT_SETATTR,
        _AT_FDCWD,
        os.fsencode(mount_point),
        _AT_RECURSIVE,
        ctypes.byref(attributes),
        ctypes.c_size_t(32),
    )
    gid = uid if os.getuid() == 0 else os.getgid()
    _mount(
        "tmpfs", scratch, "tmpfs", _NOSUID | _NODEV, f"size={scratch_mb}m,nr_inodes=10k,mode=700,uid={uid},gid={gid}"
    )
    shared = mount_point / SHARED.relative_to("/")
    shared.mkdir(mode=0o700)
    os.chown(shared, uid, gid)
    os.chdir(mount_point)
    pivot_root = {"x86_64": 155, "aarch64": 41}[os.uname().machine]
    libc.syscall(pivot_root, b".", b".")
    libc.call("umount2", b".", _DETACH)
    os.chdir(SCRATCH)


@functools.cache
def shown(visible: tuple[Path, ...]) -> tuple[Shown, ...]:
    """What a root that shows these paths is made of. Every one of a fork server's is the same, so it looks once."""
    paths = _outermost(p for p in visible if p.parts[:2] != ("/", "proc"))
    return tuple(Shown(str(p), str(p.resolve()) if p.is_symlink() else "", p.is_dir()) for p in paths)


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """The paths that exist, parents first, without those that lie inside another."""
    kept: list[Path] = []
    for path in sorted({real for p in paths for real in (p, p.resolve()) if p.exists()}, key=lambda p: len(p.parts)):
        if path.is_symlink() or not any(parent in kept and not parent.is_symlink() for parent in path.parents):
            kept.append(path)
    return kept


def _show(one: Shown, mount_point: str) -> None:
    target = mount_point + one.path
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.lexists(target):
        return
    if one.link:
        os.symlink(one.link, target)
        return
    if one.folder:
        os.mkdir(target)
    else:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
    _mount(one.path, target, None, _BIND | _REC)


def _mount(source: str | None, target: Path | str, kind: str | None, flags: int, options: str | None = None) -> None:
    def text(value: object) -> bytes | None:
        return None if value is None else os.fsencode(str(value))

    libc.call("mount", text(source), text(target), text(kind), ctypes.c_ulong(flags), text(options))
