"""Batch normalization: each channel gets mean 0 and variance 1 over the batch, then a learned scale."""

import numpy as np

from .layer import Layer, require_last


def normalize(
    x: np.ndarray, axes: tuple[int, ...], epsilon: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """x_hat = (x - mean) / std over `axes`, with std = sqrt(variance + epsilon).

    Returns x_hat, std, mean and variance.

    >>> x_hat, std, mean, variance = normalize(np.array([[1.0], [3.0]]), (0,), 0.0)
    >>> x_hat
    array([[-1.],
           [ 1.]])
    """
    mean = x.mean(axis=axes, keepdims=True)
    centred = x - mean
    variance = np.mean(centred * centred, axis=axes, keepdims=True)
    std = np.sqrt(variance + epsilon)
    return centred / std, std, mean, variance


def normalize_backward(dx_hat: np.ndarray, x_hat: np.ndarray, std: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """dx = (dx_hat - mean(dx_hat) - x_hat mean(dx_hat x_hat)) / std, with the means over `axes`.

    Why: x reaches x_hat on three ways: directly, through the mean, and through the variance. The second
    takes the mean out of dx_hat; the third takes out the part along x_hat, because stretching x changes
    nothing.
    """
    mean = dx_hat.mean(axis=axes, keepdims=True)
    along = np.mean(dx_hat * x_hat, axis=axes, keepdims=True)
    return (dx_hat - mean - x_hat * along) / std


class BatchNormalization(Layer):
    """y = gamma (x - mean) / sqrt(variance + epsilon) + beta, for each channel on its own.

    When training, mean and variance are those of the batch, and the moving averages follow them:
    moving = momentum * moving + (1 - momentum) * batch. Otherwise the moving averages are used.

    Shapes: x (N, ..., C), y as x; gamma, beta, moving_mean, moving_variance (C,).
    Source: Ioffe & Szegedy 2015, Batch Normalization.

    >>> layer = BatchNormalization(epsilon=0.0)
    >>> layer(np.array([[1.0], [3.0]]), training=True)
    array([[-1.],
           [ 1.]])
    """

    def __init__(self, momentum: float = 0.99, epsilon: float = 1e-3):
        super().__init__()
        self.momentum, self.epsilon = momentum, epsilon

    def compute_output_shape(self, input_shape):
        if len(input_shape) < 2:
            raise ValueError(f"{self!r} takes x of shape (N, ..., C), but x has shape {tuple(input_shape)}.")
        require_last(self, input_shape, len(self.params["gamma"]) if self.built else None)
        return tuple(input_shape)

    def _build(self, input_shape, dtype):
        channels = (input_shape[-1],)
        self._add("gamma", channels, "ones", dtype)
        self._add("beta", channels, "zeros", dtype)
        self.state = {"moving_mean": np.zeros(channels, dtype), "moving_variance": np.ones(channels, dtype)}

    def _forward(self, x, training):
        self.trained_on_batch = training
        self.axes = tuple(range(x.ndim - 1))
        if training:
            self.x_hat, self.std, mean, variance = normalize(x, self.axes, self.epsilon)
            for name, batch in (("moving_mean", mean), ("moving_variance", variance)):
                self.state[name] += (1 - self.momentum) * (batch.reshape(-1) - self.state[name])
        else:
            self.std = np.sqrt(self.state["moving_variance"] + self.epsilon)
            self.x_hat = (x - self.state["moving_mean"]) / self.std
        return self.params["gamma"] * self.x_hat + self.params["beta"]

    def _backward(self, dy):
        self.grads["gamma"] = (dy * self.x_hat).sum(axis=self.axes)
        self.grads["beta"] = dy.sum(axis=self.axes)
        dx_hat = dy * self.params["gamma"]
        if self.trained_on_batch:
            return normalize_backward(dx_hat, self.x_hat, self.std, self.axes)
        return dx_hat / self.std
