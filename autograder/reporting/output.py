"""Where a command's product goes: into a file, whole or not at all, or to standard output for "-"."""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.errors import UsageError
from autograder.files import write_file


def check_target(path: str | Path) -> None:
    """Errors: UsageError when a file cannot be made there; better said before the work than after it."""
    if str(path) != "-" and not Path(path).resolve().parent.is_dir():
        raise UsageError(f"There is no folder {Path(path).parent} to write {Path(path).name} into.")


def write_output(path: str | Path, text: str) -> None:
    """Write the product. Errors: UsageError as `check_target`."""
    if str(path) == "-":
        sys.stdout.write(text)
        return
    check_target(path)
    write_file(Path(path), text)
