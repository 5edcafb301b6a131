"""A hint that quotes code is told as the learner's own only where the learner wrote that code."""

import inspect

import pytest

from course_utils import lessons
from course_utils.exercises.checking import check
from course_utils.exercises.program_text import written
from course_utils.exercises.quoted import SAME_AS, hint_for, slips_in
from course_utils.exercises.table import renamed, source_of
from tests.exercises.table import MISTAKES

OF_FUNCTIONS = [
    row for row in MISTAKES if row.values[0].kind == "function" and inspect.isfunction(row.values[1].answer)
]
QUOTING = [row for row in OF_FUNCTIONS if slips_in(*row.values)]
WRITTEN = {  # lesson, exercise, known mistake: the same, once as the hint quotes it and once otherwise
    ("02_activations", "relu", "zero-for-an-axis"): (
        "def relu(x):\n    return np.max(x, 0)",
        "def relu(x):\n    return np.asarray(x).max(axis=0)",
    ),
    ("02_activations", "merge-layers", "element-wise"): (
        "def merge_layers(W1, b1, W2, b2):\n    return W1 * W2, b1 * W2 + b2",
        "def merge_layers(W1, b1, W2, b2):\n    return np.multiply(W1, W2), np.multiply(b1, W2) + b2",
    ),
    ("06_backprop", "dense-backward", "W-reshaped"): (
        "def dense_backward(dz, x, W):\n    return dz @ W.reshape(W.shape[::-1]), x.T @ dz, dz.sum(axis=0)",
        "def dense_backward(dz, x, W):\n    return dz @ np.resize(W, W.shape[::-1]), x.T @ dz, dz.sum(axis=0)",
    ),
}


@pytest.mark.parametrize(("exercise", "mistake"), QUOTING)
def test_who_wrote_the_quoted_code_is_told_so(exercise, mistake):
    answer = written(mistake.source or source_of(mistake.answer), mistake.answer)
    assert hint_for(exercise, mistake, answer) == mistake.hint


@pytest.mark.parametrize(("row", "texts"), WRITTEN.items())
def test_who_wrote_it_otherwise_is_told_what_it_is_like(row, texts):
    lesson, id, name = row
    exercise = lessons.load(lesson)[id]
    for text, start in zip(texts, ("", SAME_AS), strict=True):
        like = exercise.variants[0].answer
        answer = written(renamed(text, exercise.names[0], like.__name__), like)
        result = check(exercise, {exercise.names[0]: answer}, [0])
        assert result.mistake == name, result
        assert result.message.startswith(start) and (SAME_AS in result.message) == bool(start)
