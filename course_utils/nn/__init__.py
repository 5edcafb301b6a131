"""A small neural network library in NumPy, with Keras's names, layouts and numbers; one idea a file.

Shape letters: N batch, T time, H W height width, C channels, F filters or units, K classes, D inputs.
A gradient of the loss is called `d` + the variable: `dx` has the shape of `x`.
"""

from .activations import (
    ACTIVATIONS,
    DERIVATIVES,
    gelu,
    gelu_derivative,
    get_activation,
    leaky_relu,
    leaky_relu_derivative,
    linear,
    linear_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_backward,
    softmax_derivative,
    softplus,
    softplus_derivative,
    tanh,
    tanh_derivative,
)
from .neuron import neuron, weighted_sum

__all__ = [
    "ACTIVATIONS",
    "DERIVATIVES",
    "gelu",
    "gelu_derivative",
    "get_activation",
    "leaky_relu",
    "leaky_relu_derivative",
    "linear",
    "linear_derivative",
    "neuron",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_backward",
    "softmax_derivative",
    "softplus",
    "softplus_derivative",
    "tanh",
    "tanh_derivative",
    "weighted_sum",
]
