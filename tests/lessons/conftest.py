"""A small checkout with one lesson, built in a temporary folder."""

import shutil
from pathlib import Path

import pytest

from autograder.build import LessonFolder, command

NAME = "90_doubling"
FIXTURES = Path(__file__).parent / "fixtures"
CONFIG = 'c = get_config()\nc.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}\n'


@pytest.fixture
def lesson(tmp_path, monkeypatch) -> LessonFolder:
    """A checkout with the fixture lesson in it, not yet built."""
    folder = tmp_path / "solutions" / NAME
    folder.mkdir(parents=True)
    shutil.copy(FIXTURES / f"{NAME}.txt", folder / f"{NAME}.py")
    (folder / "dots.txt").write_text(". ..\n")
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    shutil.copy(Path(__file__).parents[2] / "solutions" / "jupytext.toml", tmp_path / "solutions")
    monkeypatch.setattr(command, "exercise_points", lambda name: {"double": 2.0, "why": 3.0})
    return LessonFolder(tmp_path, NAME)
