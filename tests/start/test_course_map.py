"""The map: every lesson, links only to notebooks that exist, the learner's points."""

from pathlib import Path

import pytest

from course_utils import lessons
from course_utils.notebook import progress
from course_utils.notebook.map import LESSONS, CourseMap

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_record(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))


def test_the_lessons_are_numbered_in_order_and_cover_every_source():
    names = [stop.name for stop in LESSONS]
    assert names == list(lessons.names())
    assert [n for n in map(lessons.number, names) if n.isdigit()] == [f"{i:02}" for i in range(21)]
    assert {path.stem for path in (ROOT / "solutions").glob("*/[0-9]*.py")} <= set(names)


def test_only_lessons_that_exist_are_links(tmp_path):
    for name in ("00_start_here", "01_neuron"):
        (tmp_path / name).mkdir()
    (tmp_path / "01_neuron" / "01_neuron.ipynb").touch()
    html = CourseMap(tmp_path)._repr_html_()
    assert html.count("<a ") == 1 and 'href="../01_neuron/01_neuron.ipynb"' in html
    assert html.count("not here") == len(LESSONS) - 1


def test_points_are_those_of_the_record(tmp_path):
    progress.record("01_neuron", "decide", 2, 2, "passed")
    progress.record("01_neuron", "an-exercise-of-an-older-version", 5, 5, "passed")
    (tmp_path / "01_neuron").mkdir()
    (tmp_path / "01_neuron" / "01_neuron.ipynb").touch()
    said = repr(CourseMap(tmp_path)).splitlines()
    assert len(said) == len(LESSONS) and f"2 of {lessons.load('01_neuron').points:g} points" in said[1]
    assert "Layers and the forward pass   not here" in said[3]  # the longest title


def test_every_link_of_the_released_course_leads_somewhere():
    here = ROOT / "lessons" / "00_start_here"
    links = CourseMap(ROOT / "lessons")._repr_html_().split('href="')[1:]
    assert len(links) >= 3
    assert all((here / link.split('"')[0]).is_file() for link in links)
