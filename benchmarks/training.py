"""Milliseconds per training step of the course's three kinds of model, on CPU and, where there is one, GPU.

    python -m benchmarks.training [--backend tensorflow|jax|torch] [--steps 30] [--batch 32]

The models are lesson 10's MLP, lesson 13's CNN and lesson 14's LSTM on random data, built and trained with Keras
alone, so the same lines run on every backend. Each device is measured in a process of its own, because a backend
chooses its device when it starts. Warm-up steps, in which backends compile, are not counted; the fastest of three
turns is shown (of one, where that takes more than ten seconds). Needs Keras, NumPy and the backend.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

BACKENDS = ("tensorflow", "jax", "torch")
WARM_UP, TURNS, LONG = 3, 3, 10  # a turn of so many seconds is enough
WORDS, LENGTH = 10_000, 200
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_FORCE_GPU_ALLOW_GROWTH": "true", "XLA_PYTHON_CLIENT_PREALLOCATE": "false"}
ON_CPU = {"CUDA_VISIBLE_DEVICES": "-1", "JAX_PLATFORMS": "cpu"}


def mlp() -> Any:
    """Lesson 10: 784-128-10."""
    import keras

    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


def cnn() -> Any:
    """Lesson 13: Conv 32, pool, Conv 64, pool, 64, 10."""
    import keras

    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


def lstm() -> Any:
    """Lesson 14: words as 128 numbers, 64 units, one answer."""
    import keras

    return keras.Sequential([
        keras.Input((LENGTH,), dtype="int32"),
        keras.layers.Embedding(WORDS, 128, mask_zero=True),
        keras.layers.LSTM(64),
        keras.layers.Dense(1, activation="sigmoid"),
    ])


MODELS: dict[str, tuple[Callable[[], Any], str]] = {
    "MLP 784-128-10": (mlp, "sparse_categorical_crossentropy"),
    "CNN 28x28, 32-64-64-10": (cnn, "sparse_categorical_crossentropy"),
    "LSTM 200 words, 128-64-1": (lstm, "binary_crossentropy"),
}


def samples(model: Any, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Random inputs and labels that fit the model."""
    rng = np.random.default_rng(0)
    shape = (count, *model.input_shape[1:])
    if model.output_shape[-1] == 1:
        return rng.integers(1, WORDS, shape).astype("int32"), rng.integers(0, 2, count).astype("float32")
    return rng.uniform(0, 1, shape).astype("float32"), rng.integers(0, 10, count).astype("int32")


def step_milliseconds(build: Callable[[], Any], loss: str, steps: int, batch: int) -> float:
    """The time of a step of `fit`, after a warm-up: the fastest of three turns."""
    import keras

    keras.utils.set_random_seed(0)
    model = build()
    model.compile("adam", loss)
    x, y = samples(model, steps * batch)
    few = min(WARM_UP, steps) * batch
    model.fit(x[:few], y[:few], batch_size=batch, verbose=0)
    turns = []
    for _ in range(TURNS):
        begin = time.perf_counter()
        model.fit(x, y, batch_size=batch, shuffle=False, verbose=0)
        turns.append(time.perf_counter() - begin)
        if turns[-1] > LONG:
            break
    return 1000 * min(turns) / steps


def child(steps: int, batch: int) -> None:
    """Measure all models on the device that this process sees, and print the result as one line of JSON."""
    import keras

    seen = gpus()
    times = {name: step_milliseconds(build, loss, steps, batch) for name, (build, loss) in MODELS.items()}
    about = f"Keras {keras.__version__}, {keras.backend.backend()} {version_of(keras.backend.backend())}"
    print(json.dumps({"about": about, "gpus": seen, "ms": times}))


def gpus() -> list[str]:
    """The GPUs that the backend sees."""
    import keras

    if keras.backend.backend() == "torch":
        import torch

        return [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
    return [name for name in keras.distribution.list_devices() if not name.startswith("cpu")]


def version_of(package: str) -> str:
    """The installed version of a package."""
    from importlib.metadata import version

    return version(package)


def measure(backend: str, cpu_only: bool, steps: int, batch: int) -> dict[str, Any]:
    """The child's result on the CPU, or on whatever device the backend chooses.

    Errors: SystemExit with the end of what the child said, when it fails.
    """
    settings = QUIET | {"KERAS_BACKEND": backend} | (ON_CPU if cpu_only else {})
    command = [sys.executable, "-m", "benchmarks.training", "--child", "--steps", str(steps), "--batch", str(batch)]
    done = subprocess.run(
        command, cwd=Path(__file__).resolve().parents[1], env=os.environ | settings, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"The {backend} backend stopped:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def table(cpu: dict[str, Any], gpu: dict[str, Any] | None) -> str:
    """The lines to print.

    >>> print(table({"ms": {"MLP": 2.0}}, {"ms": {"MLP": 0.5}}))
    ms per step                      CPU       GPU   CPU/GPU
    MLP                             2.00      0.50       4.0
    """
    lines = [f"{'ms per step':26s}{'CPU':>10s}" + (f"{'GPU':>10s}{'CPU/GPU':>10s}" if gpu else "")]
    for name, ms in cpu["ms"].items():
        line = f"{name:26s}{ms:10.2f}"
        lines.append(line + (f"{gpu['ms'][name]:10.2f}{ms / gpu['ms'][name]:10.1f}" if gpu else ""))
    return "\n".join(lines)


def main() -> None:
    """Print one table for the chosen backend."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backend", choices=BACKENDS, default="tensorflow")
    parser.add_argument("--steps", type=int, default=30, help="steps in each of the three turns (default: 30)")
    parser.add_argument("--batch", type=int, default=32, help="samples in each step (default: 32)")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.steps < 1 or arguments.batch < 1:
        parser.error("--steps and --batch are at least 1")
    if arguments.child:
        return child(arguments.steps, arguments.batch)
    if importlib.util.find_spec(arguments.backend) is None:
        parser.error(f"{arguments.backend} is not installed here")
    present = measure(arguments.backend, False, arguments.steps, arguments.batch)
    gpu = present if present["gpus"] else None
    cpu = measure(arguments.backend, True, arguments.steps, arguments.batch) if gpu else present
    print(
        f"{cpu['about']}, Python {sys.version.split()[0]}, {os.cpu_count()} cores, batches of {arguments.batch}; "
        f"GPU: {', '.join(gpu['gpus']) if gpu else 'none found'}"
    )
    print(table(cpu, gpu))


if __name__ == "__main__":
    main()
