"""The course's models on a GPU beside the CPU, as one Markdown table; without a GPU it says so and measures the CPU.

    bash benchmarks/gpu.sh [--backend jax|torch|tensorflow] [--steps 20] [--batch 32]

Agreement is measured with full float32 products on both devices (no TF32), speed with each library's own settings.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import gpu_measure
from benchmarks.training import BACKENDS, ON_CPU, QUIET, gpus, version_of

ROOT = Path(__file__).resolve().parents[1]
EXACT = {"NVIDIA_TF32_OVERRIDE": "0", "JAX_DEFAULT_MATMUL_PRECISION": "float32"}
OURS = {"COURSE_OFFLINE": "1", "COURSE_GRADING": "1", "MPLBACKEND": "Agg"}  # bundled data; nobody's record of points
ENOUGH = 1e-3  # a larger difference between CPU and GPU is an error
NO_GPU = "There is no GPU here, or none that this backend sees: what follows is the CPU alone."


def measure(backend: str, device: str, what: str, steps: int, batch: int, folder: Path) -> dict[str, Any]:
    """What the child of that name says. Errors: SystemExit with the end of its words when it fails."""
    settings = OURS | QUIET | {"KERAS_BACKEND": backend, "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    settings |= (ON_CPU if device == "cpu" else {}) | (EXACT if what == "agreement" else {})
    command = [sys.executable, "-m", "benchmarks.gpu", "--child", what, "--steps", str(steps), "--batch", str(batch)]
    told = folder / f"{device}-{what}"
    done = subprocess.run(
        [*command, "--out", str(told)], cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{backend} on the {device} stopped in {what}:\n{done.stderr[-2000:]}")
    return json.loads(told.with_suffix(".json").read_text(encoding="utf-8"))


def child(what: str, steps: int, batch: int, out: Path) -> None:
    """Measure on the device that this process sees, and write it down."""
    found: dict[str, Any] = {}
    match what:
        case "about":
            import keras

            name = keras.backend.backend()
            found = {"gpus": gpus(), "about": f"Keras {keras.__version__}, {name} {version_of(name)}"}
        case "agreement":
            np.savez(out.with_suffix(".npz"), **gpu_measure.agreement())
        case "speed":
            found = {"ms": gpu_measure.speed(steps, batch), "curve": gpu_measure.curve(steps)}
        case "lesson":
            found = gpu_measure.lesson_cells()
    out.with_suffix(".json").write_text(json.dumps(found), encoding="utf-8")


def differences(folder: Path) -> dict[str, float]:
    """The largest difference between CPU and GPU, by what was computed."""
    with np.load(folder / "cpu-agreement.npz") as cpu, np.load(folder / "gpu-agreement.npz") as gpu:
        return {name: float(np.abs(cpu[name] - gpu[name]).max()) for name in cpu.files}


def table(
    cpu: Mapping[str, Any], gpu: Mapping[str, Any] | None, apart: Mapping[str, float], cells: Mapping[str, Any]
) -> str:
    """The Markdown table: what, on the CPU, on the GPU, and how many times as fast.

    >>> print(table({"ms": {"MLP, float32": 2.0}, "curve": {}}, {"ms": {"MLP, float32": 0.5}, "curve": {}}, {}, {}))
    | what | CPU | GPU | CPU : GPU |
    |---|---:|---:|---:|
    | MLP, float32, ms a step | 2.00 | 0.50 | 4.0 |
    """
    lines = ["| what | CPU | GPU | CPU : GPU |", "|---|---:|---:|---:|"]
    lines += [f"| {name}, largest difference | | {apart[name]:.1e} | |" for name in apart]
    rows = [("ms", "{}, ms a step", "{:.2f}"), ("curve", gpu_measure.CURVE + ", samples a second at {}", "{:,.0f}")]
    for part, words, form in rows:
        for name, mine in cpu[part].items():
            theirs = gpu[part][name] if gpu else ""
            both = isinstance(mine, float) and isinstance(theirs, float)
            times = (mine / theirs if part == "ms" else theirs / mine) if both else 0
            shown = [form.format(value) if isinstance(value, float) else value for value in (mine, theirs)]
            lines.append(f"| {words.format(name)} | {shown[0]} | {shown[1]} | {f'{times:.1f}' if both else ''} |")
    for title, cell in cells.items():
        told = f"{cell['ended']}, {cell['seconds']:.1f} s" if cell["ended"] == "ran" else cell["ended"]
        title = title.replace("|", "/")  # which would begin a column
        lines.append(f"| lesson 19: {title} | {'' if gpu else told} | {told if gpu else ''} | |")
    return "\n".join(lines)


def heading(about: Mapping[str, Any]) -> Iterator[str]:
    """On what it was measured, and when."""
    card = ", ".join(about["gpus"]) if about["gpus"] else "no GPU"
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    python = f"Python {platform.python_version()}, NumPy {np.__version__}"
    yield f"{card} · {os.cpu_count()} CPU cores ({platform.machine()}) · {about['about']}, {python} · {today}"


def main() -> int:
    """Print the heading and the table; 1 when the GPU computes something else than the CPU."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backend", choices=BACKENDS, help="by default JAX, else PyTorch, whichever is installed")
    parser.add_argument("--steps", type=int, default=20, help="steps in each turn (default: 20)")
    parser.add_argument("--batch", type=int, default=32, help="samples in each step (default: 32)")
    parser.add_argument("--child", choices=("about", "agreement", "speed", "lesson"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.steps < 1 or given.batch < 1:
        parser.error("--steps and --batch are at least 1")
    if given.child:
        child(given.child, given.steps, given.batch, given.out)
        return 0
    here = [name for name in ("jax", "torch", "tensorflow") if importlib.util.find_spec(name)]
    backend = given.backend or next(iter(here), None)
    if backend not in here:
        parser.error(f"{backend or 'None of JAX, PyTorch and TensorFlow'} is not installed here")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def on(device: str, what: str) -> dict[str, Any]:
            return measure(backend, device, what, given.steps, given.batch, folder)

        about = on("gpu", "about")
        print(*heading(about), *([] if about["gpus"] else [NO_GPU]), sep="\n", end="\n\n", flush=True)
        cpu, gpu, apart = on("cpu", "speed"), None, {}
        if about["gpus"]:
            gpu = on("gpu", "speed")
            on("cpu", "agreement"), on("gpu", "agreement")
            apart = differences(folder)
        print(table(cpu, gpu, apart, on("gpu", "lesson")))
    wrong = [f"{what} ({size:.1e})" for what, size in apart.items() if not size <= ENOUGH]
    if wrong:
        print(f"\nThe GPU computes something else than the CPU: {'; '.join(wrong)}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
