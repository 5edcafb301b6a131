"""Control groups: limits for all processes of one submission together, and an end that none of them outruns."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.runner.launch import ForkServer
from autograder.runner.sandbox import groups
from autograder.runner.sandbox.groups import Group, Groups
from autograder.runner.sandbox.limits import Limits

BOUNDS = Limits(memory_mb=100, scratch_mb=28, processes=7)


@pytest.fixture
def here() -> Iterator[Groups]:
    """This machine's, where there are any."""
    found = groups.find()
    if found is None:
        pytest.skip("no control group can be made here: no cgroup v2, or none that is ours")
    yield found
    found.close()
    assert not found.home.exists(), "a group was left"


def chain_of_forks(group: Group) -> None:
    """Start processes that fork and end in a loop, so that none lives long enough to be looked for."""
    for _ in range(3):
        if os.fork() == 0:
            try:
                group.join()
                while True:
                    if os.fork():
                        os._exit(0)
            finally:
                os._exit(1)
    while "populated 0" in group.read("cgroup.events"):
        time.sleep(0.001)


@pytest.mark.parametrize("kernel", ["5.14 and newer", "older"])
def test_the_end_of_a_group_outruns_a_chain_of_forks(
    here: Groups, monkeypatch: pytest.MonkeyPatch, kernel: str
) -> None:
    if kernel == "older":
        monkeypatch.setattr(Group, "set", _without("cgroup.kill", Group.set))
    group = here.make("some", BOUNDS)
    chain_of_forks(group)
    group.end()
    assert not (here.home / "some").exists()


def test_what_a_killed_server_left_is_cleared_away_and_what_is_in_use_is_not(here: Groups) -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            found = groups.find()
            found.make("student-1", BOUNDS)
            os.write(writing, str(found.home).encode())
            signal.pause()
        finally:
            os._exit(1)
    os.close(writing)
    with open(reading, "rb", buffering=0) as told:
        left = Path(told.read(1000).decode())
    groups._clear_left_behind(here.home.parent)
    assert (left / "student-1").is_dir() and here.home.is_dir()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert (left / "student-1").is_dir()
    groups._clear_left_behind(here.home.parent)
    assert not left.exists() and here.home.is_dir()


def _without(missing: str, usual: object) -> object:
    def set(self: Group, file: str, value: str) -> None:
        if file == missing:
            raise FileNotFoundError(errno.ENOENT, file)
        usual(self, file, value)

    return set


@pytest.mark.parametrize("controller", groups.CONTROLLERS)
def test_the_limits_are_those_of_all_processes_together(here: Groups, controller: str) -> None:
    if controller not in here.controllers:
        pytest.skip(f"this machine's cgroup v2 does not have the controller {controller}")
    group = here.make("some", BOUNDS)
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            group.join()
            _ = bytearray(200 << 20) if controller == "memory" else [os.fork() or signal.pause() for _ in range(10)]
            os.write(writing, b"through")
        finally:
            os._exit(1)
    os.close(writing)
    with open(reading, "rb") as told:
        assert told.read() == b""
    group.end()


class Tree:
    """As much of cgroup v2 as a fork server sees of it when a part of the tree is its own."""

    def __init__(self, root: Path, controllers: str, inside: list[int], handed_on: str = ""):
        self.root, self.own = root, root / "part"
        for name, text in (("mounts", f"none {root} cgroup2 rw 0 0\n"), ("cgroup", "1:name=x:/\n0::/part\n")):
            (root / name).write_text(text)
        self.add(self.own, controllers, "\n".join(map(str, inside)), handed_on)

    def add(self, folder: Path, controllers: str, inside: str = "", handed_on: str = "") -> None:
        os.mkdir(folder)
        names = ["cgroup.kill", "cgroup.events"]
        names += ["memory.max", "memory.oom.group"] * ("memory" in controllers) + ["pids.max"] * ("pids" in controllers)
        for name in names:
            (folder / name).write_text("")
        (folder / "cgroup.controllers").write_text(controllers)
        (folder / "cgroup.subtree_control").write_text(handed_on)
        (folder / "cgroup.procs").write_text(inside)

    def mkdir(self, folder: Path, *_: object, exist_ok: bool = False) -> None:
        if self.own not in folder.parents:
            raise PermissionError(errno.EACCES, "not delegated", str(folder))
        if not (exist_ok and folder.exists()):
            self.add(folder, (folder.parent / "cgroup.subtree_control").read_text())

    def set(self, file: Path, value: str) -> None:
        if file.name == "cgroup.procs":
            old = self.own / "cgroup.procs"
            old.write_text("\n".join(pid for pid in old.read_text().split() if pid != value))
        if file.name == "cgroup.subtree_control":
            if (file.parent / "cgroup.procs").read_text():
                raise OSError(errno.EBUSY, "there are processes inside")
            if value[1:] not in (file.parent / "cgroup.controllers").read_text().split():
                raise OSError(errno.ENOENT, "no such controller")
            for child in file.parent.glob("*/cgroup.controllers"):
                child.write_text(f"{child.read_text()} {value[1:]}")
            value = f"{file.read_text()} {value[1:]}"
        file.write_text(f"{file.read_text()}\n{value}" if file.name == "cgroup.procs" else value)


