"""What the lessons import: kernels, exercises, data, plots. NumPy only; TensorFlow loads when first used."""

from __future__ import annotations

import importlib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .datasets import load_mnist, load_reviews
    from .runtime import devices, in_grading, on_colab, seed_everything, start

try:
    __version__ = version("exploring-neural-networks")
except PackageNotFoundError:  # used from a folder that was never installed
    __version__ = "0+unknown"

_HOME = {
    "start": "runtime",
    "seed_everything": "runtime",
    "devices": "runtime",
    "on_colab": "runtime",
    "in_grading": "runtime",
    "load_mnist": "datasets",
    "load_reviews": "datasets",
}
_MODULES = ("datasets", "exercises", "nn", "plots", "progress", "runtime", "widgets")

__all__ = ["devices", "in_grading", "load_mnist", "load_reviews", "on_colab", "seed_everything", "start"]


def __getattr__(name: str) -> Any:
    """Import a part of the course when it is first asked for, so that `import course_utils` stays quick."""
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME, *_MODULES])
