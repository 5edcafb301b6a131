"""Compute the cross-entropy of logits and whole-number labels, exact however large the logits are."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import breaks, patched


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


@sparse.cases
def _(rng):
    yield small(
        "chance 1/2 of label 2, chance 1/3 of label 0",
        np.array([2, 0]),
        np.array([[0.0, 0.0, np.log(2.0)], [0.0, 0.0, 0.0]]),
    )
    yield random("four examples, three classes", np.append(rng.integers(0, 3, size=3), 2), rng.normal(size=(4, 3)) * 2)
    yield random("three of everything", np.array([2, 0, 1]), rng.normal(size=(3, 3)) * 2)
    yield edge("a single example", np.array([1]), rng.normal(size=(1, 4)))
    yield edge("wrong by 9", np.array([2]), np.array([[9.0, 1.0, 0.0]]))
    yield edge("sure and wrong", np.array([1]), np.array([[40.0, 0.0, -3.0]]))
    yield edge("huge scores", np.array([2]), np.array([[1000.0, 0.0, 998.0]]))
    yield edge("a share too small for a float", np.array([1]), np.array([[0.0, -1000.0, -2000.0]]))


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
    return np.mean(np.logaddexp.reduce(z, axis=1) - np.take_along_axis(z, labels[:, None], axis=1)[:, 0])


@sparse.variant("float32")
def _(labels, z):
    z = z.astype(np.float32)
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(labels)), labels])


@sparse.mistake(
    "log-of-softmax",
    "With the shift the softmax is safe, but its smallest shares are rounded to 0, and the log of 0 is -inf. "
    "Take the log on paper first: what is left of log(e^a / s)?",
    when=lambda seen, labels, z: breaks(seen, z, 700) and z.max() < 700,
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


@sparse.mistake(
    "no-shift",
    "Right for small scores. np.exp(1000.0) is inf, and inf / inf is nan. "
    "What may you subtract from every score of a row without changing its softmax?",
    when=lambda seen, labels, z: breaks(seen, z, 700),
)
def _(labels, z):
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


@sparse.mistake(
    "clipped",
    "With p kept above 1e-7 nothing breaks, but no loss can exceed 16.1, however wrong the network is. "
    "Can you get at log p without computing p?",
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = np.clip(e / e.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


@sparse.mistake(
    "small-number-added",
    "A small number inside the log keeps it from breaking, and makes it wrong where it matters: "
    "a sure and wrong answer costs too little. Take the log on paper first, and there is nothing to repair.",
    when=lambda seen, labels, z: patched(seen, sparse_from_logits(labels, z), z),
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-7))


sparse.slip(
    "every-pair",
    (
        "`[:, labels]` picks these columns from *every* row. You want one number from each row: "
        "row 0 with label 0, row 1 with label 1 … What belongs in the place of the `:`?"
    ),
    "(np.eye(z.shape[1])[labels] * log_p).sum(axis=1).mean()",
    "np.mean(log_p[:, labels])",
)

sparse.slip(
    "all-classes",
    "You average over all the classes. Only the share of the *true* class counts: where do the labels come in?",
    "(np.eye(z.shape[1])[labels] * log_p).sum(axis=1).mean()",
    "np.mean(log_p)",
)

sparse.slip(
    "divided-by-classes",
    "Your number is too small, by the number of classes. The mean runs over the examples: one loss each.",
    ".sum(axis=1).mean()",
    ".mean()",
)

sparse.slip(
    "most-likely-class",
    "You take the share of the class that the *network* prefers. The loss asks about the class that is *true*.",
    "(np.eye(z.shape[1])[labels] * log_p).sum(axis=1).mean()",
    "np.mean(log_p.max(axis=1))",
)

sparse.slip(
    "label-off-by-one",
    "You look one place to the left of the label. Labels count from 0, and so does NumPy.",
    "[labels]",
    "[labels - 1]",
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
    ".mean()",
    ".sum()",
)


@sparse.mistake(
    "no-log",
    "You return how much is missing to a share of 1. The loss is the *surprise*: take minus the log of the share.",
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.mean(1 - p[np.arange(len(labels)), labels])


sparse.slip(
    "forgot-softmax",
    "You take the log of a score. Scores may be negative; what turns a row of scores into shares?",
    "np.mean(np.logaddexp.reduce(z, axis=1) - np.take_along_axis(z, labels[:, None], axis=1)[:, 0])",
    "-np.mean(np.log(z[np.arange(len(labels)), labels]))",
    of="logaddexp",
)


@sparse.mistake(
    "whole-batch",
    "All the shares of the *batch* together make 1. Each row is one example: sum along the last axis and keep the dimension.",
)
def _(labels, z):
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum())
    return -np.mean(log_p[np.arange(len(labels)), labels])
