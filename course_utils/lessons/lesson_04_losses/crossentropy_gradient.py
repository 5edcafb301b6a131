"""Compute the gradient of the cross-entropy for the logits, with one column of them or several."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def prediction_minus_truth(y, z):
    """(p - y) / N, with p = sigmoid(z) for a single column of logits and p = softmax(z) for several."""
    return ((nn.sigmoid(z) if z.shape[1] == 1 else nn.softmax(z)) - y) / len(z)


gradient = FunctionExercise(
    "crossentropy-gradient",
    reference=prediction_minus_truth,
    points=3,
    title="The gradient of cross-entropy",
    library=(nn.categorical_crossentropy_gradient, nn.softmax_crossentropy),
)


def _one_hot(rng, rows, classes):
    return np.eye(classes)[rng.integers(0, classes, size=rows)]


@gradient.cases
def _(rng):
    yield small("yes or no: p = 1/2 and p = 3/4", np.array([[1.0], [0.0]]), np.array([[0.0], [np.log(3.0)]]))
    yield small("three classes: shares 1/4, 1/4, 1/2", np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 0.0, np.log(2.0)]]))
    yield random("yes or no, five examples", rng.integers(0, 2, size=(5, 1)).astype(float), rng.normal(size=(5, 1)) * 2)
    yield random("four classes, three examples", _one_hot(rng, 3, 4), rng.normal(size=(3, 4)) * 2)
    yield edge("two columns are two classes", _one_hot(rng, 2, 2), rng.normal(size=(2, 2)))
    yield edge("huge scores", np.array([[1.0, 0.0, 0.0]]), np.array([[1000.0, 1001.0, 999.0]]))
    yield edge("a huge logit", np.array([[0.0], [1.0]]), np.array([[1000.0], [-1000.0]]))


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
    "no-shift",
    "Right for small scores. np.exp(1001.0) is inf. Which number do you subtract from each row first, as in lesson 02?",
    "np.exp(scores - max(scores)) / sum(np.exp(scores - max(scores)))",
    "np.exp(scores) / sum(np.exp(scores))",
    of="row by row",
)

gradient.slip(
    "changes-input",
    "The numbers are right, but `z -= …` writes into the caller's array. Make a new one: `z - z.max(axis=1, keepdims=True)`.",
    "shifted = z - z.max(axis=1, keepdims=True)",
    "z -= z.max(axis=1, keepdims=True)\n        shifted = z",
)
