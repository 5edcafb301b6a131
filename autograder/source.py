"""The author's notebooks: where they lie, and what nbgrader's own steps make of them, without a gradebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, trusted_cells
from autograder.cells import KERNEL, grade_id_of, profile_of, tags_of
from autograder.course import Course
from autograder.errors import UsageError

REPOSITORY = Path(__file__).resolve().parents[1]


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
    notebooks = {path.stem: prepare_notebook(course, name, path) for path in sorted(source.glob("*.ipynb"))}
    return Assignment(
        name,
        {stem: list(trusted_cells(notebook, stem)) for stem, notebook in notebooks.items()},
        guess_profile(source),
        {stem: dict(notebook.metadata.get("kernelspec", KERNEL)) for stem, notebook in notebooks.items()},
    )


def released_notebooks(course: Course, name: str, source: Path) -> dict[str, Any]:
    """The notebooks as students get them: answers and hidden tests taken out."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ComputeChecksums

    steps = (ClearHiddenTests, ClearMarkScheme, ComputeChecksums)
    return {path.stem: prepare_notebook(course, name, path, steps) for path in sorted(source.glob("*.ipynb"))}


def source_order(source: Path | None) -> dict[str, dict[str, tuple[int, tuple[str, ...]]]]:
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


def prepare_notebook(course: Course, name: str, path: Path, extra: tuple[type, ...] = ()) -> Any:
    """One notebook after nbgrader's steps of generate_assignment up to the gradebook, and after the `extra` ones."""
    import nbformat
    from nbgrader.nbgraderformat import MetadataValidator

    notebook = MetadataValidator().upgrade_notebook_metadata(nbformat.read(path, as_version=4))
    about = {"notebook": path.stem, "assignment": name, "student": ".", "db_url": course.db_url}
    resources: dict = {"nbgrader": about, "unique_key": path.stem, "metadata": {"path": str(path.parent)}}
    for step in [*_steps(course), *extra]:
        notebook, resources = step(config=course.config).preprocess(notebook, resources)
    return notebook


def _steps(course: Course) -> list[type]:
    """nbgrader's own steps of generate_assignment, up to the one that saves into the gradebook."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    steps = GenerateAssignment(coursedir=CourseDirectory(config=course.config), config=course.config).preprocessors
    return steps[: steps.index(SaveCells)] if SaveCells in steps else list(steps)
