"""Every layer through the same contract. The table is in layer_cases.py."""

import numpy as np
import pytest

from course_utils import nn

from .layer_cases import CASES

every_layer = pytest.mark.parametrize("case", CASES, ids=str)
RIGHT = 1e-7  # a right gradient's relative error against finite differences, in float64
PLANTED = 1.001


def drawn_at_random(case):
    return {"kernel", "query_kernel", "embeddings"} & set(case.ours(np.random.default_rng(0)).params)


@pytest.fixture
def rng():
    return np.random.default_rng(20240607)


def keras_gradients(case, ours, x, dy, dtype):
    """y, dx (None for words) and the gradients of the weights, by Keras and tf.GradientTape."""
    import keras
    import tensorflow as tf

    layer = getattr(keras.layers, case.name)(**case.settings, dtype=dtype)
    inputs = tf.constant(x)
    attention = case.name == "MultiHeadAttention"
    layer.build(x.shape, x.shape) if attention else layer.build(x.shape)
    layer.set_weights(ours.get_weights())
    with tf.GradientTape() as tape:
        if not case.words:
            tape.watch(inputs)
        y = layer(inputs, inputs) if attention else layer(inputs, training=case.training)
        loss = tf.reduce_sum(y * dy)
    dx, dweights = tape.gradient(loss, [inputs, list(layer.trainable_variables)])
    dweights = [np.array(tf.convert_to_tensor(d)) for d in dweights]  # an embedding's come as slices
    return np.array(y), None if case.words else np.array(dx), dweights, layer.get_weights()


@every_layer
def test_promised_shape_is_the_shape_that_comes(case, rng):
    layer, x = case.ours(rng), case.x(rng)
    y = layer(x, training=case.training)
    assert layer.compute_output_shape(x.shape) == y.shape
    assert layer.compute_output_shape((None, *x.shape[1:])) == (None, *y.shape[1:])
    dx = layer.backward(np.ones(y.shape))
    assert dx is None if case.words else dx.shape == x.shape
    assert [g.shape for g in layer.gradients()] == [v.shape for v in layer.variables()]


@every_layer
def test_gradients_agree_with_finite_differences(case, rng):
    errors = nn.layer_gradient_errors(case.ours(rng), case.x(rng), rng, case.training)
    assert ("dx" in errors) != case.words
    assert max(errors.values(), default=0) < RIGHT, errors


@every_layer
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-7), ("float32", 1e-4)])
def test_forward_and_backward_agree_with_keras(case, dtype, tolerance, rng):
    layer, x = case.ours(rng, dtype), case.x(rng, dtype=dtype)
    if case.words:
        x = x.astype("int32")
    dy = rng.normal(size=layer.compute_output_shape(x.shape)).astype(dtype)
    their_y, their_dx, their_grads, their_weights = keras_gradients(case, layer, x, dy, dtype)
    y = layer(x, training=case.training)
    assert nn.relative_error(y, their_y) < tolerance
    dx = layer.backward(dy)
    if not case.words:
        assert nn.relative_error(dx, their_dx) < tolerance
    for name, ours, theirs in zip(layer.grads, layer.gradients(), their_grads, strict=True):
        assert nn.relative_error(ours, theirs, floor=0.1) < tolerance, name  # the key bias's is 0
    for ours, theirs in zip(layer.get_weights(), their_weights, strict=True):  # moving averages, after training
        assert nn.relative_error(ours, theirs) < tolerance


@every_layer
def test_nothing_that_is_given_changes(case, rng):
    layer, x = case.ours(rng), case.x(rng)
    x_before, weights_before = x.copy(), [v.copy() for v in layer.variables()]
    y = layer(x, training=case.training)
    y_before = y.copy()
    dy = rng.normal(size=y.shape)
    dy_before = dy.copy()
    layer.backward(dy)
    assert np.array_equal(x, x_before)
    assert np.array_equal(dy, dy_before)
    assert np.array_equal(y, y_before)
    assert all(np.array_equal(a, b) for a, b in zip(layer.variables(), weights_before, strict=True))


@every_layer
def test_backward_twice_gives_the_same_gradients_twice(case, rng):
    layer, x = case.ours(rng), case.x(rng)
    dy = rng.normal(size=layer(x, training=case.training).shape)
    first = [layer.backward(dy), *(g.copy() for g in layer.gradients())]
    second = [layer.backward(dy), *layer.gradients()]
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@every_layer
def test_batch_of_one_gives_what_the_sample_gets_in_a_batch(case, rng):
    layer, x = case.ours(rng), case.x(rng)
    y = layer(x)
    for i in range(len(x)):
        assert np.allclose(layer(x[i : i + 1])[0], y[i], rtol=1e-12, atol=1e-12)
    dx = layer.backward(np.ones_like(y[:1]))
    assert dx is None if case.words else dx.shape == x[:1].shape


