"""Weights move from Keras to ours and back; the predictions agree to 1e-4 in float32."""

import numpy as np
import pytest

from course_utils import nn

from .layer_cases import CASES


@pytest.fixture
def rng():
    return np.random.default_rng(17)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_layer_there_and_back(case, rng):
    ours = nn.Sequential([getattr(nn, case.name)(**case.settings)])
    ours.build(case.shape)
    ours.layers[0].set_weights(case.ours(rng).get_weights())
    x = case.x(rng, dtype="float32")
    theirs = nn.to_keras(ours)
    y = theirs.predict(x, verbose=0)
    assert np.allclose(ours.predict(x), y, atol=1e-4)
    back = nn.from_keras(theirs)
    assert np.allclose(back.predict(x), y, atol=1e-4)
    for a, b in zip(back.get_weights(), ours.get_weights(), strict=True):
        assert np.array_equal(a, b)


def trained(model, x, y, loss):
    model.compile("adam", loss)
    model.fit(x, y, epochs=2, verbose=0)
    return model


def images(rng):
    return rng.normal(size=(64, 12, 12, 1)).astype("float32"), rng.integers(0, 3, 64)


def words(rng):
    return rng.integers(0, 30, (64, 9)), rng.integers(0, 2, 64)


def test_a_trained_keras_cnn_runs_in_numpy(rng):
    import keras

    layers = keras.layers
    x, y = images(rng)
    model = keras.Sequential([
        keras.Input((12, 12, 1)),
        layers.Conv2D(8, 3, padding="same"),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, strides=2, activation="relu"),
        layers.AveragePooling2D(2),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(3, activation="softmax"),
    ])
    trained(model, x, y, "sparse_categorical_crossentropy")
    ours = nn.from_keras(model)
    assert np.allclose(ours.predict(x), model.predict(x, verbose=0), atol=1e-4)
    assert ours.count_params() == model.count_params()
    ours.compile("adam", "sparse_categorical_crossentropy")
    before = ours.evaluate(x, y)
    ours.fit(x, y, epochs=20, verbose=0)  # and it can be trained further
    assert ours.evaluate(x, y) < before


@pytest.mark.parametrize("recurrent", ["LSTM", "SimpleRNN"])
@pytest.mark.parametrize("length", [9, None])
def test_a_trained_keras_text_classifier_runs_in_numpy(recurrent, length, rng):
    import keras

    layers = keras.layers
    x, y = words(rng)
    model = keras.Sequential([
        keras.Input((length,)),
        layers.Embedding(30, 8),
        getattr(layers, recurrent)(6, return_sequences=True, dropout=0.2),
        getattr(layers, recurrent)(5),
        layers.Dense(1, activation="sigmoid"),
    ])
    trained(model, x, y, "binary_crossentropy")
    ours = nn.from_keras(model)
    assert np.allclose(ours.predict(x), model.predict(x, verbose=0), atol=1e-4)
    back = nn.to_keras(ours)
    assert np.allclose(back.predict(x, verbose=0), model.predict(x, verbose=0), atol=1e-4)


@pytest.mark.parametrize("causal", [False, True])
def test_a_transformer_block_moves_both_ways(causal, rng):
    import keras

    layers = keras.layers
    x, y = words(rng)
    inputs = keras.Input((9,))
    h = layers.Embedding(30, 8)(inputs)
    normal = layers.LayerNormalization()(h)
    attended = layers.MultiHeadAttention(2, 4)(normal, normal, use_causal_mask=causal)
    h = layers.Add()([h, attended])
    h = layers.Add()([layers.Dense(8)(layers.Dense(16, activation="gelu")(layers.LayerNormalization()(h))), h])
    outputs = layers.Dense(1, activation="sigmoid")(layers.Flatten()(h))
    model = trained(keras.Model(inputs, outputs), x, y, "binary_crossentropy")
    ours = nn.from_keras(model)
    assert [type(layer).__name__ for layer in ours.layers] == ["Embedding", "Residual", "Residual", "Flatten", "Dense"]
    assert np.allclose(ours.predict(x), model.predict(x, verbose=0), atol=1e-4)
    assert np.allclose(nn.to_keras(ours).predict(x, verbose=0), model.predict(x, verbose=0), atol=1e-4)


def test_models_inside_models_and_a_plus_sign(rng):
    import keras

    layers = keras.layers
    block = keras.Sequential([keras.Input((4,)), layers.Dense(6, activation="relu"), layers.Dense(4)])
    inputs = keras.Input((4,))
    h = layers.Dense(4)(inputs)
    h = h + block(h)
    model = keras.Model(inputs, layers.Dense(2)(h))
    x = rng.normal(size=(5, 4)).astype("float32")
    assert np.allclose(nn.from_keras(model).predict(x), model.predict(x, verbose=0), atol=1e-4)


def test_one_layer_and_float64(rng):
    import keras

    layer = keras.layers.Dense(3, dtype="float64")
    x = rng.normal(size=(5, 4))
    model = keras.Sequential([keras.Input((4,), dtype="float64"), layer])
    ours = nn.from_keras(layer)
    assert ours.predict(x).dtype == "float64"
    assert np.allclose(ours.predict(x), model.predict(x, verbose=0), atol=1e-12)


def unsupported(make):
    import keras

    return make(keras, keras.layers)


def two_branches(keras, layers):
    inputs = keras.Input((4,))
    return keras.Model(inputs, layers.Add()([layers.Dense(4)(inputs), layers.Dense(4)(inputs)]))


def two_inputs(keras, layers):
    inputs = [keras.Input((4,)), keras.Input((4,))]
    return keras.Model(inputs, layers.Add()(inputs))


def one_layer(shape, make):
    return lambda keras, layers: keras.Sequential([keras.Input(shape), make(layers)])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (one_layer((4, 3), lambda layers: layers.GRU(2)), "does not know GRU"),
        (one_layer((4, 3), lambda layers: layers.LSTM(2, go_backwards=True)), "go_backwards"),
        (one_layer((4, 3), lambda layers: layers.LSTM(2, use_bias=False)), "use_bias"),
        (one_layer((4, 3), lambda layers: layers.LSTM(2, recurrent_activation="relu")), "recurrent_activation"),
        (one_layer((8, 8, 2), lambda layers: layers.Conv2D(2, 3, dilation_rate=2)), "dilation_rate"),
        (one_layer((8, 8, 2), lambda layers: layers.Conv2D(2, 3, groups=2)), "groups"),
        (one_layer((8, 8, 2), lambda layers: layers.BatchNormalization(axis=1)), "last axis"),
        (one_layer((8, 8, 2), lambda layers: layers.LayerNormalization(axis=[1, 2])), "last axis"),
        (one_layer((4,), lambda layers: layers.BatchNormalization(scale=False)), "scale"),
        (one_layer((4,), lambda layers: layers.Embedding(5, 2, mask_zero=True)), "mask_zero"),
        (one_layer((4,), lambda layers: layers.Dense(2, activation="elu")), "Choose one of"),
        (lambda keras, layers: keras.Sequential([layers.Dense(2)]), "no weights yet"),
        (two_branches, "two branches"),
        (two_inputs, "one input and one output"),
    ],
)
def test_what_we_do_not_have_is_a_clear_error(make, message):
    model = unsupported(make)
    with pytest.raises(ValueError, match=message):
        nn.from_keras(model)


def test_a_network_without_shapes_cannot_go_to_keras():
    with pytest.raises(ValueError, match="not known yet"):
        nn.to_keras(nn.Sequential([nn.Dense(2)]))
