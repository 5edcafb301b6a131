"""What only lesson 13 promises: its judge needs no TensorFlow, its bands hold, its pictures say what they show."""

import numpy as np
import pytest

from course_utils import lessons, plots
from course_utils.exercises.keras_models.fitting import BATCHES, EPOCHS
from course_utils.lessons.lesson_13_cnn import feature_maps
from course_utils.lessons.lesson_13_cnn.common import CNN_SHAPES
from course_utils.lessons.lesson_13_cnn.one_number import one_number
from course_utils.lessons.lesson_13_cnn.sliding import sliding
from course_utils.lessons.lesson_13_cnn.train_cnn import training_finding, what_it_lacks

LESSON = lessons.load("13_cnn")


class Liar:
    """Has the weights of a CNN that knows nothing, and answers as if it knew each digit."""

    def __init__(self, labels):
        self.labels = labels

    def get_weights(self):
        return [np.zeros(shape) for shape in CNN_SHAPES]

    def __call__(self, images):
        return np.eye(10)[self.labels[: len(images)]]


def test_predictions_must_come_from_the_weights():
    exercise = LESSON["train-cnn"]
    case = exercise.draw(0)[0]
    verdict = exercise.judge(exercise.observe(Liar(case.args[1]), case), case, None)
    assert "do not come from its weights" in verdict.message


@pytest.mark.parametrize(
    ("right", "confidence", "problem"),
    [
        (0.975, 0.97, None),
        (0.951, 0.95, None),
        (0.94, 0.95, "the model names 94.0%"),
        (1.0, 0.5, "the model's loss is 0.69"),
    ],
)
def test_the_band_of_a_trained_model(right, confidence, problem):
    _, labels, *band = LESSON["train-cnn"].draw(0)[1].args
    said = np.where(np.arange(len(labels)) < right * len(labels), labels, (labels + 1) % 10)
    shares = np.full((len(labels), 10), (1 - confidence) / 9)
    shares[np.arange(len(labels)), said] = confidence
    verdict = what_it_lacks(shares, labels, *band)
    assert verdict is None if problem is None else verdict.startswith(problem)


FALLING = [0.002, 0.0016, 0.0012, 0.0008, 0.0004]


@pytest.mark.parametrize(
    ("rates", "each", "steps", "validated", "found"),
    [
        (FALLING, 250, 1250, False, ""),  # as asked for
        (FALLING, 1875, 9375, False, ""),  # all of MNIST
        (FALLING, 225, 1125, True, ""),  # a tenth kept for validation
        (FALLING[3:], 250, 1250, False, ""),  # in two goes, the second with `initial_epoch=3`
        ([0.001] * 5, 250, 1250, False, "callback"),
        ([], 250, 1250, False, "callback"),
        (FALLING, 225, 1125, False, BATCHES),  # a tenth of the digits thrown away
        (FALLING, 125, 625, False, BATCHES),
        (FALLING, 938, 4690, False, BATCHES),  # all of MNIST in batches of 64
        (FALLING[:4], 250, 1000, False, EPOCHS),
        ([*FALLING, 0.0], 250, 1500, False, EPOCHS),
        (FALLING, 250, 2500, False, EPOCHS),  # `fit` called twice
    ],
)
def test_what_fit_got_is_told_from_the_record_of_the_training(rates, each, steps, validated, found):
    history = {"loss": [0.1] * max(len(rates), 1)} | ({"learning_rate": rates} if rates else {})
    seen = {"history": history | ({"val_loss": [0.1]} if validated else {}), "each": each, "steps": steps}
    name, told = training_finding(seen)
    assert name == found and bool(told) == bool(found)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (1, ["row 0, column 0", "the sum, -1, ", "1 of 4 sums"]),
        (3, ["row 1, column 0", "the sum, -2, ", "3 of 4 sums"]),
        (99, ["row 1, column 1", "4 of 4 sums"]),
    ],
)
def test_the_sliding_window_says_where_it_is(step, words):
    image, kernel = np.array([[1, 0, 0], [0, 0, 0], [2, 0, 1]]), np.array([[-1, 1], [-1, 1]])
    figure, text = sliding(image, kernel, step)
    assert all(part in text for part in words), text
    assert plots.Picture(figure, text).png.startswith(b"\x89PNG")


def test_pictures_of_filters_and_maps():
    rng = np.random.default_rng(0)
    image, maps = rng.uniform(size=(28, 28)), np.maximum(0, rng.normal(size=(26, 26, 32)))
    for (figure, text), words in [
        (feature_maps.filters(rng.normal(size=(3, 3, 1, 20))), "20 filters of 3 by 3"),
        (feature_maps.responses(image, {"edges": image - 0.5}), "the sums of 1 filters"),
        (feature_maps.maps(image, {"conv 1": maps}), "conv 1: 32 maps of 26 by 26, 50% of their places above 0"),
    ]:
        assert words in text, text
        assert plots.Picture(figure, text).png.startswith(b"\x89PNG")


def test_the_maps_shown_differ():
    copies = np.repeat(np.random.default_rng(0).uniform(size=(5, 5, 4)), 4, axis=2)  # each map four times
    shown = [axis.get_title() for axis in feature_maps.maps(np.ones((5, 5)), {"m": copies}, 4).figure.axes[1:]]
    assert len({int(title.split("·")[1]) // 4 for title in shown}) >= 2


def test_one_number_is_taken_apart_into_what_adds_up_to_it():
    rng = np.random.default_rng(0)
    x, kernel, bias = np.maximum(0, rng.normal(size=(6, 5, 4))), rng.normal(size=(3, 2, 4, 7)), rng.normal(size=7)
    row, column, number = 3, 1, 5
    products = [
        [x[row + i, column + j, c] * kernel[i, j, c, number] for i in range(3) for j in range(2)] for c in range(4)
    ]
    shares = [sum(channel) for channel in products]
    most = max(range(4), key=lambda c: abs(shares[c]))
    total = sum(shares) + bias[number]
    figure, text = one_number(x, kernel, bias, row, column, number)
    drawn = figure.axes[0].images[0].get_array()
    assert drawn.shape == (4, 4) and drawn[row, column] == pytest.approx(total)
    for words in (
        "3 × 2 × 4 = 24 products",
        f"Channel {most} counts most, with {shares[most]:.2f}",
        ", ".join(f"{value:.2f}" for value in products[most]).replace("-0.00", "0.00"),
        f"bring {sum(share for share in shares if share > 0):.3f}",
        f"bring {sum(share for share in shares if share < 0):.3f}",
        f"the sum is {total:.3f}, after ReLU {max(0, total):.3f}.",
    ):
        assert words in text, text
    running = max(figure.axes, key=lambda axis: len(axis.patches)).lines[0].get_ydata()
    assert running[-1] == pytest.approx(total) and len(running) == 5


@pytest.mark.parametrize("place", [(4, 0, 0), (-1, 0, 0), (0, 4, 0), (0, 0, 7)])
def test_a_number_that_is_not_there_is_said(place):
    with pytest.raises(IndexError, match=r"rows 0 to 3 and columns 0 to 3, and there are filters 0 to 6"):
        one_number(np.zeros((6, 5, 4)), np.zeros((3, 2, 4, 7)), np.zeros(7), *place)
