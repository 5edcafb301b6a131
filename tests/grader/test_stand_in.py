"""A wrong earlier answer costs no points in a later, right one: in the judge, as in the notebook."""

from __future__ import annotations

import json
import secrets

import nbformat
import pytest

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import grade_id_of, is_demo
from autograder.judge.judging import judge
from autograder.runner.launch import ForkServer
from autograder.selfcheck import check_notebook
from autograder.source import REPOSITORY
from autograder.submission import Submission
from course_utils import lessons

MULTI_HEAD = """
def multi_head(x, query_kernel, key_kernel, value_kernel, output_kernel):
    out = 0
    for h in range(query_kernel.shape[1]):
        q, k, v = (x @ kernel[:, h] for kernel in (query_kernel, key_kernel, value_kernel))
        out = out + attend(q, k, v, np.ones((len(x), len(x)), bool)) @ output_kernel[h]
    return out
"""
LEANING = [  # lesson, the earlier exercise and a wrong answer, the later one and (or from the solution) a right answer
    ("13_cnn", "max-pool", "def max_pool(x): return 0 * x", "max-pool-backward", ""),
    ("13_cnn", "slide", "def slide(image, kernel): return image", "kernel-gradient", ""),
    ("16_attention", "attend", "def attend(query, key, value, mask): return value", "multi-head", MULTI_HEAD),
]


def solution_cells(name):
    notebook = nbformat.read(REPOSITORY / "solutions" / name / f"{name}.ipynb", as_version=4)
    return notebook, {grade_id_of(cell): cell for cell in notebook.cells if grade_id_of(cell)}


@pytest.fixture(scope="module")
def server():
    with ForkServer("numpy") as server:
        yield server


@pytest.mark.parametrize("row", LEANING, ids=lambda row: f"{row[0]}-{row[3]}")
def test_a_function_that_calls_an_earlier_one(server, row):
    name, earlier, wrong, later, right = row
    lesson, cells = lessons.load(name), solution_cells(name)[1]
    right = right or cells[f"{later}-answer"].source
    tests = [TrustedCell(id, "nb", "code", f'lesson.check("{id}")\nlesson.grade("{id}")', "test", lesson[id].points)
             for id in (earlier, later)]  # fmt: skip
    made = [nbformat.v4.new_code_cell(source) for source in ("import numpy as np", wrong, right)]
    graded = [nbformat.v4.new_code_cell(t.source, metadata={"nbgrader": t.nbgrader_metadata()}) for t in tests]
    notebook = nbformat.v4.new_notebook(cells=[*made[:2], graded[0], made[2], graded[1]])
    submission = Submission("student", None, {"nb": notebook}, frozenset(), ())
    result = judge(Assignment(name, {"nb": tests}), submission, server, secrets.token_bytes(32))
    assert [exercise.status for exercise in result.exercises][1] == "passed", result.exercises[1]
    assert result.exercises[0].score < lesson[earlier].points and result.exercises[1].score == lesson[later].points
    assert "has not passed its check yet, the course’s was used here." in result.exercises[1].message


MADE = [  # objects that their cells made: the cell is run again
    (
        "09_keras_workflow",
        "build-classifier",
        "model = build()\ndef build_classifier(*_): return model",
        "train-classifier",
    ),
    ("10_keras_mnist", "build-mlp", "def build_mlp(*_): return build()", "train-mlp"),
]
BUILD = """
def build():
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])
    model.compile("sgd", "mse")
    return model
"""


@pytest.mark.slow
@pytest.mark.parametrize("row", MADE, ids=lambda row: f"{row[0]}-{row[3]}")
def test_a_whole_notebook_with_one_wrong_answer_loses_only_its_points(tmp_path, row):
    name, earlier, wrong, later = row
    notebook, cells = solution_cells(name)
    cells[f"{earlier}-answer"].source = BUILD + wrong
    notebook.cells = [cell for cell in notebook.cells if not is_demo(cell)]
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    _, result = check_notebook(path)
    by_id = {exercise.id: exercise for exercise in result.exercises}
    assert by_id[earlier].status != "passed"
    assert by_id[later].status == "passed", by_id[later]
    assert "the course’s was used here." in by_id[later].message
