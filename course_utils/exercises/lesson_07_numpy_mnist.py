"""Exercises of lesson 07: data, start values, one hot, gradients, an epoch, accuracy, confusions, a trained network."""

from functools import cache
from typing import Any

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small
from .core.compare import family

lesson = Lesson("07_numpy_mnist", "Digits in NumPy")

NEEDED = 0.93  # share of unseen digits that a trained network must name

# Three parts ------------------------------------------------------------------------------------------


def split(x, y, order, n_validation):
    """The first n_validation row numbers of `order` for validation, the others for training."""
    validation, training = order[:n_validation], order[n_validation:]
    return x[training], y[training], x[validation], y[validation]


split_data = lesson.function("split-data", reference=split, points=2, title="Training and validation digits")


def _samples(rng, rows, columns=3):
    return rng.normal(size=(rows, columns)).round(2), rng.integers(0, 10, size=rows), rng.permutation(rows)


@split_data.cases
def _(rng):
    rows = np.array([[10.0], [11.0], [12.0], [13.0], [14.0]])
    yield small("five samples, two for validation", rows, np.array([0, 1, 2, 3, 4]), np.array([3, 0, 4, 2, 1]), 2)
    yield random("12 samples, 3 for validation", *_samples(rng, 12), 3)
    yield random("9 samples, 5 for validation", *_samples(rng, 9), 5)
    yield edge("a single one for validation", *_samples(rng, 8), 1)


@split_data.mistake(
    "both-exercise-and-exam",
    "The validation samples are in the training part as well. An exam whose questions were the exercises tells nothing: "
    "which part of `order` is left for training?",
)
def _(x, y, order, n_validation):
    validation = order[:n_validation]
    return x, y, x[validation], y[validation]


@split_data.mistake(
    "not-shuffled",
    "You cut x as it stands. If the samples are sorted by class, the validation part has one class only. Where does `order` come in?",
)
def _(x, y, order, n_validation):
    return x[n_validation:], y[n_validation:], x[:n_validation], y[:n_validation]


@split_data.mistake(
    "labels-left-behind", "The samples moved and their labels stayed. Use the same row numbers for x and for y."
)
def _(x, y, order, n_validation):
    return x[order[n_validation:]], y[n_validation:], x[order[:n_validation]], y[:n_validation]


@split_data.mistake(
    "swapped-sizes", "The training part has n_validation samples. Which of the two parts should have them?"
)
def _(x, y, order, n_validation):
    return x[order[:n_validation]], y[order[:n_validation]], x[order[n_validation:]], y[order[n_validation:]]


@split_data.mistake(
    "from-the-end", "You take the validation samples from the end of `order`. The text asks for the first ones."
)
def _(x, y, order, n_validation):
    return x[order[:-n_validation]], y[order[:-n_validation]], x[order[-n_validation:]], y[order[-n_validation:]]


@split_data.mistake(
    "x-x-y-y",
    "The four parts are right, but in another order than asked for: x and y for training, then x and y for validation.",
)
def _(x, y, order, n_validation):
    validation, training = order[:n_validation], order[n_validation:]
    return x[training], x[validation], y[training], y[validation]


@split_data.variant("shuffled first, then cut")
def _(x, y, order, n_validation):
    x, y = x[order], y[order]
    return x[n_validation:], y[n_validation:], x[:n_validation], y[:n_validation]


@split_data.variant("np.split")
def _(x, y, order, n_validation):
    validation, training = np.split(order, [n_validation])
    return [np.take(x, training, axis=0), np.take(y, training), np.take(x, validation, axis=0), np.take(y, validation)]


# Start values -----------------------------------------------------------------------------------------


def start_values(inputs, hidden, outputs, seed):
    """W1, b1, W2, b2: weights with the standard deviation sqrt(2 / inputs of the layer), biases 0."""
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / inputs), size=(inputs, hidden))
    W2 = rng.normal(0, np.sqrt(2 / hidden), size=(hidden, outputs))
    return [W.astype("float32") for W in (W1, np.zeros(hidden), W2, np.zeros(outputs))]


initialise = lesson.function("initialise", reference=start_values, points=2, title="Start values")


@initialise.cases
def _(rng):
    yield small("100-400-50", 100, 400, 50, 1)
    yield random("300-60-100", 300, 60, 100, int(rng.integers(1, 1000)))
    yield random("80-200-40", 80, 200, 40, int(rng.integers(1, 1000)))
    yield edge("784-128-10", 784, 128, 10, int(rng.integers(1, 1000)))


@initialise.drive
def _(answer, inputs, hidden, outputs, seed):
    return {"network": answer(inputs, hidden, outputs, seed), "other seed": answer(inputs, hidden, outputs, seed + 1)}


