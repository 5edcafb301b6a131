"""`course lab` opens the workspace, makes one at first, and says what is missing."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.workspace.commands import start
from course_utils import lessons

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A workspace, which is not the one in the default folder."""
    monkeypatch.setenv("COURSE_WORKSPACE", str(tmp_path / "default"))
    start(tmp_path / "of my own", lambda text: None)
    return tmp_path / "of my own"


@pytest.fixture
def started(monkeypatch):
    """What would have been started: (command, environment)."""
    commands = []

    def run(command, env, **options):
        commands.append((command, env))
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


@pytest.mark.parametrize("folder", [".", "00_start_here"])
def test_the_workspace_is_opened_from_anywhere_in_it(folder, workspace, started, monkeypatch):
    monkeypatch.chdir(workspace / folder)
    done = CliRunner().invoke(main, ["lab", "--no-browser", "--port", "8899"])
    ((command, _),) = started
    assert done.exit_code == 3  # JupyterLab's own
    assert command[:4] == [sys.executable, "-P", "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={workspace}" in command
    assert "--LabApp.default_url=/lab/tree/00_start_here/00_start_here.ipynb" in command
    assert command[-3:] == ["--no-browser", "--port", "8899"]
    assert "New versions" not in done.output


def test_elsewhere_a_workspace_is_made_and_found_the_next_time(tmp_path, started, monkeypatch):
    """Also in the checkout itself, whose own notebooks are nobody's to work in."""
    default = tmp_path / "default"
    monkeypatch.setenv("COURSE_WORKSPACE", str(default))
    monkeypatch.chdir(ROOT)
    first, second = CliRunner().invoke(main, ["lab"]), CliRunner().invoke(main, ["lab"])
    assert f"Made your workspace {default}, with {len(lessons.names())} lessons" in first.output
    assert "Made" not in second.output and f"Opening {default}" in second.output
    assert [f"--ServerApp.root_dir={default}" in command for command, _ in started] == [True, True]
    assert (default / "00_start_here/00_start_here.ipynb").is_file()


def test_new_versions_are_told(workspace, started, monkeypatch):
    (workspace / ".course-workspace/handed-out/03_layers/03_layers.ipynb").write_text("older")
    monkeypatch.chdir(workspace)
    assert "`course update` brings them" in CliRunner().invoke(main, ["lab"]).output


def test_terminals_find_the_environments_programs_and_keep_what_was_set(workspace, started, monkeypatch):
    monkeypatch.setenv("PATH", "/somewhere")
    monkeypatch.setenv("SHELL", "/a shell")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    monkeypatch.chdir(workspace)
    CliRunner().invoke(main, ["lab"])
    ((command, env),) = started
    assert env["PATH"].split(os.pathsep) == [str(Path(sys.executable).parent), "/somewhere"]
    assert env["JUPYTER_CONFIG_PATH"].split(os.pathsep)[1:] == ["/mine"]
    (shell,) = (part.partition("shell_command=")[2] for part in command if "terminado" in part)
    assert shlex.split(shell) == ["/a shell"]


def test_without_jupyterlab_it_says_how_to_install_it_and_makes_nothing(tmp_path, started, monkeypatch):
    monkeypatch.setenv("COURSE_WORKSPACE", str(tmp_path / "default"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = CliRunner().invoke(main, ["lab"])
    assert (done.exit_code, started) == (2, [])
    assert "needs jupyterlab" in done.output and "[lab]" in done.output
    assert not (tmp_path / "default").exists()


def test_help_needs_no_heavy_import():
    code = (
        "import sys; from autograder.cli import main; main(['--help'], standalone_mode=False);"
        "print(sorted({'nbgrader', 'nbformat', 'tensorflow', 'numpy', 'IPython'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "progress" in done.stdout
