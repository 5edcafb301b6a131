"""The other real data of lesson 18: scikit-learn's small digits, Fashion-MNIST where it can be had, and parts of them."""

from __future__ import annotations

import gzip
import os
import threading
import time
import urllib.request
import zlib
from pathlib import Path

import numpy as np

from course_utils.data.search import ANSWER_SECONDS, ORIGIN, OWN, keras_cache, no_answer

FASHION = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
WAIT_SECONDS = 5  # how long the notebook waits for them at most


def small_digits(framed: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """The 1,797 digits of 8 × 8 pixels that come with scikit-learn (UCI), enlarged to 28 × 28, and their labels.

    `framed`: enlarged to 20 × 20 with a margin of 4, as MNIST's digits stand in their images; else to the whole image.
    Shapes: (1797, 28, 28) float32 from 0 to 1, (1797,)
    """
    from sklearn.datasets import load_digits

    data = load_digits()
    side, margin = (20, 4) if framed else (28, 0)
    large = enlarge(data.images / 16, side)
    return np.pad(large, ((0, 0), (margin, margin), (margin, margin))).astype(np.float32), data.target


def enlarge(images: np.ndarray, side: int) -> np.ndarray:
    """Square images, N of shape (S, S), drawn larger: each new pixel is a mixture of the old ones next to it.

    >>> enlarge(np.array([[[0.0, 4.0], [0.0, 4.0]]]), 4)[0, 0]
    array([0., 1., 3., 4.])
    """
    old = images.shape[1]
    places = np.clip((np.arange(side) + 0.5) * old / side - 0.5, 0, old - 1)
    mix = np.maximum(0, 1 - np.abs(places[:, None] - np.arange(old)))  # (side, old), each row sums to 1
    return mix @ images @ mix.T


def load_fashion() -> tuple[np.ndarray, np.ndarray] | str:
    """10,000 images of Fashion-MNIST, (N, 28, 28) uint8, and their labels; or a sentence that says why not.

    Looks in $COURSE_DATA_DIR/fashion-mnist and in Keras's cache. With a network the files are fetched into the cache;
    after at most 5 seconds the notebook goes on, and the files are there the next time.
    """
    folders = [Path(own) / "fashion-mnist"] if (own := os.environ.get(OWN)) else []
    folders.append(keras_cache() / "fashion-mnist")
    for folder in folders:
        if all((folder / name).is_file() for name in FASHION):
            return _read_idx(folder)
    if os.environ.get("COURSE_OFFLINE", "0") != "0":
        return "Fashion-MNIST is not in Keras's cache, and COURSE_OFFLINE is set. The lesson goes on without it."
    began = time.monotonic()
    if problem := no_answer():
        return f"Fashion-MNIST is not in Keras's cache, and there is {problem}. The lesson goes on without it."
    fetching = threading.Thread(target=_fetch, args=(folders[-1],), daemon=True)
    fetching.start()
    fetching.join(max(0.5, WAIT_SECONDS - (time.monotonic() - began)))
    if fetching.is_alive():
        return "Fashion-MNIST is being fetched (5 MB). Go on, and run this cell again in a minute."
    if not all((folders[-1] / name).is_file() for name in FASHION):
        return "Fashion-MNIST could not be fetched. The lesson goes on without it."
    return _read_idx(folders[-1])


def _fetch(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FASHION:
            with urllib.request.urlopen(ORIGIN + name, timeout=ANSWER_SECONDS) as answer:
                part = folder / f"{name}.part"
                part.write_bytes(answer.read())
                part.replace(folder / name)  # a file is there whole or not at all
    except OSError:
        return  # load_fashion sees that the files are missing, and says so


def _read_idx(folder: Path) -> tuple[np.ndarray, np.ndarray] | str:
    """Images and labels: a head of 16 and of 8 bytes, then one byte for each number."""
    try:
        pixels, labels = (gzip.decompress((folder / name).read_bytes()) for name in FASHION)
        images = np.frombuffer(pixels, np.uint8, offset=16).reshape(-1, 28, 28)
        return images, np.frombuffer(labels, np.uint8, offset=8)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        return f"The files in {folder} cannot be read ({error}). Delete the folder, and they are fetched again."


def some_of_each(labels: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """The places of `count` random samples of each class.

    >>> labels = np.array([0, 0, 0, 1, 1, 1])
    >>> np.bincount(labels[some_of_each(labels, 2, np.random.default_rng(0))])
    array([2, 2])
    """
    return np.concatenate([rng.choice(np.flatnonzero(labels == k), count, replace=False) for k in np.unique(labels)])
