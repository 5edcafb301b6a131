"""The network that reads the first drawing, and the ways to break it: against Keras, SciPy and the text."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from course_utils import lessons
from course_utils.data import make_digit_reader
from course_utils.data.npz import read_npz
from course_utils.data.samples import digits, held_back, scaled
from course_utils.lessons.lesson_00_start_here import breaking
from course_utils.lessons.lesson_00_start_here.digit_reader import network, read
from course_utils.plots.ink import STROKES

TEXT = (Path(__file__).parents[3] / "solutions/00_start_here/00_start_here.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def unseen():
    return scaled(held_back().x), held_back().y


def test_the_makers_network_in_keras_gives_the_same_shares_with_the_bundled_weights(unseen):
    keras_network = make_digit_reader.network()
    keras_network.set_weights([part.astype(np.float32) for part in read_npz(make_digit_reader.READER).values()])
    images = unseen[0][:200]
    theirs = keras_network.predict(images[..., None], verbose=0)
    assert np.allclose(network().predict(images[..., None]), theirs, atol=1e-5)
    assert np.allclose(read(images[0]), theirs[0], atol=1e-5)


def test_the_weights_are_small_and_as_many_as_the_text_says():
    weights = list(read_npz(make_digit_reader.READER).values())
    assert {part.dtype for part in weights} == {np.dtype(np.float16)}
    assert make_digit_reader.READER.stat().st_size < 120_000
    assert f"{sum(part.size for part in weights):,} numbers" in TEXT


def names_rightly(images, labels):
    return int((network().predict(images[..., None]).argmax(axis=1) == labels).sum())


def test_the_figures_of_the_text(unseen):
    images, labels = unseen
    text = " ".join(TEXT.replace("\n#", " ").split())
    middle, pushed = map(
        int, re.search(r"it names (\d+)\. Push them all 6 pixels .*, and it names (\d+)\.", text).groups()
    )
    assert names_rightly(images, labels) == pytest.approx(middle, abs=2)
    aside = np.pad(images, [(0, 0), (0, 0), (6, 0)])[:, :, :28]
    assert names_rightly(aside, labels) == pytest.approx(pushed, abs=5)


def test_the_maker_pushes_by_two_pixels_at_most_and_in_every_direction():
    x = make_digit_reader.images(digits().x_train[:200])
    pushed = make_digit_reader.pushed(x, np.random.default_rng(0))
    moves = {(down, right) for down in range(-2, 3) for right in range(-2, 3)}
    found = set()
    for before, after in zip(x[..., 0], pushed[..., 0], strict=True):
        fitting = {move for move in moves if np.array_equal(ndimage.shift(before, move, order=0), after)}
        assert fitting
        found |= fitting
    assert found == moves


@pytest.mark.parametrize(("right", "down"), [(0, 0), (5, 0), (-8, 3), (0, -9), (2.5, -0.25)])
def test_a_push_is_that_of_scipy(right, down):
    image = breaking.ready_digit(5)
    theirs = ndimage.shift(image, (down, right), order=1, mode="grid-constant")
    assert np.allclose(breaking.changed(image, right, down), theirs, atol=1e-6)


@pytest.mark.parametrize("turn", [-180, -90, -35, 15, 90])
def test_a_turn_is_that_of_scipy_and_goes_with_the_clock(turn):
    image = breaking.ready_digit(7)
    theirs = ndimage.rotate(image, -turn, reshape=False, order=1, mode="grid-constant")
    assert np.allclose(breaking.changed(image, turn=turn), theirs, atol=1e-5)
    corner = np.zeros((28, 28), np.float32)
    corner[5, 5] = 1  # upper left; a quarter with the clock brings it to the upper right
    assert breaking.changed(corner, turn=90)[5, 22] == pytest.approx(1)


@pytest.mark.parametrize("digit", STROKES)
def test_thinner_is_scipys_erosion_and_half_a_step_lies_in_the_middle(digit):
    image = breaking.ready_digit(digit)
    cross = ndimage.generate_binary_structure(2, 1)
    once = ndimage.grey_erosion(image, footprint=cross, mode="constant")
    twice = ndimage.grey_erosion(once, footprint=cross, mode="constant")
    assert np.allclose(breaking.changed(image, thinner=1), once)
    assert np.allclose(breaking.changed(image, thinner=1.5), (once + twice) / 2)
    assert once.sum() < image.sum() / 2


def test_a_push_turns_and_thins_first_so_that_the_digit_turns_about_its_own_middle():
    image = breaking.ready_digit(3)
    one_by_one = breaking.changed(breaking.changed(breaking.changed(image, thinner=0.5), turn=90), right=4)
    assert np.allclose(breaking.changed(image, right=4, turn=90, thinner=0.5), one_by_one, atol=1e-5)


def test_the_pushed_three_fails_where_the_prediction_says(monkeypatch):
    shown = []
    monkeypatch.setattr(breaking, "show", lambda figure, alt: shown.append(alt))
    answers = breaking.push_left()
    assert "What the network says: 0: 3 (100%)" in shown[0] and len(answers) == 10
    question = lessons.load("00_start_here").predictions["first-wrong-push"]
    verdict = question.verdict(question.answer(6), answers)
    assert (verdict.truth, verdict.right, question.right) == (6, True, 6) and "says 7" in verdict.because


def test_typed_numbers_are_where_the_sliders_start_and_others_are_refused(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    breaking.break_it()
    breaking.break_it(right=-6)
    breaking.break_it(turn=60)
    says = ["says 3", "says 7", "says 0 and gives it a share of 99%"]
    assert [word in picture.alt for word, picture in zip(says, shown, strict=True)] == [True] * 3
    assert "is a 0 to the network, and it is 99 % sure" in " ".join(TEXT.replace("\n#", " ").split())
    for wrong in ({"right": 10}, {"turn": -200}, {"thinner": -0.25}, {"down": float("nan")}):
        with pytest.raises(ValueError, match=f"`{next(iter(wrong))}` goes from .* Choose a number in between"):
            breaking.break_it(**wrong)
