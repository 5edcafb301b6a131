"""The small networks of lesson 18's checks, with known weights, so that their features can be computed without Keras.

A *maker* is a function without arguments that returns a new copy of a network, as `keras.applications` has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils import nn
from course_utils.environment import keras

ONLY_ASKED = "this maker only tells whether it is called"


def no_network() -> Any:
    """A maker that stops whoever calls it."""
    raise RuntimeError(ONLY_ASKED)


def image_weights() -> list[np.ndarray]:
    """The weights of `image_network`: the same numbers at every call."""
    rng = np.random.default_rng(181)
    shapes = [(3, 3, 1, 4), (4,), (64, 6), (6,), (6, 3), (3,)]
    return [rng.normal(0.2, 0.5, shape).astype(np.float32) for shape in shapes]


def image_network() -> Any:
    """A maker: 10 × 10 pixels, Conv2D 4, pooling, Flatten, Dense 6, and a head for 3 classes."""
    layers = keras.layers
    model = keras.Sequential([
        keras.Input((10, 10, 1)),
        layers.Conv2D(4, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(6, activation="relu"),
        layers.Dense(3, activation="softmax"),
    ])
    model.set_weights(image_weights())
    return model


def image_features(images: np.ndarray) -> np.ndarray:
    """What arrives at the head of `image_network`, computed without Keras."""
    kernel, bias, dense, offset, *_ = image_weights()
    maps = nn.relu(nn.conv2d(images, kernel, bias))
    n, h, w, c = maps.shape
    pooled = maps.reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))
    return nn.relu(pooled.reshape(n, -1) @ dense + offset)


def row_weights() -> list[np.ndarray]:
    """The weights of `row_network`: the same numbers at every call."""
    rng = np.random.default_rng(182)
    return [rng.normal(0.1, 0.6, shape).astype(np.float32) for shape in [(4, 5), (5,), (5, 6), (6,), (6, 2), (2,)]]


def row_network() -> Any:
    """A maker: rows of 4 numbers, Dense 5, Dense 6, and a head for 2 classes."""
    layers = keras.layers
    model = keras.Sequential([
        keras.Input((4,)),
        layers.Dense(5, activation="relu"),
        layers.Dense(6, activation="relu"),
        layers.Dense(2, activation="softmax"),
    ])
    model.set_weights(row_weights())
    return model


def long_row_network() -> Any:
    """A maker: `row_network` with twenty layers in it that do nothing, so that its first layer is not one of the last."""
    layers = keras.layers
    model = keras.Sequential([
        keras.Input((4,)),
        layers.Dense(5, activation="relu"),
        *(layers.Identity() for _ in range(20)),
        layers.Dense(6, activation="relu"),
        layers.Dense(2, activation="softmax"),
    ])
    model.set_weights(row_weights())
    return model


def row_features(rows: np.ndarray) -> np.ndarray:
    """What arrives at the head of `row_network`, computed without Keras."""
    one, bias, two, offset, *_ = row_weights()
    return nn.relu(nn.relu(rows @ one + bias) @ two + offset)


def restart(model: Any, weights: Sequence[np.ndarray], rate: float) -> Any:
    """Give a compiled model these weights and forget its optimizer's past: like new, without compiling again."""
    model.optimizer.build(model.trainable_variables)
    for variable in model.optimizer.variables:
        variable.assign(np.zeros(variable.shape, variable.dtype))
    model.optimizer.learning_rate = rate
    model.set_weights(weights)
    return model
