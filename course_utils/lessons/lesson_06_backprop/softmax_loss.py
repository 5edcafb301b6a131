"""Compute the loss of a batch of scores and its gradient for the scores, in one function."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def loss_and_gradient(z, labels):
    """The mean cross-entropy of softmax(z), exact for scores of any size, and its gradient (p - one-hot) / N."""
    loss, dz = nn.softmax_crossentropy(labels, z)
    return loss, dz


softmax = FunctionExercise(
    "softmax-loss",
    reference=loss_and_gradient,
    points=3,
    title="Softmax and cross-entropy, forward and backward",
    library=(
        nn.softmax_crossentropy,
        nn.categorical_crossentropy_gradient,
        nn.sparse_categorical_crossentropy_gradient,
    ),
)


@softmax.cases
def _(rng):
    yield small("shares ¼ and ¾; labels 0 and 1", np.array([[0.0, np.log(3.0)], [0.0, np.log(3.0)]]), np.array([0, 1]))
    yield random("four examples, three classes", rng.normal(size=(4, 3)) * 2, np.append(rng.integers(0, 3, size=3), 2))
    yield random("three examples, five classes", rng.normal(size=(3, 5)) * 2, np.array([4, 0, rng.integers(0, 5)]))
    yield edge("a single example", rng.normal(size=(1, 4)), np.array([1]))
    yield edge("huge scores", np.array([[1000.0, 1001.0, 999.0]]), np.array([2]))
    yield edge("sure and wrong", np.array([[1000.0, 0.0]]), np.array([1]))


@softmax.variant("rows and labels as an index")
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dz = np.exp(log_p)
    dz[rows, labels] -= 1
    return -np.mean(log_p[rows, labels]), dz / len(z)


@softmax.variant("one-hot labels")
def _(z, labels):
    y = np.eye(z.shape[1])[labels]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(y * log_p).sum() / len(z), (np.exp(log_p) - y) / len(z)


@softmax.variant("one row at a time")
def _(z, labels):
    loss, dz = 0.0, np.zeros(z.shape)
    for n, (scores, label) in enumerate(zip(z, labels, strict=True)):
        shifted = scores - max(scores)
        total = np.sum(np.exp(shifted))
        loss += (np.log(total) - shifted[label]) / len(z)
        dz[n] = np.exp(shifted) / total / len(z)
        dz[n, label] -= 1 / len(z)
    return loss, dz


@softmax.variant("logaddexp, as a list")
def _(z, labels):
    total = np.logaddexp.reduce(z, axis=1)
    dz = np.exp(z - total[:, None]) / len(z)
    dz[range(len(z)), labels] -= 1 / len(z)
    return [np.mean(total - z[range(len(z)), labels]), dz]


@softmax.mistake(
    "shares-overwritten",
    "`dz = p` makes no copy: both names hold the *same* array. When you subtract 1 from dz, the shares in p change too, "
    "and the loss comes out as nan. Where is a `.copy()` missing?",
)
def _(z, labels):
    rows = np.arange(len(z))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz = p
    dz[rows, labels] -= 1
    return -np.mean(np.log(p[rows, labels])), dz / len(z)


softmax.slip(
    "log-of-rounded-share",
    (
        "When the network is sure and wrong, the share is rounded to 0, and its log is -inf. "
        "Take the log on paper, as in lesson 04: log p = shifted - log(sum of exp(shifted))."
    ),
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))",
)


@softmax.mistake(
    "no-shift",
    "np.exp(1000.0) is inf, and inf / inf is nan. What do you subtract from each row first?",
)
def _(z, labels):
    rows = np.arange(len(z))
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    dz = p.copy()
    dz[rows, labels] -= 1
    return -np.mean(np.log(p[rows, labels])), dz / len(z)


softmax.slip(
    "forgot-mean",
    "The gradient is too large, by the number of examples. The loss is a mean: what does that do to dz?",
    " / len(z)",
    "",
)

softmax.slip(
    "divided-by-classes",
    "You divide the gradient by the number of entries. One loss for each *example* is averaged: how many are they?",
    "/ len(z)",
    "/ z.size",
)

softmax.slip(
    "sign",
    "The gradient has all its signs turned round. It is *prediction minus truth*: for the true class, is that above or below 0?",
    "dz / len(z)",
    "-dz / len(z)",
)

softmax.slip(
    "every-pair",
    "`dz[:, labels] -= 1` takes 1 away in *every* row. You want one place in each row: what belongs where the `:` stands?",
    "dz[rows, labels]",
    "dz[:, labels]",
)

softmax.slip(
    "truth-missing",
    "Your gradient is the shares alone. It is prediction minus *truth*: at which places is the truth a 1?",
    "    dz[rows, labels] -= 1\n",
    "",
)

softmax.slip(
    "sum-for-mean",
    "The gradient belongs to the mean, but your loss is the sum. Which of the two does the text ask for?",
    "np.mean",
    "np.sum",
)

softmax.slip(
    "swapped",
    "The two parts come in the wrong order: first the loss, then the gradient.",
    "-np.mean(log_p[rows, labels]), dz / len(z)",
    "dz / len(z), -np.mean(log_p[rows, labels])",
)
