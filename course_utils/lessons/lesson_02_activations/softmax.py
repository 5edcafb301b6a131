"""Write softmax, row by row and safe for large scores."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

softmax = FunctionExercise("softmax", reference=nn.softmax, points=3, library=(nn.log_softmax,))


@softmax.cases
def _(rng):
    yield small("three scores", np.array([2.0, 1.0, 0.1]))
    yield random("a batch of scores", rng.normal(size=(4, 3)))
    yield random("another batch", rng.normal(size=(3, 5)))
    yield random("as many rows as columns", rng.normal(size=(3, 3)))
    yield edge("a batch of one row", rng.normal(size=(1, 4)))
    yield edge("a single column", rng.normal(size=(3, 1)))
    yield edge("whole numbers", np.array([[3, 1, 0], [-2, 0, 1]]))
    yield edge("large scores", np.array([[1000.0, 1001.0, 999.0]]))
    yield edge("large scores in one row without a batch", np.array([999.0, 1000.0, 1001.0]))
    yield edge("scores far below zero", np.array([[-3000.0, -3001.0, -2999.0]]))
    yield edge("rows far apart", np.array([[0.0, 1.0], [900.0, 901.0]]))
    yield edge("three rows far apart", np.array([[-2000.0, -2001.0], [2.0, 1.0], [4001.0, 4000.0]]))
    yield edge("one very wide row", np.array([[2500.0, -2500.0, 0.0]]))
    yield edge("a wide row, the largest last", np.array([[-2500.0, 0.0, 2500.0], [0.0, -1.0, 1.0]]))
    yield edge("a far smallest score", np.array([0.0, 1.0, -2000.0]))


@softmax.variant("the pseudo-code")
def _(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.variant("through the logarithm")
def _(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


@softmax.variant("loop over rows")
def _(x):
    rows = np.atleast_2d(x)
    out = np.empty(rows.shape)
    for i, row in enumerate(rows):
        e = np.exp(row - max(row))
        out[i] = e / sum(e)
    return out.reshape(x.shape)


@softmax.variant("float32")
def _(x):
    z = x.astype(np.float32)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


WHOLE = "e = np.exp(z - z.max(axis=-1, keepdims=True))\n    return e / e.sum(axis=-1, keepdims=True)"

softmax.slip(
    "no-shift",
    "What is np.exp(1000.0)? What may you subtract from every score without changing the result?",
    " - z.max(axis=-1, keepdims=True)",
    "",
)

softmax.slip(
    "whole-batch",
    (
        "All the numbers of the batch together sum to 1. Each row should sum to 1: sum along the "
        "last axis and keep the dimension (`axis=-1, keepdims=True`)."
    ),
    WHOLE,
    "e = np.exp(z - z.max())\n    return e / e.sum()",
)

softmax.slip(
    "summed-over-the-batch",
    "Your sum goes over the whole batch, not over each row. What should sum to 1?",
    "e.sum(axis=-1, keepdims=True)",
    "e.sum()",
)

softmax.slip(
    "wrong-axis",
    "The columns sum to 1 instead of the rows. A row is one example: use axis=-1, the last one, and keep that axis with "
    "`keepdims=True`.",
    WHOLE,
    "e = np.exp(z - z.max(axis=0, keepdims=True))\n    return e / e.sum(axis=0, keepdims=True)",
)

softmax.slip(
    "summed-over-the-columns",
    "Your sum runs down the columns. Each *row* should sum to 1: which axis is that, and what keeps it (`keepdims`)?",
    "e.sum(axis=-1, keepdims=True)",
    "e.sum(axis=0, keepdims=True)",
)

softmax.slip(
    "axis-one",
    "Right for a batch. A single row has only one axis, numbered 0, so there is no axis 1. "
    "Which number means the last axis, however many there are?",
    WHOLE,
    "e = np.exp(z - z.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)",
)

softmax.slip(
    "one-shift-for-all",
    (
        "You subtract the largest score of the whole batch. In a row that lies 900 below it every "
        "exp is 0, and 0 / 0 is nan. Subtract each row's own largest score."
    ),
    "z.max(axis=-1, keepdims=True)",
    "z.max()",
)

softmax.slip(
    "shifted-by-the-smallest",
    "You subtract the smallest score of the row. In a wide row the largest one then stays large: what is its exponential?",
    "z.max(axis=-1, keepdims=True)",
    "z.min(axis=-1, keepdims=True)",
)

softmax.slip(
    "shifted-by-the-mean",
    "You subtract the mean of the row. In a wide row the largest score then still lies far above 0: what is its "
    "exponential?",
    "z.max(axis=-1, keepdims=True)",
    "z.mean(axis=-1, keepdims=True)",
)

softmax.slip(
    "shifted-by-the-first",
    "You subtract the first score of the row. When it is not the largest, another one may stay far above 0.",
    "z.max(axis=-1, keepdims=True)",
    "z[..., :1]",
)

softmax.slip(
    "shifted-by-the-size",
    "You subtract the largest *size*. Far below zero that is a large positive number: every exp is 0, and 0 / 0 is nan.",
    "z.max(axis=-1, keepdims=True)",
    "np.abs(z).max(axis=-1, keepdims=True)",
)

softmax.slip(
    "cut-off",
    "Large scores are cut off, so two of them may end up equal. Subtracting keeps their difference; cutting does not.",
    "z - z.max(axis=-1, keepdims=True)",
    "np.clip(z, -500, 500)",
)

softmax.slip(
    "no-exp",
    (
        "You divide the scores by their sum. Take the exponential of each score first; "
        "then negative scores are no trouble either."
    ),
    WHOLE,
    "return z / z.sum(axis=-1, keepdims=True)",
)

softmax.slip(
    "sum-of-the-scores",
    "You divide by the sum of the scores. The shares sum to 1 only if you divide by the sum of the *exponentials*.",
    "e.sum(axis=-1, keepdims=True)",
    "z.sum(axis=-1, keepdims=True)",
)

softmax.slip(
    "not-divided",
    "The largest number of each of your rows is 1, so a row sums to more than that. Which step makes it sum to 1?",
    " / e.sum(axis=-1, keepdims=True)",
    "",
)

softmax.slip(
    "divided-by-the-mean",
    "Each of your rows sums to the number of its scores, not to 1. You divide by the mean of the exponentials.",
    "e.sum(axis=-1, keepdims=True)",
    "e.mean(axis=-1, keepdims=True)",
)

softmax.slip(
    "keepdims",
    "The sum lost its axis, so NumPy cannot divide row by row. Look up `keepdims=True`.",
    "e.sum(axis=-1, keepdims=True)",
    "e.sum(axis=-1)",
)

softmax.slip(
    "keepdims-of-the-largest",
    "The largest scores lost their axis, so NumPy cannot subtract row by row. Look up `keepdims=True`.",
    "z.max(axis=-1, keepdims=True)",
    "z.max(axis=-1)",
)

softmax.slip(
    "shifted-above-only",
    "You subtract above the fraction line and not below it. The shift cancels only when it stands in both places.",
    "e.sum(axis=-1, keepdims=True)",
    "np.exp(z).sum(axis=-1, keepdims=True)",
)

softmax.slip(
    "divided-by-the-largest-score",
    "You divide the scores by the largest one. That changes how far apart they are; subtracting does not.",
    "z - z.max(axis=-1, keepdims=True)",
    "z / z.max(axis=-1, keepdims=True)",
)

softmax.slip(
    "logarithm",
    "These are the logarithms of the shares. The shares themselves lie between 0 and 1.",
    "return e / e.sum(axis=-1, keepdims=True)",
    "return np.log(e / e.sum(axis=-1, keepdims=True))",
)

softmax.slip(
    "power-of-two",
    "You take powers of 2. Softmax is made of powers of e, 2.718…: `np.exp`.",
    "np.exp(z - z.max(axis=-1, keepdims=True))",
    "2.0 ** (z - z.max(axis=-1, keepdims=True))",
)

softmax.slip(
    "nan-covered-up",
    "`nan_to_num` hides that something went wrong: the shares of such a row no longer sum to 1. "
    "What may you subtract from every score so that nan never comes up?",
    WHOLE,
    "e = np.exp(z)\n    return np.nan_to_num(e / e.sum(axis=-1, keepdims=True))",
)

softmax.slip(
    "rows-only",
    "Right for a batch. A single row of scores has no rows to walk over: what does your loop take from it? "
    "Do you need a loop at all?",
    WHOLE,
    "return np.array([np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in z])",
)

softmax.slip(
    "smallest-gets-most",
    "Your smallest score gets the largest share. Which sign stands in the exponent?",
    "z - z.max(axis=-1, keepdims=True)",
    "z.min(axis=-1, keepdims=True) - z",
)

softmax.slip(
    "each-by-itself",
    "This is the sigmoid of each score. The shares of a row have to sum to 1: by what is each exponential divided?",
    WHOLE,
    "return 1 / (1 + np.exp(-z))",
)

softmax.slip(
    "hardmax",
    "The largest score gets everything. Softmax leaves every class a share.",
    WHOLE,
    "return (z == z.max(axis=-1, keepdims=True)).astype(float)",
)

softmax.slip(
    "changes-input",
    "The shares are right, but z itself was changed. A line such as `z -= z.max(…)` writes into the caller's array. "
    "Make a new one.",
    "e = np.exp(z - z.max(axis=-1, keepdims=True))",
    "z[...] = z - z.max(axis=-1, keepdims=True)\n    e = np.exp(z)",
)
