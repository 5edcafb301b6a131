"""The value of a graded cell: HTML for a learner, a number for nbgrader, whose own autograde reads the number."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import SCHEMA_VERSION

from course_utils.exercises import Points, Result

pytestmark = pytest.mark.usefixtures("loops_left_open")

SCRIPTS = Path(sys.executable).parent  # nbgrader starts `alembic` by its name
NOT_A_LEARNER = ("NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD")
HALF = Result("twice", "Twice", "partial", 1.5, 2)
CELL = f"""\
import os

for name in {NOT_A_LEARNER}:  # as if this kernel were a learner's
    os.environ.pop(name, None)

from course_utils.exercises import Points, Result

Points(1.5, {HALF!r})
"""


def test_for_a_learner_the_number_is_in_words(monkeypatch):
    for name in NOT_A_LEARNER:
        monkeypatch.delenv(name, raising=False)
    assert ">1.5 of 2 points for this cell<" in Points(1.5, HALF)._repr_html_()
    extra = Result("more", "More", "passed", 1, 1, extra=True)
    assert ">1 of 1 extra point for this cell<" in Points(extra.counted, extra)._repr_html_()
    assert repr(Points(1.5, HALF)) == "1.5"


@pytest.mark.parametrize("name", NOT_A_LEARNER)
def test_in_grading_and_in_the_build_it_is_the_number_alone(name, monkeypatch):
    monkeypatch.setenv(name, "1")
    assert Points(1.5, HALF)._repr_html_() is None


@pytest.mark.slow
def test_nbgraders_own_autograde_reads_the_number_beside_the_html(tmp_path):
    about = {"grade": True, "solution": False, "locked": True, "task": False, "grade_id": "twice", "points": 2}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    notebook.cells = [nbformat.v4.new_code_cell(CELL, id="twice")]
    notebook.cells[0].metadata.nbgrader = about | {"schema_version": SCHEMA_VERSION, "cell_type": "code"}
    (tmp_path / "source/one").mkdir(parents=True)
    nbformat.write(notebook, tmp_path / "source/one/one.ipynb")
    nbgrader(tmp_path, "generate_assignment", "one")
    (tmp_path / "submitted/ann").mkdir(parents=True)
    (tmp_path / "release/one").rename(tmp_path / "submitted/ann/one")
    nbgrader(tmp_path, "autograde", "one")
    cell = nbformat.read(tmp_path / "autograded/ann/one/one.ipynb", as_version=4).cells[0]
    assert cell.outputs[0].data["text/plain"] == "1.5" and "for this cell" in cell.outputs[0].data["text/html"]
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission("one", "ann").score == 1.5


def nbgrader(folder, *arguments):
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    home = os.environ | {"PATH": path, "HOME": str(folder), "JUPYTER_CONFIG_DIR": str(folder / "none")}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=home, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
