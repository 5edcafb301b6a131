"""A learner's record: kept, never lost, never in the way."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from course_utils import lessons
from course_utils.notebook import progress

ROOT = Path(__file__).parents[2]
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
def test_a_damaged_older_record_is_set_aside_and_the_lesson_goes_on(content, home):
    home.mkdir()
    damaged = content if isinstance(content, bytes) else content.encode()
    (home / "progress.json").write_bytes(damaged)
    progress.record(LESSON, "a", 1, 3, "partial")
    assert list(progress.read()) == [LESSON]
    (aside,) = home.glob("progress-damaged-*.json")
    assert aside.read_bytes() == damaged


def test_the_record_of_earlier_versions_counts_and_stays(home):
    home.mkdir()
    old = json.dumps({LESSON: {"a": {"score": 2.0, "max_score": 3.0, "status": "partial"}}})
    (home / "progress.json").write_text(old)
    progress.record(LESSON, "a", 1, 3, "wrong")
    progress.record(LESSON, "b", 1, 1, "passed")
    assert progress.read()[LESSON] == {
        "a": {"score": 2.0, "max_score": 3.0, "status": "wrong"},
        "b": {"score": 1.0, "max_score": 1.0, "status": "passed"},
    }
    assert (home / "progress.json").read_text() == old


LINES = ["[]", "3", "null", "{}", '{"lesson": "l"}', "\x00\x00", '{"score": NaN}', "not json"]
WHOLE = {"lesson": LESSON, "exercise": "a", "score": 1, "max_score": 3, "status": "partial", "at": 0}


@pytest.mark.parametrize("line", [*LINES, json.dumps({**WHOLE, "at": float("nan")}), json.dumps(WHOLE)[:-20]])
def test_a_line_that_is_no_record_takes_no_other_with_it(line, home):
    progress.record(LESSON, "a", 1, 3, "partial")
    (file,) = (home / "progress").iterdir()
    with file.open("a") as record:
        record.write(line)  # without an end, as a process leaves it that dies in the middle
    progress.record(LESSON, "b", 2, 2, "passed")
    assert {id: result["score"] for id, result in progress.read()[LESSON].items()} == {"a": 1.0, "b": 2.0}


WRITER = """
import os, sys, time
from course_utils.notebook import progress
name, count, start = sys.argv[1], int(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
while not os.path.exists(start):
    time.sleep(0.001)
for number in range(count):
    progress.record("00_start_here", f"{name}-{number}", 1, 1, "passed")
    print(number, flush=True)
"""


def writer(name: str, count: int, start) -> subprocess.Popen:
    command = [sys.executable, "-c", WRITER, name, str(count), str(start)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_notebooks_at_once_lose_nothing(tmp_path):
    writers = [writer(name, 150, tmp_path / "start") for name in ("one", "two")]
    (tmp_path / "start").touch()
    assert [process.wait() for process in writers if process.communicate()] == [0, 0]
    assert len(progress.read()["00_start_here"]) == 300


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_writes_a_file_of_its_own(home):
    progress.record(LESSON, "a", 1, 1, "passed")
    child = os.fork()
    if not child:
        progress.record(LESSON, "b", 1, 1, "passed")
        os._exit(0)
    os.waitpid(child, 0)
    assert len(list((home / "progress").iterdir())) == 2
    assert set(progress.read()[LESSON]) == {"a", "b"}


def test_what_a_killed_notebook_had_recorded_is_kept(tmp_path, home):
    process = writer("one", 100_000, tmp_path / "start")
    (tmp_path / "start").touch()
    said = [process.stdout.readline() for _ in range(50)]
    process.kill()
    said += process.communicate()[0].splitlines()
    recorded = sum(line.strip().isdigit() for line in said)
    assert 50 <= recorded <= len(progress.read()["00_start_here"]) <= recorded + 1
    progress.record("00_start_here", "after", 1, 1, "passed")
    assert "after" in progress.read()["00_start_here"]


def test_a_disk_that_is_full_is_said(monkeypatch, capsys):
    monkeypatch.setattr(progress, "open", lambda *args, **options: _Full(), raising=False)
    progress.record(LESSON, "a", 1, 3, "partial")
    assert "there is no room left" in capsys.readouterr().out


class _Full(io.BytesIO):
    def write(self, data) -> int:
        return super().write(data[: len(data) // 2])


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
    (file,) = (home / "progress").glob("*.jsonl")
    (line,) = filter(None, file.read_text().splitlines())
    assert json.loads(line)["status"] == "partial"
