"""Compute the cross-entropy of logits and whole-number labels, exact however large the logits are."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import breaks, breaks_far_apart, breaks_wide, patched, swept


def sparse_from_logits(labels, z):
    """mean(log sum_j exp(z_j) - z_label), exact for logits of any size."""
    return nn.sparse_categorical_crossentropy(labels, z, from_logits=True)


sparse = FunctionExercise(
    "sparse-crossentropy",
    reference=sparse_from_logits,
    points=3,
    title="Sparse categorical cross-entropy from logits",
    library=(nn.sparse_categorical_crossentropy, nn.softmax_crossentropy),
)


def each(labels, z):
    """The loss of each example."""
    return np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels]


@sparse.cases
def _(rng):
    yield small(
        "chance 1/2 of label 2, chance 1/3 of label 0",
        np.array([2, 0]),
        np.array([[0.0, 0.0, np.log(2.0)], [0.0, 0.0, 0.0]]),
    )
    yield random("four examples, three classes", np.append(rng.integers(0, 3, size=3), 2), rng.normal(size=(4, 3)) * 2)
    yield random("three of everything", np.array([2, 0, 1]), rng.normal(size=(3, 3)) * 2)
    yield random("twelve examples, fifteen classes", rng.integers(0, 15, size=12), rng.normal(size=(12, 15)) * 2)
    yield edge("a single example", np.array([1]), rng.normal(size=(1, 4)))
    yield edge("wrong by 9", np.array([2]), np.array([[9.0, 1.0, 0.0]]))
    yield edge("sure and wrong", np.array([1]), np.array([[40.0, 0.0, -3.0]]))
    yield edge("huge scores", np.array([2]), np.array([[1000.0, 0.0, 998.0]]))
    yield edge("a share too small for a float", np.array([1]), np.array([[0.0, -1000.0, -2000.0]]))
    yield edge("rows far apart", np.array([1, 0, 1]), np.array([[2000.0, 2001.0], [0.0, 1.0], [-3000.0, -3002.0]]))
    yield edge("all far below 0", np.array([0]), np.array([[-3000.0, -3001.0, -2999.0]]))
    yield edge("the first score far below the others", np.array([2]), np.array([[-2000.0, 3.0, 1.0]]))
    yield edge("one very wide row", np.array([1]), np.array([[0.0, 1500.0, -1500.0]]))
    yield edge("scores in the tens of thousands", np.array([0]), np.array([[0.0, 20000.0, -30000.0]]))
    yield edge("whole-number scores", np.array([0, 1]), np.array([[2, 0, -1], [3, 3, 1]]))


@sparse.variant("the steps of the text")
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(labels)), labels])


@sparse.variant("one-hot labels")
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(np.eye(z.shape[1])[labels] * log_p).sum(axis=1).mean()


@sparse.variant("log-sum-exp")
def _(labels, z):
    m = z.max(axis=1)
    total = m + np.log(np.exp(z - m[:, None]).sum(axis=1))
    return (total - z[np.arange(len(z)), labels]).mean()


@sparse.variant("loop over the examples")
def _(labels, z):
    total = 0.0
    for label, row in zip(labels, z, strict=True):
        total += np.log(np.sum(np.exp(row - row[label] - max(row - row[label])))) + max(row - row[label])
    return total / len(labels)


@sparse.variant("logaddexp")
def _(labels, z):
    return np.mean(np.logaddexp.reduce(z, axis=1) - z[range(len(z)), labels])


@sparse.variant("float32")
def _(labels, z):
    z = z.astype(np.float32)
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(labels)), labels])


sparse.slip(
    "log-of-softmax",
    (
        "Where the true class is very far behind, its share, such as e^-1000, is too small for a float. "
        "Take the log on paper first: what is left of log(e^a / s)?"
    ),
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))",
    when=lambda seen, labels, z: breaks(seen, z, 700) and each(labels, z).max() > 700,
)

sparse.slip(
    "shifted-by-the-table",
    (
        "You subtract the largest score of the whole *table*. A row that lies far below it has only exponentials of 0, and log(0) is -inf. "
        "Each row needs its own largest score."
    ),
    "z.max(axis=1, keepdims=True)",
    "z.max()",
    when=lambda seen, labels, z: breaks_far_apart(seen, z),
)

sparse.slip(
    "shifted-by-another",
    (
        "You subtract the same number from a whole row, and that is allowed. But with which number can no exponent be above 0, "
        "however wide the row is?"
    ),
    "z.max(axis=1, keepdims=True)",
    "z[:, :1]",
    when=lambda seen, labels, z: breaks_wide(seen, z),
)

sparse.slip(
    "no-shift",
    (
        "np.exp(1000.0) is inf, and from there on nothing is a number. "
        "What may you subtract from every score of a row without changing its softmax?"
    ),
    "z - z.max(axis=1, keepdims=True)",
    "z",
    when=lambda seen, labels, z: breaks(seen, z, 700),
)

sparse.slip(
    "clipped",
    (
        "With p kept above 1e-7 nothing breaks, but no loss can exceed 16.1, however wrong the network is. "
        "Can you get at log p without computing p?"
    ),
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.log(np.clip(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7))",
)

sparse.slip(
    "small-number-added",
    (
        "Nothing breaks, but your loss never exceeds a limit: a small number inside the log, or a clip, does that. A sure and wrong "
        "answer then costs too little. Take the log on paper first, and there is nothing to repair."
    ),
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True) + 1e-7)",
    when=lambda seen, labels, z: patched(seen, each(labels, z)),
)

sparse.slip(
    "scores-cut-off",
    (
        "Scores far from 0 seem to be cut off. The loss must be exact for scores of any size: "
        "what may you subtract from every score of a row without changing its softmax?"
    ),
    "z - z.max(axis=1, keepdims=True)",
    "np.clip(z, -500, 500) - np.clip(z, -500, 500).max(axis=1, keepdims=True)",
)

sparse.slip(
    "nan-to-num",
    (
        "np.nan_to_num puts 0 in the place of nan and the largest float in the place of inf. Neither of them is the loss. "
        "Can you get at log p without computing p?"
    ),
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.nan_to_num(np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)))",
    when=lambda seen, labels, z: swept(seen, z),
)

sparse.slip(
    "every-pair",
    (
        "`[:, labels]` picks these columns from *every* row. You want one number from each row: "
        "row 0 with label 0, row 1 with label 1 … What belongs in the place of the `:`?"
    ),
    "log_p[np.arange(len(labels)), labels]",
    "log_p[:, labels]",
)

sparse.slip(
    "all-classes",
    "You average over all the classes. Only the share of the *true* class counts: where do the labels come in?",
    "log_p[np.arange(len(labels)), labels]",
    "log_p",
)

sparse.slip(
    "divided-by-classes",
    "Your number is too small, by the number of classes. The mean runs over the examples: one loss each.",
    ".sum(axis=1).mean()",
    ".mean()",
    of="one-hot labels",
)

sparse.slip(
    "most-likely-class",
    "You take the share of the class that the *network* prefers. The loss asks about the class that is *true*.",
    "log_p[np.arange(len(labels)), labels]",
    "log_p.max(axis=1)",
)

sparse.slip(
    "label-off-by-one",
    "You look one place to the left of the label. Labels count from 0, and so does NumPy.",
    "[np.arange(len(labels)), labels]",
    "[np.arange(len(labels)), labels - 1]",
)

sparse.slip(
    "sign",
    "Your loss is negative. The log of a share is never above 0: which sign is missing?",
    "return -",
    "return ",
)

sparse.slip(
    "sum",
    "You add up the losses of all examples. With twice as many examples the loss would double. What do you return instead?",
    "np.mean",
    "np.sum",
)

sparse.slip(
    "one-for-each-example",
    "You return one loss for each example. A loss is one number for the whole batch.",
    "np.mean",
    "",
)

sparse.slip(
    "scores-not-shares",
    "You take minus the *score* of the true class. What is subtracted from each shifted score to make it a log of a share?",
    " - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "",
)

sparse.slip(
    "log-missing",
    "You subtract the sum itself. The formula subtracts the *log* of the sum of the exponentials.",
    "np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.exp(shifted).sum(axis=1, keepdims=True)",
)

sparse.slip(
    "base-two",
    "Your log has base 2. Keras, and this course, use the natural logarithm, np.log.",
    "return -np.mean(log_p[np.arange(len(labels)), labels])",
    "return -np.mean(log_p[np.arange(len(labels)), labels]) / np.log(2)",
)

sparse.slip(
    "down-the-columns",
    "You sum down the *columns*. A row is one example: along which axis do its shares make 1?",
    "sum(axis=1, keepdims=True)",
    "sum(axis=0, keepdims=True)",
)

sparse.slip(
    "whole-batch",
    "All the shares of the *batch* together make 1. Each row is one example: sum along the last axis and keep the dimension.",
    "np.exp(shifted).sum(axis=1, keepdims=True)",
    "np.exp(shifted).sum()",
)

sparse.slip(
    "no-log",
    "You return how much is missing to a share of 1. The loss is the *surprise*: take minus the log of the share.",
    "-np.mean(log_p[np.arange(len(labels)), labels])",
    "np.mean(1 - np.exp(log_p)[np.arange(len(labels)), labels])",
)

sparse.slip(
    "forgot-softmax",
    "You take the log of a score. Scores may be negative; what turns a row of scores into shares?",
    "np.mean(np.logaddexp.reduce(z, axis=1) - z[range(len(z)), labels])",
    "-np.mean(np.log(z[np.arange(len(labels)), labels]))",
    of="logaddexp",
)

sparse.equivalent(
    "(np.eye(z.shape[1])[labels] * log_p).sum(axis=1)",
    "(np.eye(z.shape[1])[labels] * log_p).min(axis=1)",
    why="all but one are 0, and that one is not above 0",
)
sparse.equivalent("z = z.astype(np.float32)", why="the answer is exact in float64 as well")
