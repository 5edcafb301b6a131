"""What acts by chance is found every time it is there, however seldom it changes an answer."""

from __future__ import annotations

import re

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check, quiet
from course_utils.lessons.lesson_20_deployment import projects
from course_utils.lessons.lesson_20_deployment.project import digits_by_neighbour, project

BUILDERS = [  # an exercise, one of its right answers, and where the last layer begins in it
    ("09_keras_workflow", "build-classifier", "layer by layer, with objects", "model.add(keras.layers.Dense(1,"),
    ("10_keras_mnist", "build-mlp", "", "keras.layers.Dense(10,"),
    ("13_cnn", "build-cnn", "layer by layer", "model.add(keras.layers.Dense(10,"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("lesson", "id", "variant", "last"), BUILDERS)
def test_a_little_dropout_is_found_every_time(lesson, id, variant, last):
    """A twentieth of the numbers: the first step of training is then nearly always that of the right model."""
    exercise = lessons.load(lesson).exercises[id]
    base = next(v for v in exercise.variants if v.name == variant or not variant)
    source = exercise.source_of(base)
    assert source.count(last) == 1
    dropout = (
        "model.add(keras.layers.Dropout(0.05))\n    " if last.startswith("model") else "keras.layers.Dropout(0.05), "
    )
    namespace = {"np": np, **exercise._given()}
    exec(source.replace(last, dropout + last), namespace)
    for seed in range(6):
        with quiet():
            result = check(exercise, namespace, [seed])
        assert result.points < exercise.points, f"seed {seed}"
        assert "training" in result.message and re.search("[Dd]ropout", result.message), result.message


def test_answers_that_change_for_one_row_in_forty_are_told_to_be_drawn():
    rng = np.random.default_rng(0)
    honest = digits_by_neighbour(projects)["predict"]

    def predict(rows):
        return np.where(rng.random(len(rows)) < 0.025, rng.integers(0, 10, len(rows)), honest(rows))

    for seed in range(3):
        result = check(project, {"project": {"data": "digits", "predict": predict}}, [seed])
        assert result.mistake == "another-answer-each-time", result


def test_the_right_parts_in_rows_that_were_overwritten_are_not_called_another_order():
    def three(x, y, order, n_val, n_test):
        x[:], y[:] = x[order], y[order]
        end = n_val + n_test
        parts = (slice(end, None), slice(n_test, end), slice(n_test))
        return tuple(a[part].copy() for part in parts for a in (x, y))

    split = lessons.load("09_keras_workflow").exercises["split"]
    result = check(split, {"split": three}, [0])
    assert result.points < split.points and result.mistake is None
    assert "the result is right, but your code put its input `x` into another order" in result.message
