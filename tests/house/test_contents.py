"""The contents page of a lesson names every exercise that lies in its folder; its text counts its quiz rightly."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from course_utils import lessons
from course_utils.exercises import Exercise
from tests.house.source import ROOT

WORDS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven")


@pytest.mark.parametrize("name", lessons.names())
def test_every_exercise_is_on_the_contents_page(name):
    package = importlib.import_module(f"course_utils.lessons.lesson_{name}")
    files = [importlib.import_module(f"{package.__name__}.{m.name}") for m in pkgutil.iter_modules(package.__path__)]
    lying = {id(thing) for module in files for thing in vars(module).values() if isinstance(thing, Exercise)}
    assert lying == {id(exercise) for exercise in package.lesson.exercises.values()}


@pytest.mark.parametrize("name", [name for name in lessons.names() if lessons.load(name).quiz_questions])
def test_the_text_says_how_many_questions_the_quiz_has(name):
    text = (ROOT / "solutions" / name / f"{name}.py").read_text("utf-8")
    assert re.findall(r"^# (\w+) questions, no points\.", text, re.MULTILINE) == [
        WORDS[len(lessons.load(name).quiz_questions)]
    ]
