"""The lessons' sources as they are installed: in a wheel their texts only, in a checkout all that is built of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from autograder.build.colab import add_colab
from autograder.build.source import LessonFolder, read_source
from autograder.errors import UsageError
from autograder.source import REPOSITORY

PACKAGE = Path(__file__).parents[1]  # a wheel has them here


def find_sources() -> Path:
    """The folder whose solutions/ holds the lessons' sources. Errors: UsageError when there is none."""
    for root in (PACKAGE, REPOSITORY):
        if any((root / "solutions").glob("*/*.py")):
            return root
    raise UsageError("The lessons' sources are not installed here. Install the course's wheel, or use a checkout.")


def write_notebook(lesson: LessonFolder, folder: Path) -> None:
    """Make the folder: the author's notebook, not yet run but ready for Colab, and what lies beside it."""
    left_out = shutil.ignore_patterns(lesson.source.name, "*.ipynb", ".*", "__pycache__")
    shutil.copytree(lesson.source.parent, folder, ignore=left_out)
    notebook = read_source(lesson)
    add_colab(notebook, lesson)
    nbformat.write(notebook, folder / f"{lesson.name}.ipynb")
