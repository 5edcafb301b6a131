"""Every lesson as a parameter of a test: a new one is tested by being added."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.build import LessonFolder, lesson_names
from autograder.source import REPOSITORY


def course_metadata(lesson: LessonFolder) -> NotebookNode:
    """What the header of the lesson's source says of it."""
    return nbformat.read(lesson.solution, as_version=4).metadata.course


def _each() -> Iterator:
    for name in lesson_names(REPOSITORY):
        lesson = LessonFolder(REPOSITORY, name)
        trains = lesson.solution.is_file() and course_metadata(lesson).trains
        yield pytest.param(lesson, id=name, marks=[pytest.mark.slow] if trains else [])


every_lesson = pytest.mark.parametrize("lesson", list(_each()))
