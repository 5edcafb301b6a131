"""Copies of the gradebook from before each run."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path

from autograder.course import Course
from autograder.errors import CourseError
from autograder.files import replaced_file

KEPT_BACKUPS = 10


def back_up(course: Course) -> Path | None:
    """Copy the gradebook file into .course/backups (the ten last are kept); None where there is no file yet."""
    file, folder = course.gradebook_file, course.backups
    if file is None or not file.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(".gradebook-*"):  # by a run that was killed
        left.unlink()
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S-%f")
    copy = folder / f"gradebook-{stamp}.db"
    try:
        with (
            replaced_file(copy) as part,
            closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        raise CourseError(
            f"The gradebook {file} cannot be copied into {folder} ({error}); without a copy nothing is changed. Make "
            "room there, then run this again."
        ) from error
    others = sorted(old for old in folder.glob("gradebook-*.db") if old != copy)  # a clock may have gone wrong
    for old in others[: -(KEPT_BACKUPS - 1)]:
        old.unlink()
    return copy
