"""The dense (fully connected) layer: every output looks at every input."""

import numpy as np

from .activations import ACTIVATIONS, activation_backward
from .layer import Layer, activation_name, require_last


def dense(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray | float = 0.0) -> np.ndarray:
    """y = x @ kernel + bias.

    Shapes: x (..., D), kernel (D, F), bias (F,), y (..., F).

    >>> dense(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [0.0, 10.0]]), np.array([0.5, 0.0]))
    array([[ 1.5, 20. ]])
    """
    return x @ kernel + bias


def dense_backward(
    dy: np.ndarray, x: np.ndarray, kernel: np.ndarray, needs_dx: bool = True
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """dx = dy @ kernel^T (None unless needed), dkernel = x^T @ dy, dbias = sum of dy over the batch.

    Shapes: dy (..., F); dx, dkernel and dbias as x, kernel and bias in `dense`.
    Why: y_f = sum_d x_d kernel_df + bias_f, so kernel_df is met by x_d on the way in and by dy_f on the way
    back; every sample of the batch adds its share.

    >>> dx, dkernel, dbias = dense_backward(np.ones((1, 2)), np.array([[1.0, 2.0]]), np.eye(2))
    >>> dkernel
    array([[1., 1.],
           [2., 2.]])
    """
    rows_x, rows_dy = x.reshape(-1, x.shape[-1]), dy.reshape(-1, dy.shape[-1])
    dx = dy @ kernel.T if needs_dx else None
    return dx, rows_x.T @ rows_dy, rows_dy.sum(axis=0)


class Dense(Layer):
    """y = activation(x @ kernel + bias).

    Shapes: x (..., D), y (..., F) with F = units.

    >>> layer = Dense(2, kernel_initializer="ones")
    >>> layer(np.array([[1.0, 2.0, 3.0]]))
    array([[6., 6.]])
    """

    def __init__(
        self,
        units: int,
        activation: str | None = None,
        use_bias: bool = True,
        kernel_initializer: str = "glorot_uniform",
        seed: int | None = None,
    ):
        super().__init__(seed)
        if units < 1:
            raise ValueError(f"Dense needs at least one unit, but units={units}.")
        self.units, self.use_bias, self.kernel_initializer = units, use_bias, kernel_initializer
        self.activation = activation_name(activation)

    def compute_output_shape(self, input_shape):
        if len(input_shape) < 2:
            raise ValueError(f"{self!r} takes x of shape (N, D), but x has shape {tuple(input_shape)}.")
        require_last(self, input_shape, len(self.params["kernel"]) if self.built else None)
        return (*input_shape[:-1], self.units)

    def _build(self, input_shape, dtype):
        self._add("kernel", (input_shape[-1], self.units), self.kernel_initializer, dtype)
        if self.use_bias:
            self._add("bias", (self.units,), "zeros", dtype)

    def _forward(self, x, training):
        self.x = x
        self.z = dense(x, self.params["kernel"], self.params.get("bias", 0.0))
        self.y = ACTIVATIONS[self.activation](self.z)
        return self.y

    def _backward(self, dy):
        return self.backward_from_logits(activation_backward(self.activation, dy, self.z, self.y))

    def backward_from_logits(self, dz: np.ndarray) -> np.ndarray | None:
        """dx, given the gradient dz of what goes into the activation (a loss that takes logits has it)."""
        dx, self.grads["kernel"], dbias = dense_backward(dz, self.x, self.params["kernel"], self.needs_dx)
        if self.use_bias:
            self.grads["bias"] = dbias
        return dx

    def __repr__(self):
        return f"Dense({self.units})"
