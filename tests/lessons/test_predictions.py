"""The predictions of the lessons: each is asked once, above the cell that tells it, and the table has the right answer.

The stored outputs of the solutions say what the cells measured.
"""

import re
from pathlib import Path

import nbformat
import pytest

from autograder.build import LessonFolder
from autograder.cells import is_demo
from course_utils import lessons
from course_utils.exercises import Choice

ROOT = Path(__file__).parents[2]
CALL = re.compile(r'^ *lesson\.(predict|reveal)\("([\w-]+)"', re.MULTILINE)
WHERE = [pytest.param(name, id=name) for name in lessons.names() if lessons.number(name).isdigit()]


@pytest.mark.parametrize("name", WHERE)
def test_each_is_asked_once_and_then_told_in_cells_that_grading_skips(name):
    calls = [
        (*call, is_demo(cell))
        for cell in nbformat.read(LessonFolder(ROOT, name).solution, as_version=4).cells
        if cell.cell_type == "code"
        for call in CALL.findall(cell.source)
    ]
    ids = list(lessons.load(name).predictions)
    assert ids, "every lesson asks for a prediction"
    assert [id for what, id, _ in calls if what == "predict"] == ids
    for id in ids:
        assert [(what, demo) for what, called, demo in calls if called == id] == [("predict", True), ("reveal", True)]


def told(name, id):
    """What the stored output of the cell that reveals a prediction says."""
    for cell in nbformat.read(LessonFolder(ROOT, name).solution, as_version=4).cells:
        if cell.cell_type == "code" and ("reveal", id) in CALL.findall(cell.source):
            texts = (output.get("data", {}).get("text/plain", "") for output in cell.outputs)
            return next(text for text in texts if text.startswith("○ It is "))
    raise AssertionError(f"{name} does not reveal {id}")


@pytest.mark.parametrize("name", WHERE)
def test_the_solution_measured_what_the_table_calls_right(name):
    for id, question in lessons.load(name).predictions.items():
        text = told(name, id).removeprefix("○ It is ")
        if isinstance(question, Choice):
            assert text.startswith(f"{question.shown(question.right)}."), id
            assert len({option.text for option in question.options}) == len(question.options)
        else:
            measured = float(re.match(r"-?[\d.]*\d", text)[0])
            assert abs(measured - question.right) <= question.within, id
            assert all(abs(near.value - question.right) > question.within for near in question.near), id
