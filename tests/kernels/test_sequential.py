"""Training: against Keras from the same weights, and the promises of fit, evaluate, predict and the callbacks."""

import io

import numpy as np
import pytest

from course_utils import nn


def blobs(n=200, classes=3, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, n)
    return (rng.normal(size=(n, 4)) + 3 * np.eye(classes, 4)[y]).astype("float32"), y


def classifier(loss="sparse_categorical_crossentropy", optimizer="adam", last="softmax", units=3, **settings):
    model = nn.Sequential([nn.Dense(16, activation="relu"), nn.Dense(units, activation=last)], seed=0)
    model.compile(optimizer, loss, metrics=["accuracy"], **settings)
    return model


def binary(y):
    return (y == 0).astype("float32")


LOSSES = {
    "sparse": (lambda **kw: classifier(**kw), lambda y: y),
    "sparse logits": (lambda **kw: classifier(last=None, from_logits=True, **kw), lambda y: y),
    "sparse, labels (N, 1)": (lambda **kw: classifier(**kw), lambda y: y[:, None]),
    "one-hot": (lambda **kw: classifier("categorical_crossentropy", **kw), lambda y: nn.one_hot(y, 3)),
    "binary": (lambda **kw: classifier("binary_crossentropy", last="sigmoid", units=1, **kw), binary),
    "binary logits": (
        lambda **kw: classifier("binary_crossentropy", last=None, units=1, from_logits=True, **kw),
        lambda y: binary(y)[:, None],
    ),
}
THEIRS = {
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "binary_crossentropy": "BinaryCrossentropy",
}


@pytest.mark.parametrize(("make", "labels"), LOSSES.values(), ids=LOSSES)
def test_training_follows_keras_from_the_same_weights(make, labels):
    import keras

    x, y = blobs()
    y = labels(y)
    ours = make(optimizer=nn.Adam(0.01))
    ours.build(x.shape)
    theirs = nn.to_keras(ours)
    name = next(name for name, loss in nn.LOSSES.items() if loss is ours.loss)
    loss = getattr(keras.losses, THEIRS[name])(from_logits=ours.from_logits)
    theirs.compile(keras.optimizers.Adam(0.01), loss)
    a = ours.fit(x, y, epochs=3, shuffle=False, verbose=0).history["loss"]
    b = theirs.fit(x, y, epochs=3, shuffle=False, verbose=0).history["loss"]
    assert np.allclose(a, b, rtol=1e-3)
    assert np.allclose(ours.predict(x), theirs.predict(x, verbose=0), atol=1e-3)
    assert ours.evaluate(x, y)[0] == pytest.approx(theirs.evaluate(x, y, verbose=0), rel=1e-3)


@pytest.mark.parametrize(("make", "labels"), LOSSES.values(), ids=LOSSES)
def test_learns_to_separate_what_can_be_separated(make, labels):
    x, y = blobs()
    model = make(optimizer=nn.Adam(0.01))
    history = model.fit(x, labels(y), epochs=20, verbose=0).history
    assert history["loss"][-1] < 0.5 * history["loss"][0]
    x_test, y_test = blobs(seed=1)
    loss, accuracy = model.evaluate(x_test, labels(y_test))
    assert accuracy > 0.9
    assert model.evaluate(x_test, labels(y_test), return_dict=True) == {"loss": loss, "accuracy": accuracy}


def test_accuracy_is_the_share_of_right_answers():
    x, y = blobs()
    model = classifier()
    model.fit(x, y, verbose=0)
    assert model.evaluate(x, y)[1] == pytest.approx((model.predict(x).argmax(axis=1) == y).mean())


@pytest.mark.parametrize("from_logits", [True, False])
def test_a_binary_answer_is_yes_from_one_half_on(from_logits):
    model = nn.Sequential([nn.Activation("linear")])
    model.compile("sgd", "binary_crossentropy", ["accuracy"], from_logits=from_logits)
    p = np.array([[0.1], [0.4], [0.6], [0.9]])
    x = np.log(p / (1 - p)) if from_logits else p
    assert model.evaluate(x, [0, 1, 1, 1])[1] == 0.75


