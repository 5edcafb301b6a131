"""Submissions whose folder, names or outputs were made to stop the run: the class is graded all the same."""

from __future__ import annotations

import errno
import json
import os
import time

import pytest

from autograder.errors import CourseError
from autograder.grading import run as grading
from autograder.records import backup
from autograder.records.ledger import Ledger
from autograder.reporting import autograded
from autograder.reporting.sanitize import clean_html, clean_outputs, markdown
from autograder.results import ExerciseResult, SubmissionResult
from autograder.runner.sandbox.limits import Limits
from autograder.submitted import MAX_ENTRIES, MAX_FILE, carry_files, content_key, entries_of
from tests.grader import toy

LIMITS = Limits(check_seconds=3, cell_seconds=4, submission_seconds=30, memory_mb=1500)


def with_tag(notebook, tag):
    return {**notebook, "cells": [{**c, "metadata": {**c["metadata"], "tags": [tag]}} for c in notebook["cells"]]}


def says(text):
    """An honest notebook with one cell more, whose output is what the text evaluates to."""
    notebook = toy.honest()
    cell = {"cell_type": "code", "id": "more", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
    return {**notebook, "cells": [*notebook["cells"], cell]}


def deep(folder, levels=200):
    """Folders in folders, until their path is longer than any system takes at once."""
    at = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d" * 60, dir_fd=at)
        inner = os.open("d" * 60, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)


def notebook_folder(folder):
    (folder / "toy.ipynb").unlink()
    (folder / "toy.ipynb").mkdir()
    (folder / "toy.ipynb" / "inside.txt").write_text("x")


def other_notebook_folder(folder):
    (folder / "own.ipynb").mkdir()
    (folder / "own.ipynb" / "inside.txt").write_text("x")


def hole(folder):
    with (folder / "huge.ipynb").open("wb") as file:
        file.truncate(40 << 30)


def name_that_is_no_text(folder):
    (folder / os.fsdecode(b"caf\xe9.csv")).write_text("1")
    (folder / os.fsdecode(b"caf\xe9.ipynb")).write_text("{}")


PICTURES = """
from IPython.display import Image, display
import os, struct, zlib
def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
rows = b"".join(b"\\0" + os.urandom(600) for _ in range(250))
png = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 600, 250, 8, 0, 0, 0, 0))
png += chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
display(Image(png))
"""


def floods():
    """Two hundred cells with a picture of 150 KB each."""
    notebook = says(PICTURES)
    more = [{**notebook["cells"][-1], "id": f"more-{number}"} for number in range(200)]
    return {**notebook, "cells": [*notebook["cells"][:-1], *more]}


HOSTILE = {  # student -> (notebook, what is done to the folder, points)
    "half-a-character": (with_tag(toy.honest(), "\ud800"), None, 5.0),
    "prints-half": (says("print('\\ud800')"), None, 5.0),
    "shows-half": (says("from IPython.display import HTML\nHTML('<b>\\udfff</b>')"), None, 5.0),
    "raises-half": (toy.fill(toy.honest(), double="def double(x):\n    raise ValueError('\\ud800')"), None, 1.0),
    "long-type": (
        toy.fill(toy.honest(), double="def double(x):\n    return type('T' * 1_000_000, (), {})()"),
        None,
        1.0,
    ),
    "nested": (says("from IPython.display import HTML\nHTML('<div>' * 19_000)"), None, 5.0),
    "floods": (floods(), None, 5.0),
    "notebook-is-a-folder": (toy.honest(), notebook_folder, 0.0),
    "folder-like-a-notebook": (toy.honest(), other_notebook_folder, 5.0),
    "deep": (toy.honest(), deep, 5.0),
    "hole": (toy.honest(), hole, 5.0),
    "no-text": (toy.honest(), name_that_is_no_text, 5.0),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(toy_template, tmp_path_factory):
    """(course, student -> result, lines said) of a class of such submissions and one honest one."""
    import shutil

    from autograder.course import open_course

    course = open_course(shutil.copytree(toy_template, tmp_path_factory.mktemp("hostile") / "course"))
    for student, (notebook, spoil, _) in HOSTILE.items():
        folder = toy.submit(course.root, student, notebook)
        if spoil:
            spoil(folder)
    toy.submit(course.root, os.fsdecode(b"no-text-\xff"), toy.honest())
    toy.submit(course.root, "zoe", toy.honest())
    said: list[str] = []
    results, _ = grading.grade(str(course.root), "toy", grading.Options(limits=LIMITS, workers=1), said.append)
    return course, {result.student: result for result in results}, said


@pytest.mark.parametrize("student", [*HOSTILE, "zoe"])
def test_it_ends_with_its_own_points_and_the_class_goes_on(graded, student):
    course, results, *_ = graded
    points = HOSTILE[student][2] if student in HOSTILE else 5.0
    assert results[student].score == points, results[student]
    assert (course.root / "feedback" / student / "toy" / "toy.html").is_file()
    json.loads((course.root / "autograded" / student / "toy" / "toy.ipynb").read_text(encoding="utf-8"))


def test_a_name_that_is_no_text_is_told_and_left_out(graded):
    _, results, said = graded
    assert set(results) == {*HOSTILE, "zoe"}
    assert any("not UTF-8" in line for line in said)


def test_of_a_flood_of_pictures_the_first_are_kept(graded):
    course, *_ = graded
    page = course.root / "feedback" / "floods" / "toy" / "toy.html"
    notebook = course.root / "autograded" / "floods" / "toy" / "toy.ipynb"
    assert 5e6 < notebook.stat().st_size < 30e6 and page.stat().st_size < 30e6
    assert "No more is kept of what this notebook shows" in notebook.read_text()


def test_a_result_that_cannot_be_written_is_recorded_as_such(toy_course, monkeypatch):
    for student in ("ann", "bob", "cat"):
        toy.submit(toy_course.root, student, toy.honest())
    write = autograded.graded_notebook

    def refuse(notebook, result, name):
        if result.student == "bob" and result.status == "graded":
            raise ValueError("planted")
        return write(notebook, result, name)

    monkeypatch.setattr(autograded, "graded_notebook", refuse)
    options = grading.Options(limits=LIMITS, workers=1)
    results, _ = grading.grade(str(toy_course.root), "toy", options, lambda text: None)
    assert {r.student: (r.status, r.score) for r in results} == {
        "ann": ("graded", 5.0),
        "bob": ("crashed", 0.0),
        "cat": ("graded", 5.0),
    }
    assert "could not be written" in (toy_course.root / "feedback" / "bob" / "toy" / "toy.html").read_text()
    monkeypatch.setattr(autograded, "graded_notebook", write)
    results, _ = grading.grade(str(toy_course.root), "toy", options, lambda text: None)
    assert [r.score for r in results] == [5.0, 5.0, 5.0]  # the next run tries again


def test_one_that_cannot_be_written_at_all_is_said_and_the_class_goes_on(toy_course, monkeypatch):
    for student in ("ann", "bob", "cat"):
        toy.submit(toy_course.root, student, toy.honest())
    write = autograded.graded_notebook

    def refuse(notebook, result, name):
        if result.student == "bob":
            raise ValueError("planted")
        return write(notebook, result, name)

    monkeypatch.setattr(autograded, "graded_notebook", refuse)
    said: list[str] = []
    options = grading.Options(limits=LIMITS, workers=1)
    results, _ = grading.grade(str(toy_course.root), "toy", options, said.append)
    assert {r.student: (r.status, r.score) for r in results} == {
        "ann": ("graded", 5.0),
        "bob": ("crashed", 0.0),
        "cat": ("graded", 5.0),
    }
    assert any("bob: neither result nor failure could be written" in line for line in said)


def test_a_full_disk_stops_the_run_with_a_word_and_keeps_what_is_there(toy_course, monkeypatch):
    toy.submit(toy_course.root, "ann", toy.honest())
    toy.submit(toy_course.root, "bob", toy.honest())
    write = autograded.graded_notebook

    def full(notebook, result, name):
        if result.student == "bob":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(notebook, result, name)

    monkeypatch.setattr(autograded, "graded_notebook", full)
    options = grading.Options(limits=LIMITS, workers=1)
    with pytest.raises(CourseError, match=r"No space left .* Make room, then run this again"):
        grading.grade(str(toy_course.root), "toy", options, lambda text: None)
    monkeypatch.setattr(autograded, "graded_notebook", write)
    said: list[str] = []
    results, _ = grading.grade(str(toy_course.root), "toy", options, said.append)
    assert [r.score for r in results] == [5.0, 5.0]
    assert any("2 of 2 submissions are unchanged" in line for line in said)


def test_no_more_of_a_folder_is_looked_at_than_is_bearable(tmp_path):
    for number in range(MAX_ENTRIES + 50):
        (tmp_path / f"{number:05}").touch()
    assert len(list(entries_of(tmp_path))) == MAX_ENTRIES
    (tmp_path / "target").mkdir()
    carry_files(tmp_path, tmp_path / "target")
    assert len(list((tmp_path / "target").iterdir())) == 100


def test_a_file_too_large_to_read_changes_the_key_by_its_size_and_time(tmp_path, monkeypatch):
    file = tmp_path / "huge.bin"
    with file.open("wb") as opened:
        opened.truncate(MAX_FILE + 1)
    with monkeypatch.context() as watched:
        watched.setattr("hashlib.file_digest", lambda *_: pytest.fail("it is read"))
        before = content_key(tmp_path)
    os.utime(file, (1, 1))
    assert content_key(tmp_path) != before


@pytest.mark.parametrize("line", ["5", "null", "[]", '"x"', "{}", '{"event": "graded"}', '{"event": "applied"}'])
def test_a_line_of_the_ledger_that_is_none_is_passed_over(tmp_path, line):
    path = tmp_path / "ledger.jsonl"
    result = SubmissionResult("ann", "graded", exercises=(ExerciseResult("total", 1.0, 1.0, "passed"),))
    Ledger(path).add("ann", "k1", result)
    with path.open("a") as file:
        file.write(f"{line}\n")
    ledger = Ledger(path)
    ledger.add("bob", "k2", result)
    assert ledger.result("ann", "k1") == result == Ledger(path).result("bob", "k2")
    assert len(ledger.results()) == 2


def test_the_ledger_keeps_no_notebook_in_memory(tmp_path):
    import pickle

    ledger = Ledger(tmp_path / "ledger.jsonl")
    notebook = {"cells": [{"cell_type": "markdown", "source": "x" * 100_000}]}
    for number in range(20):
        ledger.add(f"s{number}", "k", SubmissionResult(f"s{number}", "graded", notebooks={"toy": notebook}))
    assert len(pickle.dumps(vars(ledger))) < 10_000
    assert ledger.result("s7", "k").notebooks == {"toy": notebook}


def test_the_newest_copy_of_the_gradebook_stays_whatever_the_clock_said_before(toy_course):
    folder = toy_course.state / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(15):
        (folder / f"gradebook-29990101-0000{number:02}-000000.db").touch()
    copy = backup.back_up(toy_course)
    assert copy.is_file() and len(list(folder.glob("*.db"))) == backup.KEPT_BACKUPS


def test_an_assignment_with_brackets_in_its_name_is_found(toy_course):
    folder = toy_course.root / "submitted" / "ann" / "123 [abc]"
    folder.mkdir(parents=True)
    assert toy_course.submissions("123 [abc]") == {"ann": folder}


@pytest.mark.parametrize("address", ["data:text/html,x", "da\tta:text/html,x", " \x01DATA:text/html,x", "da\nta:x"])
def test_no_page_in_a_link(address):
    assert "href" not in clean_html(f'<a href="{address}">x</a>')


def test_a_nesting_that_takes_minutes_is_shown_as_text():
    began = time.process_time()
    bundle = {"text/html": "<div>" * 19_000, "text/plain": "a table"}
    (output,) = clean_outputs([{"output_type": "display_data", "data": bundle}])
    assert output["data"] == {"text/plain": "a table"}
    assert markdown("<div>" * 10_000).startswith("<pre>")
    assert time.process_time() - began < 1
