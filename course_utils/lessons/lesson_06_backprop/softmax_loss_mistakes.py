"""Softmax and cross-entropy: mistakes with scores of any size, with labels as places, and from other formulas."""

import numpy as np

from .softmax_loss import breaks, loss_and_gradient, softmax


def unshifted(seen, z, labels):
    """Recognises that exponentials of the scores themselves were taken: no row far from 0 has shares that sum to 1."""
    if not isinstance(seen, tuple | list) or len(seen) != 2 or np.shape(seen[1]) != z.shape:
        return False
    if np.isfinite(seen[0]) and np.isfinite(seen[1]).all():
        return False
    far = (z.max(axis=1) > 709) | (z.max(axis=1) < -745)
    sums = np.asarray(seen[1], dtype=float)[far].sum(axis=1)
    return bool(far.any()) and not np.isclose(sums, 0).any()


@softmax.mistake(
    "no-shift",
    "np.exp(1000.0) is inf, and inf / inf is nan. What do you subtract from each row first?",
    when=unshifted,
)
def _(z, labels):
    rows = np.arange(len(z))
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    dz = p.copy()
    dz[rows, labels] -= 1
    return -np.mean(np.log(p[rows, labels])), dz / len(z)


def _rounded(z, labels):
    return (np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels]).max() > 700


@softmax.mistake(
    "shifted-by-the-table-and-rounded",
    (
        "Two things: you subtract the largest score of the whole *table*, and each row needs its own. And a share may be rounded to 0, "
        "so take its log on paper, as in lesson 04."
    ),
    when=breaks(lambda z, labels: z.max() - z.max(axis=1).min() > 700 or _rounded(z, labels)),
)
def _(z, labels):
    e = np.exp(z - z.max())
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(z)), labels]))
    p[np.arange(len(z)), labels] -= 1
    return loss, p / len(z)


softmax.slip(
    "columns-from-labels",
    "Your table of truths takes the number of its columns from `labels`, so it has too few where the last classes have no example. "
    "How many columns has z?",
    "np.eye(z.shape[1])",
    "np.eye(labels.max() + 1)",
    of="one-hot labels",
)

softmax.slip(
    "labels-as-truth",
    "You subtract the class *numbers* from the shares. The truth is 1 at the true class and 0 elsewhere, whatever the number of the class is.",
    "np.exp(log_p) - y",
    "np.exp(log_p) - labels[:, None]",
    of="one-hot labels",
)

softmax.slip(
    "truth-added",
    "You *add* 1 at the true class. The gradient is prediction minus truth.",
    "dz[n, label] -= 1 / len(z)",
    "dz[n, label] += 1 / len(z)",
    of="one row at a time",
)

softmax.slip(
    "truth-set",
    "At the true class you *put* a number. Take 1 away from the share that stands there.",
    "dz[n, label] -= 1 / len(z)",
    "dz[n, label] = -1 / len(z)",
    of="one row at a time",
)

softmax.slip(
    "truth-everywhere",
    "You take 1 away from every share of the row. The truth is a 1 in one place only: in which?",
    "dz[n, label] -= 1 / len(z)",
    "dz[n] -= 1 / len(z)",
    of="one row at a time",
)

softmax.slip(
    "truth-not-divided",
    "The share is divided by the number of examples, and the 1 of the truth is not. Which of the two comes first, minus or divided by N?",
    "dz[n, label] -= 1 / len(z)",
    "dz[n, label] -= 1",
    of="one row at a time",
)

softmax.slip(
    "last-loss-only",
    "Your loss is that of the last example alone. What becomes of the losses of the others?",
    "loss += (np.log(total) - shifted[label]) / len(z)",
    "loss = (np.log(total) - shifted[label]) / len(z)",
    of="one row at a time",
)

softmax.slip(
    "whole-rows",
    "`dz[labels]` picks whole *rows*, those whose numbers stand in labels. In each row one place is wanted: which two numbers name it?",
    "dz[range(len(z)), labels]",
    "dz[labels]",
    of="logaddexp, as a list",
)

softmax.slip(
    "places-exchanged",
    "In `dz[labels, rows]` the label chooses the row. Which of the two comes first, the example or the class?",
    "dz[range(len(z)), labels]",
    "dz[labels, range(len(z))]",
    of="logaddexp, as a list",
)

softmax.slip(
    "mean-of-all-logs",
    "Your loss is the mean over the logs of *all* shares. Of each example only the share of the true class counts.",
    "np.mean(total - z[range(len(z)), labels])",
    "np.mean(total[:, None] - z)",
    of="logaddexp, as a list",
)

