"""What else can go wrong around a run: a full disk, a clock that jumps, a gradebook in an odd state."""

from __future__ import annotations

import datetime
import errno
import itertools
import shutil
import sqlite3
import time
from contextlib import closing

import nbformat
import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from autograder.cli import main
from autograder.course import Course, open_course
from autograder.errors import CourseError
from autograder.grading import run as grading
from autograder.records import assignments, backup
from autograder.records.assignments import load_assignment
from autograder.records.gradebook import GradebookWriter
from autograder.records.ledger import Ledger
from autograder.runner.sandbox.limits import Limits
from tests.grader import toy
from tests.grader.faults.state import tables

LIMITS = Limits(check_seconds=3, cell_seconds=4, submission_seconds=30, memory_mb=1500)


def run(course: Course, say=lambda text: None) -> dict[str, tuple[str, float]]:
    results, _ = grading.grade(str(course.root), "toy", grading.Options(limits=LIMITS, workers=1), say)
    return {result.student: (result.status, result.score) for result in results}


@pytest.fixture
def small(toy_course: Course) -> Course:
    """A course with two honest submissions."""
    for student in ("ann", "bob"):
        toy.submit(toy_course.root, student, toy.honest())
    return toy_course


GRADED = {"ann": ("graded", 5.0), "bob": ("graded", 5.0)}


def test_an_emptied_gradebook_stops_the_run_and_stays_as_it_is(small: Course) -> None:
    backup.back_up(small)
    small.gradebook_file.write_bytes(b"")
    with pytest.raises(CourseError, match=r"empty \(0 bytes\).* is its last copy"):
        run(small)
    assert small.gradebook_file.read_bytes() == b""


def test_a_gradebook_whose_last_transaction_was_cut_off_is_rolled_back(small: Course, tmp_path) -> None:
    """As a power cut leaves it: pages changed, a journal beside the file that has the old ones."""
    file = small.gradebook_file
    before, cut = tables(file), tmp_path / "cut"
    cut.mkdir()
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE source_cell SET source = hex(zeroblob(20000))")
        for path in (file, file.with_name(f"{file.name}-journal")):
            shutil.copy(path, cut)
        db.execute("ROLLBACK")
    for path in cut.iterdir():
        shutil.copy(path, file.parent)
    assert file.read_bytes().count(b"0" * 1000) > 4  # it is half-way
    assert run(small) == GRADED
    after = tables(file)
    assert after["source_cell"] == before["source_cell"] and len(after["grade"]) == 6


def test_an_assignment_of_two_notebooks_that_was_half_saved_is_saved_anew(tmp_path, monkeypatch) -> None:
    course = open_course(toy.make_course(tmp_path / "course"))
    nbformat.write(toy.source_notebook(), course.root / "source" / "toy" / "more.ipynb")
    prepare, calls = assignments.prepare_notebook, itertools.count()

    def stops(*args):
        if next(calls) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return prepare(*args)

    monkeypatch.setattr(assignments, "prepare_notebook", stops)
    with pytest.raises(OSError, match="No space"):
        load_assignment(course, "toy")
    for _ in range(2):
        loaded = load_assignment(course, "toy")
        assert {name: len(cells) for name, cells in loaded.notebooks.items()} == {"more": 6, "toy": 6}


@pytest.mark.parametrize("full", ["the ledger", "the gradebook"])
def test_a_full_disk_is_told_and_the_next_run_goes_on(small: Course, monkeypatch, full: str) -> None:
    def no_room(ledger: Ledger, events: list[dict]) -> None:
        with ledger.path.open("ab") as file:
            file.write(b'{"event": "graded", "stud')
        raise OSError(errno.ENOSPC, "No space left on device", str(ledger.path))

    def no_page(writer: GradebookWriter, *_: object) -> None:
        raise OperationalError("UPDATE grade", {}, sqlite3.OperationalError("database or disk is full"))

    small.state.joinpath("ledger").mkdir(parents=True, exist_ok=True)
    with monkeypatch.context() as patch:
        if full == "the ledger":
            patch.setattr(Ledger, "_append", no_room)
        else:
            patch.setattr(GradebookWriter, "_fill", no_page)
        done = CliRunner().invoke(main, ["grade", "toy", "--workers", "1", "--course-dir", str(small.root)])
    assert done.exit_code == 3, done.output
    assert ("No space left" in done.output) or ("There is no room left" in done.output), done.output
    assert run(small) == GRADED


def test_a_copy_that_cannot_be_made_stops_the_run_with_a_word(small: Course, monkeypatch) -> None:
    connect = sqlite3.connect

    def no_room(place, **more):
        if str(place).endswith(".part"):
            raise sqlite3.OperationalError("database or disk is full")
        return connect(place, **more)

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", no_room)
        with pytest.raises(CourseError, match=r"cannot be copied .*disk is full"):
            backup.back_up(small)
    assert backup.back_up(small).is_file() and len(list(small.backups.iterdir())) == 1


@pytest.mark.parametrize("how", ["removed", "changed"])
def test_a_submission_that_is_removed_or_changed_meanwhile_is_graded_again(small: Course, how: str) -> None:
    """Its result is of something else than what the run saw when it began, so it is kept for nothing."""

    def say(text: str) -> None:
        if text.startswith("[1/2] ann"):
            shutil.rmtree(small.root / "submitted" / "bob")
            if how == "changed":
                toy.submit(small.root, "bob", toy.released())

    assert run(small, say)["ann"] == GRADED["ann"]
    toy.submit(small.root, "bob", toy.honest())
    assert run(small) == GRADED


class Jumping(datetime.datetime):
    """A clock that is set a year back and forth each time somebody looks at it."""

    turns = itertools.cycle((-1, 1))

    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=365 * next(cls.turns))


def test_a_clock_that_jumps_changes_nothing(small: Course, monkeypatch) -> None:
    real, turns = time.time, itertools.cycle((-1e8, 1e8))
    monkeypatch.setattr(time, "time", lambda: real() + next(turns))
    monkeypatch.setattr(datetime, "datetime", Jumping)
    assert run(small) == GRADED
    toy.submit(small.root, "bob", toy.released())
    assert run(small) == GRADED | {"bob": ("graded", 0.0)}
    monkeypatch.undo()
    assert run(small) == GRADED | {"bob": ("graded", 0.0)}
    copies = list(small.backups.glob("gradebook-*.db"))
    assert len(copies) == 3 and all(len(tables(copy)["source_cell"]) == 6 for copy in copies)
