"""What the contract does not ask of these layers: the textbook step, masks, and several inputs."""

import numpy as np
import pytest

from course_utils import nn


@pytest.fixture
def rng():
    return np.random.default_rng(11)


@pytest.mark.parametrize("return_sequences", [False, True])
@pytest.mark.parametrize("name", ["SimpleRNN", "LSTM"])
def test_layer_is_its_textbook_step_repeated(name, return_sequences, rng):
    layer = getattr(nn, name)(4, return_sequences=return_sequences)
    x = rng.normal(size=(3, 6, 5))
    layer.build(x.shape, "float64")
    layer.params["bias"][...] = rng.normal(size=layer.params["bias"].shape)
    weights = layer.get_weights()
    h = c = np.zeros((3, 4))
    states = []
    for t in range(6):
        if name == "LSTM":
            h, c = nn.lstm_step(x[:, t], h, c, *weights)
        else:
            h = nn.simple_rnn_step(x[:, t], h, *weights)
        states.append(h)
    expected = np.stack(states, axis=1) if return_sequences else h
    assert np.allclose(layer(x), expected, rtol=1e-12, atol=1e-12)


def test_a_new_lstm_remembers():
    layer = nn.LSTM(3)
    layer.build((1, 1, 2))
    i, f, g, o = layer.params["bias"].reshape(4, 3)
    assert (f == 1).all()
    assert not np.any([i, g, o])


MASKS = {
    "none": None,
    "causal": nn.causal_mask(4, 6),
    "one for all": np.arange(6) < 3,
    "one per sample": np.arange(6) < np.array([2, 6, 1])[:, None, None],
}
BLIND = np.arange(4)[:, None] * np.ones(6) > 0  # the first query may look at nothing; Keras answers otherwise


@pytest.mark.parametrize("mask", [*MASKS.values(), BLIND], ids=[*MASKS, "blind"])
def test_attention_with_masks(mask, rng):
    query, key, value = rng.normal(size=(3, 4, 5)), rng.normal(size=(3, 6, 5)), rng.normal(size=(3, 6, 2))
    y, weights = nn.attention(query, key, value, mask)
    allowed = np.broadcast_to(True if mask is None else mask, weights.shape)
    assert (weights[~allowed] == 0).all()
    assert np.allclose(weights.sum(axis=-1), allowed.any(axis=-1))
    dy = rng.normal(size=y.shape)
    grads = nn.attention_backward(dy, query, key, value, weights)
    arguments = [query, key, value]
    for i, gradient in enumerate(grads):

        def loss(a, i=i):
            return (nn.attention(*arguments[:i], a, *arguments[i + 1 :], mask)[0] * dy).sum()

        assert nn.gradient_error(loss, arguments[i], gradient) < 1e-7


def both_attentions(rng, causal=False, **shapes):
    import keras

    ours = nn.MultiHeadAttention(2, 3, value_dim=4, causal=causal)
    theirs = keras.layers.MultiHeadAttention(2, 3, value_dim=4, dtype="float64")
    inputs = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    shapes_of = {f"{name}_shape": x.shape for name, x in inputs.items()}
    theirs.build(shapes_of["query_shape"], shapes_of["value_shape"], shapes_of.get("key_shape"))
    ours.build(inputs["query"].shape, "float64", inputs["value"].shape, shapes_of.get("key_shape"))
    ours.set_weights([rng.normal(size=w.shape) for w in ours.get_weights()])
    theirs.set_weights(ours.get_weights())
    return ours, theirs, inputs


@pytest.mark.parametrize("mask", MASKS.values(), ids=MASKS)
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("with_key", [False, True])
def test_cross_attention_agrees_with_keras(mask, causal, with_key, rng):
    import tensorflow as tf

    shapes = {"query": (3, 4, 5), "value": (3, 6, 7)} | ({"key": (3, 6, 2)} if with_key else {})
    ours, theirs, inputs = both_attentions(rng, causal, **shapes)
    tensors = {name: tf.constant(x) for name, x in inputs.items()}
    full = None if mask is None else np.broadcast_to(mask, (3, 4, 6))
    with tf.GradientTape() as tape:
        tape.watch(list(tensors.values()))
        their_y = theirs(**tensors, attention_mask=full, use_causal_mask=causal)
        loss = tf.reduce_sum(their_y**2) / 2
    y = ours(inputs["query"], value=inputs["value"], key=inputs.get("key"), mask=mask)
    assert np.allclose(y, their_y, atol=1e-6)
    grads = ours.backward(y)
    their_grads = tape.gradient(loss, [*tensors.values(), *theirs.trainable_variables])
    for a, b in zip([*grads, *ours.gradients()], their_grads, strict=True):
        assert np.allclose(a, b, atol=1e-5 * (1 + np.abs(b).max()))


def test_causal_attention_does_not_see_the_future(rng):
    layer = nn.MultiHeadAttention(2, 3, causal=True, seed=0)
    x = rng.normal(size=(1, 5, 4))
    y = layer(x)
    x[:, 3:] = 0
    assert np.allclose(layer(x)[:, :3], y[:, :3])
    assert not np.allclose(layer(x)[:, 3:], y[:, 3:])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"key": np.zeros((2, 6, 3))}, "without a value"),
        ({"value": np.zeros((1, 6, 3))}, "batch"),
        ({"value": np.zeros((2, 6, 3)), "key": np.zeros((2, 5, 3))}, "length"),
        ({"value": np.zeros((6, 3))}, r"shape \(N, T, D\)"),
        ({"mask": np.ones((2, 3, 3), bool)}, "mask of shape"),
    ],
)
def test_attention_inputs_that_do_not_fit(arguments, message):
    with pytest.raises(ValueError, match=message):
        nn.MultiHeadAttention(2, 3)(np.zeros((2, 4, 5)), **arguments)
