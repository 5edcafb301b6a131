"""A function that never looks at one of its arguments is told so."""

from __future__ import annotations

import pytest

from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.checking import check
from course_utils.exercises.unread import never_used, unread


def _keyword(x, *, rate):
    return x


def _inner(x, rate):
    return [n * rate for n in x], lambda: rate


def _all_names(x, rate):
    return x * locals()["rate"]


def _only_written(x, rate):
    rate = 0.1
    return x * rate


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (lambda x, rate: x, ["rate"]),
        (lambda: 1, []),
        (lambda x, mean: x.mean(), ["mean"]),
        (lambda x, rate, unused=2: x * rate, ["unused"]),
        (_keyword, ["rate"]),
        (_inner, []),
        (_all_names, []),
        (_only_written, []),
        (len, []),
        ("no function", []),
    ],
)
def test_what_is_never_read(function, names) -> None:
    assert unread(function) == names


def test_what_some_right_answer_does_without_is_not_asked_for() -> None:
    reads, does_without = (lambda x, rate: x * rate), (lambda x, rate: x)
    assert never_used(does_without, [reads]) and not never_used(does_without, [reads, does_without])


def scaled(x, rate):
    return x * rate


def _message(answer) -> str:
    exercise = FunctionExercise("scaled", reference=scaled, points=1)

    @exercise.cases
    def _(rng):
        yield small("one", 2.0, 3.0)
        yield random("another", *rng.normal(size=2))

    return check(exercise, {"scaled": answer}, [1]).message


def test_it_is_said_below_the_number_and_before_what_an_error_means() -> None:
    assert _message(lambda x, rate: x * 0.1 + 5).endswith("Your function never uses its argument `rate`.")
    told = _message(lambda x, rate: x / 0)
    assert told.index("never uses its argument `rate`") < told.index("Something is divided by 0.")
    assert "never uses" not in _message(lambda x, rate: x + rate)
