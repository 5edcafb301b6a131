"""The files of a workspace brought to those of the installed course.

For each file, in this order: the learner's copy is backed up, what has no place in the new version is written beside
it, the new version takes its place, and the course remembers what it has handed out. So an update may be interrupted
anywhere and done again, and one that is done changes nothing.

A notebook that is open in Jupyter waits: what is typed there and not yet saved would have to give way to the new file,
or the new file to it. Where an open page was saved over the new version all the same, the next update brings it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from autograder.files import clear_unfinished, write_changed
from autograder.workspace.folder import Workspace
from autograder.workspace.kept import page
from autograder.workspace.matching import unchanged_texts
from autograder.workspace.merge import merge
from autograder.workspace.notebook import DamagedNotebook, Notebook, read, to_bytes

NOTEBOOK = ".ipynb"


@dataclass
class Report:
    """What an update did, by the files' paths inside the workspace, and a line for each that was left as it is."""

    new: list[Path] = field(default_factory=list)
    updated: list[Path] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    open: list[Path] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def bring(
    workspace: Workspace, files: Iterable[tuple[Path, bytes]], is_open: Callable[[Path], bool] = lambda place: False
) -> Report:
    """Bring each file to its new version. One that is open or damaged is reported and left, and the others go on."""
    report = Report()
    for path, data in files:
        file = _File(workspace, path, report)
        try:
            file.bring(data, is_open)
        except DamagedNotebook as error:
            report.damaged.append(file.damaged(error))
    return report


class _File:
    def __init__(self, workspace: Workspace, path: Path, report: Report):
        self.workspace, self.path, self.report = workspace, path, report
        self.place = workspace.root / path
        self.mine = bytes_of(self.place)
        self.old = bytes_of(workspace.handed_out / path)

    def bring(self, new: bytes, is_open: Callable[[Path], bool]) -> None:
        """Steps that may each be the last."""
        theirs = self.old is None and self.path.parent == Path()  # a README that was there before us
        if self.mine is not None and (theirs or (self.old == new and not self.is_of_another_version(new))):
            return
        if self.mine not in (None, new) and is_open(self.place):
            self.report.open.append(self.path)
            return
        clear_unfinished(self.place)
        if self.mine is None:
            self.write(self.place, new, self.report.new)
        elif self.mine != new:
            result = new if self.mine == self.old else self.carried_over(new)
            self.write(self.place, result, self.report.updated)
        write_changed(self.workspace.handed_out / self.path, new)

    def is_of_another_version(self, new: bytes) -> bool:
        """Whether a text stands in the notebook that only another version of the lesson has."""
        if self.path.suffix != NOTEBOOK or self.mine == new:
            return False
        try:
            mine, ids = read(self.mine)["cells"], {cell["id"] for cell in read(new)["cells"]}
        except DamagedNotebook:
            return False
        return any(cell["id"] not in ids for cell in unchanged_texts(mine, self.path.stem))

    def carried_over(self, new: bytes) -> bytes:
        """The new version with the learner's work in it, after all of that has been put away safely."""
        name = f"{self.path.stem}-{_hash(self.mine)}{self.path.suffix}"
        if self.path.suffix != NOTEBOOK:
            self.write(self.place.with_name(name), self.mine, self.report.kept)
            return new
        base = None if self.old == new else self.base()
        merged = merge(base, read(self.mine), read(new), self.path.stem)
        self.write(self.workspace.backups / self.path.with_name(name), self.mine, self.report.backups)
        if merged.kept:
            beside = self.place.with_name(f"{self.path.stem}.kept.md")
            self.write(beside, page(bytes_of(beside), merged.kept), self.report.kept)
        return to_bytes(merged.notebook)

    def write(self, place: Path, data: bytes, written: list[Path]) -> None:
        """Write a file that only those may read who could read the learner's."""
        mode = self.place.stat().st_mode & 0o777 if self.mine is not None else 0o666
        if write_changed(place, data, mode):
            written.append(place.relative_to(self.workspace.root))

    def base(self) -> Notebook | None:
        """What the learner began with; None when that is not known, or was damaged."""
        try:
            return None if self.old is None else read(self.old)
        except DamagedNotebook:
            return None

    def damaged(self, error: DamagedNotebook) -> str:
        copies = sorted(self.workspace.backups.glob(f"{self.path.parent}/{self.path.stem}-*"))
        checkpoint = self.place.parent / ".ipynb_checkpoints" / f"{self.path.stem}-checkpoint{NOTEBOOK}"
        older = ", ".join(str(copy) for copy in (checkpoint, *copies) if copy.is_file())
        text = f"{self.place} is damaged ({error}), so it was left as it is. Give it another name, and `course update` "
        return f"{text}brings the lesson anew. " + (f"Older copies of yours: {older}" if older else "")


def bytes_of(path: Path) -> bytes | None:
    """What a file holds; None when there is none."""
    return path.read_bytes() if path.is_file() else None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
