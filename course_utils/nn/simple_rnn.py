"""The simple recurrent layer: one dense layer that reads a sequence and its own last answer."""

import numpy as np

from .activations import ACTIVATIONS, activation_backward
from .layer import Layer, activation_name, require_last, require_ndim


def simple_rnn_step(
    x: np.ndarray, h: np.ndarray, kernel: np.ndarray, recurrent_kernel: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """h_new = tanh(x @ kernel + h @ recurrent_kernel + bias): one step in time.

    Shapes: x (N, D), h (N, F), kernel (D, F), recurrent_kernel (F, F), bias (F,).

    >>> one = np.ones((1, 1))
    >>> simple_rnn_step(one, one, one, -one, np.zeros(1))
    array([[0.]])
    """
    return np.tanh(x @ kernel + h @ recurrent_kernel + bias)


class SimpleRNN(Layer):
    """h_t = activation(x_t @ kernel + h_(t-1) @ recurrent_kernel + bias), starting from h_0 = 0.

    Shapes: x (N, T, D); y (N, F), the last h, or with return_sequences (N, T, F), all of them; F = units.
    Why: the same weights act at every step, so their gradients add up over time; dh travels backwards from
    step to step through recurrent_kernel^T, again and again: this is where gradients vanish.
    Source: Elman 1990, Finding Structure in Time.

    >>> SimpleRNN(3)(np.zeros((2, 5, 4))).shape
    (2, 3)
    """

    def __init__(
        self,
        units: int,
        activation: str | None = "tanh",
        return_sequences: bool = False,
        kernel_initializer: str = "glorot_uniform",
        recurrent_initializer: str = "orthogonal",
        seed: int | None = None,
    ):
        super().__init__(seed)
        if units < 1:
            raise ValueError(f"SimpleRNN needs at least one unit, but units={units}.")
        self.units, self.return_sequences = units, return_sequences
        self.activation = activation_name(activation)
        self.kernel_initializer, self.recurrent_initializer = kernel_initializer, recurrent_initializer

    def compute_output_shape(self, input_shape):
        require_ndim(self, input_shape, 3, "(N, T, D)")
        require_last(self, input_shape, len(self.params["kernel"]) if self.built else None)
        n, t, _ = input_shape
        if t is not None and t < 1:
            raise ValueError(f"{self!r} needs at least one step in time, but x has shape {tuple(input_shape)}.")
        return (n, t, self.units) if self.return_sequences else (n, self.units)

    def _build(self, input_shape, dtype):
        self._add("kernel", (input_shape[-1], self.units), self.kernel_initializer, dtype)
        self._add("recurrent_kernel", (self.units, self.units), self.recurrent_initializer, dtype)
        self._add("bias", (self.units,), "zeros", dtype)

    def _forward(self, x, training):
        n, t, _ = x.shape
        f = ACTIVATIONS[self.activation]
        self.x = x
        self.z = x @ self.params["kernel"] + self.params["bias"]  # every step at once; h joins below
        self.h = np.zeros((n, t + 1, self.units), self.z.dtype)  # h[:, t] is what step t starts from
        for step in range(t):
            self.z[:, step] += self.h[:, step] @ self.params["recurrent_kernel"]
            self.h[:, step + 1] = f(self.z[:, step])
        return self.h[:, 1:] if self.return_sequences else self.h[:, -1]

    def _backward(self, dy):
        t = self.x.shape[1]
        dz = np.empty_like(self.z)
        dh = np.zeros_like(self.h[:, 0]) if self.return_sequences else dy
        for step in reversed(range(t)):
            if self.return_sequences:
                dh = dh + dy[:, step]
            dz[:, step] = activation_backward(self.activation, dh, self.z[:, step], self.h[:, step + 1])
            dh = dz[:, step] @ self.params["recurrent_kernel"].T
        rows_dz = dz.reshape(-1, self.units)
        self.grads["kernel"] = self.x.reshape(len(rows_dz), -1).T @ rows_dz
        self.grads["recurrent_kernel"] = self.h[:, :-1].reshape(len(rows_dz), -1).T @ rows_dz
        self.grads["bias"] = rows_dz.sum(axis=0)
        return dz @ self.params["kernel"].T

    def __repr__(self):
        return f"SimpleRNN({self.units})"
