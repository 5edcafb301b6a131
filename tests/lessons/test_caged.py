"""Every lesson's right answers earn full marks inside the cage, with no system call but those on the list."""

from __future__ import annotations

import os

import pytest

from autograder.errors import UnsafeHost
from autograder.selfcheck import check_notebook
from autograder.source import REPOSITORY
from autograder.tracing import trace
from course_utils import lessons

REFERENCES = pytest.mark.parametrize("name", lessons.names())


@pytest.mark.slow
@REFERENCES
def test_the_right_answers_earn_full_marks_in_the_cage(name: str) -> None:
    _, result = check_notebook(REPOSITORY / "solutions" / name / f"{name}.ipynb")
    if result.sandbox.startswith("none"):
        pytest.skip("this machine has no cage")
    by_machine = [exercise for exercise in result.exercises if exercise.status != "manual"]
    assert by_machine and result.status == "graded", result.reason
    assert [e.id for e in by_machine if e.score < e.max_score] == []


# What goes on without: libraries ask another program for the processor's name; demonstrations of lessons 19 and 20,
# which grading skips, start Python anew and a server.
DONE_WITHOUT = {
    "12_tuning": {"socket()", "execve()"},
    "15_deep_networks": {"socket()", "execve()"},
    "19_gpu_training": {"execve()"},
    "20_deployment": {"socket()"},
}


# One for each thing that lessons do: NumPy, Keras, sequences, processes, a server. `make versions` traces every lesson.
FEW = ("02_activations", "09_keras_workflow", "12_tuning", "16_attention", "19_gpu_training", "20_deployment")
TRACED = lessons.names() if os.environ.get("COURSE_EVERY_LESSON") else FEW


@pytest.mark.slow
@pytest.mark.parametrize("name", TRACED)
def test_no_cell_of_a_lesson_makes_a_call_outside_the_list(name: str) -> None:
    try:
        found = trace(REPOSITORY / "solutions" / name / f"{name}.ipynb")
    except UnsafeHost as error:
        pytest.skip(str(error))
    assert set(found.refused) <= DONE_WITHOUT.get(name, set())