MINE = [os.getpid(), os.getppid()]
PARTS = {  # the controllers and processes of our part of the tree, what it hands on already: what a submission gets
    "all that is needed": ("cpu memory pids", [], "", ("memory", "pids")),
    "one controller": ("cpu pids", [], "", ("pids",)),
    "handed on already": ("memory pids", [*MINE, 1], "memory pids", ("memory", "pids")),
    "only we are inside and move": ("memory pids", MINE, "", ("memory", "pids")),
    "somebody else is inside": ("memory pids", [*MINE, 1], "", ()),
    "no controller at all": ("", MINE, "", ()),
}


@pytest.mark.parametrize("part", PARTS)
def test_the_controllers_that_can_be_had_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    controllers, inside, handed_on, expected = PARTS[part]
    tree = Tree(tmp_path, controllers, inside, handed_on)
    monkeypatch.setattr(Path, "mkdir", lambda *a, **k: tree.mkdir(*a, **k))
    monkeypatch.setattr(groups, "_set", tree.set)
    monkeypatch.setattr(groups, "_rehearse", lambda _: shutil.rmtree(tree.own / f"course-{os.getpid()}" / "trial"))
    found = groups.find(tmp_path / "mounts", tmp_path / "cgroup")
    assert found == Groups(tree.own / f"course-{os.getpid()}", expected)
    assert found.name == (f"cgroup({','.join(expected)})" if expected else "cgroup")
    group = found.make("student-1", BOUNDS)
    limits = {"memory.max": str(128 << 20), "memory.oom.group": "1", "pids.max": "7"}
    for file, value in limits.items():
        if file.split(".")[0] in expected:
            assert group.read(file) == value
        else:
            assert not (found.home / "student-1" / file).exists()


@pytest.mark.parametrize("mounts", ["", "none /sys/fs/cgroup cgroup rw 0 0\n"])
def test_without_cgroup_v2_there_are_none(tmp_path: Path, mounts: str) -> None:
    (tmp_path / "mounts").write_text(mounts)
    (tmp_path / "cgroup").write_text("0::/\n")
    assert groups.find(tmp_path / "mounts", tmp_path / "cgroup") is None
    assert groups.find(tmp_path / "none", tmp_path / "none") is None


def test_a_tree_in_which_processes_cannot_move_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = Tree(tmp_path, "memory pids", [])
    monkeypatch.setattr(Path, "mkdir", lambda *a, **k: tree.mkdir(*a, **k))
    monkeypatch.setattr(Group, "join", _refused)
    assert groups.find(tmp_path / "mounts", tmp_path / "cgroup") is None


def _refused(_: Group) -> None:
    raise PermissionError(errno.EACCES, "not permitted")


@pytest.mark.parametrize("sandbox", ["namespaces", "landlock"])
def test_a_session_leaves_no_group(here: Groups, sandbox: str) -> None:
    with ForkServer("numpy", sandbox=sandbox) as server:
        assert server.sandbox.endswith(f"+{here.name}")
        mine = here.home.with_name(f"course-{server._process.pid}")  # others may run beside this test
        with server.spawn() as student:
            assert student.run_cell("1 + 1").status == "ok"
            assert (mine / "cgroup.procs").read_text() == ""
            assert list(mine.glob("student-*"))
    assert not mine.exists()
