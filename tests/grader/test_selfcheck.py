"""`course check`: a student's own copy, judged as the course would judge it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from autograder import selfcheck
from autograder.cli import main
from autograder.errors import JudgeLost, UnsafeHost, UsageError
from autograder.judge.alone import server_of_judges
from autograder.selfcheck import check_notebook, table
from autograder.source import REPOSITORY
from course_utils import lessons
from tests.grader import toy

LESSON = "02_activations"


@pytest.fixture
def copy(tmp_path):
    """A student's copy of a lesson."""
    path = tmp_path / f"{LESSON}.ipynb"
    return shutil.copy(REPOSITORY / "lessons" / LESSON / path.name, path)


def write_answer(path, id, code):
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"{id}-answer":
            cell["source"] = code
    path.write_text(json.dumps(notebook))


def test_answers_are_judged_and_hints_given(copy, tmp_path):
    write_answer(copy, "relu", "def relu(x):\n    return np.maximum(0, x)")
    write_answer(copy, "softmax", "def softmax(x):\n    e = np.exp(x)\n    return e / e.sum(axis=-1, keepdims=True)")
    done = CliRunner().invoke(main, ["check", str(copy), "--json", str(tmp_path / "out.json")])
    assert done.exit_code == 0, done.output
    content = json.loads((tmp_path / "out.json").read_text())
    found = {e["id"]: (e["status"], e["mistake"]) for e in content["submissions"][0]["exercises"]}
    assert found["relu"] == ("passed", None)
    assert found["softmax"][1] == "no-shift"
    assert found["sigmoid"] == ("not_attempted", None)
    hint = next(m.hint for m in lessons.load(LESSON)["softmax"].mistakes if m.name == "no-shift")
    assert hint.split("?")[0] in " ".join(done.output.split())
    assert "✓ ReLU" in done.output


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_without_the_signs_loses_no_result(copy, encoding):
    code = "import sys; sys.argv[0] = 'course'; from autograder.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", str(copy)],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"o ReLU" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_renamed_copy_is_known_by_what_it_says_of_itself(copy, tmp_path):
    renamed = copy.rename(tmp_path / "my copy (2).ipynb")
    name, result = check_notebook(renamed)
    assert name == LESSON
    assert result.max_score == lessons.load(LESSON).points


def test_an_assignment_of_another_course_is_checked_by_that_course(tmp_path, toy_course):
    path = tmp_path / "renamed" / "toy.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(toy.fill(toy.honest(), double="def double(x):\n    return x + 2")))
    with pytest.raises(UsageError, match=r"'toy' is not a lesson of this course.*--course DIR"):
        check_notebook(path)
    name, result = check_notebook(path, str(toy_course.root))
    assert name == "toy"
    # the visible half of the test of `double` gives 2 points, and x + 2 passes only that
    assert [(e.id, e.score, e.status) for e in result.exercises] == [
        ("total", 1.0, "passed"), ("double", 2.0, "partial"), ("why", 0.0, "manual"),
    ]  # fmt: skip
    assert table(name, result).splitlines()[-1].split() == ["Together", "3", "of", "7"]
    with pytest.raises(UsageError, match="no assignment '02_activations_' and no notebook"):
        check_notebook(path.rename(path.with_name("02_activations_.ipynb")), str(toy_course.root))


@pytest.mark.parametrize("folder", ["ps1", "a [folder]"])
def test_a_notebook_is_found_in_the_assignment_that_has_it(tmp_path, toy_course, folder):
    toy_course.folder("source", ".", "toy").rename(toy_course.folder("source", ".", folder))
    path = tmp_path / "toy.ipynb"
    path.write_text(json.dumps(toy.honest()))
    name, result = check_notebook(path, str(toy_course.root))
    assert (name, result.score) == (folder, 5.0)


def test_where_only_the_packages_are_installed_the_lessons_own_checks_are_used(copy, monkeypatch, tmp_path):
    """The copy's checks and points are the student's to change."""
    monkeypatch.setattr(selfcheck, "REPOSITORY", tmp_path)
    notebook = json.loads(copy.read_text())
    for cell in notebook["cells"]:
        if (about := cell["metadata"].get("nbgrader", {})).get("grade"):
            about["points"], cell["source"] = 1000, "1000.0"
    copy.write_text(json.dumps(notebook))
    write_answer(copy, "relu", "def relu(x):\n    return np.maximum(0, x)")
    write_answer(copy, "softmax", "def softmax(x):\n    e = np.exp(x)\n    return e / e.sum(axis=-1, keepdims=True)")
    name, result = check_notebook(copy)
    assert (name, result.max_score) == (LESSON, lessons.load(LESSON).points)
    found = {e.id: (e.status, e.mistake) for e in result.exercises}
    assert list(found) == list(lessons.load(LESSON).exercises)
    assert found["relu"] == ("passed", None) and found["softmax"][1] == "no-shift"
    assert found["sigmoid"] == ("not_attempted", None)


@pytest.mark.parametrize(("id", "points"), [("\x1b]0;owned\x07", 1), ("\x9b2J", 1), ("why", 10**400), ("more", 1e308)])
def test_a_copy_gives_no_orders_and_no_points_where_only_the_packages_are_installed(
    copy, monkeypatch, tmp_path, id, points
):
    monkeypatch.setattr(selfcheck, "REPOSITORY", tmp_path)
    notebook = json.loads(copy.read_text())
    about = {"grade_id": id, "grade": True, "solution": True, "locked": False, "task": False, "points": points}
    for kind in ("markdown", "code"):
        notebook["cells"].append({"cell_type": kind, "metadata": {"nbgrader": about}, "source": "", "outputs": []})
    copy.write_text(json.dumps(notebook))
    name, result = check_notebook(copy)
    assert result.max_score == lessons.load(LESSON).points
    assert all(line.isprintable() for line in table(name, result).splitlines())


def test_a_machine_without_a_cage_is_told_before_the_code_runs(copy, monkeypatch):
    heard = []

    def only_unsafe(profile, limits, sandbox):
        if sandbox == "auto":
            raise UnsafeHost("no Landlock")
        assert heard == [selfcheck.NO_CAGE]
        return server_of_judges(profile, limits, sandbox)

    monkeypatch.setattr(selfcheck, "server_of_judges", only_unsafe)
    name, result = check_notebook(copy, tell=heard.append)
    assert result.sandbox == "none (unsafe)" and "no cage on this machine" in table(name, result)


def test_a_judge_that_is_lost_is_a_result(copy, monkeypatch):
    def lost(*_):
        raise JudgeLost("its process ended (exit code 1)", "crashed")

    monkeypatch.setattr(selfcheck, "judge_alone", lost)
    _, result = check_notebook(copy)
    assert (result.status, result.score, result.max_score) == ("crashed", 0, lessons.load(LESSON).points)
    assert "its process ended (exit code 1)" in result.reason


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "damaged JSON"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', "'x' is not a lesson"),
        ('{"nbformat": 4, "metadata": {"course": {"lesson": "02_activations"}}, "cells": []}', "none of the lesson's"),
        ('{"nbformat": 4, "metadata": {"course": {"lesson": "../x"}}, "cells": []}', "'../x' is not a lesson"),
        ('{"nbformat": 4, "metadata": {"course": {"lesson": ["/etc"]}}, "cells": []}', "is not a lesson"),
        ('{"nbformat": 4, "metadata": 3, "cells": []}', "'x' is not a lesson"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path, text, message):
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    with pytest.raises(UsageError, match=message):
        check_notebook(path)
