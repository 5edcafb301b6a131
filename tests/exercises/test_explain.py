"""An answer that no known mistake explains is told what simple thing lies between its numbers and the right ones."""

import numpy as np
import pytest

from course_utils.exercises import FunctionExercise, check, edge, random, small
from tests.exercises.table import EXERCISES, written


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


def bent(x):
    return 1 / (1 + np.exp(-x))


def centre(x):
    return x.mean()


def several(x):
    return [x.sum(), x + 1, x.min(axis=0)]


def product(x, scale):
    return x * scale + 0.5 * x


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
    (table, lambda x: np.maximum(table(x), 0), "Every negative number has become 0"),
    (table, lambda x: table(x).astype(np.float16), "three digits only"),
    (order, lambda x: np.cumsum(order(x)), "a running sum"),
    (order, lambda x: order(x)[0], "Only the first one comes back"),
    (order, lambda x: order(x)[:, None] - np.zeros(len(x)), "Each number met every other one"),
    (lambda x: bent(2 * x), lambda x: 2 * x, "The sigmoid of your result is what is asked for"),
    (table, lambda x: np.minimum(table(x), 1.5), "What should be above 1.5 is cut off there"),
    (bent, lambda x: np.tanh(bent(x)), "It is the tanh of what is asked for"),
    (bent, lambda x: np.log(bent(x)), "These are the logarithms"),
    (lambda x: np.tanh(2 * x + 1), lambda x: 2 * x + 1, "The tanh of your result is what is asked for"),
    (centre, lambda x: x.mean(axis=1), "The mean over all numbers of your result"),
    (per_row, lambda x: x * 1.0, "It is the input itself"),
    (per_row, lambda x: x.mean(axis=1).sum(), "It is the sum over all numbers of what is asked for"),
    (table, lambda x: table(x) + x, "`x` is added once too often"),
    (table, lambda x: table(x) - x, "`x` should still be added"),
    (table, lambda x: table(x) * x, "a factor `x` too many"),
    (two, lambda x: (x + 2.2, {"half": x**3, "rest": x.sum()}), "`result[0]` and `result[1]['rest']` are right."),
    (several, lambda x: [x.sum(), x**3, x.min(axis=0)], "`result[0]` and `result[2]` are right."),
    (several, lambda x: several(x)[::-1], "in the reverse order"),
    (several, lambda x: several(x)[:2], "The last result is missing"),
    (several, lambda x: several(x)[0], "Only the first result comes back"),
    (several, lambda x: several(x)[:1], "Only the first result is there"),
    (several, lambda x: [several(x)[i] for i in (1, 0, 2)], "in another order than the text"),
    (centre, lambda x: x.mean, "a function that was not called"),
    (centre, lambda x: x.mean(axis=0), "is a NumPy array of shape (2,)"),
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
        lambda x: (
            np.full(x.shape, np.nan) if len(x) == 2 else x - 5
        ),  # no numbers in one case, wrong ones in the others
        lambda x: f"nonsense of {x.size}",
        lambda x: 2 * table(x) if len(x) == 2 else None,  # twice in one case, nothing in the others
    ],
)
def test_nothing_is_said_where_it_is_not_true_of_every_case(answer):
    exercise = made(table)
    told = check(exercise, {"answer": answer}, [0, 1]).message
    assert told.count(". ") == 0, told


@pytest.mark.parametrize(
    "answer, words, others",
    [
        (lambda x: np.full(x.shape, np.nan), "Some numbers are nan, and", "inf is beyond"),
        (lambda x: table(x) / 0, "Some numbers are inf, and", "nan is no number"),
        (lambda x: table(x) + np.where(x > 0, np.inf, 0), "Some numbers are inf, and", "nan is no number"),
        (lambda x: np.where(x > 0, np.inf, np.nan), "Some numbers are nan or inf, and", "nothing"),
    ],
)
def test_numbers_that_are_not_finite_are_told_as_such(answer, words, others):
    told = check(made(table), {"answer": answer}, [0]).message
    assert words in told and others not in told, told


def adds_a_row(x):
    x += 1
    return x.sum(axis=1) * 1.3 - 2


