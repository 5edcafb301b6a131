"""What only lesson 13 promises: its judge needs no TensorFlow, its bands hold, its pictures say what they show."""

import numpy as np
import pytest

from course_utils import lessons, plots
from course_utils.lessons.lesson_13_cnn import feature_maps
from course_utils.lessons.lesson_13_cnn.sliding import sliding

LESSON = lessons.load("13_cnn")


class Guesser:
    """Stands for a CNN: answers with the right digit for a share of the images, with this confidence."""

    def __init__(self, labels, right, confidence):
        self.labels, self.right, self.confidence = labels, right, confidence

    def get_weights(self):
        shapes = [(3, 3, 1, 32), (32,), (3, 3, 32, 64), (64,), (1600, 64), (64,), (64, 10), (10,)]
        return [np.zeros(shape) for shape in shapes]

    def __call__(self, images):
        assert images.shape[1:] == (28, 28, 1) and images.max() <= 1
        said = np.where(np.arange(len(images)) < self.right * len(images), self.labels, (self.labels + 1) % 10)
        shares = np.full((len(images), 10), (1 - self.confidence) / 9)
        shares[np.arange(len(images)), said] = self.confidence
        return shares


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
    exercise = LESSON["train-cnn"]
    case = exercise.draw(0)[1]
    verdict = exercise.judge(exercise.observe(Guesser(case.args[1], right, confidence), case), case, None)
    assert verdict is None if problem is None else verdict.message.startswith(problem)


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
