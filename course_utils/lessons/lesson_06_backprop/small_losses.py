"""Small losses of a dict of parameters, to check gradients on. They have names so that a graded answer can be given them."""

import numpy as np

from .common import Params, network_loss


def one_neuron_loss(params: Params) -> float:
    """(2 w + b - 5)^2: one neuron, the input 2, the target 5."""
    return float(((2 * params["w"] + params["b"] - 5) ** 2).sum())


def bowl_loss(params: Params) -> float:
    """The sum of the squares of all parameters."""
    return float(sum((value**2).sum() for value in params.values()))


def faint_loss(params: Params) -> float:
    """A millionth of `network_loss`: right or wrong, its gradients are tiny."""
    return 1e-6 * network_loss(params)


def valley_loss(params: Params) -> float:
    """The square of the sum of all parameters: each slope depends on every parameter."""
    return float(sum(value.sum() for value in params.values()) ** 2)


def idle_loss(params: Params) -> float:
    """(3 w - 1)^2, whatever the other parameters are."""
    return float(((3 * params["w"] - 1) ** 2).sum())


def steep_and_flat_loss(params: Params) -> float:
    """sum(w_k^2 s_k) / 2 with s = (1, 1e-6, 1, ...): every other element has a tiny slope."""
    return float(sum((value.ravel() ** 2 * _STEEPNESS[: value.size]).sum() / 2 for value in params.values()))


_STEEPNESS = np.where(np.arange(100) % 2, 1e-6, 1.0)
