"""The made-up class: every mistake is planted, the truth is written down, and the grader finds exactly it."""

from __future__ import annotations

import json

import pytest

from autograder.demo_class import BROKEN, KINDS, make_class, mistake_plans, write_class
from autograder.errors import UsageError
from autograder.grading import run as grading
from autograder.reporting.misconceptions import known_mistakes
from autograder.runner.sandbox.limits import Limits
from course_utils import lessons

LESSON = "02_activations"
EXPECTED = {"correct": "passed", "variant": "passed", "stub": "not_attempted"}


def enough(lesson):
    """As many students as make every known mistake, and are of every kind."""
    return len(mistake_plans(lesson)) + len(KINDS) - 1


def planted(people):
    return {(id, name) for p in people for id, (kind, name) in p.answers.items() if kind == "mistake"}


@pytest.mark.parametrize("name", lessons.names())
def test_a_class_that_is_large_enough_makes_every_mistake_and_is_of_every_kind(name):
    lesson = lessons.load(name)
    students = enough(lesson)
    people = make_class(lesson, students, 1)
    assert planted(people) == {(e.id, m.name) for e in lesson.exercises.values() for m in e.mistakes}
    assert {person.kind for person in people} == set(KINDS)
    assert len({person.id for person in people}) == students
    assert {person.kind for person in make_class(lesson, len(KINDS), 1)} == set(KINDS)


@pytest.mark.parametrize("students", [1, 5, 12, 60, 130])
def test_any_size_will_do(students):
    people = make_class(lessons.load(LESSON), students, 3)
    assert len({person.id for person in people}) == students
    assert any(person.kind == "correct" for person in people)


def test_the_same_seed_gives_the_same_class():
    lesson = lessons.load(LESSON)
    assert make_class(lesson, 30, 4) == make_class(lesson, 30, 4) != make_class(lesson, 30, 5)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """(truth, student -> result) of a made-up class, graded."""
    directory = tmp_path_factory.mktemp("demo") / "class"
    said = list(write_class(LESSON, directory, enough(lessons.load(LESSON)), 1))
    assert "course grade" in said[-1]
    truth = json.loads((directory / "demo-class.json").read_text())
    limits = Limits(check_seconds=3, cell_seconds=5, memory_mb=1500)
    results, _ = grading.grade(str(directory), LESSON, grading.Options(limits=limits), lambda text: None)
    return truth, {result.student: result for result in results}


def test_the_grader_finds_what_was_planted(graded):
    truth, results = graded
    assert set(truth["students"]) == set(results)
    seen = set()
    for student, person in truth["students"].items():
        if person["kind"] == "bad_json":
            continue
        for exercise in results[student].exercises:
            answer = person["exercises"][exercise.id]
            if answer["kind"] == "mistake":
                assert exercise.mistake == answer["name"], (student, exercise)
                seen.add((exercise.id, answer["name"]))
            elif answer["kind"] in EXPECTED:
                assert exercise.status == EXPECTED[answer["kind"]], (student, exercise)
            else:
                assert exercise.score == 0, (student, exercise)
    lesson = lessons.load(LESSON)
    assert seen == {(e.id, m.name) for e in lesson.exercises.values() for m in e.mistakes}
    assert {(m.exercise, m.name) for m in known_mistakes(LESSON, list(results.values()))} == seen


def test_every_kind_has_its_status(graded):
    truth, results = graded
    statuses = {person["kind"]: results[student].status for student, person in truth["students"].items()}
    full = lessons.load(LESSON).points
    assert {kind: statuses[kind] for kind in ("correct", "late", "bad_json", "os_exit", "empty")} == {
        "correct": "graded", "late": "late", "bad_json": "invalid", "os_exit": "crashed", "empty": "graded",
    }  # fmt: skip
    for student, person in truth["students"].items():
        if person["kind"] in ("correct", "variant", "late", "duplicated_cell"):
            assert results[student].score == full, (student, person["kind"])
        if person["kind"] in BROKEN and person["kind"] != "duplicated_cell":
            assert results[student].score < full, (student, person["kind"])


def test_a_directory_that_is_in_use_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(UsageError, match="not empty"):
        list(write_class(LESSON, tmp_path, 3, 1))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_lesson_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="02_activations"):
        list(write_class("99_nothing", tmp_path / "new", 3, 1))
