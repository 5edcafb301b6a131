"""The weights of each maker's network in lesson 18's checks, and whether two lists of weights are alike."""

import numpy as np

from . import networks

FEATURES = {networks.image_network: networks.image_features, networks.row_network: networks.row_features}
WEIGHTS = {
    networks.image_network: networks.image_weights,
    networks.row_network: networks.row_weights,
    networks.long_row_network: networks.row_weights,
}


def alike(one, other):
    """Two lists of arrays with the same shapes and numbers."""
    return len(one) == len(other) and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, atol=1e-6) for a, b in zip(one, other, strict=True)
    )
