"""One neuron: multiply each input by its weight, add them up, add the bias, apply an activation."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from .activations import as_float, get_activation, sigmoid


def weighted_sum(x: ArrayLike, w: ArrayLike, b: ArrayLike = 0.0) -> np.ndarray:
    """z = x_1 w_1 + x_2 w_2 + ... + x_D w_D + b.

    Shapes: x (D,) or a batch (N, D); w (D,); b a single number; z () or (N,).
    Errors: ValueError when x and w differ in length.

    >>> float(weighted_sum([1.0, 2.0], [3.0, 4.0], 5.0))
    16.0
    """
    x, w, b = as_float(x), as_float(w), as_float(b)
    if w.ndim != 1 or x.ndim == 0 or x.shape[-1] != len(w):
        raise ValueError(
            f"A neuron needs one weight for each input: x has shape {x.shape}, so w must have shape "
            f"({x.shape[-1] if x.ndim else 1},), but it has {w.shape}."
        )
    if b.ndim != 0:
        raise ValueError(f"One neuron has one bias: b must be a single number, but it has shape {b.shape}.")
    return x @ w + b


def neuron(x: ArrayLike, w: ArrayLike, b: ArrayLike = 0.0, activation: str | Callable | None = sigmoid) -> np.ndarray:
    """y = activation(x . w + b).

    Shapes: as in `weighted_sum`.
    Errors: ValueError when x and w differ in length, or when there is no activation of that name.

    >>> float(neuron([1.0, 2.0], [3.0, -1.5], 0.0))
    0.5
    >>> float(neuron([1.0, 2.0], [3.0, 4.0], -20.0, activation="relu"))
    0.0
    """
    return get_activation(activation)(weighted_sum(x, w, b))