def test_fit_shuffles_unless_told_not_to():
    x, y = blobs()
    losses = []
    for shuffle in (True, True, False):
        model = classifier()
        losses.append([model.fit(x, y, shuffle=shuffle, verbose=0).history["loss"] for _ in range(2)])
    assert losses[0] == losses[1] != losses[2]


def test_fit_trains_and_evaluate_does_not():
    x, y = blobs()
    norm = nn.BatchNormalization()
    model = nn.Sequential([norm, nn.Dense(3)], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy", from_logits=True)
    model.evaluate(x, y)
    assert (norm.state["moving_mean"] == 0).all()
    model.fit(x, y, verbose=0)
    assert (norm.state["moving_mean"] != 0).all()


def test_convolution_and_recurrent_networks_train():
    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, 120)
    images = rng.normal(size=(120, 8, 8, 1)).astype("float32") * 0.3
    images[:, :, :4] += y[:, None, None, None]
    cnn = nn.Sequential(
        [nn.Conv2D(4, 3, activation="relu"), nn.MaxPooling2D(), nn.BatchNormalization(), nn.Flatten(), nn.Dense(2)],
        seed=0,
    )
    cnn.compile(nn.Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"], from_logits=True)
    assert cnn.fit(images, y, epochs=5, verbose=0).history["accuracy"][-1] > 0.9
    words = rng.integers(1, 20, (120, 10))
    words[:, 0] = np.where(y, 0, words[:, 0])
    rnn = nn.Sequential([nn.Embedding(20, 8), nn.LSTM(8), nn.Dense(1, activation="sigmoid")], seed=0)
    rnn.compile(nn.Adam(0.03), "binary_crossentropy", ["accuracy"])
    assert rnn.fit(words, y, epochs=20, verbose=0).history["accuracy"][-1] > 0.9


def test_same_seed_same_training():
    x, y = blobs()
    losses = []
    for seed in (1, 1, 2):
        model = nn.Sequential([nn.Dense(8, activation="relu"), nn.Dropout(0.3), nn.Dense(3)], seed=seed)
        model.compile("sgd", "sparse_categorical_crossentropy", from_logits=True)
        losses.append(model.fit(x, y, epochs=2, verbose=0).history["loss"])
    assert losses[0] == losses[1] != losses[2]


def test_history_validation_and_predict():
    x, y = blobs()
    before = x.copy()
    model = classifier()
    history = model.fit(x, y, epochs=3, validation_split=0.25, verbose=0)
    assert history.epoch == [0, 1, 2]
    assert {name: len(values) for name, values in history.history.items()} == dict.fromkeys(
        ["loss", "accuracy", "val_loss", "val_accuracy"], 3
    )
    assert history.history["val_loss"][-1] == pytest.approx(model.evaluate(x[150:], y[150:])[0])
    assert np.array_equal(x, before)
    assert np.allclose(model.predict(x, batch_size=7), model.predict(x), atol=1e-6)
    assert model.predict(x[:0]).shape == (0, 3)
    assert model.predict(x.astype("float64")).dtype == "float32"
    assert model.layers[0].needs_dx


def test_what_is_set_aside_for_validation_is_not_trained_on():
    x, y = blobs()
    x[150:] = np.nan
    history = classifier().fit(x, y, validation_split=0.25, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    assert np.isnan(history["val_loss"]).all()


def test_mini_batches_cover_every_sample_once():
    x = np.arange(10)
    for rng in (None, np.random.default_rng(0)):
        parts = list(nn.batches(x, 10 * x, 4, rng))
        assert [len(a) for a, _ in parts] == [4, 4, 2]
        assert all(np.array_equal(10 * a, b) for a, b in parts)
        seen = np.concatenate([a for a, _ in parts])
        assert sorted(seen) == list(x)
        assert np.array_equal(seen, x) == (rng is None)


class Planned(nn.Callback):
    """Puts planned numbers into the logs, so that early stopping meets them."""

    def __init__(self, name, values):
        self.name, self.values = name, values

    def on_epoch_end(self, epoch, logs):
        logs[self.name] = self.values[epoch]
        self.model.layers[0].params["bias"][...] = epoch


@pytest.mark.parametrize(
    ("settings", "values", "stopped", "best"),
    [
        ({"monitor": "val_loss", "patience": 2}, [3, 2, 1, 2, 2, 0], 4, 2),
        ({"monitor": "val_loss", "patience": 0}, [3, 2, 2.5, 1], 2, 1),
        ({"monitor": "val_loss", "patience": 2}, [3, 2, 2, 1, 1, 1], 5, 3),
        ({"monitor": "val_loss", "patience": 1, "min_delta": 0.5}, [3, 2.9, 2.8], 1, 0),
        ({"monitor": "val_accuracy", "patience": 1}, [0.1, 0.2, 0.1, 0.3], 2, 1),
    ],
)
def test_early_stopping(settings, values, stopped, best):
    x, y = blobs()
    model = classifier()
    stop = nn.EarlyStopping(**settings, restore_best_weights=True)
    history = model.fit(x, y, epochs=6, callbacks=[Planned(settings["monitor"], values), stop], verbose=0)
    assert len(history.epoch) == stopped + 1
    assert stop.stopped_epoch == stopped
    assert stop.best_epoch == best
    assert (model.layers[0].params["bias"] == best).all()


def test_early_stopping_needs_its_number():
    with pytest.raises(ValueError, match="no 'val_loss' to monitor"):
        classifier().fit(*blobs(), callbacks=[nn.EarlyStopping()], verbose=0)


def test_progress_bar(capsys):
    x, y = blobs()
    model = classifier()
    model.fit(x, y, epochs=2, verbose=2)
    lines = capsys.readouterr().out.splitlines()
    assert [line[: len("Epoch 1/2 [####################] 7/7 loss: ")] for line in lines] == [
        f"Epoch {i}/2 [####################] 7/7 loss: " for i in (1, 2)
    ]
    model.fit(x, y, verbose=1)
    assert "\r" in capsys.readouterr().out
    model.fit(x, y, verbose=0)
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_progress_bar_grows():
    stream = io.StringIO()
    bar = nn.ProgressBar(1, stream=stream)
    for batch in range(1, 5):
        bar.on_batch_end(batch, 4, {"loss": 0.5})
    assert [part.count("#") for part in stream.getvalue().split("\r")] == [5, 10, 15, 20, 0]


def test_summary_and_count(capsys):
    model = nn.Sequential([nn.Flatten(), nn.Dense(128, "relu"), nn.Dense(10, "softmax")])
    with pytest.raises(ValueError, match="not known yet"):
        model.summary()
    model.build((None, 28, 28))
    assert model.count_params() == 784 * 128 + 128 + 128 * 10 + 10
    model.summary()
    out = capsys.readouterr().out
    assert "(None, 10)" in out
    assert "101,770" in out


X = np.zeros((4, 3))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nn.Sequential([]), "at least one layer"),
        (lambda: nn.Sequential([nn.relu]), "list of layers"),
        (lambda: nn.Sequential([nn.Dense(1)]).fit(X, X), "compile"),
        (lambda: nn.Sequential([nn.Dense(1)]).evaluate(X, X), "compile"),
        (lambda: nn.Sequential([nn.Dense(1)]).compile(metrics=["accuracy"]), "metric"),
        (lambda: nn.Sequential([nn.Dense(1)]).compile(loss="mse", from_logits=True), "from_logits"),
        (lambda: nn.Sequential([nn.Dense(1)]).compile(loss="hinge"), "Choose one of"),
        (lambda: classifier().fit(X, [0, 1, 2], verbose=0), "every sample needs its label"),
        (lambda: classifier().fit(X, [0, 1, 2, 3], verbose=0), "from 0 to 2"),
        (lambda: classifier().fit(X, np.eye(4, 3), verbose=0), "one-hot"),
        (lambda: classifier().fit(X, [0, 1, 2, 2], batch_size=0, verbose=0), "batch_size"),
        (lambda: classifier().fit(X, [0, 1, 2, 2], validation_split=1.0, verbose=0), "validation_split"),
        (lambda: classifier().fit(X[:0], [], verbose=0), "no sample"),
        (lambda: classifier().evaluate(X[:0], []), "no sample"),
        (lambda: nn.Residual([nn.Dense(2)])(X), "keep the shape"),
    ],
)
def test_wrong_use_is_a_clear_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()
