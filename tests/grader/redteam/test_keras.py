"""Odd Keras models as answers to `build-mlp` of lesson 10: what each must come to, and that the next exercise stands.

`says` is part of the verdict's message. A server with TensorFlow serves all rows, each in a process of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.assignment import Assignment, TrustedCell
from autograder.judge.judging import judge
from autograder.runner import line
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox.limits import Limits
from autograder.submission import Submission
from course_utils import lessons

LESSON = "10_keras_mnist"
LIMITS = Limits(6, 30, 120, clock_factor=10, memory_mb=4096, file_mb=4, scratch_mb=16)
FULL, NOT_FULL = "full", "less"
SETUP = "import os\nimport keras\nimport numpy as np"
MODEL = """
def right(kind=None, *more):
    pixels = keras.Input((28, 28))
    hidden = keras.layers.Dense(128, "relu")(keras.layers.Flatten()(pixels))
    model = (kind or keras.Model)(pixels, keras.layers.Dense(10, "softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
"""
WITH_LAMBDA = """
def build_mlp():
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Lambda(leak), keras.layers.Flatten(),
        keras.layers.Dense(128, "relu"), keras.layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
"""


@dataclass(frozen=True)
class Odd:
    rest: str
    points: str = NOT_FULL
    says: str = ""


ROWS = {
    "nothing odd": Odd("def build_mlp(): return right()", FULL),
    "a predict of its own, of which nobody asks": Odd(
        """
class Own(keras.Model):
    def predict(self, *a, **k): return np.full((16, 10), 0.1)
def build_mlp(): return right(Own)""",
        FULL,
    ),
    "a call that gives shares of nothing": Odd("""
class Own(keras.Model):
    def call(self, x, training=None): return keras.ops.ones((x.shape[0], 10)) / 10
def build_mlp(): return right(Own)"""),
    "a call that grows": Odd("""
class Own(keras.Model):
    def __call__(self, x, *a, **k):
        Own.held = getattr(Own, "held", []) + [bytearray(512 << 20)]
        return self.__call__(x)
def build_mlp(): return right(Own)"""),
    "a call without end": Odd(
        """
class Own(keras.Model):
    def __call__(self, *a, **k):
        while True: pass
def build_mlp(): return right(Own)""",
        says="time",
    ),
    "a call that ends the process": Odd("""
class Own(keras.Model):
    def __call__(self, *a, **k): os._exit(0)
def build_mlp(): return right(Own)"""),
    "other shares each time": Odd("""
class Own(keras.Model):
    def __call__(self, x, *a, **k):
        if isinstance(x, keras.KerasTensor): return super().__call__(x, *a, **k)
        return np.random.dirichlet(np.ones(10), len(x))
def build_mlp(): return right(Own)"""),
    "a Lambda layer that writes outside": Odd("""
def leak(x):
    open("{outside}/forged", "w").write("x")
    return x
""" + WITH_LAMBDA),
    "a Lambda layer that reads the judge": Odd("""
def leak(x):
    print(open("/proc/{judge}/environ").read())
    return x
""" + WITH_LAMBDA),
    "weights that are not its own": Odd("""
class Own(keras.Model):
    def get_weights(self): return [np.ones((784, 128)), np.ones(128), np.ones((128, 10)), np.ones(10)]
def build_mlp(): return right(Own)"""),
    "weights that are objects": Odd("""
class Equal:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.ones((784, 128))
class Own(keras.Model):
    def get_weights(self): return [Equal()] * 4
def build_mlp(): return right(Own)"""),
    "weights of a thousand million": Odd("""
class Own(keras.Model):
    def get_weights(self): return [np.zeros(1 << 27), np.zeros(1 << 27)]
def build_mlp(): return right(Own)"""),
    "scores that are not its own": Odd("""
class Own(keras.Model):
    def test_on_batch(self, *a, **k): return [0.0, 1.0]
def build_mlp(): return right(Own)"""),
    "a step of training that steps nowhere": Odd("""
class Own(keras.Model):
    def train_on_batch(self, *a, **k): return [0.0, 1.0]
def build_mlp(): return right(Own)"""),
    "an optimizer with a purpose of its own": Odd("""
class Mine(keras.optimizers.SGD):
    def apply_gradients(self, pairs, *a, **k):
        open("{outside}/forged", "w").write("x")
        return super().apply_gradients(pairs)
    def apply(self, *a, **k):
        open("{outside}/forged", "w").write("x")
        return super().apply(*a, **k)
def build_mlp():
    model = right()
    model.compile(Mine(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model"""),
    "steps that are a text of a million characters": Odd("""
class Steps:
    iterations = "line " * 200_000
class Own(keras.Model):
    @property
    def optimizer(self): return Steps()
    @optimizer.setter
    def optimizer(self, value): pass
def build_mlp(): return right(Own)"""),
    "no model, but something that answers like one": Odd("""
class Poser:
    def __getattr__(self, name): return Poser()
    def __call__(self, *a, **k): return Poser()
    def __int__(self): return 0
    def __eq__(self, other): return True
def build_mlp(): return Poser()"""),
    "the course's own comparison, patched over there": Odd("""
from course_utils.exercises.keras_models import classifiers, networks
networks.is_forward = networks.is_model = lambda *a, **k: True
classifiers.compile_problem = classifiers.share_problem = lambda *a, **k: None
np.allclose = lambda *a, **k: True
def build_mlp():
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model"""),
    "a model that was trained before": Odd("""
model = right()
model.train_on_batch(np.zeros((4, 28, 28)), np.zeros(4))
def build_mlp(): return model"""),
    "a summary of a million lines, shown": Odd(
        """
def build_mlp():
    for _ in range(3): print("line " * 500_000)
    return right()""",
        FULL,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer("tensorflow", LIMITS) as server:
        server.warm(LESSON)
        yield server


def graded(id: str) -> TrustedCell:
    source = f'lesson.check("{id}")\n### BEGIN HIDDEN TESTS\nlesson.grade("{id}")\n### END HIDDEN TESTS'
    return TrustedCell(id, "nb", "code", source, "test", lessons.load(LESSON)[id].points)


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
def test_an_odd_model_gets_what_it_deserves_and_the_next_answer_too(
    server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(line, "GRACE_SECONDS", 0.5)
    odd, checks = ROWS[name], [graded("build-mlp"), graded("evaluate")]
    evaluate = lessons.load(LESSON)["evaluate"]
    answer = odd.rest.replace("{outside}", str(tmp_path)).replace("{judge}", str(os.getpid()))
    sources = [SETUP, MODEL, answer, checks[0], evaluate.source_of(evaluate.variants[0]), checks[1]]
    cells = [
        nbformat.v4.new_code_cell(s)
        if isinstance(s, str)
        else nbformat.v4.new_code_cell(s.source, metadata={"nbgrader": s.nbgrader_metadata()})
        for s in sources
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    submission = Submission("student", None, {"nb": notebook})
    result = judge(Assignment(LESSON, {"nb": checks}), submission, server, b"secret")
    model, other = result.exercises
    full = model.score == model.max_score
    assert full if odd.points == FULL else not full, result
    assert other.status == "passed", other
    assert odd.says in model.message and len(str(result)) < 100_000, result
    assert not list(tmp_path.iterdir())
