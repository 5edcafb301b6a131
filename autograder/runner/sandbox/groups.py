"""cgroup v2: a group for one student's process and all that come from it, with common limits and one end for all.

Source: the kernel's Documentation/admin-guide/cgroup-v2.rst. Groups can be made by root, and by a user to whom a part
of the tree was delegated (systemd's Delegate=yes). Elsewhere the cage does without.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from .limits import Limits

CONTROLLERS = ("memory", "pids")
KILL_SECONDS = 5


@dataclass(frozen=True)
class Groups:
    """A folder of the cgroup tree in which groups are made, and the controllers that limit them there.

    It is locked while its maker, or a guard of its maker's, lives: so what a killed one left can be told.
    """

    home: Path
    controllers: tuple[str, ...] = ()
    lock: int = field(default=-1, compare=False)

    @property
    def name(self) -> str:
        """What it adds to a cage, in one word."""
        return f"cgroup({','.join(self.controllers)})" if self.controllers else "cgroup"

    def make(self, name: str, bounds: Limits) -> Group:
        """A new, empty group with its limits. Errors: OSError."""
        (self.home / name).mkdir()
        group = Group(name, os.open(self.home, os.O_RDONLY), os.open(self.home / name, os.O_RDONLY))
        if "memory" in self.controllers:
            group.set("memory.max", str(bounds.memory_mb + bounds.scratch_mb << 20))  # files in memory count too
            group.set("memory.oom.group", "1")
            with contextlib.suppress(FileNotFoundError):  # a kernel without swap
                group.set("memory.swap.max", "0")
        if "pids" in self.controllers:
            group.set("pids.max", str(bounds.processes))
        return group

    def close(self) -> None:
        """Remove the folder, when no group is left in it."""
        with contextlib.suppress(OSError):
            self.home.rmdir()
        os.close(self.lock)


@dataclass(frozen=True)
class Group:
    """A group, by descriptors of its parent's folder and its own: whoever ends it may no longer see them by name."""

    name: str
    parent: int
    folder: int

    def join(self) -> None:
        """Move this process into the group; its children will be born there. Errors: OSError."""
        self.set("cgroup.procs", "0")

    def end(self) -> None:
        """Kill every process of the group, at once and for good, and remove it.

        Errors: TimeoutError when one is left all the same.
        """
        give_up = time.monotonic() + KILL_SECONDS
        while True:
            self._kill()
            if "populated 0" in self.read("cgroup.events"):
                os.rmdir(self.name, dir_fd=self.parent)
                return
            if time.monotonic() > give_up:
                raise TimeoutError(f"the processes of the group {self.name} do not end")
            time.sleep(0.001)

    def _kill(self) -> None:
        try:
            self.set("cgroup.kill", "1")
        except FileNotFoundError:  # before Linux 5.14: a frozen process does not fork while the others are killed
            self.set("cgroup.freeze", "1")
            for pid in self.read("cgroup.procs").split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            self.set("cgroup.freeze", "0")

    def read(self, file: str) -> str:
        """The content of one of the group's files."""
        with open(os.open(file, os.O_RDONLY, dir_fd=self.folder)) as content:
            return content.read()

    def set(self, file: str, value: str) -> None:
        """Write to one of the group's files, which must be there."""
        _write(os.open(file, os.O_WRONLY, dir_fd=self.folder), value)


def find(mounts: Path = Path("/proc/self/mounts"), own: Path = Path("/proc/self/cgroup")) -> Groups | None:
    """Where groups can be made on this machine, tried with a process; None where they cannot."""
    found = [groups for place in _places(mounts, own) if (groups := _try(place)) is not None]
    best = max(found, key=lambda groups: len(groups.controllers), default=None)
    for groups in found:
        if groups is not best:
            groups.close()
    return best


def _places(mounts: Path, own: Path) -> list[Path]:
    """Our own group, and the root of the tree, which needs no room to be made in."""
    try:
        trees = [Path(line.split()[1]) for line in mounts.read_text().splitlines() if line.split()[2] == "cgroup2"]
        ours = [line[3:].lstrip("/") for line in own.read_text().splitlines() if line.startswith("0::")]
    except OSError:
        return []
    return list(dict.fromkeys(place for tree in trees[:1] for place in (*(tree / path for path in ours), tree)))


def _try(place: Path) -> Groups | None:
    import fcntl

    home = place / f"course-{os.getpid()}"
    _clear_left_behind(place)
    try:
        home.mkdir()
        lock = os.open(home, os.O_RDONLY)
    except OSError:
        return None
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        groups = Groups(home, _controllers(place, home), lock)
        _rehearse(groups.make("trial", Limits()))
    except OSError:
        _remove(home)
        os.close(lock)
        return None
    return groups


def _clear_left_behind(place: Path) -> None:
    """Remove the empty groups of those that were killed; a living one has the lock."""
    import fcntl

    for home in place.glob("course-*"):
        with contextlib.suppress(OSError):  # in use, somebody else's, or gone meanwhile
            lock = os.open(home, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(home)
            finally:
                os.close(lock)


def _remove(home: Path) -> None:
    """Remove the folder and the groups in it, as far as no process is in them."""
    for folder in (*(path for path in home.glob("*") if path.is_dir()), home):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _rehearse(trial: Group) -> None:
    """Let a process join the group and end it by the group. Errors: OSError when either fails."""
    pid = os.fork()
    if pid == 0:
        try:
            trial.join()
            signal.pause()
        finally:
            os._exit(1)
    joined = ended = False
    while not joined and not ended:
        joined = "populated 1" in trial.read("cgroup.events")
        ended = os.waitpid(pid, os.WNOHANG)[0] == pid
    try:
        if ended:
            raise PermissionError("a process cannot join a group")
        trial.end()
    finally:
        if not ended:
            os.kill(pid, signal.SIGKILL)  # not yet waited for
            os.waitpid(pid, 0)
        os.close(trial.folder)
        os.close(trial.parent)


def _controllers(place: Path, home: Path) -> tuple[str, ...]:
    """The controllers that can be had for the groups in `home`."""
    with contextlib.suppress(OSError):
        _make_room(place)
    for controller in CONTROLLERS:
        for folder in (place, home):
            with contextlib.suppress(OSError):
                _set(folder / "cgroup.subtree_control", f"+{controller}")
    at_hand = (home / "cgroup.subtree_control").read_text().split()
    return tuple(controller for controller in CONTROLLERS if controller in at_hand)


def _make_room(place: Path) -> None:
    """A group that hands on controllers may hold no process itself: ours move down, if nobody else is there."""
    inside = {int(pid) for pid in (place / "cgroup.procs").read_text().split()}
    at_hand = (place / "cgroup.controllers").read_text().split()
    ready = (place / "cgroup.subtree_control").read_text().split()
    if set(CONTROLLERS) & set(at_hand) <= set(ready) or not inside <= {os.getpid(), os.getppid()}:
        return
    room = place / "course"
    room.mkdir(exist_ok=True)
    for pid in inside:
        _set(room / "cgroup.procs", str(pid))


def _set(file: Path, value: str) -> None:
    _write(os.open(file, os.O_WRONLY), value)


def _write(descriptor: int, value: str) -> None:
    try:
        os.write(descriptor, value.encode())
    finally:
        os.close(descriptor)
