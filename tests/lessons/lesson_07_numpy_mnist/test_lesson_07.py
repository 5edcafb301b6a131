"""What lesson 07 promises beyond the table: worked figures, the band, and the digit that is drawn."""

import re

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check
from course_utils.lessons.lesson_07_numpy_mnist import drawing
from course_utils.lessons.lesson_07_numpy_mnist.accuracy import share_right
from course_utils.lessons.lesson_07_numpy_mnist.common import layer_shapes
from course_utils.lessons.lesson_07_numpy_mnist.train_network import digits

lesson = lessons.load("07_numpy_mnist")


def test_the_worked_figures_of_the_lesson():
    loss, (dW1, db1, dW2, db2) = lesson["loss-and-gradients"].reference(*lesson["loss-and-gradients"].draw(0)[0].args)
    assert loss == pytest.approx(np.log(2))
    assert (dW1.tolist(), db1.tolist()) == ([[1, 0], [2, 0]], [1, 0])
    assert (dW2.tolist(), db2.tolist()) == ([[-0.5, 0.5], [0, 0]], [-0.5, 0.5])
    network, losses = lesson["train-epoch"].reference(*lesson["train-epoch"].draw(0)[0].args)
    assert network[0].tolist() == [7.125] and losses == [2, 3, 7]
    assert lesson["accuracy"].reference(*lesson["accuracy"].draw(0)[0].args) == 0.75
    table = lesson["confusion-matrix"].reference(*lesson["confusion-matrix"].draw(0)[0].args)
    assert table.tolist() == [[1, 2, 0], [0, 2, 0], [1, 0, 0]]


def test_a_trained_network_is_in_the_band_that_the_lesson_states():
    W1, b1, W2, b2 = lesson["train-network"].answer_of(lesson["train-network"].reference)
    right = share_right(nn.relu(digits()["x_test"] @ W1 + b1) @ W2 + b2, digits()["y_test"])
    assert 0.935 <= right <= 0.97


BROKEN = {
    "no list": (3.0, "the list of the arrays"),
    "three arrays": ([np.zeros(2)] * 3, "the list of the arrays"),
    "words": (["W1", "b1", "W2", "b2"], "the list of the arrays"),
    "other shapes": ([np.zeros((2, 2)), np.zeros(2), np.zeros((2, 2)), np.zeros(2)], "the shapes of W1, b1, W2, b2"),
}


@pytest.mark.parametrize("network, told", BROKEN.values(), ids=BROKEN)
def test_a_network_that_is_none_is_told_so(network, told):
    result = check(lesson["train-network"], {"network": network}, [0])
    assert result.points == 0 and (told in result.message or result.mistake == "other-width")


def test_only_arrays_of_numbers_are_a_network():
    assert layer_shapes([np.array(["a"])] * 4) is None
    assert layer_shapes([np.zeros((1, 2))] * 4) == [(1, 2)] * 4


@pytest.mark.parametrize("digit", drawing.STROKES)
def test_a_drawn_digit_has_the_form_of_mnist(digit):
    image = drawing.as_mnist(drawing.drawn(drawing.STROKES[digit]))
    assert image.shape == (28, 28) and image.dtype == np.float32 and 0.9 < image.max() <= 1 and image.min() == 0
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    y, x = (np.average(np.arange(28), weights=image.sum(axis=axis)) for axis in (1, 0))
    assert abs(y - 13.5) <= 0.5 and abs(x - 13.5) <= 0.5


def test_where_and_how_large_a_digit_is_drawn_makes_no_difference():
    ink = np.zeros((60, 60))
    ink[5:45, 10:20] = 1
    moved, larger = np.roll(ink, (9, 30), axis=(0, 1)), np.kron(ink, np.ones((2, 2)))
    assert np.array_equal(drawing.as_mnist(ink), drawing.as_mnist(moved))
    assert np.allclose(drawing.as_mnist(ink), drawing.as_mnist(larger))
    assert drawing.as_mnist(ink).sum() == pytest.approx(20 * 5)


def test_an_empty_paper_stays_empty():
    assert not drawing.as_mnist(np.zeros((56, 56))).any()


def test_the_ink_of_the_canvas_is_read_and_foreign_text_is_not():
    ink = drawing.drawn(drawing.STROKES[7])
    text = "".join(f"{round(v * 15):x}" for v in ink.ravel())
    assert np.abs(drawing.decoded(text) - ink).max() <= 0.5 / 15 + 1e-9
    for foreign in ("", "f" * 10, "g" * 56 * 56):
        assert drawing.decoded(foreign) is None


def read_seven(image):
    assert image.shape == (28, 28)
    return np.eye(10)[7]


def test_without_a_person_a_stored_digit_is_read(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    drawing.draw_digit(read_seven)
    assert [picture.alt for picture in shown] == [
        "A drawn digit in 28 by 28 pixels. The network says 7 and gives it a share of 100%."
    ]


def test_the_widgets_hand_the_ink_to_the_reader():
    seen = []

    def read(image):
        seen.append(image)
        return np.eye(10)[len(seen)]

    still = drawing.Picture(*drawing.reading(np.zeros((28, 28)), read))
    panel = drawing._panel(read, still, "some-name")
    buttons, picture, ink = panel.children
    assert "says 1" in picture.value
    buttons.children[1].click()
    assert "says 2" in picture.value
    ink.value = "".join(f"{round(v * 15):x}" for v in drawing.drawn(drawing.STROKES[2]).ravel())
    assert "says 3" in picture.value and np.abs(seen[2] - seen[1]).max() < 0.1
    ink.value = "nonsense"
    assert len(seen) == 3 and "says 3" in picture.value
    ink.value = "0" * drawing.INK**2  # as Clear sends it
    assert len(seen) == 3 and "says" not in picture.value and drawing.NOTHING_DRAWN in picture.value


def test_a_front_end_without_widgets_shows_a_picture_and_no_dead_canvas(monkeypatch):
    shown = []
    monkeypatch.setattr(drawing, "live", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda thing, raw=False: shown.append(thing))
    drawing.draw_digit(read_seven)
    canvas, output = shown
    assert re.match(r'\s*<div id="course-ink-\w+" hidden>', canvas.data)  # its script shows it beside the widget
    assert "says 7" in output["text/html"] and "says 7" in output["text/plain"] and "VBox" not in output["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in output


def test_a_reader_that_gives_no_ten_shares_is_told_so():
    with pytest.raises(ValueError, match="ten shares"):
        drawing.reading(np.zeros((28, 28)), lambda image: np.zeros(3))
