"""The student's notebook: nbgrader's own preprocessors, in its own order, without a gradebook."""

from __future__ import annotations

import ast
import copy
import logging

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)

from autograder.build.colab import add_colab
from autograder.build.source import LessonFolder, load_config
from autograder.errors import BuildError

# GenerateAssignment's list without IncludeHeaderFooter and InstantiateTests (not used here) and
# SaveCells (no gradebook).
STEPS = (
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
)


def release(solution: NotebookNode, lesson: LessonFolder) -> NotebookNode:
    """The notebook that students get: answers, hidden tests and outputs removed, graded cells locked."""
    notebook, resources = copy.deepcopy(solution), {}
    config = load_config(lesson.root)
    quiet = logging.getLogger("course.build")
    try:
        for step in STEPS:
            notebook, resources = step(config=config, log=quiet).preprocess(notebook, resources)
    except Exception as error:
        raise BuildError(f"{lesson.name}: nbgrader's {step.__name__} stopped: {error}") from error
    for cell in notebook.cells:
        if cell.cell_type == "code" and not _parses(cell.source):
            raise BuildError(
                f"{lesson.name}, cell {cell.id}: without its solution it is not valid Python, so Run All would stop. "
                "Leave a docstring or a value outside the solution region."
            )
    add_colab(notebook, lesson)
    nbformat.validate(notebook)
    return notebook


def _parses(source: str) -> bool:
    try:
        compile(TransformerManager().transform_cell(source), "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError:
        return False
    return True


def to_bytes(notebook: NotebookNode) -> bytes:
    """The file as nbformat writes it, keys sorted, one final newline."""
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()
