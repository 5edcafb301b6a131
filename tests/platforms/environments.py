"""Environments with other versions than ours, made by uv from a list, and the course's notebooks in them.

The first time the list is resolved and every package fetched. What was resolved is kept in the user's cache folder
under a hash of the list, the packages in uv's own cache: later runs fetch nothing and meet the same versions.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient import NotebookClient
from nbformat import NotebookNode
from uv import find_uv_bin

from autograder.build import LessonFolder, lesson_names
from autograder.build.bundle import bundle
from autograder.build.execute import kernel_environment
from autograder.build.rules import score_rules
from autograder.cells import grade_id_of
from course_utils.plots.explore import VIEW

ROOT = Path(__file__).parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "exploring-neural-networks", "environments")
SECONDS_PER_CELL = 900
SECONDS_TO_INSTALL = 1800
MILESTONE = re.compile(r"\d\dm_")
KERNEL = "from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"
# The course takes a `google.colab` in sys.modules for Colab.
COLAB_KERNEL = f"import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab'); {KERNEL}"
# Byte code is written, for many kernels start; not built, so sliders are alive; the course comes from its wheel.
LEFT_OUT = ("COURSE_BUILD", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
# What `make test` runs there: NumPy, pictures, sliders, Keras, sequences, a server. `make versions` runs every lesson.
FEW = {
    "colab": ("00_start_here", "02_activations", "07_numpy_mnist", "13_cnn", "20_deployment"),
    "lowest": ("01_neuron", "06_backprop", "14_rnn_lstm", "19_gpu_training"),
}


def lessons_for(environment: str) -> list:
    """Every lesson as a parameter of a test; all but a few are skipped, unless all are wanted."""
    every = bool(os.environ.get("COURSE_EVERY_LESSON"))
    reason = "`make versions` runs every lesson on these versions, `make test` a few"
    return [
        pytest.param(name, marks=pytest.mark.skipif(not every and name not in FEW[environment], reason=reason))
        for name in lesson_names(ROOT)
    ]


@dataclass(frozen=True)
class Environment:
    """A Python with packages of its own, the code that starts a kernel in it, and what was there before the course."""

    python: Path
    kernel: str
    before: frozenset[str]

    def packages(self) -> frozenset[str]:
        """Every package that is there, with its version or the file it came from."""
        return packages(self.python)

    def execute(self, notebook: NotebookNode, folder: Path) -> None:
        """Run the cells in `folder` as a learner would; an error in one of them is raised here."""
        home = folder.with_name("home")
        home.mkdir(exist_ok=True)
        environment = {name: value for name, value in kernel_environment(home).items() if name not in LEFT_OUT}
        environment["PIP_NO_INDEX"] = "1"  # all that the course needs is there
        command = [str(self.python), "-Xfrozen_modules=off", "-c", self.kernel, "-f", "{connection_file}"]
        manager = type("Manager", (AsyncKernelManager,), {"kernel_spec": KernelSpec(argv=command)})
        where = {"metadata": {"path": str(folder)}}
        client = NotebookClient(notebook, kernel_manager_class=manager, timeout=SECONDS_PER_CELL, resources=where)
        client.execute(env=environment)

    def run_lesson(self, name: str, folder: Path) -> None:
        """Run the lesson's solution: no error, full marks, and live widgets; a milestone has none."""
        lesson = LessonFolder(ROOT, name)
        notebook = nbformat.read(lesson.solution, as_version=4)
        lesson.copy_beside(folder / name)
        self.execute(notebook, folder / name)
        faults = list(score_rules(notebook))
        assert faults == [], [cell.get("outputs") for cell in notebook.cells if "lesson.check" in cell.source]
        shown = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
        assert any(VIEW in data for data in shown) is not bool(MILESTONE.match(name))

    def course_check(self, name: str, folder: Path) -> str:
        """What `course check` prints of the lesson's solution."""
        notebook = shutil.copy(LessonFolder(ROOT, name).solution, folder)
        course = self.python.with_name("course")
        home = {"HOME": str(folder), "COURSE_HOME": str(folder)}
        done = subprocess.run(
            [course, "check", notebook], cwd=folder, env=os.environ | home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def packages(python: Path) -> frozenset[str]:
    """The packages of an environment, one line each."""
    return frozenset(uv("pip", "freeze", "--python", python).splitlines())


def uv(*arguments: object) -> str:
    """What uv prints. A list that cannot be resolved is a fault; no network is a reason to skip."""
    done = _uv(*arguments)
    if "error sending request" in done.stderr:
        pytest.skip(f"packages are not in the cache, and there is no network: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    return done.stdout


def _uv(*arguments: object) -> subprocess.CompletedProcess:
    command = [find_uv_bin(), *map(str, arguments), "--no-progress"]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_TO_INSTALL, check=False)


def from_cache(*arguments: object) -> None:
    """Let uv do this without the network where its cache has all, else with it."""
    if _uv(*arguments, "--offline").returncode:
        uv(*arguments)


def resolved(name: str, wanted: str, *options: str) -> Path:
    """The file that pins every package which the list `wanted` leads to."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    key = hashlib.sha256("\n".join([wanted, python, sys.platform, *options]).encode()).hexdigest()[:16]
    pins = CACHE / f"{name}-{key}.txt"
    if not pins.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        draft = CACHE / f"{name}-{key}-{os.getpid()}.in"
        draft.write_text(wanted, encoding="utf-8")
        found = uv("pip", "compile", draft, "--python", sys.executable, "--no-annotate", "--no-header", *options)
        draft.write_text(found, encoding="utf-8")
        draft.replace(pins)
    return pins


@contextmanager
def with_course(folder: Path, pins: Path, kernel: str) -> Iterator[Environment]:
    """A fresh environment with these packages, into which a set-up cell has installed the course from its bundle."""
    there = folder / "environment"
    from_cache("venv", there, "--seed", "--clear", "--python", sys.executable)
    python = there / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    from_cache("pip", "install", "--python", python, "--requirements", pins)
    environment = Environment(python, kernel, packages(python))
    bundle(str(folder / "course.zip"))
    with zipfile.ZipFile(folder / "course.zip") as archive:
        archive.extractall(folder)
    (first,) = folder.glob("*/lessons/00_start_here/*.ipynb")
    setup = [cell for cell in nbformat.read(first, as_version=4).cells if grade_id_of(cell) == "setup"]
    environment.execute(nbformat.v4.new_notebook(cells=setup), first.parent)
    yield environment
    shutil.rmtree(there)
