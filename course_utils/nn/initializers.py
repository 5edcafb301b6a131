"""First values for the weights: random, and scaled so that signals neither die out nor explode.

fan_in is the number of inputs that one output adds up, fan_out the number of outputs that one input feeds.
"""

import math
from collections.abc import Callable

import numpy as np

Shape = tuple[int, ...]
TRUNCATED_STD = 0.87962566103423978  # standard deviation of a standard normal cut off at -2 and 2


def fans(shape: Shape) -> tuple[int, int]:
    """(fan_in, fan_out) of a kernel: (D, F) for a dense one, (kh, kw, C, F) for a convolution.

    >>> fans((784, 128)), fans((3, 3, 8, 16))
    ((784, 128), (72, 144))
    """
    if len(shape) < 2:
        return max(1, math.prod(shape)), max(1, math.prod(shape))
    receptive_field = math.prod(shape[:-2])
    return shape[-2] * receptive_field, shape[-1] * receptive_field


def zeros(shape: Shape, rng: np.random.Generator | None = None, dtype: type = np.float32) -> np.ndarray:
    """All 0: right for biases; a kernel of zeros makes every unit learn the same."""
    return np.zeros(shape, dtype)


def ones(shape: Shape, rng: np.random.Generator | None = None, dtype: type = np.float32) -> np.ndarray:
    """All 1: the usual start of a scale (gamma)."""
    return np.ones(shape, dtype)


def random_uniform(shape: Shape, rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Uniform in [-0.05, 0.05): Keras's start for embeddings."""
    return rng.uniform(-0.05, 0.05, shape).astype(dtype)


def glorot_uniform(shape: Shape, rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Uniform in [-a, a) with a = sqrt(6 / (fan_in + fan_out)): variance 2 / (fan_in + fan_out).

    Why: a compromise that keeps the variance of the signals and of the gradients, for activations like tanh.
    Source: Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks.
    """
    limit = math.sqrt(6 / sum(fans(shape)))
    return rng.uniform(-limit, limit, shape).astype(dtype)


def glorot_normal(shape: Shape, rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Normal, cut off at two standard deviations, with variance 2 / (fan_in + fan_out)."""
    return _truncated_normal(shape, math.sqrt(2 / sum(fans(shape))), rng, dtype)


def he_uniform(shape: Shape, rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Uniform in [-a, a) with a = sqrt(6 / fan_in): variance 2 / fan_in."""
    limit = math.sqrt(6 / fans(shape)[0])
    return rng.uniform(-limit, limit, shape).astype(dtype)


def he_normal(shape: Shape, rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Normal, cut off at two standard deviations, with variance 2 / fan_in.

    Why: ReLU throws away half of the signal, and the 2 makes up for it.
    Source: He et al. 2015, Delving Deep into Rectifiers.
    """
    return _truncated_normal(shape, math.sqrt(2 / fans(shape)[0]), rng, dtype)


def orthogonal(shape: Shape, rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """A random matrix Q whose columns (or rows, if there are fewer) are orthonormal: Q^T Q = I.

    Why: multiplying by it keeps lengths, so a recurrent state neither shrinks nor grows over many steps.
    Errors: ValueError for fewer than two dimensions.
    Source: Saxe et al. 2014, Exact solutions to the nonlinear dynamics of learning in deep linear networks.
    """
    if len(shape) < 2:
        raise ValueError(f"An orthogonal matrix needs at least two dimensions, but the shape is {shape}.")
    rows, columns = math.prod(shape[:-1]), shape[-1]
    q, r = np.linalg.qr(rng.normal(size=(max(rows, columns), min(rows, columns))))
    q *= np.sign(np.diag(r))  # makes every orthogonal matrix equally likely
    return np.ascontiguousarray(q if rows >= columns else q.T).reshape(shape).astype(dtype)


def _truncated_normal(shape: Shape, std: float, rng: np.random.Generator, dtype: type) -> np.ndarray:
    x = rng.normal(size=shape)
    while (outside := np.abs(x) > 2).any():
        x[outside] = rng.normal(size=outside.sum())
    return (x * (std / TRUNCATED_STD)).astype(dtype)


Initializer = Callable[[Shape, np.random.Generator, type], np.ndarray]
INITIALIZERS: dict[str, Initializer] = {
    "zeros": zeros,
    "ones": ones,
    "random_uniform": random_uniform,
    "glorot_uniform": glorot_uniform,
    "glorot_normal": glorot_normal,
    "he_uniform": he_uniform,
    "he_normal": he_normal,
    "orthogonal": orthogonal,
}


def get_initializer(name: str | Initializer) -> Initializer:
    """The initialiser of that name; a function (shape, rng, dtype) -> array is handed back as it is.

    Errors: ValueError that lists the names there are.
    """
    if callable(name):
        return name
    if name not in INITIALIZERS:
        raise ValueError(f"There is no initializer {name!r}. Choose one of: {', '.join(INITIALIZERS)}.")
    return INITIALIZERS[name]
