"""The bundled digits for checks: the same everywhere, with or without network."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from .loaders import read_mnist
from .npz import read_npz
from .search import DataError, on_this_computer, sample

MOST = 2000  # digits of one part of an exam


@cache
def digits() -> SimpleNamespace:
    """x_train (8000, 28, 28), y_train, x_test (2000, 28, 28), y_test, as stored: whole numbers from 0 to 255."""
    return SimpleNamespace(**read_npz(sample("mnist_sample.npz")))


@cache
def held_back() -> SimpleNamespace:
    """x (1000, 28, 28) and y: digits for checks alone, 100 of each, that no loader gives out with the sample."""
    return SimpleNamespace(**read_npz(sample("held_back.npz")))


def exam() -> SimpleNamespace:
    """x, y and the rows of each part, which tell whether a network was trained on its test digits.

    The parts are "held back" and "test". Where this computer has a mnist.npz, so are "own test", the first test digits
    of that file, and "training", because then the bundled test digits may be among those to be trained on.
    """
    return _exam(on_this_computer("mnist.npz"))


@cache
def _exam(own: Path | None) -> SimpleNamespace:
    given, withheld = digits(), held_back()
    pairs = {"held back": (withheld.x, withheld.y), "test": (given.x_test, given.y_test)}
    with suppress(DataError):  # nobody trains on a damaged file
        if own:
            *_, x_own, y_own = read_mnist(own)
            pairs |= {"training": (given.x_train, given.y_train), "own test": (x_own, y_own)}
    pairs = {part: (x[:MOST], y[:MOST]) for part, (x, y) in pairs.items()}
    ends = np.cumsum([len(y) for _, y in pairs.values()])
    rows = {part: slice(end - len(y), end) for (part, (_, y)), end in zip(pairs.items(), ends, strict=True)}
    x, y = (np.concatenate(arrays) for arrays in zip(*pairs.values(), strict=True))
    return SimpleNamespace(x=x, y=y, rows=rows)


def scaled(images: np.ndarray) -> np.ndarray:
    """Pixels from 0..255 as float32 from 0 to 1, in the same shape."""
    return images.astype(np.float32) / 255
