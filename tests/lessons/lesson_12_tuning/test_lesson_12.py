"""Only lesson 12: its judge trains nothing, its trial answers like Optuna's, its map and figures are right."""

import subprocess
import sys

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.lessons.lesson_12_tuning import search_map
from course_utils.lessons.lesson_12_tuning.halving import FOUR, halved, practice_accuracy
from course_utils.lessons.lesson_12_tuning.random_configs_judging import draw_finding
from course_utils.lessons.lesson_12_tuning.search_space import ByName, Halfway, Highest, Lowest, proposed

LESSON = lessons.load("12_tuning")
WIDTHS, SIZES = [16, 32, 64], [8, 16]

WITHOUT_LIBRARIES = """
import sys
from course_utils import lessons
for exercise in lessons.load("12_tuning").exercises.values():
    assert exercise.draw(3), exercise.id
    [exercise.expected(case) for case in exercise.draw(3)]
print(sorted({"tensorflow", "keras", "optuna", "sklearn"} & set(sys.modules)))
"""


def test_the_judge_needs_neither_tensorflow_nor_optuna():
    done = subprocess.run([sys.executable, "-c", WITHOUT_LIBRARIES], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_stand_in_answers_as_optuna_does():
    optuna = pytest.importorskip("optuna")
    halfway = proposed(Halfway, 0.001, 0.1, WIDTHS, SIZES)
    real = optuna.trial.FixedTrial(halfway)
    assert proposed(real, 0.001, 0.1, WIDTHS, SIZES) == halfway
    assert halfway["learning_rate"] == pytest.approx(0.01)
    space = real.distributions
    rate = space["learning_rate"]
    assert (rate.low, rate.high, rate.log) == (0.001, 0.1, True)
    assert not space["dropout"].log and (space["layers"].low, space["layers"].high) == (1, 3)
    for trial in (Lowest, Highest, ByName):
        config = proposed(trial, 0.001, 0.1, WIDTHS, SIZES)
        assert all(space[name]._contains(space[name].to_internal_repr(value)) for name, value in config.items())


def test_the_stand_in_refuses_a_log_scale_from_zero():
    with pytest.raises(ValueError, match="begins above 0"):
        Halfway.suggest_float("dropout", 0.0, 0.5, log=True)


def test_the_table_of_four_in_the_text():
    after = {epochs: [practice_accuracy(c, epochs) for c in FOUR] for epochs in (1, 2)}
    np.testing.assert_allclose(after[1], [0.4, 0.6, 0.65, 0.5])
    np.testing.assert_allclose(after[2][1:3], [0.7, 0.675])
    assert halved(practice_accuracy, FOUR, 1) == (FOUR[1], 8)


@pytest.mark.parametrize(("settings", "epochs"), [(8, 3), (16, 1)])
def test_the_bill_of_halving_is_the_formula_of_the_text(settings, epochs):
    field = [{"ceiling": 0.5 + i / 100, "delay": 0.1} for i in range(settings)]
    assert halved(practice_accuracy, field, epochs)[1] == settings * epochs * np.log2(settings)


@pytest.mark.parametrize(
    ("draw", "finding"),
    [
        (lambda n, low, high, widths, rng: [(low, widths[0])] * n, "one-rate"),
        (lambda n, low, high, widths, rng: [(high * 1.01, widths[0])] * n, "range"),
        (lambda n, low, high, widths, rng: [(r, 7) for r in rng.uniform(low, high, n)], "widths"),
        (
            lambda n, low, high, widths, rng: [(low * (high / low) ** u, widths[0]) for u in rng.random(n)],
            "one-width",
        ),
        (
            lambda n, low, high, widths, rng: [
                (low * (high / low) ** u, widths[rng.integers(len(widths) - 1)]) for u in rng.random(n)
            ],
            "last-width-never",
        ),
        (
            lambda n, low, high, widths, rng: [
                (low * (high / low) ** u, widths[int(rng.random() ** 2 * len(widths))]) for u in rng.random(n)
            ],
            "widths-uneven",
        ),
        (
            lambda n, low, high, widths, rng: [
                (low * (high / low) ** u**2.5, rng.choice(widths)) for u in rng.random(n)
            ],
            "uneven",
        ),
    ],
)
def test_a_planted_fault_in_the_draws_is_found(draw, finding):
    def configs(seed):
        pairs = draw(400, 0.001, 1.0, WIDTHS, np.random.default_rng(seed))
        return [{"learning_rate": rate, "width": width} for rate, width in pairs]

    seen = {"first": configs(1), "again": configs(1), "other": configs(2), "far": configs(3)}
    found = draw_finding(seen, 400, 0.001, 1.0, WIDTHS, 1)[0]
    assert found == finding


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        3,
        [1, 2, 3],
        [{"learning_rate": "0.1", "width": 16}] * 3,
        [{"rate": 1}] * 3,
    ],
)
def test_draws_of_another_form_are_told(nonsense):
    result = check(LESSON["random-configs"], {"random_configs": lambda *_: nonsense}, [0])
    assert (result.status, result.points) == ("wrong", 0)
    assert result.message


def test_the_map_is_read_exactly_at_its_places_and_mixed_between():
    scores = np.random.default_rng(0).random((4, 6))
    v, u = np.meshgrid(np.linspace(0, 1, 4), np.linspace(0, 1, 6), indexing="ij")
    np.testing.assert_allclose(search_map.accuracy_at(scores, u.ravel(), v.ravel()).reshape(4, 6), scores)
    plane = np.add.outer(2 * np.linspace(0, 1, 4), np.linspace(0, 1, 6))
    u, v = np.random.default_rng(1).random((2, 50))
    np.testing.assert_allclose(search_map.accuracy_at(plane, u, v), u + 2 * v)


@pytest.mark.parametrize("side", [2, 3, 5])
def test_both_searches_have_the_same_budget_and_the_picture_tells_their_best(side):
    scores = np.random.default_rng(2).random((3, 4))
    _, text = search_map.drawn(scores, [0.01, 0.1, 1, 10], [8, 16, 32], side, 4)
    for places, rates in ((search_map.grid_places(side), side), (search_map.random_places(side, 4), side**2)):
        assert len(places[0]) == len(places[1]) == side**2 and len(np.unique(places[0])) == rates
        best = search_map.accuracy_at(scores, *places).max()
        assert f"{rates} different learning rates, best accuracy {best:.1%}" in text
