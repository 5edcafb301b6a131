"""A two-layer network backward: the gate, the division by N, and what comes from other programs."""

import numpy as np

from .network_backward import network, through_network

WRITTEN_OUT = "written out, the gate from h"

network.slip(
    "dh-behind-the-gate",
    "Your dh is 0 where the gate is closed, as dz1 is. dh stands *before* the gate. Does a line change dh, or does `dz1 = dh` give one array two names?",
    "dz1 = np.where(h > 0, dh, 0.0)",
    "dz1 = dh\n    dz1[h <= 0] = 0.0",
    of=WRITTEN_OUT,
)

network.slip(
    "dh-into-the-first-layer",
    "Your dW1 and db1 come from dh. Which gradient stands behind the gate?",
    '{"db1": dz1.sum(0), "dW1": x.T @ dz1,',
    '{"db1": dh.sum(0), "dW1": x.T @ dh,',
    of=WRITTEN_OUT,
)

network.slip(
    "db1-from-dh",
    "Your db1 comes from dh. Behind the gate the gradient is dz1: which of the two do the first biases receive?",
    '{"db1": dz1.sum(0),',
    '{"db1": dh.sum(0),',
    of=WRITTEN_OUT,
)

network.slip(
    "db1-averaged",
    "You took a mean for db1. The division by N happened once, in dz2, and dz1 has it in it already.",
    '{"db1": dz1.sum(0),',
    '{"db1": dz1.mean(0),',
    of=WRITTEN_OUT,
)

network.slip(
    "both-biases-averaged",
    "You took means for db1 and db2. The division by N is in dz2, and so in dz1 as well: the pulls of the examples are only added up.",
    '{"db1": dz1.sum(0), "dW1": x.T @ dz1, "dz1": dz1, "dh": dh, "db2": dz2.sum(0),',
    '{"db1": dz1.mean(0), "dW1": x.T @ dz1, "dz1": dz1, "dh": dh, "db2": dz2.mean(0),',
    of=WRITTEN_OUT,
)

network.slip(
    "dW2-divided-again",
    "dW2 is divided by the number of examples once more. That happened once, in dz2.",
    '"dW2": h.T @ dz2,',
    '"dW2": h.T @ dz2 / len(x),',
    of=WRITTEN_OUT,
)

for _name, _at_zero, _told in (
    ("gate-open-at-0", 1, "You open the gate at a sum of exactly 0. There it is closed: the text says `z > 0`."),
    (
        "gate-half-open-at-0",
        0.5,
        "At a sum of exactly 0 your gate lets a half through. There it is closed: the text says `z > 0`.",
    ),
):
    network.slip(
        _name, _told, "np.heaviside(z1, 0)", f"np.heaviside(z1, {_at_zero})", of="with more in the dict than asked for"
    )

network.slip(
    "gate-turned",
    "Your gate is open where z1 is below 0. What does ReLU hand on there?",
    "np.where(h > 0, dh, 0.0)",
    "np.where(h > 0, 0.0, dh)",
    of=WRITTEN_OUT,
)

network.slip(
    "relu-on-the-scores",
    "Even dz2 is off, so look at the way *forward*: the scores passed a ReLU. Which of the two layers has one?",
    "z2 = h @ W2 + b2",
    "z2 = np.maximum(0, h @ W2 + b2)",
    of=WRITTEN_OUT,
)

network.slip(
    "down-the-columns",
    "Even dz2 is off: your shares sum to 1 down the *columns*. A row is one example: along which axis do its shares make 1?",
    "np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.log(np.exp(shifted).sum(axis=0, keepdims=True))",
    of=WRITTEN_OUT,
)

network.slip(
    "whole-batch",
    "Even dz2 is off: all the shares of the *batch* together make 1. Each row is one example, and its shares make 1.",
    "np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "np.log(np.exp(shifted).sum())",
    of=WRITTEN_OUT,
)

network.slip(
    "every-pair",
    "dz2 is off: `dz2[:, labels] -= 1` takes 1 away in *every* row. Which one place in each row is the true class?",
    "dz2[np.arange(len(x)), labels]",
    "dz2[:, labels]",
    of=WRITTEN_OUT,
)


@network.mistake(
    "divided-late",
    "dz2, dh and dz1 are too large, by the number of examples. You divide at each weight. The text divides once: at which step?",
)
def _(x, labels, W1, b1, W2, b2):
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    dz2 = np.exp(z2 - np.logaddexp.reduce(z2, axis=1, keepdims=True)) - np.eye(len(b2))[labels]
    dh = dz2 @ W2.T
    dz1 = dh * (h > 0)
    g = {"dz2": dz2, "dh": dh, "dz1": dz1}
    g["dW2"], g["db2"] = h.T @ dz2 / len(x), dz2.sum(axis=0) / len(x)
    g["dW1"], g["db1"] = x.T @ dz1 / len(x), dz1.sum(axis=0) / len(x)
    return g


