"""The student's notebook where the course is not installed, as on Colab: a badge, and lines that install it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from autograder.build.source import LessonFolder
from autograder.cells import grade_id_of

# pip leaves alone what is there in a version that the course can use; tests/platforms proves it for Colab's versions.
INSTALL = """\
import importlib.util

if importlib.util.find_spec("course_utils") is None:  # as on Colab: install the course
    import subprocess
    import sys
    from glob import glob

    on_drive = "/content/drive/MyDrive"
    places = [".", "*", "../..", on_drive, f"{{on_drive}}/*", f"{{on_drive}}/Colab Notebooks/*"]
    files = "exploring_neural_networks-*.whl"
    course = [wheel for place in places for wheel in sorted(glob(f"{{place}}/{{files}}"), reverse=True)]{address}
    if not course:
        raise ModuleNotFoundError(
            "The course is not installed here: put the .whl file of the course's bundle beside this notebook "
            "(on Colab: drop it into the panel Files, or mount the Drive that holds it), then run this cell again."
        )
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", course[0]], check=True)

"""
BADGE = "[![Open this lesson in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({url})"
GITHUB = "https://github.com/"


def repository(root: Path) -> str:
    """The public address under [tool.course] in pyproject.toml; empty while there is none."""
    file = root / "pyproject.toml"
    settings = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return settings.get("tool", {}).get("course", {}).get("repository", "").rstrip("/")


def add_colab(notebook: NotebookNode, lesson: LessonFolder) -> None:
    """Put the install lines above the set-up, and the badge below the title where there is a public address."""
    address = repository(lesson.root)
    setup = next(c for c in notebook.cells if grade_id_of(c) == "setup")
    setup.source = install_lines(address) + setup.source
    setup.metadata.nbgrader.checksum = compute_checksum(setup)
    if address.startswith(GITHUB):
        path = f"{address.removeprefix(GITHUB)}/blob/main/lessons/{lesson.name}/{lesson.name}.ipynb"
        badge = BADGE.format(url=f"https://colab.research.google.com/github/{path}")
        title, _, rest = notebook.cells[0].source.partition("\n")
        notebook.cells[0].source = f"{title}\n\n{badge}\n{rest}"


def install_lines(address: str) -> str:
    """Python that installs the course where it is missing: from a wheel that lies near, else from its address."""
    return INSTALL.format(address=f' or ["git+{address}"]' if address else "")