@every_layer
def test_batch_of_one_can_train(case, rng):
    layer, x = case.ours(rng), case.x(rng, n=1)
    layer.backward(np.ones_like(layer(x, training=True)))
    assert all(np.isfinite(g).all() for g in layer.gradients())


@every_layer
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_float_type_is_kept(case, dtype, rng):
    layer, x = case.ours(rng, dtype), case.x(rng, dtype=dtype)
    y = layer(x, training=case.training)
    dx = layer.backward(np.ones_like(y))
    arrays = [y, *layer.variables(), *layer.gradients(), *layer.state.values(), *([] if case.words else [dx])]
    assert {a.dtype.name for a in arrays} == {dtype}


@pytest.mark.parametrize(
    ("case", "shape", "built"),
    [
        pytest.param(case, shape, built, id=f"{case}{shape}")
        for case in CASES
        for built, shapes in [(False, case.bad_shapes), (True, case.bad_later)]
        for shape in shapes
    ],
)
def test_wrong_shape_is_a_clear_error(case, shape, built, rng):
    layer = case.ours(rng) if built else getattr(nn, case.name)(**case.settings)
    x = np.zeros(shape, int if case.words else float)
    with pytest.raises(ValueError, match=case.name) as error:
        layer(x)
    assert case.words or str(shape) in str(error.value)


@every_layer
def test_wrong_gradient_shape_is_a_clear_error(case, rng):
    layer = case.ours(rng)
    with pytest.raises(ValueError, match="call the layer on x before"):
        layer.backward(np.zeros(1))
    y = layer(case.x(rng))
    with pytest.raises(ValueError, match="dy has shape"):
        layer.backward(np.ones((*y.shape, 1)))


@every_layer
def test_gradient_wrong_by_a_thousandth_is_rejected(case, rng):
    """The test of the test: plant an error of 0.1 % in each gradient in turn, whole and in one element."""
    for whole in (True, False):
        for place in ["dx", *case.ours(rng).params]:
            if place == "dx" and case.words:
                continue
            layer = case.ours(rng)
            plant(layer, place, whole)
            errors = nn.layer_gradient_errors(layer, case.x(rng), rng, case.training)
            if place == "key_bias":
                continue  # its gradient is 0, of which 0.1 % is 0
            assert errors[place] > 100 * RIGHT, (place, whole)


def plant(layer, place, whole):
    right = layer._backward

    def wrong(dy):
        dx = right(dy)
        gradient = np.array(dx) if place == "dx" else layer.grads[place]
        chosen = ... if whole else np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
        gradient[chosen] *= PLANTED
        return gradient if place == "dx" else dx

    layer._backward = wrong


def test_every_layer_of_the_library_is_in_the_table():
    layers = {
        name for name in nn.__all__ if isinstance(getattr(nn, name), type) and issubclass(getattr(nn, name), nn.Layer)
    }
    assert layers - {"Layer", "Chain", "Residual", "Sequential"} == {case.name for case in CASES}


@pytest.mark.parametrize("case", [case for case in CASES if drawn_at_random(case)], ids=str)
def test_same_seed_same_weights(case):
    weights = []
    for seed in (1, 1, 2):
        layer = getattr(nn, case.name)(**case.settings, seed=seed)
        layer.build(case.shape)
        weights.append(np.concatenate([w.ravel() for w in layer.get_weights()]))
    assert np.array_equal(weights[0], weights[1])
    assert not np.array_equal(weights[0], weights[2])


