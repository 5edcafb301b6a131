"""`course check` on a stranger's folder: nothing in it runs outside the cage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.source import REPOSITORY
from autograder.submitted import plain_files_of

LESSON = "02_activations"
NOTEBOOK = f"{LESSON}.ipynb"
COURSE = Path(sys.executable).with_name("course")
RELU = "def relu(x):\n    return np.maximum(0, x)"


def trap(outside: Path, name: str) -> str:
    """Python code that leaves a file outside wherever it may write, and goes on quietly where it may not."""
    return f"try:\n    open({str(outside / name)!r}, 'w').close()\nexcept OSError:\n    pass\n"


def released(outside: Path) -> dict:
    """The student's notebook with a right answer, and a trap in every other code cell, the tests' too."""
    notebook = json.loads((REPOSITORY / "lessons" / LESSON / NOTEBOOK).read_text(encoding="utf-8"))
    for place, cell in enumerate(notebook["cells"]):
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if grade_id == "relu-answer":
            cell["source"] = RELU
        elif cell["cell_type"] == "code" and not grade_id.endswith("-answer"):
            cell["source"] = trap(outside, f"cell-{place}") + "".join(cell["source"])
    return notebook


def author(outside: Path) -> str:
    """What would be taken for the author's notebook: its tests and the setting of a preprocessor are traps."""
    notebook = json.loads((REPOSITORY / "solutions" / LESSON / NOTEBOOK).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = trap(outside, "test") + "2.0"
    return json.dumps(notebook)


BESIDE = (
    "nbgrader_config.py",
    "jupyter_config.py",
    "sitecustomize.py",
    "usercustomize.py",
    "conftest.py",
    "numpy.py",
    "json.py",
    "autograder.py",
    "course_utils/__init__.py",
    ".ipython/profile_default/startup/00.py",
    ".ipython/profile_default/ipython_config.py",
    ".jupyter/nbgrader_config.py",
    "evil.py",
)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """The booby-trapped folder, and the empty folder that every trap wants to write to."""
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    outside.mkdir()
    outside.chmod(0o777)
    for name in BESIDE:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(trap(outside, name.replace("/", "-")), encoding="utf-8")
    (folder / "matplotlibrc").write_text("backend: module://evil\n", encoding="utf-8")
    for home in ("source", "solutions"):
        (folder / home / LESSON).mkdir(parents=True)
        (folder / home / LESSON / NOTEBOOK).write_text(author(outside), encoding="utf-8")
    (folder / NOTEBOOK).write_text(json.dumps(released(outside)), encoding="utf-8")
    return folder, outside


def check(folder: Path, notebook: str, *more: str) -> subprocess.CompletedProcess[str]:
    """`course check`, called as people call it, from within the folder."""
    environment = {**os.environ, "COURSE_OFFLINE": "1"}
    return subprocess.run(
        [COURSE, "check", notebook, *more], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_every_trap_works_where_it_is_run_without_a_cage(places: tuple[Path, Path]) -> None:
    folder, outside = places
    for name in BESIDE:
        exec((folder / name).read_text(encoding="utf-8"), {})
    assert {path.name for path in outside.iterdir()} == {name.replace("/", "-") for name in BESIDE}


def test_nothing_of_a_booby_trapped_folder_runs_outside_the_cage(places: tuple[Path, Path]) -> None:
    folder, outside = places
    before = {path: path.read_bytes() for path, _ in plain_files_of(folder)}
    done = check(folder, NOTEBOOK, "--json", "-")
    told = json.loads(done.stdout[done.stdout.index("{") :])
    if told["sandbox"].startswith("none"):
        pytest.skip("this machine has no cage")
    assert done.returncode == 0, done.stderr
    points = {e["id"]: e["score"] for e in told["submissions"][0]["exercises"]}
    assert points.pop("relu") == 2 and not any(points.values())
    assert list(outside.iterdir()) == []
    assert {path: path.read_bytes() for path, _ in plain_files_of(folder)} == before


NAMES = ("../source/" + LESSON, "/etc", "source", "os", "\x1b]0;owned\x07", "x" * 5000, "", ["a"], {"b": 1}, 7)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name)[:20])
def test_a_hostile_name_of_a_lesson_is_an_error_in_words(places: tuple[Path, Path], name: object) -> None:
    folder, outside = places
    path = folder / "evil.ipynb"
    notebook = json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"))
    notebook["metadata"]["course"]["lesson"] = name
    notebook["cells"] = [cell for cell in notebook["cells"] if "start(" not in "".join(cell["source"])]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = check(folder, path.name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a lesson of this course" in done.stderr and "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr and len(done.stderr) < 500
    assert list(outside.iterdir()) == []


def test_no_order_to_the_terminal_gets_through(places: tuple[Path, Path]) -> None:
    folder, _ = places
    text = (folder / NOTEBOOK).read_text(encoding="utf-8")
    owned = "def relu(x):\n    raise ValueError('\x1b]0;owned\x07 \x9b31m here')"
    (folder / NOTEBOOK).write_text(text.replace(json.dumps(RELU), json.dumps(owned)), encoding="utf-8")
    done = check(folder, NOTEBOOK)
    assert "here" in done.stdout
    assert not any(sign in done.stdout + done.stderr for sign in "\x1b\x07\x9b")
