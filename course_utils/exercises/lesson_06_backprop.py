"""Exercises of lesson 06: gradients on a graph, through a sigmoid, a loss, a layer and a network; and how to check them."""

from collections.abc import Callable, Mapping

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small

lesson = Lesson("06_backprop", "Backpropagation")

# Gradients on a graph ---------------------------------------------------------------------------------

graph = lesson.values(
    "graph-gradients",
    points=2,
    title="Gradients on a graph",
    reference=lambda: {"grad_p": 4.0, "grad_q": 6.0, "grad_a": 14.0, "grad_b": 12.0, "grad_c": 6.0},
)


@graph.mistake(
    "own-value",
    "At a product each factor receives the value of the *other* one. How much does L = p · q grow when p grows by 1?",
)
def _():
    return {"grad_p": 6.0, "grad_q": 4.0}


@graph.mistake(
    "only-through-p",
    "a reaches L in two ways: through p and through q. You have the one through p. What happens to both shares?",
)
def _():
    return {"grad_a": 8.0}


@graph.mistake(
    "only-through-q",
    "a reaches L in two ways: through p and through q. You have the one through q. What happens to both shares?",
)
def _():
    return {"grad_a": 6.0}


@graph.mistake(
    "paths-multiplied",
    "You multiplied the two shares of a. Along a path gradients are multiplied; where two paths meet they are …?",
)
def _():
    return {"grad_a": 48.0}


@graph.mistake(
    "local-only",
    "3 is the local slope of p = a · b for b. What comes in from above, from L, and how do the two combine?",
)
def _():
    return {"grad_b": 3.0}


@graph.mistake(
    "own-factor", "b receives the value of the other factor of p = a · b, times what comes in. You took b's own value."
)
def _():
    return {"grad_b": 8.0}


@graph.mistake(
    "plus-divides",
    "A plus does not divide the gradient among its inputs. If c grows by 1, by how much does q = a + c grow?",
)
def _():
    return {"grad_c": 3.0}


@graph.variant("whole numbers")
def _():
    return {"grad_p": 4, "grad_q": 6, "grad_a": 14, "grad_b": 12, "grad_c": 6}


@graph.variant("as they are computed")
def _():
    return {"grad_a": np.float64(4.0) * 2 + 6, "grad_b": np.array(4.0 * 3)}


# Back through a sigmoid -------------------------------------------------------------------------------


def through_sigmoid(dh, h):
    """dz = dh h (1 - h)."""
    return dh * h * (1 - h)


sigmoid = lesson.function("sigmoid-backward", reference=through_sigmoid, points=2, title="Back through a sigmoid")


@sigmoid.cases
def _(rng):
    yield small("outputs 1/2 and 1/4, gradients 2 and -4", np.array([2.0, -4.0]), np.array([0.5, 0.25]))
    yield random("a row", rng.normal(size=5), rng.uniform(0.05, 0.95, size=5))
    yield random("a table", rng.normal(size=(3, 2)), rng.uniform(0.05, 0.95, size=(3, 2)))
    yield edge("saturated", rng.normal(size=2), np.array([0.0, 1.0]))
    yield edge("nothing comes in", np.zeros(3), rng.uniform(0.05, 0.95, size=3))


@sigmoid.mistake(
    "nothing-from-above",
    "This is the local slope alone. It has to be multiplied by what comes in from above: where is dh?",
)
def _(dh, h):
    return h * (1 - h)


@sigmoid.mistake(
    "sigmoid-again",
    "h has been through the sigmoid already. You put it through once more: which letter stands for the output?",
)
def _(dh, h):
    s = 1 / (1 + np.exp(-h))
    return dh * s * (1 - s)


@sigmoid.mistake(
    "height-for-slope", "You multiply by the output itself. At h = 1/2 the curve has height 1/2: how steep is it there?"
)
def _(dh, h):
    return dh * h


@sigmoid.mistake("added", "You add the local slope to what comes in. Along a path gradients are multiplied.")
def _(dh, h):
    return dh + h * (1 - h)


@sigmoid.mistake("tanh", "1 - h² is the slope of tanh. For the sigmoid, the second factor is how far h is from 1.")
def _(dh, h):
    return dh * (1 - h**2)


