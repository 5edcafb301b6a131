"""The shapes of a network's four arrays, and random networks and labels for the cases."""

from typing import Any

import numpy as np


def layer_shapes(network: Any) -> list[tuple[int, ...]] | None:
    """The shapes of the four arrays W1, b1, W2, b2; None when it is not four arrays."""
    if not isinstance(network, list | tuple) or len(network) != 4:
        return None
    if not all(isinstance(a, np.ndarray) and a.dtype.kind in "fiu" for a in network):
        return None
    return [a.shape for a in network]


def _network(rng, inputs, hidden, outputs):
    shapes = [(inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]
    return [rng.normal(size=shape) for shape in shapes]


def _labels(rng, rows, classes):
    return np.append(rng.integers(0, classes, size=rows - 1), classes - 1)
