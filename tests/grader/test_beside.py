"""The files that lie beside an assignment's notebooks: which they are, and that they win over a student's."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import source
from autograder.course import Course, open_course
from autograder.errors import UsageError
from autograder.records.assignments import load_assignment
from autograder.runner.launch import ForkServer
from tests.grader import made, toy

MODULE = "# ---\n# jupyter:\n#   kernelspec: {}\n# ---\n# %%\nanswer = 42\n"


def beside(course: Course, files: dict[str, str]) -> dict[str, bytes]:
    """What of these files is taken, when they lie in the assignment's source."""
    for name, text in files.items():
        path = course.root / "source" / "toy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load_assignment(open_course(course.root), "toy").files


def test_data_and_modules_are_taken_and_nothing_else(toy_course: Course) -> None:
    files = {
        "data/rows.csv": "1",
        "helper.py": "x = 1",
        "toy.py": MODULE,  # what the notebook is made of
        "other.ipynb": "{}",
        "__pycache__/helper.pyc": "",
        ".ipynb_checkpoints/x.txt": "",
    }
    assert beside(toy_course, files) == {"data/rows.csv": b"1", "helper.py": b"x = 1"}


def test_nbgrader_s_settings_count(toy_course: Course) -> None:
    with (toy_course.root / "nbgrader_config.py").open("a") as file:
        file.write(
            "c.CourseDirectory.ignore = ['*.secret']\nc.Autograde.exclude_overwriting = {'toy': ['theirs.py']}\n"
        )
    assert set(beside(toy_course, {"a.secret": "", "theirs.py": "", "mine.py": ""})) == {"mine.py"}


def test_too_much_is_told(toy_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MOST_OF_ALL", 10)
    with pytest.raises(UsageError, match=r"CourseDirectory\.ignore"):
        beside(toy_course, {"a.csv": "123456", "b.csv": "123456"})


def test_the_grade_depends_on_them(toy_course: Course) -> None:
    beside(toy_course, {"helper.py": "x = 1"})
    one = load_assignment(toy_course, "toy").digest()
    beside(toy_course, {"helper.py": "x = 2"})
    assert load_assignment(toy_course, "toy").digest() != one


THEIRS = {  # what the student has where the assignment has data/rows.csv
    "another file": "data/rows.csv",
    "a file for a folder": "data",
    "a folder for a file": "data/rows.csv/mine.txt",
    "something beside it": "data/mine.csv",
}


@pytest.mark.parametrize("name", THEIRS)
def test_a_student_s_file_gives_way(toy_course: Course, tmp_path: Path, name: str) -> None:
    handed_in = tmp_path / "handed_in" / THEIRS[name]
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text("forged")
    (tmp_path / "handed_in" / "own.txt").write_text("own")
    with ForkServer("numpy") as server:
        server.warm(files={"data/rows.csv": b"1,2"})
        with server.spawn(tmp_path / "handed_in") as student:
            student.run_cell("rows = open('data/rows.csv').read()\nown = open('own.txt').read()")
            assert (student.namespace["rows"], student.namespace["own"]) == ("1,2", "own")


def test_the_graded_folder_holds_them(toy_course: Course) -> None:
    beside(toy_course, {"data/rows.csv": "1"})
    folder = toy.submit(toy_course.root, "ann", toy.honest())
    (folder / "data").write_text("forged")
    (folder / "own.txt").write_text("own")
    made.write(toy_course, "ann")
    graded = toy_course.root / "autograded" / "ann" / "toy"
    assert (graded / "data" / "rows.csv").read_text() == "1" and (graded / "own.txt").read_text() == "own"
