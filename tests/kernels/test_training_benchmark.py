"""The training benchmark runs on every backend that is installed, and trains the course's own models."""

import importlib.util
import subprocess
from pathlib import Path

import numpy as np
import pytest

from benchmarks import training
from course_utils import lessons
from tests.kernels.backends import python_with

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("backend", training.BACKENDS)
def test_all_three_models_train(backend):
    command = [python_with(backend), "-m", "benchmarks.training", "--backend", backend, "--steps", "1", "--batch", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    about, head, *rows = done.stdout.splitlines()
    assert backend in about and head.split()[:4] == ["ms", "per", "step", "CPU"]
    assert [row[:26].strip() for row in rows] == list(training.MODELS)
    assert all(float(number) > 0 for row in rows for number in row[26:].split())


def test_a_backend_that_is_absent_is_a_usage_error(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["training", "--backend", "torch"])
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        training.main()
    assert "torch is not installed here" in capsys.readouterr().err


def test_the_models_are_those_of_the_lessons():
    pytest.importorskip("keras")
    models = {
        training.mlp: lessons.load("10_keras_mnist")["build-mlp"].reference(),
        training.cnn: lessons.load("13_cnn")["build-cnn"].reference(),
    }
    for ours, theirs in models.items():
        assert [np.shape(w) for w in ours().get_weights()] == [np.shape(w) for w in theirs.get_weights()]
    theirs = lessons.load("14_rnn_lstm")["build-classifier"].reference(10_000, 128, 64)
    assert [np.shape(w) for w in training.lstm().get_weights()] == [np.shape(w) for w in theirs.get_weights()]
