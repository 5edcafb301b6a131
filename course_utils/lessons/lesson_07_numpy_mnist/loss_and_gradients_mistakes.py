"""Loss and gradients of two layers: the gate, the division by N, the shares, and what comes from other programs."""

import numpy as np

from .loss_and_gradients import gradients, loss_and_slopes

IN_PLACE = "1 taken from the right share in its place, loss from the logarithm of the sum"
RETURNED = "(x.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0))"

gradients.slip(
    "relu-on-the-scores",
    "Even the loss is off: your scores passed a ReLU. Which of the two layers has one?",
    "z = h @ W2 + b2",
    "z = np.maximum(0, h @ W2 + b2)",
    of=IN_PLACE,
)
gradients.slip(
    "b1-forgotten",
    "Even the loss is off. Look at the way forward: which numbers are added in the first layer?",
    "x @ W1 + b1",
    "x @ W1",
    of=IN_PLACE,
)
gradients.slip(
    "b2-forgotten",
    "Even the loss is off. Look at the way forward: which numbers are added in the second layer?",
    "h @ W2 + b2",
    "h @ W2",
    of=IN_PLACE,
)
gradients.slip(
    "down-the-columns",
    "Your shares sum to 1 down the *columns*. A row is one sample: along which axis do its shares make 1?",
    "np.log(np.exp(z).sum(axis=1, keepdims=True))",
    "np.log(np.exp(z).sum(axis=0, keepdims=True))",
    of=IN_PLACE,
)
gradients.slip(
    "whole-batch",
    "All the shares of the *batch* together make 1. Each row is one sample, and its shares make 1.",
    "np.log(np.exp(z).sum(axis=1, keepdims=True))",
    "np.log(np.exp(z).sum())",
    of=IN_PLACE,
)
gradients.slip(
    "truth-missing",
    "Your gradients come from the shares alone. It is shares minus *truth*: at which places is the truth a 1?",
    "    dz[rows, y] -= 1\n",
    "",
    of=IN_PLACE,
)
gradients.slip(
    "every-pair",
    "`dz2[:, y] -= 1` takes 1 away in *every* row. Which one place in each row is the right class?",
    "dz[rows, y] -= 1",
    "dz[:, y] -= 1",
    of=IN_PLACE,
)
gradients.slip(
    "every-pair-in-the-loss",
    "Your gradients are right. In the loss, `log_p[:, y]` picks these columns from *every* row. Which one number belongs to each row?",
    "-log_p[rows, y]",
    "-log_p[:, y]",
    of=IN_PLACE,
)
gradients.slip(
    "mean-of-all-logs",
    "Your gradients are right. Your loss is the mean over the logs of *all* shares. Of each sample only the share of the right class counts.",
    "-log_p[rows, y].mean()",
    "-log_p.mean()",
    of=IN_PLACE,
)
gradients.slip(
    "loss-negative",
    "Your gradients are right, and your loss is negative. The log of a share is never above 0: which sign is missing?",
    "-log_p[rows, y].mean()",
    "log_p[rows, y].mean()",
    of=IN_PLACE,
)
gradients.slip(
    "one-loss-for-each",
    "You return one loss for each sample. The loss is one number for the whole batch.",
    "-log_p[rows, y].mean()",
    "-log_p[rows, y]",
    of=IN_PLACE,
)
gradients.slip(
    "share-for-log",
    "Your gradients are right. Your loss is a mean of shares, without a log. Which function makes a loss of a share?",
    "-log_p[rows, y].mean()",
    "-np.exp(log_p[rows, y]).mean()",
    of=IN_PLACE,
)
gradients.slip(
    "divided-by-classes",
    "You divide by the number of classes. The loss is a mean over the *samples*: how many of them are there?",
    "dz /= len(y)",
    "dz /= len(b2)",
    of=IN_PLACE,
)
gradients.slip(
    "h-for-gate",
    "The second layer is right. For the first one you multiply by h. The slope of ReLU is 1 or 0: is the gate open or closed?",
    "dh[h == 0] = 0",
    "dh = dh * h",
    of=IN_PLACE,
)
gradients.slip(
    "sigmoid-slope",
    "The second layer is right. For the first one you use h (1 - h), the slope of the sigmoid. This hidden layer uses ReLU.",
    "dh[h == 0] = 0",
    "dh = dh * h * (1 - h)",
    of=IN_PLACE,
)
gradients.slip(
    "gate-turned",
    "Your gate is open where the hidden sum is below 0. What does ReLU hand on there?",
    "dh[h == 0] = 0",
    "dh[h > 0] = 0",
    of=IN_PLACE,
)
gradients.slip(
    "z1-for-h",
    "dW2 is off, and the others are right. The second layer never saw z1: what went *into* it?",
    RETURNED,
    "(x.T @ dh, dh.sum(0), (x @ W1 + b1).T @ dz, dz.sum(0))",
    of=IN_PLACE,
)
gradients.slip(
    "dW1-before-the-gate",
    "dW1 is off, although db1 is right. Behind the gate the gradient is dz1, not dh: which of them reaches the first weights?",
    RETURNED,
    "(x.T @ (dz @ W2.T), dh.sum(0), h.T @ dz, dz.sum(0))",
    of=IN_PLACE,
)
gradients.slip(
    "db1-before-the-gate",
    "db1 is off, although dW1 is right. Behind the gate the gradient is dz1, not dh: which of them do the first biases receive?",
    RETURNED,
    "(x.T @ dh, (dz @ W2.T).sum(0), h.T @ dz, dz.sum(0))",
    of=IN_PLACE,
)
gradients.slip(
    "divided-again",
    "All four gradients are divided by the number of samples twice: in dz2, and where they are computed. The mean of the loss does it once.",
    RETURNED,
    "[g / len(y) for g in (x.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0))]",
    of=IN_PLACE,
)
gradients.slip(
    "weights-divided-again",
    "dW1 and dW2 are divided by the number of samples once more. That happened in dz2 already.",
    RETURNED,
    "(x.T @ dh / len(y), dh.sum(0), h.T @ dz / len(y), dz.sum(0))",
    of=IN_PLACE,
)
gradients.slip(
    "weights-first",
    "The four gradients are right, but both weights come first. Return them as dW1, db1, dW2, db2.",
    RETURNED,
    "(x.T @ dh, h.T @ dz, dh.sum(0), dz.sum(0))",
    of=IN_PLACE,
)
gradients.slip(
    "gradients-first",
    "The two parts come in another order. The text asks for the loss first, then the list of the gradients.",
    f"return -log_p[rows, y].mean(), {RETURNED}",
    f"return {RETURNED}, -log_p[rows, y].mean()",
    of=IN_PLACE,
)
gradients.slip(
    "last-sample-only",
    "Your gradients are those of the last sample. What becomes of the shares of the others?",
    "total += part",
    "total[...] = part",
    of="sample by sample",
)


