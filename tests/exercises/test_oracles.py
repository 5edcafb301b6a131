"""References agree with something that shares no code with them: SciPy, Keras, finite differences, known numbers.

Each lesson's stand in `tests/lessons/lesson_NN_topic/oracles.py`: `ORACLES = {exercise id: function of the case}`.
"""

import importlib

import numpy as np
import pytest

from course_utils.exercises import difference, quiet
from tests.exercises.table import EXERCISES, LESSONS

COMPARED = [p for p in EXERCISES if p.values[1].kind not in ("values", "repair") and p.values[1]._accept is None]


def oracles(lesson: str) -> dict:
    return importlib.import_module(f"tests.lessons.lesson_{lesson}.oracles").ORACLES


@pytest.mark.parametrize(("lesson", "exercise"), COMPARED)
def test_the_reference_agrees_with_its_oracle(lesson, exercise):
    oracle = oracles(lesson)[exercise.id]
    for seed in range(20):
        for case in exercise.draw(seed):
            with quiet():
                expected = exercise.expected(case)
                independent = oracle(*case.fresh().args, **case.kwargs)
            assert difference(independent, expected, 1e-6) is None, f"{case.label}: {expected} against {independent}"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_oracle_belongs_to_an_exercise(lesson):
    assert set(oracles(lesson.name)) <= set(lesson.exercises)


def test_a_wrong_oracle_is_noticed():
    exercise = next(p.values[1] for p in COMPARED)
    case = exercise.draw(0)[0]
    expected = exercise.expected(case)
    off = expected * 1.001 if not isinstance(expected, tuple) else tuple(np.asarray(e) * 1.001 for e in expected)
    assert difference(off, expected, 1e-6) is not None
