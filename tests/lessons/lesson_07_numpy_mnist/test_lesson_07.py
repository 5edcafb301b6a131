"""What lesson 07 promises beyond the table: worked figures and the band."""

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check
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
