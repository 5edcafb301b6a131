"""Compute the gradients of a dense layer's input, weights and biases from that of its output."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def through_dense(dz, x, W):
    """dx = dz Wᵀ, dW = xᵀ dz, db = the sum of dz over the rows."""
    return nn.dense_backward(dz, x, W)


dense = FunctionExercise(
    "dense-backward",
    reference=through_dense,
    points=3,
    title="Back through a dense layer",
    library=(nn.dense_backward, nn.Dense),
    tolerance=1e-9,
)


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
    yield small(
        "one example, worked out in the text",
        np.array([[3.0, -1.0]]),
        np.array([[1.0, 2.0]]),
        np.array([[1.0, 2.0], [0.0, 5.0]]),
    )
    yield random("a batch of 20: 12 → 15", *_dense_case(rng, 20, 12, 15))
    yield random("three of everything", *_dense_case(rng, 3, 3, 3))
    yield edge("large gradients", *(10 * part for part in _dense_case(rng, 4, 2, 3)))
    yield edge("a single input", *_dense_case(rng, 3, 1, 2))
    yield edge("a single example", *_dense_case(rng, 1, 3, 2))
    yield edge("a single output", *_dense_case(rng, 3, 4, 1))


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


dense.slip(
    "W-not-transposed",
    "For dx the layer is crossed backwards, from its outputs to its inputs. (N, F) times which shape gives (N, D)?",
    'np.einsum("nf,df->nd", dz, W)',
    "dz @ W",
)

dense.slip(
    "dW-transposed",
    "Your dW lies on its side. Row d of W belongs to input d: which of x and dz has to supply the rows?",
    'np.einsum("nd,nf->df", x, dz)',
    "dz.T @ x",
)

dense.slip(
    "x-not-transposed",
    "For dW you need every input with every output, added up over the examples. (D, N) @ (N, F): what does x lack?",
    'np.einsum("nd,nf->df", x, dz)',
    "x @ dz",
)

dense.slip(
    "db-not-summed",
    "db has a row for each example. There is only one b, and every example pulls at it: what happens to their pulls?",
    'np.einsum("nf->f", dz)',
    "dz",
)

dense.slip(
    "db-mean",
    "You took the mean for db. The division by N is in dz already: here the pulls are only added up.",
    'np.einsum("nf->f", dz)',
    "dz.mean(axis=0)",
)

dense.slip(
    "divided-again",
    "You divided by the number of examples. That happened once in the loss, and dz has it in it already.",
    'np.einsum("nd,nf->df", x, dz), np.einsum("nf->f", dz)',
    "x.T @ dz / len(x), dz.sum(axis=0) / len(x)",
)

dense.slip(
    "db-wrong-axis",
    "You summed along the outputs. db has one number for each *output*: over what should the sum run?",
    'np.einsum("nf->f", dz)',
    "dz.sum(axis=1)",
)

dense.slip(
    "db-one-number",
    "db came out as a single number. Each neuron has a bias of its own: name the axis to sum over.",
    'np.einsum("nf->f", dz)',
    "dz.sum()",
)

dense.slip(
    "swapped",
    "The three come in another order. The text asks for dx first, then dW, then db.",
    '[np.einsum("nf,df->nd", dz, W), np.einsum("nd,nf->df", x, dz), np.einsum("nf->f", dz)]',
    "x.T @ dz, dz.sum(axis=0), dz @ W.T",
)

dense.slip(
    "W-for-dW",
    "For dW you used W itself. How much z moves when a *weight* moves depends on the input that it multiplies.",
    'np.einsum("nd,nf->df", x, dz)',
    "W * dz.sum(axis=0)",
)

dense.slip(
    "db-kept-as-row",
    "Your db is a table with one row, (1, F). The biases are a plain row of F numbers: what does `keepdims` do?",
    'np.einsum("nf->f", dz)',
    "dz.sum(axis=0, keepdims=True)",
)

dense.slip(
    "first-example-only",
    "dW and db look at the first example only. Every example of the batch pulls at the same weights: what becomes of their pulls?",
    'np.einsum("nd,nf->df", x, dz), np.einsum("nf->f", dz)',
    "np.outer(x[0], dz[0]), dz[0]",
)

dense.slip(
    "dx-divided",
    "You divided dx by the number of examples. That happened once in the loss, and dz has it in it already.",
    'np.einsum("nf,df->nd", dz, W)',
    "dz @ W.T / len(x)",
)

dense.slip(
    "dW-mean",
    "You divided dW by the number of examples. The division by N is in dz already: here the pulls are only added up.",
    'np.einsum("nd,nf->df", x, dz)',
    "x.T @ dz / len(x)",
)

dense.slip(
    "dx-times-x",
    "For dx you multiplied by x. How much z moves when an *input* moves depends on the weights that multiply it.",
    'np.einsum("nf,df->nd", dz, W)',
    "x * (dz @ W.T)",
)

dense.slip(
    "no-db",
    "You return dx and dW only. The third one is db.",
    ', np.einsum("nf->f", dz)]',
    "]",
)

dense.slip(
    "sign",
    "The signs of dx are turned round. A larger input moves z in the direction of its weights.",
    'np.einsum("nf,df->nd", dz, W)',
    "-dz @ W.T",
)

dense.slip(
    "dW-first",
    "Here dW comes first. The text asks for dx first, then dW, then db.",
    '[np.einsum("nf,df->nd", dz, W), np.einsum("nd,nf->df", x, dz), np.einsum("nf->f", dz)]',
    "[x.T @ dz, dz @ W.T, dz.sum(axis=0)]",
)

dense.slip(
    "forward-again",
    "For dx you run the layer forward. The way back starts from what comes in at the output: dz.",
    'np.einsum("nf,df->nd", dz, W)',
    "x @ W",
)

dense.slip(
    "W-reshaped",
    "`reshape` fills the new shape row by row, so the numbers change their partners. Which sign lays a table on its side?",
    'np.einsum("nf,df->nd", dz, W)',
    "dz @ W.reshape(W.shape[1], W.shape[0])",
)

dense.slip(
    "x-reshaped",
    "For dW you brought x into another shape with `reshape`, and its numbers change their partners. Which sign lays a table on its side?",
    'np.einsum("nd,nf->df", x, dz)',
    "x.reshape(x.shape[1], x.shape[0]) @ dz",
)

dense.slip(
    "gate-of-relu",
    "You set dx to 0 where x is not above 0. That is the gate of ReLU, and in this layer there is none.",
    'np.einsum("nf,df->nd", dz, W)',
    "dz @ W.T * (x > 0)",
)

dense.slip(
    "outer-of-the-batch",
    "`np.outer` pairs every number of x with every number of dz, also of other examples. Which product adds up over the examples?",
    'np.einsum("nd,nf->df", x, dz)',
    "np.outer(x, dz)",
)

dense.slip(
    "dW-number-by-number",
    "For dW you multiply number by number. Every input meets every output, and the examples add up: which sign is the matrix product?",
    'np.einsum("nd,nf->df", x, dz)',
    "x.T * dz",
)

dense.slip(
    "db-of-x",
    "For db you added up x. The bias is added to the sum z: which gradient comes in there?",
    'np.einsum("nf->f", dz)',
    "x.sum(axis=0)",
)

dense.slip(
    "last-example-only",
    "Your dW is that of the last example. Every example pulls at the same weights: what becomes of the earlier pulls?",
    "dW += np.outer(x[n], dz[n])",
    "dW = np.outer(x[n], dz[n])",
    of="one example after another",
)

dense.slip(
    "last-bias-only",
    "Your db is that of the last example. Every example pulls at the same biases: what becomes of the earlier pulls?",
    "db += dz[n]",
    "db = dz[n]",
    of="one example after another",
)

dense.slip(
    "last-example-alone",
    "Your dW and db are those of the last example. Every example pulls: what becomes of the earlier pulls?",
    "dW += np.outer(x[n], dz[n])\n        db += dz[n]",
    "dW = np.outer(x[n], dz[n])\n        db = dz[n]",
    of="one example after another",
)

dense.slip(
    "divided-and-kept-as-row",
    "Two things: you divide by the number of examples, and that is in dz already. And `keepdims` makes a table of db; the biases are a plain row.",
    'np.einsum("nd,nf->df", x, dz), np.einsum("nf->f", dz)',
    "x.T @ dz / len(x), dz.sum(axis=0, keepdims=True) / len(x)",
)


dense.equivalent("np.zeros(x.shape)", "np.ones(x.shape)", why="every row is written")
dense.equivalent("W.shape[1]", "dz.shape[1]", why="both count the outputs")
dense.equivalent("np.ones((len(x), 1))", "np.ones((len(x), 1), dtype='uint8')", why="ones are ones in every type")
