"""A lesson's first call: quick, quiet down to file descriptor 2, and the same seeds every time."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import numpy as np
import pytest

import course_utils
from course_utils import environment, lessons

LESSON = lessons.names()[0]


def run(code: str, **environment: str) -> subprocess.CompletedProcess:
    """Run code in a fresh Python; its stderr is a real file descriptor, as in a notebook's kernel."""
    hidden = ("TF_", "NBGRADER", "COURSE_GRADING", "KERAS")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, env=kept | environment, timeout=120, check=False)


def test_importing_the_course_loads_no_tensorflow():
    done = run(
        "import course_utils, course_utils.nn, course_utils.data, course_utils.exercises, course_utils.lessons, sys;"
        "print(sorted({'tensorflow', 'keras', 'matplotlib', 'IPython', 'autograder'} & set(sys.modules)))"
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_every_public_name_is_there():
    for name in course_utils.__all__:
        assert callable(getattr(course_utils, name))
    with pytest.raises(AttributeError, match="no attribute 'sart'"):
        course_utils.sart  # noqa: B018


def test_a_numpy_lesson_starts_with_one_line_and_no_tensorflow():
    done = run(
        f"import course_utils, sys; lesson = course_utils.start({LESSON!r}, tensorflow=False);"
        "print(lesson.name, 'tensorflow' in sys.modules)"
    )
    line, result = done.stdout.splitlines()
    assert line.startswith("Course ")
    assert "NumPy" in line
    assert "TensorFlow" not in line
    assert (result, done.stderr) == (f"{LESSON} False", "")


def test_a_keras_lesson_says_nothing_on_stderr():
    done = run(
        f"import course_utils; course_utils.start({LESSON!r}, tensorflow=True);"
        "import keras, numpy as np;"
        "model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3)]);"
        "model.compile('adam', 'mse'); model.fit(np.zeros((8, 4)), np.zeros((8, 3)), verbose=0)"
    )
    assert done.stderr == ""
    assert "Keras" in done.stdout
    assert len(done.stdout.splitlines()) == 1


def test_tensorflow_is_not_quiet_by_itself():
    """Without this the test above would prove nothing."""
    assert run("import tensorflow").stderr != ""


def test_what_a_failed_import_said_is_not_lost():
    code = (
        "import sys, os, course_utils.environment as environment\n"
        "class Broken:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'keras':\n"
        "            print('from Python', file=sys.stderr)\n"
        "            os.write(2, b'from C++')\n"
        "            raise ImportError('no keras')\n"
        "sys.meta_path.insert(0, Broken())\n"
        "environment.import_tensorflow()"
    )
    done = run(code)
    assert done.returncode == 1
    for part in ("ImportError: no keras", "from Python", "from C++"):
        assert part in done.stderr


def test_stderr_works_again_afterwards(capfd):
    with environment.quiet_stderr():
        os.write(2, b"hidden")
        print("hidden", file=sys.stderr)
    os.write(2, b"seen ")
    print("seen", file=sys.stderr)
    assert capfd.readouterr().err == "seen seen\n"


def test_an_unknown_lesson_names_the_known_ones():
    with pytest.raises(ValueError, match=LESSON):
        course_utils.start("99_nowhere")


@pytest.mark.parametrize(("lesson", "uses"), [("08_x", False), ("09_x", True), ("20_x", True), ("00_x", False)])
def test_lessons_from_09_on_use_tensorflow(lesson, uses, monkeypatch, capsys):
    imported = []
    monkeypatch.setattr(lessons, "load", lambda name: name)
    monkeypatch.setattr(environment, "import_tensorflow", lambda: imported.append(lesson))
    monkeypatch.setattr(environment, "described", lambda tensorflow: f"TensorFlow: {tensorflow}")
    course_utils.start(lesson)
    assert (bool(imported), capsys.readouterr().out) == (uses, f"TensorFlow: {uses}\n")


def test_seeds_reach_python_numpy_and_keras():
    environment.import_tensorflow()
    import keras

    def draw() -> list:
        environment.seed_everything(5)
        return [random.random(), np.random.rand(), float(keras.random.normal(()))]  # noqa: NPY002 - the global one

    first = draw()
    assert draw() == first
    environment.seed_everything(6)
    assert random.random() != first[0]


def test_seeds_reach_python_and_numpy_before_keras_is_loaded(monkeypatch):
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)

    def draw() -> list:
        environment.seed_everything(5)
        return [random.random(), np.random.rand()]  # noqa: NPY002 - the global one

    assert draw() == draw()


@pytest.mark.parametrize("variable", ["NBGRADER_EXECUTION", "COURSE_GRADING"])
def test_grading_is_noticed(variable, monkeypatch):
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING"):
        monkeypatch.delenv(name, raising=False)
    assert not environment.in_grading()
    monkeypatch.setenv(variable, "autograde")
    assert environment.in_grading()


def test_colab_is_noticed(monkeypatch):
    assert not environment.on_colab()
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    assert environment.on_colab()


def test_devices_are_named():
    assert environment.devices() == ["CPU"]  # tests hide every GPU
