"""What lesson 02 promises beyond the table: its worked figures, and answers that its text allows or rules out."""

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check

lesson = lessons.load("02_activations")


def test_the_worked_figures_of_the_lesson():
    assert nn.sigmoid(np.array([0.0, 5.0, -5.0])).round(4).tolist() == [0.5, 0.9933, 0.0067]
    assert nn.softmax(np.array([2.0, 1.0, 0.1])).round(2).tolist() == [0.66, 0.24, 0.10]
    W, b = lesson["merge-layers"].reference(*(np.array(a) for a in ([[2.0]], [1.0], [[3.0]], [-1.0])))
    assert (W.item(), b.item(), 5 * W.item() + b.item()) == (6, 2, 32)


@pytest.mark.parametrize("at, right, left, rise", [(0, 0.5250, 0.4750, 0.0500), (5, 0.9939, 0.9926, 0.0013)])
def test_the_slope_measured_with_two_points_is_that_of_the_formula(at, right, left, rise):
    points = nn.sigmoid(np.array([at + 0.1, at - 0.1]))
    assert points.round(4).tolist() == [right, left]
    assert round(points[0] - points[1], 4) == rise
    assert (points[0] - points[1]) / 0.2 == pytest.approx(nn.sigmoid_derivative(at), rel=2e-3)


def test_what_ten_slopes_leave():
    assert 0.9e-6 < 0.25**10 < 1e-6
    assert (4 * 0.25) ** 10 == 1


def softmax_shifted_by(shift):
    def answer(z):
        e = np.exp(z - shift(z))
        return e / e.sum(axis=-1, keepdims=True)

    return answer


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "shift",
    [
        lambda z: z.min(axis=-1, keepdims=True),
        lambda z: z.mean(axis=-1, keepdims=True),
        lambda z: np.median(z, axis=-1, keepdims=True),
        lambda z: z[..., :1],
        lambda z: z[..., -1:],
        lambda z: np.max(z),
        lambda z: np.max(z, axis=0, keepdims=True),
        lambda z: np.abs(z).max(axis=-1, keepdims=True),
        lambda z: 700.0,
    ],
)
def test_a_softmax_with_another_shift_breaks_somewhere(shift, seed):
    assert check(lesson["softmax"], {"softmax": softmax_shifted_by(shift)}, [seed]).points < 3


@pytest.mark.parametrize("seed", range(20))
def test_luck_decides_nothing(seed):
    """Wrong answers that only some numbers bring to light are wrong on every seed."""

    def vectorized(x):
        return np.vectorize(lambda value: max(0, value))(x)

    def flat_beyond_five(x):
        s = nn.sigmoid(x)
        return np.where(np.abs(x) > 5, 0.0, s * (1 - s))

    def at_most_six(x):
        return np.clip(x, 0, 6)

    assert check(lesson["relu"], {"relu": vectorized}, [seed]).mistake == "kind-of-the-first"
    assert check(lesson["relu"], {"relu": at_most_six}, [seed]).mistake == "cut-above"
    assert check(lesson["sigmoid-slope"], {"sigmoid_slope": flat_beyond_five}, [seed]).mistake == "flat-beyond-five"


def test_two_mistakes_of_softmax_are_both_told():
    def answer(z):
        e = np.exp(z)
        return e / e.sum()

    result = check(lesson["softmax"], {"softmax": answer}, [0])
    assert result.mistake == "no-shift + summed-over-the-batch"


def test_a_rounded_answer_is_told_its_places():
    result = check(lesson["relu"], {"relu": lambda x: np.maximum(0, x).round(1)}, [0])
    assert result.message.endswith("The numbers are rounded to one place.")


@pytest.mark.parametrize("kind, word", [(str, "texts"), (bytes, "bytes"), (object, "Python objects")])
def test_an_array_of_something_else_is_told(kind, word):
    result = check(lesson["relu"], {"relu": lambda x: np.maximum(0, x).astype(kind)}, [0])
    assert (result.points, result.mistake) == (0, None)
    assert result.message.startswith(
        f"In the case “five, minus three and zero”: it should be an array of numbers, but is an array of {word}."
    )
