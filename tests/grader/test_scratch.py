"""What lies in a scratch folder is put back as it was, or it is said that it cannot be."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.runner import scratch
from autograder.runner.scratch import CannotPutBack, Remembered


def filled(folder: Path) -> Path:
    (folder / "data" / "inner").mkdir(parents=True)
    (folder / "data" / "inner" / "numbers").write_bytes(bytes(range(256)))
    (folder / "notes").write_text("mine")
    (folder / "twin").hardlink_to(folder / "notes")
    (folder / "link").symlink_to("notes")
    (folder / "nowhere").symlink_to("/nothing/there")
    return folder


def listed(folder: Path) -> dict[str, object]:
    """Every entry with its content, by an independent walk."""
    found: dict[str, object] = {}
    for here, folders, files in os.walk(folder):
        for name in folders + files:
            path = Path(here, name)
            what = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else "folder"
            found[str(path.relative_to(folder))] = what
    return found


def new_for_old(folder: Path) -> None:
    shutil.rmtree(folder / "data")
    (folder / "data").write_text("a file now")
    (folder / "notes").unlink()
    (folder / "notes").mkdir()
    (folder / "notes" / "seen").write_text("x")
    (folder / "link").unlink()
    (folder / "link").write_text("x")


def links_out(folder: Path) -> None:
    """A link in the place of a file that will be written, and of a folder in which others will be."""
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "numbers").write_text("precious")
    (folder / "notes").unlink()
    (folder / "notes").symlink_to(outside / "numbers")
    shutil.rmtree(folder / "data" / "inner")
    (folder / "data" / "inner").symlink_to(outside)


def same_size(folder: Path) -> None:
    about = (folder / "notes").stat()
    (folder / "notes").write_text("MINE")
    os.utime(folder / "notes", ns=(about.st_atime_ns, about.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda folder: None,
    "a new file": lambda folder: (folder / "seen").write_text("x"),
    "a new file in an old folder": lambda folder: (folder / "data" / "seen").write_text("x"),
    "new folders": lambda folder: filled(folder / "data" / "inner"),
    "a new link": lambda folder: (folder / "seen").symlink_to("/"),
    "a longer file": lambda folder: (folder / "notes").write_text("mine and more"),
    "an emptied file": lambda folder: (folder / "data" / "inner" / "numbers").write_bytes(b""),
    "another content of the same size and time": same_size,
    "a file less": lambda folder: (folder / "twin").unlink(),
    "a folder less": lambda folder: shutil.rmtree(folder / "data"),
    "another target": lambda folder: ((folder / "link").unlink(), (folder / "link").symlink_to("twin")),
    "a file moved": lambda folder: (folder / "notes").rename(folder / "data" / "notes"),
    "folders exchanged": lambda folder: (folder / "data" / "inner").rename(folder / "outer"),
    "a folder for a file and a file for a folder": new_for_old,
    "links that lead outside": links_out,
    "nothing left": lambda folder: [shutil.rmtree(p) if p.is_dir() else p.unlink() for p in folder.iterdir()],
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_folder_is_as_it_was(tmp_path: Path, name: str) -> None:
    folder = filled(tmp_path / "scratch")
    before, remembered = listed(folder), Remembered(str(folder))
    CHANGES[name](folder)
    remembered.put_back()
    assert listed(folder) == before
    outside = tmp_path / "outside" / "numbers"
    assert not outside.exists() or outside.read_text() == "precious"


def test_who_holds_a_file_open_goes_on_with_it(tmp_path: Path) -> None:
    filled(tmp_path)
    with (tmp_path / "notes").open() as mine:
        remembered = Remembered(str(tmp_path))
        (tmp_path / "notes").write_text("changed")
        remembered.put_back()
        assert mine.read() == (tmp_path / "twin").read_text() == "mine"


def test_of_large_files_a_change_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "MAX_KEPT", 100)
    filled(tmp_path)
    remembered = Remembered(str(tmp_path))
    (tmp_path / "seen").write_text("x")
    remembered.put_back()
    assert not (tmp_path / "seen").exists()
    (tmp_path / "data" / "inner" / "numbers").write_bytes(bytes(256))
    with pytest.raises(CannotPutBack):
        remembered.put_back()


@pytest.mark.parametrize("limit", ["MAX_ENTRIES", "MAX_DEPTH", "MAX_READ"])
def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(scratch, limit, 1)
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "file").write_text("xyz")
    with pytest.raises(CannotPutBack):
        Remembered(str(tmp_path))
