"""The course as one installable file, with its bundled data."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import UsageError


def build_wheel(root: Path, folder: Path) -> Path:
    """Make the wheel of the checkout `root` in `folder`, the same bytes from the same files; returns its path.

    Errors: UsageError where hatchling is not installed.
    """
    try:
        from hatchling.builders.wheel import WheelBuilder
    except ImportError as error:
        raise UsageError("A wheel is made by hatchling. Run: python -m pip install hatchling") from error
    (wheel,) = WheelBuilder(str(root)).build(directory=str(folder), versions=["standard"])
    return Path(wheel)
