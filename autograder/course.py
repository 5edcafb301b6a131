"""A course directory in nbgrader's layout: its settings, its folders, its students."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.errors import CourseError, GradebookLocked, UsageError

BUSY_SECONDS = 30  # how long to wait for another program that writes to the gradebook
CODE_STUB = "# YOUR CODE HERE"  # in lessons; unlike nbgrader's own stub it does not raise, so that Run All goes on


@dataclass(frozen=True)
class Course:
    """The folders and settings under one course directory, read as nbgrader reads them."""

    root: Path

    @cached_property
    def config(self) -> Config:
        """Settings from Jupyter's own folders, then nbgrader_config.py of the course directory."""
        from jupyter_core.paths import jupyter_config_path

        config = Config()
        for folder in [*reversed(jupyter_config_path()), str(self.root)]:
            try:
                config.merge(PyFileConfigLoader("nbgrader_config.py", path=folder).load_config())
            except ConfigFileNotFound:
                continue
            except Exception as error:
                raise CourseError(f"{folder}/nbgrader_config.py cannot be read: {error}") from error
        config.CourseDirectory.root = str(self.root)
        return config

    def setting(self, name: str, default: Any) -> Any:
        return self.config.CourseDirectory.get(name, default)

    @property
    def id(self) -> str:
        return self.setting("course_id", "")

    @property
    def timezone(self) -> str:
        """The time zone in which nbgrader's exchange writes when something was handed in."""
        return self.config.Exchange.get("timezone", "UTC")

    @property
    def db_url(self) -> str:
        return self.setting("db_url", "") or f"sqlite:///{self.root / 'gradebook.db'}"

    @property
    def gradebook_file(self) -> Path | None:
        """The gradebook as a file, or None when it is a database server."""
        prefix = "sqlite:///"
        return Path(self.db_url.removeprefix(prefix)) if self.db_url.startswith(prefix) else None

    @property
    def state(self) -> Path:
        """Our own folder: secret, ledger, back-ups."""
        return self.root / ".course"

    @property
    def backups(self) -> Path:
        """Copies of the gradebook from before each run."""
        return self.state / "backups"

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one step ("source", "submitted", "autograded", "feedback")."""
        structure = self.setting("directory_structure", "{nbgrader_step}/{student_id}/{assignment_id}")
        step = self.setting(f"{step}_directory", step)
        return self.root / structure.format(nbgrader_step=step, student_id=student, assignment_id=assignment)

    def submissions(self, assignment: str) -> dict[str, Path]:
        """Student id -> folder, for each student with a submission of the assignment."""
        pattern = self.folder("submitted", "*", glob.escape(assignment)).relative_to(self.root)
        depth = self.folder("submitted", "\0", assignment).parts.index("\0")
        return {path.parts[depth]: path for path in sorted(self.root.glob(str(pattern))) if path.is_dir()}


def open_course(directory: str | os.PathLike) -> Course:
    """The course in a directory, which must exist."""
    root = Path(directory).resolve()
    if not root.is_dir():
        raise UsageError(f"There is no course directory {root}. Give an existing one with --course-dir.")
    return Course(root)


@contextmanager
def explained_database(course: Course) -> Iterator[None]:
    """Turn the database's errors into what to do about them. Wraps every use of the gradebook."""
    from sqlalchemy.exc import DBAPIError

    find_alembic()
    _refuse_emptied(course)
    try:
        yield
    except DBAPIError as error:
        if "locked" in str(error.orig) or "busy" in str(error.orig):
            raise GradebookLocked(
                f"The gradebook {course.db_url} was locked by another program for {BUSY_SECONDS} seconds. Close "
                "formgrader or the other nbgrader command, then run this again: what is graded is kept."
            ) from error
        if "disk is full" in str(error.orig):
            raise CourseError(
                f"There is no room left for the gradebook {course.db_url}. Make room, then run this again: what is "
                "graded is kept."
            ) from error
        raise CourseError(
            f"The gradebook {course.db_url} cannot be used ({error.orig}). Copies of it from before each run lie in "
            f"{course.backups}."
        ) from error


def _refuse_emptied(course: Course) -> None:
    """A gradebook file without a byte would be filled anew, and nobody would see that the old one is lost."""
    file, copies = course.gradebook_file, sorted(course.backups.glob("gradebook-*.db"))
    if file is not None and copies and file.exists() and not file.stat().st_size:
        raise CourseError(
            f"The gradebook {file} is empty (0 bytes), but there was one: {copies[-1]} is its last copy. Put that in "
            "its place, or delete the empty file to begin anew."
        )


def find_alembic() -> None:
    """nbgrader starts `alembic` by name when it makes a gradebook; it lies beside this Python."""
    scripts = str(Path(sys.executable).parent)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), scripts]).strip(os.pathsep)
