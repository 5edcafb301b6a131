"""Make digit_reader.npz: the small network that reads the learner's first drawing, trained on the bundled digits.

    python -m course_utils.data.make_digit_reader

Two convolutions of 8 and 16 filters, 14,410 parameters, stored as float16. It learns from the 8,000 training digits of
the bundled sample, each pushed by up to 2 pixels, anew at random in each epoch. With the weights as stored it reads
97.9 to 98.6 % of the 1,000 digits held back: seeds 0 to 4, on two cores of a server, without a graphics card. Bundled
are the weights of seed 0: 98.1 %.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np

from .npz import read_npz

READER = Path(__file__).with_name("digit_reader.npz")
SAMPLE, HELD_BACK = (Path(__file__).with_name(name) for name in ("mnist_sample.npz", "held_back.npz"))
EPOCHS, FARTHEST = 20, 2


def network() -> Any:
    """The untrained Keras model: 28 x 28 pixels to ten shares."""
    import keras

    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(8, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


def pushed(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each image moved by up to FARTHEST pixels along both axes; what comes in from outside is paper.

    Shapes: (N, 28, 28, 1)
    """
    room = np.pad(x, [(0, 0), (FARTHEST, FARTHEST), (FARTHEST, FARTHEST), (0, 0)])
    starts = rng.integers(0, 2 * FARTHEST + 1, (len(x), 2))
    return np.stack([
        image[row : row + 28, column : column + 28] for image, (row, column) in zip(room, starts, strict=True)
    ])


def images(x: np.ndarray) -> np.ndarray:
    """Stored pixels, 0 to 255, as the network takes them: 0 to 1.

    Shapes: (N, 28, 28) to (N, 28, 28, 1)
    """
    return x[..., None].astype(np.float32) / 255


def train(seed: int) -> list[np.ndarray]:
    """The weights after EPOCHS epochs, rounded to float16, in Keras's order."""
    import keras

    sample = read_npz(SAMPLE)
    x, rng = images(sample["x_train"]), np.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    model = network()
    steps = EPOCHS * -(-len(x) // 64)
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, steps)), "sparse_categorical_crossentropy"
    )
    for _ in range(EPOCHS):
        model.fit(pushed(x, rng), sample["y_train"], batch_size=64, verbose=0)
    return [weights.astype(np.float16) for weights in model.get_weights()]


def accuracy(weights: list[np.ndarray]) -> float:
    """The share of the digits held back that Keras reads rightly with these weights."""
    model, held = network(), read_npz(HELD_BACK)
    model.set_weights([part.astype(np.float32) for part in weights])
    return float(np.mean(model.predict(images(held["x"]), verbose=0).argmax(axis=1) == held["y"]))


def main() -> None:
    """Train the seeds named on the command line, 0 by default, and bundle the first."""
    for seed in map(int, sys.argv[1:] or ["0"]):
        weights = train(seed)
        print(f"seed {seed}: {accuracy(weights):.1%} of the digits held back", flush=True)
        if seed == int((sys.argv[1:] or ["0"])[0]):
            beside = READER.with_suffix(".new.npz")
            np.savez_compressed(beside, **{f"weights_{i}": part for i, part in enumerate(weights)})
            beside.replace(READER)
    print(f"{READER.name}: {READER.stat().st_size:,} bytes, SHA-256 {hashlib.sha256(READER.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
