"""Somebody's folder, and the commands that are given there by an installed course."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from autograder.build.execute import kernel_environment

SCRIPTS = Path(sys.executable).parent
COURSE = "import sys; sys.argv[0] = 'course'; from autograder.cli import run; run()"

# As in JupyterHub's containers, where everybody is "jovyan" and the hub says who that is.
HUB = """
import sys
from nbgrader import utils
utils.get_osusername = lambda: "jovyan"
from nbgrader.apps.nbgraderapp import main
sys.argv[0] = "nbgrader"
main()
"""


class Place:
    """A folder on somebody's machine, and the commands that are given there."""

    def __init__(self, folder: Path, home: Path, installed: Path, user: str = ""):
        home.mkdir(exist_ok=True)
        self.folder = folder
        self.environment = {
            **kernel_environment(home),
            "HOME": str(home),
            "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(installed),
            "PYTHONDONTWRITEBYTECODE": "1",
            **({"JUPYTERHUB_USER": user} if user else {}),
        }

    def run(self, *command: str, code: int | None = 0) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert code in (None, done.returncode), f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def nbgrader(self, *arguments: str) -> str:
        return self.run("-c", HUB, *arguments)

    def course(self, *arguments: str, code: int | None = 0) -> str:
        return self.run("-c", COURSE, *arguments, code=code)

    def shell(self, line: str) -> str:
        """A command of the system's own, such as cp."""
        done = subprocess.run(["bash", "-c", line], cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout
