"""The windows that a convolution or a pooling layer slides over an image: how many, where, and padded how."""

from collections.abc import Iterator

import numpy as np

Pair = tuple[int, int]


def output_size(size: int, window: int, stride: int, padding: str) -> int:
    """Number of windows along one axis: ceil(size / stride) for "same", else those that fit inside.

    >>> output_size(28, 3, 1, "valid"), output_size(28, 3, 2, "same")
    (26, 14)
    """
    if padding == "same":
        return -(-size // stride)
    return (size - window) // stride + 1


def pad_amounts(size: int, window: int, stride: int, padding: str) -> Pair:
    """Rows to add before and after one axis; an odd one goes after, as in TensorFlow.

    >>> pad_amounts(28, 3, 1, "same"), pad_amounts(28, 3, 2, "same"), pad_amounts(28, 3, 1, "valid")
    ((1, 1), (0, 1), (0, 0))
    """
    if padding == "valid":
        return 0, 0
    total = max((output_size(size, window, stride, padding) - 1) * stride + window - size, 0)
    return total // 2, total - total // 2


def pad(x: np.ndarray, window: Pair, strides: Pair, padding: str, value: float = 0.0) -> np.ndarray:
    """x (N, H, W, C) with the rows and columns added that `padding` asks for."""
    rows = pad_amounts(x.shape[1], window[0], strides[0], padding)
    columns = pad_amounts(x.shape[2], window[1], strides[1], padding)
    if not any(rows + columns):
        return x
    return np.pad(x, ((0, 0), rows, columns, (0, 0)), constant_values=value)


def unpad(x: np.ndarray, shape: tuple[int, ...], window: Pair, strides: Pair, padding: str) -> np.ndarray:
    """The part of a padded x that was there before: the opposite of `pad`, for an original of this shape."""
    top, _ = pad_amounts(shape[1], window[0], strides[0], padding)
    left, _ = pad_amounts(shape[2], window[1], strides[1], padding)
    return x[:, top : top + shape[1], left : left + shape[2], :]


def taps(x: np.ndarray, window: Pair, strides: Pair) -> Iterator[tuple[int, int, np.ndarray]]:
    """For each place (i, j) in the window: i, j and a view of what every window has at that place.

    Shapes: x (N, H, W, C), already padded; each view (N, number of windows down, number across, C).

    >>> image = np.arange(9.0).reshape(1, 3, 3, 1)
    >>> [view[0, :, :, 0].tolist() for i, j, view in taps(image, (1, 2), (1, 1))]
    [[[0.0, 1.0], [3.0, 4.0], [6.0, 7.0]], [[1.0, 2.0], [4.0, 5.0], [7.0, 8.0]]]
    """
    down = (x.shape[1] - window[0]) // strides[0] + 1
    across = (x.shape[2] - window[1]) // strides[1] + 1
    for i in range(window[0]):
        for j in range(window[1]):
            rows = slice(i, i + strides[0] * (down - 1) + 1, strides[0])
            columns = slice(j, j + strides[1] * (across - 1) + 1, strides[1])
            yield i, j, x[:, rows, columns, :]


def check_window(name: str, input_shape: tuple[int, ...], window: Pair, strides: Pair, padding: str) -> tuple[int, int]:
    """(windows down, windows across) for an x of this shape.

    Errors: ValueError when x is not (N, H, W, C) or smaller than one window.
    """
    if len(input_shape) != 4:
        raise ValueError(f"{name} takes x of shape (N, H, W, C), but x has shape {tuple(input_shape)}.")
    if None in input_shape[1:]:
        raise ValueError(f"{name} needs images of a fixed size, not {tuple(input_shape)}.")
    down, across = (
        output_size(size, w, s, padding) for size, w, s in zip(input_shape[1:3], window, strides, strict=True)
    )
    if down < 1 or across < 1:
        raise ValueError(f"{name}: a {window} window does not fit into x of shape {tuple(input_shape)}.")
    return down, across


def check_padding(padding: str) -> str:
    """The padding, if it is "valid" or "same".

    Errors: ValueError otherwise.
    """
    if padding not in ("valid", "same"):
        raise ValueError(f'padding must be "valid" or "same", but it is {padding!r}.')
    return padding
