"""What lesson 03 promises beyond the table: worked figures, pictures, and what XOR says about a broken network."""

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check
from course_utils.lessons.lesson_03_layers.fold import CORNERS, YES, folded, folding
from course_utils.lessons.lesson_03_layers.shape_flow import shape_flow
from course_utils.notebook.panel import as_html, as_text

lesson = lessons.load("03_layers")


def test_the_worked_figures_of_the_lesson():
    dense = lesson["dense"].reference
    x, W, b = lesson["dense"].draw(0)[0].args
    assert dense(x, W, b).tolist() == [[7.5, 1.0, 0.0], [3.5, 0.0, -1.0]]
    assert lesson["forward"].reference(*lesson["forward"].draw(0)[0].args).tolist() == [[-4.0]]
    W, b = lesson["collapse"].reference([
        (np.array([[2.0]]), np.array([1.0])),
        (np.array([[3.0]]), np.array([-1.0])),
        (np.array([[2.0]]), np.array([5.0])),
    ])
    assert (W.item(), b.item()) == (12.0, 9.0)


def test_the_table_of_shapes_is_that_of_a_real_network():
    right = lesson["shapes"].values
    network = nn.Sequential([nn.Dense(128, "relu"), nn.Dense(64, "relu"), nn.Dense(10)])
    y = network(np.zeros(right["x_shape"]))
    first, second, third = network.layers
    assert (first.params["kernel"].shape, first.params["bias"].shape) == (right["W1_shape"], right["b1_shape"])
    assert (second.params["kernel"].shape, second.params["bias"].shape) == (right["W2_shape"], right["b2_shape"])
    assert (first.y.shape, y.shape) == (right["h1_shape"], right["y_shape"])
    counts = [sum(p.size for p in layer.params.values()) for layer in (first, second, third)]
    assert [*counts, sum(counts)] == [right[f"parameters_{part}"] for part in (1, 2, 3, "total")]


def test_a_list_of_layers_is_shown_as_its_numbers():
    result = check(lesson["forward"], {"forward": lambda x, layers: x}, [0])
    shown = "[([[1.0, -2.0], [1.0, 1.0]], [0.0, -1.0]), ([[2.0], [5.0]], [-10.0])]"
    assert shown in as_text(result) and shown in as_html(result)


OK = (np.ones((2, 2)), np.zeros(2))
BROKEN = {
    "no list": (3.0, "a list of layers"),
    "an empty list": ([], "a list of layers"),
    "no pair": ([(np.ones((2, 1)), np.zeros(1), 0)], "layer 1 should be a pair"),
    "words": ([("W", "b")], "table of numbers"),
    "numbers as texts": ([([["1", "1"], ["1", "1"]], ["0", "-1"]), ([["1"], ["-2"]], ["-0.5"])], "table of numbers"),
    "one number as a text": ([([[1, 1], [1, 1]], [0, -1]), ([[1], [-2]], ["-0.5"])], "table of numbers"),
    "ragged": ([([[1, 2], [3]], [0])], "table of numbers"),
    "W for three inputs": ([(np.ones((3, 1)), np.zeros(1))], "layer 1: 2 numbers come in"),
    "second W does not fit": ([OK, (np.ones((3, 1)), np.zeros(1))], "layer 2: 2 numbers come in"),
    "b is a number": ([(np.ones((2, 1)), 0.0)], "b needs the shape (1,)"),
    "b stands upright": ([(np.ones((2, 2)), np.zeros((2, 1)))], "b needs the shape (2,)"),
    "two scores": ([OK], "one score, but gives 2"),
    "not finite": ([OK, (np.array([[np.inf], [0]]), np.zeros(1))], "not finite"),
}


@pytest.mark.parametrize("answer, told", BROKEN.values(), ids=BROKEN)
def test_xor_says_what_is_wrong_with_a_network(answer, told):
    result = check(lesson["xor-layers"], {"xor_layers": answer}, [0])
    assert (result.points, result.mistake) == (0, None) and told in result.message


def test_an_input_that_only_it_changes_is_named():
    """What is right in value gets the hint of no mistake that changes something else."""

    def longer(x, layers):
        for W, b in layers[:-1]:
            x = np.maximum(0, x @ W + b)
        W, b = layers[-1]
        layers.append(layers[-1])
        return x @ W + b

    result = check(lesson["forward"], {"forward": longer}, [0])
    assert result.mistake is None and "`layers (2 items became 3)`" in result.message


def test_xor_shows_the_score_of_an_unknown_mistake():
    network = [(np.eye(2), np.zeros(2)), (np.array([[1.0], [-1.0]]), np.array([0.5]))]
    result = check(lesson["xor-layers"], {"xor_layers": network}, [0])
    assert result.mistake is None and "the score is 0.5, and it should not be above 0" in result.message


@pytest.mark.parametrize("fold, enough", [(0, False), (0.45, False), (0.5, False), (0.55, True), (1, True)])
def test_the_fold_allows_one_cut_beyond_one_half(fold, enough):
    sums = folded(CORNERS, fold).sum(axis=1)
    assert (sums[~YES].max() < sums[YES].min() - 1e-9) == enough
    _, text = folding(fold)
    assert ("now parts" in text) == enough


def test_the_shape_flow_shows_what_the_layer_computes():
    asked = []

    def spy(x, W, b):
        asked.append((x.shape, W.shape, b.shape))
        return x @ W + b

    figure, text = shape_flow(5, 3, dense=spy)
    assert asked == [((5, 3), (3, 3), (3,)), ((5, 3), (3, 2), (2,))]
    assert "y of shape (5, 2)" in text
    shown = [t.get_text() for t in figure.axes[0].texts]
    assert "(5, 3)" in shown and "(2,)" in shown


def test_a_longer_batch_leaves_the_weights_of_the_picture_alone():
    def first_weights(batch, hidden):
        used = []
        shape_flow(batch, hidden, dense=lambda x, W, b: used.append((W, b)) or x @ W + b)
        return used[0]

    (W, b), (same_W, same_b), (more_W, more_b) = first_weights(1, 3), first_weights(5, 3), first_weights(2, 5)
    assert np.array_equal(W, same_W) and np.array_equal(b, same_b)
    assert np.array_equal(W, more_W[:, :3]) and np.array_equal(b, more_b[:3])
