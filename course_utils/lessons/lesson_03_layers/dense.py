"""Compute a dense layer: every neuron's weighted sum for every example of a batch."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def one_layer(x, W, b):
    """Every neuron's weighted sum for every example: x @ W + b."""
    return nn.dense(x, W, b)


dense = FunctionExercise("dense", reference=one_layer, points=2, title="A dense layer", library=(nn.dense, nn.Dense))


@dense.cases
def _(rng):
    yield small(
        "two examples, three neurons",
        np.array([[1.0, 2.0], [0.0, 1.0]]),
        np.array([[1.0, 0.0, 2.0], [3.0, 1.0, -1.0]]),
        np.array([0.5, -1.0, 0.0]),
    )
    yield random(
        "four examples, 3 inputs, 2 neurons", rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    )
    yield random("three of everything", rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3))
    yield edge("a single example", rng.normal(size=(1, 4)), rng.normal(size=(4, 3)), rng.normal(size=3))
    yield edge("a single neuron", rng.normal(size=(5, 2)), rng.normal(size=(2, 1)), rng.normal(size=1))


@dense.variant("np.dot")
def _(x, W, b):
    return np.dot(x, W) + b


@dense.variant("three loops")
def _(x, W, b):
    y = np.zeros((x.shape[0], W.shape[1]))
    for n in range(x.shape[0]):
        for f in range(W.shape[1]):
            y[n, f] = b[f]
            for d in range(x.shape[1]):
                y[n, f] += x[n, d] * W[d, f]
    return y


@dense.variant("one neuron at a time")
def _(x, W, b):
    return np.stack([(x * W[:, f]).sum(axis=1) + b[f] for f in range(len(b))], axis=1)


@dense.variant("the bias as one more weight")
def _(x, W, b):
    ones = np.ones((len(x), 1))
    return np.hstack([x, ones]) @ np.vstack([W, b])


@dense.variant("float32")
def _(x, W, b):
    return x.astype(np.float32) @ W.astype(np.float32) + b.astype(np.float32)


dense.slip(
    "forgot-bias",
    "The products are right. Which of the three arguments does your function never use?",
    " + b",
    "",
)

dense.slip(
    "element-wise",
    "`*` multiplies entry by entry. Each neuron needs a whole weighted sum: which sign multiplies and adds up?",
    "np.dot(x, W)",
    "x * W",
)

dense.slip(
    "transposed",
    (
        "W already has one row for each input and one column for each neuron. Write down the shapes of x and W: "
        "do the two inner numbers agree as they are?"
    ),
    "np.dot(x, W)",
    "x @ W.T",
)

dense.slip(
    "wrong-order",
    "The order of a matrix product matters. The shapes are (N, D) and (D, F): which of the two stands on the left?",
    "np.dot(x, W)",
    "W @ x",
)

dense.slip(
    "bias-per-example",
    (
        "Your bias stands upright, so it gives one number to each *example*. Each *neuron* has one bias. "
        "Along which axis do the neurons lie?"
    ),
    " + b",
    " + b.reshape(-1, 1)",
)

dense.slip(
    "with-activation",
    (
        "These are the sums with their negative numbers cut off. `dense` should only multiply and add; "
        "the activation comes after it."
    ),
    "np.dot(x, W) + b",
    "np.maximum(0, np.dot(x, W) + b)",
)

dense.slip(
    "first-example-only",
    "Only the first row of x was used. x holds a batch: one row of results for each row of x.",
    "np.dot(x, W)",
    "x[0] @ W",
)

dense.slip(
    "bias-times",
    "The bias is multiplied in. With a bias of 0 the neuron would never say anything. How does it join the sum?",
    " + b",
    " * b",
)

dense.slip(
    "all-added-up",
    "All neurons are added into one number for each example. Every neuron keeps a column of its own.",
    "np.dot(x, W) + b",
    "(np.dot(x, W) + b).sum(axis=1)",
)
