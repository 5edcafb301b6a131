"""An assignment by its name.

The gradebook is the authority (`nbgrader generate_assignment` stored the cells there, hidden tests included). An
assignment that is not yet in the gradebook is put there from its source notebooks through nbgrader's own steps.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import KERNEL, kind_of, profile_of
from autograder.course import Course, explained_database
from autograder.errors import UsageError
from autograder.files import clear_unfinished, replaced_file
from autograder.source import (
    assignment_files,
    find_source,
    guess_profile,
    open_code,
    prepare_assignment,
    prepare_notebook,
    source_order,
)


def load_assignment(course: Course, name: str, *, save: bool = True) -> Assignment:
    """The assignment from the gradebook; else from its source notebooks, saved into the gradebook when `save`.

    Errors: UsageError when there is neither.
    """
    source = find_source(course, name)
    half_saved = source is not None and _mark(course, name).exists()
    stored = None if half_saved else _from_gradebook(course, name, source)
    if stored is not None:
        return _in_python(replace(stored, files=assignment_files(course, name, source)))
    if source is None:
        raise UsageError(
            f"Unknown assignment {name!r}: it is not in the gradebook of {course.root}, and there is no "
            f"{course.folder('source', '.', name)}/*.ipynb. Run `nbgrader generate_assignment {name}` in the course "
            "directory, or check the name."
        )
    prepared = _in_python(prepare_assignment(course, name, source))
    if not save:
        return prepared
    save_assignment(course, name, source)
    return prepared


def _in_python(assignment: Assignment) -> Assignment:
    """The assignment, when it can be run here. Errors: UsageError for another language."""
    for name, kernel in assignment.kernelspecs.items():
        language = kernel.get("language", "python")
        if str(language).lower() not in ("python", "python3", "ipython"):
            raise UsageError(
                f"{name}.ipynb is written in {language}, and only Python notebooks can be graded here. Use "
                f"`nbgrader autograde {assignment.name}` for it."
            )
    return assignment


def save_assignment(course: Course, name: str, source: Path) -> None:
    """Put the author's notebooks into the gradebook as `nbgrader generate_assignment` does, those gone taken out."""
    from nbgrader.api import Gradebook
    from nbgrader.preprocessors import SaveCells

    mark = _mark(course, name)
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.touch()
    paths = sorted(source.glob("*.ipynb"))
    with explained_database(course):
        make_gradebook(course)
        with Gradebook(course.db_url, course.id) as gradebook:
            rows = gradebook.update_or_create_assignment(name).notebooks
            for gone in {row.name for row in rows} - {path.stem for path in paths}:
                gradebook.remove_notebook(gone, name)
        for path in paths:
            prepare_notebook(course, name, path, (SaveCells,))
    mark.unlink()


def _mark(course: Course, name: str) -> Path:
    """A file that is there while the assignment is being saved, which takes many transactions."""
    return course.state / f"saving-{name}"


def make_gradebook(course: Course) -> None:
    """A new gradebook file, whole or not at all: one with tables and no version cannot be upgraded by nbgrader."""
    from nbgrader.api import Gradebook

    file = course.gradebook_file
    if file is not None and not file.exists():
        clear_unfinished(file)
        with replaced_file(file) as part, _temporary_files_in(course.state / "making"):
            Gradebook(f"sqlite:///{part}", course.id).close()


@contextlib.contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """nbgrader leaves some behind when it is killed; here the next run finds them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder)


def _from_gradebook(course: Course, name: str, source: Path | None) -> Assignment | None:
    """The assignment as the gradebook has it; the order of the cells and their tags from the author's notebooks."""
    if course.gradebook_file is not None and not course.gradebook_file.exists():
        return None
    from nbgrader.api import Gradebook, MissingEntry

    with explained_database(course), Gradebook(course.db_url, course.id) as gradebook:
        try:
            rows = gradebook.find_assignment(name).notebooks
        except MissingEntry:
            return None
        folder = source or course.folder("release", ".", name)
        order = source_order(folder)
        notebooks = {row.name: _stored_cells(row, order.get(row.name, {})) for row in rows}
        kernelspecs = {row.name: json.loads(row.kernelspec or "{}") or KERNEL for row in rows}
    if not any(notebooks.values()):
        return None
    profile = guess_profile(source)
    if profile == "numpy" and any(profile_of(c.source) == "tensorflow" for cells in notebooks.values() for c in cells):
        profile = "tensorflow"
    return Assignment(name, notebooks, profile, kernelspecs, code=open_code(folder))


def _stored_cells(row: Any, order: dict[str, tuple[int, tuple[str, ...]]]) -> list[TrustedCell]:
    points = {cell.name: cell.max_score for cell in [*row.grade_cells, *row.task_cells]}
    graded = {cell.name for cell in row.grade_cells}
    solutions = {cell.name for cell in row.solution_cells}
    tasks = {cell.name for cell in row.task_cells}
    cells = []
    for source in row.source_cells:
        name = source.name
        flags = {"task": name in tasks, "grade": name in graded, "solution": name in solutions, "locked": True}
        cells.append(
            TrustedCell(
                grade_id=name,
                notebook=row.name,
                cell_type=source.cell_type,
                source=source.source or "",
                kind=kind_of(flags) or "readonly",
                points=float(points.get(name, 0.0)),
                checksum=source.checksum or "",
                tags=order.get(name, (0, ()))[1],
            )
        )
    return sorted(cells, key=lambda cell: order.get(cell.grade_id, (len(order), ()))[0])
