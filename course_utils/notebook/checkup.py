"""Is everything here that the lessons need? One row a thing, and for what is missing, what to do about it."""

from __future__ import annotations

import contextlib
import io
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from course_utils import data, environment

from . import progress

GOOD, MISSING, NOTE = "✓", "✗", "·"
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Row:
    """One thing looked at: its sign, its name, what was found, and what to do when it is not as it should be."""

    sign: str
    name: str
    found: str
    advice: str = ""


@dataclass(frozen=True)
class Checkup:
    """The rows of a check-up, shown as a table; `ready` when nothing that the lessons need is missing."""

    rows: tuple[Row, ...]

    @property
    def ready(self) -> bool:
        """True when no row says that something needed is missing."""
        return all(row.sign != MISSING for row in self.rows)

    @property
    def verdict(self) -> str:
        """One sentence for the learner."""
        return "All set: every lesson can run here." if self.ready else "Something is missing: see the rows marked ✗."

    def __repr__(self) -> str:
        lines = [f"{row.sign} {row.name:<12}{row.found}" + f"  → {row.advice}" * bool(row.advice) for row in self.rows]
        return "\n".join([*lines, self.verdict])

    def _repr_html_(self) -> str:
        cells = "".join(
            "<tr>"
            + "".join(
                f'<td style="text-align:left">{escape(text)}</td>'
                for text in (row.sign, row.name, row.found, row.advice)
            )
            + "</tr>"
            for row in self.rows
        )
        return f"<table><tbody>{cells}</tbody></table><p><strong>{escape(self.verdict)}</strong></p>"


def checkup() -> Checkup:
    """Look at Python, the packages, the computing device, the data and the place of your progress file.

    Imports TensorFlow, which takes some seconds the first time.
    """
    return Checkup((
        _python(sys.version_info[:2]),
        *(_package(name) for name in ("numpy", "matplotlib", "tensorflow", "keras")),
        _sliders(),
        _try("computes on", lambda: " + ".join(environment.devices())),
        *_data(),
        _progress(),
    ))


def _python(found: tuple[int, int]) -> Row:
    if found < OLDEST_PYTHON:
        return Row(MISSING, "Python", platform.python_version(), "The course needs Python 3.11, 3.12 or 3.13.")
    return Row(GOOD, "Python", platform.python_version())


def _package(name: str) -> Row:
    try:
        return Row(GOOD, name, version(name))
    except PackageNotFoundError:
        return Row(MISSING, name, "not installed", f"In a terminal: pip install {name}")


def _sliders() -> Row:
    found = _package("ipywidgets")
    if found.sign == GOOD:
        return Row(GOOD, "sliders", f"ipywidgets {found.found}")
    return Row(NOTE, "sliders", "no ipywidgets", "Pictures stand still without it: pip install ipywidgets")


def _data() -> list[Row]:
    loaders = {"digits": data.load_mnist, "reviews": data.load_reviews}
    return [_try(name, lambda load=load: _loaded(load)) for name, load in loaders.items()]


def _loaded(load: Callable[[], Any]) -> str:
    """How many examples there are and where they came from, without the loader's own printing."""
    with contextlib.redirect_stdout(io.StringIO()):
        found = load()
    return f"{len(found.x_train):,} + {len(found.x_test):,} {found.description}, from {found.source}"


def _progress() -> Row:
    folder = progress.home()
    if environment.on_colab() and not (progress.DRIVE.is_dir() or os.environ.get("COURSE_HOME")):
        return Row(NOTE, "progress", "until Colab's session ends", "To keep it: panel Files at the left, Mount Drive.")
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return Row(GOOD, "progress", "will be remembered")
    return Row(NOTE, "progress", "cannot be saved", "Set the variable COURSE_HOME to a folder that you may write.")


def _try(name: str, look: Callable[[], str]) -> Row:
    """What `look` finds. A check-up reports and goes on, so any error becomes a row with the error's own advice."""
    try:
        return Row(GOOD, name, look())
    except Exception as error:
        return Row(MISSING, name, type(error).__name__, " ".join(str(error).split()))
