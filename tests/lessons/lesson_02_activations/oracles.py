"""Lesson 02 against SciPy, finite differences and a network run layer by layer."""

import numpy as np
import scipy.special


def slope(x):
    h = 1e-6
    return (scipy.special.expit(x + h) - scipy.special.expit(x - h)) / (2 * h)


def merged(W1, b1, W2, b2):
    """The layer that least squares finds from many inputs and the outputs of the two layers."""
    x = np.random.default_rng(0).normal(size=(50, len(W1)))
    y = (x @ W1 + b1) @ W2 + b2
    found, *_ = np.linalg.lstsq(np.column_stack([x, np.ones(50)]), y, rcond=None)
    return found[:-1], found[-1]


ORACLES = {
    "relu": lambda x: np.where(np.signbit(x), 0.0, x),
    "sigmoid": scipy.special.expit,
    "sigmoid-slope": slope,
    "softmax": lambda x: scipy.special.softmax(x, axis=-1),
    "merge-layers": merged,
}