def test_a_wrong_answer_that_changes_its_input_is_told_so_too():
    told = check(made(table), {"answer": lambda x: adds_a_row(x)}, [0]).message
    assert told.endswith("It also changed its input `x`."), told
    assert "changed" not in check(made(table), {"answer": lambda x: adds_a_row(x.copy())}, [0]).message


def test_a_right_answer_is_told_nothing():
    assert check(made(table), {"answer": lambda x: table(x)}, [0]).message == ""


def counts_on(x, calls=[]):  # noqa: B006
    calls.append(1)
    return table(x) * len(calls)


def grows(x, kept={}):  # noqa: B006
    kept.setdefault("sum", 0)
    kept["sum"] = kept["sum"] + x.sum()
    return kept["sum"]


def stops_later(x, kept=[]):  # noqa: B006
    kept.append(1)
    return centre(x) if len(kept) < 3 else 1 / 0


@pytest.mark.parametrize(
    "reference, answer",
    [
        (table, counts_on),
        (lambda x: x.sum(), grows),
        (table, lambda x: table(x) + np.random.default_rng().normal()),
        (centre, stops_later),
    ],
)
def test_an_answer_that_remembers_is_told_so(reference, answer):
    assert "Used once more on the first case" in check(made(reference), {"answer": answer}, [0, 1]).message


@pytest.mark.parametrize("answer", [lambda x: 2 * table(x), lambda x: 1 / 0, lambda x: np.full(x.shape, np.nan)])
def test_one_that_does_not_remember_is_not(answer):
    assert "once more on" not in check(made(table), {"answer": answer}, [0, 1]).message


def bent_out_of_shape(value, how):
    """The same result with every number changed, wherever it stands."""
    if isinstance(value, dict):
        return {key: bent_out_of_shape(item, how) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(bent_out_of_shape(item, how) for item in value) if type(value) in (list, tuple) else value
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return how(value) if number or (isinstance(value, np.ndarray) and value.dtype.kind in "iuf") else value


CHANGED = {
    "nothing simple": lambda v: np.cos(np.asarray(v, float) * 1.7) + 0.123,
    "no number": lambda v: np.asarray(v, float) * np.nan,
    "one number for all": lambda v: np.float64(np.sum(v)),
    "an axis more": lambda v: np.asarray(v, float)[None] + 1,
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_looking_for_an_explanation_never_stops_a_check(lesson, exercise):
    if exercise.kind != "function" or not exercise.runs_mistakes or exercise.rounds == 1 or exercise._drive:
        pytest.skip("only what a function returns is changed here")
    original = written(exercise.reference)
    for name, how in CHANGED.items():
        result = check(exercise, {exercise.names[0]: lambda *a, how=how: bent_out_of_shape(original(*a), how)}, [0])
        assert result.message or result.status == "passed", name


def doubled(x):
    return 2.0 * x + 1.0


def doubled_where_small(x):
    y = doubled(x)
    y[np.abs(x).max(axis=1) > 2] = np.sin(7 * x[np.abs(x).max(axis=1) > 2])
    return y


def test_where_some_rows_are_right_the_first_wrong_one_is_named_with_its_input():
    exercise = FunctionExercise("doubled", reference=doubled, points=10)
    exercise.solutions = ()

    @exercise.cases
    def _(rng):
        yield small("three rows", np.array([[1.0, 2.0], [0.5, 3.0], [1.0, 0.0]]))
        yield edge("two rows", np.array([[1.0, 2.0], [0.5, 1.0]]))

    message = check(exercise, {"doubled": doubled_where_small}, [0]).message
    assert message.endswith("2 of 6 numbers differ. Only row 1 differs, counted from 0, that of `x[1]`.")


def marked(labels, classes):
    return np.eye(classes)[labels]


def all_in_one_row(labels, classes):
    row = np.zeros(classes)
    row[labels] = 1
    return row


def test_one_row_for_all_labels_is_called_that():
    exercise = FunctionExercise("marked", reference=marked, points=10)
    exercise.solutions = ()

    @exercise.cases
    def _(rng):
        yield small("two labels", np.array([1, 0]), 3)
        yield random("six labels", rng.permutation(6), 8)

    message = check(exercise, {"marked": all_in_one_row}, [0]).message
    assert message.endswith("You made one row for all; each of them needs a row of its own.")
