"""Compute the loss of a network of two layers and the gradients of its four arrays."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import some_labels, some_network


def loss_and_slopes(network, x, y):
    """The mean cross-entropy of relu(x W1 + b1) W2 + b2, and its gradients for W1, b1, W2, b2."""
    W1, b1, W2, b2 = network
    z1 = nn.dense(x, W1, b1)
    h = nn.relu(z1)
    loss, dz2 = nn.softmax_crossentropy(y, nn.dense(h, W2, b2))
    dh, dW2, db2 = nn.dense_backward(dz2, h, W2)
    _, dW1, db1 = nn.dense_backward(dh * (z1 > 0), x, W1, needs_dx=False)
    return loss, [dW1, db1, dW2, db2]


gradients = FunctionExercise("loss-and-gradients", reference=loss_and_slopes, points=3, title="Loss and gradients")

TINY = [
    np.array([[1.0, 0.0], [0.0, -1.0]]),
    np.array([0.0, 1.0]),
    np.array([[1.0, 3.0], [5.0, 3.0]]),
    np.array([0.0, -2.0]),
]
FAR_APART = [
    np.eye(3),
    -np.ones(3),
    np.array([[10.0, 0.0, -10.0], [0.0, 0.0, 0.3], [-10.0, -10.01, -10.02]]),
    np.zeros(3),
]
SUMS_OF_ZERO = [np.array([[1.0, -1.0], [-1.0, 2.0]]), np.zeros(2), *TINY[2:]]  # for 0 0, 1 1 and 2 1


@gradients.cases
def _(rng):
    yield small("2-2-2, two samples alike", TINY, np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([0, 0]))
    yield random("4-5-3, six samples", some_network(rng, 4, 5, 3), rng.normal(size=(6, 4)), some_labels(rng, 6, 3))
    yield random("3-6-4, eight samples", some_network(rng, 3, 6, 4), rng.normal(size=(8, 3)), some_labels(rng, 8, 4))
    yield edge("a single sample", some_network(rng, 4, 3, 5), rng.normal(size=(1, 4)), some_labels(rng, 1, 5))
    yield edge("sums of exactly 0", SUMS_OF_ZERO, np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 1.0]]), np.array([0, 1, 0]))
    large = some_network(rng, 2, 3, 3)
    yield edge(
        "huge scores", [*large[:3], np.array([1000.0, 999.0, 1001.0])], rng.normal(size=(4, 2)), some_labels(rng, 4, 3)
    )
    yield edge(
        "rows far apart: scores of about ±1000, of 0 to 30, of about -1000",
        FAR_APART,
        100 * np.eye(3),
        np.array([0, 0, 1]),
    )


@gradients.drive
def _(answer, network, x, y):
    result = answer(network, x, y)
    if isinstance(result, list | tuple) and len(result) == 2 and isinstance(result[1], list | tuple):
        return result[0], list(result[1])
    return result


@gradients.variant("step by step, as on paper")
def _(network, x, y):
    W1, b1, W2, b2 = network
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(y)), y]))
    dz2 = (p - np.eye(p.shape[1])[y]) / len(y)
    dz1 = (dz2 @ W2.T) * (z1 > 0)
    return loss, [x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


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


gradients.slip(
    "classes-of-the-batch",
    "You count the classes that happen to be in the batch. A batch need not show every class: where else does the network tell how many there are?",
    "np.eye(p.shape[1])[y]",
    "np.eye(len(np.unique(y)))[y]",
)

gradients.slip(
    "sum-not-mean",
    "The loss is a mean over the batch, but your gradients are those of the sum. Where does the number of samples come in?",
    "(p - np.eye(p.shape[1])[y]) / len(y)",
    "p - np.eye(p.shape[1])[y]",
)
gradients.slip(
    "relu-gate-forgotten",
    (
        "dW2 and db2 are right, dW1 and db1 are not: a hidden neuron whose sum was negative gave 0, and no gradient may pass through it. "
        "What are you to multiply by on the way back through ReLU?"
    ),
    "(dz2 @ W2.T) * (z1 > 0)",
    "dz2 @ W2.T",
)
gradients.slip(
    "gate-open-at-0",
    "You open the gate at a sum of exactly 0. There it is closed: the table says `z1 > 0`.",
    "(dz2 @ W2.T) * (z1 > 0)",
    "(dz2 @ W2.T) * (z1 >= 0)",
)
gradients.slip(
    "relu-of-gradient",
    "You let pass the gradients that are positive. The gate of ReLU is set on the way forward: it looks at the hidden *sums*, not at the gradient.",
    "(dz2 @ W2.T) * (z1 > 0)",
    "np.maximum(0, dz2 @ W2.T)",
)
gradients.slip(
    "no-relu",
    "The hidden layer does not bend: even the loss is that of a network without ReLU. Look at the way forward.",
    "np.maximum(0, x @ W1 + b1)",
    "x @ W1 + b1",
    of="1 taken from the right share in its place, loss from the logarithm of the sum",
)
gradients.slip(
    "sign",
    "All the gradients have the wrong sign, so a step would go uphill. Is it shares minus truth, or truth minus shares?",
    "p - np.eye(p.shape[1])[y]",
    "np.eye(p.shape[1])[y] - p",
)
gradients.slip(
    "bias-mean",
    "The weights' gradients are right, those of the biases are too small. You have divided by the number of samples already: is it a sum or a mean now?",
    "[x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]",
    "[x.T @ dz1, dz1.mean(axis=0), h.T @ dz2, dz2.mean(axis=0)]",
)
gradients.slip(
    "no-shift",
    "What is np.exp(1000.0)? Take each row's largest score away first, as in lesson 02.",
    "z2 - z2.max(axis=1, keepdims=True)",
    "z2",
)
gradients.slip(
    "summed-loss",
    "The gradients are right. The loss is the sum over the batch, and it should be the mean.",
    "np.mean",
    "np.sum",
)
gradients.slip(
    "output-layer-first",
    "The four gradients are right, but in another order than the network. Return them as dW1, db1, dW2, db2.",
    "[x.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]",
    "[h.T @ dz2, dz2.sum(axis=0), x.T @ dz1, dz1.sum(axis=0)]",
)

gradients.equivalent("needs_dx=False", "needs_dx=True", why="the slopes of x are computed and not used")
gradients.equivalent(
    "nn.dense_backward(dh * (z1 > 0), x, W1, needs_dx=False)",
    "nn.dense_backward(dh * (z1 > 0), x, W1)",
    why="the slopes of x are computed and not used",
)
gradients.equivalent(
    "[np.outer(row, dz1), dz1, np.outer(h, dz2), dz2]",
    "[np.outer(row, dz1), dz1, np.outer(h, dz2), dz2, dz2]",
    why="there are four totals, so the fifth part is not used",
)
