"""The network that reads the first drawing: two convolutions in NumPy, with weights that lie beside the data."""

from __future__ import annotations

from functools import cache

import numpy as np

from course_utils import nn
from course_utils.data.npz import read_npz
from course_utils.data.search import sample


@cache
def network() -> nn.Sequential:
    """The trained network: images (N, 28, 28, 1), 0 paper to 1 ink, to ten shares (N, 10)."""
    model = nn.Sequential([
        nn.Conv2D(8, 3, activation="relu"),
        nn.MaxPooling2D(2),
        nn.Conv2D(16, 3, activation="relu"),
        nn.MaxPooling2D(2),
        nn.Flatten(),
        nn.Dense(32, activation="relu"),
        nn.Dense(10, activation="softmax"),
    ])
    model.build((None, 28, 28, 1))
    model.set_weights([part.astype(np.float32) for part in read_npz(sample("digit_reader.npz")).values()])
    return model


def read(image: np.ndarray) -> np.ndarray:
    """Ten shares, one for each digit. Shapes: image (28, 28), 0 paper to 1 ink; the shares (10,)."""
    return network()(np.asarray(image, np.float32)[None, :, :, None])[0]
