"""A wrong answer that no row explains is told which small change makes a right answer fail just like it."""

import numpy as np
import pytest

from course_utils.exercises import FunctionExercise, check, edge, random, small
from course_utils.exercises.mutants import mutants
from course_utils.exercises.near_miss import near_miss
from tests.exercises.table import EXERCISES


def share_above(x, limit):
    """Shares of each row's absolute values that are above a limit, doubled."""
    return 2 * np.mean(np.abs(x) > limit, axis=1)


def spread(x, limit):
    total = 0.0
    for row in x:
        total += (row.max() - row.min()) ** 2
    return np.sqrt(total) + limit


def made(reference):
    exercise = FunctionExercise("answer", reference=reference, points=10)
    exercise.solutions = ()

    @exercise.cases
    def _(rng):
        yield small("two by two", np.array([[1.0, -2.0], [0.5, 3.0]]), 1.0)
        yield random("four by three", rng.normal(size=(4, 3)), 0.5)
        yield edge("two rows", np.round(rng.normal(size=(2, 5)), 1), 0.3)

    return exercise


def distance(x, limit):
    return (x[0] - x[-1]) / (2 * limit)


def pulled(x, limit):
    return 3 * np.tanh(limit * (x[0] + x[1])) / 2


def shifted(x, limit):
    return np.exp(x - limit) / 7


def squares(x, limit):
    return np.sum((x - limit) ** 2, axis=1)


def all_squares(x, limit):
    return np.sum((x - limit) ** 2)


BRACKETS = [
    (shifted, lambda x, t: np.exp(x) - t / 7, "the brackets of a function close too early"),
    (all_squares, lambda x, t: np.sum(x - t) ** 2, "the brackets of a function close too early"),
    (squares, lambda x, t: np.sum(x - t**2, axis=1), "the brackets around a difference are left out"),
    (distance, lambda x, t: x[0] - x[-1] / (2 * t), "the brackets around a difference are left out"),
    (distance, lambda x, t: (x[0] - x[-1]) / 2 * t, "the brackets around a product are left out"),
    (pulled, lambda x, t: 3 * np.tanh(t * x[0] + x[1]) / 2, "the brackets around a sum are left out"),
    (pulled, lambda x, t: 3 * (np.tanh(t) * (x[0] + x[1])) / 2, "the brackets of a function close too early"),
    (share_above, lambda x, t: np.mean(np.abs(x), axis=1) > t, None),
]


@pytest.mark.parametrize("reference, answer, words", BRACKETS)
def test_it_says_where_brackets_are_missing(reference, answer, words):
    message = check(made(reference), {"answer": answer}, [0, 1, 2]).message
    assert words in message if words else "brackets" not in message


TABLE = [
    (share_above, lambda x, t: (x > t).sum(1) * 2 / x.shape[1], "`abs` is left out"),
    (share_above, lambda x, t: 2 * np.mean(abs(x) >= t, 1), "`>` and `>=` are exchanged"),
    (share_above, lambda x, t: 2.0 * (np.abs(x) > t).any(axis=1), "`max` where another function of its kind belongs"),
    (share_above, lambda x, t: np.array([2 * (abs(c) > t).mean() for c in x.T]), "another axis"),
    (spread, lambda x, t: np.ptp(x, axis=1)[:1].sum() + t, "`return` stands inside the loop"),
    (spread, lambda x, t: np.sqrt((np.ptp(x, axis=1)[1:] ** 2).sum()) + t, "leaves out its first or its last turn"),
    (spread, lambda x, t: np.sqrt(np.ptp(x, axis=1).sum()) + t, "a power is left out"),
    (spread, lambda x, t: np.ptp(x[-1]) + t, "written over instead of added to"),
    (spread, lambda x, t: np.sqrt((np.ptp(x, axis=1) ** 3).sum()) + t, "a 3 in it is one too large"),
]


@pytest.mark.parametrize("reference, answer, words", TABLE, ids=[words for *_, words in TABLE])
def test_it_says_what_kind_of_change_fails_like_the_answer(reference, answer, words):
    message = check(made(reference), {"answer": answer}, [0, 1, 2]).message
    assert "Your answer does just what a right one does when" in message and words in message, message


@pytest.mark.parametrize("answer", [lambda x, t: x.mean(axis=1) ** 3, lambda x, t: t * np.ones(len(x)) * 0.77])
def test_nothing_is_said_of_an_answer_of_another_kind(answer):
    assert "just what" not in check(made(share_above), {"answer": answer}, [0, 1, 2]).message


def test_nothing_is_said_where_it_holds_in_some_cases_only():
    def answer(x, t):
        return 2 * np.mean((x if len(x) == 2 else abs(x)) > t, axis=1)

    assert "just what" not in check(made(share_above), {"answer": answer}, [0, 1, 2]).message


def test_a_source_that_might_not_end_has_no_mutants():
    def halved(x, limit):
        while x.max() > limit:
            x = x / 2
        return x

    assert near_miss(made(halved), []) == ""


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_every_change_has_words_that_show_no_code(lesson, exercise):
    if exercise.kind != "function":
        pytest.skip("only functions have mutants that are run")
    from course_utils.exercises.table import source_of

    for answer in (exercise.reference, *(variant.answer for variant in exercise.variants)):
        for mutant in mutants(source_of(answer)):
            assert not mutant.right or len(mutant.right) < 6 or mutant.right not in mutant.words, mutant
