"""Lesson 13 by other means: SciPy's correlation, counting, finite differences, loops over single numbers."""

import math

import numpy as np
from scipy.signal import correlate2d

from course_utils.nn import numerical_gradient


def sliding_sums(image, kernel):
    return correlate2d(image, kernel, mode="valid")


def places(size, window, stride, pad):
    """Every place where a window may begin, counted one by one."""
    count, begin = 0, -pad
    while begin + window <= size + pad:
        count, begin = count + 1, begin + stride
    return count


def layer(x, kernel, bias, stride=1, pad=0):
    """One correlation for each image, channel and filter."""
    images = [
        [
            bias[f]
            + sum(correlate2d(np.pad(image[..., c], pad), kernel[:, :, c, f], mode="valid") for c in range(x.shape[-1]))
            for f in range(kernel.shape[-1])
        ]
        for image in x
    ]
    return np.moveaxis(np.array(images), 1, -1)[:, ::stride, ::stride]


def pooled(x, size=2):
    n, h, w, c = x.shape
    y = np.empty((n, h // size, w // size, c))
    for place in np.ndindex(y.shape):
        m, i, j, channel = place
        y[place] = max(x[m, size * i + a, size * j + b, channel] for a in range(size) for b in range(size))
    return y


def pool_back(dy, x, size=2):
    return numerical_gradient(lambda z: float(np.sum(dy * pooled(z, size))), x.copy(), 1e-3)


def kernel_slopes(image, dy):
    kernel = np.zeros((image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1))
    return numerical_gradient(lambda k: float(np.sum(dy * correlate2d(image, k, mode="valid"))), kernel)


def pixel_slopes(dy, kernel):
    image = np.zeros((dy.shape[0] + kernel.shape[0] - 1, dy.shape[1] + kernel.shape[1] - 1))
    return numerical_gradient(lambda x: float(np.sum(dy * correlate2d(x, kernel, mode="valid"))), image)


def shares(weights, images):
    kernel1, bias1, kernel2, bias2, kernel3, bias3, kernel4, bias4 = weights
    x = np.maximum(pooled(layer(images, kernel1, bias1)), 0)
    x = np.maximum(pooled(layer(x, kernel2, bias2)), 0)
    rows = []
    for image in x:
        hidden = [max(0.0, float(v)) for v in image.ravel() @ kernel3 + bias3]
        scores = [float(v) for v in np.array(hidden) @ kernel4 + bias4]
        powers = [math.exp(score - max(scores)) for score in scores]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)


ORACLES = {
    "slide": sliding_sums,
    "output-size": places,
    "conv-layer": layer,
    "max-pool": pooled,
    "max-pool-backward": pool_back,
    "kernel-gradient": kernel_slopes,
    "image-gradient": pixel_slopes,
    "predict-by-hand": shares,
}
