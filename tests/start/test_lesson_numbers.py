"""A lesson between two others, such as `06a_…` or `13m_…`, is found by its number and stands in its place."""

import sys

import nbformat
import pytest

from autograder.build.source import lesson_names
from autograder.prove import command
from autograder.workspace.folder import STATE, find_notebook
from course_utils import lessons
from course_utils.notebook import progress, start
from docs.site.lessons import lessons_index

BETWEEN = ("05y_between", "06y_between", "08y_between", "09y_between", "13y_between")
CONTENTS = """\
from course_utils.exercises import Lesson, ValuesExercise

two = ValuesExercise("two", reference=lambda: {{"two": 2.0}}, points=2, title="Two")
lesson = Lesson("{name}", "Between", [two], optional={optional})
"""


@pytest.fixture(autouse=True)
def between(tmp_path, monkeypatch):
    """Lessons with a letter in their number, those of 05 and 08 optional, among the course's own."""
    for name in BETWEEN:
        package = tmp_path / "packages" / f"lesson_{name}"
        package.mkdir(parents=True)
        text = CONTENTS.format(name=name, optional=name[:2] in ("05", "08"))
        (package / "__init__.py").write_text(text, "utf-8")
    monkeypatch.setattr(lessons, "__path__", [*lessons.__path__, str(tmp_path / "packages")])
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    lessons.names.cache_clear()
    yield
    lessons.names.cache_clear()
    for name in [module for module in sys.modules if module.endswith("y_between")]:
        del sys.modules[name]


def test_it_stands_behind_the_lesson_of_its_number():
    names = lessons.names()
    for name in BETWEEN:
        place = names.index(name)
        assert names[place - 1][:2] == name[:2] < names[place + 1][:2]
    assert [lessons.number(name) for name in BETWEEN] == ["05y", "06y", "08y", "09y", "13y"]


@pytest.mark.parametrize("name", BETWEEN)
def test_tensorflow_is_imported_from_lesson_09_on(name, monkeypatch):
    imported = []
    monkeypatch.setattr(start.environment, "import_tensorflow", lambda: imported.append(name))
    monkeypatch.setattr(start.environment, "seed_everything", lambda seed: None)
    assert start.start(name).name == name
    assert bool(imported) == (name[:2] in ("09", "13"))


def test_what_may_be_left_out_is_told_as_optional():
    rows = {line.split()[0]: line for line in progress.summary().splitlines() if "y_between" in line}
    assert {name: "of 2 points, optional" in rows[name] for name in BETWEEN} == {
        name: name[:2] in ("05", "08") for name in BETWEEN
    }


@pytest.mark.parametrize(("wanted", "proved"), [(["06y"], "06y_between"), (["06y_between"], "06y_between")])
def test_course_prove_takes_the_lesson_of_the_number_and_no_other(wanted, proved, monkeypatch):
    asked = []
    monkeypatch.setattr(command, "exercises_of", lambda names, exercise: asked.append(names) or [])
    for words in (wanted, ["06"]):
        with pytest.raises(command.UsageError):
            command.run(words, "", 1, 1, print)
    assert asked == [[proved], ["06_backprop"]]


def test_a_notebook_is_found_by_its_number(tmp_path):
    for name in ("06_backprop", "06y_between"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.ipynb").touch()
    (tmp_path / STATE).mkdir()
    for number, name in (("06", "06_backprop"), ("06y", "06y_between")):
        assert find_notebook(number, tmp_path).stem == name


def test_course_build_and_the_site_name_it_by_its_number(tmp_path):
    for name in ("06_backprop", "06y_between"):
        for folder in ("solutions", "lessons"):
            (tmp_path / folder / name).mkdir(parents=True)
        (tmp_path / "solutions" / name / f"{name}.py").touch()
        title = f"# Lesson {lessons.number(name)} · Title\n\n**Time:** 5 minutes · **Before this:** 05 · **Points:** 2"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(title)])
        nbformat.write(notebook, tmp_path / "lessons" / name / f"{name}.ipynb")
    assert lesson_names(tmp_path, ("06",)) == ["06_backprop"]
    assert lesson_names(tmp_path, ("06y",)) == ["06y_between"]
    assert "| [06y · Title](06y_between/06y_between.ipynb) | 5 minutes | 05 | 2 |" in lessons_index(tmp_path)
