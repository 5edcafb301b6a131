"""The plan of lesson 10's experiment: what is fair and what is told; and that a run does what the plan says."""

import math
import statistics

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.lessons.lesson_10_keras_mnist import experiment
from course_utils.lessons.lesson_10_keras_mnist.fair_experiment import planned

EXERCISE = lessons.load("10_keras_mnist")["fair-experiment"]


def checked(**changes):
    return check(EXERCISE, {"plan": planned() | changes}, [0])


def test_each_question_about_one_row_is_fair():
    same = {factor: (values[0], values[0]) for factor, values in experiment.FACTORS.items()}
    for factor, values in experiment.FACTORS.items():
        for pair in (values, values[::-1]):
            assert checked(**same | {factor: pair}).points == EXERCISE.points
    assert checked(**same).mistake == "nothing-differs"


@pytest.mark.parametrize(
    ("changes", "points", "mistake", "message"),
    [
        ({"epochs": (5, 10)}, 0, "several-at-once", ""),
        ({"epochs": (5, 10), "weights": ("he", "glorot")}, 0, "several-at-once", ""),
        (dict(experiment.FACTORS), 0, "as-in-the-lessons", ""),
        ({"starts": 2}, 1.4, "too-few-starts", ""),
        ({"starts": 21}, 1.4, None, "plan['starts'] is 21, and it should be from 3 to 20"),
        ({"starts": [1, 2, 3]}, 1.4, None, "should be a whole number"),
        ({"starts": True}, 1.4, None, "should be a whole number"),
        ({"judged on": "test"}, 1.6, "judged-on-the-exam", ""),
        ({"judged on": "training"}, 1.6, "judged-on-the-exercises", ""),
        ({"judged on": "mock exam"}, 1.6, None, "one of the words 'training', 'validation', 'test'"),
        ({"library": "numpy"}, 0, None, "should hold two values, one for each training"),
        ({"library": ("numpy",)}, 0, None, "should hold two values, one for each training"),
        ({"weights": ("He", "glorot")}, 0, None, "holds 'He', and the table offers 'he' and 'glorot'"),
        ({"epochs": (5, ...)}, 0, None, "still has a gap"),
    ],
)
def test_what_is_not_fair_is_told(changes, points, mistake, message):
    result = checked(**changes)
    assert (result.points, result.mistake) == (pytest.approx(points), mistake)
    assert message in result.message


@pytest.mark.parametrize("plan", [5, "optimizer", [("adam", "sgd")], {}, {"starts": 5}])
def test_what_is_no_plan_scores_nothing_for_the_first_part(plan):
    assert check(EXERCISE, {"plan": plan}, [0]).points == 0


def test_both_trainings_begin_from_the_same_starts_and_differ_in_one_thing(monkeypatch):
    trained = []
    monkeypatch.setattr(
        experiment, "_trained", lambda settings, x, labels, start: trained.append((settings, start)) or 0
    )
    outcome = experiment.run(planned() | {"starts": 4}, np.zeros((8, 2, 2)), np.zeros(8))
    (first, starts), (second, again) = (zip(*half, strict=True) for half in (trained[:4], trained[4:]))
    assert starts == again and len(set(starts)) == 4
    assert {frozenset(settings) for settings in first + second} == {frozenset(experiment.FACTORS)}
    for one, other in zip(first, second, strict=True):
        assert {factor for factor in one if one[factor] != other[factor]} == {"optimizer"} == {outcome.changed}
    assert outcome.names == ("adam", "sgd")


@pytest.mark.parametrize("library", ["numpy", "keras"])
@pytest.mark.parametrize(("optimizer", "rate"), [("sgd", 0.3), ("adam", 0.001)])
def test_a_network_begins_as_the_table_of_the_lesson_says(library, optimizer, rate):
    for weights, expected in (("he", math.sqrt(2 / 784)), ("glorot", math.sqrt(6 / (784 + 128)) / math.sqrt(3))):
        made = {"numpy": experiment._in_numpy, "keras": experiment._in_keras}[library]
        one, same, other = (made(optimizer, experiment.INITIALIZERS[weights], start) for start in (1, 1, 2))
        first, second, third = (_kernel(model) for model in (one, same, other))
        assert np.array_equal(first, second) and not np.array_equal(first, third)
        assert first.std() == pytest.approx(expected, rel=0.02)
        assert (np.abs(first).max() > 2 * expected) == (weights == "he"), "even numbers end at 1.73"
        assert type(one.optimizer).__name__.lower() == optimizer
        assert float(one.optimizer.learning_rate) == pytest.approx(rate)


def _kernel(model):
    if not model.built:
        model.build((None, 784))
    return np.asarray(model.get_weights()[0])


def test_a_run_learns_from_the_first_digits_and_is_judged_on_the_others(monkeypatch):
    monkeypatch.setattr(experiment, "TRAINING", 300)
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 400)
    images = np.zeros((400, 28, 28))
    images[np.arange(400), labels, labels] = 1  # one pixel tells the digit
    wrong = np.where(np.arange(400) < 300, labels, (labels + 1) % 10)
    plan = planned() | {"library": ("numpy", "keras"), "optimizer": ("sgd", "sgd"), "starts": 1}
    assert (experiment.run(plan, images, labels).accuracies == 1).all()
    assert (experiment.run(plan, images, wrong).accuracies == 0).all(), "what it is judged on was not learned"


def test_what_is_told_of_a_run_is_what_was_measured():
    accuracies = np.array([[0.93, 0.936, 0.933], [0.943, 0.945, 0.929]])
    outcome = experiment.Outcome("epochs", ("5", "10"), accuracies)
    gain = 100 * (statistics.mean(accuracies[1]) - statistics.mean(accuracies[0]))
    assert f"differ by {gain:+.1f} points" in outcome.told and "epochs: 5 93.3%, 10 93.9%" in outcome.told
    assert "up to 1.6 points apart" in outcome.told and "ahead from 2 of 3 starts" in outcome.told
    picture = experiment.picture(outcome)
    assert "93.0 93.6 93.3; 94.3 94.5 92.9" in picture.alt and outcome.told in picture.alt
    assert picture.png.startswith(b"\x89PNG")
