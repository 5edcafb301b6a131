"""`course lab`: JupyterLab in the learner's workspace, opened on the first lesson."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from autograder.errors import Exit
from autograder.workspace.commands import outdated, start
from autograder.workspace.folder import FIRST, find_workspace

SETTINGS = Path(__file__).parent / "workspace" / "jupyter"  # leaves out what only an instructor can use


def open_lab(here: Path, arguments: Sequence[str], tell: Callable[[str], object]) -> int:
    """Run JupyterLab until it is closed; its exit status.

    Its folder is the workspace around `here`, else the one in the home folder, which is made when it is not there.

    Errors: ModuleNotFoundError without JupyterLab, before anything is made.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise ModuleNotFoundError("No module named 'jupyterlab'", name="jupyterlab")
    workspace = find_workspace(here) or start(None, tell)
    if outdated(workspace):
        tell(f"New versions of lessons are here. `course update` brings them into {workspace.root}.")
    tell(f"Opening {workspace.root}")
    # -P: a learner's random.py in the folder is not taken for Python's own.
    command = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={workspace.root}"]
    first = Path(FIRST, f"{FIRST}.ipynb")
    if (workspace.root / first).is_file():
        command.append(f"--LabApp.default_url=/lab/tree/{first.as_posix()}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; JupyterLab refuses otherwise
    shell = os.environ.get("SHELL")
    if shell and os.name == "posix":  # a login shell, as JupyterLab likes to start, would set PATH anew
        command.append(f"--ServerApp.terminado_settings=shell_command={shlex.quote(shell)}")
    try:
        environment = _environment(os.environ)
        return subprocess.run([*command, *arguments], cwd=workspace.root, env=environment, check=False).returncode
    except KeyboardInterrupt:  # Ctrl-C goes to JupyterLab too, which asks and then stops
        return Exit.DONE


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The variables for JupyterLab: its terminals find `course` and `tensorboard`, and it finds our settings."""
    first = {"PATH": sysconfig.get_path("scripts"), "JUPYTER_CONFIG_PATH": str(SETTINGS)}
    return {**given, **{name: os.pathsep.join(filter(None, (path, given.get(name)))) for name, path in first.items()}}