@sigmoid.mistake(
    "sign",
    "All signs are turned round. The sigmoid rises everywhere, so its slope is never negative: which way round is the difference?",
)
def _(dh, h):
    return dh * h * (h - 1)


@sigmoid.mistake(
    "summed", "You return one number. Every element of z gets a gradient of its own: dz has the shape of h."
)
def _(dh, h):
    return np.sum(dh * h * (1 - h))


@sigmoid.mistake(
    "changes-input",
    "The result is right, but `dh *= …` writes into the caller's array, which may still be needed. Make a new one.",
)
def _(dh, h):
    dh *= h * (1 - h)
    return dh


@sigmoid.variant("multiplied out")
def _(dh, h):
    return dh * (h - h**2)


@sigmoid.variant("loop")
def _(dh, h):
    dz = np.empty_like(dh)
    for place in np.ndindex(h.shape):
        dz[place] = dh[place] * h[place] * (1 - h[place])
    return dz


@sigmoid.variant("float32")
def _(dh, h):
    return np.multiply(dh, h - np.square(h)).astype(np.float32)


# Softmax and cross-entropy together -------------------------------------------------------------------


def loss_and_gradient(z, labels):
    """The mean cross-entropy of softmax(z), exact for scores of any size, and its gradient (p - one-hot) / N."""
    loss, dz = nn.softmax_crossentropy(labels, z)
    return loss, dz


softmax = lesson.function(
    "softmax-loss", reference=loss_and_gradient, points=3, title="Softmax and cross-entropy, forward and backward"
)


@softmax.cases
def _(rng):
    yield small("shares ¼ and ¾; labels 0 and 1", np.array([[0.0, np.log(3.0)], [0.0, np.log(3.0)]]), np.array([0, 1]))
    yield random("four examples, three classes", rng.normal(size=(4, 3)) * 2, np.append(rng.integers(0, 3, size=3), 2))
    yield random("three examples, five classes", rng.normal(size=(3, 5)) * 2, np.array([4, 0, rng.integers(0, 5)]))
    yield edge("a single example", rng.normal(size=(1, 4)), np.array([1]))
    yield edge("huge scores", np.array([[1000.0, 1001.0, 999.0]]), np.array([2]))
    yield edge("sure and wrong", np.array([[1000.0, 0.0]]), np.array([1]))


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


@softmax.mistake(
    "log-of-rounded-share",
    "Right, except when the network is sure and wrong: then the share is rounded to 0, and its log is -inf. "
    "Take the log on paper, as in lesson 04: log p = shifted - log(sum of exp(shifted)).",
)
def _(z, labels):
    rows = np.arange(len(z))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dz = p.copy()
    dz[rows, labels] -= 1
    return -np.mean(np.log(p[rows, labels])), dz / len(z)


@softmax.mistake(
    "no-shift",
    "Right for small scores. np.exp(1000.0) is inf, and inf / inf is nan. What do you subtract from each row first?",
)
def _(z, labels):
    rows = np.arange(len(z))
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    dz = p.copy()
    dz[rows, labels] -= 1
    return -np.mean(np.log(p[rows, labels])), dz / len(z)


@softmax.mistake(
    "forgot-mean",
    "The loss is right, but the gradient is too large, by the number of examples. The loss is a mean: what does that do to dz?",
)
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dz = np.exp(log_p)
    dz[rows, labels] -= 1
    return -np.mean(log_p[rows, labels]), dz


@softmax.mistake(
    "divided-by-classes",
    "You divide the gradient by the number of entries. One loss for each *example* is averaged: how many are they?",
)
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dz = np.exp(log_p)
    dz[rows, labels] -= 1
    return -np.mean(log_p[rows, labels]), dz / z.size


@softmax.mistake(
    "sign",
    "The gradient has all its signs turned round. It is *prediction minus truth*: for the true class, is that above or below 0?",
)
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dz = -np.exp(log_p)
    dz[rows, labels] += 1
    return -np.mean(log_p[rows, labels]), dz / len(z)


@softmax.mistake(
    "every-pair",
    "`dz[:, labels] -= 1` takes 1 away in *every* row. You want one place in each row: what belongs where the `:` stands?",
)
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dz = np.exp(log_p)
    dz[:, labels] -= 1
    return -np.mean(log_p[rows, labels]), dz / len(z)


@softmax.mistake(
    "truth-missing",
    "Your gradient is the shares alone. It is prediction minus *truth*: at which places is the truth a 1?",
)
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[rows, labels]), np.exp(log_p) / len(z)


@softmax.mistake(
    "sum-for-mean",
    "The gradient belongs to the mean, but your loss is the sum. Which of the two does the text ask for?",
)
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dz = np.exp(log_p)
    dz[rows, labels] -= 1
    return -np.sum(log_p[rows, labels]), dz / len(z)


@softmax.mistake("swapped", "Both parts are right, but in the wrong order: first the loss, then the gradient.")
def _(z, labels):
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dz = np.exp(log_p)
    dz[rows, labels] -= 1
    return dz / len(z), -np.mean(log_p[rows, labels])


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


# Back through a dense layer ---------------------------------------------------------------------------


def through_dense(dz, x, W):
    """dx = dz Wᵀ, dW = xᵀ dz, db = the sum of dz over the rows."""
    return nn.dense_backward(dz, x, W)


dense = lesson.function("dense-backward", reference=through_dense, points=3, title="Back through a dense layer")


def _dense_case(rng, batch, inputs, outputs):
    return tuple(rng.normal(size=shape) for shape in [(batch, outputs), (batch, inputs), (inputs, outputs)])


@dense.cases
def _(rng):
    yield small(
        "two examples, two inputs, two outputs",
        np.array([[1.0, 0.0], [2.0, -1.0]]),
        np.array([[1.0, 2.0], [3.0, 4.0]]),
        np.array([[1.0, 2.0], [0.0, 5.0]]),
    )
    yield random("a batch of 4: 3 → 2", *_dense_case(rng, 4, 3, 2))
    yield random("a batch of 5: 2 → 4", *_dense_case(rng, 5, 2, 4))
    yield edge("a single example", *_dense_case(rng, 1, 3, 2))
    yield edge("a single output", *_dense_case(rng, 3, 4, 1))


@dense.mistake(
    "W-not-transposed",
    "For dx the layer is crossed backwards, from its outputs to its inputs. (N, F) times which shape gives (N, D)?",
)
def _(dz, x, W):
    return dz @ W, x.T @ dz, dz.sum(axis=0)


@dense.mistake(
    "dW-transposed",
    "Your dW lies on its side. Row d of W belongs to input d: which of x and dz has to supply the rows?",
)
def _(dz, x, W):
    return dz @ W.T, dz.T @ x, dz.sum(axis=0)


@dense.mistake(
    "x-not-transposed",
    "For dW you need every input with every output, added up over the examples. (D, N) @ (N, F): what does x lack?",
)
def _(dz, x, W):
    return dz @ W.T, x @ dz, dz.sum(axis=0)


@dense.mistake(
    "db-not-summed",
    "db has a row for each example. There is only one b, and every example pulls at it: what happens to their pulls?",
)
def _(dz, x, W):
    return dz @ W.T, x.T @ dz, dz


