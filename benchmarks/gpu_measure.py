"""What `benchmarks.gpu` measures on one device, in a process of its own: agreement, speed, and lesson 19's own cells.

Needs Keras, its backend and NumPy; where Matplotlib is not installed, the lesson's pictures are left out.
"""

from __future__ import annotations

import ast
import contextlib
import io
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import numpy as np

from benchmarks.training import LENGTH, MODELS, WORDS, samples, step_milliseconds

POLICIES = ("float32", "mixed_float16")
SIZES = (8, 32, 128, 512, 2048)  # of a batch
CURVE = "MLP 784-128-10"
LESSON = Path(__file__).resolve().parents[1] / "solutions" / "19_gpu_training" / "19_gpu_training.py"
NEEDS_TENSORFLOW = "needs TensorFlow"


def attention() -> Any:
    """Lesson 16: one transformer block of 4 heads over words as 64 numbers, one answer."""
    import keras

    words = keras.Input((LENGTH,), dtype="int32")
    x = keras.layers.Embedding(WORDS, 64)(words)
    x = keras.layers.LayerNormalization()(x + keras.layers.MultiHeadAttention(4, 16)(x, x))
    x = keras.layers.GlobalAveragePooling1D()(keras.layers.Dense(64, activation="relu")(x))
    return keras.Model(words, keras.layers.Dense(1, activation="sigmoid")(x))


ALL: dict[str, tuple[Callable[[], Any], str]] = {
    **MODELS,
    "attention 200 words, 4 heads": (attention, "binary_crossentropy"),
}


def agreement() -> dict[str, np.ndarray]:
    """Of each model, with the same weights and data on every device: its outputs, and one step's change of weights."""
    import keras

    found = {}
    for name, (build, loss) in ALL.items():
        rng, model = np.random.default_rng(1), build()
        before = [rng.normal(0, 0.1, weight.shape).astype("float32") for weight in model.get_weights()]
        model.set_weights(before)
        x, y = samples(model, 16)
        found[f"{name}: outputs"] = np.asarray(model.predict(x, verbose=0), "float32")
        model.compile(keras.optimizers.SGD(1.0), loss, jit_compile=False)  # rate 1: the change is the gradient
        model.train_on_batch(x, y)
        changes = [(old - new).ravel() for old, new in zip(before, model.get_weights(), strict=True)]
        found[f"{name}: gradients"] = np.concatenate(changes)
    return found


def speed(steps: int, batch: int) -> dict[str, float | str]:
    """Milliseconds a step, by model and policy, or why there are none."""
    import keras

    found: dict[str, float | str] = {}
    for policy in POLICIES:
        keras.config.set_dtype_policy(policy)
        for name, (build, loss) in ALL.items():
            found[f"{name}, {policy}"] = _or_why(lambda b=build, w=loss: step_milliseconds(b, w, steps, batch))
    keras.config.set_dtype_policy("float32")
    return found


def curve(steps: int) -> dict[str, float | str]:
    """Samples a second by the size of a batch."""
    build, loss = ALL[CURVE]
    times = {size: _or_why(lambda s=size: step_milliseconds(build, loss, steps, s)) for size in SIZES}
    return {str(size): 1000 * size / ms if isinstance(ms, float) else ms for size, ms in times.items()}


def _or_why(measure: Callable[[], float]) -> float | str:
    try:
        return measure()
    except Exception as error:  # a backend that cannot do one thing may do the others
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0][:80] if str(error).strip() else ''}"


# ------------------------------------------------------------------ lesson 19


def lesson_cells() -> dict[str, dict[str, Any]]:
    """Each of lesson 19's cells that computes: how it ended, its seconds, and what it printed."""
    return run_cells(_cells(LESSON.read_text(encoding="utf-8")), _surroundings())


def run_cells(cells: Iterable[tuple[str, str]], space: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Run cells in one namespace. Those that name TensorFlow's `tf`, and those that need a name of theirs, do not run.

    A cell without a title is run for the others' sake and not told of.
    """
    found, not_bound = {}, set()
    for title, source in cells:
        tree = ast.parse(source)
        if any(isinstance(node, ast.Name) and node.id == "tf" for node in ast.walk(tree)):
            not_bound |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            not_bound |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            ended, seconds, text = NEEDS_TENSORFLOW, 0.0, ""
            imports = [node for node in tree.body if isinstance(node, ast.Import)]  # which later cells rely on
            exec(compile(ast.Module(imports, []), title, "exec"), space)
        else:
            ended, seconds, text = _run(tree, title, space, not_bound)
        if title:
            found[title] = {"ended": ended, "seconds": seconds, "printed": text}
    return found


def _run(tree: ast.Module, title: str, space: dict[str, Any], not_bound: set[str]) -> tuple[str, float, str]:
    printed, begin, ended = io.StringIO(), time.perf_counter(), "ran"
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, title, "exec"), space)
    except Exception as error:
        needs = isinstance(error, NameError) and error.name in not_bound
        ended = NEEDS_TENSORFLOW if needs else f"stopped: {type(error).__name__}: {str(error)[:80]}"
    text = printed.getvalue()
    ended = NEEDS_TENSORFLOW if "No module named 'tensorflow'" in text else ended
    return ended, time.perf_counter() - begin, text


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """(title, source) of the code cells after the set-up, without those that only check an answer; answers untitled."""
    for part in text.split("\n# %%")[1:]:
        head, _, source = part.partition("\n")
        if "[markdown]" in head or '"grade_id": "setup"' in head or "lesson.check(" in source:
            continue
        lines = [line for line in source.strip().splitlines() if not line.startswith("from ")]
        yield "" if "-answer" in head else lines[0].removeprefix("# @title ")[:60], source


class _Lesson:
    """Answers `lesson.yours` with the solution's own function."""

    def __init__(self, space: dict[str, Any]) -> None:
        self.space = space

    def yours(self, id: str) -> Any:
        return self.space[id.replace("-", "_")]

    def __getitem__(self, id: str) -> Any:
        """An exercise, which draws what a program of the learner's has learned."""
        return MagicMock()

    def predict(self, *_: Any) -> None:
        """Nobody is there to be asked."""

    recall = quiz = reveal = predict


class _NoPictures:
    """Stands for `plots` where there is no Matplotlib."""

    def __getattr__(self, name: str) -> Any:
        return {"figure": lambda *_, **__: (MagicMock(), MagicMock()), "line": lambda _: {}}.get(name, MagicMock())


def _surroundings() -> dict[str, Any]:
    """What the lesson's set-up cell gives, without TensorFlow."""
    import keras

    import course_utils
    from course_utils import nn

    space: dict[str, Any] = {"np": np, "keras": keras, "course_utils": course_utils, "nn": nn}
    try:
        from course_utils import plots
        from course_utils.lessons.lesson_19_gpu_training import timeline
    except ImportError:
        plots, timeline = _NoPictures(), MagicMock()
    space |= {"plots": plots, "timeline": timeline, "mnist": course_utils.load_mnist(), "lesson": _Lesson(space)}
    return space
