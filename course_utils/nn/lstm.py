"""The long short-term memory layer: a recurrent layer with a memory that gates open and close.

`lstm_step` is the textbook. The layer below computes the same, laid out for speed: each gate has its own part of
the weights, so that it is one unbroken block of memory, and the inputs of all steps are multiplied at once, before
the loop.
"""

import numpy as np

from .activations import sigmoid
from .layer import Layer, require_last, require_ndim


def lstm_step(
    x: np.ndarray,
    h: np.ndarray,
    c: np.ndarray,
    kernel: np.ndarray,
    recurrent_kernel: np.ndarray,
    bias: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """One step in time: the new short memory h and long memory c.

    z = x @ kernel + h @ recurrent_kernel + bias holds four parts side by side, in the order i f g o:
    i = sigmoid(z_i) how much to write, f = sigmoid(z_f) how much to keep, g = tanh(z_g) what to write,
    o = sigmoid(z_o) how much to show; then c_new = f c + i g and h_new = o tanh(c_new).
    (Keras calls the part g "c", for candidate.)

    Shapes: x (N, D), h and c (N, F), kernel (D, 4F), recurrent_kernel (F, 4F), bias (4F,).

    >>> x, h, c = np.zeros((1, 1)), np.zeros((1, 1)), np.array([[2.0]])
    >>> h_new, c_new = lstm_step(x, h, c, np.zeros((1, 4)), np.zeros((1, 4)), np.zeros(4))
    >>> c_new
    array([[1.]])
    """
    z_i, z_f, z_g, z_o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    c_new = sigmoid(z_f) * c + sigmoid(z_i) * np.tanh(z_g)
    return sigmoid(z_o) * np.tanh(c_new), c_new


class LSTM(Layer):
    """h_t, c_t = lstm_step(x_t, h_(t-1), c_(t-1)), starting from zeros.

    Shapes: x (N, T, D); y (N, F), the last h, or with return_sequences (N, T, F), all of them; F = units.
    Parameters as in `lstm_step`; the bias of the keep gate f starts at 1, so that a new layer remembers.
    Why: dc travels backwards as dc_(t-1) = f dc_t, through no matrix and no squashing; where f is near 1 the
    gradient survives many steps.
    Source: Hochreiter & Schmidhuber 1997, Long Short-Term Memory; keep gate: Gers et al. 2000.

    >>> LSTM(3)(np.zeros((2, 5, 4))).shape
    (2, 3)
    """

    def __init__(
        self,
        units: int,
        return_sequences: bool = False,
        kernel_initializer: str = "glorot_uniform",
        recurrent_initializer: str = "orthogonal",
        seed: int | None = None,
    ):
        super().__init__(seed)
        if units < 1:
            raise ValueError(f"LSTM needs at least one unit, but units={units}.")
        self.units, self.return_sequences = units, return_sequences
        self.kernel_initializer, self.recurrent_initializer = kernel_initializer, recurrent_initializer

    def compute_output_shape(self, input_shape):
        require_ndim(self, input_shape, 3, "(N, T, D)")
        require_last(self, input_shape, len(self.params["kernel"]) if self.built else None)
        n, t, _ = input_shape
        if t is not None and t < 1:
            raise ValueError(f"{self!r} needs at least one step in time, but x has shape {tuple(input_shape)}.")
        return (n, t, self.units) if self.return_sequences else (n, self.units)

    def _build(self, input_shape, dtype):
        self._add("kernel", (input_shape[-1], 4 * self.units), self.kernel_initializer, dtype)
        self._add("recurrent_kernel", (self.units, 4 * self.units), self.recurrent_initializer, dtype)
        self._add("bias", (4 * self.units,), "zeros", dtype)
        self.params["bias"][self.units : 2 * self.units] = 1

    def _by_gate(self, name):
        """A parameter (D, 4F), the gates side by side, as (4, D, F), one after the other; the bias as (4, 1, F)."""
        return np.ascontiguousarray(self.params[name].reshape(-1, 4, self.units).swapaxes(0, 1))

    def _forward(self, x, training):
        (n, t, d), u = x.shape, self.units
        # s tanh(s z) + 1 - s is sigmoid(z) for s = 1/2 and tanh(z) for s = 1: so one tanh does for i f g o
        s = np.array([0.5, 0.5, 1, 0.5], x.dtype).reshape(4, 1, 1)
        kernel, recurrent, bias = (s * self._by_gate(name) for name in ("kernel", "recurrent_kernel", "bias"))
        self.rows_x = x.swapaxes(0, 1).reshape(t * n, d)  # all of the first step, then all of the second
        self.gates = (self.rows_x @ kernel).reshape(4, t, n, u)  # every step at once; h joins below
        self.h = np.zeros((t + 1, n, u), self.gates.dtype)  # h[t] goes into step t, h[t + 1] comes out
        self.c = np.zeros_like(self.h)
        self.tanh_c = np.empty_like(self.h[1:])
        for step in range(t):
            z = self.gates[:, step]
            z += self.h[step] @ recurrent
            z += bias
            np.tanh(z, out=z)
            z *= s
            z += 1 - s
            i, f, g, o = z
            self.c[step + 1] = f * self.c[step] + i * g
            np.tanh(self.c[step + 1], out=self.tanh_c[step])
            np.multiply(o, self.tanh_c[step], out=self.h[step + 1])
        return self.h[1:].swapaxes(0, 1).copy() if self.return_sequences else self.h[-1].copy()

    def _backward(self, dy):
        _, t, n, u = self.gates.shape
        recurrent = self._by_gate("recurrent_kernel").swapaxes(1, 2)
        dz = np.empty((t, n, 4, u), dy.dtype)
        dh, dc = np.zeros((2, n, u), dy.dtype)
        if not self.return_sequences:
            dh += dy
        for step in reversed(range(t)):
            if self.return_sequences:
                dh = dh + dy[:, step]
            i, f, g, o = self.gates[:, step]
            tanh_c = self.tanh_c[step]
            dc = dc + dh * o * (1 - tanh_c * tanh_c)
            dz_by_gate = dz[step].swapaxes(0, 1)
            d_i, d_f, d_g, d_o = dz_by_gate
            np.multiply(dc * g, i * (1 - i), out=d_i)
            np.multiply(dc * self.c[step], f * (1 - f), out=d_f)
            np.multiply(dc * i, 1 - g * g, out=d_g)
            np.multiply(dh * tanh_c, o * (1 - o), out=d_o)
            dc = dc * f
            dh = (dz_by_gate @ recurrent).sum(axis=0)
        rows_dz = dz.reshape(t * n, 4 * u)
        self.grads["kernel"] = self.rows_x.T @ rows_dz
        self.grads["recurrent_kernel"] = self.h[:-1].reshape(t * n, u).T @ rows_dz
        self.grads["bias"] = rows_dz.sum(axis=0)
        rows_dx = rows_dz @ self.params["kernel"].T
        return np.ascontiguousarray(rows_dx.reshape(t, n, -1).swapaxes(0, 1))

    def __repr__(self):
        return f"LSTM({self.units})"
