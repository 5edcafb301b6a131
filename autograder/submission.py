"""A student's submission: hostile JSON until it has been read here.

Only the text of the cells is taken over. The assignment's own cells get their metadata, place and, where locked, their
source back; deleted ones return; the student's own cells stay where they were.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import KERNEL, LANGUAGE, grade_id_of
from autograder.errors import InvalidSubmission
from autograder.submitted import read_file

MAX_CELLS = 2_000
MAX_SOURCE = 500_000  # characters in one cell
MAX_TOTAL_SOURCE = 4_000_000
CELL_TYPES = ("code", "markdown", "raw")


@dataclass(frozen=True)
class Submission:
    """A submission made whole again: each notebook has every trusted cell, once, in the assignment's order.

    `notebooks` are nbformat 4 dictionaries without outputs. `missing` names the (notebook, grade id) that the student
    had deleted; `problems` tells in words what was put right.
    """

    student: str
    folder: Path | None
    notebooks: dict[str, dict]
    missing: frozenset[tuple[str, str]] = frozenset()
    problems: tuple[str, ...] = ()


@dataclass
class _Copy:
    """A cell of the submission that carries a grade id of the assignment."""

    trusted: TrustedCell
    source: str
    place: int
    own_after: list[dict] = field(default_factory=list)


def read_submission(folder: Path, assignment: Assignment, student: str = "") -> Submission:
    """Read the notebooks of a submission's folder.

    Errors: InvalidSubmission when no notebook of the assignment is there, or one cannot be read.
    """
    problems: list[str] = []
    missing: set[tuple[str, str]] = set()
    notebooks = {}
    paths = find_notebooks(folder, assignment, problems)
    for name, trusted in assignment.notebooks.items():
        cells = read_notebook(paths[name])[0] if name in paths else []
        if name not in paths:
            problems.append(f"{name}.ipynb was not handed in.")
        notebooks[name], gone = restore(cells, trusted, name, problems)
        notebooks[name]["metadata"]["kernelspec"] = assignment.kernelspecs.get(name, KERNEL)
        missing |= {(name, grade_id) for grade_id in gone}
    return Submission(student, folder, notebooks, frozenset(missing), tuple(problems))


def blank_submission(assignment: Assignment, student: str) -> Submission:
    """What stands in for a submission that cannot be read: the assignment's own cells, all of them missing."""
    notebooks = {}
    for name, trusted in assignment.notebooks.items():
        notebooks[name], _ = restore([], trusted, name, [])
        notebooks[name]["metadata"]["kernelspec"] = assignment.kernelspecs.get(name, KERNEL)
    missing = frozenset((cell.notebook, cell.grade_id) for cell in assignment.cells())
    return Submission(student, None, notebooks, missing)


def find_notebooks(folder: Path, assignment: Assignment, problems: list[str]) -> dict[str, Path]:
    """Notebook name -> file. A single notebook under another name is taken for the single one asked for."""
    found = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    wanted = {name: found[name] for name in assignment.notebooks if name in found}
    if not wanted and len(found) == len(assignment.notebooks) == 1:
        (name,), (path,) = assignment.notebooks, found.values()
        problems.append(f"{path.name!r} was taken for {name}.ipynb.")
        return {name: path}
    if not wanted:
        names = ", ".join(f"{name}.ipynb" for name in assignment.notebooks)
        there = ", ".join(path.name for path in found.values()) or "no notebook at all"
        raise InvalidSubmission(f"{names} is not in the submission (found: {there}). Hand it in under its own name.")
    return wanted


