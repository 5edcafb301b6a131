"""A package that is not installed: which of the course's extras brings it, and the command that installs it."""

from __future__ import annotations

from pathlib import Path

# The commands that need nothing beyond the extra `lab`.
LEARNERS = ("certificate", "check", "lab", "progress", "start", "update")
SCALE = ("dask", "distributed", "psycopg2")
UNIX = ("fcntl", "grp", "pwd", "resource", "termios")  # parts of Python that Windows has not
DISTRIBUTION = "exploring-neural-networks"
_CHECKOUT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def install_command(extra: str) -> str:
    """The command that installs an extra, beside the course as it is installed here."""
    if _CHECKOUT.is_file():
        return f'python -m pip install -e "{_CHECKOUT.parent}[{extra}]"'
    return f'python -m pip install "{DISTRIBUTION}[{extra}]"'


def explained(error: ModuleNotFoundError, command: str) -> str | None:
    """One sentence on what the command lacks; None where that is a part of the course itself."""
    package = (error.name or "").partition(".")[0]
    if package in ("", "autograder", "course_utils"):
        return None
    if package in UNIX:
        return f"`course {command}` works on Linux alone (on Windows in WSL 2): this Python has no {package}."
    extra = "scale" if package in SCALE else "lab" if command in LEARNERS else "grading"
    return f"`course {command}` needs {package}, which is not installed here; run: {install_command(extra)}"
