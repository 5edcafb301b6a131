"""The measurement on a GPU: its table, what it calls wrong, and that every backend computes the same."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import gpu, gpu_measure
from tests.kernels.backends import python_with

ROOT = Path(__file__).resolve().parents[2]


def run_child(backend: str, what: str, out: Path) -> dict:
    """What a child of the benchmark writes down, on the CPU."""
    settings = {"KERAS_BACKEND": backend, "COURSE_OFFLINE": "1", "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": "-1"}
    command = [python_with(backend), "-m", "benchmarks.gpu", "--child", what, "--steps", "1", "--batch", "2"]
    done = subprocess.run([*command, "--out", str(out)], cwd=ROOT, env=os.environ | settings, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))


MADE_UP = {
    "about": {"gpus": ["Some Card"], "about": "Keras 3, jax 1"},
    "cpu speed": {"ms": {"MLP, float32": 3.0, "MLP, mixed_float16": "ValueError: no"}, "curve": {"8": 1000.0}},
    "gpu speed": {"ms": {"MLP, float32": 0.5, "MLP, mixed_float16": 0.25}, "curve": {"8": 250000.0}},
    "gpu lesson": {
        "Train": {"ended": "ran", "seconds": 1.25, "printed": ""},
        "a | b": {"ended": "needs TensorFlow", "seconds": 0.0, "printed": ""},
    },
}


@pytest.mark.parametrize(("apart", "code"), [(2e-6, 0), (0.5, 1), (np.nan, 1)])
def test_the_table_of_a_made_up_card(apart, code, monkeypatch, capsys):
    def measure(backend, device, what, steps, batch, folder):
        if what == "agreement":
            outputs = np.array([1.0, 2.0 + (apart if device == "gpu" else 0)])
            np.savez(folder / f"{device}-agreement.npz", **{"MLP: outputs": outputs})
        return MADE_UP.get("about" if what == "about" else f"{device} {what}", {})

    monkeypatch.setattr(gpu, "measure", measure)
    monkeypatch.setattr("sys.argv", ["gpu", "--backend", "tensorflow"])
    assert gpu.main() == code
    first, _, *rows = capsys.readouterr().out.strip().splitlines()
    assert first.startswith("Some Card · ") and re.search(r"Keras 3, jax 1, Python .* · \d{4}-\d\d-\d\d$", first)
    assert all(row.count("|") == 5 for row in rows[:8])
    assert rows[2] == f"| MLP: outputs, largest difference | | {apart:.1e} | |"
    assert rows[3:8] == [
        "| MLP, float32, ms a step | 3.00 | 0.50 | 6.0 |",
        "| MLP, mixed_float16, ms a step | ValueError: no | 0.25 |  |",
        "| MLP 784-128-10, samples a second at 8 | 1,000 | 250,000 | 250.0 |",
        "| lesson 19: Train |  | ran, 1.2 s | |",
        "| lesson 19: a / b |  | needs TensorFlow | |",
    ]
    assert (len(rows) > 8) == (code == 1)


def test_without_a_gpu_it_says_so_and_tells_the_cpu(monkeypatch, capsys):
    told = {"about": {"gpus": [], "about": "Keras 3"}, "speed": MADE_UP["cpu speed"], "lesson": MADE_UP["gpu lesson"]}
    monkeypatch.setattr(gpu, "measure", lambda backend, device, what, *_: told[what])
    monkeypatch.setattr("sys.argv", ["gpu", "--backend", "tensorflow"])
    assert gpu.main() == 0
    said = capsys.readouterr().out
    assert said.startswith("no GPU · ") and gpu.NO_GPU in said
    assert "| MLP, float32, ms a step | 3.00 |  |  |" in said and "| lesson 19: Train | ran, 1.2 s |  | |" in said


def test_cells_that_need_tensorflow_are_told_and_take_nothing_else_with_them():
    cells = [
        ("first", "import time\ntable = tf.zeros(3)\ndef made(): return tf"),
        ("second", "x = time.monotonic() > 0\nprint(x)"),
        ("", "y = 3"),
        ("third", "made()"),
        ("fourth", "print(\"It stopped: No module named 'tensorflow'\")"),
        ("fifth", "y / 0"),
    ]
    found = gpu_measure.run_cells(cells, {})
    assert {title: cell["ended"] for title, cell in found.items()} == {
        "first": "needs TensorFlow",
        "second": "ran",
        "third": "needs TensorFlow",
        "fourth": "needs TensorFlow",
        "fifth": "stopped: ZeroDivisionError: division by zero",
    }
    assert found["second"]["printed"] == "True\n"


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_every_backend_computes_what_tensorflow_does(backend, tmp_path):
    """The four models with the same weights and data: outputs, and the gradients of one step."""
    for name in ("tensorflow", backend):
        run_child(name, "agreement", tmp_path / name)
    with np.load(tmp_path / "tensorflow.npz") as theirs, np.load(tmp_path / f"{backend}.npz") as ours:
        assert len(theirs.files) == 2 * len(gpu_measure.ALL)
        for what in theirs.files:
            assert np.abs(theirs[what]).max() > 1e-3, what
            np.testing.assert_allclose(ours[what], theirs[what], atol=1e-4, err_msg=what)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_lesson_19s_own_cells_run_on_another_backend(backend, tmp_path):
    found = run_child(backend, "lesson", tmp_path / "lesson")
    stopped = {
        title: cell["ended"] for title, cell in found.items() if cell["ended"] not in ("ran", "needs TensorFlow")
    }
    assert stopped == {}
    assert sum(cell["ended"] == "ran" for cell in found.values()) >= 12


def test_what_is_not_there_is_named_with_the_way_to_get_it(tmp_path):
    bare = tmp_path / "python"  # without any package
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S -E "$@"\n')
    bare.chmod(bare.stat().st_mode | stat.S_IXUSR)
    settings = {"PYTHON": str(bare), "WHEELS": str(tmp_path / "none")}
    done = subprocess.run(
        ["bash", "benchmarks/gpu.sh"], cwd=ROOT, env=os.environ | settings, capture_output=True, text=True
    )
    assert done.returncode == 2 and "keras absl-py namex" in done.stderr and "wheels" in done.stderr
