"""What lesson 06 promises beyond the table: its figures, and how far measured gradients are off."""

import numpy as np
import pytest

from course_utils import lessons
from course_utils.lessons.lesson_06_backprop.common import _LABELS, _X, network_gradients, network_params

lesson = lessons.load("06_backprop")


def test_the_worked_figures_of_the_lesson():
    scores = np.array([[0.0, np.log(3)], [0.0, np.log(3)]])
    loss, dz = lesson["softmax-loss"].reference(scores, np.array([0, 1]))
    assert loss == pytest.approx(0.837, abs=5e-4)
    assert dz == pytest.approx(np.array([[-0.375, 0.375], [0.125, -0.125]]))
    assert lesson["sigmoid-backward"].reference(-4, 0.25) == -0.75


@pytest.mark.parametrize("copies", [1, 2])
def test_a_second_identical_example_changes_only_dx(copies):
    x, dz = np.tile([1.0, 2.0], (copies, 1)), np.tile([3.0, -1.0], (copies, 1)) / copies
    dx, dW, db = lesson["dense-backward"].reference(dz, x, np.array([[1.0, 2.0], [0.0, 5.0]]))
    assert (dW.tolist(), db.tolist()) == ([[3, -1], [6, -2]], [3, -1])
    assert dx == pytest.approx(np.tile([1.0, -5.0], (copies, 1)) / copies)


def loss(params, kind):
    """The loss of the lesson's small network, computed in one float type."""
    h = np.tanh(_X.astype(kind) @ params["W1"] + params["b1"])
    z = h @ params["W2"] + params["b2"]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.mean(log_p[np.arange(6), _LABELS]))


def relative_errors(kind=np.float64, both_sides=True):
    """The relative errors of right gradients, measured with h = 1e-5: one for each array of ten networks."""
    errors, h = [], kind(1e-5)
    for seed in range(10):
        right = network_params(np.random.default_rng(seed))
        params = {name: value.astype(kind) for name, value in right.items()}
        for name, claimed in network_gradients(right).items():
            measured = np.zeros(claimed.shape)
            for place in np.ndindex(claimed.shape):
                up, down = params[name].copy(), params[name].copy()
                up[place] += h
                down[place] -= both_sides * h
                rise = loss({**params, name: up}, kind) - loss({**params, name: down}, kind)
                measured[place] = rise / ((1 + both_sides) * 1e-5)
            errors.append(np.abs(measured - claimed).max() / max(np.abs(measured).max(), np.abs(claimed).max()))
    return np.array(errors)


def test_how_far_a_right_gradient_seems_off():
    assert relative_errors().max() < 1e-7
    one_sided = relative_errors(both_sides=False)
    assert 1e-6 < np.median(one_sided) < 1e-5 and one_sided.max() < 1e-4
    assert 3e-3 < np.median(relative_errors(np.float32)) < 1e-1
