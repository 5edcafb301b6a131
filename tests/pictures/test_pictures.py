"""The texts of the pictures say what the numbers say: for some readers they are the picture."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils import nn, plots
from course_utils.plots import digits as pictures

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (4, 28, 28), dtype=np.uint8)
WEIGHTS = [RNG.normal(size=shape) * 0.1 for shape in [(784, 128), (128,), (128, 10), (10,)]]
LABELS, SAID = np.array([4, 4, 7, 1]), np.array([9, 9, 9, 1])
HISTORY = {"loss": [0.9, 0.2], "accuracy": [0.7, 0.95], "val_loss": [0.5, 0.6], "val_accuracy": [0.8, 0.81]}

TABLE = [
    (pictures.digits(IMAGES, LABELS), ["4 handwritten digits", "4 4 7 1"]),
    (pictures.pixels(IMAGES[0], 4), ["handwritten 4", "divided by 255"]),
    (pictures.weight_images(WEIGHTS[0], 8), ["8 hidden neurons"]),
    (
        pictures.worst(IMAGES, LABELS, SAID, np.array([0.5, 0.9, 0.7, 0.99])),
        ["The 3 wrong answers", "of 3 in all: a 4 taken for a 9; a 7 taken for a 9; a 4 taken for a 9"],
    ),
    (pictures.worst(IMAGES, LABELS, LABELS, np.ones(4)), ["no mistake"]),
    (pictures.confusion(LABELS, SAID), ["Table of 3 mistakes", "4 taken for 9 (2 ×), 7 taken for 9 (1 ×)"]),
    (pictures.confusion(LABELS, LABELS), ["Table of 0 mistakes", "none"]),
    (
        pictures.training(HISTORY),
        ["from 0.90 to 0.20", "from 70.0% to 95.0%", "lowest, 0.50, at epoch 1 and ends at 0.60"],
    ),
    (pictures.training({"loss": [1.0], "accuracy": [0.5]}), ["over 1 epochs"]),
]


@pytest.mark.parametrize(
    ("picture", "words"), TABLE, ids=lambda value: None if isinstance(value, plots.Picture) else value[0]
)
def test_the_text_says_what_is_shown(picture, words):
    figure, text = picture
    assert all(part in text for part in words), text
    assert plots.Picture(figure, text).png.startswith(b"\x89PNG")


def test_training_without_validation_says_nothing_of_it():
    assert "validation" not in pictures.training({"loss": [1.0], "accuracy": [0.5]}).alt


def test_flow_shows_what_the_network_computes():
    figure, text = pictures.flow(IMAGES[0] / 255, 4, WEIGHTS)
    hidden = nn.relu(IMAGES[0].reshape(1, 784) / 255 @ WEIGHTS[0] + WEIGHTS[1])
    shares = nn.softmax(hidden @ WEIGHTS[2] + WEIGHTS[3])[0]
    heights = [bar.get_height() for bar in figure.axes[3].patches]
    assert np.allclose(heights, shares) and f"the largest, {shares.max():.3f}, goes to {shares.argmax()}." in text
    assert f"{np.count_nonzero(hidden)} of 128 hidden neurons are active" in text


@pytest.mark.parametrize("width", [3, 8, 14])
@pytest.mark.parametrize(("title", "ticks"), [(7, 20), (9, 9), (20, 16), (16, 7.5)])
def test_the_smallest_text_keeps_nine_pixels_in_a_narrow_window(width, title, ticks):
    figure, axes = plots.figure(size=(width, 3))
    axes.set_title("a title", fontsize=title)
    axes.tick_params(labelsize=ticks)
    picture = plots.Picture(figure, "A frame with a title and numbers.")
    least = int(re.search(r"min-width:(\d+)px", picture._repr_html_())[1])
    natural = int.from_bytes(picture.png[16:20], "big")  # the width in the PNG's header
    drawn = min(title, ticks) * figure.dpi / 72  # pixels of the text at the natural width
    assert 8.99 < drawn * least / natural < 9.5


def test_a_picture_without_text_may_be_as_narrow_as_the_window():
    assert plots.Picture(Figure(), "An empty frame, nothing else.").least_width == 0
