"""What fine-tuning does to `row_network`, computed in NumPy: where one batch is like another, no luck is left in it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from course_utils import nn

from .networks import row_weights

HEAD, ALL, BODY = slice(-2, None), slice(None), slice(None, -2)  # of `get_weights()`
BATCH = 16
NEAR = 0.1  # of a step of the second phase


class Phase(NamedTuple):
    """Which weights move, how far in each step, and how many steps are made."""

    free: slice
    rate: float
    steps: int


def steps_in(images: np.ndarray, epochs: int, batch: int = BATCH) -> int:
    """How many steps so many epochs make.

    >>> steps_in(np.zeros((40, 4)), 2)
    6
    """
    return epochs * -(-len(images) // batch)


def trained(images: np.ndarray, labels: np.ndarray, phases: Sequence[Phase]) -> list[np.ndarray]:
    """The weights of `row_network` after these phases of Adam, each step with the slopes on all images."""
    network = nn.Sequential([nn.Dense(5, "relu"), nn.Dense(6, "relu"), nn.Dense(2)], dtype="float64")
    x, wanted = np.asarray(images, float), np.eye(2)[labels]
    network(x)
    for variable, weights in zip(network.variables(), row_weights(), strict=True):
        variable[...] = weights
    for free, rate, steps in phases:
        adam = nn.Adam(rate)
        for _ in range(steps):
            network.backward((nn.softmax(network(x)) - wanted) / len(x))
            adam.apply(network.gradients()[free], network.variables()[free])
    return [v.copy() for v in network.variables()]


def furthest(one: Sequence[np.ndarray], other: Sequence[np.ndarray]) -> float:
    """The largest difference between two lists of weights."""
    return max(float(np.abs(np.subtract(a, b)).max()) for a, b in zip(one, other, strict=True))
