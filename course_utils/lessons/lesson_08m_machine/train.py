"""A program that hears from a sensor what is wrong with a machine: a network and its optimizer, in NumPy."""

import numpy as np

from course_utils.exercises import Mark, OpenTask
from course_utils.exercises.open_task import standardized

from .machine import EXAM, YOURS, accuracy, draw

NEEDED = 0.78  # of the stretches


def heard(x, y, seed):
    """48-64-4 with ReLU and softmax, trained by Adam in batches of 32."""
    rng = np.random.default_rng(seed)
    mean, std = x.mean(axis=0), x.std(axis=0)
    z, truth = (x - mean) / std, np.eye(4)[y]
    weights = [rng.normal(0, 0.2, (48, 64)), np.zeros(64), rng.normal(0, 0.2, (64, 4)), np.zeros(4)]
    m, v, step = [0.0] * 4, [0.0] * 4, 0
    for _ in range(30):
        order = rng.permutation(len(z))
        for start in range(0, len(z), 32):
            chosen = order[start : start + 32]
            W1, b1, W2, b2 = weights
            hidden = np.maximum(z[chosen] @ W1 + b1, 0)
            scores = hidden @ W2 + b2
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            shares = shares / shares.sum(axis=1, keepdims=True)
            ds = (shares - truth[chosen]) / len(chosen)
            dh = ds @ W2.T * (hidden > 0)
            slopes = [z[chosen].T @ dh, dh.sum(axis=0), hidden.T @ ds, ds.sum(axis=0)]
            step += 1
            for i, slope in enumerate(slopes):
                m[i] = 0.9 * m[i] + 0.1 * slope
                v[i] = 0.999 * v[i] + 0.001 * slope**2
                ahead, size = m[i] / (1 - 0.9**step), v[i] / (1 - 0.999**step)
                weights[i] = weights[i] - 0.002 * ahead / (np.sqrt(size) + 1e-7)

    def predict(rows):
        W1, b1, W2, b2 = weights
        return (np.maximum((rows - mean) / std @ W1 + b1, 0) @ W2 + b2).argmax(axis=1)

    return predict


train = OpenTask(
    "train",
    reference=heard,
    points=8,
    title="What is wrong with the machine?",
    mark=Mark(accuracy, needed=NEEDED, little=0.4, told="{:.1%} right"),
    easier=standardized,
    easier_words="all columns brought to mean 0 and spread 1",
)


@train.rows
def _(rng):
    yours, exam = draw(YOURS, rng), draw(EXAM, rng)
    return yours.x, yours.kinds, exam.x, exam.kinds


train.variant("one hidden layer and Adam")(heard)


@train.variant("two hidden layers, momentum, each stretch around its own mean")
def _(x, y, seed):
    rng = np.random.default_rng(seed)

    def prepared(rows):
        return (rows - rows.mean(axis=1, keepdims=True)) / 100

    def forward(h):
        layers = [h]
        for W, b in zip(kernels, biases, strict=True):
            h = h @ W + b
            layers.append(h)
            h = np.maximum(h, 0)
        return layers

    shapes = [(48, 64), (64, 32), (32, 4)]
    kernels = [rng.normal(0, np.sqrt(2 / shape[0]), shape) for shape in shapes]
    biases = [np.zeros(shape[1]) for shape in shapes]
    speeds = [[np.zeros_like(p) for p in group] for group in (kernels, biases)]
    z = prepared(x)
    for epoch in range(40):
        rate = 0.02 * 0.95**epoch
        order = rng.permutation(len(z))
        for chosen in np.array_split(order, len(z) // 32):
            layers = forward(z[chosen])
            e = np.exp(layers[-1] - layers[-1].max(axis=1, keepdims=True))
            d = (e / e.sum(axis=1, keepdims=True) - np.eye(4)[y[chosen]]) / len(chosen)
            for i in (2, 1, 0):
                h = np.maximum(layers[i], 0) if i else layers[0]
                slopes = h.T @ d, d.sum(axis=0)
                d = d @ kernels[i].T * (layers[i] > 0)
                for group, speed, slope in zip((kernels, biases), speeds, slopes, strict=True):
                    speed[i] = 0.9 * speed[i] - rate * slope
                    group[i] = group[i] + speed[i]
    return lambda rows: [int(scores.argmax()) for scores in forward(prepared(rows))[-1]]


train.known("returns-nothing", "    return predict\n", "")
train.known("no-function", "return predict\n", "return weights\n")
train.known("predict-returns-nothing", "return (np.maximum((rows", "(np.maximum((rows")
train.known("shares-not-classes", "@ W2 + b2).argmax(axis=1)", "@ W2 + b2)")
train.known("wrong-axis", ".argmax(axis=1)", ".argmax(axis=0)")
train.known("units", "mean, std = x.mean(axis=0), x.std(axis=0)", "mean, std = 0, 1")
train.known("another-answer-each-time", "@ W2 + b2).argmax", "@ W2 + b2 + rng.normal(0, 0.3, (len(rows), 4))).argmax")
train.known(
    "prepared-by-the-request",
    "np.maximum((rows - mean) / std",
    "np.maximum((rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-9)",
)
train.known("guess", "np.eye(4)[y]", "np.eye(4)[rng.permutation(y)]")
train.known("short", "range(30)", "range(4)")


@train.symptom(
    "same-for-all",
    (
        "Every stretch gets the same answer. Does `predict` look at its rows? Are there nan or inf among the weights? If "
        "so: how long are the steps?"
    ),
    "- 0.002 * ahead",
    "- 1e300 * ahead",
)
def _(said, truth, rows):
    return np.ptp(said) == 0


@train.symptom(
    "no-place-for-the-last",
    (
        "One of the four states is never named. Does the output have four neurons, and is there a label for each of them?"
    ),
    "np.eye(4)[y]",
    "np.eye(4)[np.minimum(y, 2)]",
)
def _(said, truth, rows):
    return len(np.unique(said)) == 3
