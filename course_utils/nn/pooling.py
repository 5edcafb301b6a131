"""Pooling: each window of the image becomes one number, its largest value or its mean."""

import numpy as np

from .layer import Layer, positive_pair
from .windows import check_padding, check_window, pad, taps, unpad

Pair = tuple[int, int]


def max_pool(x: np.ndarray, window: Pair, strides: Pair) -> np.ndarray:
    """y = the largest value of each window, each channel on its own.

    Shapes: x (N, H, W, C), already padded; y (N, Ho, Wo, C).

    >>> max_pool(np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1), (2, 2), (2, 2)).ravel()
    array([4.])
    """
    views = [view for _, _, view in taps(x, window, strides)]
    y = views[0].copy()
    for view in views[1:]:
        np.maximum(y, view, out=y)
    return y


def max_pool_backward(dy: np.ndarray, x: np.ndarray, y: np.ndarray, window: Pair, strides: Pair) -> np.ndarray:
    """dx = dy where x was the largest value of its window, 0 elsewhere; of equal values the first gets it.

    Shapes: x as given to `max_pool`, y as it came out, dy as y, dx as x.
    Why: a small change of any other value would not have changed y.
    """
    dx = np.zeros(x.shape, dy.dtype)
    to_send = np.ones(y.shape, bool)
    for (_, _, view), (_, _, dview) in zip(taps(x, window, strides), taps(dx, window, strides), strict=True):
        hit = to_send & (view == y)
        dview += dy * hit
        to_send &= ~hit
    return dx


class _Pooling2D(Layer):
    def __init__(self, pool_size: int | Pair = 2, strides: int | Pair | None = None, padding: str = "valid"):
        super().__init__()
        self.pool_size = positive_pair(pool_size, "pool_size")
        self.strides = self.pool_size if strides is None else positive_pair(strides, "strides")
        self.padding = check_padding(padding)

    def compute_output_shape(self, input_shape):
        ho, wo = check_window(repr(self), input_shape, self.pool_size, self.strides, self.padding)
        return (input_shape[0], ho, wo, input_shape[-1])

    def __repr__(self):
        return f"{type(self).__name__}({self.pool_size})"


class MaxPooling2D(_Pooling2D):
    """y = the largest value of each window; windows do not overlap unless strides says so.

    Shapes: x (N, H, W, C), y (N, Ho, Wo, C).

    >>> MaxPooling2D(2)(np.arange(16.0).reshape(1, 4, 4, 1)).ravel()
    array([ 5.,  7., 13., 15.])
    """

    def _forward(self, x, training):
        self.x_shape = x.shape
        self.padded = pad(x, self.pool_size, self.strides, self.padding, value=-np.inf)
        self.y = max_pool(self.padded, self.pool_size, self.strides)
        return self.y

    def _backward(self, dy):
        dx = max_pool_backward(dy, self.padded, self.y, self.pool_size, self.strides)
        return unpad(dx, self.x_shape, self.pool_size, self.strides, self.padding)


class AveragePooling2D(_Pooling2D):
    """y = the mean of each window; what "same" padding adds is not counted.

    Shapes: x (N, H, W, C), y (N, Ho, Wo, C).

    >>> AveragePooling2D(2)(np.arange(16.0).reshape(1, 4, 4, 1)).ravel()
    array([ 2.5,  4.5, 10.5, 12.5])
    """

    def _forward(self, x, training):
        self.x_shape = x.shape
        self.count = self._sum_of_windows(np.ones((1, *x.shape[1:3], 1), x.dtype))
        return self._sum_of_windows(x) / self.count

    def _sum_of_windows(self, x):
        padded = pad(x, self.pool_size, self.strides, self.padding)
        return sum(view for _, _, view in taps(padded, self.pool_size, self.strides))

    def _backward(self, dy):
        share = dy / self.count
        dx = pad(np.zeros(self.x_shape, dy.dtype), self.pool_size, self.strides, self.padding)
        for _, _, view in taps(dx, self.pool_size, self.strides):
            view += share
        return unpad(dx, self.x_shape, self.pool_size, self.strides, self.padding)
