"""A digit is drawn: its form, the message of the canvas, the widgets, and the picture where there are none."""

import re

import numpy as np
import pytest

from course_utils.plots import drawing
from course_utils.plots.explore import slider
from course_utils.plots.ink import INK, STROKES, as_mnist, decoded, drawn


@pytest.mark.parametrize("digit", STROKES)
def test_a_drawn_digit_has_the_form_of_mnist(digit):
    image = as_mnist(drawn(STROKES[digit]))
    assert image.shape == (28, 28) and image.dtype == np.float32 and 0.9 < image.max() <= 1 and image.min() == 0
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    y, x = (np.average(np.arange(28), weights=image.sum(axis=axis)) for axis in (1, 0))
    assert abs(y - 13.5) <= 0.5 and abs(x - 13.5) <= 0.5


def test_where_and_how_large_a_digit_is_drawn_makes_no_difference():
    ink = np.zeros((60, 60))
    ink[5:45, 10:20] = 1
    moved, larger = np.roll(ink, (9, 30), axis=(0, 1)), np.kron(ink, np.ones((2, 2)))
    assert np.array_equal(as_mnist(ink), as_mnist(moved))
    assert np.allclose(as_mnist(ink), as_mnist(larger))
    assert as_mnist(ink).sum() == pytest.approx(20 * 5)


def test_an_empty_paper_stays_empty():
    assert not as_mnist(np.zeros((56, 56))).any()


def test_the_ink_of_the_canvas_is_read_and_foreign_text_is_not():
    ink = drawn(STROKES[7])
    text = "".join(f"{round(v * 15):x}" for v in ink.ravel())
    assert np.abs(decoded(text) - ink).max() <= 0.5 / 15 + 1e-9
    for foreign in ("", "f" * 10, "g" * 56 * 56):
        assert decoded(foreign) is None


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

    panel = drawing._panel(read, drawing.reading(np.zeros((28, 28)), read), "some-name", example=3)
    buttons, picture, ink, _ = panel.children
    assert "says 1" in picture.value
    buttons.children[1].click()
    assert "says 2" in picture.value
    ink.value = "".join(f"{round(v * 15):x}" for v in drawn(STROKES[2]).ravel())
    assert "says 3" in picture.value and np.abs(seen[2] - seen[1]).max() < 0.1
    ink.value = "nonsense"
    assert len(seen) == 3 and "says 3" in picture.value
    ink.value = "0" * INK**2  # as Clear sends it
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


def test_the_sliders_change_the_digit_before_it_is_read():
    seen = []

    def read(image):
        seen.append(image)
        return np.eye(10)[4]

    sliders = {"times": slider("times", 1, 9, 1, 2)}
    still = drawing.reading(np.zeros((28, 28)), read)
    panel = drawing._panel(read, still, "some-name", 7, lambda image, times: image / times, sliders)
    row, times, picture, ink, _ = panel.children
    times.value = 5
    assert np.allclose(5 * seen[-1], as_mnist(drawn(STROKES[7])))  # the example, until something is drawn
    row.children[1].click()
    assert np.allclose(5 * seen[-1], as_mnist(drawn(STROKES[2])))  # another digit; the slider stays
    ink.value = "0" * INK**2
    times.value = 6
    assert len(seen) == 3 and drawing.NOTHING_DRAWN in picture.value  # nothing to change


def test_without_widgets_the_still_picture_has_the_sliders_at_their_start(monkeypatch):
    seen = []

    def read(image):
        seen.append(image)
        return np.eye(10)[4]

    monkeypatch.setattr("IPython.display.display", seen.append)
    drawing.draw_digit(read, 5, lambda image, times: image / times, times=(1, 9, 1, 4))
    image, picture = seen
    assert np.allclose(4 * image, as_mnist(drawn(STROKES[5]))) and "says 4" in picture.alt
