"""What fine-tuning does to `row_network`, computed in NumPy: where one batch is like another, no luck is left in it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_model, shapes

from .common import WEIGHTS
from .networks import row_weights

HEAD, ALL, BODY = slice(-2, None), slice(None), slice(None, -2)  # of `get_weights()`
BATCH = 16


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


def all_free(seen):
    """Whether every weight can be trained at the end."""
    return len(seen["trainable"]) == len(seen["weights"])


def right_phases(images, epochs, rate):
    """What the text asks for."""
    n = steps_in(images, epochs)
    return [Phase(HEAD, rate, n), Phase(ALL, rate / 100, n)]


def arrived(seen, images, labels, phases):
    """Whether the weights are those to which these phases lead, but for what rounding does to a few of them."""
    reach = 0.3 * min((phase.rate for phase in phases), default=1e-3)
    there = trained(images, labels, phases)
    off = [np.abs(np.subtract(a, b)) for a, b in zip(seen["weights"], there, strict=True)]
    near = np.concatenate([far.ravel() for far in off]) <= reach
    return near.mean() >= 0.95 and all(np.median(far) <= reach for far in off)


def went(phases):
    """The mistake is recognised by the weights: `phases(steps, rate, images, epochs)` lead to them."""

    def when(seen, make_network, images, labels, epochs, rate):
        if not is_model(seen) or shapes(seen) != [w.shape for w in WEIGHTS[make_network]()]:
            return False
        wanted = [Phase(*phase) for phase in phases(steps_in(images, epochs), rate, images, epochs)]
        return arrived(seen, images, labels, wanted)

    return when


def both(*tests):
    """The mistake is recognised by all of these tests."""
    return lambda *seen: all(test(*seen) for test in tests)
