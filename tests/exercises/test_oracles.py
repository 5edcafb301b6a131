"""References agree with something that shares no code with them: SciPy, Keras, finite differences, known numbers.

Each lesson's oracles stand in `oracles_NN.py` beside this file: `ORACLES = {exercise id: function of the case}`.
"""

import importlib
from pathlib import Path

import numpy as np
import pytest

from course_utils.exercises.core import difference, quiet
from tests.exercises.table import EXERCISES, LESSONS

COMPARED = [p for p in EXERCISES if p.values[1].kind != "values" and p.values[1]._accept is None]


def oracles(lesson: str) -> dict:
    number = lesson.split("_")[0]
    return importlib.import_module(f"tests.exercises.oracles_{number}").ORACLES


@pytest.mark.parametrize(("lesson", "exercise"), COMPARED)
def test_the_reference_agrees_with_its_oracle(lesson, exercise):
    oracle = oracles(lesson)[exercise.id]
    for seed in range(20):
        for case in exercise.draw(seed):
            with quiet():
                expected = exercise.expected(case)
                independent = oracle(*case.fresh().args, **case.kwargs)
            assert difference(independent, expected, 1e-6) is None, f"{case.label}: {expected} against {independent}"


def test_every_oracle_belongs_to_an_exercise():
    ids = {f"oracles_{lesson.name.split('_')[0]}": set(lesson.exercises) for lesson in LESSONS}
    for file in Path(__file__).parent.glob("oracles_*.py"):
        unknown = set(importlib.import_module(f"tests.exercises.{file.stem}").ORACLES) - ids.get(file.stem, set())
        assert not unknown, f"{file.name}: {unknown}"


def test_a_wrong_oracle_is_noticed():
    exercise = next(p.values[1] for p in COMPARED)
    case = exercise.draw(0)[0]
    expected = exercise.expected(case)
    off = expected * 1.001 if not isinstance(expected, tuple) else tuple(np.asarray(e) * 1.001 for e in expected)
    assert difference(off, expected, 1e-6) is not None
