"""`course check`: a student's own copy, judged as the course would judge it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.errors import UsageError
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
    assert b"? ReLU" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_renamed_copy_is_known_by_what_it_says_of_itself(copy, tmp_path):
    renamed = copy.rename(tmp_path / "my copy (2).ipynb")
    name, result = check_notebook(renamed)
    assert name == LESSON
    assert result.max_score == lessons.load(LESSON).points


def test_without_the_course_the_copys_own_checks_are_used(tmp_path):
    path = tmp_path / "toy.ipynb"
    path.write_text(json.dumps(toy.fill(toy.honest(), double="def double(x):\n    return x + 2")))
    name, result = check_notebook(path)
    assert name == "toy"
    # the visible half of the test of `double` gives 2 points, and x + 2 passes it
    assert [(e.id, e.score, e.status) for e in result.exercises] == [
        ("total", 1.0, "passed"), ("double", 2.0, "partial"), ("why", 0.0, "manual"),
    ]  # fmt: skip
    assert table(name, result).splitlines()[-1].split() == ["Together", "3", "of", "7"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "damaged JSON"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', "no graded exercises"),
        ('{"nbformat": 4, "metadata": {"course": {"lesson": "../x"}}, "cells": []}', "not the name"),
        ('{"nbformat": 4, "metadata": 3, "cells": []}', "no graded exercises"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path, text, message):
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    with pytest.raises(UsageError, match=message):
        check_notebook(path)