softmax.slip(
    "share-for-log",
    "Your loss is a mean of the shares of the true classes, without a log. Which function makes a loss of a share?",
    "np.mean(total - z[range(len(z)), labels])",
    "-np.mean(np.exp(z[range(len(z)), labels] - total))",
    of="logaddexp, as a list",
)

softmax.slip(
    "one-minus-share",
    "Your loss is 1 minus the share of the true class. Which function makes a cross-entropy of a share?",
    "np.mean(total - z[range(len(z)), labels])",
    "np.mean(1 - np.exp(z[range(len(z)), labels] - total))",
    of="logaddexp, as a list",
)


@softmax.mistake(
    "slope-of-a-sigmoid",
    "p (1 - p) is the slope of a sigmoid. Through softmax and cross-entropy together comes prediction minus truth.",
)
def _(z, labels):
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    p = np.exp(log_p)
    return -np.mean(log_p[np.arange(len(z)), labels]), p * (1 - p) / len(z)


@softmax.mistake(
    "slope-of-a-sigmoid-as-well",
    "After prediction minus truth you multiply by p (1 - p) once more. That slope is in it already: the two together are this simple.",
)
def _(z, labels):
    rows = np.arange(len(z))
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    p = np.exp(log_p)
    return -np.mean(log_p[rows, labels]), (p - np.eye(z.shape[1])[labels]) * p * (1 - p) / len(z)


def cut_off(seen, z, labels):
    """Recognises the loss and gradient of scores that were cut off at some limit."""
    for limit in (10, 20, 30, 50, 100, 200, 500, 700):
        loss, dz = loss_and_gradient(np.clip(z, -limit, limit), labels)
        if np.isclose(seen[0], loss) and np.allclose(seen[1], dz):
            return True
    return False


@softmax.mistake(
    "scores-cut-off",
    "You cut large scores off, and that changes the shares. What may be *subtracted* from a row without changing any share?",
    when=cut_off,
)
def _(z, labels):
    z = np.clip(z, -50, 50)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(z)), labels]), (np.exp(log_p) - np.eye(z.shape[1])[labels]) / len(z)


@softmax.mistake(
    "divided-by-the-largest",
    "You *divide* by the largest score, and that changes the shares. What may be subtracted from a row without changing any share?",
)
def _(z, labels):
    z = z / np.abs(z).max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(z)), labels]), (np.exp(log_p) - np.eye(z.shape[1])[labels]) / len(z)


@softmax.mistake(
    "base-ten",
    "Your log has base 10, and np.exp undoes only the natural one. Which function is the natural logarithm?",
)
def _(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log10(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(z)), labels]), (np.exp(log_p) - np.eye(z.shape[1])[labels]) / len(z)


@softmax.mistake(
    "base-two-in-the-shares",
    "Your log has base 2, and np.exp undoes only the natural one. Which function is the natural logarithm?",
)
def _(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log2(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(z)), labels]), (np.exp(log_p) - np.eye(z.shape[1])[labels]) / len(z)


softmax.slip(
    "largest-share",
    "Your loss looks at the *largest* share of each row. Which one is it about, whether it is large or not?",
    "np.mean(total - z[range(len(z)), labels])",
    "np.mean(total - z.max(axis=1))",
    of="logaddexp, as a list",
)


@softmax.mistake(
    "true-class-only",
    "Your gradient is 0 everywhere but at the true class. The other classes pull too: what is prediction minus truth there?",
)
def _(z, labels):
    rows = np.arange(len(z))
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    dz = np.zeros(z.shape)
    dz[rows, labels] = np.exp(log_p[rows, labels]) - 1
    return -np.mean(log_p[rows, labels]), dz / len(z)


@softmax.mistake(
    "classes-from-one",
    "You look at the place `label - 1`. The label 0 belongs to column 0: from where does Python count?",
)
def _(z, labels):
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    dz = np.exp(log_p) - np.eye(z.shape[1])[labels - 1]
    return -np.mean(log_p[np.arange(len(z)), labels - 1]), dz / len(z)


@softmax.mistake(
    "columns-for-examples",
    "It works where there are as many rows as columns. Elsewhere the places do not fit: is N the number of *examples* in your code?",
)
def _(z, labels):
    N = z.shape[1]
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    dz = np.exp(log_p)
    dz[np.arange(N), labels] -= 1
    return -np.mean(log_p[np.arange(N), labels]), dz / N
