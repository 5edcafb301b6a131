"""Texts: whoever works alone and whoever grades sees what earns the points, and all points can be reached alone."""

from __future__ import annotations

import json
import re

import pytest

from autograder.cells import KERNEL, grade_id_of
from autograder.reporting.autograded import graded_notebook
from autograder.results import ExerciseResult, SubmissionResult
from autograder.selfcheck import table
from autograder.source import REPOSITORY
from course_utils import lessons
from course_utils.exercises import Lesson, context
from course_utils.notebook import progress
from course_utils.notebook.context import Notebook

LESSONS = [lessons.load(name) for name in lessons.names()]
TEXTS = [
    pytest.param(lesson, exercise, id=f"{lesson.name}/{exercise.id}")
    for lesson in LESSONS
    for exercise in lesson.exercises.values()
    if exercise.kind == "text"
]


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """A learner with a record of their own."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING"):
        monkeypatch.delenv(name, raising=False)
    with context.using(Notebook()):
        yield


def waiting(exercise) -> ExerciseResult:
    return ExerciseResult(exercise.id, 0, exercise.points, "manual")


@pytest.mark.parametrize(("lesson", "exercise"), TEXTS)
def test_the_parts_of_a_rubric_add_up_to_its_points(lesson, exercise):
    earned = [re.match(r"(\d+) points?\b", part) for part in exercise.criteria]
    assert all(earned), exercise.criteria
    assert sum(int(found[1]) for found in earned) == exercise.points


@pytest.mark.parametrize(("lesson", "exercise"), TEXTS)
def test_a_lesson_shows_the_rubric_below_the_text_and_only_there(lesson, exercise):
    notebook = json.loads((REPOSITORY / "lessons" / lesson.name / f"{lesson.name}.ipynb").read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    text = next(i for i, cell in enumerate(notebook["cells"]) if grade_id_of(cell) == exercise.id)
    assert sources.index(f'lesson.mark("{exercise.id}")') > text


@pytest.mark.parametrize(("lesson", "exercise"), TEXTS)
def test_whoever_works_alone_sees_the_rubric_and_reaches_full_marks(lesson, exercise, capsys):
    lesson.mark(exercise.id)
    said = capsys.readouterr().out
    assert all(part in said for part in exercise.criteria)
    assert progress.read()[lesson.name][exercise.id]["score"] == 0
    lesson.mark(exercise.id, exercise.points)
    assert "Marked by yourself" in capsys.readouterr().out
    for other in lesson.exercises.values():
        if other is not exercise:
            progress.record(lesson.name, other.id, other.points, other.points, "passed")
    line = next(line for line in progress.summary().splitlines() if line.startswith(lesson.name))
    assert line.removesuffix(", optional").endswith(f"{lesson.points:g} of {lesson.points:g} points")


@pytest.mark.parametrize(
    ("id", "points", "words"),
    [("words", 4, "gives 0 to 3 points"), ("words", -1, "gives 0 to 3 points"), ("sum", 1, "The course itself checks")],
)
def test_what_cannot_be_marked_is_refused(id, points, words):
    from course_utils.exercises import TextExercise, ValuesExercise

    text = TextExercise("words", points=3, rubric="1 point: a\n2 points: b\nand more")
    lesson = Lesson("02_activations", "Toy", [text, ValuesExercise("sum", points=1, reference=lambda: {"sum": 3})])
    assert text.criteria == ["1 point: a", "2 points: b and more"]
    with pytest.raises(ValueError, match=words):
        lesson.mark(id, points)
    assert progress.read() == {}


@pytest.mark.parametrize(("lesson", "exercise"), TEXTS)
def test_course_check_shows_the_rubric_of_what_waits(lesson, exercise):
    said = " ".join(table(lesson.name, SubmissionResult("you", "graded", exercises=(waiting(exercise),))).split())
    assert all(part in said for part in exercise.criteria)
    assert "You work alone?" in said


@pytest.mark.parametrize(("lesson", "exercise"), TEXTS)
def test_formgrader_has_the_rubric_right_above_the_answer(lesson, exercise):
    about = {"grade_id": exercise.id, "grade": True, "solution": True, "points": exercise.points, "schema_version": 3}
    answer = {"cell_type": "markdown", "id": "a", "source": "My words.", "metadata": {"nbgrader": about}}
    notebook = {"cells": [answer], "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    result = SubmissionResult("ann", "graded", exercises=(waiting(exercise),))
    rubric, same = graded_notebook(notebook, result, lesson.name).cells
    assert all(f"- {part}" in rubric.source for part in exercise.criteria)
    assert (same.source, rubric.metadata) == ("My words.", {})
    assert len(graded_notebook(notebook, result, "another").cells) == 1
