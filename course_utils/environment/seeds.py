"""One seed for everything that draws random numbers."""

from __future__ import annotations

import random
import sys

import numpy as np

SEED = 42


def seed_everything(seed: int = SEED) -> None:
    """Seed Python, NumPy and, when they are loaded, Keras and TensorFlow. Results still differ between CPU and GPU.

    >>> seed_everything(1); a = np.random.rand()
    >>> seed_everything(1); a == np.random.rand()
    True
    """
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - the lessons also seed code that uses NumPy's global generator
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    elif "tensorflow" in sys.modules:
        sys.modules["tensorflow"].random.set_seed(seed)
