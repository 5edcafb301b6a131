"""Compute every gradient of a two-layer network, from its loss back to its first weights."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

STEPS = ("dz2", "dW2", "db2", "dh", "dz1", "dW1", "db1")


def through_network(x, labels, W1, b1, W2, b2):
    """The gradients of softmax cross-entropy(relu(x W1 + b1) W2 + b2), from the loss back to W1 and b1."""
    z1 = nn.dense(x, W1, b1)
    h = nn.relu(z1)
    _, dz2 = nn.softmax_crossentropy(labels, nn.dense(h, W2, b2))
    dh, dW2, db2 = nn.dense_backward(dz2, h, W2)
    dz1 = dh * nn.relu_derivative(z1)
    _, dW1, db1 = nn.dense_backward(dz1, x, W1)
    return {"dz2": dz2, "dW2": dW2, "db2": db2, "dh": dh, "dz1": dz1, "dW1": dW1, "db1": db1}


network = FunctionExercise(
    "network-backward", reference=through_network, points=4, title="A two-layer network, backward"
)


@network.drive
def _(answer, *case):
    result = answer(*case)
    return {k: v for k, v in result.items() if k in STEPS} if isinstance(result, dict) else result


def _network_case(rng, batch, inputs, hidden, classes):
    shapes = [(inputs, hidden), (hidden,), (hidden, classes), (classes,)]
    weights = [rng.normal(size=shape) for shape in shapes]
    return rng.normal(size=(batch, inputs)), rng.integers(0, classes, size=batch), *weights


def small_network():
    """Two examples whose every number comes out on paper: z1 is (3, -1) and (3, -2), the shares are ¼ and ¾."""
    W1, b1 = np.array([[1.0, -1.0], [1.0, 0.0]]), np.zeros(2)
    W2, b2 = np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([-3.0, 3.0 + np.log(3.0)])
    return np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([0, 1]), W1, b1, W2, b2


def _sums_of_zero():
    """The small network's second layer behind sums z1 of (0, 0), (0, 1) and (1, 0)."""
    _, _, _, b1, W2, b2 = small_network()
    return (
        np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 1.0]]),
        np.array([0, 1, 0]),
        np.array([[1.0, -1.0], [-1.0, 2.0]]),
        b1,
        W2,
        b2,
    )


def _far_apart():
    """The small network with other inputs: in a row of scores both are far above 0, near 0, or far below 0."""
    _, _, W1, b1, _, b2 = small_network()
    x = np.array([[1000.0, 2000.0], [2.0, 1.0], [-1000.0, -2000.0]])
    return x, np.array([1, 1, 0]), W1, b1, np.array([[1.0, -1.0], [-2.0, -3.0]]), b2


@network.cases
def _(rng):
    yield small("two examples, worked out in the text", *small_network())
    yield random("a batch of 5: 3 → 4 → 2", *_network_case(rng, 5, 3, 4, 2))
    yield random("a batch of 4: 2 → 6 → 3", *_network_case(rng, 4, 2, 6, 3))
    yield random("a batch of 12: 5 → 16 → 11", *_network_case(rng, 12, 5, 16, 11))
    yield edge("huge scores, and rows far apart", *_far_apart())
    yield edge("sums of exactly 0", *_sums_of_zero())
    yield edge("a single example", *_network_case(rng, 1, 3, 5, 4))
    yield edge("two examples: 4 → 3 → 3", *_network_case(rng, 2, 4, 3, 3))


@network.variant("step by step, the gate from h")
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (h > 0)
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.variant("written out, the gate from h")
def _(x, labels, W1, b1, W2, b2):
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    shifted = z2 - z2.max(axis=1, keepdims=True)
    dz2 = np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
    dz2[np.arange(len(x)), labels] -= 1
    dz2 /= len(x)
    dh = dz2 @ W2.T
    dz1 = np.where(h > 0, dh, 0.0)
    return {"db1": dz1.sum(0), "dW1": x.T @ dz1, "dz1": dz1, "dh": dh, "db2": dz2.sum(0), "dW2": h.T @ dz2, "dz2": dz2}


@network.variant("with more in the dict than asked for")
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = z1 * (z1 > 0)
    z2 = np.einsum("nh,hk->nk", h, W2) + b2
    p = np.exp(z2 - np.logaddexp.reduce(z2, axis=1, keepdims=True))
    g = {"z1": z1, "h": h, "shares": p}
    g["dz2"] = (p - np.eye(p.shape[1])[labels]) / p.shape[0]
    g["dW2"], g["db2"], g["dh"] = h.T @ g["dz2"], g["dz2"].sum(axis=0), np.dot(g["dz2"], W2.T)
    g["dz1"] = g["dh"] * np.heaviside(z1, 0)
    g["dW1"], g["db1"] = x.T @ g["dz1"], g["dz1"].sum(axis=0)
    return g


network.slip(
    "forgot-relu",
    "On the way forward h passed a ReLU, on your way back nothing happens there. Where z1 was negative, how much of dh gets through?",
    " * (h > 0)",
    "",
)

