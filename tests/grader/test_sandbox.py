"""The barriers one by one, tried on this machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import UnsafeHost
from autograder.runner.sandbox import landlock, libc, probe
from autograder.runner.sandbox.cage import Cage, readable_paths

WITNESS = Path(importlib.util.find_spec("numpy").origin)


@pytest.fixture(scope="module")
def readable() -> tuple[Path, ...]:
    return readable_paths((Path(importlib.util.find_spec("course_utils").origin).parent,))


@pytest.fixture(autouse=True)
def _linux_with_landlock() -> None:
    try:
        landlock.version()
    except OSError as error:
        pytest.skip(f"no Landlock here: {error}")


def test_the_best_cage_holds(readable: tuple[Path, ...]) -> None:
    cage = probe.best(readable, WITNESS)
    assert cage.closed and cage.name.endswith("landlock+seccomp+rlimits")
    assert probe.why_not(cage, readable, WITNESS) is None


BROKEN = {  # which barrier to take away: what the probe must then find
    "landlock": "files outside can be read",
    "seccomp": "a network socket can be opened",
}


@pytest.mark.parametrize("barrier", BROKEN)
def test_the_probe_finds_a_missing_barrier(
    monkeypatch: pytest.MonkeyPatch, readable: tuple[Path, ...], barrier: str
) -> None:
    monkeypatch.setattr(f"autograder.runner.sandbox.{barrier}.restrict", lambda *_, **__: None)
    assert probe.why_not(Cage(), readable, WITNESS) == BROKEN[barrier]


def test_the_probe_finds_that_python_cannot_be_read(readable: tuple[Path, ...], tmp_path: Path) -> None:
    witness = tmp_path / "unreadable"
    witness.write_text("x")
    assert "PermissionError" in str(probe.why_not(Cage(), readable, witness))


def test_a_host_without_landlock_is_refused(monkeypatch: pytest.MonkeyPatch, readable: tuple[Path, ...]) -> None:
    def absent() -> int:
        raise OSError(38, "landlock_create_ruleset: Function not implemented")

    monkeypatch.setattr(landlock, "version", absent)
    with pytest.raises(UnsafeHost, match=r"Function not implemented.*--unsafe-no-sandbox"):
        probe.best(readable, WITNESS)


def test_a_wanted_level_is_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch, readable: tuple[Path, ...]) -> None:
    monkeypatch.setattr("autograder.runner.sandbox.namespaces.unshare", _refused)
    with pytest.raises(UnsafeHost, match="not permitted"):
        probe.best(readable, WITNESS, "namespaces")
    assert probe.best(readable, WITNESS).name == "landlock+seccomp+rlimits"


def _refused() -> None:
    raise PermissionError(1, "not permitted")


ALONE = {  # what Landlock refuses without help from seccomp, and the version that learned it
    "bind a port": (4, lambda _: socket.socket().bind(("127.0.0.1", 0))),
    "connect to a port": (4, lambda _: socket.create_connection(("127.0.0.1", 1))),
    "signal a process outside": (6, lambda _: os.kill(os.getppid(), 0)),
    "empty a file by name": (3, lambda file: os.truncate(file, 0)),
    "empty a file by opening": (3, lambda file: os.open(file, os.O_RDONLY | os.O_TRUNC)),
    "make a link to a file": (1, lambda file: os.link(file, file.with_name("other"))),
    "move a file away": (1, lambda file: os.rename(file, file.with_name("other"))),
}


@pytest.mark.parametrize("attempt", ALONE)
def test_landlock_alone_refuses(tmp_path: Path, attempt: str) -> None:
    since, action = ALONE[attempt]
    if landlock.version() < since:
        pytest.skip(f"Landlock {landlock.version()} does not know this; seccomp must stop it")
    file = tmp_path / "file"
    file.write_text("x")

    def inside() -> str:
        libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict([file], [])
        try:
            action(file)
        except PermissionError:
            return "refused"
        return "done"

    assert probe._tell_from_child(inside) == "refused"


def test_a_user_without_any_rights_has_a_cage_too() -> None:
    """Continuous integration runs as root; most instructors do not."""
    setpriv = shutil.which("setpriv")
    if os.getuid() != 0 or not setpriv:
        pytest.skip("only root can become another user to try")
    run = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", sys.executable, "-c"]
    root = Path(__file__).parents[2]
    if subprocess.run([*run, "import numpy, autograder"], cwd=root, capture_output=True, check=False).returncode:
        pytest.skip("Python or the course is installed where only root can read it")
    script = (
        "import numpy, pathlib; from autograder.runner.sandbox import probe; "
        "from autograder.runner.sandbox.cage import readable_paths; "
        "print(probe.best(readable_paths(), pathlib.Path(numpy.__file__)).name)"
    )
    done = subprocess.run([*run, script], cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("landlock+seccomp+rlimits"), done.stderr
