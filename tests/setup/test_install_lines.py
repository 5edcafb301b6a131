"""The lines above a lesson's set-up install the course where it is missing: from the nearest wheel, or its address."""

from __future__ import annotations

import importlib.util
import subprocess

import pytest

from autograder.build.colab import install_lines

WHEEL = "exploring_neural_networks-0.1.0-py3-none-any.whl"
ADDRESS = "https://git.example.org/course"
FOLDER = "a course/lessons/01_neuron"  # the notebook's, with a space in its path
DRIVE = "content/drive/MyDrive"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Runs the lines in the notebook's folder, where the course is missing; returns what pip was told to install."""
    told = []
    for folder in (FOLDER, DRIVE):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / FOLDER)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(subprocess, "run", lambda command, check: told.append((command[1:-1], command[-1], check)))

    def install(address: str) -> str | None:
        text = install_lines(address)
        assert text.count(f'"/{DRIVE}"') == 1
        exec(text.replace(f"/{DRIVE}", str(tmp_path / DRIVE)), {})
        ((command, source, check),) = told
        assert (command, check) == (["-m", "pip", "install", "--quiet"], True)
        return source

    return install


@pytest.mark.parametrize("address", ["", ADDRESS])
@pytest.mark.parametrize(
    "place",
    [
        FOLDER,  # beside the notebook
        "a course",  # the bundle as it was unpacked
        f"{FOLDER}/exploring-neural-networks",  # unpacked in Colab's own folder, where each notebook starts
        DRIVE,
        f"{DRIVE}/exploring-neural-networks",
        f"{DRIVE}/Colab Notebooks/exploring-neural-networks",
    ],
)
def test_a_wheel_that_lies_near_is_taken_before_the_address(installed, tmp_path, place, address):
    (tmp_path / place).mkdir(exist_ok=True, parents=True)
    (tmp_path / place / WHEEL).touch()
    (tmp_path / place / WHEEL.replace("0.1.0", "0.0.9")).touch()
    (tmp_path / place / "another-1.0-py3-none-any.whl").touch()
    assert (tmp_path / FOLDER / installed(address)).resolve() == tmp_path / place / WHEEL


def test_without_a_wheel_the_address_is_taken(installed):
    assert installed(ADDRESS) == f"git+{ADDRESS}"


def test_without_both_one_sentence_says_what_to_do(installed):
    with pytest.raises(ModuleNotFoundError, match=r"^The course is not installed here: put the \.whl file [^.]*\.$"):
        installed("")


def test_where_the_course_is_installed_nothing_happens(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    exec(install_lines(ADDRESS), {})
