"""What the lessons import: kernels, exercises, data, plots. NumPy only; TensorFlow loads when first used."""

from __future__ import annotations

import importlib
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from . import aliases

if TYPE_CHECKING:
    from .data import load_mnist, load_names, load_reviews
    from .environment import devices, in_grading, on_colab, seed_everything
    from .notebook.library import from_my_nn, my_nn_summary
    from .notebook.start import start

try:
    __version__ = version("exploring-neural-networks")
except PackageNotFoundError:  # used from a folder that was never installed
    __version__ = "0+unknown"

_HOME = {
    "start": "notebook.start",
    "from_my_nn": "notebook.library",
    "my_nn_summary": "notebook.library",
    "seed_everything": "environment",
    "devices": "environment",
    "on_colab": "environment",
    "in_grading": "environment",
    "load_mnist": "data",
    "load_names": "data",
    "load_reviews": "data",
}

__all__ = [
    "devices",
    "from_my_nn",
    "in_grading",
    "load_mnist",
    "load_names",
    "load_reviews",
    "my_nn_summary",
    "on_colab",
    "seed_everything",
    "start",
]

aliases.install()


def __getattr__(name: str) -> Any:
    """Import a part of the course when it is first asked for, so that `import course_utils` stays quick."""
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    if not name.startswith("_") and find_spec(f"{__name__}.{name}"):
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
