"""A small network on fixed examples, its gradients, and three programs that compute them."""

from collections.abc import Callable, Mapping

import numpy as np

from course_utils import nn

Params = Mapping[str, np.ndarray]

_RNG = np.random.default_rng(6)
_X, _LABELS = _RNG.normal(size=(6, 2)), np.array([0, 1, 2, 0, 1, 2])


def network_loss(params: Params) -> float:
    """The loss of a small network, 2 → 3 → 3 with tanh, on six fixed examples; `params` holds W1, b1, W2 and b2."""
    h = np.tanh(nn.dense(_X, params["W1"], params["b1"]))
    return nn.softmax_crossentropy(_LABELS, nn.dense(h, params["W2"], params["b2"]))[0]


def network_params(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Random weights for `network_loss`."""
    return {
        "W1": rng.normal(size=(2, 3)),
        "b1": rng.normal(size=3),
        "W2": rng.normal(size=(3, 3)),
        "b2": rng.normal(size=3),
    }


def network_gradients(params: Params, slope: Callable = nn.tanh_derivative) -> dict[str, np.ndarray]:
    """The gradients of `network_loss`; another `slope` than that of tanh makes them wrong."""
    z1 = nn.dense(_X, params["W1"], params["b1"])
    h = np.tanh(z1)
    _, dz2 = nn.softmax_crossentropy(_LABELS, nn.dense(h, params["W2"], params["b2"]))
    dh, dW2, db2 = nn.dense_backward(dz2, h, params["W2"])
    _, dW1, db1 = nn.dense_backward(dh * slope(z1), _X, params["W1"])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def suspects(params: Params) -> dict[str, dict[str, np.ndarray]]:
    """The gradients of `network_loss` as three programs compute them. At least one of them has a bug."""
    right = network_gradients(params)
    return {
        "A": {**right, "b2": right["b2"] / len(_X)},
        "B": right,
        "C": network_gradients(params, slope=lambda z: 1 - np.tanh(z)),
    }
