"""A student's submission: hostile JSON until it has been read here.

Only the text of the cells is taken over. The assignment's own cells get their metadata, place and, where locked, their
source back; deleted ones return; the student's own cells stay where they were.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import KERNEL, LANGUAGE, grade_id_of
from autograder.errors import InvalidSubmission
from autograder.handed_in import choose_notebooks
from autograder.marks import EXERCISE, claimed, recognised


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

    Errors: InvalidSubmission when no notebook of the assignment is there, one cannot be read, or one holds none of the
    assignment's exercises.
    """
    problems: list[str] = []
    missing: set[tuple[str, str]] = set()
    notebooks = {}
    handed_in = choose_notebooks(folder, assignment, problems)
    for name, trusted in assignment.notebooks.items():
        if name in handed_in:
            notebooks[name], gone = made_whole(handed_in[name], trusted, name, problems)
        else:
            problems.append(f"{name}.ipynb was not handed in.")
            notebooks[name], gone = restore([], trusted, name, problems)
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


def made_whole(cells: list[dict], trusted: list[TrustedCell], name: str, problems: list[str]) -> tuple[dict, list[str]]:
    """What `restore` makes of a notebook, which must hold at least one of the exercises. Errors: InvalidSubmission."""
    notebook, missing = restore(cells, trusted, name, problems)
    if all(cell.grade_id in missing for cell in trusted if cell.kind in EXERCISE):
        raise InvalidSubmission(
            f"{name}.ipynb holds none of the lesson's exercises. It may be another notebook, or a converter or another "
            "editor has taken away what marks its cells. Put your answers into a fresh copy of the lesson and hand "
            "that in."
        )
    return notebook, missing


def restore(cells: list[dict], trusted: list[TrustedCell], name: str, problems: list[str]) -> tuple[dict, list[str]]:
    """Put the trusted cells back into a submission's cells; returns (notebook, grade ids that were missing)."""
    known = {cell.grade_id: cell for cell in trusted}
    copies: dict[str, list[_Copy]] = {grade_id: [] for grade_id in known}
    opening: list[dict] = []
    current = opening
    without_mark = recognised(cells, trusted)
    if without_mark:
        said = ", ".join(without_mark.values())
        problems.append(f"{name}: cells without nbgrader's mark were recognised by what stands in them: {said}.")
    claims = claimed(cells, trusted) | without_mark
    for place, cell in enumerate(cells):
        match = known.get(claims.get(place, ""))
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
