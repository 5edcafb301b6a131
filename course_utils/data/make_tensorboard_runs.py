"""Make tensorboard/: the logs of four trainings of 784-128-64-10 on the bundled digits, three of which go wrong.

    python -m course_utils.data.make_tensorboard_runs

Keras's own callback writes them. Only the files' names are made plain: they would hold this computer's name.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).with_name("tensorboard")
SAMPLE = Path(__file__).with_name("mnist_sample.npz")
VALIDATION = 2000


@dataclass(frozen=True)
class Run:
    """One training: how fast it learns, from how many digits, for how long."""

    learning_rate: float
    digits: int = 6000
    epochs: int = 10
    dropout: float = 0.0


RUNS = {
    "ash": Run(3e-4, dropout=0.3),
    "birch": Run(1e-5),
    "cedar": Run(0.1),
    "elm": Run(3e-3, digits=300, epochs=24),
}


def train(run: Run, folder: Path) -> None:
    """Train one run with a TensorBoard log in `folder`; every run is validated on the same digits."""
    import keras

    with np.load(SAMPLE) as sample:
        x, y = sample["x_train"].reshape(-1, 784).astype(np.float32) / 255, sample["y_train"]
    keras.utils.set_random_seed(1)
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dropout(run.dropout),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(run.learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(
        x[: run.digits],
        y[: run.digits],
        validation_data=(x[-VALIDATION:], y[-VALIDATION:]),
        epochs=run.epochs,
        batch_size=32,
        verbose=0,
        callbacks=[keras.callbacks.TensorBoard(folder, write_graph=False)],
    )


def main() -> None:
    """Train all runs and put their logs in place of the old ones."""
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as scratch:
        new = Path(scratch, "tensorboard")
        for name, run in RUNS.items():
            train(run, new / name)
            for part in ("train", "validation"):
                (log,) = (new / name / part).glob("events.out.tfevents.*")
                log.rename(log.with_name("events.out.tfevents.1.course.v2"))
        if FOLDER.exists():
            os.replace(FOLDER, Path(scratch, "old"))
        shutil.move(new, FOLDER)
    print(f"{sum(file.stat().st_size for file in FOLDER.rglob('*.v2')):,} bytes in {FOLDER.name}/")


if __name__ == "__main__":
    main()
