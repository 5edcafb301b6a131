"""The author's notebooks: where they lie, and what nbgrader's own steps make of them, without a gradebook."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from traitlets.config import Config

from autograder.assignment import Assignment, trusted_cells
from autograder.cells import KERNEL, grade_id_of, kind_of, nbgrader_of, profile_of, tags_of
from autograder.course import CODE_STUB, Course
from autograder.errors import UsageError
from autograder.marks import started_lesson

IGNORED = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]  # nbgrader's own, where its settings say nothing
MOST_OF_A_FILE = 60 << 20
MOST_OF_ALL = 180 << 20
REPOSITORY = Path(__file__).resolve().parents[1]


def find_source(course: Course, name: str) -> Path | None:
    """The folder of the author's notebooks: the course's own, else the one in a checkout of this repository."""
    if not name or Path(name).name != name:
        raise UsageError(f"{name!r} is not the name of an assignment.")
    own = course.folder("source", ".", name)
    folders = [own, course.root / "source" / name, course.root / "solutions" / name, REPOSITORY / "solutions" / name]
    return next((folder for folder in folders if any(folder.glob("*.ipynb"))), None)


def full_name(course: Course, name: str) -> str:
    """The assignment that is meant: 02 is 02_activations, where that is the only one that begins so.

    >>> full_name(Course(REPOSITORY), "02"), full_name(Course(REPOSITORY), "ps1")
    ('02_activations', 'ps1')
    """
    roots = {course.folder("source", ".", "x").parent, course.root / "solutions", REPOSITORY / "solutions"}
    known = {path.name for root in roots if root.is_dir() for path in root.iterdir() if any(path.glob("*.ipynb"))}
    begun = sorted(other for other in known if name and other.startswith(f"{name}_"))
    return begun[0] if name not in known and len(begun) == 1 else name


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
        assignment_files(course, name, source),
        open_code(source),
    )


def assignment_files(course: Course, name: str, source: Path | None) -> dict[str, bytes]:
    """The files beside the assignment's notebooks, such as data and modules, by their path inside the folder.

    They are those that nbgrader lays over a submission: of the source, without what its settings leave out, and without
    the text that a notebook is made of (`NN.py` beside `NN.ipynb`). Without a source, those of the release.

    Errors: UsageError when they are more than a student's process may hold.
    """
    from nbgrader.utils import find_all_files

    folder = source or course.folder("release", ".", name)
    ignored = [*course.setting("ignore", IGNORED), "*.ipynb"]
    kept = set(course.config.Autograde.get("exclude_overwriting", {}).get(name, ()))
    files: dict[str, bytes] = {}
    for path in map(Path, sorted(find_all_files(str(folder), ignored))):
        inside = path.relative_to(folder).as_posix()
        if inside in kept or _is_the_notebook(path):
            continue
        size = path.stat().st_size
        if size > MOST_OF_A_FILE or size + sum(map(len, files.values())) > MOST_OF_ALL:
            raise UsageError(
                f"{path} has {size / 1e6:.0f} MB: a student's process is given {MOST_OF_A_FILE >> 20} MB a file and "
                f"{MOST_OF_ALL >> 20} MB together. Move what grading does not need out of the folder, or name it in "
                "CourseDirectory.ignore of nbgrader_config.py."
            )
        files[inside] = path.read_bytes()
    return files


def _is_the_notebook(path: Path) -> bool:
    """Whether a module is the text from which the notebook beside it is made, answers and all."""
    if path.suffix != ".py" or not path.with_suffix(".ipynb").exists():
        return False
    return path.read_text(encoding="utf-8", errors="replace").startswith("# ---\n# jupyter:")  # jupytext's header


def released_notebooks(course: Course, name: str, source: Path) -> dict[str, Any]:
    """The notebooks as students get them: answers and hidden tests taken out."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ComputeChecksums

    steps = (ClearHiddenTests, ClearMarkScheme, ComputeChecksums)
    return {path.stem: prepare_notebook(course, name, path, steps) for path in sorted(source.glob("*.ipynb"))}


def author_answers(source: Path | None) -> dict[tuple[str, str], str]:
    """(notebook, grade id) -> the author's own answer, from the notebooks where they are at hand."""
    found = {}
    for path in sorted(source.glob("*.ipynb")) if source else ():
        for cell in json.loads(path.read_text(encoding="utf-8")).get("cells", []):
            if nbgrader_of(cell).get("solution"):
                lines = "".join(cell["source"]).splitlines()
                kept = [line for line in lines if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line]
                found[path.stem, grade_id_of(cell)] = "\n".join(kept)
    return found


def open_code(folder: Path) -> tuple[str, ...]:
    """The texts of the code cells that nbgrader does not know, in the notebooks of a folder: no answers, no tests."""
    cells = [
        cell
        for path in sorted(folder.glob("*.ipynb"))
        for cell in json.loads(path.read_text(encoding="utf-8")).get("cells", [])
    ]
    return tuple("".join(c["source"]) for c in cells if c["cell_type"] == "code" and kind_of(nbgrader_of(c)) is None)


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
    config = Config()
    if started_lesson(cell.source for cell in notebook.cells):
        config.ClearSolutions.code_stub = {"python": CODE_STUB}
    config.merge(course.config)
    with contextlib.chdir(course.root):  # names of files in nbgrader's settings are meant from there
        for step in [*_steps(config), *extra]:
            notebook, resources = step(config=config).preprocess(notebook, resources)
    return notebook


def _steps(config: Config) -> list[type]:
    """nbgrader's own steps of generate_assignment, up to the one that saves into the gradebook."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    steps = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).preprocessors
    return steps[: steps.index(SaveCells)] if SaveCells in steps else list(steps)
