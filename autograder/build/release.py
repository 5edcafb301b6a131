"""The student's notebook: nbgrader's own preprocessors, in its own order, without a gradebook."""

from __future__ import annotations

import copy
import logging
from pathlib import Path

import nbformat
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
from traitlets.config import Config, PyFileConfigLoader

from autograder.build.colab import add_colab
from autograder.build.source import BuildError, LessonFolder

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


def load_config(root: Path) -> Config:
    """The course's nbgrader_config.py, so that both ways of releasing use the same stubs and marks."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


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
    add_colab(notebook, lesson)
    nbformat.validate(notebook)
    return notebook


def to_bytes(notebook: NotebookNode) -> bytes:
    """The file as nbformat writes it, keys sorted, one final newline."""
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()