network.slip(
    "relu-of-gradient",
    "You put the *gradient* through ReLU, so negative gradients are lost. The gate was set on the way forward, by the sign of z1.",
    "dh * (h > 0)",
    "np.maximum(0, dh)",
)

network.slip(
    "h-for-gate", "You multiply by h. The local slope of ReLU is 1 or 0: is the gate open or closed?", "(h > 0)", "h"
)

network.slip(
    "sigmoid-slope", "h (1 - h) is the slope of the sigmoid. This hidden layer uses ReLU.", "(h > 0)", "h * (1 - h)"
)

network.slip(
    "z1-for-h",
    "dW2 is off. The second layer never saw z1: what went *into* it?",
    "h.T @ dz2",
    "z1.T @ dz2",
)

network.slip(
    "no-relu-forward",
    "Even dz2 is off, so look at the way *forward*: between the two layers stands a ReLU.",
    "np.maximum(0, z1)",
    "z1",
)

network.slip(
    "forgot-mean",
    "Everything is too large, by the number of examples. The loss is a mean: at which step is the division by N?",
    " / len(x)",
    "",
)

network.slip(
    "W2-not-transposed",
    "dh should have the shape of h. You multiply dz2 by W2 as it stands: the layer is crossed backwards here.",
    "dz2 @ W2.T",
    "dz2 @ W2",
)


network.slip(
    "no-shift",
    "np.exp(1000.0) is inf, and inf / inf is nan. What do you subtract from each row of scores first, as in exercise 3?",
    " - z2.max(axis=1, keepdims=True)",
    "",
)

network.slip(
    "shifted-by-the-table",
    "You subtract the largest score of the whole *table*. For a row far below it all exponentials are 0. Each row needs its own largest score.",
    "z2.max(axis=1, keepdims=True)",
    "z2.max()",
)

network.slip(
    "b1-forgotten",
    "Even dz2 is off, so look at the way *forward*: which numbers are added in the first layer?",
    "z1 = x @ W1 + b1",
    "z1 = x @ W1",
)

network.slip(
    "b2-forgotten",
    "Even dz2 is off, so look at the way *forward*: which numbers are added in the second layer?",
    "z2 = h @ W2 + b2",
    "z2 = h @ W2",
)

network.slip(
    "truth-missing",
    "Your dz2 is the shares alone. It is prediction minus *truth*: at which places is the truth a 1?",
    " - np.eye(len(b2))[labels]",
    "",
)

network.slip(
    "truth-minus-prediction",
    "All signs are turned round. dz2 is *prediction minus truth*: for the true class, is that above or below 0?",
    "(e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels])",
    "(np.eye(len(b2))[labels] - e / e.sum(axis=1, keepdims=True))",
)

network.slip(
    "divided-by-classes",
    "You divide by the number of classes. The loss is a mean over the *examples*: how many of them are there?",
    "/ len(x)",
    "/ len(b2)",
)

network.slip(
    "divided-again",
    "dW1 is divided by the number of examples once more. The division happened once in dz2, and dz1 has it in it already.",
    '"dW1": x.T @ dz1,',
    '"dW1": x.T @ dz1 / len(x),',
)

network.slip(
    "dh-for-dz1",
    "Your dW1 comes from dh. Behind the gate the gradient is dz1: which of the two reaches the first layer?",
    '"dW1": x.T @ dz1,',
    '"dW1": x.T @ dh,',
)

network.slip(
    "biases-averaged",
    "You took a mean for db2. The division by N is in dz2 already: here the pulls of the examples are only added up.",
    "dz2.sum(axis=0)",
    "dz2.mean(axis=0)",
)


network.slip(
    "gate-alone",
    "dz1 is the gate alone. What comes in from behind, and passes where the gate is open?",
    "dh * (h > 0)",
    "1.0 * (h > 0)",
)

network.slip("tanh-slope", "1 - h² is the slope of tanh. This hidden layer uses ReLU.", "(h > 0)", "(1 - h**2)")

network.slip(
    "divided-by-all",
    "You divide by the number of all entries of x. The loss is a mean over the *examples*: how many of them are there?",
    "/ len(x)",
    "/ x.size",
)


@network.mistake(
    "biases-not-summed",
    "The biases' gradients have a row for each example. Each layer has one row of biases: what becomes of the others?",
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (z1 > 0)
    return {"dz2": dz2, "dW2": h.T @ dz2, "db2": dz2, "dh": dh, "dz1": dz1, "dW1": x.T @ dz1, "db1": dz1}


@network.mistake(
    "gradients-as-tuple",
    'The gradients came without names. Return a dict, as in `{"dz2": dz2, …}`.',
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (z1 > 0)
    return dz2, h.T @ dz2, dz2.sum(axis=0), dh, dz1, x.T @ dz1, dz1.sum(axis=0)


network.equivalent("z1 > 0", "z1 >= 0", why="z1 times this is h, and at 0 both ways give 0")
network.equivalent("{'z1': z1, 'h': h, 'shares': p}", why="nothing is asked of what is in the dict besides")
network.equivalent(
    "nn.dense_backward(dz1, x, W1)", "nn.dense_backward(dz1, x, b1)", why="only dx depends on it, and dx is not used"
)
