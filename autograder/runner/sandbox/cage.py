"""Which barriers stand around one student's process, and in which order they are raised.

Landlock (files), seccomp (system calls), resource limits, no capabilities and, where the host allows it, namespaces
(own processes, no network, own root) and a user of its own. `probe.best` finds what this host can do by trying.
"""

from __future__ import annotations

import os
import platform
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from . import landlock, libc, limits, namespaces, privileges, seccomp
from .groups import Groups
from .limits import Limits

_SYSTEM = [
    "/usr",
    "/bin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
]
_FIRST_STUDENT_UID = 0x40000000  # far from any real user; one for each guard process


@dataclass(frozen=True)
class Cage:
    """Which barriers to raise. Landlock, seccomp and limits stand in every cage but the open one.

    `groups`: where the process gets a control group of its own. `notes`: the file in which refused system calls are
    noted down, if any.
    """

    closed: bool = True
    namespaces: bool = False
    own_uid: bool = False
    notes: str = ""
    groups: Groups | None = None

    @property
    def name(self) -> str:
        """The level as it is recorded in every result."""
        if not self.closed:
            return "none (unsafe)"
        barriers = ["namespaces"] * self.namespaces + ["landlock", "seccomp", "rlimits"]
        return "+".join([*barriers, *([self.groups.name] if self.groups else [])])

    def prepare(self) -> None:
        """First half, in the guard process before it forks the student's process."""
        if self.namespaces:
            namespaces.unshare()
        elif sys.platform == "linux":
            libc.prctl(libc.PR_SET_CHILD_SUBREAPER, 1)

    def make_ready(self, readable: tuple[Path, ...]) -> None:
        """Work out what all the processes shut in here will need, once, in the process that they come from."""
        if sys.platform == "linux" and self.closed:
            seccomp.filter_of(platform.machine(), None, False, True, False)
            if self.namespaces:  # there a student's process is number 1
                namespaces.shown(readable)
                seccomp.filter_of(platform.machine(), 1, self.may_fork(self.uid()), False, False)

    def uid(self) -> int | None:
        """The student's user id, from the guard's process id; None when the user stays the same."""
        return _FIRST_STUDENT_UID + os.getpid() if self.own_uid else None

    def may_fork(self, uid: int | None) -> bool:
        """Only where all its processes can be ended at once: by namespace, group or user, which must not be root.

        The kernel does not limit the number of root's processes, and one that forks and ends in a loop outruns
        whoever looks for its children.
        """
        if not self.closed:
            return True
        return (self.namespaces or uid is not None or self.groups is not None) and (uid or os.getuid()) != 0

    def enter(
        self,
        readable: tuple[Path, ...],
        bounds: Limits,
        uid: int | None,
        place: Path,
        listener: socket.socket | None = None,
    ) -> Path:
        """Second half, in the student's process: shut the doors for good. Returns the scratch folder, now the cwd.

        `place` is an empty folder: the mount point of the new root, or the scratch folder itself.
        `listener` is told of every refused system call.
        """
        scratch = place
        os.umask(0o022)
        if self.namespaces:
            namespaces.change_root(place, readable, bounds.scratch_mb, os.getuid() if uid is None else uid)
            scratch = namespaces.SCRATCH
        else:
            os.chdir(place)
        os.umask(0o077)
        alone = self.namespaces or self.own_uid or sys.platform != "linux"
        others = 0 if alone else limits.threads_of(os.getuid())
        if self.closed:
            privileges.drop(uid)
        if sys.platform == "linux":
            libc.prctl(libc.PR_SET_PDEATHSIG, 9)
            limits.apply(bounds, others)
        if self.closed:
            landlock.restrict(readable, [scratch, Path("/dev/null")])
            told = seccomp.restrict(
                may_fork=self.may_fork(uid), sees_others=not self.namespaces, telling=listener is not None
            )
            if listener and told is not None:
                with listener:
                    socket.send_fds(listener, [b"F"], [told])
                os.close(told)
        return scratch

    def enter_judge(self, readable: tuple[Path, ...], bounds: Limits) -> None:
        """Shut the judge of one submission in: it reads these folders, writes nothing, and starts nothing."""
        if not self.closed:
            return
        privileges.drop(None, frozenset({privileges.READ_ANY_FILE}))  # submissions may belong to others
        limits.apply(bounds.for_judge(), others=10_000)
        landlock.restrict(readable, [Path("/dev/null")])
        seccomp.restrict(may_fork=False, signals=False)


def readable_paths(packages: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """What student code may read: Python, system libraries, a few harmless facts, and the given folders."""
    return tuple(Path(p) for p in dict.fromkeys([sys.prefix, sys.base_prefix, *map(str, packages), *_SYSTEM]))
