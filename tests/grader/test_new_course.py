"""`course init`, and from an empty directory all the way to feedback, by a wheel and nbgrader's own commands."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import open_course
from autograder.source import REPOSITORY, full_name
from course_utils import lessons
from tests.grader.places import Place

pytestmark = pytest.mark.usefixtures("loops_left_open")
LESSON, OTHER = "02_activations", "01_neuron"


def answer(path: Path, *ids: str) -> None:
    """Do some exercises of a student's notebook, by the course's own answers."""
    solution = nbformat.read(REPOSITORY / "solutions" / LESSON / f"{LESSON}.ipynb", 4)
    answers = {cell.id: cell.source for cell in solution.cells}
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.id in [f"{id}-answer" for id in ids]:
            cell.source = answers[cell.id]
    path.chmod(0o644)
    nbformat.write(notebook, path)


def scores(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nn-1") as gradebook:
        return {row.student.id: row.score for row in gradebook.assignment_submissions(LESSON)}


@pytest.mark.slow
def test_from_nothing_to_feedback_by_the_exchange(tmp_path, installed):
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    teacher = Place(tmp_path, tmp_path / "teacher", installed)
    said = teacher.course("init", "our course", "02", "--course-id", "nn-1", "--exchange", str(exchange))
    assert f"nbgrader generate_assignment {LESSON}" in said and "our course'\n" in said  # a path that can be pasted
    teacher.folder = course = tmp_path / "our course"
    (course / "students.csv").write_text("id,first_name,last_name,email\nann,Ann,Lee,ann@example.org\nbob,Bob,Ray,\n")
    teacher.nbgrader("db", "student", "import", "students.csv")
    teacher.nbgrader("generate_assignment", LESSON)
    # What students get is what the build makes of the same source.
    released = nbformat.read(course / "release" / LESSON / f"{LESSON}.ipynb", 4)
    assert released.cells == nbformat.read(REPOSITORY / "lessons" / LESSON / f"{LESSON}.ipynb", 4).cells
    teacher.nbgrader("release_assignment", LESSON)
    students = {}
    for name, done in {"ann": ("relu", "sigmoid"), "bob": ("relu",)}.items():
        home = tmp_path / name
        students[name] = student = Place(home, home, installed, user=name)
        settings = (course / "for_students" / "nbgrader_config.py").read_text()
        jupyter = Path(student.environment.get("JUPYTER_CONFIG_DIR", home / ".jupyter"))
        jupyter.mkdir(parents=True, exist_ok=True)
        (jupyter / "nbgrader_config.py").write_text(settings)
        student.nbgrader("fetch_assignment", LESSON)
        answer(home / LESSON / f"{LESSON}.ipynb", *done)
        student.nbgrader("submit", LESSON)
    teacher.nbgrader("collect", LESSON)
    said = teacher.course("grade", LESSON)
    assert "2 submissions: 2 graded" in said
    points = {id: exercise.points for id, exercise in lessons.load(LESSON).exercises.items()}
    assert scores(course) == {"ann": points["relu"] + points["sigmoid"], "bob": points["relu"]}
    # A later version comes in with --update.
    answer(tmp_path / "bob" / LESSON / f"{LESSON}.ipynb", "sigmoid")
    students["bob"].nbgrader("submit", LESSON)
    teacher.nbgrader("collect", LESSON, "--update")
    teacher.course("grade", LESSON)
    assert scores(course)["bob"] == scores(course)["ann"]
    teacher.nbgrader("release_feedback", LESSON)
    students["ann"].nbgrader("fetch_feedback", LESSON)
    pages = list((tmp_path / "ann" / LESSON / "feedback").rglob("*.html"))
    assert len(pages) == 1
    assert "ann" in pages[0].read_text()
    assert "Report:" in teacher.course("report", LESSON)
    teacher.course("export", LESSON, "--format", "csv", "--out", "grades.csv")
    rows = list(csv.DictReader((course / "grades.csv").read_text().splitlines()))
    assert [(row["student_id"], row["last_name"]) for row in rows] == [("ann", "Lee"), ("bob", "Ray")]


@pytest.mark.slow
def test_a_zip_of_a_learning_platform(tmp_path, installed):
    teacher = Place(tmp_path, tmp_path / "teacher", installed)
    teacher.course("init", "c", "02", "--course-id", "nn-1")
    teacher.folder = course = tmp_path / "c"
    teacher.nbgrader("generate_assignment", LESSON)
    made = tmp_path / f"{LESSON}.ipynb"
    made.write_bytes((course / "release" / LESSON / made.name).read_bytes())
    answer(made, "relu")
    archive = course / "downloaded" / LESSON / "archive" / "submissions.zip"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("doeanna_1234_567890_02_activations.ipynb", "roebob_LATE_77_567891_02_activations-1.ipynb"):
            file.writestr(name, made.read_bytes())
    teacher.nbgrader("zip_collect", LESSON)
    assert "2 graded" in teacher.course("grade", LESSON)
    assert scores(course) == {"1234": 2.0, "77": 2.0}


def test_a_directory_is_made_whole_or_not_at_all(tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("keep me")
    before = sorted(tmp_path.rglob("*"))
    for arguments, words in [
        ((str(full),), "is not empty"),
        ((str(full / "mine.txt"),), "is not empty"),
        ((str(tmp_path / "new"), "77"), "No lesson '77'"),
        ((str(tmp_path / "new"), "02", "--course-id", "a/b"), "is no course id"),
    ]:
        done = CliRunner().invoke(main, ["init", *arguments])
        assert (done.exit_code, words in done.output) == (2, True), done.output
    assert sorted(tmp_path.rglob("*")) == before
    assert (full / "mine.txt").read_text() == "keep me"


def test_without_an_exchange_none_is_set_and_all_lessons_are_there(tmp_path):
    done = CliRunner().invoke(main, ["init", str(tmp_path / "Herbst 2027, Ü")])
    assert done.exit_code == 0, done.output
    course = tmp_path / "Herbst 2027, Ü"
    assert sorted(path.name for path in (course / "source").iterdir()) == list(lessons.names())
    settings = (course / "nbgrader_config.py").read_text()
    assert "\n# c.Exchange.root = " in settings
    assert "course_id = 'Herbst-2027-Ü'" in settings
    assert not (course / "for_students").exists()
    notebook = json.loads((course / "source" / OTHER / f"{OTHER}.ipynb").read_text())
    assert not any(cell.get("outputs") for cell in notebook["cells"])
    assert (course / "gradebook.db").stat().st_size > 0


@pytest.mark.parametrize(
    ("name", "folders", "meant"),
    [
        ("02", [], "02_activations"),
        ("ps1", [], "ps1"),
        ("02", ["02_mine"], "02"),  # two begin so: none is guessed
        ("week", ["week_one"], "week_one"),
        ("week", ["week", "week_one"], "week"),
        ("", ["week_one"], ""),
        ("..", [], ".."),
    ],
)
def test_a_number_is_enough_where_one_assignment_begins_so(tmp_path, name, folders, meant):
    for folder in folders:
        (tmp_path / "source" / folder).mkdir(parents=True)
        (tmp_path / "source" / folder / "a.ipynb").touch()
    assert full_name(open_course(tmp_path), name) == meant
