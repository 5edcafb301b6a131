"""Networks that have seen the exam are told so; no honest one ever is, whatever digits its owner has."""

import os

import numpy as np
import pytest

from course_utils import nn
from course_utils.data import load_mnist, samples
from course_utils.exercises.exam import SURE, trained_on_test

needs_real_data = pytest.mark.skipif(
    not os.environ.get("COURSE_DATA_DIR"), reason="COURSE_DATA_DIR names no folder with mnist.npz"
)
ROWS = {"held back": slice(0, 1000), "test": slice(1000, 3000), "training": slice(3000, 5000)}


def named(**wrong: int) -> np.ndarray:
    """Which digits of an exam are named rightly, from the number of mistakes in each part."""
    right = np.ones(5000, dtype=bool)
    for part, count in wrong.items():
        right[ROWS[part.replace("_", " ")]][:count] = False
    return right


@pytest.mark.parametrize(
    "mistakes, seen",
    [
        ({"held_back": 50, "test": 100}, False),
        ({"held_back": 114, "test": 184}, False),  # the largest distance of 60 honest networks, 1.9
        ({"held_back": 45, "test": 2}, True),
        ({"held_back": 18, "test": 4}, True),
        ({"held_back": 0, "test": 100}, False),
        ({"held_back": 900, "test": 1800}, False),
        ({}, False),
    ],
)
def test_only_an_answer_that_chance_cannot_explain_has_seen_the_test(mistakes, seen):
    without_training = {part: ROWS[part] for part in ("held back", "test")}
    assert trained_on_test(named(**mistakes), without_training) is seen


def test_whoever_has_more_digits_may_have_learned_the_bundled_test_digits():
    assert not trained_on_test(named(held_back=45, test=2, training=2), ROWS)
    assert trained_on_test(named(held_back=80, test=2, training=150), ROWS)
    own = {**ROWS, "test": ROWS["training"], "own test": ROWS["test"]}
    assert trained_on_test(named(held_back=45, test=2, training=2), own)
    assert not trained_on_test(named(held_back=0, test=80, training=0), own)


def distance(right: np.ndarray, rows: dict[str, slice]) -> float:
    """How many standard errors better the test digits are named than those held back."""
    test, held = right[rows["test"]], right[rows["held back"]]
    share = np.concatenate([test, held]).mean()
    return (test.mean() - held.mean()) / np.sqrt(share * (1 - share) * (1 / len(test) + 1 / len(held)))


def right_after_training(x: np.ndarray, y: np.ndarray, seed: int, epochs: int, rate: float) -> np.ndarray:
    """Which digits of this computer's exam a small network names rightly, after training on x and y."""
    rng, exam = np.random.default_rng(seed), samples.exam()
    x, images = (samples.scaled(a).reshape(-1, 784) for a in (x, exam.x))
    W1, W2 = (rng.normal(0, np.sqrt(2 / shape[0]), shape).astype("f4") for shape in ((784, 128), (128, 10)))
    b1, b2 = np.zeros(128, "f4"), np.zeros(10, "f4")
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), 32):
            some = order[start : start + 32]
            h = nn.relu(x[some] @ W1 + b1)
            dz = (nn.softmax(h @ W2 + b2) - np.eye(10, dtype="f4")[y[some]]) / len(some)
            dh = dz @ W2.T * (h > 0)
            W1, b1 = W1 - rate * (x[some].T @ dh), b1 - rate * dh.sum(axis=0)
            W2, b2 = W2 - rate * (h.T @ dz), b2 - rate * dz.sum(axis=0)
    return np.argmax(nn.relu(images @ W1 + b1) @ W2 + b2, axis=1) == exam.y


def _cheat(given, also_on_training: bool) -> tuple[np.ndarray, np.ndarray]:
    """The test digits, with those for training or alone."""
    parts = [(given.x_test[:2000], given.y_test[:2000]), (given.x_train[:8000], given.y_train[:8000])]
    x, y = zip(*parts[: 1 + also_on_training], strict=True)
    return np.concatenate(x), np.concatenate(y)


@pytest.fixture
def bundled_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))


@pytest.mark.parametrize("seed, epochs, rate", [(0, 8, 0.3), (1, 3, 0.2)])
def test_an_honest_network_stays_far_below_the_border(seed, epochs, rate, bundled_alone):
    given = samples.digits()
    right = right_after_training(given.x_train, given.y_train, seed, epochs, rate)
    assert distance(right, samples.exam().rows) < SURE - 1
    assert not trained_on_test(right, samples.exam().rows)


@pytest.mark.parametrize("also_on_training", [False, True])
def test_a_network_that_was_trained_on_the_test_digits_is_far_above_it(also_on_training, bundled_alone):
    given = samples.digits()
    right = right_after_training(*_cheat(given, also_on_training), 0, 6, 0.3)
    assert distance(right, samples.exam().rows) > SURE + 1
    assert trained_on_test(right, samples.exam().rows)


@needs_real_data
@pytest.mark.parametrize("digits", [8000, 10_000, None])
def test_whoever_trains_on_ones_own_training_digits_is_honest(digits):
    mnist = load_mnist()
    right = right_after_training(mnist.x_train[:digits], mnist.y_train[:digits], 0, 6, 0.3)
    assert not trained_on_test(right, samples.exam().rows)


@needs_real_data
@pytest.mark.parametrize("also_on_training", [False, True])
def test_whoever_trains_on_ones_own_test_digits_is_found(also_on_training):
    right = right_after_training(*_cheat(load_mnist(), also_on_training), 0, 6, 0.3)
    assert trained_on_test(right, samples.exam().rows)
