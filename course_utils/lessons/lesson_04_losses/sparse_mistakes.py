"""Sparse cross-entropy: mistakes in where the shift stands, in which rows and columns are meant, and in how a share is picked."""

import numpy as np

from .sparse_crossentropy import sparse

SUM = "np.log(np.exp(shifted).sum(axis=1, keepdims=True))"
PICK = "log_p[np.arange(len(labels)), labels]"

for name, hint, right, wrong in (
    (
        "shift-in-the-sum-only",
        "You shift the scores in the sum, and not those that it is subtracted from. The shift cancels only when it stands "
        "in both places.",
        "log_p = shifted -",
        "log_p = z -",
    ),
    (
        "columns-for-rows",
        "You pick the labels along the wrong axis: the labels choose your *rows*, and they are class numbers. "
        "Which of the two places in the brackets is for columns?",
        PICK,
        "log_p[labels, np.arange(len(labels))]",
    ),
    (
        "rows-by-label",
        "`log_p[labels]` picks whole rows. You want one number from each row: what belongs before the comma?",
        PICK,
        "log_p[labels]",
    ),
    (
        "first-class-for-all",
        "You take the share of the first class in every row. Which class was the true one?",
        PICK,
        "log_p[:, 0]",
    ),
    (
        "label-one-further",
        "You look one place to the right of the label. Labels count from 0, and so does NumPy.",
        PICK,
        "log_p[np.arange(len(labels)), labels + 1]",
    ),
    (
        "least-likely-class",
        "You take the share of the class that the network likes least. The loss asks about the class that is *true*.",
        PICK,
        "log_p.min(axis=1)",
    ),
    (
        "sum-of-all-classes",
        "You add up the logs of all shares in a row. Only that of the *true* class counts: where do the labels come in?",
        PICK,
        "log_p.sum(axis=1)",
    ),
    (
        "labels-as-factors",
        "You multiply by the class *numbers*. A label of 0 then costs nothing, and one of 9 nine times as much. "
        "It should pick a column.",
        PICK,
        "(log_p * labels[:, None]).sum(axis=1)",
    ),
    (
        "mean-of-the-exponentials",
        "You take the mean of the exponentials. Shares make 1 only when you divide by their *sum*.",
        "np.exp(shifted).sum(axis=1, keepdims=True)",
        "np.exp(shifted).mean(axis=1, keepdims=True)",
    ),
    (
        "log-of-the-scores-sum",
        "Below your log stands the sum of the scores. It is the sum of their *exponentials*.",
        "np.exp(shifted).sum(axis=1, keepdims=True)",
        "shifted.sum(axis=1, keepdims=True)",
    ),
    (
        "plus-the-log",
        "The log of the sum is added. A share is a fraction: what does its log do with what stands below the line?",
        f"shifted - {SUM}",
        f"shifted + {SUM}",
    ),
    (
        "squared",
        "These are squared. The loss is minus the log of the share, as it stands.",
        PICK,
        "-(log_p[np.arange(len(labels)), labels] ** 2)",
    ),
    (
        "base-ten",
        "Your log has base 10. Keras, and this course, use the natural logarithm, np.log.",
        "-np.mean(log_p[np.arange(len(labels)), labels])",
        "-np.mean(log_p[np.arange(len(labels)), labels]) / np.log(10)",
    ),
    (
        "shift-lost-its-axis",
        "The largest scores lost their axis, so NumPy cannot subtract row by row. Look up `keepdims=True`.",
        "z.max(axis=1, keepdims=True)",
        "z.max(axis=1)",
    ),
    (
        "sum-lost-its-axis",
        "The sums lost their axis, so NumPy cannot subtract row by row. Look up `keepdims=True`.",
        SUM,
        "np.log(np.exp(shifted).sum(axis=1))",
    ),
    (
        "largest-of-the-columns",
        "You subtract the largest score of each *column*, so the scores of one row are shifted by different numbers. "
        "Along which axis does a row lie?",
        "z.max(axis=1, keepdims=True)",
        "z.max(axis=0, keepdims=True)",
    ),
    (
        "first-example-only",
        "Only the first example is in your loss. How often does your loop run before the function returns?",
        "np.mean(log_p[np.arange(len(labels)), labels])",
        "log_p[0, labels[0]]",
    ),
    (
        "mean-probability",
        "You average the shares first and take the log afterwards. The surprise of *each* example counts: which step comes first?",
        "-np.mean(log_p[np.arange(len(labels)), labels])",
        "-np.log(np.mean(np.exp(log_p[np.arange(len(labels)), labels])))",
    ),
    (
        "changes-input",
        "The loss is right, but the caller's `z` was changed, as `z -= …` does. Make a new array.",
        "shifted = z - z.max(axis=1, keepdims=True)",
        "z[...] = z - z.max(axis=1, keepdims=True)\n    shifted = z",
    ),
    (
        "sigmoid",
        "You send each score through the sigmoid by itself. The shares of a row have to make 1: what do they share?",
        "log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
        "log_p = -np.logaddexp(0, -z)",
    ),
):
    sparse.slip(name, hint, right, wrong)


@sparse.mistake(
    "softmax-down-the-columns",
    "The shares of each *column* make 1. A row is one example: along which axis do its shares make 1?",
)
def _(labels, z):
    shifted = z - z.max(axis=0, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return -np.mean(log_p[np.arange(len(labels)), labels])


@sparse.mistake(
    "one-hot-rows-by-examples",
    "Your one-hot rows are as long as there are *examples*. How many columns must they have?",
)
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(np.eye(len(z))[labels] * log_p).sum(axis=1).mean()
