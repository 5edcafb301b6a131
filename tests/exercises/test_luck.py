"""A green notebook is a green grade: the visible check sees what a grading might see, so luck decides nothing."""

from __future__ import annotations

import os
import time

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.exercises.exercise import HIDDEN_ROUNDS
from tests.exercises.table import EXERCISES, VARIANTS, checked, typed

# As many draws as fit into the seconds of processor time. COURSE_EVERY_LESSON=1 looks longer, about 20 minutes in all.
DRAWS, SECONDS = (150, 18.0) if os.environ.get("COURSE_EVERY_LESSON") else (60, 1.0)
GRADINGS = range(1000, 1060, HIDDEN_ROUNDS)


def decide(inputs, weights, bias):
    return "on" if abs(np.dot(inputs, weights) + bias) > 0 else "off"


def relu(x):
    return np.vectorize(lambda v: max(0, v))(x)


def sigmoid_slope(x):
    s = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return np.where(np.abs(x) > 5, 0.0, s * (1 - s))


def minibatches(x, y, size, seed):
    shift = int(np.random.default_rng(seed).integers(1, len(x)))
    x, y = np.roll(x, shift, axis=0), np.roll(y, shift, axis=0)
    return [(x[i : i + size], y[i : i + size]) for i in range(0, len(x), size)]


LUCKY = {  # right on some draws of the cases, wrong on others
    "01_neuron/decide": decide,
    "02_activations/relu": relu,
    "02_activations/sigmoid-slope": sigmoid_slope,
    "05_gradient_descent/minibatches": minibatches,
}


@pytest.mark.parametrize("name", LUCKY)
def test_what_a_grading_can_find_the_notebook_finds(name):
    lesson, _, id = name.partition("/")
    exercise = lessons.load(lesson)[id]
    names = {exercise.names[0]: LUCKY[name]}
    graded = [check(exercise, names, list(range(first, first + HIDDEN_ROUNDS))) for first in GRADINGS]
    assert any(result.status != "passed" for result in graded)
    assert check(exercise, names, exercise.visible_seeds).status != "passed"


def choose_without_the_last(validation, test):
    best = max(range(max(len(validation) - 1, 1)), key=lambda i: validation[i])
    return best, test[best]


def choose_without_the_first(validation, test):
    best = max(range(min(1, len(validation) - 1), len(validation)), key=lambda i: validation[i])
    return best, test[best]


def digits_without_the_last(probabilities):
    return np.argmax(probabilities[:, :-1], axis=1), np.max(probabilities[:, :-1], axis=1)


def digits_without_the_first(probabilities):
    return np.argmax(probabilities[:, 1:], axis=1) + 1, np.max(probabilities[:, 1:], axis=1)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("12_tuning/choose-report", choose_without_the_last),
        ("12_tuning/choose-report", choose_without_the_first),
        ("10_keras_mnist/read-predictions", digits_without_the_last),
        ("10_keras_mnist/read-predictions", digits_without_the_first),
    ],
)
def test_who_never_looks_at_the_first_or_the_last_gets_the_same_points_in_every_draw(name, answer):
    lesson, _, id = name.partition("/")
    exercise = lessons.load(lesson)[id]
    results = [check(exercise, {exercise.names[0]: answer}, [seed]) for seed in range(20)]
    assert len({result.points for result in results}) == 1 and results[0].points < exercise.points


def test_a_visible_check_has_more_cases_than_a_grading():
    for row in EXERCISES:
        _, exercise = row.values
        assert len(exercise.visible_seeds) > exercise.rounds or exercise.rounds == len(exercise.visible_seeds) == 1


@pytest.mark.parametrize(("lesson", "exercise"), [p for p in EXERCISES if p.values[1].rounds > 1])
def test_a_visible_check_of_a_quick_exercise_takes_no_time(lesson, exercise):
    checked(exercise, exercise.reference, 0)  # what it imports, it imports once
    begun = time.process_time()
    checked(exercise, exercise.reference, *exercise.visible_seeds)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(("exercise", "variant"), VARIANTS)
def test_a_right_answer_is_right_on_every_draw(exercise, variant):
    """A class meets one draw: what one in a hundred refuses, a whole class would not understand."""
    begun = time.process_time()
    for seed in range(1000, 1000 + DRAWS):
        result = check(exercise, typed(exercise, variant), [seed], hidden=True)
        assert result.status == "passed", (seed, result.message, result.mismatch)
        if time.process_time() - begun > SECONDS:
            break