def _parts(seen, network, x, y):
    """Loss and gradients as seen, and as they should be; None when the shapes differ."""
    loss, right = loss_and_slopes(network, x, y)
    if not isinstance(seen, tuple | list) or len(seen) != 2 or np.ndim(seen[0]) or len(seen[1]) != 4:
        return None
    if any(np.shape(one) != np.shape(other) for one, other in zip(seen[1], right, strict=True)):
        return None
    return seen[0], seen[1], loss, right


def too_small(seen, network, x, y):
    """Recognises gradients that are right, or nearly, with a loss that is too small where it should be large."""
    if (parts := _parts(seen, network, x, y)) is None:
        return False
    loss, slopes, true, right = parts
    near = all(np.allclose(one, other, rtol=1e-4, atol=1e-4) for one, other in zip(slopes, right, strict=True))
    losses = np.array([loss_and_slopes(network, x[i : i + 1], y[i : i + 1])[0] for i in range(len(y))])
    lowest = -np.mean(np.log(np.exp(-losses) + 2e-5))
    return near and lowest <= loss < true


@gradients.mistake(
    "small-number-added",
    "Where the network is sure and wrong, your loss is too small. Is a small number added inside the log, or the share clipped? Take the log on paper, as in hint 2.",
    when=too_small,
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    rows = np.arange(len(y))
    h = np.maximum(0, x @ W1 + b1)
    z = h @ W2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz = (p - np.eye(len(b2))[y]) / len(y)
    dh = (dz @ W2.T) * (h > 0)
    return -np.mean(np.log(p[rows, y] + 1e-7)), [x.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0)]


