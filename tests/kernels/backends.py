"""Where another backend of Keras is to be had."""

from __future__ import annotations

import importlib.util
import os
import sys

import pytest


def python_with(backend: str) -> str:
    """A Python that has the backend: this one, or the one that COURSE_JAX_PYTHON or COURSE_TORCH_PYTHON names."""
    variable = f"COURSE_{backend.upper()}_PYTHON"
    if variable in os.environ:
        return os.environ[variable]
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed; {variable} may name a Python with it, Keras and NumPy")
    return sys.executable
