"""A file or folder is replaced whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import os
import stat

import pytest

from autograder.files import replaced_file, replaced_folder, write_changed, write_file


def _full_disk(*_):
    raise OSError(28, "No space left on device")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "target"
    write_file(target, "größer\n")
    assert target.read_bytes() == "größer\n".encode()
    monkeypatch.setattr(os, "replace", _full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_file(target, b"new")
    assert target.read_bytes() == "größer\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def _spoil(part):
    part.write_text("half")
    raise ZeroDivisionError


def test_a_file_whose_making_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), replaced_file(tmp_path / "target") as part:
        _spoil(part)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("mode", "expected"), [({}, 0o640), ({"mode": 0o600}, 0o600)])
def test_the_mode_holds_less_the_umask(tmp_path, mode, expected):
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "target", "x", **mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "target").stat().st_mode) == expected


def test_a_file_that_holds_the_same_is_left_alone(tmp_path):
    target = tmp_path / "folder" / "target"
    assert write_changed(target, b"one")
    first = target.stat()
    assert not write_changed(target, b"one")
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert write_changed(target, b"two")
    assert target.read_bytes() == b"two"


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path):
    target = tmp_path / "target"
    with replaced_folder(target) as folder:
        (folder / "a").write_text("old")
    with pytest.raises(ZeroDivisionError), replaced_folder(target) as folder:
        (folder / "a").write_text(str(1 / 0))
    assert (target / "a").read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
