"""Where a workspace lies, where the lessons lie that it is made of, and which notebook a learner means."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from autograder.errors import CourseError, UsageError

FIRST = "00_start_here"
STATE = ".course-workspace"
DEFAULT = "my-neural-networks"


@dataclass(frozen=True)
class Workspace:
    """A folder with a learner's lessons, and what the course remembers of them."""

    root: Path

    @property
    def handed_out(self) -> Path:
        """Each file as the course last put it there."""
        return self.root / STATE / "handed-out"

    @property
    def backups(self) -> Path:
        """Notebooks as they were before an update."""
        return self.root / STATE / "backups"

    @property
    def exists(self) -> bool:
        return (self.root / STATE).is_dir()


def shipped_lessons() -> Path:
    """The students' notebooks of the installed course: within the package, or in the checkout it runs from."""
    package = Path(str(resources.files("autograder")))
    for folder in (package / "lessons", package.parent / "lessons"):
        if (folder / FIRST).is_dir():
            return folder
    raise CourseError(
        "The installed course has no lessons. Install it again: python -m pip install --force-reinstall ."
    )


def default_folder() -> Path:
    """Where a workspace is made when nobody says where: `$COURSE_WORKSPACE`, else a folder in the home folder."""
    return Path(os.environ.get("COURSE_WORKSPACE") or Path.home() / DEFAULT)


def find_workspace(start: Path) -> Workspace | None:
    """The nearest workspace at `start` or above it, else the one in the default folder."""
    start = start.absolute()
    found = (Workspace(folder) for folder in (start, *start.parents, default_folder()))
    return next((workspace for workspace in found if workspace.exists), None)


def refuse_checkout(folder: Path) -> None:
    """A learner's work does not go among the course's own files, where a new version would collide with it."""
    for above in (folder, *folder.parents):
        if (above / "solutions").is_dir() and (above / "nbgrader_config.py").is_file():
            if folder == above or folder.relative_to(above).parts[0] in ("lessons", "solutions", "source"):
                raise UsageError(f"{folder} belongs to the course itself. Name another folder: course start DIR.")
            return


def find_notebook(said: str, start: Path) -> Path:
    """The notebook that a learner means: a file, a lesson's folder, or a lesson of the workspace by name or number.

    Errors: UsageError when there is none.
    """
    path = Path(said)
    if (start / path).is_file():
        return path
    name = path.name.removesuffix(".ipynb")
    if (start / path / f"{name}.ipynb").is_file():
        return start / path / f"{name}.ipynb"
    workspace = find_workspace(start)
    for lesson in sorted(workspace.root.glob("[0-9]*/")) if workspace and name else ():
        if name in (lesson.name, lesson.name.partition("_")[0]) and (lesson / f"{lesson.name}.ipynb").is_file():
            return lesson / f"{lesson.name}.ipynb"
    raise UsageError(f"There is no notebook {said}.")
