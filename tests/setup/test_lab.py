"""`course lab` finds the lessons, starts JupyterLab on the first, and says what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder import lab
from autograder.cli import main

NOTEBOOK = Path("lessons", "00_start_here", "00_start_here.ipynb")


@pytest.fixture
def course(tmp_path):
    (tmp_path / NOTEBOOK).parent.mkdir(parents=True)
    (tmp_path / NOTEBOOK).write_text("{}")
    return tmp_path


@pytest.fixture
def started(monkeypatch):
    """What would have been started."""
    commands = []

    def run(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


@pytest.mark.parametrize("folder", [".", "lessons", "lessons/00_start_here"])
def test_lessons_are_found_from_anywhere_in_the_course(folder, course, started, monkeypatch):
    monkeypatch.chdir(course / folder)
    done = CliRunner().invoke(main, ["lab", "--no-browser", "--port", "8899"])
    (command,) = started
    assert done.exit_code == 3  # JupyterLab's own
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={course / 'lessons'}" in command
    assert "--LabApp.default_url=/lab/tree/00_start_here/00_start_here.ipynb" in command
    assert command[-3:] == ["--no-browser", "--port", "8899"]


def test_outside_the_course_it_says_where_to_go(tmp_path, started, monkeypatch, capsys):
    assert lab.open_lab(tmp_path, ()) == 2
    assert "Change into the course's folder" in capsys.readouterr().err
    assert started == []


def test_without_jupyterlab_it_says_how_to_install_it(course, started, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    assert lab.open_lab(course, ()) == 2
    assert 'pip install -e ".[lab]"' in capsys.readouterr().err
    assert started == []


def test_help_needs_no_heavy_import():
    code = (
        "import sys; from autograder.cli import main; main(['--help'], standalone_mode=False);"
        "print(sorted({'nbgrader', 'nbformat', 'tensorflow', 'numpy', 'IPython'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "progress" in done.stdout
