"""Random networks and labels for the cases of lesson 07, and what tells whether something is a network."""

from typing import Any

import numpy as np


def layer_shapes(network: Any) -> list[tuple[int, ...]] | None:
    """The shapes of the four arrays W1, b1, W2, b2; None when it is not four arrays."""
    if not isinstance(network, list | tuple) or len(network) != 4:
        return None
    if not all(isinstance(a, np.ndarray) and a.dtype.kind in "fiu" for a in network):
        return None
    return [a.shape for a in network]


def some_network(rng, inputs, hidden, outputs):
    """The arrays W1, b1, W2, b2, all of them random."""
    shapes = [(inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]
    return [rng.normal(size=shape) for shape in shapes]


def some_labels(rng, rows, classes):
    """A label for each row; the last class is among them."""
    return np.append(rng.integers(0, classes, size=rows - 1), classes - 1)
