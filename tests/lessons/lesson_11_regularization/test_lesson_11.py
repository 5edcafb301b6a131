"""What only lesson 11 promises: its judge needs no TensorFlow, its bands hold, its picture says what it shows."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from course_utils import lessons, nn, plots
from course_utils.exercises import check
from course_utils.lessons.lesson_11_regularization import capacity as shown

LESSON = lessons.load("11_regularization")
SOURCE = Path(__file__).parents[3] / "solutions" / "11_regularization" / "11_regularization.py"


class Network:
    """Stands for a Keras model: inputs → hidden (ReLU) → dropout → classes (softmax), L2 on both kernels."""

    def __init__(self, inputs, hidden, classes, rate, strength):
        self.rng = np.random.default_rng()
        self.rate, self.strength = rate, strength
        shapes = [(inputs, hidden), (hidden,), (hidden, classes), (classes,)]
        self.weights = [self.rng.normal(size=shape).astype(np.float32) for shape in shapes]

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights

    def compile(self, **options): ...

    def train_on_batch(self, x, labels):
        self.weights = [w - 0.01 for w in self.weights]

    @property
    def losses(self):
        return [self.strength * np.sum(kernel**2) for kernel in self.weights[::2]]

    def __call__(self, x, training=False):
        hidden = nn.relu(x @ self.weights[0] + self.weights[1])
        if training:
            hidden = hidden * (self.rng.random(hidden.shape) >= self.rate) / (1 - self.rate)
        return nn.softmax(hidden @ self.weights[2] + self.weights[3])


def built_by(change):
    """What the check says of a build_regularized whose rate and strength were changed."""

    def build(inputs, hidden, classes, rate, strength):
        return Network(inputs, hidden, classes, *change(rate, strength))

    return check(LESSON["build-regularized"], {"build_regularized": build}, [0])


def test_chance_never_spoils_a_right_dropout():
    assert all(built_by(lambda rate, strength: (rate, strength)).status == "passed" for _ in range(100))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rate, strength: (rate + 0.1 * (rate > 0), strength), "neurons are dropped, but it should be 25%"),
        (lambda rate, strength: (max(rate - 0.1, 0), strength), "neurons are dropped, but it should be 25%"),
        (lambda rate, strength: (rate, strength / 3), "the penalty should be 0.1 times the squares of both kernels"),
        (lambda rate, strength: (rate, 1.01 * strength), "the penalty should be 0.1 times the squares of both kernels"),
    ],
)
def test_a_rate_or_strength_a_little_off_is_seen(change, told):
    result = built_by(change)
    assert (result.status, result.points, result.mistake) == ("wrong", 0, None) and told in result.message


def test_a_model_of_another_size_is_told_in_words():
    answer = {"build_regularized": lambda i, h, c, r, s: Network(i, h + 1, c, r, s)}
    result = check(LESSON["build-regularized"], answer, [0])
    assert result.points == 0 and "shapes of 6 → 8 → 9" in result.message


def finding(loss, val_loss):
    """The finding by rule: level or falling at the end, high or low, and whether the validation loss rises."""
    if val_loss[-1] > 1.2 * min(val_loss):
        return "overfits"
    if loss[-1] < 0.95 * loss[-2] or val_loss[-1] < 0.95 * val_loss[-2]:
        return "stopped too soon"
    return "underfits" if loss[-1] > 1 else "fits"


def test_the_four_trainings_are_what_the_exercise_says():
    four = ast.literal_eval(re.search(r"^FOUR = (\{.*?^\})", SOURCE.read_text(encoding="utf-8"), re.M | re.S)[1])
    assert {name: finding(**history) for name, history in four.items()} == LESSON["diagnose"].values


def squared_error(degree, training, validation):
    """Training and validation error of the polynomial, by least squares on powers of x."""
    powers = np.vander(training[0], degree + 1)
    w = np.linalg.lstsq(powers, training[1], rcond=None)[0]
    return [np.mean((np.vander(x, degree + 1) @ w - y) ** 2) for x, y in (training, validation)]


@pytest.mark.parametrize("count", [14, 30, 100])
def test_the_errors_by_degree_are_right(count):
    training, validation = shown.sample(count, 2), shown.sample(100, 1002)
    table = shown.errors(training, validation)
    expected = [squared_error(degree, training, validation) for degree in range(shown.HIGHEST + 1)]
    np.testing.assert_allclose(table, expected, rtol=1e-4, atol=1e-7)
    assert (np.diff(table[:, 0]) <= 1e-12).all(), "more capacity never makes the training error larger"


def test_the_picture_shows_what_the_lesson_says_of_it():
    few, many = (shown.errors(shown.sample(count, 2), shown.sample(100, 1002)) for count in (14, 100))
    assert few[:, 1].argmin() == 3 and few[12, 1] > 10 * few[3, 1] and few[12, 0] < 0.001
    assert many[12, 1] < 1.1 * many[:, 1].min(), "more data: the swinging stops"


@pytest.mark.parametrize(("degree", "count"), [(0, 14), (3, 14), (12, 14), (12, 100)])
def test_the_text_says_what_the_picture_shows(degree, count):
    figure, text = shown.capacity(degree, count)
    training, validation = shown.errors(shown.sample(count, 2), shown.sample(100, 1002))[degree]
    assert f"degree {degree} through {count} points" in text
    assert f"training error is {training:.3g} and the validation error {validation:.3g}" in text
    drawn = [line.get_ydata()[0] for line in figure.axes[1].lines if len(np.atleast_1d(line.get_xdata())) == 1]
    assert drawn == [training, validation]
    assert plots.Picture(figure, text).png.startswith(b"\x89PNG")


def test_images_that_go_round_in_a_circle_are_told():
    result = check(LESSON["shift"], {"shift": lambda images, down, right: np.roll(images, (down, right), (1, 2))}, [0])
    assert (result.points, result.mistake) == (0, "rolled-round")