def layer_shapes(network: Any) -> list[tuple[int, ...]] | None:
    """The shapes of the four arrays W1, b1, W2, b2; None when it is not four arrays."""
    if not isinstance(network, list | tuple) or len(network) != 4:
        return None
    if not all(isinstance(a, np.ndarray) and a.dtype.kind in "fiu" for a in network):
        return None
    return [a.shape for a in network]


def spread(weights: np.ndarray, wanted: float) -> bool:
    """Whether the standard deviation is `wanted`, as far as chance allows (five standard errors and 1 %)."""
    return abs(weights.std() / wanted - 1) < 0.01 + 5 / np.sqrt(2 * weights.size)


def start_finding(seen: dict, inputs: int, hidden: int, outputs: int, seed: int = 0) -> tuple[str, str]:
    """The name of what is wrong with the start values and a sentence about it; ("", "") when all is right."""
    network = seen["network"]
    wanted = [(inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]
    shapes = layer_shapes(network)
    if shapes is None:
        return "no list", f"it should be a list of the four arrays W1, b1, W2, b2, but is {family(network)}"
    if shapes != wanted:
        return (
            "transposed" if shapes[0] == wanted[0][::-1] else "shapes",
            f"the shapes of W1, b1, W2, b2 should be {wanted}, but are {shapes}",
        )
    W1, b1, W2, b2 = (np.asarray(a, dtype=float) for a in network)
    if not (W1.any() and W2.any()):
        return "zeros", "there are weights that are all 0"
    if np.ptp(W1) == 0 or np.ptp(W2) == 0:
        return "constant", "all the weights of a layer are the same number"
    if b1.any() or b2.any():
        return "biases", "the biases should all be 0"
    for name, W, sizes in (("W1", W1, (inputs, hidden)), ("W2", W2, (hidden, outputs))):
        std = np.sqrt(2 / sizes[0])
        told = f"the standard deviation of {name} should be near {std:.4f}, but is {W.std():.4f}"
        if W.min() >= 0:
            return "positive", "all the weights are positive"
        if not spread(W, std):
            others = {
                "variance": std**2,
                "unscaled": 1.0,
                "fan-out": np.sqrt(2 / sizes[1]),
                "without-two": np.sqrt(1 / sizes[0]),
            }
            return next((other for other, value in others.items() if spread(W, value)), "spread"), told
        if abs(W.mean()) > 5 * std / np.sqrt(W.size):
            return "mean", f"the mean of {name} should be near 0, but is {W.mean():.4f}"
    if np.array_equal(W1, np.asarray(seen["other seed"][0])):
        return "seed", "two different seeds give the same weights"
    return "", ""


@initialise.accept
def _(seen, inputs, hidden, outputs, seed):
    return start_finding(seen, inputs, hidden, outputs, seed)[1] or None


def starts(*names):
    """Recognises start values by what `start_finding` says of them."""
    return lambda seen, *case: start_finding(seen, *case)[0] in names


@initialise.mistake(
    "zeros",
    "With weights of 0 all hidden neurons compute the same, get the same gradient and stay the same for ever. What makes them differ?",
    when=starts("zeros", "constant"),
)
def _(inputs, hidden, outputs, seed):
    return [np.zeros((inputs, hidden)), np.zeros(hidden), np.zeros((hidden, outputs)), np.zeros(outputs)]


@initialise.mistake(
    "unscaled",
    "The weights have the standard deviation 1, whatever the number of inputs. A sum of 784 such numbers is huge. What should they be multiplied by?",
    when=starts("unscaled"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(inputs, hidden)), np.zeros(hidden), rng.normal(size=(hidden, outputs)), np.zeros(outputs)]


@initialise.mistake(
    "variance",
    "2 / inputs is the *variance*. `rng.normal` wants the standard deviation: which function lies between them?",
    when=starts("variance"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, 2 / inputs, size=(inputs, hidden))
    return [W1, np.zeros(hidden), rng.normal(0, 2 / hidden, size=(hidden, outputs)), np.zeros(outputs)]


@initialise.mistake(
    "counted-outputs",
    "You divide by the number of neurons in the layer. A neuron adds up its *inputs*: how many numbers come in?",
    when=starts("fan-out"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / hidden), size=(inputs, hidden))
    return [W1, np.zeros(hidden), rng.normal(0, np.sqrt(2 / outputs), size=(hidden, outputs)), np.zeros(outputs)]


@initialise.mistake(
    "all-positive",
    "`rng.random` gives numbers from 0 to 1, so every sum drifts upwards. Half of the weights should be negative: look up `rng.normal`.",
    when=starts("positive"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.random((inputs, hidden)) * np.sqrt(2 / inputs)
    return [W1, np.zeros(hidden), rng.random((hidden, outputs)) * np.sqrt(2 / hidden), np.zeros(outputs)]


@initialise.mistake(
    "without-two",
    "The spread is too small by a factor of 1.41. ReLU drops half of the signal; which number under the root makes up for it?",
    when=starts("without-two"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(1 / inputs), size=(inputs, hidden))
    return [W1, np.zeros(hidden), rng.normal(0, np.sqrt(1 / hidden), size=(hidden, outputs)), np.zeros(outputs)]


@initialise.mistake(
    "transposed",
    "W1 has one row for each neuron. Here x @ W1 must work, so it needs one row for each *input*.",
    when=starts("transposed"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / inputs), size=(hidden, inputs))
    return [W1, np.zeros(hidden), rng.normal(0, np.sqrt(2 / hidden), size=(outputs, hidden)), np.zeros(outputs)]


@initialise.mistake(
    "random-biases",
    "The biases are random. They may all start at 0: the random weights already make the neurons differ.",
    when=starts("biases"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / inputs), size=(inputs, hidden))
    W2 = rng.normal(0, np.sqrt(2 / hidden), size=(hidden, outputs))
    return [W1, rng.normal(size=hidden), W2, rng.normal(size=outputs)]


@initialise.mistake(
    "same-for-every-seed",
    "Two seeds give the same weights. Does `np.random.default_rng` get your `seed`?",
    when=starts("seed"),
)
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(0)
    W1 = rng.normal(0, np.sqrt(2 / inputs), size=(inputs, hidden))
    return [W1, np.zeros(hidden), rng.normal(0, np.sqrt(2 / hidden), size=(hidden, outputs)), np.zeros(outputs)]


@initialise.variant("standard_normal, scaled afterwards")
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal((inputs, hidden)) * (2 / inputs) ** 0.5
    W2 = rng.standard_normal((hidden, outputs)) * (2 / hidden) ** 0.5
    return W1, np.zeros(hidden), W2, np.zeros(outputs)


@initialise.variant("evenly spread, with the same standard deviation")
def _(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    a, b = np.sqrt(6 / inputs), np.sqrt(6 / hidden)
    return [
        rng.uniform(-a, a, (inputs, hidden)),
        np.zeros(hidden),
        rng.uniform(-b, b, (hidden, outputs)),
        np.zeros(outputs),
    ]


# One hot ----------------------------------------------------------------------------------------------


def one_of(labels, classes):
    """A row of zeros with a 1 at the label's place, for each label."""
    return np.eye(classes, dtype="float32")[labels]


one_hot = lesson.function("one-hot", reference=one_of, points=2, title="One hot")


@one_hot.cases
def _(rng):
    yield small("labels 1 and 0, three classes", np.array([1, 0]), 3)
    yield random("six labels, ten classes", rng.permutation(np.append(rng.integers(0, 9, size=5), 2)), 10)
    yield random("four labels, five classes", np.append(rng.integers(1, 4, size=3), 0), 5)
    yield edge("a single label, the last class", np.array([9]), 10)
    yield edge("labels as uint8, as they come with MNIST", rng.integers(0, 9, size=4).astype(np.uint8), 10)


@one_hot.mistake(
    "classes-from-labels",
    "You made as many columns as the largest label needs. A batch need not contain every digit: use `classes`.",
)
def _(labels, classes):
    return np.eye(labels.max() + 1)[labels]


@one_hot.mistake(
    "counts-from-one",
    "The 1 stands one place too far to the left. Label 0 belongs to column 0: from where does Python count?",
)
def _(labels, classes):
    out = np.zeros((len(labels), classes))
    out[np.arange(len(labels)), labels.astype(int) - 1] = 1
    return out


@one_hot.mistake(
    "columns-are-samples", "Your table has a column for each sample. It should have a *row* for each sample."
)
def _(labels, classes):
    return np.eye(classes)[:, labels]


@one_hot.mistake(
    "whole-columns",
    "`out[:, labels] = 1` sets the column of every label in *all* rows. Each row has one 1: pair row i with label i, as in `out[rows, labels]`.",
)
def _(labels, classes):
    out = np.zeros((len(labels), classes))
    out[:, labels] = 1
    return out


@one_hot.mistake(
    "first-rows", "`out[labels] = 1` fills whole rows. You need a row number *and* a column number for each 1."
)
def _(labels, classes):
    out = np.zeros((max(len(labels), classes), classes))
    out[labels] = 1
    return out[: len(labels)]


@one_hot.mistake(
    "label-as-value", "The label itself stands in its place. It should be a 1 there, whichever digit it is."
)
def _(labels, classes):
    return np.eye(classes)[labels] * labels[:, None]


@one_hot.variant("a comparison")
def _(labels, classes):
    return (labels[:, None] == np.arange(classes)).astype("float32")


@one_hot.variant("a loop")
def _(labels, classes):
    out = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        out[row, label] = 1
    return out


@one_hot.variant("rows and columns as numbers")
def _(labels, classes):
    out = np.zeros((len(labels), classes), dtype=int)
    out[np.arange(len(labels)), labels] = 1
    return out


# Forward, loss, backward ------------------------------------------------------------------------------


def loss_and_slopes(network, x, y):
    """The mean cross-entropy of relu(x W1 + b1) W2 + b2, and its gradients for W1, b1, W2, b2."""
    W1, b1, W2, b2 = network
    z1 = nn.dense(x, W1, b1)
    h = nn.relu(z1)
    loss, dz2 = nn.softmax_crossentropy(y, nn.dense(h, W2, b2))
    dh, dW2, db2 = nn.dense_backward(dz2, h, W2)
    _, dW1, db1 = nn.dense_backward(dh * (z1 > 0), x, W1, needs_dx=False)
    return loss, [dW1, db1, dW2, db2]


gradients = lesson.function("loss-and-gradients", reference=loss_and_slopes, points=3, title="Loss and gradients")

TINY = [
    np.array([[1.0, 0.0], [0.0, -1.0]]),
    np.array([0.0, 1.0]),
    np.array([[1.0, 3.0], [5.0, 3.0]]),
    np.array([0.0, -2.0]),
]


def _network(rng, inputs, hidden, outputs):
    shapes = [(inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]
    return [rng.normal(size=shape) for shape in shapes]


def _labels(rng, rows, classes):
    return np.append(rng.integers(0, classes, size=rows - 1), classes - 1)


@gradients.cases
def _(rng):
    yield small("2-2-2, two samples alike", TINY, np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([0, 0]))
    yield random("4-5-3, six samples", _network(rng, 4, 5, 3), rng.normal(size=(6, 4)), _labels(rng, 6, 3))
    yield random("3-6-4, eight samples", _network(rng, 3, 6, 4), rng.normal(size=(8, 3)), _labels(rng, 8, 4))
    yield edge("a single sample", _network(rng, 4, 3, 5), rng.normal(size=(1, 4)), _labels(rng, 1, 5))
    large = _network(rng, 2, 3, 3)
    yield edge(
        "huge scores", [*large[:3], np.array([1000.0, 999.0, 1001.0])], rng.normal(size=(4, 2)), _labels(rng, 4, 3)
    )


@gradients.drive
def _(answer, network, x, y):
    result = answer(network, x, y)
    if isinstance(result, list | tuple) and len(result) == 2 and isinstance(result[1], list | tuple):
        return result[0], list(result[1])
    return result


@gradients.mistake(
    "sum-not-mean",
    "The loss is a mean over the batch, but your gradients are those of the sum. Where does the number of samples come in?",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = p - np.eye(p.shape[1])[y]
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return -np.mean(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


@gradients.mistake(
    "relu-gate-forgotten",
    "dW2 and db2 are right, dW1 and db1 are not: a hidden neuron whose sum was negative gave 0, and no gradient may pass through it. "
    "What are you to multiply by on the way back through ReLU?",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = dz2 @ W2.T
    return -np.mean(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


@gradients.mistake(
    "relu-of-gradient",
    "You let pass the gradients that are positive. The gate of ReLU is set on the way forward: it looks at the hidden *sums*, not at the gradient.",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = np.maximum(0, dz2 @ W2.T)
    return -np.mean(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


@gradients.mistake(
    "no-relu",
    "The hidden layer does not bend: even the loss is that of a network without ReLU. Look at the way forward.",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    h = x @ W1 + b1
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = dz2 @ W2.T
    return -np.mean(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


@gradients.mistake(
    "sign",
    "All the gradients have the wrong sign, so a step would go uphill. Is it shares minus truth, or truth minus shares?",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (np.eye(p.shape[1])[y] - p) / len(y)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return -np.mean(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


@gradients.mistake(
    "bias-mean",
    "The weights' gradients are right, those of the biases are too small. You have divided by the number of samples already: is it a sum or a mean now?",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return -np.mean(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.mean(axis=0), h.T @ dz2, dz2.mean(axis=0)]


@gradients.mistake("no-shift", "What is np.exp(1000.0)? Take each row's largest score away first, as in lesson 02.")
def _(network, x, y):
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    e = np.exp(h @ W2 + b2)
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return -np.mean(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


@gradients.mistake(
    "summed-loss", "The gradients are right. The loss is the sum over the batch, and it should be the mean."
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return -np.sum(np.log(p[np.arange(len(y)), y])), [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


@gradients.mistake(
    "output-layer-first",
    "The four gradients are right, but in another order than the network. Return them as dW1, db1, dW2, db2.",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return -np.mean(np.log(p[np.arange(len(y)), y])), [h.T @ dz2, dz2.sum(axis=0), x.T @ dz1, dz1.sum(axis=0)]


@gradients.variant("1 taken from the right share in its place, loss from the logarithm of the sum")
def _(network, x, y):
    W1, b1, W2, b2 = network
    rows = np.arange(len(y))
    h = np.maximum(0, x @ W1 + b1)
    z = h @ W2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    dz = np.exp(log_p)
    dz[rows, y] -= 1
    dz /= len(y)
    dh = dz @ W2.T
    dh[h == 0] = 0
    return -log_p[rows, y].mean(), (x.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0))


@gradients.variant("sample by sample")
def _(network, x, y):
    W1, b1, W2, b2 = network
    slopes, loss = [np.zeros_like(a) for a in network], 0.0
    for row, label in zip(x, y, strict=False):
        z1 = row @ W1 + b1
        h = np.maximum(0, z1)
        z2 = h @ W2 + b2
        e = np.exp(z2 - max(z2))
        p = e / e.sum()
        loss -= np.log(p[label]) / len(y)
        dz2 = (p - (np.arange(len(p)) == label)) / len(y)
        dz1 = (W2 @ dz2) * (z1 > 0)
        for total, part in zip(slopes, [np.outer(row, dz1), dz1, np.outer(h, dz2), dz2], strict=False):
            total += part
    return loss, slopes


# An epoch ---------------------------------------------------------------------------------------------


def epoch(network, x, y, batch_size, learning_rate, loss_and_gradients):
    """One step for each batch, in the order of the rows: the new network and the losses before the steps."""
    losses = []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        network = [w - learning_rate * dw for w, dw in zip(network, slopes, strict=True)]
        losses.append(float(loss))
    return network, losses


def towards_mean(network, x, y):
    """A toy to be computed by hand: each weight is drawn towards the mean of x; the loss is the mean of y."""
    return float(np.mean(y)), [w - np.mean(x) for w in network]


train_epoch = lesson.function("train-epoch", reference=epoch, points=3, title="One epoch")


@train_epoch.cases
def _(rng):
    four = [np.array([0.0]), np.array([0.0]), np.array([0.0]), np.array([10.0])]
    yield small(
        "five samples, two at a time, a toy gradient",
        four,
        np.array([[2.0], [4.0], [6.0], [8.0], [10.0]]),
        np.array([1, 3, 2, 4, 7]),
        2,
        0.5,
        towards_mean,
    )
    for label, rows, size in (("4-5-3, batches of 4, 4 and 3", 11, 4), ("4-5-3, batches of 3", 9, 3)):
        yield random(
            label, _network(rng, 4, 5, 3), rng.normal(size=(rows, 4)), _labels(rng, rows, 3), size, 0.2, loss_and_slopes
        )
    yield edge(
        "a batch larger than the data",
        _network(rng, 3, 2, 2),
        rng.normal(size=(5, 3)),
        _labels(rng, 5, 2),
        32,
        0.1,
        loss_and_slopes,
    )


@train_epoch.drive
def _(answer, network, *rest):
    result = answer(network, *rest)
    if isinstance(result, list | tuple) and len(result) == 2 and isinstance(result[0], list | tuple):
        losses = result[1].tolist() if isinstance(result[1], np.ndarray) and result[1].ndim else result[1]
        return list(result[0]), losses
    return result


@train_epoch.mistake(
    "rest-left-out",
    "The last samples, which do not fill a whole batch, are lost. Slicing past the end of an array is allowed: up to where must `start` run?",
)
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for start in range(0, len(x) - batch_size + 1, batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        network = [w - learning_rate * dw for w, dw in zip(network, slopes, strict=False)]
        losses.append(loss)
    return network, losses


@train_epoch.mistake(
    "whole-data-each-time",
    "Every step looks at all the samples, so you make many full steps and no mini-batch steps. Which rows belong to this step?",
)
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for _ in range(0, len(x), batch_size):
        loss, slopes = loss_and_gradients(network, x, y)
        network = [w - learning_rate * dw for w, dw in zip(network, slopes, strict=False)]
        losses.append(loss)
    return network, losses


@train_epoch.mistake(
    "always-from-the-start",
    "Each gradient is computed from the network you were given, not from the one that the last step made. Use the new weights in the next step.",
)
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    new = network
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        new = [w - learning_rate * dw for w, dw in zip(new, slopes, strict=False)]
        losses.append(loss)
    return new, losses


@train_epoch.mistake(
    "only-the-last-step",
    "Only the last batch has moved the weights: each step starts anew from the network you were given. Keep what a step has made.",
)
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        new = [w - learning_rate * dw for w, dw in zip(network, slopes, strict=False)]
        losses.append(loss)
    return new, losses


@train_epoch.mistake("uphill", "You add the gradient, and the loss will grow. In lesson 05, which sign leads downhill?")
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        network = [w + learning_rate * dw for w, dw in zip(network, slopes, strict=False)]
        losses.append(loss)
    return network, losses


@train_epoch.mistake("returns-too-early", "You made one step only. Does your `return` stand inside the loop?")
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        network = [w - learning_rate * dw for w, dw in zip(network, slopes, strict=False)]
        losses.append(loss)
        return network, losses


@train_epoch.mistake(
    "mean-loss",
    "The network is right. You return one loss for the epoch; the text asks for the list, one loss for each step.",
)
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        network = [w - learning_rate * dw for w, dw in zip(network, slopes, strict=False)]
        losses.append(loss)
    return network, np.mean(losses)


@train_epoch.mistake(
    "changes-input", "The numbers are right, but `w -= …` writes into the caller's arrays. Make new ones: `w - …`."
)
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    losses = []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(network, x[rows], y[rows])
        for w, dw in zip(network, slopes, strict=False):
            w -= learning_rate * dw
        losses.append(loss)
    return network, losses


@train_epoch.variant("W1, b1, W2, b2 one by one")
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    W1, b1, W2, b2 = network
    losses, i = [], 0
    while i < len(x):
        loss, (dW1, db1, dW2, db2) = loss_and_gradients([W1, b1, W2, b2], x[i : i + batch_size], y[i : i + batch_size])
        W1, b1 = W1 - learning_rate * dW1, b1 - learning_rate * db1
        W2, b2 = W2 - learning_rate * dW2, b2 - learning_rate * db2
        losses += [loss]
        i += batch_size
    return [W1, b1, W2, b2], losses


@train_epoch.variant("on copies, in place")
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    network, losses = [w.copy() for w in network], []
    for start in range(0, len(x), batch_size):
        loss, slopes = loss_and_gradients(network, x[start : start + batch_size], y[start : start + batch_size])
        for k in range(4):
            network[k] -= learning_rate * slopes[k]
        losses.append(loss)
    return tuple(network), np.array(losses)


# Accuracy ---------------------------------------------------------------------------------------------


def share_right(scores, labels):
    """The share of rows whose largest score stands at the label."""
    return float(np.mean(np.argmax(scores, axis=1) == labels))


accuracy = lesson.function("accuracy", reference=share_right, points=2, title="Accuracy")


def _scores(rng, rows, classes):
    labels = rng.integers(0, classes, size=rows)
    scores = rng.normal(size=(rows, classes))
    scores[np.arange(rows), labels] += rng.choice([3.0, 0.0], size=rows, p=[0.7, 0.3])
    labels[0] = (np.argmax(scores[0]) + 1) % classes  # at least one is wrong, and one right
    labels[1] = np.argmax(scores[1])
    return scores, labels


@accuracy.cases
def _(rng):
    scores = np.array([[0.1, 5.0, 2.0], [3.0, 0.0, 1.0], [2.0, 4.0, -1.0], [-3.0, -2.0, -1.0]])
    yield small("four samples, three of them right", scores, np.array([1, 0, 0, 2]))
    yield random("twelve samples, ten classes", *_scores(rng, 12, 10))
    yield random("ten samples, ten classes", *_scores(rng, 10, 10))
    yield edge("a single sample", np.array([[0.5, -0.5]]), np.array([1]))


@accuracy.mistake("percent", "You give a number up to 100. Give the share, from 0 to 1.")
def _(scores, labels):
    return 100 * np.mean(np.argmax(scores, axis=1) == labels)


@accuracy.mistake("count", "You count the right answers. Which share of all of them is that?")
def _(scores, labels):
    return int(np.sum(np.argmax(scores, axis=1) == labels))


@accuracy.mistake("error-rate", "You give the share of *wrong* answers.")
def _(scores, labels):
    return np.mean(np.argmax(scores, axis=1) != labels)


@accuracy.mistake(
    "whole-table",
    "Without `axis`, argmax looks through the whole table and gives a single place. Each row has an answer of its own.",
)
def _(scores, labels):
    return np.mean(np.argmax(scores) == labels)


@accuracy.mistake(
    "value-not-place",
    "`max` gives the largest *score*. A label is a place: which function tells where the largest score stands?",
)
def _(scores, labels):
    return np.mean(np.max(scores, axis=1) == labels)


@accuracy.mistake("smallest", "You look for the place of the smallest score. The network's answer is the largest.")
def _(scores, labels):
    return np.mean(np.argmin(scores, axis=1) == labels)


@accuracy.mistake("each-right-or-wrong", "You return one True or False for each sample. What is the mean of them?")
def _(scores, labels):
    return np.argmax(scores, axis=1) == labels


@accuracy.variant("a loop")
def _(scores, labels):
    right = 0
    for row, label in zip(scores, labels, strict=False):
        right += list(row).index(max(row)) == label
    return right / len(labels)


@accuracy.variant("counted with sum")
def _(scores, labels):
    return (scores.argmax(-1) == labels).sum() / labels.size


# Confusion matrix -------------------------------------------------------------------------------------


def confusions(labels, predictions, classes):
    """table[i, j]: how many samples of class i were called j."""
    table = np.zeros((classes, classes), dtype=int)
    np.add.at(table, (labels, predictions), 1)
    return table


confusion = lesson.function("confusion-matrix", reference=confusions, points=2, title="Confusion matrix")


def _answers(rng, rows, classes):
    labels = np.concatenate([[0, 0, 0, 1], rng.integers(0, classes, size=rows - 4)])
    predictions = np.where(rng.random(rows) < 0.6, labels, rng.integers(0, classes, size=rows))
    predictions[:4] = [1, 1, 0, 1]  # a pair that comes twice, and the table is never symmetric
    return labels, predictions


@confusion.cases
def _(rng):
    yield small("six samples, three classes", np.array([0, 0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 1, 0]), 3)
    yield random("20 samples, four classes", *_answers(rng, 20, 4), 4)
    yield random("30 samples, ten classes", *_answers(rng, 30, 10), 10)
    yield edge("a class that never comes", np.array([0, 1, 1, 0]), np.array([1, 1, 1, 1]), 4)


@confusion.mistake(
    "transposed",
    "Rows and columns have changed places. The row is what the digit *was*, the column what the network *said*.",
)
def _(labels, predictions, classes):
    table = np.zeros((classes, classes), dtype=int)
    np.add.at(table, (predictions, labels), 1)
    return table


@confusion.mistake(
    "counted-once",
    "No count is above 1. `table[labels, predictions] += 1` writes each place once, also when the pair comes again. Use a loop, or look up `np.add.at`.",
)
def _(labels, predictions, classes):
    table = np.zeros((classes, classes), dtype=int)
    table[labels, predictions] += 1
    return table


@confusion.mistake("shares", "You give shares. The table holds counts.")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes))
    np.add.at(table, (labels, predictions), 1)
    return table / len(labels)


@confusion.mistake("only-mistakes", "The diagonal is empty. The right answers are counted as well: they stand there.")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes), dtype=int)
    for label, prediction in zip(labels, predictions, strict=False):
        if label != prediction:
            table[label, prediction] += 1
    return table


@confusion.mistake(
    "only-right", "You count the right answers only. What did the network say instead, when it was wrong?"
)
def _(labels, predictions, classes):
    return np.diag([int(np.sum((labels == k) & (predictions == k))) for k in range(classes)])


@confusion.mistake(
    "size-from-labels",
    "The table is as large as the largest label needs. Some class may be missing from the samples: use `classes`.",
)
def _(labels, predictions, classes):
    size = max(labels.max(), predictions.max()) + 1
    table = np.zeros((size, size), dtype=int)
    np.add.at(table, (labels, predictions), 1)
    return table


@confusion.variant("a loop")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=False):
        table[label, prediction] += 1
    return table


@confusion.variant("a product of one-hot tables")
def _(labels, predictions, classes):
    return np.eye(classes)[labels].T @ np.eye(classes)[predictions]


@confusion.variant("bincount")
def _(labels, predictions, classes):
    return np.bincount(labels * classes + predictions, minlength=classes**2).reshape(classes, classes)


# The trained network ----------------------------------------------------------------------------------


@cache
def digits() -> dict[str, np.ndarray]:
    """The bundled digits, prepared: the same everywhere, with or without network."""
    from course_utils.data.npz import read_npz
    from course_utils.data.search import sample

    arrays = read_npz(sample("mnist_sample.npz"))
    prepared = {name: arrays[name].reshape(-1, 784).astype("float32") / 255 for name in ("x_train", "x_test")}
    return {**prepared, "y_train": arrays["y_train"], "y_test": arrays["y_test"]}


def trained(your_initialise, your_epoch, your_gradients, x_train, y_train):
    """Ten epochs of 784-128-10 in batches of 32 with the learning rate 0.3, shuffled before each."""
    network = your_initialise(784, 128, 10, 7)
    rng = np.random.default_rng(7)
    for _ in range(10):
        order = rng.permutation(len(x_train))
        network, _losses = your_epoch(network, x_train[order], y_train[order], 32, 0.3, your_gradients)
    return network


train_network = lesson.object(
    "train-network", answer="network", reference=trained, points=4, rounds=1, title="Train your network"
)


@train_network.given
def _():
    rows = slice(1000, None)
    data = {"x_train": digits()["x_train"][rows], "y_train": digits()["y_train"][rows]}
    return {"your_initialise": start_values, "your_epoch": epoch, "your_gradients": loss_and_slopes, **data}


@train_network.cases
def _(rng):
    order = rng.permutation(len(digits()["x_test"]))
    for stage, label, rows, needed in (
        (small, "500 digits that it has not seen: far better than guessing", order[:500], 0.6),
        (random, "1500 others", order[500:], NEEDED),
    ):
        yield stage(label, digits()["x_test"][rows], digits()["y_test"][rows], needed)


@train_network.drive
def _(answer, images, labels, needed):
    return answer


def network_finding(network: Any, images: np.ndarray, labels: np.ndarray, needed: float) -> tuple[str, str]:
    """The name of what is wrong with a trained network and a sentence about it; ("", "") when it is good enough."""
    shapes = layer_shapes(network)
    wanted = [(784, 128), (128,), (128, 10), (10,)]
    if shapes is None:
        pair = isinstance(network, list | tuple) and len(network) == 2 and layer_shapes(network[0]) is not None
        return (
            "pair" if pair else "no list",
            f"it should be the list of the arrays W1, b1, W2, b2, but is {family(network)}",
        )
    if shapes != wanted:
        return "shapes", f"the shapes of W1, b1, W2, b2 should be {wanted}, but are {shapes}"
    W1, b1, W2, b2 = network
    if not all(np.isfinite(a).all() for a in network):
        return "not finite", "there are weights that are not finite numbers (nan or inf)"
    scores = nn.relu(images @ W1 + b1) @ W2 + b2
    right = share_right(scores, labels)
    if right >= needed:
        return "", ""
    told = f"it names {right:.1%} of these digits; {needed:.0%} are needed"
    if not (b1.any() or b2.any()):
        return "untrained", told
    dead = not (images @ W1 + b1 > 0).any()
    if right < 0.3:
        return "dead" if dead or np.abs(b1).max() > 3 else "guessing", told
    return "unsure" if right < 0.6 else "short", told


@train_network.accept
def _(seen, images, labels, needed):
    return network_finding(seen, images, labels, needed)[1] or None


def finds(*names):
    """Recognises a network by what `network_finding` says of it."""
    return lambda seen, *case: network_finding(seen, *case)[0] in names


@train_network.mistake(
    "never-kept",
    "The weights are still those of the start. `your_epoch` returns the new network: is it caught by a name, as in `network, losses = …`?",
    when=finds("untrained"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    your_epoch(network, x_train[:640], y_train[:640], 32, 0.3, your_gradients)
    return network


@train_network.mistake(
    "network-and-losses",
    "`network` holds a pair: the network *and* the list of losses. Catch both: `network, losses = …`.",
    when=finds("pair"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    return your_epoch(network, x_train[:640], y_train[:640], 32, 0.3, your_gradients)


@train_network.mistake(
    "labels-shuffled-apart",
    "It has trained, and it still guesses: it could not learn which image is which digit. Are images and labels shuffled by the *same* order?",
    when=finds("guessing"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    rng = np.random.default_rng(7)
    x, y = x_train[rng.permutation(len(x_train))], y_train[rng.permutation(len(y_train))]
    network, _losses = your_epoch(network, x, y, 32, 0.1, your_gradients)
    return network


@train_network.mistake(
    "rate-too-large",
    "The steps were so long that training broke down: numbers became nan, or every hidden neuron died. Print the losses, and divide the learning rate by 10.",
    when=finds("not finite", "dead"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    with np.errstate(all="ignore"):
        network, _losses = your_epoch(network, x_train, y_train, 32, 30.0, your_gradients)
    return network


@train_network.mistake(
    "too-short",
    "It has learned, but not enough yet. Count the iterations: are there enough epochs? And is the learning rate large enough for them?",
    when=finds("short", "unsure"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    network, _losses = your_epoch(network, x_train, y_train, 32, 0.02, your_gradients)
    return network


@train_network.mistake(
    "other-width",
    "The network has other layers than 784-128-10. Which three numbers does `your_initialise` want?",
    when=finds("shapes"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 32, 10, 7)
    network, _losses = your_epoch(network, x_train[:640], y_train[:640], 32, 0.3, your_gradients)
    return network


@train_network.variant("smaller batches, fewer epochs")
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 3)
    for k in range(6):
        order = np.random.default_rng(k).permutation(len(y_train))
        network, _losses = your_epoch(network, x_train[order], y_train[order], 20, 0.25, your_gradients)
    return tuple(network)


@train_network.variant("a learning rate that shrinks")
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    rng = np.random.default_rng(5)
    network, rate = your_initialise(784, 128, 10, 5), 0.4
    for _ in range(7):
        order = rng.permutation(len(x_train))
        network, _losses = your_epoch(network, x_train[order], y_train[order], 32, rate, your_gradients)
        rate = rate * 0.8
    return network
