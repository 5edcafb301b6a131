"""Colab: a badge and an install line in the student's notebook, once the course has a public address."""

from __future__ import annotations

import tomllib
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from autograder.build.source import LessonFolder
from autograder.cells import grade_id_of

INSTALL = """\
import sys
if "google.colab" in sys.modules:
    %pip install -q "git+{repository}"
"""
BADGE = "[![Open this lesson in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({url})"
GITHUB = "https://github.com/"


def repository(root: Path) -> str:
    """The public address under [tool.course] in pyproject.toml; empty while there is none."""
    file = root / "pyproject.toml"
    settings = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return settings.get("tool", {}).get("course", {}).get("repository", "").rstrip("/")


def add_colab(notebook: NotebookNode, lesson: LessonFolder) -> None:
    """Put the badge below the title and the install line above the set-up; nothing without an address."""
    address = repository(lesson.root)
    if not address:
        return
    setup = next(c for c in notebook.cells if grade_id_of(c) == "setup")
    setup.source = INSTALL.format(repository=address) + setup.source
    setup.metadata.nbgrader.checksum = compute_checksum(setup)
    if address.startswith(GITHUB):
        path = f"{address.removeprefix(GITHUB)}/blob/main/lessons/{lesson.name}/{lesson.name}.ipynb"
        badge = BADGE.format(url=f"https://colab.research.google.com/github/{path}")
        title, _, rest = notebook.cells[0].source.partition("\n")
        notebook.cells[0].source = f"{title}\n\n{badge}\n{rest}"
