"""What every layer does. A layer's own file holds its formulas; this one holds what they share.

The contract, for a layer f with parameters p:

    y = layer(x)              y = f(x; p); the first call creates p to fit x
    dx = layer.backward(dy)   given dy = dL/dy, returns dx = dL/dx and fills layer.grads with dL/dp

x and dy are never changed; x must not be changed between the two calls.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from .activations import ACTIVATIONS, as_float
from .initializers import Initializer, get_initializer


class Layer:
    """The base of all layers.

    A layer defines `compute_output_shape` (which also raises ValueError for a shape it cannot take), `_build`
    if it has parameters, `_forward` and `_backward`.

    params: name -> array, what the optimizer changes. grads: name -> dL/d(param), filled by backward.
    state: name -> array, what the layer keeps but no gradient changes (the moving averages of batch
    normalization). needs_dx: set it to False where nobody reads dx (the first layer); that saves time.
    """

    def __init__(self, seed: int | None = None):
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.state: dict[str, np.ndarray] = {}
        self.rng = np.random.default_rng(seed)
        self.built = False
        self.needs_dx = True
        self._y_shape: tuple[int, ...] | None = None

    def __call__(self, x: ArrayLike, training: bool = False) -> np.ndarray:
        """y = f(x). Dropout and batch normalization behave differently when training."""
        return self.forward(x, training)

    def forward(self, x: ArrayLike, training: bool = False) -> np.ndarray:
        """y = f(x), the same as calling the layer.

        Errors: ValueError when the layer cannot take x's shape.
        """
        x = self._as_input(x)
        self.compute_output_shape(x.shape)
        self.build(x.shape, x.dtype)
        y = self._forward(x, training)
        self._y_shape = y.shape
        return y

    def backward(self, dy: ArrayLike) -> np.ndarray:
        """dx = dL/dx, given dy = dL/dy; the gradients of the parameters are left in `grads`.

        Errors: ValueError when the layer was not called before, or dy has not the shape of y.
        """
        if self._y_shape is None:
            raise ValueError(f"{self!r}: call the layer on x before backward(dy).")
        if np.shape(dy) != self._y_shape:
            raise ValueError(f"{self!r}: dy has shape {np.shape(dy)}, but y had {self._y_shape}; they must agree.")
        return self._backward(as_float(dy))

    def build(self, input_shape: tuple[int, ...], dtype: type = np.float32) -> None:
        """Create the parameters for inputs of this shape, unless they are there."""
        if not self.built:
            self.compute_output_shape(input_shape)
            self._build(input_shape, np.dtype(dtype if np.issubdtype(dtype, np.floating) else np.float32))
            self.built = True

    def compute_output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of y for an x of this shape, batch dimension first.

        Errors: ValueError when the layer cannot take such an x.
        """
        raise NotImplementedError

    def _as_input(self, x: ArrayLike) -> np.ndarray:
        return as_float(x)

    def _build(self, input_shape: tuple[int, ...], dtype: np.dtype) -> None:
        """Nothing to build: the layer has no parameters."""

    def _forward(self, x: np.ndarray, training: bool) -> np.ndarray:
        raise NotImplementedError

    def _backward(self, dy: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _add(self, name: str, shape: tuple[int, ...], initializer: str | Initializer, dtype: np.dtype) -> None:
        self.params[name] = get_initializer(initializer)(shape, self.rng, dtype)

    def leaves(self) -> Iterator["Layer"]:
        """The layers that hold parameters: this one, or those inside it."""
        yield self

    def variables(self) -> list[np.ndarray]:
        """All trainable parameters, in Keras's order."""
        return [p for leaf in self.leaves() for p in leaf.params.values()]

    def gradients(self) -> list[np.ndarray]:
        """The gradients of `variables()`, in the same order.

        Errors: ValueError before the first backward.
        """
        for leaf in self.leaves():
            if leaf.params.keys() != leaf.grads.keys():
                raise ValueError(f"{leaf!r} has no gradients yet: call backward(dy) first.")
        return [leaf.grads[name] for leaf in self.leaves() for name in leaf.params]

    def get_weights(self) -> list[np.ndarray]:
        """Copies of all parameters and moving averages, in the order of Keras's get_weights()."""
        return [w.copy() for _, w in self._weights()]

    def set_weights(self, weights: list[ArrayLike]) -> None:
        """Overwrite all parameters and moving averages with these, in Keras's order.

        Errors: ValueError when the number of arrays or a shape differs (a layer that was never called
        has none yet: call it on some x, or `build` it, first).
        """
        own = list(self._weights())
        if len(weights) != len(own):
            raise ValueError(
                f"{self!r} has {len(own)} weight arrays, but {len(weights)} were given."
                + ("" if self.built else " It is not built yet: call build(input_shape) first.")
            )
        for (name, w), new in zip(own, weights, strict=True):
            if np.shape(new) != w.shape:
                raise ValueError(f"{self!r}: {name} has shape {w.shape}, but {np.shape(new)} was given.")
        for (_, w), new in zip(own, weights, strict=True):
            w[...] = new

    def _weights(self) -> Iterator[tuple[str, np.ndarray]]:
        for leaf in self.leaves():
            yield from leaf.params.items()
            yield from leaf.state.items()

    def count_params(self) -> int:
        """How many numbers the layer holds, trained or not."""
        return sum(w.size for _, w in self._weights())

    def __repr__(self) -> str:
        return type(self).__name__


def activation_name(activation: str | None) -> str:
    """The name of an activation that layers know, with None for "linear".

    Errors: ValueError that lists the names there are.
    """
    name = "linear" if activation is None else activation
    if name not in ACTIVATIONS:
        raise ValueError(f"There is no activation {activation!r}. Choose one of: {', '.join(ACTIVATIONS)}.")
    return name


def require_ndim(layer: Layer, input_shape: tuple[int, ...], ndim: int, wanted: str) -> None:
    """Raise ValueError unless the input has `ndim` dimensions, described as `wanted`."""
    if len(input_shape) != ndim:
        raise ValueError(f"{layer!r} takes x of shape {wanted}, but x has shape {tuple(input_shape)}.")


def require_last(layer: Layer, input_shape: tuple[int, ...], size: int | None) -> None:
    """Raise ValueError unless the last dimension is `size`, which the parameters fit (None: not made yet)."""
    if size is not None and input_shape[-1] != size:
        raise ValueError(f"{layer!r} was built for x with last dimension {size}, but x has shape {tuple(input_shape)}.")


def positive_pair(value: int | tuple[int, int], name: str) -> tuple[int, int]:
    """(height, width) from one number or a pair.

    Errors: ValueError unless both are whole numbers of at least 1.

    >>> positive_pair(2, "strides")
    (2, 2)
    """
    pair = (value, value) if np.ndim(value) == 0 else tuple(value)
    if len(pair) != 2 or any(int(n) != n or n < 1 for n in pair):
        raise ValueError(f"{name} must be a positive whole number or a pair of them, but it is {value!r}.")
    return int(pair[0]), int(pair[1])
