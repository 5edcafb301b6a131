"""Activation functions, each with its derivative, safe for inputs of any size.

Every function takes an array (or a number, or a list), works on each element, never changes its input
and keeps its float type. `softmax` alone looks at a whole row at a time.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike


def as_float(x: ArrayLike) -> np.ndarray:
    """x as an array of floats: a float type is kept, anything else becomes float64."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def linear(x: ArrayLike) -> np.ndarray:
    """linear(x) = x: no activation at all."""
    return as_float(x)[()]


def linear_derivative(x: ArrayLike) -> np.ndarray:
    """linear'(x) = 1."""
    return np.ones_like(as_float(x))[()]


def relu(x: ArrayLike) -> np.ndarray:
    """relu(x) = max(x, 0).

    >>> relu([-3.0, 0.0, 5.0])
    array([0., 0., 5.])
    """
    return np.maximum(as_float(x), 0)


def relu_derivative(x: ArrayLike) -> np.ndarray:
    """relu'(x) = 1 where x > 0, else 0; at the kink x = 0 any value in [0, 1] is right, and we take 0.

    >>> relu_derivative([-3.0, 0.0, 5.0])
    array([0., 0., 1.])
    """
    x = as_float(x)
    return (x > 0).astype(x.dtype)


def leaky_relu(x: ArrayLike, negative_slope: float = 0.2) -> np.ndarray:
    """leaky_relu(x) = x where x > 0, else negative_slope * x.

    >>> leaky_relu([-10.0, 5.0])
    array([-2.,  5.])
    """
    x = as_float(x)
    return np.where(x > 0, x, negative_slope * x)[()]


def leaky_relu_derivative(x: ArrayLike, negative_slope: float = 0.2) -> np.ndarray:
    """leaky_relu'(x) = 1 where x > 0, else negative_slope.

    >>> leaky_relu_derivative([-10.0, 5.0])
    array([0.2, 1. ])
    """
    x = as_float(x)
    return np.where(x > 0, np.ones_like(x), negative_slope)[()]


def sigmoid(x: ArrayLike) -> np.ndarray:
    """sigmoid(x) = 1 / (1 + exp(-x)).

    Only exp(-|x|) is computed, which lies in [0, 1] and cannot overflow;
    for x < 0 the equal form exp(x) / (1 + exp(x)) is used.

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    x = as_float(x)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, np.ones_like(e), e) / (1 + e)


def sigmoid_derivative(x: ArrayLike) -> np.ndarray:
    """sigmoid'(x) = s (1 - s) with s = sigmoid(x); 1 - s is computed as sigmoid(-x), which loses no digits.

    >>> sigmoid_derivative([-1000.0, 0.0])
    array([0.  , 0.25])
    """
    x = as_float(x)
    return sigmoid(x) * sigmoid(-x)


def tanh(x: ArrayLike) -> np.ndarray:
    """tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x)).

    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    return np.tanh(as_float(x))


def tanh_derivative(x: ArrayLike) -> np.ndarray:
    """tanh'(x) = 1 - tanh(x)^2.

    >>> tanh_derivative([-1000.0, 0.0])
    array([0., 1.])
    """
    return 1 - np.tanh(as_float(x)) ** 2


def softplus(x: ArrayLike) -> np.ndarray:
    """softplus(x) = log(1 + exp(x)), computed as max(x, 0) + log(1 + exp(-|x|)).

    >>> softplus([-1000.0, 1000.0])
    array([   0., 1000.])
    """
    x = as_float(x)
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def softplus_derivative(x: ArrayLike) -> np.ndarray:
    """softplus'(x) = sigmoid(x).

    >>> softplus_derivative([0.0])
    array([0.5])
    """
    return sigmoid(x)


_erf = np.vectorize(math.erf, otypes=[float])  # NumPy has no erf; this calls Python once per element
_CUBIC = 0.044715


