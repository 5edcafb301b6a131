"""Three parts: right ones, made in the caller's own arrays."""

from __future__ import annotations

from course_utils import lessons
from course_utils.exercises import check


def test_the_right_parts_in_rows_that_were_overwritten_are_not_called_another_order():
    def three(x, y, order, n_val, n_test):
        x[:], y[:] = x[order], y[order]
        end = n_val + n_test
        parts = (slice(end, None), slice(n_test, end), slice(n_test))
        return tuple(a[part].copy() for part in parts for a in (x, y))

    split = lessons.load("09_keras_workflow").exercises["split"]
    result = check(split, {"split": three}, [0])
    assert result.points < split.points and result.mistake is None
    assert "the result is right, but your code put its input `x` into another order" in result.message
