"""Transfer learning: the second data sets, small networks for the checks, and the pictures of lesson 18.

A *maker* is a function without arguments that returns a new copy of a network, as `keras.applications` has them.
"""

from __future__ import annotations

import gzip
import os
import threading
import time
import urllib.request
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_utils import nn, plots
from course_utils.data.search import ANSWER_SECONDS, ORIGIN, OWN, keras_cache, no_answer
from course_utils.environment import keras
from course_utils.plots import Picture

# Other real data --------------------------------------------------------------------------------------

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


# Small networks for the checks ------------------------------------------------------------------------


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


def row_features(rows: np.ndarray) -> np.ndarray:
    """What arrives at the head of `row_network`, computed without Keras."""
    one, bias, two, offset, *_ = row_weights()
    return nn.relu(nn.relu(rows @ one + bias) @ two + offset)


# Pictures ---------------------------------------------------------------------------------------------


def samples(rows: Mapping[str, np.ndarray]) -> Picture:
    """Rows of small images, each with its name: what the networks get to see."""
    count = min(len(images) for images in rows.values())
    figure, axes = plots.figure(len(rows), count, (0.9 * count + 1.2, 0.95 * len(rows)), squeeze=False)
    for row, (name, images) in zip(axes, rows.items(), strict=True):
        for axis, image in zip(row, images, strict=False):
            axis.imshow(image, cmap="gray_r", vmin=0, vmax=1)
            axis.set(xticks=[], yticks=[])
            axis.grid(False)
        row[0].set_ylabel(name, rotation=0, ha="right", va="center")
    return Picture(figure, f"{count} images in each of {len(rows)} rows: {'; '.join(rows)}.")


def by_labels(results: Mapping[str, Mapping[int, Sequence[float]]], title: str, axes: Any = None) -> Picture:
    """Accuracy against the number of labels in each class: the mean over the tries, and the range as a hatched band."""
    made, axes = (axes.figure, axes) if axes is not None else plots.figure(1, 1, (7, 3.8))
    told = []
    for number, (name, tries) in enumerate(results.items()):
        sizes = sorted(tries)
        values = [np.asarray(tries[size]) * 100 for size in sizes]
        means = [v.mean() for v in values]
        band = plots.bars(number)
        axes.fill_between(
            sizes,
            [v.min() for v in values],
            [v.max() for v in values],
            alpha=0.25,
            color=band["color"],
            hatch=("//", "..", "xx")[number % 3],
            linewidth=0,
        )
        axes.plot(sizes, means, marker=plots.MARKERS[number], label=name, **plots.line(number))
        told.append(f"{name}: " + ", ".join(f"{m:.0f} % with {s}" for s, m in zip(sizes, means, strict=True)))
    axes.set(
        xscale="log",
        xticks=sizes,
        xticklabels=sizes,
        xlabel="labelled images in each class",
        ylabel="test accuracy in %",
        title=title,
    )
    axes.minorticks_off()
    axes.legend(loc="lower right")
    return Picture(made, f"{title}: accuracy by the number of labels in each class. {'. '.join(told)}.")


def project(values: np.ndarray) -> np.ndarray:
    """Each row as two numbers: its place on the two directions in which the rows differ most (by SVD).

    >>> np.abs(project(np.array([[0.0, 0.0, 0.0], [3.0, 4.0, 0.0]]))).round(6)
    array([[2.5, 0. ],
           [2.5, 0. ]])
    """
    flat = np.asarray(values, float).reshape(len(values), -1)
    centred = flat - flat.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    return centred @ directions[:2].T


def nearest_middle(values: np.ndarray, labels: np.ndarray) -> float:
    """The share of rows that lie nearest to the middle of their own kind, of all kinds' middles.

    >>> nearest_middle(np.array([[0.0], [2.0], [9.0], [1.0]]), np.array([0, 0, 1, 1]))
    0.75
    """
    flat = np.asarray(values, float).reshape(len(values), -1)
    kinds = np.unique(labels)
    middles = np.stack([flat[labels == kind].mean(axis=0) for kind in kinds])
    distances = ((flat[:, None] - middles) ** 2).sum(axis=2)
    return float(np.mean(kinds[distances.argmin(axis=1)] == labels))


def map_of(values: np.ndarray, labels: np.ndarray, name: str) -> Picture:
    """The rows as points on their two main directions, a marker and a colour for each label."""
    places = project(values)
    figure, axes = plots.figure(1, 1, (6.4, 4.6))
    for number, label in enumerate(np.unique(labels)):
        style = plots.points(number)
        if number >= len(plots.MARKERS):
            style["marker"] = ("<", ">", "*")[number - len(plots.MARKERS)]
        mine = places[labels == label]
        axes.plot(mine[:, 0], mine[:, 1], linestyle="", alpha=0.6, markersize=5, label=str(label), **style)
    share = nearest_middle(places, labels)
    axes.set(
        title=f"{name}: {share:.0%} nearest to the middle of their own kind",
        xticks=[],
        yticks=[],
        xlabel="direction 1",
        ylabel="direction 2",
    )
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), title="digit")
    return Picture(
        figure,
        (
            f"{len(places)} digits of {len(np.unique(labels))} kinds as points, placed by {name}. "
            f"{share:.0%} of them lie nearest to the middle of their own kind."
        ),
    )


def by_rate(accuracies: Mapping[float, float], before: float) -> Picture:
    """Accuracy after fine-tuning, one bar for each learning rate, and a line for the accuracy before."""
    figure, axes = plots.figure(1, 1, (7, 3.4))
    for number, (_, accuracy) in enumerate(accuracies.items()):
        axes.bar(number, 100 * accuracy, **plots.bars(number))
        height = 100 * (max(accuracy, before) if accuracy > before - 0.1 else accuracy)  # above the line, not on it
        axes.annotate(f"{accuracy:.1%}", (number, height + 2), ha="center", va="bottom", fontsize=9)
    axes.axhline(100 * before, color="black", linestyle="--", label=f"before: {before:.1%}")
    axes.set(
        xticks=range(len(accuracies)),
        xticklabels=[f"{rate:g}" for rate in accuracies],
        ylim=(0, 112),
        xlabel="learning rate of fine-tuning",
        ylabel="test accuracy in %",
    )
    axes.legend(loc="center right")
    told = ", ".join(f"{accuracy:.1%} at {rate:g}" for rate, accuracy in accuracies.items())
    return Picture(figure, f"Accuracy after fine-tuning by learning rate: {told}. Before it was {before:.1%}.")


# Many short trainings ---------------------------------------------------------------------------------


def restart(model: Any, weights: Sequence[np.ndarray], rate: float) -> Any:
    """Give a compiled model these weights and forget its optimizer's past: like new, without compiling again."""
    model.optimizer.build(model.trainable_variables)
    for variable in model.optimizer.variables:
        variable.assign(np.zeros(variable.shape, variable.dtype))
    model.optimizer.learning_rate = rate
    model.set_weights(weights)
    return model


def some_of_each(labels: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """The places of `count` random samples of each class.

    >>> labels = np.array([0, 0, 0, 1, 1, 1])
    >>> np.bincount(labels[some_of_each(labels, 2, np.random.default_rng(0))])
    array([2, 2])
    """
    return np.concatenate([rng.choice(np.flatnonzero(labels == k), count, replace=False) for k in np.unique(labels)])
