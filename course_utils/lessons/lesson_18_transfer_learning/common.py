"""The weights of each maker's network in lesson 18's checks, and whether two lists of weights are alike."""

import numpy as np

from course_utils.exercises.answer import Raised

from . import networks

NEVER_CALLED = "the function never calls `make_network`: it works with another network"
ANOTHER_MAKER = "Your function never calls `make_network`, the maker that it is given. Whose name stands in its place, and which network does that make?"
# An answer with a network of another maker, in place of `make_network()`.
ANOTHER = 'keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(8), keras.layers.Dense(10, activation="softmax")])'

FEATURES = {networks.image_network: networks.image_features, networks.row_network: networks.row_features}
WEIGHTS = {
    networks.image_network: networks.image_weights,
    networks.row_network: networks.row_weights,
    networks.long_row_network: networks.row_weights,
}


def never_called(error, answer, *others):
    """Whether a layer refused what it was given, in an answer that never calls the maker that comes first."""
    raised = Raised.of(error)
    if raised.kind != "ValueError" or ("layer" not in raised.message and "path" not in raised.message):
        return False
    try:
        answer(networks.no_network, *others)
    except Exception as stopped:
        return networks.ONLY_ASKED not in Raised.of(stopped).message
    return True


def alike(one, other):
    """Two lists of arrays with the same shapes and numbers."""
    return len(one) == len(other) and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, atol=1e-6) for a, b in zip(one, other, strict=True)
    )