@dense.mistake(
    "db-mean", "You took the mean for db. The division by N is in dz already: here the pulls are only added up."
)
def _(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.mean(axis=0)


@dense.mistake(
    "divided-again",
    "You divided by the number of examples. That happened once in the loss, and dz has it in it already.",
)
def _(dz, x, W):
    return dz @ W.T, x.T @ dz / len(x), dz.sum(axis=0) / len(x)


@dense.mistake(
    "db-wrong-axis", "You summed along the outputs. db has one number for each *output*: over what should the sum run?"
)
def _(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.sum(axis=1)


@dense.mistake(
    "db-one-number", "db came out as a single number. Each neuron has a bias of its own: name the axis to sum over."
)
def _(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.sum()


@dense.mistake("swapped", "All three are right, but in another order. The text asks for dx first, then dW, then db.")
def _(dz, x, W):
    return x.T @ dz, dz.sum(axis=0), dz @ W.T


@dense.mistake(
    "W-for-dW",
    "For dW you used W itself. How much z moves when a *weight* moves depends on the input that it multiplies.",
)
def _(dz, x, W):
    return dz @ W.T, W * dz.sum(axis=0), dz.sum(axis=0)


@dense.variant("einsum, as a list")
def _(dz, x, W):
    return [np.einsum("nf,df->nd", dz, W), np.einsum("nd,nf->df", x, dz), np.einsum("nf->f", dz)]


@dense.variant("one example after another")
def _(dz, x, W):
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for n in range(len(x)):
        dx[n] = W @ dz[n]
        dW += np.outer(x[n], dz[n])
        db += dz[n]
    return dx, dW, db


@dense.variant("b as the weight of an input that is always 1")
def _(dz, x, W):
    dWb = np.hstack([x, np.ones((len(x), 1))]).T @ dz
    return (W @ dz.T).T, dWb[:-1], dWb[-1]


# A whole network, backward ----------------------------------------------------------------------------

STEPS = ("dz2", "dW2", "db2", "dh", "dz1", "dW1", "db1")


def through_network(x, labels, W1, b1, W2, b2):
    """The gradients of softmax cross-entropy(relu(x W1 + b1) W2 + b2), from the loss back to W1 and b1."""
    z1 = nn.dense(x, W1, b1)
    h = nn.relu(z1)
    _, dz2 = nn.softmax_crossentropy(labels, nn.dense(h, W2, b2))
    dh, dW2, db2 = nn.dense_backward(dz2, h, W2)
    dz1 = dh * nn.relu_derivative(z1)
    _, dW1, db1 = nn.dense_backward(dz1, x, W1)
    return {"dz2": dz2, "dW2": dW2, "db2": db2, "dh": dh, "dz1": dz1, "dW1": dW1, "db1": db1}


network = lesson.function(
    "network-backward", reference=through_network, points=4, title="A two-layer network, backward"
)


@network.drive
def _(answer, *case):
    result = answer(*case)
    return {k: v for k, v in result.items() if k in STEPS} if isinstance(result, dict) else result


def _network_case(rng, batch, inputs, hidden, classes):
    shapes = [(inputs, hidden), (hidden,), (hidden, classes), (classes,)]
    weights = [rng.normal(size=shape) for shape in shapes]
    return rng.normal(size=(batch, inputs)), rng.integers(0, classes, size=batch), *weights


def small_network():
    """Two examples whose every number comes out on paper: z1 is (3, -1) and (3, -2), the shares are ¼ and ¾."""
    W1, b1 = np.array([[1.0, -1.0], [1.0, 0.0]]), np.zeros(2)
    W2, b2 = np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([-3.0, 3.0 + np.log(3.0)])
    return np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([0, 1]), W1, b1, W2, b2


@network.cases
def _(rng):
    yield small("two examples, worked out in the text", *small_network())
    yield random("a batch of 5: 3 → 4 → 2", *_network_case(rng, 5, 3, 4, 2))
    yield random("a batch of 4: 2 → 6 → 3", *_network_case(rng, 4, 2, 6, 3))
    yield edge("a single example", *_network_case(rng, 1, 3, 5, 4))
    yield edge("two examples: 4 → 3 → 3", *_network_case(rng, 2, 4, 3, 3))


@network.mistake(
    "forgot-relu",
    "On the way forward h passed a ReLU, on your way back nothing happens there. Where z1 was negative, how much of dh gets through?",
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake(
    "relu-of-gradient",
    "You put the *gradient* through ReLU, so negative gradients are lost. The gate was set on the way forward, by the sign of z1.",
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = np.maximum(0, dh)
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake("h-for-gate", "You multiply by h. The local slope of ReLU is 1 or 0: is the gate open or closed?")
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * h
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake("sigmoid-slope", "h (1 - h) is the slope of the sigmoid. This hidden layer uses ReLU.")
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * h * (1 - h)
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake("z1-for-h", "dW2 is off. The second layer never saw z1: what went *into* it?")
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    z2 = np.maximum(0, z1) @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (z1 > 0)
    return {
        "dz2": dz2,
        "dW2": z1.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake(
    "no-relu-forward", "Even dz2 is off, so look at the way *forward*: between the two layers stands a ReLU."
)
def _(x, labels, W1, b1, W2, b2):
    h = x @ W1 + b1
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (h > 0)
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake(
    "forgot-mean",
    "Everything is too large, by the number of examples. The loss is a mean: at which step is the division by N?",
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]
    dh = dz2 @ W2.T
    dz1 = dh * (z1 > 0)
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake(
    "W2-not-transposed",
    "dh should have the shape of h. You multiply dz2 by W2 as it stands: the layer is crossed backwards here.",
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2
    dz1 = dh * (z1 > 0)
    return {
        "dz2": dz2,
        "dW2": h.T @ dz2,
        "db2": dz2.sum(axis=0),
        "dh": dh,
        "dz1": dz1,
        "dW1": x.T @ dz1,
        "db1": dz1.sum(axis=0),
    }


@network.mistake(
    "biases-not-summed",
    "The biases' gradients have a row for each example. Each layer has one row of biases: what becomes of the others?",
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (z1 > 0)
    return {"dz2": dz2, "dW2": h.T @ dz2, "db2": dz2, "dh": dh, "dz1": dz1, "dW1": x.T @ dz1, "db1": dz1}


@network.mistake(
    "gradients-as-tuple",
    'The numbers may be right, but they came without names. Return a dict, as in `{"dz2": dz2, …}`.',
)
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = np.maximum(0, z1)
    z2 = h @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    dz2 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh = dz2 @ W2.T
    dz1 = dh * (z1 > 0)
    return dz2, h.T @ dz2, dz2.sum(axis=0), dh, dz1, x.T @ dz1, dz1.sum(axis=0)


@network.variant("written out, the gate from h")
def _(x, labels, W1, b1, W2, b2):
    h = np.maximum(0, x @ W1 + b1)
    z2 = h @ W2 + b2
    shifted = z2 - z2.max(axis=1, keepdims=True)
    dz2 = np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
    dz2[np.arange(len(x)), labels] -= 1
    dz2 /= len(x)
    dh = dz2 @ W2.T
    dz1 = np.where(h > 0, dh, 0.0)
    return {"db1": dz1.sum(0), "dW1": x.T @ dz1, "dz1": dz1, "dh": dh, "db2": dz2.sum(0), "dW2": h.T @ dz2, "dz2": dz2}


@network.variant("with more in the dict than asked for")
def _(x, labels, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = z1 * (z1 > 0)
    z2 = np.einsum("nh,hk->nk", h, W2) + b2
    p = np.exp(z2) / np.exp(z2).sum(axis=1, keepdims=True)
    g = {"loss": -np.log(p[range(len(x)), labels]).mean(), "z1": z1}
    g["dz2"] = (p - np.eye(p.shape[1])[labels]) / p.shape[0]
    g["dW2"], g["db2"], g["dh"] = h.T @ g["dz2"], g["dz2"].sum(axis=0), np.dot(g["dz2"], W2.T)
    g["dz1"] = g["dh"] * np.heaviside(z1, 0)
    g["dW1"], g["db1"], g["dx"] = x.T @ g["dz1"], g["dz1"].sum(axis=0), g["dz1"] @ W1.T
    return g


# A check that finds the bug ---------------------------------------------------------------------------

Params = Mapping[str, np.ndarray]
_RNG = np.random.default_rng(6)
_X, _LABELS = _RNG.normal(size=(6, 2)), np.array([0, 1, 2, 0, 1, 2])


def network_loss(params: Params) -> float:
    """The loss of a small network, 2 → 3 → 3 with tanh, on six fixed examples; `params` holds W1, b1, W2 and b2."""
    h = np.tanh(nn.dense(_X, params["W1"], params["b1"]))
    return nn.softmax_crossentropy(_LABELS, nn.dense(h, params["W2"], params["b2"]))[0]


def network_gradients(params: Params, slope: Callable = nn.tanh_derivative) -> dict[str, np.ndarray]:
    """The gradients of `network_loss`; another `slope` than that of tanh makes them wrong."""
    z1 = nn.dense(_X, params["W1"], params["b1"])
    h = np.tanh(z1)
    _, dz2 = nn.softmax_crossentropy(_LABELS, nn.dense(h, params["W2"], params["b2"]))
    dh, dW2, db2 = nn.dense_backward(dz2, h, params["W2"])
    _, dW1, db1 = nn.dense_backward(dh * slope(z1), _X, params["W1"])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def network_params(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Random weights for `network_loss`."""
    return {
        "W1": rng.normal(size=(2, 3)),
        "b1": rng.normal(size=3),
        "W2": rng.normal(size=(3, 3)),
        "b2": rng.normal(size=3),
    }


def suspects(params: Params) -> dict[str, dict[str, np.ndarray]]:
    """The gradients of `network_loss` as three programs compute them. At least one of them has a bug."""
    right = network_gradients(params)
    return {
        "A": {**right, "b2": right["b2"] / len(_X)},
        "B": right,
        "C": network_gradients(params, slope=lambda z: 1 - np.tanh(z)),
    }


def one_neuron_loss(params: Params) -> float:
    """(2 w + b - 5)^2: one neuron, the input 2, the target 5."""
    return float(((2 * params["w"] + params["b"] - 5) ** 2).sum())


def bowl_loss(params: Params) -> float:
    """The sum of the squares of all parameters."""
    return float(sum((value**2).sum() for value in params.values()))


def faint_loss(params: Params) -> float:
    """A millionth of `network_loss`: right or wrong, its gradients are tiny."""
    return 1e-6 * network_loss(params)


def wrong_gradients(f, params, gradients):
    """The names whose gradient differs from the measured one by more than 1e-4 of the larger of the two."""
    wrong = []
    for name, claimed in gradients.items():
        measured = nn.numerical_gradient(lambda value, name=name: f({**params, name: value}), params[name])
        if nn.relative_error(measured, claimed) > 1e-4:
            wrong.append(name)
    return wrong


finder = lesson.function("find-wrong", reference=wrong_gradients, points=3, title="A check that finds the bug")


@finder.cases
def _(rng):
    at = {"w": np.array([3.0]), "b": np.array([1.0])}
    yield small(
        "one neuron; the x is forgotten in the gradient of w",
        one_neuron_loss,
        at,
        {"w": np.array([4.0]), "b": np.array([4.0])},
    )
    yield small("one neuron; both are right", one_neuron_loss, at, {"w": np.array([8.0]), "b": np.array([4.0])})
    params, right = _network(rng)
    yield random("a network; one gradient 1 % too large", network_loss, params, _spoilt(right, rng, lambda g: 1.01 * g))
    params, right = _network(rng)
    yield random("a network; a sign turned round", network_loss, params, _spoilt(right, rng, lambda g: -g))
    params, right = _network(rng)
    yield random("a network; two elements exchanged", network_loss, params, _spoilt(right, rng, _exchanged))
    params, right = _network(rng)
    yield random(
        "a network; two gradients wrong", network_loss, params, {**right, "b1": 2 * right["b1"], "W2": 0 * right["W2"]}
    )
    params, right = _network(rng)
    yield edge("one single element is wrong, the last", network_loss, params, _spoilt(right, rng, _last_off))
    params, right = _network(rng)
    faint = {name: 1e-6 * gradient for name, gradient in right.items()}
    yield edge("tiny gradients, one twice too large", faint_loss, params, _spoilt(faint, rng, lambda g: 2 * g))
    low = {"w": rng.uniform(0.01, 0.02, size=3), "b": rng.uniform(0.01, 0.02, size=2)}
    yield edge("close to the bottom, all right", bowl_loss, low, {name: 2 * value for name, value in low.items()})


def _network(rng: np.random.Generator) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    params = network_params(rng)
    return params, network_gradients(params)


def _spoilt(gradients: Params, rng: np.random.Generator, spoil: Callable) -> dict[str, np.ndarray]:
    name = ("W1", "b1", "W2", "b2")[rng.integers(4)]
    return {**gradients, name: spoil(gradients[name])}


def _exchanged(gradient: np.ndarray) -> np.ndarray:
    """The largest and the smallest element change places."""
    g = gradient.copy()
    low, high = g.argmin(), g.argmax()
    g.flat[low], g.flat[high] = gradient.flat[high], gradient.flat[low]
    return g


def _last_off(gradient: np.ndarray) -> np.ndarray:
    g = gradient.copy()
    g.flat[-1] += 0.3 * np.abs(gradient).max()
    return g


@finder.mistake(
    "absolute-difference",
    "Your check misses errors in small gradients: a difference of 1e-7 is nothing for a gradient of 1, and everything for one "
    "of 1e-7. Compare the difference with the size of the gradients.",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if np.abs(measured - claimed).max() > 1e-4:
            wrong.append(name)
    return wrong


@finder.mistake(
    "one-sided",
    "Your check accuses gradients that are right. You measure on one side only, and near the bottom the ground bends more than it slopes. "
    "Measure on both sides.",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up = params[name].copy()
            up[place] += 1e-5
            measured[place] = (f({**params, name: up}) - f(params)) / 1e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


@finder.mistake(
    "first-element",
    "A gradient whose first element is right passes your check, whatever the others are. Do you look at every element?",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        up, down = params[name].copy(), params[name].copy()
        up.flat[0] += 1e-5
        down.flat[0] -= 1e-5
        measured = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if abs(measured - claimed.flat[0]) > 1e-4 * max(abs(measured), abs(claimed.flat[0])):
            wrong.append(name)
    return wrong


@finder.mistake(
    "errors-cancel",
    "One element too large and another too small cancel in your sum. Make the differences positive before you combine them.",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if abs(np.sum(measured - claimed)) > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


@finder.mistake(
    "lengths-only",
    "You compare the *lengths* of both gradients. A gradient that points the wrong way has the right length.",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        a, b = np.linalg.norm(measured), np.linalg.norm(claimed)
        if abs(a - b) > 1e-4 * max(a, b):
            wrong.append(name)
    return wrong


@finder.mistake(
    "names-the-right-ones",
    "You return the names of the gradients that are *right*. Which way does your comparison point?",
)
def _(f, params, gradients):
    right = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if np.abs(measured - claimed).max() < 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            right.append(name)
    return right


@finder.mistake(
    "stops-at-the-first",
    "Your check stops at the first wrong gradient. There may be more: is the `return` inside the loop?",
)
def _(f, params, gradients):
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            return [name]
    return []


@finder.mistake(
    "params-moved",
    "The names are right, but params was changed: adding h and taking it away again does not always give the same float, and "
    "`dict(params)` copies the names, not the arrays. Move elements in a copy.",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            params[name][place] += 1e-5
            above = f(params)
            params[name][place] -= 2e-5
            measured[place] = (above - f(params)) / 2e-5
            params[name][place] += 1e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


@finder.variant("both sides, another h, sum of both sizes")
def _(f, params, gradients):
    wrong = []
    for name in gradients:
        measured = []
        for k in range(params[name].size):
            move = np.zeros(params[name].size)
            move[k] = 1e-6
            move = move.reshape(params[name].shape)
            measured.append(
                (f({**params, name: params[name] + move}) - f({**params, name: params[name] - move})) / 2e-6
            )
        measured, claimed = np.array(measured), gradients[name].ravel()
        if np.linalg.norm(measured - claimed) > 1e-4 * (np.linalg.norm(measured) + np.linalg.norm(claimed)):
            wrong.append(name)
    return wrong


@finder.variant("one deep copy, put back exactly")
def _(f, params, gradients):
    params = {name: value.copy() for name, value in params.items()}
    wrong = []
    for name, claimed in gradients.items():
        worst = largest = 0.0
        for place in np.ndindex(claimed.shape):
            here = params[name][place]
            params[name][place] = here + 1e-5
            above = f(params)
            params[name][place] = here - 1e-5
            slope = (above - f(params)) / 2e-5
            params[name][place] = here
            worst = max(worst, abs(slope - claimed[place]))
            largest = max(largest, abs(slope), abs(claimed[place]))
        if worst > 1e-4 * largest:
            wrong += [name]
    return wrong
