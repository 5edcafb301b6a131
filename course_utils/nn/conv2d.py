"""Convolution: one small kernel slides over the whole image and answers with a number at each place.

The trick that makes it fast ("im2col"): copy every window into a row of one big matrix. Then all the
windows meet all the filters in a matrix product, the one thing a computer does at full speed. It is done for
a few images at a time, so that the copy is still in the processor's cache when the product wants it.
"""

from collections.abc import Iterator

import numpy as np

from .activations import ACTIVATIONS, activation_backward
from .layer import Layer, activation_name, positive_pair, require_last
from .windows import check_padding, check_window, pad, taps, unpad

Pair = tuple[int, int]
IMAGES = 16  # at a time
FEW_CHANNELS = 4  # up to here the columns are written window place by window place, which copies longer runs


def im2col(x: np.ndarray, window: Pair, strides: Pair = (1, 1)) -> np.ndarray:
    """Every window of x as one row of a matrix, ordered as a kernel of shape (kh, kw, C) is.

    Shapes: x (N, H, W, C), already padded; the result (N Ho Wo, kh kw C).

    >>> im2col(np.arange(9.0).reshape(1, 3, 3, 1), (2, 2))
    array([[0., 1., 3., 4.],
           [1., 2., 4., 5.],
           [3., 4., 6., 7.],
           [4., 5., 7., 8.]])
    """
    windows = np.lib.stride_tricks.sliding_window_view(x, window, axis=(1, 2))
    windows = windows[:, :: strides[0], :: strides[1]]  # (N, Ho, Wo, C, kh, kw)
    row_length = window[0] * window[1] * x.shape[-1]
    if x.shape[-1] <= FEW_CHANNELS:
        return windows.transpose(4, 5, 3, 0, 1, 2).reshape(row_length, -1).T
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, row_length)


def conv2d(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray | float = 0.0,
    strides: Pair = (1, 1),
    padding: str = "valid",
    kept: list[np.ndarray] | None = None,
) -> np.ndarray:
    """y[n, h, w, f] = sum over i, j, c of x[n, h + i, w + j, c] kernel[i, j, c, f], + bias[f].

    (With strides s the window starts at s h, s w.) Strictly this is a cross-correlation: the kernel is not
    flipped. All neural network libraries call it convolution.

    Shapes: x (N, H, W, C), kernel (kh, kw, C, F), bias (F,), y (N, Ho, Wo, F). A list `kept` gets the columns,
    which `conv2d_backward` needs again.
    Errors: ValueError for an x that is not (N, H, W, C), has other channels, or is smaller than the window.

    >>> edge = np.array([[-1.0, 1.0]]).reshape(1, 2, 1, 1)
    >>> conv2d(np.array([[0.0, 0.0, 5.0, 5.0]]).reshape(1, 1, 4, 1), edge, np.zeros(1)).ravel()
    array([0., 5., 0.])
    """
    window, filters = kernel.shape[:2], kernel.shape[-1]
    ho, wo = check_window("conv2d", x.shape, window, strides, padding)
    x, matrix = pad(x, window, strides, padding), kernel.reshape(-1, filters)
    y = np.empty((len(x), ho, wo, filters), np.result_type(x, kernel))
    for some in _some_images(x):
        columns = im2col(x[some], window, strides)
        rows = y[some].reshape(-1, filters)
        np.matmul(columns, matrix, out=rows)
        rows += bias
        if kept is not None:
            kept.append(columns)
    return y


