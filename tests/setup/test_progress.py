"""A learner's record: kept, never lost, never in the way."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner

from autograder.cli import main
from course_utils import lessons
from course_utils.notebook import progress

LESSON = lessons.names()[0]
EXERCISE = next(iter(lessons.load(LESSON).exercises.values()))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


def test_the_best_score_and_the_latest_status_are_kept():
    progress.record(LESSON, "a", 1, 3, "partial")
    progress.record(LESSON, "a", 3, 3, "passed")
    progress.record(LESSON, "a", 0, 3, "wrong")
    progress.record(LESSON, "b", 0, 2, "not_attempted")
    assert progress.read() == {
        LESSON: {
            "a": {"score": 3.0, "max_score": 3.0, "status": "wrong"},
            "b": {"score": 0.0, "max_score": 2.0, "status": "not_attempted"},
        }
    }


@pytest.mark.parametrize("variable", ["NBGRADER_EXECUTION", "COURSE_GRADING"])
def test_nothing_is_written_while_grading(variable, monkeypatch, home):
    monkeypatch.setenv(variable, "1")
    progress.record(LESSON, "a", 1, 3, "partial")
    assert not home.exists()


DAMAGED = ["", "{", "[]", '{"lesson": 3}', '{"lesson": {"a": {"score": "many"}}}', '{"lesson": {"a": []}}', "null"]


@pytest.mark.parametrize("content", [*DAMAGED, b"\xff\xfe\x00"])
def test_a_damaged_file_is_set_aside_and_the_lesson_goes_on(content, home):
    home.mkdir()
    damaged = content if isinstance(content, bytes) else content.encode()
    (home / "progress.json").write_bytes(damaged)
    progress.record(LESSON, "a", 1, 3, "partial")
    assert list(progress.read()) == [LESSON]
    (aside,) = home.glob("progress-damaged-*.json")
    assert aside.read_bytes() == damaged


def test_an_interrupted_write_leaves_the_old_record(home, monkeypatch):
    progress.record(LESSON, "a", 1, 3, "partial")
    before = (home / "progress.json").read_bytes()

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        progress.record(LESSON, "a", 3, 3, "passed")
    assert [file.name for file in home.iterdir()] == ["progress.json"]
    assert (home / "progress.json").read_bytes() == before


def test_a_home_that_cannot_be_written_is_a_line_not_an_error(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "file"))
    progress.record(LESSON, "a", 1, 3, "partial")
    out, err = capsys.readouterr()
    assert "Set COURSE_HOME to a folder you may write" in out
    assert err == ""


def test_the_table_counts_points_of_the_lesson():
    progress.record(LESSON, EXERCISE.id, EXERCISE.points, EXERCISE.points, "passed")
    progress.record(LESSON, "an exercise of an older version", 99, 99, "passed")
    line = next(line for line in progress.summary().splitlines() if line.startswith(LESSON))
    assert f"{EXERCISE.points:g} of {lessons.load(LESSON).points:g} points" in line
    assert ("█" in line) == (EXERCISE.points / lessons.load(LESSON).points >= 1 / 20)


def test_a_full_lesson_has_a_full_bar():
    for exercise in lessons.load(LESSON).exercises.values():
        progress.record(LESSON, exercise.id, exercise.points, exercise.points, "passed")
    line = next(line for line in progress.summary().splitlines() if line.startswith(LESSON))
    assert "█" * 20 in line
    assert "░" not in line


def test_course_progress_before_the_first_check():
    done = CliRunner().invoke(main, ["progress"])
    assert done.exit_code == 0
    assert "Nothing checked so far" in done.output
    assert all(name in done.output for name in lessons.names())


def test_the_file_is_plain_json(home):
    progress.record(LESSON, "a", 1, 3, "partial")
    assert json.loads((home / "progress.json").read_text())[LESSON]["a"]["status"] == "partial"
