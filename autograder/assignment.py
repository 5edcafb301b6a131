"""The assignment as its author wrote it: the trusted cells, their points and the order in which they are run.

The gradebook is the authority (`nbgrader generate_assignment` stored the cells there, hidden tests included). An
assignment that is not yet in the gradebook is put there from its source notebooks through nbgrader's own steps.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.cells import (
    GRADED,
    KERNEL,
    LOCKED,
    grade_id_of,
    kind_of,
    nbgrader_metadata,
    nbgrader_of,
    profile_of,
    tags_of,
)
from autograder.course import Course, explained_database
from autograder.errors import UsageError

HIDDEN = re.compile(r"^[^\n]*BEGIN HIDDEN TESTS.*?(?:END HIDDEN TESTS[^\n]*(?:\n|$)|\Z)", re.DOTALL | re.MULTILINE)
REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class TrustedCell:
    """One cell that nbgrader knows, with the author's source."""

    grade_id: str
    notebook: str
    cell_type: str
    source: str
    kind: str
    points: float = 0.0
    checksum: str = ""
    tags: tuple[str, ...] = ()

    @property
    def graded(self) -> bool:
        return self.kind in GRADED

    @property
    def locked(self) -> bool:
        """Whether the student's version of the source is thrown away."""
        return self.kind in LOCKED

    @property
    def visible_source(self) -> str:
        """The source without its hidden tests, as students see it."""
        return HIDDEN.sub("", self.source)

    def nbgrader_metadata(self) -> dict[str, Any]:
        """The cell's nbgrader metadata, schema 3."""
        return nbgrader_metadata(self.grade_id, self.kind, self.cell_type, self.points, self.checksum)


@dataclass(frozen=True)
class Assignment:
    """An assignment's trusted cells, notebook by notebook, in the order in which they are run."""

    name: str
    notebooks: dict[str, list[TrustedCell]]
    profile: str = "numpy"
    kernelspecs: dict[str, dict] = field(default_factory=dict)

    @cached_property
    def _index(self) -> dict[tuple[str, str], TrustedCell]:
        return {(cell.notebook, cell.grade_id): cell for cell in self.cells()}

    def cells(self) -> Iterator[TrustedCell]:
        return (cell for cells in self.notebooks.values() for cell in cells)

    def find(self, notebook: str, grade_id: str | None) -> TrustedCell | None:
        return self._index.get((notebook, grade_id)) if isinstance(grade_id, str) else None

    @property
    def max_score(self) -> float:
        return sum(cell.points for cell in self.cells() if cell.graded)

    def digest(self) -> str:
        """Changes when anything that decides a grade changes."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def load_assignment(course: Course, name: str, *, save: bool = True) -> Assignment:
    """The assignment from the gradebook; else from its source notebooks, saved into the gradebook when `save`.

    Errors: UsageError when there is neither.
    """
    source = find_source(course, name)
    stored = _from_gradebook(course, name, source)
    if stored is not None:
        return stored
    if source is None:
        raise UsageError(
            f"Unknown assignment {name!r}: it is not in the gradebook of {course.root}, and there is no "
            f"{course.folder('source', '.', name)}/*.ipynb. Run `nbgrader generate_assignment {name}` in the course "
            "directory, or check the name."
        )
    prepared = prepare_assignment(course, name, source)
    if not save:
        return prepared
    _save(course, name, source)
    return prepared


def find_source(course: Course, name: str) -> Path | None:
    """The folder of the author's notebooks: the course's own, else the one in a checkout of this repository."""
    if not name or Path(name).name != name:
        raise UsageError(f"{name!r} is not the name of an assignment.")
    own = course.folder("source", ".", name)
    folders = [own, course.root / "source" / name, course.root / "solutions" / name, REPOSITORY / "solutions" / name]
    return next((folder for folder in folders if any(folder.glob("*.ipynb"))), None)


def guess_profile(source: Path | None) -> str:
    """The imports that the fork server should have ready: said by the notebook's metadata, else by its text."""
    for path in sorted(source.glob("*.ipynb")) if source else ():
        text = path.read_text(encoding="utf-8")
        said = json.loads(text).get("metadata", {}).get("course", {}).get("profile")
        if (said or profile_of(text)) == "tensorflow":
            return "tensorflow"
    return "numpy"


