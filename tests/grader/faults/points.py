"""Where `course grade` may be killed: `python -m tests.grader.faults.points POINT COURSE` grades and dies there.

Each point changes one function of this process so that the process kills itself at its first, second, … call.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import nbgrader.api
import sqlalchemy.orm

from autograder import files
from autograder.cli import main
from autograder.records import assignments, backup
from autograder.records.gradebook import GradebookWriter
from autograder.records.ledger import Ledger
from autograder.reporting import autograded, feedback


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def _at_call(owner: Any, name: str, number: int, do: Callable) -> Callable[[], None]:
    """What makes `do(real, *its arguments)` happen in place of the call of that number."""

    def arm() -> None:
        real, count = getattr(owner, name), iter(range(1, 1_000_000))

        @functools.wraps(real)
        def watched(*args: Any, **kwargs: Any) -> Any:
            return do(real, *args, **kwargs) if next(count) == number else real(*args, **kwargs)

        setattr(owner, name, watched)

    return arm


def before(owner: Any, name: str, number: int = 1) -> Callable[[], None]:
    return _at_call(owner, name, number, lambda real, *args, **kwargs: die())


def after(owner: Any, name: str, number: int = 1) -> Callable[[], None]:
    def do(real: Callable, *args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        die()

    return _at_call(owner, name, number, do)


def half_a_line(number: int) -> Callable[[], None]:
    """Half of what the ledger is to hold reaches the disk."""

    def do(real: Callable, ledger: Ledger, events: list[dict]) -> None:
        real(ledger, events)
        lines = ledger.path.read_bytes()
        start = lines.rstrip(b"\n").rfind(b"\n") + 1
        os.truncate(ledger.path, (start + len(lines)) // 2)
        die()

    return _at_call(Ledger, "_append", number, do)


def half_a_file(number: int) -> Callable[[], None]:
    """Of a file that takes the place of another, half is written, beside it."""

    def do(real: Callable, source: Path, target: Path) -> None:
        if Path(source).is_file():
            os.truncate(source, Path(source).stat().st_size // 2)
        die()

    return _at_call(os, "replace", number, do)


# In a class of three, graded once and changed since, this is the second submission's way; `os.replace` puts the copy of
# the gradebook in its place first, then for each submission autograded/ and feedback/, old away and new in.
RECORDED = {
    "half of the ledger's line": half_a_line(2),
    "the ledger's line, not yet synced": before(os, "fsync", 2),
    "the ledger's line": after(Ledger, "add", 2),
    "before its rows": before(GradebookWriter, "_rows", 2),
    "after its rows": after(GradebookWriter, "_rows", 2),
    "after its points": after(GradebookWriter, "_fill", 2),
    "before autograded/": before(autograded, "write_autograded", 2),
    "autograded/ written, not yet in its place": before(os, "replace", 6),
    "the old autograded/ away, the new one not in": after(os, "replace", 6),
    "the new autograded/ in, the old one not removed": before(files, "_remove", 3),
    "between autograded/ and feedback/": before(feedback, "write_feedback", 2),
    "the old feedback/ away, the new one not in": after(os, "replace", 8),
    "after feedback/": after(feedback, "write_feedback", 2),
    "before the commit": before(sqlalchemy.orm.Session, "commit", 3),
    "after the commit": after(sqlalchemy.orm.Session, "commit", 3),
    "after its standing": after(GradebookWriter, "write", 2),
    "before the mark that all is applied": before(Ledger, "mark_applied"),
    "half of the mark that all is applied": half_a_line(4),
    "the mark that all is applied": after(Ledger, "mark_applied"),
}

# In a course that has never been graded: no gradebook, no secret.
FIRST_RUN = {
    "tables without a version": after(nbgrader.api.Base.metadata, "create_all"),
    "a gradebook without the assignment": before(nbgrader.api.Gradebook, "update_or_create_assignment"),
    "the assignment without its notebook": after(nbgrader.api.Gradebook, "update_or_create_assignment"),
    "the assignment with some of its cells": before(nbgrader.api.Gradebook, "update_or_create_source_cell", 4),
    "the assignment saved": after(assignments, "_save"),
    "half of the secret": half_a_file(2),
    "half of the copy of the gradebook": half_a_file(3),
    "the copy of the gradebook": after(backup, "back_up"),
}
POINTS = RECORDED | FIRST_RUN

if __name__ == "__main__":
    POINTS[sys.argv[1]]()
    main(["grade", "toy", "--workers", "1", "--course-dir", sys.argv[2]])
