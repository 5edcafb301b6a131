"""Losses against Keras, their gradients against finite differences, and the traps they must not fall into."""

import numpy as np
import pytest

from course_utils import nn

N, K = 6, 4


def labels_and_predictions(name, from_logits, rng, shape=(N,)):
    scores = rng.uniform(-2, 2, (*shape, K))
    if name == "sparse_categorical_crossentropy":
        y = rng.integers(0, K, shape)
    elif name == "categorical_crossentropy":
        y = nn.softmax(rng.normal(size=(*shape, K)))
    else:
        y = rng.integers(0, 2, (*shape, K)).astype(float)
    if from_logits or name == "mean_squared_error":
        return y, scores
    return y, nn.sigmoid(scores) if name == "binary_crossentropy" else nn.softmax(scores)


CASES = [
    ("mean_squared_error", {}),
    *[
        (name, {"from_logits": from_logits})
        for name in ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"]
        for from_logits in (True, False)
    ],
]
every_loss = pytest.mark.parametrize(("name", "how"), CASES)
THEIRS = {
    "mean_squared_error": "MeanSquaredError",
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
}


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@every_loss
@pytest.mark.parametrize("shape", [(N,), (1,), (2, 3)])
def test_value_agrees_with_keras(name, how, shape, rng):
    import keras

    y, p = labels_and_predictions(name, how.get("from_logits"), rng, shape)
    theirs = float(getattr(keras.losses, THEIRS[name])(**how, dtype="float64")(y, p))
    assert nn.LOSSES[name].value(y, p, **how) == pytest.approx(theirs, rel=1e-6)


@every_loss
@pytest.mark.parametrize("shape", [(N,), (1,), (2, 3)])
def test_gradient_agrees_with_finite_differences(name, how, shape, rng):
    y, p = labels_and_predictions(name, how.get("from_logits"), rng, shape)
    loss = nn.LOSSES[name]
    gradient = loss.gradient(y, p, **how)
    assert nn.gradient_error(lambda p: loss.value(y, p, **how), p, gradient) < 1e-7
    wrong = 1.001 * gradient
    assert nn.gradient_error(lambda p: loss.value(y, p, **how), p, wrong) > 1e-4


@every_loss
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_float_type_and_inputs_are_kept(name, how, dtype, rng):
    y, p = labels_and_predictions(name, how.get("from_logits"), rng)
    p = p.astype(dtype)
    y_before, p_before = y.copy(), p.copy()
    assert isinstance(nn.LOSSES[name].value(y, p, **how), float)
    assert nn.LOSSES[name].gradient(y, p, **how).dtype == dtype
    assert np.array_equal(y, y_before)
    assert np.array_equal(p, p_before)


@pytest.mark.parametrize("name", ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_probabilities_and_logits_give_the_same_loss(name, rng):
    y, z = labels_and_predictions(name, True, rng)
    p = nn.sigmoid(z) if name == "binary_crossentropy" else nn.softmax(z)
    assert nn.LOSSES[name].value(y, p) == pytest.approx(nn.LOSSES[name].value(y, z, from_logits=True), rel=1e-9)


def test_loss_of_logits_is_exact_where_a_small_number_inside_the_log_is_not(rng):
    z, y = 9 * rng.normal(size=(200, 10)), rng.integers(0, 10, 200)
    from scipy.special import log_softmax

    exact = -log_softmax(z, axis=-1)[np.arange(200), y].mean()
    assert nn.sparse_categorical_crossentropy(y, z, from_logits=True) == pytest.approx(exact, rel=1e-12)
    textbook = -np.log(nn.softmax(z)[np.arange(200), y] + 1e-7).mean()
    assert abs(textbook / exact - 1) > 1e-3  # the trap is real


@pytest.mark.parametrize("name", ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_sure_and_wrong_gives_finite_numbers(name):
    z = np.array([[1000.0, -1000.0]])
    y = np.array([1]) if name.startswith("sparse") else np.array([[0.0, 1.0]])
    p = nn.sigmoid(z) if name.startswith("binary") else nn.softmax(z)
    loss = nn.LOSSES[name]
    assert loss.value(y, z, from_logits=True) == pytest.approx(1000 if name.startswith("binary") else 2000)
    assert np.abs(loss.gradient(y, z, from_logits=True)).max() == pytest.approx(0.5 if name.startswith("binary") else 1)
    assert loss.value(y, p) == pytest.approx(-np.log(1e-7), rel=1e-6)
    assert np.isfinite(loss.gradient(y, p)).all()


@pytest.mark.parametrize("name", ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_where_a_probability_is_clipped_the_loss_is_flat_as_in_keras(name):
    p = np.array([[1e-9, 1.0]])
    y = np.array([0]) if name.startswith("sparse") else np.array([[1.0, 0.0]])
    assert (nn.LOSSES[name].gradient(y, p) == 0).all()


def test_softmax_crossentropy_in_blocks_is_the_same_as_in_one(rng):
    z, y = rng.normal(size=(300, 1000)), rng.integers(0, 1000, 300)  # 65 rows to a block
    loss, dz = nn.softmax_crossentropy(y, z)
    assert loss == pytest.approx(nn.categorical_crossentropy(nn.one_hot(y, 1000), z, from_logits=True), rel=1e-12)
    assert np.allclose(dz, (nn.softmax(z) - nn.one_hot(y, 1000)) / 300, atol=1e-16)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nn.mean_squared_error(np.zeros(3), np.zeros((3, 1))), "reshape"),
        (lambda: nn.binary_crossentropy(np.zeros(3), np.zeros((3, 1))), "reshape"),
        (lambda: nn.categorical_crossentropy(np.zeros(3), np.zeros((3, 4))), "reshape"),
        (lambda: nn.sparse_categorical_crossentropy(np.zeros((3, 4)), np.ones((3, 4))), "one class number"),
        (lambda: nn.sparse_categorical_crossentropy([4], np.ones((1, 4))), "from 0 to 3"),
        (lambda: nn.sparse_categorical_crossentropy([-1], np.ones((1, 4))), "from 0 to 3"),
        (lambda: nn.sparse_categorical_crossentropy([0.5], np.ones((1, 4))), "whole numbers"),
        (lambda: nn.one_hot([3], 3), "from 0 to 2"),
        (lambda: nn.get_loss("hinge"), "Choose one of"),
    ],
)
def test_wrong_arguments_are_a_clear_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()