def conv2d_backward(
    dy: np.ndarray,
    x: np.ndarray,
    kernel: np.ndarray,
    strides: Pair = (1, 1),
    padding: str = "valid",
    kept: list[np.ndarray] | None = None,
    needs_dx: bool = True,
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """dx (None unless needed), dkernel and dbias.

    dkernel = columns^T @ dy, as in a dense layer. For dx, each place (i, j) of the window sends
    dy @ kernel[i, j]^T back to the pixels it looked at; a pixel adds up what all its windows send.

    Shapes: dy (N, Ho, Wo, F); dx, dkernel and dbias as x, kernel and bias in `conv2d`; kept as `conv2d` filled
    it (made again if not given).
    """
    window, filters = kernel.shape[:2], kernel.shape[-1]
    padded, matrix = pad(x, window, strides, padding), kernel.reshape(-1, filters)
    dkernel, dbias = np.zeros(matrix.shape, dy.dtype), np.zeros(filters, dy.dtype)
    dx = np.zeros(padded.shape, dy.dtype) if needs_dx else None
    for number, some in enumerate(_some_images(x)):
        columns = kept[number] if kept else im2col(padded[some], window, strides)
        rows_dy = dy[some].reshape(-1, filters)
        dkernel += columns.T @ rows_dy
        dbias += rows_dy.sum(axis=0)
        if needs_dx:
            _send_back(dy[some], kernel, dx[some], strides)
    if needs_dx:
        dx = unpad(dx, x.shape, window, strides, padding)
    return dx, dkernel.reshape(kernel.shape), dbias


def _send_back(dy: np.ndarray, kernel: np.ndarray, dx: np.ndarray, strides: Pair) -> None:
    """Add to the padded dx what every window sends to its pixels."""
    rows_dy = dy.reshape(-1, dy.shape[-1])
    if dx.shape[-1] <= FEW_CHANNELS:
        sent = (kernel.reshape(-1, kernel.shape[-1]) @ rows_dy.T).reshape(*kernel.shape[:3], *dy.shape[:3])
        for i, j, view in taps(dx, kernel.shape[:2], strides):
            view += sent[i, j].transpose(1, 2, 3, 0)
    else:
        for i, j, view in taps(dx, kernel.shape[:2], strides):
            view += (rows_dy @ kernel[i, j].T).reshape(view.shape)


def _some_images(x: np.ndarray) -> Iterator[slice]:
    return (slice(start, start + IMAGES) for start in range(0, len(x), IMAGES))


class Conv2D(Layer):
    """y = activation(convolution of x with each filter + bias).

    Shapes: x (N, H, W, C), y (N, Ho, Wo, F) with F = filters; kernel (kh, kw, C, F), bias (F,).
    padding "valid" keeps the windows inside the image: Ho = (H - kh) // stride + 1; "same" adds zeros
    around it so that Ho = ceil(H / stride).
    Source: LeCun et al. 1998, Gradient-Based Learning Applied to Document Recognition.

    >>> Conv2D(8, 3, padding="same")(np.zeros((2, 28, 28, 1))).shape
    (2, 28, 28, 8)
    """

    def __init__(
        self,
        filters: int,
        kernel_size: int | Pair,
        strides: int | Pair = 1,
        padding: str = "valid",
        activation: str | None = None,
        use_bias: bool = True,
        kernel_initializer: str = "glorot_uniform",
        seed: int | None = None,
    ):
        super().__init__(seed)
        if filters < 1:
            raise ValueError(f"Conv2D needs at least one filter, but filters={filters}.")
        self.filters, self.use_bias, self.kernel_initializer = filters, use_bias, kernel_initializer
        self.kernel_size = positive_pair(kernel_size, "kernel_size")
        self.strides = positive_pair(strides, "strides")
        self.padding = check_padding(padding)
        self.activation = activation_name(activation)

    def compute_output_shape(self, input_shape):
        ho, wo = check_window(repr(self), input_shape, self.kernel_size, self.strides, self.padding)
        require_last(self, input_shape, self.params["kernel"].shape[2] if self.built else None)
        return (input_shape[0], ho, wo, self.filters)

    def _build(self, input_shape, dtype):
        self._add("kernel", (*self.kernel_size, input_shape[-1], self.filters), self.kernel_initializer, dtype)
        if self.use_bias:
            self._add("bias", (self.filters,), "zeros", dtype)

    def _forward(self, x, training):
        self.x, self.kept = x, []
        kernel, bias = self.params["kernel"], self.params.get("bias", 0.0)
        self.z = conv2d(x, kernel, bias, self.strides, self.padding, self.kept)
        self.y = ACTIVATIONS[self.activation](self.z)
        return self.y

    def _backward(self, dy):
        dz = activation_backward(self.activation, dy, self.z, self.y)
        kernel = self.params["kernel"]
        dx, self.grads["kernel"], dbias = conv2d_backward(
            dz, self.x, kernel, self.strides, self.padding, self.kept, self.needs_dx
        )
        if self.use_bias:
            self.grads["bias"] = dbias
        return dx

    def __repr__(self):
        return f"Conv2D({self.filters}, {self.kernel_size})"
