"""The source of a lesson: where its files lie, its cells as a notebook, and stable cell ids."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from traitlets.config import Config, PyFileConfigLoader

from autograder.cells import FOLDED, KERNEL, LANGUAGE, grade_id_of, hashed_id, short_hash, title_of
from autograder.errors import BuildError, UnknownLesson

KEPT_NOTEBOOK_METADATA = ("course", "kernelspec")
KEPT_CELL_METADATA = ("nbgrader", "tags")
# One blank line above a cell that begins with a definition, where the formatter wants two.
_BEFORE_A_DEFINITION = re.compile(r"(?<!\n)\n\n(?=# %%[^\n]*\n(?:#(?! %%)[^\n]*\n)*(?:@|def |class |async def ))")


@dataclass(frozen=True)
class LessonFolder:
    """The files of one lesson in a checkout."""

    root: Path
    name: str

    @property
    def source(self) -> Path:
        return self.root / "solutions" / self.name / f"{self.name}.py"

    @property
    def solution(self) -> Path:
        return self.source.with_suffix(".ipynb")

    @property
    def lesson(self) -> Path:
        return self.root / "lessons" / self.name / f"{self.name}.ipynb"

    def beside(self) -> list[Path]:
        """What a student needs beside the notebook: the folder's other files that nbgrader would release too."""
        folder = self.source.parent
        files = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
        ignored = [*load_config(self.root).CourseDirectory.get("ignore", []), self.source.name, "*.ipynb", ".*"]
        return [file for file in files if not any(fnmatch(part, p) for part in file.parts for p in ignored)]

    def copy_beside(self, target: Path) -> None:
        """Make the folder `target` with those files in it."""
        target.mkdir(parents=True)
        for path in self.beside():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.source.parent / path, target / path)


def load_config(root: Path) -> Config:
    """The course's nbgrader_config.py, so that both ways of releasing use the same stubs, marks and files."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def find_root(start: Path | None = None) -> Path:
    """The checkout that holds `start` (default: the current folder): the nearest folder with a solutions/."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "solutions").is_dir() and (folder / "nbgrader_config.py").is_file():
            return folder
    raise UnknownLesson(f"{start} is not in a checkout of the course; change into the folder with solutions/.")


def lesson_names(root: Path, wanted: tuple[str, ...] = ()) -> list[str]:
    """The names of all lessons with a source, or of those that `wanted` names by number or full name."""
    names = sorted(path.stem for path in (root / "solutions").glob("*/*.py") if path.stem == path.parent.name)
    for word in wanted:
        if not any(_names(word, name) for name in names):
            raise UnknownLesson(f"No lesson {word!r}. There are: {', '.join(names) or 'none yet'}.")
    return [name for name in names if not wanted or any(_names(word, name) for word in wanted)]


def _names(word: str, name: str) -> bool:
    return word == name or word == name.split("_")[0]


def read_source(lesson: LessonFolder) -> NotebookNode:
    """The source as a notebook: no outputs, only the metadata that is kept, and stable ids."""
    try:
        notebook = jupytext.reads(lesson.source.read_text(encoding="utf-8"), fmt="py:percent")
    except Exception as error:
        raise BuildError(f"{lesson.name}: jupytext cannot read the source: {error}") from error
    return normal(notebook, lesson.name)


def normal(notebook: NotebookNode, name: str) -> NotebookNode:
    """The same cells, those with a title folded: only the metadata that is kept, ids that depend only on the cells."""
    cells, seen = [], Counter()
    for cell in notebook.cells:
        cell = nbformat.from_dict(dict(cell))
        cell.metadata = _kept(cell.metadata)
        if cell.cell_type == "code" and title_of(cell):
            cell.metadata.update(nbformat.from_dict(FOLDED))
        cell.id = cell_id(cell, name, seen)
        cells.append(cell)
    metadata = {"kernelspec": dict(KERNEL), "language_info": dict(LANGUAGE)}
    if "course" in notebook.metadata:
        metadata["course"] = notebook.metadata["course"]
    result = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    result.nbformat_minor = 5
    return result


def _kept(metadata: NotebookNode) -> NotebookNode:
    """Only what the source writes down; not what nbgrader's tools add when they save a cell."""
    kept = {key: metadata[key] for key in KEPT_CELL_METADATA if key in metadata}
    if "nbgrader" in kept:
        added = {"checksum", "cell_type"} | ({"task"} if not kept["nbgrader"].get("task") else set())
        kept["nbgrader"] = {key: value for key, value in kept["nbgrader"].items() if key not in added}
    return nbformat.from_dict(kept)


def cell_id(cell: NotebookNode, name: str, seen: Counter) -> str:
    """The grade_id, or a hash of lesson, text and how often this text came before."""
    grade_id = grade_id_of(cell)
    key = grade_id or f"{name}\n{cell.cell_type}\n{cell.source}"
    seen[key] += 1
    if grade_id and seen[key] == 1:
        return grade_id[:64]
    return short_hash(f"{key}\n{seen[key]}") if grade_id else hashed_id(name, cell.cell_type, cell.source, seen[key])


def write_source(notebook: NotebookNode) -> str:
    """The text that jupytext writes for these cells, spaced as `ruff format` does: the normal form of a source."""
    bare = normal(notebook, "")
    bare.metadata.pop("language_info")
    bare.metadata["jupytext"] = {
        "notebook_metadata_filter": ",".join((*KEPT_NOTEBOOK_METADATA, "-all")),
        "cell_metadata_filter": ",".join((*KEPT_CELL_METADATA, "-all")),
    }
    return _BEFORE_A_DEFINITION.sub("\n\n\n", jupytext.writes(bare, fmt="py:percent"))


def differences(ours: NotebookNode, theirs: NotebookNode) -> list[str]:
    """What of the cells differs between two notebooks, outputs left aside; empty when nothing does."""
    found = []
    if ours.metadata != theirs.metadata:
        found.append("the notebook's metadata")
    ours_ids, theirs_ids = [cell.get("id") for cell in ours.cells], [cell.get("id") for cell in theirs.cells]
    if ours_ids != theirs_ids:
        changed = [i for i in (*ours_ids, *theirs_ids) if (i in ours_ids) != (i in theirs_ids)]
        found.append(f"its cells or their order ({', '.join(map(str, changed[:4])) or 'same cells, other order'})")
    by_id = {cell.get("id"): cell for cell in theirs.cells}
    for cell in ours.cells:
        other = by_id.get(cell.id)
        for part in ("cell_type", "source", "metadata") if other is not None else ():
            if cell[part] != other[part]:
                found.append(f"the {part} of cell {cell.id}")
    return found
