"""What lesson 04 promises beyond the table: its figures, and that repairs inside a log are named in every form."""

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check

lesson = lessons.load("04_losses")


def test_the_worked_figures_of_the_lesson():
    assert nn.mean_squared_error([3, 5, 4, 7], [2, 8, 4.5, 6]) == 2.8125
    assert lesson["binary-crossentropy"].reference([1.0, 0.0], [0.0, np.log(3)]) == pytest.approx(1.040, abs=5e-4)
    sparse = lesson["sparse-crossentropy"].reference
    assert sparse([0], [[2.0, 1.0, 0.1]]) == pytest.approx(0.417, abs=5e-4)
    assert sparse([2], [[2.0, 1.0, 0.1]]) == pytest.approx(2.317, abs=5e-4)
    assert lesson["mean-surprise"].reference(np.array([1, 0]), np.array([0.5, 0.75])) == pytest.approx(1.040, abs=5e-4)
    assert -np.log(0.0986) == pytest.approx(2.317, abs=5e-4)
    assert -(0.7 * np.log(0.7) + 0.3 * np.log(0.3)) == pytest.approx(0.611, abs=5e-4)  # the least for a soft label
    assert (np.log(1 + np.exp(-40)), np.log1p(np.exp(-40))) == (0, pytest.approx(4e-18, abs=5e-19))
    gradient = lesson["crossentropy-gradient"].reference(np.array([[0.0, 1, 0]]), np.array([[0, 0, np.log(2)]]))
    assert gradient == pytest.approx(np.array([[0.25, -0.75, 0.5]]))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def through(change):
    """Binary and sparse cross-entropy by way of probabilities p, with log p replaced by `change(p)`."""

    def binary(y, z):
        return np.mean(np.where(y == 1, -change(sigmoid(z)), -change(1 - sigmoid(z))))

    def sparse(labels, z):
        return -np.mean(change(nn.softmax(z)[np.arange(len(z)), labels]))

    return {"binary_crossentropy": binary, "sparse_crossentropy": sparse}


REPAIRS = {
    "plus 1e-7": (lambda p: np.log(p + 1e-7), "small-number-added"),
    "plus 1e-8": (lambda p: np.log(p + 1e-8), "small-number-added"),
    "plus 1e-12": (lambda p: np.log(p + 1e-12), "small-number-added"),
    "plus 1e-15": (lambda p: np.log(p + 1e-15), "small-number-added"),
    "clip at 1e-12": (lambda p: np.log(np.clip(p, 1e-12, 1)), "small-number-added"),
    "maximum": (lambda p: np.log(np.maximum(p, 1e-9)), "small-number-added"),
    "clip at 1e-7": (lambda p: np.log(np.clip(p, 1e-7, 1 - 1e-7)), "clipped"),
}


@pytest.mark.parametrize("exercise", ["binary-crossentropy", "sparse-crossentropy"])
@pytest.mark.parametrize("log, name", REPAIRS.values(), ids=REPAIRS)
def test_a_repair_inside_the_log_is_named(exercise, log, name):
    asked = lesson[exercise]
    result = check(asked, {asked.names[0]: through(log)[asked.names[0]]}, [0, 1, 2])
    assert (result.status, result.mistake) == ("partial", name), result


BREAKS = {
    ("binary-crossentropy", "through-probabilities"): through(np.log)["binary_crossentropy"],
    ("binary-crossentropy", "overflow"): lambda y, z: np.mean(np.log1p(np.exp(z)) - y * z),
    ("sparse-crossentropy", "log-of-softmax"): through(np.log)["sparse_crossentropy"],
    ("sparse-crossentropy", "no-shift"): lambda labels, z: np.mean(
        np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]
    ),
}


@pytest.mark.parametrize("exercise, name", BREAKS)
def test_a_loss_that_breaks_on_large_scores_is_named(exercise, name):
    asked = lesson[exercise]
    result = check(asked, {asked.names[0]: BREAKS[exercise, name]}, [0, 1, 2])
    assert (result.status, result.mistake) == ("partial", name), result


def test_an_unknown_wrong_loss_gets_no_name():
    asked = lesson["binary-crossentropy"]
    result = check(asked, {"binary_crossentropy": lambda y, z: 7.0}, [0])
    assert (result.points, result.mistake) == (0, None) and "differs" in result.message


def test_a_changed_input_is_named_and_no_repair_is_suspected():
    def binary_crossentropy(y, z):
        z[y == 1] *= -1
        return np.logaddexp(0, z).mean()

    result = check(lesson["binary-crossentropy"], {"binary_crossentropy": binary_crossentropy}, [0, 1])
    assert (result.status, result.mistake) == ("partial", None) and "changed its input `z`" in result.message


@pytest.mark.parametrize("places", [2, 3, 4])
def test_a_rounded_loss_is_not_taken_for_a_repaired_one(places):
    def sparse_crossentropy(labels, z):
        return round(float(np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels])), places)

    result = check(lesson["sparse-crossentropy"], {"sparse_crossentropy": sparse_crossentropy}, [0, 1])
    assert result.mistake is None and f"rounded to {places} places" in result.message