def gelu(x: ArrayLike, approximate: bool = False) -> np.ndarray:
    """gelu(x) = x P(Z <= x) = x (1 + erf(x / sqrt(2))) / 2, with Z from the standard normal distribution.

    `approximate=True` replaces erf(x / sqrt(2)) by tanh(sqrt(2 / pi) (x + 0.044715 x^3)): off by less than
    0.0005, and much faster here.

    Source: Hendrycks & Gimpel 2016, Gaussian Error Linear Units.

    >>> gelu([0.0, 100.0])
    array([  0., 100.])
    """
    x = as_float(x)
    return x * _normal_probability(x, approximate)


def gelu_derivative(x: ArrayLike, approximate: bool = False) -> np.ndarray:
    """gelu'(x) = P(Z <= x) + x p(x), with p the density of the standard normal distribution.

    >>> gelu_derivative([-100.0, 0.0, 100.0])
    array([0. , 0.5, 1. ])
    """
    x = as_float(x)
    probability = _normal_probability(x, approximate)
    if approximate:
        inner_slope = math.sqrt(2 / math.pi) * (1 + 3 * _CUBIC * x**2)
        density = 2 * probability * (1 - probability) * inner_slope
    else:
        density = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    return probability + x * density


def _normal_probability(x: np.ndarray, approximate: bool) -> np.ndarray:
    if approximate:
        return 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + _CUBIC * x**3)))
    return 0.5 * (1 + _erf(x / math.sqrt(2)).astype(x.dtype))


def softmax(x: ArrayLike, axis: int = -1) -> np.ndarray:
    """softmax(x)_k = exp(x_k) / sum_j exp(x_j): scores become probabilities that sum to 1.

    Adding the same number to every score changes nothing, so the largest one is subtracted first;
    exp then never overflows.

    Shapes: (..., K) -> (..., K), each row along `axis` on its own.

    >>> softmax([[1000.0, 1000.0], [0.0, -1000.0]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    x = as_float(x)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def softmax_derivative(x: ArrayLike) -> np.ndarray:
    """The Jacobian d softmax(x)_i / d x_j = y_i (1[i = j] - y_j): every output depends on every score.

    Shapes: (..., K) -> (..., K, K).

    >>> softmax_derivative([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    y = softmax(x)
    return y[..., :, None] * (np.eye(y.shape[-1], dtype=y.dtype) - y[..., None, :])


def softmax_backward(dy: np.ndarray, y: np.ndarray, axis: int = -1) -> np.ndarray:
    """dx = y (dy - sum_k dy_k y_k): the product of dy with the Jacobian, without building the Jacobian.

    Shapes: dy and y = softmax(x) are (..., K), and so is dx.
    """
    return y * (dy - (dy * y).sum(axis=axis, keepdims=True))


ACTIVATIONS: dict[str, Callable[[ArrayLike], np.ndarray]] = {
    "linear": linear,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softplus": softplus,
    "gelu": gelu,
    "softmax": softmax,
}

DERIVATIVES: dict[str, Callable[[ArrayLike], np.ndarray]] = {
    "linear": linear_derivative,
    "relu": relu_derivative,
    "leaky_relu": leaky_relu_derivative,
    "sigmoid": sigmoid_derivative,
    "tanh": tanh_derivative,
    "softplus": softplus_derivative,
    "gelu": gelu_derivative,
    "softmax": softmax_derivative,
}


def activation_backward(name: str, dy: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dx = dy f'(x) for the activation f of that name, where y = f(x).

    Why: for the common ones the derivative is cheap in terms of y, so nothing is computed twice.
    """
    match name:
        case "linear":
            return dy
        case "relu":
            return dy * (y > 0)
        case "sigmoid":
            return dy * (y * (1 - y))
        case "tanh":
            return dy * (1 - y * y)
        case "softmax":
            return softmax_backward(dy, y)
    return dy * DERIVATIVES[name](x)


def get_activation(name: str | Callable | None) -> Callable[[ArrayLike], np.ndarray]:
    """The activation of that name (None is linear); a function is handed back as it is.

    Errors: ValueError that lists the names there are.
    """
    if callable(name):
        return name
    if name is None:
        return linear
    if name not in ACTIVATIONS:
        raise ValueError(f"There is no activation {name!r}. Choose one of: {', '.join(ACTIVATIONS)}.")
    return ACTIVATIONS[name]
