"""Explained solutions after three failed checks, another way after a pass; neither for a grade."""

from __future__ import annotations

import re

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import Explained, FunctionExercise, Lesson, Result, check, context
from course_utils.notebook import progress
from course_utils.notebook.context import Notebook
from course_utils.notebook.panel import Panel
from course_utils.notebook.solution import ENOUGH, SWITCH, below, solution_of
from tests.exercises.table import EXERCISES, LESSONS

WAYS = [
    pytest.param(lesson, id, id=f"{lesson.name}/{id}")
    for lesson in LESSONS
    for id, told in lesson.explained.items()
    if told.variant
]
LESSON = lessons.load("02_activations")
HINT = next(mistake.hint for mistake in LESSON["relu"].mistakes if mistake.name == "absolute-value")


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """A learner with a record of their own."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.setattr(progress, "_unsaved", [])
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD", SWITCH):
        monkeypatch.delenv(name, raising=False)
    with context.using(Notebook()):
        yield


def failed(times: int, mistake: str = "", answer: str = "") -> None:
    for _ in range(times):
        progress.record("02_activations", "relu", 0, 2, "wrong", mistake, answer)


def test_the_same_answer_is_one_try(capsys):
    failed(ENOUGH, answer="one")
    LESSON.solution("relu")
    assert "after two more different tries" in capsys.readouterr().out
    failed(ENOUGH - 1, answer="")  # as an earlier version wrote it
    LESSON.solution("relu")
    assert LESSON.explained["relu"].why in capsys.readouterr().out


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_every_exercise_has_a_solution_that_says_why(lesson, exercise):
    lesson = lessons.load(lesson)
    solution = solution_of(lesson, exercise)
    assert exercise.id in lesson.explained or exercise.kind == "repair" or exercise.judged_by_result
    assert len(re.findall(r"[.?!](?= |$)", solution.why)) >= 1 and len(solution.why) > 60
    assert all(name in solution.code for name in exercise.names)
    compile(solution.code, "<solution>", "exec")


@pytest.mark.parametrize("exercise", [p.values[1] for p in EXERCISES if p.values[1].kind == "values"])
def test_the_solution_of_values_passes(exercise):
    names = {}
    exec(exercise.solution(), {"np": np}, names)
    assert check(exercise, names, [0]).status == "passed"


@pytest.mark.parametrize("answers", [("", "", ""), ("one", "two", "three")], ids=["an older record", "with digests"])
def test_it_opens_after_three_different_failed_answers_and_shows_what_they_met(answers, capsys):
    for answer, more in zip(
        answers, ("three different tries", "two more different", "one more different"), strict=True
    ):
        LESSON.solution("relu")
        said = capsys.readouterr().out
        assert f"after {more}" in said and "np." not in said
        failed(1, "absolute-value", answer)
    LESSON.solution("relu")
    said = capsys.readouterr().out
    assert LESSON.explained["relu"].why in said and LESSON["relu"].solution().splitlines()[0] in said
    assert said.count(HINT) == 1, "each mistake once"


@pytest.mark.parametrize("status", ["not_attempted", "missing", "manual"])
def test_what_is_no_answer_is_no_failed_check(status, capsys):
    for _ in range(ENOUGH):
        progress.record("02_activations", "relu", 0, 2, status)
    LESSON.solution("relu")
    assert "No answer has failed so far" in capsys.readouterr().out


def test_whoever_has_passed_may_compare(capsys):
    progress.record("02_activations", "relu", 2, 2, "passed")
    LESSON.solution("relu")
    assert "a solution, explained" in capsys.readouterr().out


def test_the_panel_says_how_from_the_third_failure_on(capsys):
    def relu(x):
        return abs(x)

    told = []
    for _ in range(ENOUGH + 1):
        context.current().show("02_activations", check(LESSON["relu"], {"relu": relu}, [0]))
        told.append('lesson.solution("relu")' in capsys.readouterr().out)
    assert told == [False, False, True, True]


@pytest.mark.parametrize("how", ["start", "environment"])
def test_an_instructor_can_switch_it_off(how, monkeypatch, capsys):
    failed(ENOUGH)
    if how == "environment":
        monkeypatch.setenv(SWITCH, "off")
    with context.using(Notebook(solutions=how != "start")):
        LESSON.solution("relu")
        assert "switched off" in capsys.readouterr().out
        context.current().show("02_activations", check(LESSON["relu"], {"relu": abs}, [0]))
        assert "lesson.solution" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"])
def test_nothing_of_it_in_grading_or_in_the_build(name, monkeypatch, capsys):
    failed(ENOUGH)
    monkeypatch.setenv(name, "1")
    wrong, right = (check(LESSON["relu"], {"relu": f}, [0]) for f in (abs, lambda x: x * (x > 0)))
    assert right.status == "passed" and wrong.status == "wrong"
    assert below(LESSON, wrong, True) == below(LESSON, right, True) == ("", "")
    if name != "COURSE_BUILD":
        LESSON.solution("relu")
        assert capsys.readouterr().out == ""


def test_a_text_has_none():
    with pytest.raises(ValueError, match=r"lesson\.mark"):
        lessons.load("20_deployment").solution("model-card")


@pytest.mark.parametrize(("lesson", "id"), WAYS)
def test_another_way_stands_folded_below_a_pass(lesson, id):
    exercise, told = lesson[id], lesson.explained[id]
    passed = Result(id, exercise.title, "passed", 1, 1)
    panel = Panel(passed, below(lesson, passed, True))
    html = panel._repr_html_()
    assert "<details" in html and "Another way" in html and html.count("<div") == html.count("</div>")
    assert told.way in repr(panel)
    assert exercise.source_of(next(v for v in exercise.variants if v.name == told.variant)) != exercise.solution()


def test_every_lesson_shows_another_way_at_least_once():
    without = [lesson.name for lesson in LESSONS if not any(told.variant for told in lesson.explained.values())]
    assert all(lessons.load(name).optional for name in without), without


def test_what_is_not_there_cannot_be_explained():
    relu = FunctionExercise("relu", reference=abs, points=1)
    for explained, why in (
        ({"tanh": Explained("…")}, "none of its exercises"),
        ({"relu": Explained("…", "no such", "…")}, "has no variant"),
    ):
        with pytest.raises(ValueError, match=why):
            Lesson("99", "Title", [relu], explained=explained)
