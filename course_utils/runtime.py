"""A lesson's surroundings: seeds, a quiet TensorFlow, devices, Colab, and whether it is being graded."""

from __future__ import annotations

import contextlib
import io
import os
import platform
import random
import sys
import tempfile
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .exercises.core import Lesson

SEED = 42
FIRST_KERAS_LESSON = 9


def start(name: str, tensorflow: bool | None = None, seed: int = SEED) -> Lesson:
    """Prepare a lesson: TensorFlow quietly where it is used, seeds, one line about the surroundings; its exercises.

    `tensorflow` says whether the lesson uses TensorFlow; by default lessons 09 and later do.

    Errors: ValueError with the known names when there is no such lesson.
    """
    from . import exercises

    lesson = exercises.load(name)
    if tensorflow is None:
        tensorflow = int(name.partition("_")[0]) >= FIRST_KERAS_LESSON
    if tensorflow:
        import_tensorflow()
    else:
        _silence_later_import()
    seed_everything(seed)
    print(environment(tensorflow))
    return lesson


def seed_everything(seed: int = SEED) -> None:
    """Seed Python, NumPy and, when they are loaded, Keras and TensorFlow. Results still differ between CPU and GPU.

    >>> seed_everything(1); a = np.random.rand()
    >>> seed_everything(1); a == np.random.rand()
    True
    """
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - the lessons also seed code that uses NumPy's global generator
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    elif "tensorflow" in sys.modules:
        sys.modules["tensorflow"].random.set_seed(seed)


def environment(tensorflow: bool = False) -> str:
    """One line that says what the lesson runs on, to be quoted in a question or a bug report."""
    from . import __version__

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

    with _quiet():
        gpus = tf.config.list_physical_devices("GPU")
        names = [tf.config.experimental.get_device_details(gpu).get("device_name", "unnamed") for gpu in gpus]
    return [f"GPU {name}" for name in names] or ["CPU"]


def on_colab() -> bool:
    """Whether this notebook runs on Google Colab."""
    return "google.colab" in sys.modules


def in_grading() -> bool:
    """Whether this code runs for a grade (nbgrader, `course grade`, the build) and not for a learner."""
    return bool(os.environ.get("NBGRADER_EXECUTION") or os.environ.get("COURSE_GRADING"))


def import_tensorflow() -> None:
    """Import TensorFlow and Keras without a word on stderr, where nbgrader takes any text for a failure.

    What they said is added to the error when the import fails.
    """
    _silence_later_import()
    with _quiet():
        import keras  # noqa: F401
        import tensorflow

        tensorflow.get_logger().setLevel("ERROR")  # its hints on speed ("retracing") would go to stderr


def _silence_later_import() -> None:
    """Set what TensorFlow and Keras read when they are first imported, unless the learner has set it already."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # 3: fatal errors only
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")  # two open notebooks can share one GPU
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Hold back all of stderr, also what C++ code writes to file descriptor 2; show it if the block fails."""
    said = io.StringIO()
    with tempfile.TemporaryFile() as file:
        sys.stderr.flush()
        real = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            with contextlib.redirect_stderr(said), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a library's own deprecations are not the learner's
                yield
        except BaseException as error:
            file.seek(0)
            error.add_note(said.getvalue() + file.read().decode(errors="replace"))
            raise
        finally:
            os.dup2(real, 2)
            os.close(real)
