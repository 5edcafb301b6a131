"""Fixtures: course directories with the toy assignment. Making a gradebook takes seconds, copying one does not."""

from __future__ import annotations

import gc
import shutil
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.build.wheel import build_wheel
from autograder.course import Course, open_course
from autograder.records.assignments import load_assignment
from autograder.source import REPOSITORY
from tests.grader import toy


@pytest.fixture(scope="module")
def loops_left_open() -> Iterator[None]:
    """nbgrader's and Dask's own event loops leave sockets behind; they are collected here, not in a later test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """The course as a wheel holds it, unpacked: nothing of a checkout lies beside it."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(build_wheel(REPOSITORY, folder)) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def toy_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course directory whose gradebook has the toy assignment; not to be changed."""
    root = toy.make_course(tmp_path_factory.mktemp("toy"))
    load_assignment(open_course(root), "toy")
    return root


@pytest.fixture
def toy_course(toy_template: Path, tmp_path: Path) -> Course:
    """A course directory of one's own, with the toy assignment in its gradebook and no submission."""
    return open_course(shutil.copytree(toy_template, tmp_path / "course"))
