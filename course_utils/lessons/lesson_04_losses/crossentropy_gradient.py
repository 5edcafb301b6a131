"""Compute the gradient of the cross-entropy for the logits, with one column of them or several."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import TOLERANCE_FLOAT64, breaks, breaks_far_apart, breaks_wide


def prediction_minus_truth(y, z):
    """(p - y) / N, with p = sigmoid(z) for a single column of logits and p = softmax(z) for several."""
    return ((nn.sigmoid(z) if z.shape[1] == 1 else nn.softmax(z)) - y) / len(z)


gradient = FunctionExercise(
    "crossentropy-gradient",
    reference=prediction_minus_truth,
    points=3,
    title="The gradient of cross-entropy",
    library=(nn.categorical_crossentropy_gradient, nn.softmax_crossentropy),
    tolerance=TOLERANCE_FLOAT64,
)


def _one_hot(rng, rows, classes):
    return np.eye(classes)[rng.integers(0, classes, size=rows)]


def lost(seen):
    """nan for what came out, if the shares of some row were lost on the way: its numbers do not sum to 0."""
    kept = isinstance(seen, np.ndarray) and seen.ndim == 2 and np.allclose(seen.sum(axis=1), 0)
    return seen if kept else np.nan


@gradient.cases
def _(rng):
    yield small("yes or no: p = 1/2 and p = 3/4", np.array([[1.0], [0.0]]), np.array([[0.0], [np.log(3.0)]]))
    yield small("three classes: shares 1/4, 1/4, 1/2", np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 0.0, np.log(2.0)]]))
    yield random("yes or no, five examples", rng.integers(0, 2, size=(5, 1)).astype(float), rng.normal(size=(5, 1)) * 2)
    yield random("four classes, three examples", _one_hot(rng, 3, 4), rng.normal(size=(3, 4)) * 2)
    yield random("fifteen classes, twelve examples", _one_hot(rng, 12, 15), rng.normal(size=(12, 15)) * 2)
    yield edge("a single yes or no", np.array([[1.0]]), rng.normal(size=(1, 1)))
    yield edge("two columns are two classes", _one_hot(rng, 3, 2), rng.normal(size=(3, 2)))
    yield edge("whole numbers", np.array([[0, 1, 0], [1, 0, 0]]), np.array([[2, 0, -1], [3, 3, 1]]))
    yield edge("huge scores", np.array([[1.0, 0.0, 0.0]]), np.array([[1000.0, 1001.0, 999.0]]))
    yield edge("rows far apart", np.eye(2)[[1, 0, 1]], np.array([[2000.0, 2001.0], [0.0, 1.0], [-3000.0, -3002.0]]))
    yield edge("all far below 0", np.array([[1.0, 0.0, 0.0]]), np.array([[-3000.0, -3001.0, -2999.0]]))
    yield edge("the first score far below the others", np.array([[0.0, 0.0, 1.0]]), np.array([[-2000.0, 3.0, 1.0]]))
    yield edge("a very wide row", np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 20000.0, -30000.0]]))
    yield edge("a huge logit", np.array([[0.0], [1.0]]), np.array([[1000.0], [-1000.0]]))
    yield edge("huge and small logits", np.array([[1.0], [0], [1]]), np.array([[-20000.0], [0.5], [2000.0]]))
    yield edge("nearly sure and right", np.array([[1.0], [0.0]]), np.array([[16.0], [-17.0]]))


@gradient.variant("half a tanh for the sigmoid")
def _(y, z):
    if z.shape[1] == 1:
        p = 0.5 + 0.5 * np.tanh(z / 2)
    else:
        shifted = z - z.max(axis=1, keepdims=True)
        p = np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
    return (p - y) / y.shape[0]


@gradient.variant("one column as two classes")
def _(y, z):
    one = z.shape[1] == 1
    scores = np.hstack([z, np.zeros_like(z)]) if one else z
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return ((p[:, :1] if one else p) - y) / len(z)


@gradient.variant("row by row")
def _(y, z):
    rows = []
    for truth, scores in zip(y, z, strict=True):
        if len(scores) == 1:
            p = 1 / (1 + np.exp(-scores))
        else:
            p = np.exp(scores - max(scores)) / sum(np.exp(scores - max(scores)))
        rows.append((p - truth) / len(z))
    return np.array(rows)


gradient.slip(
    "softmax-for-one-column",
    (
        "With a single column your p is 1 for every example: softmax shares one whole among one class. "
        "Which activation does a yes-or-no output have?"
    ),
    "z.shape[1] == 1",
    "False",
    of="one column as two classes",
)

gradient.slip(
    "sigmoid-for-all",
    (
        "The classes are treated as separate yes-or-no questions. With several columns the example belongs to exactly one class: "
        "which activation makes each row sum to 1?"
    ),
    "z.shape[1] == 1",
    "True",
)

gradient.slip(
    "forgot-mean",
    "Each number is too large, by the number of examples. The loss is a mean over N examples: what does that do to each row?",
    " / y.shape[0]",
    "",
)

gradient.slip(
    "divided-by-classes",
    "You divide by the number of *entries*. Cross-entropy gives one loss for each example: how many are averaged?",
    "y.shape[0]",
    "z.size",
)

gradient.slip(
    "sign",
    "All signs are turned round. When p is too high, a higher logit makes the loss worse. Is that slope positive or negative?",
    "(p - y)",
    "(y - p)",
)

gradient.slip(
    "no-activation",
    "You subtract the label from a *score*. The formula says prediction minus truth: what turns z into p?",
    "(p - y)",
    "(z - y)",
)

gradient.slip(
    "extra-slope",
    (
        "You multiplied by p (1 - p), the slope of the sigmoid. It is already in there: together with the log it cancels. "
        "That is why this gradient does not vanish."
    ),
    "(p - y)",
    "(p - y) * p * (1 - p)",
)


@gradient.mistake(
    "with-respect-to-p",
    "This is the slope with respect to the probability, -y / p. The question is about the *logit* z: "
    "one more step of the chain is needed, and much cancels.",
)
def _(y, z):
    if z.shape[1] == 1:
        p = 1 / (1 + np.exp(-z))
        return (p - y) / (p * (1 - p)) / len(z)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -y / p / len(z)


gradient.slip(
    "shifted-by-the-table",
    (
        "You subtract the largest score of the whole *table*. A row that lies far below it has only exponentials of 0, and 0 / 0 is nan. "
        "Each row needs its own largest score."
    ),
    "z.max(axis=1, keepdims=True)",
    "z.max()",
    when=lambda seen, y, z: breaks_far_apart(lost(seen), z),
)

gradient.slip(
    "shifted-by-another",
    (
        "You subtract the same number from a whole row, and that is allowed. But with which number can no exponent be above 0, "
        "however wide the row is?"
    ),
    "z.max(axis=1, keepdims=True)",
    "z[:, :1]",
    when=lambda seen, y, z: breaks_wide(lost(seen), z),
)

gradient.slip(
    "no-shift",
    "np.exp(1001.0) is inf, and inf / inf is nan. Which number do you subtract from each row first, as in lesson 02?",
    "np.exp(scores - max(scores)) / sum(np.exp(scores - max(scores)))",
    "np.exp(scores) / sum(np.exp(scores))",
    of="row by row",
    when=lambda seen, y, z: breaks(seen, z, 700) and z.shape[1] > 1,
)

gradient.slip(
    "sigmoid-overflows",
    (
        "With a single column, e^z / (1 + e^z) is inf / inf for a large z. "
        "Which form of the sigmoid has e^-z, and stays finite?"
    ),
    "0.5 + 0.5 * np.tanh(z / 2)",
    "np.exp(z) / (1 + np.exp(z))",
    when=lambda seen, y, z: breaks(seen, z, 700) and z.shape[1] == 1,
)

gradient.slip(
    "softmax-down-the-columns",
    "Each *column* of your p sums to 1. A row is one example: along which axis do its shares sum to 1?",
    "p = e / e.sum(axis=1, keepdims=True)",
    "p = e / e.sum(axis=0 if not one else 1, keepdims=True)",
    of="one column as two classes",
)

gradient.slip(
    "softmax-of-the-table",
    "All the shares of the *table* together make 1. Each row is one example, and its shares make 1.",
    "p = e / e.sum(axis=1, keepdims=True)",
    "p = e / (e.sum(axis=1, keepdims=True) if one else e.sum())",
    of="one column as two classes",
)

gradient.slip(
    "divided-by-columns",
    "You divide by the number of columns. The loss is a mean over the *examples*: how many of them are there?",
    "y.shape[0]",
    "y.shape[1]",
)

gradient.slip(
    "truth-missing",
    "Your gradient is the prediction alone. What is to be subtracted from it?",
    "(p - y)",
    "p",
)

gradient.slip(
    "sum-for-each-example",
    "You return one number for each example, or one in all. Every score needs a slope of its own: the shape of z.",
    "return (p - y) / y.shape[0]",
    "return np.sum(p - y, axis=1) / y.shape[0]",
)

gradient.slip(
    "changes-input",
    "Your code writes into the caller's `z`, as `z -= …` does. Make a new array: `z - z.max(axis=1, keepdims=True)`.",
    "shifted = z - z.max(axis=1, keepdims=True)",
    "z -= z.max(axis=1, keepdims=True)\n        shifted = z",
)

gradient.slip(
    "scores-cut-off",
    "Scores far from 0 are cut off in your function. Which number may you subtract from each row instead, without changing its softmax?",
    "shifted = z - z.max(axis=1, keepdims=True)",
    "shifted = np.clip(z, -500, 500) - np.clip(z, -500, 500).max(axis=1, keepdims=True)",
)

gradient.slip(
    "clipped",
    "You keep p away from 0 and 1. Only a *log* has to fear them; here there is none, and prediction minus truth is exact as it stands.",
    "(p - y)",
    "(np.clip(p, 1e-7, 1 - 1e-7) - y)",
)

gradient.slip(
    "decided",
    "You made p a decision, 0 or 1. The gradient needs the probability itself: how far is it from the truth?",
    "(p - y)",
    "(np.round(p) - y)",
)

for right, wrong in (("z.shape[1]", "y.shape[1]"), ("y.shape[0]", "z.shape[0]")):
    gradient.equivalent(right, wrong, why="both arrays have the same shape")
gradient.equivalent("np.zeros_like(z)", "np.zeros_like(z, dtype='uint8')", why="zeros are zeros in every type")
