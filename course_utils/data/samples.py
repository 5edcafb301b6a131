"""The bundled digits for checks: the same everywhere, with or without network."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

import numpy as np

from .npz import read_npz
from .search import sample


@cache
def digits() -> SimpleNamespace:
    """x_train (8000, 28, 28), y_train, x_test (2000, 28, 28), y_test, as stored: whole numbers from 0 to 255."""
    return SimpleNamespace(**read_npz(sample("mnist_sample.npz")))


def scaled(images: np.ndarray) -> np.ndarray:
    """Pixels from 0..255 as float32 from 0 to 1, in the same shape."""
    return images.astype(np.float32) / 255
