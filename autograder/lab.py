"""`course lab`: JupyterLab in the course's folder, opened on the first lesson."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from autograder.errors import Exit

FIRST = "00_start_here"


def find_lessons(start: Path) -> Path | None:
    """The nearest `lessons` folder in `start` or above it."""
    for folder in (start, *start.parents):
        if (folder / "lessons" / FIRST).is_dir():
            return folder / "lessons"
    return None


def open_lab(start: Path, arguments: tuple[str, ...]) -> int:
    """Run JupyterLab until it is closed; its exit status, or `Exit.USAGE` with a reason when it cannot be started."""
    lessons = find_lessons(start)
    if lessons is None:
        print(f"No lessons/{FIRST} here or above. Change into the course's folder and try again.", file=sys.stderr)
        return Exit.USAGE
    try:
        import jupyterlab  # noqa: F401
    except ImportError:
        print('JupyterLab is not installed. Run: python -m pip install -e ".[lab]"', file=sys.stderr)
        return Exit.USAGE
    first = Path(FIRST, f"{FIRST}.ipynb")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={lessons}"]
    if (lessons / first).is_file():
        command.append(f"--LabApp.default_url=/lab/tree/{first.as_posix()}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; JupyterLab refuses otherwise
    try:
        return subprocess.run([*command, *arguments], check=False).returncode
    except KeyboardInterrupt:  # Ctrl-C goes to JupyterLab too, which asks and then stops
        return Exit.DONE
