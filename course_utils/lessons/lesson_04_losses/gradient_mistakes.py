"""The gradient of cross-entropy: mistakes in which activation, along which axis, and in what is subtracted."""

import numpy as np

from .crossentropy_gradient import gradient

for name, hint, right, wrong in (
    (
        "two-columns-as-a-sigmoid",
        "Two columns are two classes, and you send them through the sigmoid. Only a *single* column is a yes-or-no question.",
        "z.shape[1] == 1",
        "z.shape[1] <= 2",
    ),
    (
        "plus-the-truth",
        "The truth is added. Prediction *minus* truth: a perfect prediction has the gradient 0.",
        "(p - y)",
        "(p + y)",
    ),
    (
        "truth-times-prediction",
        "You multiply the truth by the prediction. At a perfect prediction the gradient is 0: what is subtracted from what?",
        "(p - y)",
        "(p * y)",
    ),
    (
        "true-class-only",
        "Only the true class has a slope in your table. The other scores have one too: raising them takes share away.",
        "(p - y)",
        "(p - y) * y",
    ),
    (
        "forgot-the-size",
        "Your numbers are never negative. A gradient needs its sign: it tells up from down.",
        "(p - y)",
        "np.abs(p - y)",
    ),
    (
        "squared",
        "You square the difference. The slope of cross-entropy is prediction minus truth as it stands.",
        "(p - y)",
        "(p - y) ** 2",
    ),
    (
        "with-a-two",
        "There is a 2 in front, as in the slope of the squared error. Here none is left over.",
        "(p - y)",
        "2 * (p - y)",
    ),
    (
        "summed-over-the-batch",
        "You return one row for the whole batch. Every score needs a slope of its own: the shape of z.",
        "return (p - y) / y.shape[0]",
        "return np.sum(p - y, axis=0) / y.shape[0]",
    ),
    (
        "all-added-up",
        "You return a single number. Every score needs a slope of its own: the shape of z.",
        "return (p - y) / y.shape[0]",
        "return np.mean(p - y)",
    ),
    (
        "log-of-the-shares",
        "You subtract the truth from the *log* of p. The formula takes p itself.",
        "(p - y)",
        "(np.log(p) - y)",
    ),
    (
        "rounded",
        "Your slopes are rounded. A function hands on all that it has.",
        "return (p - y) / y.shape[0]",
        "return np.round((p - y) / y.shape[0], 4)",
    ),
    (
        "tanh-for-one-column",
        "With a single column your p runs from -1 to 1: that is tanh. Which curve runs from 0 to 1?",
        "0.5 + 0.5 * np.tanh(z / 2)",
        "np.tanh(z)",
    ),
    (
        "sigmoid-falls",
        "With a single column your p falls where it should rise. Which sign stands in the exponent of the sigmoid?",
        "0.5 + 0.5 * np.tanh(z / 2)",
        "0.5 - 0.5 * np.tanh(z / 2)",
    ),
    (
        "exponentials-not-shared",
        "With several columns the rows of your p do not make 1. By what is each exponential divided?",
        "np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))",
        "np.exp(shifted)",
    ),
    (
        "shift-down-the-columns",
        "You subtract the largest score of each *column*, so the scores of one row are shifted by different numbers. "
        "Along which axis does a row lie?",
        "z.max(axis=1, keepdims=True)",
        "z.max(axis=0, keepdims=True)",
    ),
):
    gradient.slip(name, hint, right, wrong)


@gradient.mistake(
    "changes-the-truth",
    "Your code writes into the caller's `y`, as `y -= …` does. Make a new array: `p - y`.",
)
def _(y, z):
    one = z.shape[1] == 1
    scores = np.hstack([z, np.zeros_like(z)]) if one else z
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    slopes = ((p[:, :1] if one else p) - y) / len(z)
    y[...] = 0
    return slopes


@gradient.mistake(
    "down-the-columns",
    "With several columns, each *column* of your p sums to 1. A row is one example: along which axis do its shares sum to 1?",
)
def _(y, z):
    if z.shape[1] == 1:
        p = 0.5 + 0.5 * np.tanh(z / 2)
    else:
        e = np.exp(z - z.max(axis=0, keepdims=True))
        p = e / e.sum(axis=0, keepdims=True)
    return (p - y) / len(z)


@gradient.mistake(
    "asks-the-rows",
    "You choose by the number of *rows*, which is how many examples there are. Which axis says how many scores each of them has?",
)
def _(y, z):
    if z.shape[0] == 1:
        p = 0.5 + 0.5 * np.tanh(z / 2)
    else:
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
    return (p - y) / len(z)


@gradient.mistake(
    "two-columns-as-yes-or-no",
    "Your sigmoid is for *two* columns. A yes-or-no question has a single column of scores.",
)
def _(y, z):
    if z.shape[1] == 2:
        p = 0.5 + 0.5 * np.tanh(z / 2)
    else:
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
    return (p - y) / len(z)
