"""Landlock as older kernels have it: what is asked of each version, and what the cage keeps out all the same."""

from __future__ import annotations

import ctypes
import importlib.util
import os
from pathlib import Path

import pytest

from autograder.runner.sandbox import landlock, libc, probe, seccomp
from autograder.runner.sandbox.cage import Cage, readable_paths

VERSIONS = (1, 2, 3, 4, 5, 6, 7)
WITNESS = Path(importlib.util.find_spec("numpy").origin)

# By the kernel's Documentation/userspace-api/landlock.rst: the rights on files that a version knows, and the size of
# struct landlock_ruleset_attr (handled_access_fs; _net since 4; scoped since 6).
KNOWN = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF, 6: 0xFFFF, 7: 0xFFFF}
SIZE = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16, 6: 24, 7: 24}
ON_FILES = 0xC007  # execute, write, read, truncate, ioctl: the rest means folders, and is an error for a file
WRITING = 0x7FF2  # all but execute, read a file, list a folder, ioctl


class OldKernel:
    """Answers the three calls as a kernel of that version does, errors included, and keeps what it was asked."""

    def __init__(self, abi: int) -> None:
        self.abi, self.handled, self.rules, self.restricted = abi, (0, 0, 0), {}, 0

    def __call__(self, number: int, *arguments: object) -> int:
        if number == libc.LANDLOCK_CREATE_RULESET:
            attributes, size, flags = arguments
            if flags.value == 1:
                return self.abi
            raw = bytes(attributes._obj)
            assert size.value == SIZE[self.abi], "E2BIG, or fields left out"
            fields = [int.from_bytes(raw[at : at + 8], "little") for at in range(0, size.value, 8)]
            self.handled = (*fields, 0, 0)[:3]
            assert not self.handled[0] & ~KNOWN[self.abi], "EINVAL: rights that this kernel does not know"
            return os.open("/", os.O_PATH)
        if number == libc.LANDLOCK_ADD_RULE:
            rule = arguments[2]._obj
            path = Path(os.readlink(f"/proc/self/fd/{rule.parent}"))
            assert rule.allowed and not rule.allowed & ~self.handled[0], "EINVAL: more than the ruleset handles"
            assert path.is_dir() or not rule.allowed & ~ON_FILES, "EINVAL: a folder's right on a file"
            self.rules[path] = rule.allowed
            return 0
        assert number == libc.LANDLOCK_RESTRICT_SELF
        self.restricted += 1
        return 0


@pytest.mark.parametrize("abi", VERSIONS)
def test_what_is_asked_fits_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, abi: int) -> None:
    kernel = OldKernel(abi)
    monkeypatch.setattr(libc, "syscall", kernel)
    shown, mine, file = tmp_path / "shown", tmp_path / "mine", tmp_path / "file"
    shown.mkdir()
    mine.mkdir()
    file.write_text("x")
    assert landlock.restrict([shown, file, tmp_path / "absent"], [mine, Path("/dev/null")]) == abi
    assert kernel.restricted == 1
    assert kernel.handled == (KNOWN[abi], 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)  # all that there is
    assert set(kernel.rules) == {shown, file, mine, Path("/dev/null")}
    assert not (kernel.rules[shown] | kernel.rules[file]) & WRITING
    assert kernel.rules[mine] == KNOWN[abi] & ~(1 << 15)


def test_what_an_older_version_does_not_know_is_said() -> None:
    assert landlock.lacks(7) == [] and landlock.lacks(5) == [landlock.LEARNED[6]]
    assert landlock.lacks(1) == list(landlock.LEARNED.values())


# ------------------------------------------------------------------ this kernel, asked for what an older one knows


@pytest.fixture(params=VERSIONS)
def older(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    try:
        newest = landlock.version()
    except OSError as error:
        pytest.skip(f"no Landlock here: {error}")
    if request.param > newest:
        pytest.skip(f"this kernel has version {newest}")
    monkeypatch.setattr(landlock, "version", lambda: request.param)
    return request.param


def test_the_cage_holds_with_an_older_version(older: int) -> None:
    readable = readable_paths((Path(importlib.util.find_spec("course_utils").origin).parent,))
    assert probe.why_not(Cage(), readable, WITNESS) is None


EMPTIED = {"to read": os.O_RDONLY | os.O_TRUNC, "in no mode": 3 | os.O_TRUNC}


@pytest.mark.parametrize("mode", EMPTIED)
@pytest.mark.parametrize("with_filter", [False, True])
def test_emptying_is_kept_out_by_either(tmp_path: Path, older: int, mode: str, with_filter: bool) -> None:
    """Without the filter a version before 3 lets it pass: otherwise the test could pass for the wrong reason."""
    file = tmp_path / "file"
    file.write_text("x")

    def inside() -> str:
        libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict([tmp_path], [])
        if with_filter:
            seccomp.restrict()
        try:
            os.open(file, EMPTIED[mode])
        except PermissionError:
            return "refused"
        return "done"

    kept_out = with_filter or older >= 3
    assert probe._tell_from_child(inside) == ("refused" if kept_out else "done")
    assert file.read_text() == ("x" if kept_out else "")


def test_the_structures_have_the_kernels_sizes() -> None:
    assert (ctypes.sizeof(landlock._Ruleset), ctypes.sizeof(landlock._PathRule)) == (24, 12)
