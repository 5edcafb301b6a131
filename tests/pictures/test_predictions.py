"""Where a lesson asks for a prediction, the sentence that stands for the picture does not tell the answer before."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from autograder.cells import is_demo

LESSONS = sorted((Path(__file__).parents[2] / "lessons").glob("*/*.ipynb"))


def told(source: str) -> list[str]:
    """The sentences that stand word for word in the code of a picture.

    >>> told('plots.show(figure, "It falls.")'), told('plots.show(figure, f"It ends at {height}.")')
    (['It falls.'], [])
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    shown = [call.args[1] for call in calls if ast.unparse(call.func) == "plots.show" and len(call.args) > 1]
    return [alt.value for alt in shown if isinstance(alt, ast.Constant)]


def asked(lesson: Path) -> list[nbformat.NotebookNode]:
    """The demonstrations whose outcome the reader is asked to predict."""
    cells = nbformat.read(lesson, as_version=4).cells
    cells = [cell for cell in cells if not cell.source.startswith("lesson.predict(")]
    return [
        cell
        for before, cell in pairwise(cells)
        if is_demo(cell) and "Predict first" in before.source.rpartition("\n#")[2]
    ]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_code_that_spells_the_answer_is_folded(lesson):
    open_ones = [cell for cell in asked(lesson) if not cell.metadata.get("jupyter", {}).get("source_hidden")]
    spoilt = {cell.id: sentences for cell in open_ones if (sentences := told(cell.source))}
    assert not spoilt


def test_there_is_something_to_fold():
    assert sum(bool(told(cell.source)) for lesson in LESSONS for cell in asked(lesson)) >= 5
