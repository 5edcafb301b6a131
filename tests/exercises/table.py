"""Every exercise of every lesson, as rows for the table-driven tests: a new exercise is tested by being added."""

from __future__ import annotations

import linecache
from typing import Any

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import Exercise, Result, check
from course_utils.exercises.table import Mistake, Variant, compiled, pairs, source_of

LESSONS = [lessons.load(name) for name in lessons.names()]
EXERCISES = [
    pytest.param(lesson.name, exercise, id=f"{lesson.name}/{exercise.id}")
    for lesson in LESSONS
    for exercise in lesson.exercises.values()
    if exercise.kind != "text"
]
MISTAKES = [
    pytest.param(exercise, mistake, id=f"{lesson.name}/{exercise.id}/{mistake.name}")
    for lesson in LESSONS
    for exercise in lesson.exercises.values()
    for mistake in exercise.mistakes
]
VARIANTS = [
    pytest.param(exercise, variant, id=f"{lesson.name}/{exercise.id}/{variant.name}")
    for lesson in LESSONS
    for exercise in lesson.exercises.values()
    for variant in exercise.variants
]
WITH_PAIRS = [p for p in EXERCISES if p.values[1].runs_mistakes and any(pairs(p.values[1].mistakes))]


def names_with(exercise: Exercise, answer: Any) -> dict[str, Any]:
    """The notebook's names after a student has written `answer`."""
    if exercise.kind == "function" and answer in exercise.solutions:
        answer = written(answer)
    held = exercise.answer_of(answer)
    return dict(held) if exercise.kind in ("values", "repair") else {exercise.names[0]: held}


def written(answer: Any) -> Any:
    """The same function or class as if the student had typed it, since the course's own earns nothing."""
    return compiled(source_of(answer), answer)


def checked(exercise: Exercise, answer: Any, *seeds: int) -> Result:
    """The result of checking an answer on the cases of the seeds."""
    return check(exercise, names_with(exercise, answer), list(seeds))


def typed(exercise: Exercise, row: Mistake | Variant) -> dict[str, Any]:
    """The notebook's names after the source of this row, as it is written for a student, was run in a cell."""
    text = exercise.source_of(row)
    file = f"<cell {hash(text)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)  # as IPython does
    names = {"np": np, **exercise._given()}
    exec(compile(text, file, "exec"), names)
    return names


def seeds_for(exercise: Exercise) -> range:
    """Five seeds; one for exercises that train (`rounds=1`)."""
    return range(5) if exercise.rounds > 1 or exercise.kind == "values" else range(1)
