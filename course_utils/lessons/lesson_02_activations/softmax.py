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
    yield edge("large scores", np.array([[1000.0, 1001.0, 999.0]]))
    yield edge("rows far apart", np.array([[0.0, 1.0], [900.0, 901.0]]))


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


softmax.slip(
    "no-shift",
    "What is np.exp(1000.0)? What may you subtract from every score without changing the result?",
    " - z.max(axis=-1, keepdims=True)",
    "",
    of="float32",
)

softmax.slip(
    "whole-batch",
    (
        "All the numbers of the batch together sum to 1. Each row should sum to 1: sum along the "
        "last axis and keep the dimension (`axis=-1, keepdims=True`)."
    ),
    "shifted = x - x.max(axis=-1, keepdims=True)\n    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))",
    "e = np.exp(x - x.max())\n    return e / e.sum()",
)

softmax.slip(
    "wrong-axis",
    "The columns sum to 1 instead of the rows. A row is one example: use axis=-1, the last one.",
    "shifted = x - x.max(axis=-1, keepdims=True)\n    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))",
    "e = np.exp(x - x.max(axis=0, keepdims=True))\n    return e / e.sum(axis=0, keepdims=True)",
)

softmax.slip(
    "one-shift-for-all",
    (
        "You subtract the largest score of the whole batch. In a row that lies 900 below it every "
        "exp is 0, and 0 / 0 is nan. Subtract each row's own largest score."
    ),
    "z.max(axis=-1, keepdims=True)",
    "z.max()",
    of="float32",
)

softmax.slip(
    "no-exp",
    (
        "You divide the scores by their sum. Take the exponential of each score first; "
        "then negative scores are no trouble either."
    ),
    "shifted = x - x.max(axis=-1, keepdims=True)\n    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))",
    "return x / x.sum(axis=-1, keepdims=True)",
)

softmax.slip(
    "keepdims",
    "The sum lost its axis, so NumPy cannot divide row by row. Look up `keepdims=True`.",
    "e.sum(axis=-1, keepdims=True)",
    "e.sum(axis=-1)",
    of="float32",
)

softmax.slip(
    "hardmax",
    "The largest score gets everything. Softmax leaves every class a share.",
    "np.exp(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))",
    "(shifted == 0).astype(float)",
)