def decays(seen, network, x, y):
    """Recognises gradients of the weights with a share of the weights themselves in them."""
    if (parts := _parts(seen, network, x, y)) is None:
        return False
    _, slopes, _, right = parts
    shares = []
    for k in (0, 2):
        W = network[k]
        shares.extend((slopes[k] - right[k])[W != 0] / W[W != 0])
    rest = all(np.allclose(slopes[k], right[k]) for k in (1, 3))
    return rest and abs(shares[0]) > 1e-8 and np.allclose(shares, shares[0], rtol=1e-3)


gradients.slip(
    "weight-decay",
    "dW1 and dW2 have a share of the weights themselves in them, as with a penalty on large weights. In this loss there is no penalty.",
    RETURNED,
    "(x.T @ dh + 0.001 * W1, dh.sum(0), h.T @ dz + 0.001 * W2, dz.sum(0))",
    of=IN_PLACE,
    when=decays,
)

gradients.slip(
    "divided-by-all-scores",
    "Your gradients are too small. You divide by the number of all scores: the loss is a mean over the *samples*.",
    "dz /= len(y)",
    "dz /= z.size",
    of=IN_PLACE,
)
gradients.slip(
    "mean-over-samples-and-classes",
    "Your gradients are right. Your loss is divided by the number of classes as well. Over what is the mean taken?",
    "-log_p[rows, y].mean()",
    "-log_p[rows, y].mean() / len(b2)",
    of=IN_PLACE,
)
gradients.slip(
    "squares-for-the-loss",
    "Your gradients are right. Your loss is a mean of squares. Which loss does the text ask for?",
    "-log_p[rows, y].mean()",
    "((np.exp(log_p) - np.eye(len(b2))[y]) ** 2).mean()",
    of=IN_PLACE,
)
gradients.slip(
    "shifted-by-the-table",
    "You subtract the largest score of the whole *table*. For a row far below it all exponentials are 0. Each row needs its own largest score.",
    "z.max(axis=1, keepdims=True)",
    "z.max()",
    of=IN_PLACE,
)


@gradients.mistake(
    "sigmoid-there-and-back",
    "Your hidden layer is a sigmoid, on the way forward and on the way back. Which activation has it here?",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    z = h @ W2 + b2
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    dz = (np.exp(log_p) - np.eye(len(b2))[y]) / len(y)
    dh = dz @ W2.T * h * (1 - h)
    return -log_p[np.arange(len(y)), y].mean(), [x.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0)]


@gradients.mistake(
    "all-down-the-columns",
    "You look for the largest score and the sum down the *columns*. A row is one sample: which axis runs along it?",
)
def _(network, x, y):
    W1, b1, W2, b2 = network
    h = np.maximum(0, x @ W1 + b1)
    z = h @ W2 + b2
    log_p = z - np.logaddexp.reduce(z, axis=0, keepdims=True)
    dz = (np.exp(log_p) - np.eye(len(b2))[y]) / len(y)
    dh = dz @ W2.T * (h > 0)
    return -log_p[np.arange(len(y)), y].mean(), [x.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0)]
