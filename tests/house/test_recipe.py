"""The recipe of CONTRIBUTING.md for a new exercise, followed to the letter in a copy of the course."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.house.source import ROOT

LESSON, ID = "00_start_here", "three-times-and-one"
NAME = ID.replace("-", "_")
COPIED = ("course_utils", "autograder", "nbgrader_config.py", "pyproject.toml", "solutions/jupytext.toml")
COPIED += (
    f"solutions/{LESSON}",
    f"lessons/{LESSON}",
    "tests/conftest.py",
    "tests/order.py",
    "tests/exercises",
    f"tests/lessons/lesson_{LESSON}",
)


@pytest.fixture
def checkout(tmp_path):
    for name in COPIED:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, target)
    for folder in (tmp_path / "course_utils" / "lessons").glob("lesson_*"):
        if folder.name != f"lesson_{LESSON}":
            shutil.rmtree(folder)
    return tmp_path


def run(checkout, *command: str) -> subprocess.CompletedProcess:
    """Run a command of the copy's own Python."""
    surroundings = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, *command)
    return subprocess.run(command, cwd=checkout, env=surroundings, capture_output=True, text=True, check=False)


def course(checkout, *arguments: str) -> subprocess.CompletedProcess:
    return run(checkout, "-c", "from autograder.cli import run; run()", *arguments)


def edit(path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1, pattern
    path.write_text(text, encoding="utf-8")


def test_the_recipe_for_a_new_exercise(checkout):
    # 1. The command.
    done = course(checkout, "new-exercise", LESSON[:2], ID)
    assert done.returncode == 0, done.stderr
    table = checkout / f"course_utils/lessons/lesson_{LESSON}/{NAME}.py"
    assert table.is_file()
    # Until the exercise is on the contents page, the build refuses its cells.
    assert "do not hold this id" in course(checkout, "build", "00").stdout
    # 2. The contents page and the title.
    contents = table.with_name("__init__.py")
    edit(contents, r"\n\nlesson = ", f"\nfrom .{NAME} import {NAME}\n\nlesson = ")
    edit(contents, r",?(\s*)\]", rf", {NAME}\1]")
    source = checkout / f"solutions/{LESSON}/{LESSON}.py"
    assert "the title gives 3 points" in course(checkout, "build", "00").stdout
    edit(source, r"\*\*Points:\*\* 3", "**Points:** 5")
    # 3. Style, 4. build, 5. the tests that pick it up from the tables.
    assert run(checkout, "-m", "ruff", "check", "--fix", "course_utils", "tests").returncode == 0
    assert run(checkout, "-m", "ruff", "format", "course_utils", "tests", "solutions").returncode == 0
    built = course(checkout, "build", "00")
    assert built.returncode == 0, built.stdout
    again = course(checkout, "build", "--check", "00")
    assert again.returncode == 0, again.stdout
    student = (checkout / f"lessons/{LESSON}/{LESSON}.ipynb").read_text(encoding="utf-8")
    assert f"def {NAME}(x)" in student
    assert "return 3 * x + 1" not in student
    tested = run(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/exercises", "-k", ID)
    assert tested.returncode == 0, tested.stdout
    assert int(re.search(r"(\d+) passed", tested.stdout)[1]) > 15, tested.stdout
    assert "skipped" not in tested.stdout or tested.stdout.count("skipped") < 3


@pytest.mark.parametrize(
    ("number", "id", "words"),
    [
        ("00", "twice-plus-one", "has an exercise twice-plus-one already"),
        ("00", "Twice", "no id for an exercise"),
        ("00", "lambda", "no id for an exercise"),
        ("77", "new", "No lesson '77'"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_written(checkout, number, id, words):
    before = {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()}
    done = course(checkout, "new-exercise", number, id)
    assert done.returncode == 2
    assert words in done.stderr
    assert {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()} == before
