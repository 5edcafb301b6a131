"""A small checkout with one lesson, built in a temporary folder."""

import shutil
from pathlib import Path

import pytest

from autograder.build import LessonFolder, build_lesson, command

NAME = "90_doubling"
FIXTURES = Path(__file__).parent / "fixtures"
CONFIG = 'c = get_config()\nc.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}\n'


def checkout(root: Path, patch: pytest.MonkeyPatch) -> LessonFolder:
    """A checkout with the fixture lesson in it, not yet built."""
    folder = root / "solutions" / NAME
    folder.mkdir(parents=True)
    shutil.copy(FIXTURES / f"{NAME}.txt", folder / f"{NAME}.py")
    (folder / "dots.txt").write_text(". ..\n")
    (root / "nbgrader_config.py").write_text(CONFIG)
    shutil.copy(Path(__file__).parents[2] / "solutions" / "jupytext.toml", root / "solutions")
    patch.setattr(command, "exercise_points", lambda name: {"double": 2.0, "why": 3.0})
    return LessonFolder(root, NAME)


@pytest.fixture
def lesson(tmp_path, monkeypatch) -> LessonFolder:
    """A checkout of one's own, not yet built."""
    return checkout(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The folder of a checkout that was built; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        lesson = checkout(tmp_path_factory.mktemp("built"), patch)
        build_lesson(lesson)
    return lesson.root


@pytest.fixture
def built(lesson, template) -> LessonFolder:
    """A checkout of one's own in which the lesson was built."""
    shutil.copytree(template, lesson.root, dirs_exist_ok=True)
    return lesson
