"""Exercises of lesson 02: ReLU, sigmoid and its slope, softmax, and why a stack of linear layers is one layer."""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small

lesson = Lesson("02_activations", "Activation functions")

# ReLU -------------------------------------------------------------------------------------------------

relu = lesson.function("relu", reference=nn.relu, points=2, title="ReLU")


@relu.cases
def _(rng):
    yield small("five, minus three and zero", np.array([5.0, -3.0, 0.0]))
    yield random("a row of numbers", rng.normal(size=6))
    yield random("a table of numbers", rng.normal(size=(3, 4)))
    yield edge("one number", rng.normal(size=(1,)))
    yield edge("all negative", -rng.uniform(1, 2, size=4))


@relu.mistake("absolute-value", "ReLU(-3) is 0, not 3. What should become of the negative numbers?")
def _(x):
    return np.abs(x)


@relu.mistake("minimum", "You kept the negative numbers and lost the positive ones. Which of 0 and x is the larger?")
def _(x):
    return np.minimum(0, x)


@relu.mistake(
    "one-number", "max(0, x.max()) is a single number. ReLU works on each number by itself; look at np.maximum."
)
def _(x):
    return max(0, x.max())


@relu.mistake("drops-negatives", "x[x > 0] throws the negative numbers away. They must stay in their place, as 0.")
def _(x):
    return x[x > 0]


@relu.mistake("step", "You return 0 or 1. ReLU keeps a positive number as it is.")
def _(x):
    return (x > 0).astype(float)


@relu.mistake(
    "changes-input",
    "The result is right, but x itself was changed: `x[x < 0] = 0` writes into the caller's "
    "array. Work on a copy, or make a new array.",
)
def _(x):
    x[x < 0] = 0
    return x


@relu.variant("where")
def _(x):
    return np.where(x > 0, x, 0.0)


@relu.variant("mask")
def _(x):
    return x * (x > 0)


@relu.variant("loop")
def _(x):
    y = np.zeros_like(x)
    for i, value in np.ndenumerate(x):
        if value > 0:
            y[i] = value
    return y


@relu.variant("float32")
def _(x):
    return np.maximum(x, 0).astype(np.float32)


# Sigmoid ----------------------------------------------------------------------------------------------

sigmoid = lesson.function("sigmoid", reference=nn.sigmoid, points=2)


@sigmoid.cases
def _(rng):
    yield small("zero, five and minus five", np.array([0.0, 5.0, -5.0]))
    yield random("a row of numbers", rng.normal(size=5) * 3)
    yield random("a table of numbers", rng.normal(size=(2, 3)) * 3)
    yield edge("far from zero", np.array([-800.0, 800.0]))


@sigmoid.mistake(
    "missing-minus",
    "Your curve falls where it should rise: sigmoid(5) came out near 0. Look at the sign in the exponent.",
)
def _(x):
    return 1 / (1 + np.exp(x))


@sigmoid.mistake(
    "missing-one", "Your values can be larger than 1. What stands below the fraction line, beside the exponential?"
)
def _(x):
    return 1 / np.exp(-x)


@sigmoid.mistake("tanh", "This runs from -1 to 1, so it is tanh. Sigmoid runs from 0 to 1: sigmoid(0) = 0.5.")
def _(x):
    return np.tanh(x)


@sigmoid.mistake("step", "This jumps from 0 to 1. Sigmoid passes smoothly, through 0.5 at x = 0.")
def _(x):
    return (x > 0).astype(float)


@sigmoid.mistake("brackets", "1 / 1 + ... is read as (1 / 1) + ... Put brackets round the whole lower part.")
def _(x):
    return 1 / 1 + np.exp(-x)


