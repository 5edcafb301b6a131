"""What lesson 05 promises beyond the table: its figures, the ball, and how batches are diagnosed."""

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.lessons.lesson_05_gradient_descent import ball
from course_utils.lessons.lesson_05_gradient_descent.epoch import diagnose
from course_utils.lessons.lesson_05_gradient_descent.numerical_gradient import cubes

lesson = lessons.load("05_gradient_descent")


def test_the_worked_figures_of_the_lesson():
    assert lesson["numerical-gradient"].reference(cubes, np.array([1.0, 2.0]), 0.5) == pytest.approx([3.25, 12.25])
    w, b, losses = lesson["fit-line"].reference(np.array([0.0, 2.0]), np.array([1.0, 5.0]), 0.1, 2)
    assert (w, b, losses) == (pytest.approx(1.48), pytest.approx(0.88), pytest.approx([13.0, 2.96]))
    counted = lesson["count-updates"].values
    assert counted["iterations_in_all"] == 5 * -(-60000 // 32) and counted["batches_of_1000"] == -(-1000 // 32)
    assert 31 * 32 + counted["size_of_the_last"] == 1000


def test_the_limit_of_the_learning_rate():
    """On 2 w^2 the distance stays the same at the limit, shrinks below it and grows above it."""
    limit, jump = lesson["learning-rates"].values["limit"], lesson["learning-rates"].values["rate_of_one_jump"]
    after = [abs(3 - rate * 4 * 3) for rate in (0.99 * limit, limit, 1.01 * limit)]
    assert after[0] < 3 == after[1] < after[2]
    assert 3 - jump * 4 * 3 == 0


def test_the_bend_of_the_ice_cream_data():
    """What the lesson says of the limit, for w alone and for w and b together."""
    warm = np.linspace(1.0, 3.2, 12).round(2)
    columns = np.stack([warm, np.ones(12)], axis=1)
    assert 2 / (2 * np.mean(warm**2)) == pytest.approx(0.20, abs=5e-3)
    assert 2 / np.linalg.eigvalsh(2 * columns.T @ columns / 12).max() == pytest.approx(0.17, abs=5e-3)


def step(w, gradient, learning_rate):
    return w - learning_rate * gradient


@pytest.mark.parametrize(
    "rate, ends, crossings, words",
    [
        (0.05, (0.8, 0.9), 0, "height is 0.855"),
        (0.4, (0, 0.001), 0, ""),
        (0.95, (0.03, 0.04), 20, "in 20 of them"),
        (1.05, (100, 120), 20, "climbs out"),
    ],
)
def test_the_ball_does_what_the_lesson_says(rate, ends, crossings, words):
    places = ball.walk(rate, step)
    assert ends[0] <= ball.height(places[-1]) <= ends[1]
    assert (places[1:, 1] * places[:-1, 1] < 0).sum() == crossings
    figure, text = ball.rolling(rate, step)
    assert len(figure.axes) == 3 and words in text


def test_the_slopes_of_the_bowl():
    at, h = np.array([0.7, -1.2]), 1e-5
    measured = [(ball.height(at + h * e) - ball.height(at - h * e)) / (2 * h) for e in np.eye(2)]
    assert ball.slopes(at) == pytest.approx(measured)


def test_a_step_that_changes_its_input_does_not_disturb_the_ball():
    def in_place(w, gradient, learning_rate):
        w -= learning_rate * gradient
        return w

    assert np.array_equal(ball.walk(0.4, in_place), ball.walk(0.4, step))
    assert np.array_equal(ball.START, [-3.0, 1.6])


def batches(order, size, x, y):
    return [(x[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(order), size)]


X, Y = np.arange(24.0).reshape(12, 2), np.arange(12.0)
ONE, OTHER, THIRD = [np.random.default_rng(seed).permutation(12) for seed in (1, 2, 3)]
GOOD = batches(ONE, 5, X, Y)
OTHERS = [batches(OTHER, 5, X, Y), batches(THIRD, 5, X, Y)]
OLD = np.arange(12)
DIAGNOSES = {
    "good": (GOOD, GOOD, OTHERS, [], ""),
    "changed": (GOOD, GOOD, OTHERS, ["x", "y"], "changed x and y"),
    "only x changed": (GOOD, GOOD, OTHERS, ["x"], "changed x"),
    "a generator": ((pair for pair in GOOD), GOOD, OTHERS, [], "generator"),
    "an empty list": ([], [], OTHERS, [], "sizes"),
    "three in a pair": ([(xb, yb, yb) for xb, yb in GOOD], GOOD, OTHERS, [], "no pairs"),
    "lists for arrays": ([(xb.tolist(), yb.tolist()) for xb, yb in GOOD], GOOD, OTHERS, [], "no pairs"),
    "y first": ([(yb, xb) for xb, yb in GOOD], GOOD, OTHERS, [], "labels first"),
    "no labels": ([xb for xb, _ in GOOD], GOOD, OTHERS, [], "no labels"),
    "all of x, then all of y": (([xb for xb, _ in GOOD], [yb for _, yb in GOOD]), GOOD, OTHERS, [], "two lists"),
    "whole": ((X[ONE], Y[ONE]), GOOD, OTHERS, [], "not cut"),
    "flat rows": ([(xb.ravel(), yb) for xb, yb in GOOD], GOOD, OTHERS, [], "shapes"),
    "rest left out": (GOOD[:2], GOOD, OTHERS, [], "rest left out"),
    "rest first": (GOOD[::-1], GOOD, OTHERS, [], "sizes"),
    "whole batches, the small one first": (batches(OLD, 5, X, Y)[::-1], GOOD, OTHERS, [], "whole batches"),
    "one sample more in each": (batches(ONE, 6, X, Y), GOOD, OTHERS, [], "one too many"),
    "one sample less in each": (batches(ONE, 4, X, Y), GOOD, OTHERS, [], "spread evenly"),
    "only the first": (GOOD[:1], GOOD, OTHERS, [], "only the first"),
    "other numbers": ([(xb + 0.5, yb) for xb, yb in GOOD], GOOD, OTHERS, [], "strangers"),
    "twice the first": ([GOOD[0], GOOD[0], GOOD[2]], GOOD, OTHERS, [], "repeats"),
    "labels of others": ([(xb, yb[::-1]) for xb, yb in GOOD], GOOD, OTHERS, [], "parted"),
    "old order": (*[batches(OLD, 5, X, Y)] * 2, [batches(OLD, 5, X, Y)], [], "old order"),
    "same order": (GOOD, GOOD, [GOOD, *OTHERS], [], "same order"),
    "another order for the same seed": (GOOD, OTHERS[0], OTHERS, [], "unsteady"),
    "turned like a wheel": (
        *[batches(np.roll(OLD, 3), 5, X, Y)] * 2,
        [batches(np.roll(OLD, 4), 5, X, Y)],
        [],
        "only shifted",
    ),
    "from the end": (*[batches(OLD[::-1], 5, X, Y)] * 2, [batches(np.roll(OLD[::-1], 1), 5, X, Y)], [], "only shifted"),
    "only another seed is wrong": (GOOD, GOOD, [OTHERS[0][:2]], [], "rest left out"),
}


@pytest.mark.parametrize("first, again, others, changed, name", DIAGNOSES.values(), ids=DIAGNOSES)
def test_batches_are_diagnosed(first, again, others, changed, name):
    found, told = diagnose({"batches": first, "again": again, "other seeds": others, "changed": changed}, X, Y, 5)
    assert found == name and bool(told) == bool(name)


def blocks(inside, outside, size=4, count=20):
    order = np.arange(count).reshape(-1, size)
    return [
        list(inside.permutation(block)) if inside else list(block)
        for block in (outside.permutation(order) if outside else order)
    ]


@pytest.mark.parametrize("of, name", [(0, "whole batches"), (1, "inside batches"), (2, "")])
def test_a_shuffle_of_batches_is_no_shuffle_of_samples(of, name):
    x, y = np.arange(40.0).reshape(20, 2), np.arange(20.0)
    made = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        order = [np.concatenate(blocks(None, rng)), np.concatenate(blocks(rng, None)), rng.permutation(20)][of]
        made.append(batches(order, 4, x, y))
    found, _ = diagnose({"batches": made[0], "again": made[0], "other seeds": made[1:], "changed": []}, x, y, 4)
    assert found == name


def test_a_generator_is_told_to_return_a_list():
    def minibatches(x, y, batch_size, seed):
        yield x, y

    result = check(lesson["minibatches"], {"minibatches": minibatches}, [0])
    assert result.points == 0 and result.mistake == "generator" and "wants them in a list" in result.message
