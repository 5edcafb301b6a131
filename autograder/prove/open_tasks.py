"""Programs for an open task that learn rightly and answer wrongly, or that learn from spoilt rows.

In an open task any program that reaches the mark is right, so a small change of its code proves nothing. What is broken
here is what comes out of a trained program, and what goes into its training.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_utils.exercises import OpenTask

Predict = Callable[[np.ndarray], Any]


def _swapped(answers: np.ndarray) -> np.ndarray:
    """Every second answer exchanged with the one after it."""
    swapped = answers.copy()
    pairs = len(answers) // 2 * 2
    swapped[:pairs:2], swapped[1:pairs:2] = answers[1:pairs:2], answers[:pairs:2]
    return swapped


ANSWERS: dict[str, Callable[[np.ndarray], Any]] = {
    "reversed": lambda a: a[::-1],
    "shifted by one row": lambda a: np.roll(a, 1),
    "exchanged two by two": _swapped,
    "the first one for all": lambda a: np.full_like(a, a[0]),
    "the most frequent one for all": lambda a: np.full_like(a, np.sort(a)[len(a) // 2]),
    "one larger": lambda a: a + 10 if a.dtype.kind == "f" else a + 1,
    "negated": lambda a: -a - 1,
    "without the last row": lambda a: a[:-1],
    "with one more row": lambda a: np.append(a, a[-1]),
    "as a column": lambda a: a[:, None],
    "as a row": lambda a: a[None],
    "as words": lambda a: a.astype(str),
    "none": lambda a: None,
    "by the company": lambda a: a if len(a) > 1 else a + 1,
}
TRAINING: dict[str, Callable[[np.ndarray, np.ndarray], tuple]] = {
    "answers of other rows": lambda x, y: (x, y[::-1].copy()),
    "the first row again and again": lambda x, y: (np.repeat(x[:1], len(x), axis=0), np.repeat(y[:1], len(y), axis=0)),
    "the same numbers in every column": lambda x, y: (np.ones_like(x), y),
}


def broken_programs(task: OpenTask) -> Iterator[tuple[str, str, Callable[[], Callable]]]:
    """What is changed, how, and a maker of the changed program."""
    train = _remembering(task.reference)
    for name, change in ANSWERS.items():
        yield "the answers", name, lambda change=change: _answering(train, change)
    for name, spoil in TRAINING.items():
        yield "the training rows", name, lambda spoil=spoil: _learning(task.reference, spoil)
    yield "the rows of the exam", "changed in place", lambda: _changing(train)


def _remembering(train: Callable) -> Callable:
    """The same, trained once for the same rows."""
    trained: dict[bytes, Predict] = {}

    def remembered(x: np.ndarray, y: np.ndarray, seed: int) -> Predict:
        key = x.tobytes() + y.tobytes()
        if key not in trained:
            trained[key] = train(x, y, seed)
        return trained[key]

    return remembered


def _answering(train: Callable, change: Callable[[np.ndarray], Any]) -> Callable:
    def broken(x: np.ndarray, y: np.ndarray, seed: int) -> Predict:
        predict = train(x, y, seed)
        return lambda rows: change(np.asarray(predict(rows)))

    return broken


def _learning(train: Callable, spoil: Callable[[np.ndarray, np.ndarray], tuple]) -> Callable:
    return lambda x, y, seed: train(*spoil(x, y), seed)


def _changing(train: Callable) -> Callable:
    def broken(x: np.ndarray, y: np.ndarray, seed: int) -> Predict:
        predict = train(x, y, seed)

        def spoiling(rows: np.ndarray) -> Any:
            answers = predict(rows)
            rows.flat[-1] += 1
            return answers

        return spoiling

    return broken
