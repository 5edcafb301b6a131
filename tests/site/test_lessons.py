"""What becomes of a notebook on its way to a page."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from autograder.build import LessonFolder
from autograder.build.colab import add_colab
from autograder.cells import grade_id_of, is_demo
from docs.site.lessons import lesson_page
from tests.site.conftest import ROOT

NAME = "02_activations"


@pytest.fixture
def course(tmp_path):
    """A course with one lesson."""
    for folder in ("lessons", "solutions"):
        shutil.copytree(ROOT / folder / NAME, tmp_path / folder / NAME)
    return tmp_path


def test_without_an_address_there_is_no_link_to_colab(course):
    assert "colab.research" not in "".join(cell.source for cell in lesson_page(course, NAME).cells)


def test_with_an_address_there_is_a_link_to_colab_and_no_picture_from_elsewhere(course):
    (course / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/someone/course"\n')
    path = course / "lessons" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    add_colab(notebook, LessonFolder(course, NAME))
    nbformat.write(notebook, path)
    first = lesson_page(course, NAME).cells[0].source
    page = f"https://colab.research.google.com/github/someone/course/blob/main/lessons/{NAME}/{NAME}.ipynb"
    assert f"[Open this lesson in Colab]({page})" in first
    assert "![" in notebook.cells[0].source and "![" not in first


def test_checks_and_answers_have_no_outputs_and_demonstrations_have_theirs(course):
    solution = nbformat.read(course / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    printed = {cell.id: len(cell.outputs) for cell in solution.cells if cell.cell_type == "code"}
    cells = [cell for cell in lesson_page(course, NAME).cells if cell.cell_type == "code"]
    demos = [cell for cell in cells if is_demo(cell)]
    assert sum(len(cell.outputs) for cell in demos) > 5
    assert all(len(cell.outputs) == printed[cell.id] for cell in demos)
    assert len(cells) > len(demos) + 10 and not any(cell.outputs for cell in cells if cell not in demos)


def test_the_set_up_is_folded(course):
    (setup,) = [cell for cell in lesson_page(course, NAME).cells if grade_id_of(cell) == "setup"]
    assert "hide-input" in setup.metadata.tags
