"""Lesson 03 by other means: einsum, a walk over single neurons, and least squares on what the layers give."""

import numpy as np


def neuron_by_neuron(x, layers):
    """The forward pass without a matrix product: every neuron of every layer adds up its own terms."""
    scores = []
    for h in x.tolist():
        for number, (W, b) in enumerate(layers, start=1):
            sums = [sum(value * W[d, f] for d, value in enumerate(h)) + b[f] for f in range(len(b))]
            h = sums if number == len(layers) else [s if s > 0 else 0.0 for s in sums]
        scores.append(h)
    return np.array(scores)


def fitted(layers):
    """The layer that least squares finds from many inputs and what the linear layers make of them."""
    x = np.random.default_rng(0).normal(size=(60, len(layers[0][0])))
    y = x
    for W, b in layers:
        y = np.einsum("nd,df->nf", y, W) + b
    found, *_ = np.linalg.lstsq(np.column_stack([x, np.ones(60)]), y, rcond=None)
    return found[:-1], found[-1]


ORACLES = {
    "dense": lambda x, W, b: np.einsum("nd,df->nf", x, W) + b,
    "forward": neuron_by_neuron,
    "collapse": fitted,
}
