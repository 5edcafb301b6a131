"""What the judge sees of a model's dropout and penalties, through weights with which each hidden neuron can be read off."""

import numpy as np

from course_utils.exercises import plain
from course_utils.exercises.keras_models.networks import is_model

SEEN_AT = 0.05  # each score is so much of its neuron; larger scores would leave the range of softmax


def window(inputs, hidden, classes):
    """Weights with which inputs of 1 make every hidden neuron 1, and the scores are the neurons, made small, beside zeros."""
    return [
        np.full((inputs, hidden), 0.5 / inputs, np.float32),
        np.full(hidden, 0.5, np.float32),
        SEEN_AT * np.eye(hidden, classes, dtype=np.float32),
        np.zeros(classes, np.float32),
    ]


def window_squares(inputs, hidden):
    """The sum of the squares of both kernels of the window."""
    return hidden * (0.25 / inputs + SEEN_AT**2)


def is_in_window(model, inputs, hidden, classes):
    """Whether a model has the weights of the window: a new one has others."""
    weights = model.get_weights() if hasattr(model, "get_weights") else []
    expected = window(inputs, hidden, classes)
    return len(weights) == len(expected) and all(map(np.array_equal, weights, expected))


def still(model, x, classes):
    """For each array of weights, whether a step of plain gradient descent leaves it as it is. Compiles the model."""
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy")
    model.run_eagerly = True
    before = model.get_weights()
    model.train_on_batch(x, np.arange(len(x)) % classes)
    return [bool(np.array_equal(old, new)) for old, new in zip(before, model.get_weights(), strict=True)]


def losses(model):
    """The penalties that a model holds, as floats."""
    return [float(np.asarray(loss)) for loss in plain(model.losses)]


def neurons(seen):
    """What came out of the dropout in the window, (rows, hidden); None when the output is no softmax of it."""
    p = np.asarray(seen["window"], dtype=float)
    if p.min() <= 0:
        return None
    return np.log(p[:, :-1] / p[:, -1:]) / SEEN_AT


def dropped(seen):
    """The share of hidden neurons that were dropped, and the size of the others."""
    h = neurons(seen)
    if h is None:
        return 0.0, 1.0
    gone = np.abs(h) < 0.5
    return float(gone.mean()), float(h[~gone].mean()) if (~gone).any() else 0.0


def is_plain(seen):
    """Whether what is not dropped all has one size within each row, as Dropout leaves it."""
    h = neurons(seen)
    return (
        h is not None
        and all(np.ptp(row[row >= 0.4]) < 0.02 for row in h if np.any(row >= 0.4))
        and np.all((h >= 0.4) | (np.abs(h) < 0.01))
    )


def inputs_dropped(seen):
    """Whether inputs are dropped: all neurons of a row see the same ones, so their size changes from row to row only."""
    sizes = [row.max() for row in neurons(seen) if row.max() >= 0.4] if is_plain(seen) else []
    return bool(sizes) and float(np.ptp(sizes)) > 0.02


def mixed_rows(seen):
    """Whether neurons of one row are dropped beside others that are not, as no dropped input leaves them."""
    h = neurons(seen)
    return h is not None and any(np.any(row >= 0.4) and np.any(row < 0.01) for row in h)


def penalty_of(weights, power=2):
    """The sum of a power of the sizes of all numbers in these arrays."""
    return float(sum(np.sum(np.abs(w.astype(float)) ** power) for w in weights))


def random_in_training(seen):
    """Whether the model answers otherwise in training."""
    return not np.allclose(seen["training"], seen["probabilities"], atol=1e-6)


def near(one, other):
    """Whether two penalties are the same but for float32."""
    return bool(np.isclose(one, other, rtol=1e-3, atol=1e-6))


def built(test):
    """The mistake is recognised by `test(seen, rate, strength)` on a model whose weights fit."""

    def when(seen, inputs, hidden, classes, rate, strength, x):
        return is_model(seen) and "window" in seen and bool(test(seen, rate, strength))

    return when


def penalised(test):
    """As `built`, for `test(penalty, weights, strength)`."""
    return built(lambda seen, rate, strength: test(sum(seen["penalties"]), seen["weights"], strength))
