"""What a lesson runs on: versions, devices, Colab, and whether it is being graded."""

from __future__ import annotations

import os
import platform
import sys

import numpy as np

from .quiet_tensorflow import import_tensorflow, quiet_stderr


def described(tensorflow: bool = False) -> str:
    """One line that says what the lesson runs on, to be quoted in a question or a bug report."""
    from course_utils import __version__

    parts = [f"Course {__version__}", f"Python {platform.python_version()}", f"NumPy {np.__version__}"]
    if tensorflow:
        import keras
        import tensorflow as tf

        parts += [f"TensorFlow {tf.__version__}", f"Keras {keras.__version__}", " + ".join(devices())]
    return " · ".join(parts)


def devices() -> list[str]:
    """What TensorFlow computes on: the GPUs by name, or the CPU."""
    import_tensorflow()
    import tensorflow as tf

    with quiet_stderr():
        gpus = tf.config.list_physical_devices("GPU")
        names = [tf.config.experimental.get_device_details(gpu).get("device_name", "unnamed") for gpu in gpus]
    return [f"GPU {name}" for name in names] or ["CPU"]


def on_colab() -> bool:
    """Whether this notebook runs on Google Colab."""
    return "google.colab" in sys.modules


def in_grading() -> bool:
    """Whether this code runs for a grade (nbgrader, `course grade`, the build) and not for a learner."""
    return bool(os.environ.get("NBGRADER_EXECUTION") or os.environ.get("COURSE_GRADING"))