@sigmoid.variant("exp-over-one-plus-exp, from the negative side")
def _(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


@sigmoid.variant("half a tanh")
def _(x):
    return 0.5 * np.tanh(x / 2) + 0.5


@sigmoid.variant("the formula as it stands")
def _(x):
    return 1 / (1 + np.exp(-x))


# The slope of the sigmoid -----------------------------------------------------------------------------

sigmoid_slope = lesson.function(
    "sigmoid-slope", reference=nn.sigmoid_derivative, points=2, title="The slope of the sigmoid"
)


@sigmoid_slope.cases
def _(rng):
    yield small("at 0 and at ln 3: slopes 1/4 and 3/16", np.array([0.0, np.log(3.0)]))
    yield random("a row of numbers", rng.normal(size=5) * 2)
    yield edge("far out, where the slope vanishes", np.array([-30.0, 30.0]))


@sigmoid_slope.mistake(
    "x-not-s", "x * (1 - x) is the right formula for the wrong letter: first compute s = sigmoid(x), then use s in it."
)
def _(x):
    return x * (1 - x)


@sigmoid_slope.mistake(
    "sigmoid-itself", "This is the height of the curve, not its slope. At x = 0 the height is 0.5, the slope 0.25."
)
def _(x):
    return 1 / (1 + np.exp(-x))


@sigmoid_slope.mistake("square", "s * s has the right value at x = 0 only. The second factor is how far s is from 1.")
def _(x):
    s = 1 / (1 + np.exp(-x))
    return s * s


@sigmoid_slope.mistake("tanh-slope", "1 - s ** 2 is the rule for tanh. For the sigmoid it is s * (1 - s).")
def _(x):
    s = 1 / (1 + np.exp(-x))
    return 1 - s**2


@sigmoid_slope.mistake(
    "negative", "The sigmoid always rises, so its slope is never negative. Which way round is the difference?"
)
def _(x):
    s = 1 / (1 + np.exp(-x))
    return s * (s - 1)


@sigmoid_slope.variant("from the exponential")
def _(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


@sigmoid_slope.variant("from tanh")
def _(x):
    return 0.25 * (1 - np.tanh(x / 2) ** 2)


# Softmax ----------------------------------------------------------------------------------------------

softmax = lesson.function("softmax", reference=nn.softmax, points=3)


@softmax.cases
def _(rng):
    yield small("three scores", np.array([2.0, 1.0, 0.1]))
    yield random("a batch of scores", rng.normal(size=(4, 3)))
    yield random("another batch", rng.normal(size=(3, 5)))
    yield edge("large scores", np.array([[1000.0, 1001.0, 999.0]]))
    yield edge("rows far apart", np.array([[0.0, 1.0], [900.0, 901.0]]))


@softmax.mistake(
    "no-shift", "What is np.exp(1000.0)? What may you subtract from every score without changing the result?"
)
def _(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "whole-batch",
    "All the numbers of the batch together sum to 1. Each row should sum to 1: sum along the "
    "last axis and keep the dimension (`axis=-1, keepdims=True`).",
)
def _(x):
    e = np.exp(x - x.max())
    return e / e.sum()


@softmax.mistake(
    "wrong-axis", "The columns sum to 1 instead of the rows. A row is one example: use axis=-1, the last one."
)
def _(x):
    e = np.exp(x - x.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@softmax.mistake(
    "one-shift-for-all",
    "You subtract the largest score of the whole batch. In a row that lies 900 below it every "
    "exp is 0, and 0 / 0 is nan. Subtract each row's own largest score.",
)
def _(x):
    e = np.exp(x - x.max())
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "no-exp",
    "You divide the scores by their sum. Take the exponential of each score first; "
    "then negative scores are no trouble either.",
)
def _(x):
    return x / x.sum(axis=-1, keepdims=True)


@softmax.mistake("keepdims", "The sum lost its axis, so NumPy cannot divide row by row. Look up `keepdims=True`.")
def _(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


@softmax.mistake("hardmax", "The largest score gets everything. Softmax leaves every class a share.")
def _(x):
    return (x == x.max(axis=-1, keepdims=True)).astype(float)


@softmax.variant("loop over rows")
def _(x):
    rows = np.atleast_2d(x)
    out = np.empty(rows.shape)
    for i, row in enumerate(rows):
        e = np.exp(row - max(row))
        out[i] = e / sum(e)
    return out.reshape(x.shape)


@softmax.variant("through the logarithm")
def _(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


@softmax.variant("float32")
def _(x):
    z = x.astype(np.float32)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# Two linear layers are one ----------------------------------------------------------------------------


def merge(W1, b1, W2, b2):
    """The one layer (W, b) that does what two linear layers in a row do: W = W1 W2, b = b1 W2 + b2."""
    return W1 @ W2, b1 @ W2 + b2


merge_layers = lesson.function("merge-layers", reference=merge, points=3, title="Two linear layers are one")


@merge_layers.cases
def _(rng):
    yield small("1 → 2 → 1", np.array([[1.0, 2.0]]), np.array([1.0, 0.0]), np.array([[3.0], [4.0]]), np.array([-1.0]))
    yield random("3 → 4 → 2", *(rng.normal(size=s) for s in [(3, 4), 4, (4, 2), 2]))
    yield random("2 → 2 → 2", *(rng.normal(size=s) for s in [(2, 2), 2, (2, 2), 2]))
    yield edge("one output", *(rng.normal(size=s) for s in [(3, 5), 5, (5, 1), 1]))


@merge_layers.mistake(
    "forgot-first-bias", "The first bias passes through the second layer too. Multiply out (x W1 + b1) W2 + b2."
)
def _(W1, b1, W2, b2):
    return W1 @ W2, b2


@merge_layers.mistake(
    "biases-added", "b1 is not just added: it is multiplied by W2 on its way. Multiply out (x W1 + b1) W2 + b2."
)
def _(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


@merge_layers.mistake(
    "wrong-order", "W2 W1 applies the second layer first. With x on the left, x W1 W2 reads in the order of the layers."
)
def _(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


@merge_layers.mistake("element-wise", "`*` multiplies entry by entry. A layer is a matrix product: `@`.")
def _(W1, b1, W2, b2):
    return W1 * W2, b1 * W2 + b2


@merge_layers.mistake("swapped", "Both parts are right but in the wrong order: return W first, then b.")
def _(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2


@merge_layers.variant("by probing with unit inputs")
def _(W1, b1, W2, b2):
    def two(x):
        return (x @ W1 + b1) @ W2 + b2

    b = two(np.zeros(len(W1)))
    return np.array([two(x) - b for x in np.eye(len(W1))]), b


@merge_layers.variant("einsum, as a list")
def _(W1, b1, W2, b2):
    return [np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2]


# Which activation where -------------------------------------------------------------------------------

choose = lesson.values(
    "choose-activation",
    points=2,
    title="Which activation where?",
    reference=lambda: {
        "hidden_layers": "relu",
        "spam_or_not": "sigmoid",
        "one_of_ten_digits": "softmax",
        "house_price": "linear",
    },
)


@choose.mistake(
    "sigmoid-for-ten",
    "Ten sigmoids give ten separate yes-or-no answers that need not sum to 1. One digit out of ten is a single choice.",
)
def _():
    return {"one_of_ten_digits": "sigmoid"}


@choose.mistake(
    "softmax-for-two",
    "softmax over a single output is always 1. For one yes-or-no output, which curve ends at 0 and 1?",
)
def _():
    return {"spam_or_not": "softmax"}


@choose.mistake(
    "sigmoid-hidden",
    "A sigmoid's slope is at most 0.25, so in a deep network the gradient shrinks at every layer. "
    "Which one has slope 1?",
)
def _():
    return {"hidden_layers": "sigmoid"}


@choose.mistake(
    "relu-price",
    "A network that predicts a number usually ends without a squeeze, so that it can also err below zero "
    "and still learn. Which word means 'no activation'?",
)
def _():
    return {"house_price": "relu"}


@choose.mistake("sigmoid-price", "A sigmoid never exceeds 1. Could it say 250 000?")
def _():
    return {"house_price": "sigmoid"}


@choose.variant("capital letters")
def _():
    return {"hidden_layers": "ReLU", "one_of_ten_digits": "Softmax"}


@choose.variant("with a stray space")
def _():
    return {"spam_or_not": " sigmoid", "house_price": "Linear "}
