"""Every test runs with a home folder of its own, the same luck each time, no pictures on a screen, and no network."""

from __future__ import annotations

import itertools
import os
import random
import sys
import tempfile

import pytest

from tests.order import longest_first

# Before anything imports TensorFlow or Matplotlib. Each pytest-xdist worker gets its own folder.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["MPLBACKEND"] = "Agg"
os.environ["COURSE_OFFLINE"] = "1"
# One thread a worker: the threads of several workers on few cores wait for each other at full speed, ten times as long
# as they compute.
for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ[library] = "1"
_home = tempfile.TemporaryDirectory(prefix="course-tests-")
os.environ["COURSE_HOME"] = _home.name
os.environ["COURSE_WORKSPACE"] = os.path.join(_home.name, "workspace")


@pytest.fixture(autouse=True)
def same_luck(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody gave a seed draws the same in every run, so that a test that holds once holds always."""
    import numpy as np  # not before the number of threads is set

    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - it is the old one that is seeded
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(1)
    unseeded, seeded = itertools.count(), np.random.default_rng

    def default_rng(seed: object = None) -> object:
        return seeded([1, next(unseeded)] if seed is None else seed)

    monkeypatch.setattr(np.random, "default_rng", default_rng)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    longest_first(items)


def pytest_unconfigure() -> None:
    _home.cleanup()
