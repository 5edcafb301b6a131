"""An answer that no known mistake explains is told what simple thing lies between its numbers and the right ones."""

import numpy as np
import pytest

from course_utils.exercises import FunctionExercise, check, edge, random, small


def table(x):
    return 3.7 * x + 0.123456789


def per_row(x):
    return x.mean(axis=1)


def spread(x):
    return x.var(axis=0)


def kept(x):
    return x.sum(axis=1, keepdims=True)


def two(x):
    return x + 2.2, {"half": x / 2, "rest": x.sum()}


def order(x):
    return np.cumsum(np.abs(x[:, 0]) + 0.1)


def made(reference):
    exercise = FunctionExercise("answer", reference=reference, points=10)
    exercise.solutions = ()  # answers below are made from the reference

    @exercise.cases
    def _(rng):
        yield small("two by two", np.array([[1.2, -2.0], [0.5, 3.0]]))
        yield random("four by three", rng.normal(size=(4, 3)))
        yield edge("one row", rng.normal(size=(1, 5)))

    return exercise


TABLE = [
    (table, lambda x: 2 * table(x), "Every number is twice"),
    (table, lambda x: np.zeros(x.shape), "Every number is 0."),
    (table, lambda x: -table(x), "Every sign is the other way round"),
    (table, lambda x: table(x) / 2, "half of what"),
    (table, lambda x: table(x) * 100, "100 times"),
    (table, lambda x: table(x) / np.log(2), "logarithm to base 2"),
    (table, lambda x: table(x) * 1.3, "Every number is 1.3 times"),
    (table, lambda x: table(x).T, "transposed"),
    (table, lambda x: table(x)[::-1], "reverse order"),
    (table, lambda x: table(x)[:, ::-1], "columns in the reverse order"),
    (table, lambda x: np.abs(table(x)), "no number is negative"),
    (table, lambda x: table(x) ** 2, "squares"),
    (table, lambda x: 1 - table(x), "one minus"),
    (table, lambda x: np.trunc(table(x)), "cut to whole numbers"),
    (table, lambda x: np.round(table(x)), "rounded to whole numbers"),
    (table, lambda x: np.round(table(x), 2), "rounded to 2 places"),
    (table, lambda x: table(x) + 1, "Every number is 1 too large"),
    (table, lambda x: table(x) - 0.25, "Every number is 0.25 too small"),
    (table, lambda x: x * 1.0, "the input itself"),
    (table, lambda x: table(x).ravel(), "in the shape (4,) instead of (2, 2)"),
    (table, lambda x: np.concatenate([table(x)[:1], x[1:] * 9]), "Only the first row is right"),
    (table, lambda x: np.sort(table(x), axis=None).reshape(x.shape), "in another order"),
    (table, lambda x: table(x)[:, None], "an axis of length 1 too many"),
    (kept, lambda x: x.sum(axis=1), "an axis of length 1 got lost"),
    (per_row, lambda x: x.sum(axis=1), "a factor that is the number of columns"),
    (per_row, lambda x: x.mean(axis=1) / x.size, "divided by the number of all elements once more"),
    (order, lambda x: order(x)[1:], "The first one is missing"),
    (order, lambda x: order(x)[:-1], "The last one is missing"),
    (order, lambda x: np.roll(order(x), 1), "one place too late"),
    (two, lambda x: (2 * (x + 2.2), {"half": x / 2, "rest": x.sum()}), "In `result[0]`: Every number is twice"),
    (two, lambda x: (x + 2.2, {"half": x, "rest": x.sum()}), "In `result[1]['half']`: It is the input itself"),
]


@pytest.mark.parametrize(("reference", "answer", "words"), TABLE, ids=[words for *_, words in TABLE])
def test_what_lies_between_is_said(reference, answer, words):
    result = check(made(reference), {"answer": answer}, [0, 1])
    assert result.mistake is None
    assert words in result.message, result.message


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: table(x) * np.where(x > 1, 2, 1),  # right in most numbers
        lambda x: table(x) + x**2,
        lambda x: np.arange(x.size).reshape(x.shape) * 0.3,
        lambda x: table(x) * (2 if len(x) == 2 else 3),  # another factor in each case
        lambda x: table(x) / 0,
        lambda x: np.full(x.shape, np.nan),
        lambda x: "nonsense",
        lambda x: 2 * table(x) if len(x) == 2 else None,  # twice in one case, nothing in the others
    ],
)
def test_nothing_is_said_where_it_is_not_true_of_every_case(answer):
    exercise = made(table)
    told = check(exercise, {"answer": answer}, [0, 1]).message
    assert told.count(". ") == 0, told


def test_a_right_answer_is_told_nothing():
    assert check(made(table), {"answer": lambda x: table(x)}, [0]).message == ""


def test_what_is_kept_from_call_to_call_is_said_and_of_a_steady_answer_not():
    calls = []

    def growing(x):
        calls.append(x)
        return table(x) * len(calls)

    said = "gives something else"
    assert said in check(made(table), {"answer": growing}, [0]).message
    assert said in check(made(table), {"answer": lambda x: np.random.default_rng().normal(size=x.shape)}, [0]).message
    assert said not in check(made(table), {"answer": lambda x: x * 7 - 2}, [0]).message
