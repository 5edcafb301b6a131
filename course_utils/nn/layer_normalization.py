"""Layer normalization: each sample gets mean 0 and variance 1 over its own features."""

from .batch_normalization import normalize, normalize_backward
from .layer import Layer, require_last


class LayerNormalization(Layer):
    """y = gamma (x - mean) / sqrt(variance + epsilon) + beta, over the last axis.

    Shapes: x (N, ..., D), y as x; gamma and beta (D,).
    Why: without a batch to average over it works the same in training and in use, for any batch size.
    Source: Ba, Kiros & Hinton 2016, Layer Normalization.

    >>> LayerNormalization(epsilon=0.0)([[1.0, 3.0]])
    array([[-1.,  1.]])
    """

    def __init__(self, epsilon: float = 1e-3):
        super().__init__()
        self.epsilon = epsilon

    def compute_output_shape(self, input_shape):
        if len(input_shape) < 2:
            raise ValueError(f"{self!r} takes x of shape (N, ..., D), but x has shape {tuple(input_shape)}.")
        require_last(self, input_shape, len(self.params["gamma"]) if self.built else None)
        return tuple(input_shape)

    def _build(self, input_shape, dtype):
        self._add("gamma", (input_shape[-1],), "ones", dtype)
        self._add("beta", (input_shape[-1],), "zeros", dtype)

    def _forward(self, x, training):
        self.x_hat, self.std, _, _ = normalize(x, (-1,), self.epsilon)
        return self.params["gamma"] * self.x_hat + self.params["beta"]

    def _backward(self, dy):
        all_but_last = tuple(range(dy.ndim - 1))
        self.grads["gamma"] = (dy * self.x_hat).sum(axis=all_but_last)
        self.grads["beta"] = dy.sum(axis=all_but_last)
        return normalize_backward(dy * self.params["gamma"], self.x_hat, self.std, (-1,))