def test_weights_are_copies_and_must_fit():
    layer = nn.Dense(2)
    with pytest.raises(ValueError, match="not built yet"):
        layer.set_weights([np.zeros((3, 2)), np.zeros(2)])
    layer.build((None, 3))
    layer.get_weights()[0][...] = 7
    assert not (layer.params["kernel"] == 7).any()
    with pytest.raises(ValueError, match=r"kernel has shape \(3, 2\)"):
        layer.set_weights([np.zeros((2, 3)), np.zeros(2)])
    layer.set_weights([np.ones((3, 2)), np.zeros(2)])
    assert layer.count_params() == 8
    assert layer([[1, 2, 3]]).tolist() == [[6, 6]]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: nn.Dense(0), "at least one unit"),
        (lambda: nn.LSTM(0), "at least one unit"),
        (lambda: nn.SimpleRNN(-1), "at least one unit"),
        (lambda: nn.Conv2D(0, 3), "at least one filter"),
        (lambda: nn.Conv2D(4, (3, 3, 3)), "kernel_size"),
        (lambda: nn.Conv2D(4, 3, strides=0), "strides"),
        (lambda: nn.Conv2D(4, 3, padding="full"), "padding"),
        (lambda: nn.MaxPooling2D(0), "pool_size"),
        (lambda: nn.Dropout(1.0), "rate"),
        (lambda: nn.Embedding(0, 4), "positive"),
        (lambda: nn.MultiHeadAttention(0, 4), "at least 1"),
        (lambda: nn.Dense(4, activation="swoosh"), "Choose one of"),
        (lambda: nn.Dense(4, kernel_initializer="swoosh")([[1.0]]), "Choose one of"),
        (lambda: nn.Embedding(4, 2)([[4]]), "from 0 to 3"),
        (lambda: nn.Embedding(4, 2)([[-1]]), "from 0 to 3"),
        (lambda: nn.Embedding(4, 2)([[0.5]]), "whole numbers"),
    ],
)
def test_wrong_setting_is_a_clear_error(make, message):
    with pytest.raises(ValueError, match=message):
        make()


class TestDropout:
    def test_drops_and_scales_when_training_only(self):
        layer, x = nn.Dropout(0.25, seed=0), np.ones((200, 100))
        assert np.array_equal(layer(x), x)
        y = layer(x, training=True)
        assert set(np.unique(y)) == {0, 1 / 0.75}
        assert abs((y == 0).mean() - 0.25) < 0.02  # six standard deviations
        assert not np.array_equal(layer(x, training=True), y)

    def test_gradient_goes_where_the_signal_went(self):
        layer = nn.Dropout(0.5, seed=0)
        y = layer(np.ones((20, 20)), training=True)
        assert np.array_equal(layer.backward(np.ones((20, 20))), y)
        layer(np.ones((20, 20)))
        assert np.array_equal(layer.backward(np.ones((20, 20))), np.ones((20, 20)))

    def test_gradient_check_meets_the_same_mask_each_time(self):
        rng = np.random.default_rng(0)
        assert nn.layer_gradient_errors(nn.Dropout(0.5), np.ones((4, 4)), rng, training=True)["dx"] < RIGHT


@pytest.mark.parametrize("case", [case for case in CASES if case.name == "Conv2D"], ids=str)
def test_convolution_needs_no_columns_made_before(case, rng):
    layer, x = case.ours(rng), case.x(rng)
    y = layer(x)
    dx = layer.backward(y)
    kernel, bias = layer.params["kernel"], layer.params.get("bias", 0.0)
    how = layer.strides, layer.padding
    z = nn.conv2d(x, kernel, bias, *how)
    assert np.allclose(nn.get_activation(layer.activation)(z), y)
    dz = nn.activation_backward(layer.activation, y, z, y)
    found = nn.conv2d_backward(dz, x, kernel, *how)
    assert np.allclose(found[0], dx)
    assert np.allclose(found[1], layer.grads["kernel"])


def test_channels_that_do_not_fit_are_an_error_even_where_the_sizes_would_multiply_out():
    with pytest.raises(ValueError, match="matmul"):
        nn.conv2d(np.zeros((1, 5, 5, 2)), np.zeros((3, 3, 1, 4)))


def test_max_pooling_sends_a_tie_to_the_first():
    layer = nn.MaxPooling2D(2)
    layer(np.ones((1, 2, 2, 1)))
    assert layer.backward(np.ones((1, 1, 1, 1))).ravel().tolist() == [1, 0, 0, 0]


def test_layers_do_not_ask_for_dx_when_nobody_needs_it():
    for layer, x in [(nn.Dense(3), np.ones((2, 4))), (nn.Conv2D(3, 2), np.ones((2, 4, 4, 1)))]:
        y = layer(x)
        layer.backward(np.ones_like(y))
        grads = [g.copy() for g in layer.gradients()]
        layer.needs_dx = False
        assert layer.backward(np.ones_like(y)) is None
        assert all(np.array_equal(a, b) for a, b in zip(grads, layer.gradients(), strict=True))
