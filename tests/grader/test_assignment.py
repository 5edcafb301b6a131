"""Loading an assignment: the gradebook first, the author's notebooks else, and the same cells from both."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from autograder.course import open_course
from autograder.errors import CourseError, UsageError
from autograder.records.assignments import load_assignment
from autograder.source import guess_profile, prepare_assignment, released_notebooks
from tests.grader import toy


@pytest.fixture
def fresh(tmp_path):
    """A course without a gradebook."""
    return open_course(toy.make_course(tmp_path))


def test_the_gradebook_gives_what_the_source_gave(toy_course):
    prepared = prepare_assignment(toy_course, "toy", toy_course.root / "source" / "toy")
    assert load_assignment(toy_course, "toy") == prepared
    assert prepared.max_score == 7
    assert [cell.kind for cell in prepared.cells()] == ["readonly", "answer", "test", "answer", "test", "manual"]
    assert "assert total == 3" in prepared.find("toy", "total").source
    assert prepared.find("toy", "double-answer").source.endswith("...  # YOUR CODE HERE")


def test_the_stored_checksum_is_nbgraders(toy_course):
    for cell in load_assignment(toy_course, "toy").cells():
        metadata = {"nbgrader": cell.nbgrader_metadata()}
        node = nbformat.from_dict({"cell_type": cell.cell_type, "source": cell.source, "metadata": metadata})
        assert compute_checksum(node) == cell.checksum


def test_without_its_source_the_gradebook_is_enough(toy_course):
    prepared = load_assignment(toy_course, "toy")
    (toy_course.root / "source" / "toy" / "toy.ipynb").unlink()
    assert load_assignment(toy_course, "toy").notebooks == prepared.notebooks


def test_a_dry_load_leaves_no_gradebook(fresh):
    assert load_assignment(fresh, "toy", save=False).max_score == 7
    assert not fresh.gradebook_file.exists()


def test_a_gradebook_that_only_has_the_name_is_filled(toy_course):
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.remove_assignment("toy")
        gradebook.add_assignment("toy", duedate="2026-03-01 12:00 UTC")
    load_assignment(toy_course, "toy")
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        assignment = gradebook.find_assignment("toy")
        assert assignment.duedate is not None
        assert {cell.name for cell in assignment.notebooks[0].grade_cells} == {"total", "double", "why"}


@pytest.mark.parametrize("name", ["nothing", "../toy", "toy/../toy", ""])
def test_an_unknown_assignment_is_a_usage_error(toy_course, name):
    with pytest.raises(UsageError, match=r"Unknown assignment|not the name"):
        load_assignment(toy_course, name)


def test_a_damaged_settings_file_is_named(toy_course):
    (toy_course.root / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(CourseError, match=r"nbgrader_config\.py cannot be read"):
        load_assignment(toy_course, "toy")


@pytest.mark.parametrize(
    ("metadata", "code", "profile"),
    [
        ({}, "import math", "numpy"),
        ({}, "import keras", "tensorflow"),
        ({}, "from tensorflow import keras", "tensorflow"),
        ({"course": {"profile": "tensorflow"}}, "x = 1", "tensorflow"),
        ({"course": {"profile": "numpy"}}, "# import keras", "numpy"),
    ],
)
def test_the_profile_is_said_or_seen(tmp_path, metadata, code, profile):
    notebook = {"metadata": metadata, "cells": [{"cell_type": "code", "metadata": {}, "source": [code]}]}
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook))
    assert guess_profile(tmp_path) == profile


def test_released_notebooks_hide_answers_and_tests(toy_course):
    text = nbformat.writes(released_notebooks(toy_course, "toy", toy_course.root / "source" / "toy")["toy"])
    assert "YOUR CODE HERE" in text
    assert "total = 1 + 2" not in text
    assert "total == 3" not in text