def prepare_assignment(course: Course, name: str, source: Path) -> Assignment:
    """The assignment from the author's notebooks, without touching a gradebook."""
    notebooks = {path.stem: _prepare(course, name, path) for path in sorted(source.glob("*.ipynb"))}
    return Assignment(
        name,
        {stem: list(trusted_cells(notebook, stem)) for stem, notebook in notebooks.items()},
        guess_profile(source),
        {stem: dict(notebook.metadata.get("kernelspec", KERNEL)) for stem, notebook in notebooks.items()},
    )


def trusted_cells(notebook: Any, name: str) -> Iterator[TrustedCell]:
    """The cells of a notebook that nbgrader knows."""
    for cell in notebook.cells:
        metadata = nbgrader_of(cell)
        kind = kind_of(metadata)
        if kind is not None:
            yield TrustedCell(
                grade_id=metadata["grade_id"],
                notebook=name,
                cell_type=cell.cell_type,
                source=cell.source,
                kind=kind,
                points=float(metadata.get("points", 0)) if kind in GRADED else 0.0,
                checksum=metadata.get("checksum", ""),
                tags=tags_of(cell),
            )


def _steps(course: Course) -> list[type]:
    """nbgrader's own steps of generate_assignment, up to the one that saves into the gradebook."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    steps = GenerateAssignment(coursedir=CourseDirectory(config=course.config), config=course.config).preprocessors
    return steps[: steps.index(SaveCells)] if SaveCells in steps else list(steps)


def _prepare(course: Course, name: str, path: Path, extra: tuple[type, ...] = ()) -> Any:
    import nbformat
    from nbgrader.nbgraderformat import MetadataValidator

    notebook = MetadataValidator().upgrade_notebook_metadata(nbformat.read(path, as_version=4))
    about = {"notebook": path.stem, "assignment": name, "student": ".", "db_url": course.db_url}
    resources: dict = {"nbgrader": about, "unique_key": path.stem, "metadata": {"path": str(path.parent)}}
    for step in [*_steps(course), *extra]:
        notebook, resources = step(config=course.config).preprocess(notebook, resources)
    return notebook


def released_notebooks(course: Course, name: str, source: Path) -> dict[str, Any]:
    """The notebooks as students get them: answers and hidden tests taken out."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ComputeChecksums

    steps = (ClearHiddenTests, ClearMarkScheme, ComputeChecksums)
    return {path.stem: _prepare(course, name, path, steps) for path in sorted(source.glob("*.ipynb"))}


def _save(course: Course, name: str, source: Path) -> None:
    from nbgrader.api import Gradebook
    from nbgrader.preprocessors import SaveCells

    with explained_database(course):
        with Gradebook(course.db_url, course.id) as gradebook:
            gradebook.update_or_create_assignment(name)
        for path in sorted(source.glob("*.ipynb")):
            _prepare(course, name, path, (SaveCells,))


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
        order = _source_order(source)
        notebooks = {row.name: _stored_cells(row, order.get(row.name, {})) for row in rows}
        kernelspecs = {row.name: json.loads(row.kernelspec or "{}") or KERNEL for row in rows}
    if not any(notebooks.values()):
        return None
    profile = guess_profile(source)
    if profile == "numpy" and any(profile_of(c.source) == "tensorflow" for cells in notebooks.values() for c in cells):
        profile = "tensorflow"
    return Assignment(name, notebooks, profile, kernelspecs)


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


def _source_order(source: Path | None) -> dict[str, dict[str, tuple[int, tuple[str, ...]]]]:
    """notebook -> grade id -> (position, tags), by the author's notebooks where they are at hand."""
    order: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {}
    for path in sorted(source.glob("*.ipynb")) if source else ():
        cells = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
        order[path.stem] = {
            grade_id: (position, tags_of(cell))
            for position, cell in enumerate(cells)
            if (grade_id := grade_id_of(cell)) is not None
        }
    return order
