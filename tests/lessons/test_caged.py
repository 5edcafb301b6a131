"""Every lesson's right answers earn full marks inside the cage, with no system call but those on the list."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.build import LessonFolder
from autograder.cells import is_demo
from autograder.errors import UnsafeHost
from autograder.results import SubmissionResult
from autograder.selfcheck import check_notebook
from autograder.source import REPOSITORY
from autograder.tracing import trace
from course_utils import lessons
from tests.lessons.every import every_lesson


def earned_by(notebook: NotebookNode, lesson: LessonFolder, folder: Path) -> SubmissionResult:
    """What a notebook earns in the cage when its demonstrations are taken out, so that nothing can lean on them."""
    notebook.cells = [cell for cell in notebook.cells if not is_demo(cell)]
    lesson.copy_beside(folder / lesson.name)
    path = folder / lesson.name / lesson.solution.name
    nbformat.write(notebook, path)
    return check_notebook(path)[1]


@every_lesson
def test_the_right_answers_earn_full_marks_in_the_cage_without_demonstrations(lesson, tmp_path) -> None:
    result = earned_by(nbformat.read(lesson.solution, as_version=4), lesson, tmp_path)
    by_machine = [exercise for exercise in result.exercises if exercise.status != "manual"]
    assert by_machine and result.status == "graded", result.reason
    assert [e.id for e in by_machine if e.score < e.max_score] == []
    if result.sandbox.startswith("none"):
        pytest.skip("full marks, but this machine has no cage")


def test_marks_that_depend_on_a_demonstration_are_noticed(tmp_path) -> None:
    lesson = LessonFolder(REPOSITORY, "02_activations")
    notebook = nbformat.read(lesson.solution, as_version=4)
    answer = next(cell for cell in notebook.cells if cell.id == "relu-answer")
    demo = nbformat.v4.new_code_cell(answer.source, metadata={"tags": ["demo"]})
    answer.source = "def relu(x):\n    return x"
    notebook.cells.insert(notebook.cells.index(answer) + 1, demo)
    result = earned_by(notebook, lesson, tmp_path)
    assert [e.id for e in result.exercises if e.status != "manual" and e.score < e.max_score] == ["relu"]


# What goes on without: libraries ask another program for the processor's name; demonstrations of lessons 19 and 20,
# which grading skips, start Python anew and a server.
DONE_WITHOUT = {
    "12_tuning": {"socket()", "execve()"},
    "15_deep_networks": {"socket()", "execve()"},
    "19_gpu_training": {"execve()"},
    "20_deployment": {"socket()"},
}


# One for each thing that lessons do: NumPy, a library that asks about the machine, Keras with processes, Keras with a
# server. `make versions` traces every lesson.
FEW = ("02_activations", "12_tuning", "19_gpu_training", "20_deployment")
TRACED = lessons.names() if os.environ.get("COURSE_EVERY_LESSON") else FEW


@pytest.mark.slow
@pytest.mark.parametrize("name", TRACED)
def test_no_cell_of_a_lesson_makes_a_call_outside_the_list(name: str) -> None:
    try:
        found = trace(REPOSITORY / "solutions" / name / f"{name}.ipynb")
    except UnsafeHost as error:
        pytest.skip(str(error))
    assert set(found.refused) <= DONE_WITHOUT.get(name, set())
