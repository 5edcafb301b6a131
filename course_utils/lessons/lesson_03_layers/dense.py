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
    yield random(
        "twelve examples, 20 inputs, 9 neurons", rng.normal(size=(12, 20)), rng.normal(size=(20, 9)), rng.normal(size=9)
    )
    yield edge("whole numbers", rng.integers(-9, 9, size=(2, 3)), rng.integers(-9, 9, size=(3, 4)), np.arange(4))
    yield edge(
        "inputs that are whole numbers",
        rng.choice([-7, -3, 3, 5], size=(3, 2)),
        np.array([[0.5, -1.25], [0.75, 1.5]]),
        np.array([0.25, -0.5]),
    )
    yield edge(
        "large numbers", rng.uniform(-900, 900, size=(2, 3)), rng.uniform(-900, 900, size=(3, 2)), np.array([9e3, -9e3])
    )
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
    "The products are right, but b is not in your result. Where does it come in, and is the sum with it kept?",
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

dense.slip(
    "bias-taken-away",
    "The bias is taken away. Look at the formula: which sign stands before b?",
    " + b",
    " - b",
)

dense.slip(
    "mean-instead-of-sum",
    "You take the mean over the inputs. A neuron adds its products up and does not divide.",
    "np.dot(x, W)",
    "x @ W / x.shape[1]",
)

dense.slip(
    "result-transposed",
    "Right numbers, but with a row for each neuron. Asked for is a row for each example, shape (N, F).",
    "np.dot(x, W) + b",
    "(np.dot(x, W) + b).T",
)

dense.slip(
    "one-bias-for-all",
    "All the biases are added up and given to every neuron. Each neuron has one of its own.",
    " + b",
    " + b.sum()",
)

dense.slip(
    "bias-inside-the-sum",
    "The bias went in once for each input. Each neuron has one bias: it is added once, after the products.",
    " + b",
    " + b * x.shape[1]",
)

dense.slip(
    "bias-in-the-weights",
    "You add b to the weights, so it is multiplied by the inputs. The bias is added once, after the products.",
    "np.dot(x, W) + b",
    "x @ (W + b)",
)

dense.slip(
    "first-bias-for-all",
    "Every neuron gets the bias of the first. Each one has its own: b is a row with one number for each column.",
    " + b",
    " + b[0]",
)

dense.slip(
    "examples-added-up",
    "All the examples are added into one row. Each example keeps a row of its own.",
    "np.dot(x, W) + b",
    "(np.dot(x, W) + b).sum(axis=0)",
)

dense.slip(
    "last-product-only",
    "Only the last product is left in each sum: each turn of the loop forgets the one before. How does a sum grow?",
    "np.dot(x, W)",
    "x[:, -1:] * W[-1]",
)

dense.slip(
    "list-of-rows",
    "The numbers are right, but they stand in a list of rows. `np.array` makes one table of them; or do you need a loop at all?",
    "np.dot(x, W) + b",
    "[row @ W + b for row in x]",
)

dense.slip(
    "with-sigmoid",
    "These sums went through the sigmoid. `dense` should only multiply and add; the activation comes after it.",
    "np.dot(x, W) + b",
    "1 / (1 + np.exp(-(np.dot(x, W) + b)))",
)


@dense.mistake(
    "cut-to-whole-numbers",
    "Right as long as the inputs have a point. A table made like whole numbers holds only whole numbers, "
    "and cuts a sum such as 1.5 down to 1. Which kind of numbers should yours hold?",
)
def _(x, W, b):
    y = np.zeros((len(x), len(b)), dtype=x.dtype)
    y[...] = x @ W + b
    return y


@dense.mistake(
    "changes-input",
    "The result is right, but one of the inputs was changed: a line of yours writes into the caller's array. "
    "Make a new one.",
)
def _(x, W, b):
    y = x @ W + b
    x[...] = 0
    return y


dense.equivalent(
    "np.zeros((x.shape[0], W.shape[1]))",
    "np.ones((x.shape[0], W.shape[1]))",
    why="every place is written before it is read",
)
dense.equivalent(
    "np.ones((len(x), 1))", "np.ones((len(x), 1), dtype='uint8')", why="a 1 is a 1 in every kind of number"
)
