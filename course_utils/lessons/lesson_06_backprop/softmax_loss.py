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
    yield random("twelve examples, fifteen classes", rng.normal(size=(12, 15)) * 2, rng.integers(0, 15, size=12))
    yield edge("a single example", rng.normal(size=(1, 4)), np.array([1]))
    yield edge("huge scores", np.array([[1000.0, 1001.0, 999.0]]), np.array([2]))
    yield edge("sure and wrong", np.array([[1000.0, 0.0]]), np.array([1]))
    yield edge("rows far apart", np.array([[2000.0, 2001.0], [0.0, 1.0], [-3000.0, -3002.0]]), np.array([1, 0, 1]))
    yield edge("all far below 0", np.array([[-3000.0, -3001.0, -2999.0]]), np.array([0]))
    yield edge("the first score far below the others", np.array([[-2000.0, 3.0, 1.0]]), np.array([2]))
    yield edge("one very wide row", np.array([[0.0, 1500.0, -1500.0]]), np.array([1]))
    yield edge("scores in the tens of thousands", np.array([[0.0, 20000.0, -30000.0]]), np.array([0]))
    yield edge("whole-number scores", np.array([[2, 0, -1], [3, 3, 1]]), np.array([0, 1]))


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


def limited(seen, z, labels):
    """Recognises a loss that is too small where the true one is large, with log(p + tiny) or a p kept above tiny."""
    if not isinstance(seen, tuple | list) or len(seen) != 2 or not isinstance(seen[0], float | np.floating):
        return False
    losses = np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels]
    lowest, highest = (-np.mean(np.log(np.exp(-losses) + tiny)) for tiny in (2e-5, 1e-17))
    near = np.allclose(seen[1], loss_and_gradient(z, labels)[1], atol=2e-5)
    return near and lowest <= seen[0] <= highest * (1 + 1e-9)


def breaks(where):
    """Recognises a loss or gradient with inf or nan, in a case with such scores; or a gradient that lost its shares."""

    def when(seen, z, labels):
        if not isinstance(seen, tuple | list) or len(seen) != 2 or not where(z, labels):
            return False
        loss, dz = np.asarray(seen[0], dtype=float), np.asarray(seen[1], dtype=float)
        if dz.shape != z.shape:
            return False
        return not np.isfinite(loss).all() or not np.allclose(dz.sum(axis=1), 0)

    return when


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
    when=breaks(lambda z, labels: (np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels]).max() > 700),
)


softmax.slip(
    "shifted-by-the-table",
    (
        "You subtract the largest score of the whole *table*. A row that lies far below it has only exponentials of 0, and log(0) is -inf. "
        "Each row needs its own largest score."
    ),
    "z.max(axis=1, keepdims=True)",
    "z.max()",
    when=breaks(lambda z, labels: z.max() - z.max(axis=1).min() > 700),
)

softmax.slip(
    "shifted-by-another",
    (
        "You subtract the same number from a whole row, and that is allowed. But with which number can no exponent be above 0, "
        "however wide the row is?"
    ),
    "z.max(axis=1, keepdims=True)",
    "z[:, :1]",
    when=breaks(lambda z, labels: np.ptp(z, axis=1).max() > 700),
)


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
    "down-the-columns",
    "You sum down the *columns*. A row is one example: along which axis do its shares make 1?",
    "sum(axis=1, keepdims=True)",
    "sum(axis=0, keepdims=True)",
)

softmax.slip(
    "whole-batch",
    "All the shares of the *batch* together make 1. Each row is one example, and its shares make 1.",
    "np.exp(shifted).sum(axis=1, keepdims=True)",
    "np.exp(shifted).sum()",
)

softmax.slip(
    "loss-negative",
    "Your loss is negative. The log of a share is never above 0: which sign is missing?",
    "return -np.mean",
    "return np.mean",
)

softmax.slip(
    "one-loss-for-each",
    "You return one loss for each example. The loss is one number for the whole batch.",
    "-np.mean(log_p[rows, labels])",
    "-log_p[rows, labels]",
)

softmax.slip(
    "every-pair-in-the-loss",
    "`log_p[:, labels]` picks these columns from *every* row. You want one number from each row: what belongs where the `:` stands?",
    "log_p[rows, labels]",
    "log_p[:, labels]",
)

softmax.slip(
    "divided-twice",
    "The gradient is divided by the number of examples twice. The mean of the loss does it once.",
    "/ len(z)",
    "/ len(z) ** 2",
)

softmax.slip(
    "logs-for-shares",
    "Your gradient starts from the *logs* of the shares. Prediction minus truth: which function makes shares of log_p again?",
    "dz = np.exp(log_p)",
    "dz = log_p.copy()",
)

softmax.slip(
    "nan-to-num",
    "np.nan_to_num puts 0 in the place of nan and the largest float in the place of inf. Neither of them is the loss. How do you get at log p without a 0?",
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.nan_to_num(np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)))",
)

softmax.slip(
    "small-number-added",
    "A small number inside the log, or a clip, keeps it from breaking, and makes the loss too small where the network is sure and wrong. Take the log on paper, as in lesson 04.",
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True) + 1e-7)",
    when=limited,
)

softmax.slip(
    "base-two",
    "The log of your loss has base 2. Here, as in Keras, it is the natural logarithm, np.log.",
    "return -np.mean(log_p[rows, labels])",
    "return -np.mean(log_p[rows, labels]) / np.log(2)",
)

softmax.slip(
    "no-gradient",
    "You return the loss alone. The second thing is its gradient, dz.",
    "-np.mean(log_p[rows, labels]), dz / len(z)",
    "-np.mean(log_p[rows, labels])",
)

softmax.slip(
    "swapped",
    "The two parts come in the wrong order: first the loss, then the gradient.",
    "-np.mean(log_p[rows, labels]), dz / len(z)",
    "dz / len(z), -np.mean(log_p[rows, labels])",
)

softmax.equivalent("np.zeros(z.shape)", "np.ones(z.shape)", why="every row is written")
