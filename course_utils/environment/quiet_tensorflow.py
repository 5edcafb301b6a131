"""TensorFlow without a word on stderr, where nbgrader takes any text for a failure."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator


def import_tensorflow() -> None:
    """Import TensorFlow and Keras quietly. What they said is added to the error when the import fails."""
    silence_later_import()
    with quiet_stderr():
        import keras  # noqa: F401
        import tensorflow as tf

        tf.get_logger().setLevel("ERROR")  # its advice on speed, such as "triggered retracing", is no error


def silence_later_import() -> None:
    """Set what TensorFlow and Keras read when they are first imported, unless the learner has set it already."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # 3: fatal errors only
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")  # two open notebooks can share one GPU
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
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
