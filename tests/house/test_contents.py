"""The contents page of a lesson names every exercise that lies in its folder."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from course_utils import lessons
from course_utils.exercises import Exercise


@pytest.mark.parametrize("name", lessons.names())
def test_every_exercise_is_on_the_contents_page(name):
    package = importlib.import_module(f"course_utils.lessons.lesson_{name}")
    files = [importlib.import_module(f"{package.__name__}.{m.name}") for m in pkgutil.iter_modules(package.__path__)]
    lying = {id(thing) for module in files for thing in vars(module).values() if isinstance(thing, Exercise)}
    assert lying == {id(exercise) for exercise in package.lesson.exercises.values()}