@network.mistake(
    "divided-everywhere",
    "You divide by N in dz2, and at each weight and bias once more. The mean of the loss does it once.",
)
def _(x, labels, W1, b1, W2, b2):
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    dz2 = (np.exp(z2 - np.logaddexp.reduce(z2, axis=1, keepdims=True)) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (h > 0)
    g = {"dz2": dz2, "dh": dh, "dz1": dz1}
    g["dW2"], g["db2"] = h.T @ dz2 / len(x), dz2.sum(axis=0) / len(x)
    g["dW1"], g["db1"] = x.T @ dz1 / len(x), dz1.sum(axis=0) / len(x)
    return g


@network.mistake(
    "caught-in-another-order",
    "dh and the gradients of the second layer stand under each other's names. `dense_backward` returns dx, dW, db: in which order do your names catch them?",
)
def _(x, labels, W1, b1, W2, b2):
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    dz2 = (np.exp(z2 - np.logaddexp.reduce(z2, axis=1, keepdims=True)) - np.eye(len(b2))[labels]) / len(x)
    dW2, db2, dh = dz2 @ W2.T, h.T @ dz2, dz2.sum(axis=0)
    dz1 = dh * (h > 0)
    return {
        "dz2": dz2,
        "dW2": dW2,
        "db2": db2,
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


def decays(seen, x, labels, W1, b1, W2, b2):
    """Recognises gradients of the weights with a share of the weights themselves in them."""
    right = through_network(x, labels, W1, b1, W2, b2)
    if not isinstance(seen, dict) or set(seen) != set(right):
        return False
    if not all(np.shape(seen[name]) == np.shape(right[name]) for name in right):
        return False
    shares = []
    for name, W in (("dW1", W1), ("dW2", W2)):
        shares.extend((seen[name] - right[name])[W != 0] / W[W != 0])
    rest = all(np.allclose(seen[name], right[name]) for name in right if name not in ("dW1", "dW2"))
    return rest and abs(shares[0]) > 1e-8 and np.allclose(shares, shares[0], rtol=1e-3)


@network.mistake(
    "weight-decay",
    "dW1 and dW2 have a share of the weights themselves in them, as with a penalty on large weights. In this loss there is no penalty.",
    when=decays,
)
def _(x, labels, W1, b1, W2, b2):
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    dz2 = (np.exp(z2 - np.logaddexp.reduce(z2, axis=1, keepdims=True)) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (h > 0)
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2 + 0.001 * W2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1 + 0.001 * W1,
        "db1": dz1.sum(axis=0),
    }


network.slip(
    "sigmoid-forward",
    "Even dz2 is off, so look at the way *forward*: your hidden layer passes a sigmoid. Which activation has it here?",
    "z1 * (z1 > 0)",
    "1 / (1 + np.exp(-z1))",
    of="with more in the dict than asked for",
)


@network.mistake(
    "sigmoid-there-and-back",
    "Your hidden layer is a sigmoid, on the way forward and on the way back. Which activation has it here?",
)
def _(x, labels, W1, b1, W2, b2):
    with np.errstate(all="ignore"):
        h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    z2 = h @ W2 + b2
    dz2 = (np.exp(z2 - np.logaddexp.reduce(z2, axis=1, keepdims=True)) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * h * (1 - h)
    g = {"dz2": dz2, "dh": dh, "dz1": dz1}
    g["dW2"], g["db2"], g["dW1"], g["db1"] = h.T @ dz2, dz2.sum(axis=0), x.T @ dz1, dz1.sum(axis=0)
    return g


network.slip(
    "leaky-gate",
    "Your gate lets a hundredth through where z1 is below 0. That is the slope of a leaky ReLU: which one has this layer?",
    "np.where(h > 0, dh, 0.0)",
    "np.where(h > 0, dh, 0.01 * dh)",
    of=WRITTEN_OUT,
)

network.slip(
    "gate-at-the-scores",
    "Even dz2 is off: you put a gate behind the scores. Which of the two layers has a ReLU?",
    "dz2 /= len(x)",
    "dz2 *= (z2 > 0) / len(x)",
    of=WRITTEN_OUT,
)

network.slip(
    "h-into-the-first-layer",
    "dW1 is off. What went *into* the first layer?",
    '"dW1": x.T @ dz1,',
    '"dW1": h.T @ dz1,',
    of=WRITTEN_OUT,
)

network.slip(
    "first-layer-in-another-order",
    "dW1 and db1 hold other things. `dense_backward` returns dx, dW, db: in which order do your names catch them?",
    '{"db1": dz1.sum(0), "dW1": x.T @ dz1,',
    '{"db1": x.T @ dz1, "dW1": dz1 @ W1.T,',
    of=WRITTEN_OUT,
)

network.slip(
    "softmax-twice",
    "Even dz2 is off: a softmax was put on shares, which are one already. What does the loss want, scores or shares?",
    "shifted = z2",
    "z2 = np.exp(z2 - np.logaddexp.reduce(z2, axis=1, keepdims=True))\n    shifted = z2",
    of=WRITTEN_OUT,
)


@network.mistake(
    "exponentials-too-large",
    "`np.exp(z2)` is inf for large scores, and inf / inf is nan. What do you subtract from each row of scores first?",
)
def _(x, labels, W1, b1, W2, b2):
    h = np.maximum(0, x @ W1 + b1)
    e = np.exp(h @ W2 + b2)
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = np.where(h > 0, dh, 0.0)
    return {"db1": dz1.sum(0), "dW1": x.T @ dz1, "dz1": dz1, "dh": dh, "db2": dz2.sum(0), "dW2": h.T @ dz2, "dz2": dz2}


network.slip(
    "logarithm-of-a-sum-too-large",
    "For large scores the sum of `np.exp(z2)` is inf, or 0, and so its log is of no use. What do you subtract from each row of scores first?",
    "z2 - z2.max(axis=1, keepdims=True)",
    "z2",
    of=WRITTEN_OUT,
)