def read_notebook(path: Path) -> tuple[list[dict], dict]:
    """(cells, metadata) of a notebook file; a cell is {cell_type, source, grade_id, tags, nbgrader} and no more."""
    try:
        content = json.loads(read_file(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidSubmission(f"{path.name} is not a notebook: it is not UTF-8 text.") from error
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise InvalidSubmission(
            f"{path.name} is not a notebook: it is damaged JSON ({str(error)[:120]}). Open it in JupyterLab, save it "
            "and hand it in again."
        ) from error
    cells = _raw_cells(content, path.name)
    if len(cells) > MAX_CELLS:
        raise InvalidSubmission(f"{path.name} has {len(cells)} cells, more than the {MAX_CELLS} that are read.")
    cells = [_clean(cell, path.name) for cell in cells]
    if sum(len(cell["source"]) for cell in cells) > MAX_TOTAL_SOURCE:
        raise InvalidSubmission(f"{path.name} has more than {MAX_TOTAL_SOURCE} characters of text in its cells.")
    return cells, content["metadata"] if isinstance(content.get("metadata"), dict) else {}


def _raw_cells(content: Any, name: str) -> list:
    if not isinstance(content, dict):
        raise InvalidSubmission(f"{name} is not a notebook: its JSON is not an object.")
    version = content.get("nbformat")
    if version == 3:
        worksheets = content.get("worksheets")
        sheets = [s for s in worksheets if isinstance(s, dict)] if isinstance(worksheets, list) else []
        lists = [sheet.get("cells") for sheet in sheets]
        cells: Any = [cell for cells in lists if isinstance(cells, list) for cell in cells]
    elif version == 4:
        cells = content.get("cells")
    else:
        raise InvalidSubmission(f"{name} has notebook format {str(version)[:20]!r}; formats 3 and 4 can be read.")
    if not isinstance(cells, list):
        raise InvalidSubmission(f"{name} is not a notebook: it has no list of cells.")
    return cells


def _clean(cell: Any, name: str) -> dict:
    if not isinstance(cell, dict):
        raise InvalidSubmission(f"{name} is damaged: one of its cells is not an object.")
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise InvalidSubmission(f"{name} is damaged: the source of one of its cells is not text.")
    if len(source) > MAX_SOURCE:
        raise InvalidSubmission(f"{name} has a cell of {len(source)} characters, more than the {MAX_SOURCE} read.")
    source = source.encode("utf-8", "replace").decode("utf-8")  # lone surrogates
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    nbgrader = metadata.get("nbgrader") if isinstance(metadata.get("nbgrader"), dict) else {}
    tags = metadata.get("tags") if isinstance(metadata.get("tags"), list) else []
    cell_type = cell.get("cell_type") if cell.get("cell_type") in CELL_TYPES else "markdown"
    return {
        "cell_type": cell_type,
        "source": source,
        "grade_id": nbgrader.get("grade_id") if isinstance(nbgrader.get("grade_id"), str) else None,
        "tags": [tag for tag in tags if isinstance(tag, str)][:20],
        "nbgrader": nbgrader,  # a claim; grading goes by the assignment's own
    }


def restore(cells: list[dict], trusted: list[TrustedCell], name: str, problems: list[str]) -> tuple[dict, list[str]]:
    """Put the trusted cells back into a submission's cells; returns (notebook, grade ids that were missing)."""
    known = {cell.grade_id: cell for cell in trusted}
    copies: dict[str, list[_Copy]] = {grade_id: [] for grade_id in known}
    opening: list[dict] = []
    current = opening
    for place, cell in enumerate(cells):
        match = known.get(cell["grade_id"])
        if match is None:
            current.append(cell)
            if cell["grade_id"] is not None:
                unknown = cell["grade_id"][:60]
                problems.append(f"{name}: a cell with the unknown id {unknown!r} was treated as your own.")
            continue
        copy = _Copy(match, cell["source"], place)
        copies[match.grade_id].append(copy)
        current = copy.own_after

    chosen = {grade_id: _choose(found) for grade_id, found in copies.items() if found}
    order = [chosen[cell.grade_id].place for cell in trusted if cell.grade_id in chosen]
    if order != sorted(order):
        problems.append(f"{name}: cells had been moved; they were put back into the order of the lesson.")
    missing = [grade_id for grade_id in known if grade_id not in chosen]
    if missing and cells:
        problems.append(f"{name}: deleted cells were put back: {', '.join(missing)}.")

    result = [_own(cell) for cell in opening]
    for cell in trusted:
        if cell.grade_id not in chosen:
            result.append(_restored(cell, cell.source))
        for copy in copies[cell.grade_id]:
            if copy is chosen[cell.grade_id]:
                result.append(_restored(cell, copy.source if _written(copy) else cell.source))
            elif cell.kind == "answer" and _written(copy):  # half of a cell that was split, or an earlier attempt
                result.append(_own({"cell_type": cell.cell_type, "source": copy.source, "tags": []}))
            result.extend(_own(own) for own in copy.own_after)
        if len(copies[cell.grade_id]) > 1:
            problems.append(f"{name}: the cell {cell.grade_id!r} was there {len(copies[cell.grade_id])} times.")
    return _notebook(result), missing


def _written(copy: _Copy) -> bool:
    return not copy.trusted.locked and copy.source.strip() != copy.trusted.source.strip()


def _choose(copies: list[_Copy]) -> _Copy:
    """The copy that counts: the last one that the student wrote in, else the first."""
    return next(filter(_written, reversed(copies)), copies[0])


def _restored(cell: TrustedCell, source: str) -> dict:
    metadata: dict[str, Any] = {"nbgrader": cell.nbgrader_metadata()}
    if cell.tags:
        metadata["tags"] = list(cell.tags)
    if cell.locked:
        metadata |= {"deletable": False, "editable": False}
    return {"cell_type": cell.cell_type, "source": source, "metadata": metadata}


def _own(cell: dict) -> dict:
    metadata = {"tags": cell["tags"]} if cell["tags"] else {}
    return {"cell_type": cell["cell_type"], "source": cell["source"], "metadata": metadata}


def _notebook(cells: list[dict]) -> dict:
    for place, cell in enumerate(cells):
        grade_id = grade_id_of(cell)
        text = grade_id or f"{place}\n{cell['source']}"
        stem = re.sub(r"[^a-zA-Z0-9_-]", "-", grade_id)[:50] if grade_id else "own"
        cell["id"] = f"{stem}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return {"cells": cells, "metadata": {"language_info": dict(LANGUAGE)}, "nbformat": 4, "nbformat_minor": 5}
