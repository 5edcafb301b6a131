"""Every error that is told in plain words is provoked for real, and every row of the table by at least one."""

import math

import numpy as np
import pytest

from course_utils import nn
from course_utils.exercises import FunctionExercise, check, quiet, small
from course_utils.exercises.answer import Raised
from course_utils.exercises.plain_words import ROWS, alike, in_plain_words
from tests.exercises import keras_errors

ROW, TABLE = np.array([1.0, 2.0, 3.0]), np.ones((2, 3))
BITS = np.array([1, 0, 1])
NUMBER, WHOLE, TEXT, LIST, LENGTH = 2.0, 3, "1", [1, 2], len


class Layer:
    def forward(self, x):
        return x

    def no_self(x):
        return x


def nothing(x):
    x + 1


def unbound(x):
    if x is None:
        total = 1
    return total


def grow():
    a = np.ones(3)
    a += TABLE


def whole():
    x = np.arange(3)
    x *= 0.5


def read_only():
    x = np.arange(3)
    x.flags.writeable = False
    x[0] = 1


def without_end(x):
    return without_end(x)


def place():
    a = np.zeros((2, 2))
    a[0] = ROW


def failed():
    assert len(ROW) == 2


PROVOKED = [
    (lambda: ROW.sum(axis=1), "no axis 1"),
    (lambda: np.argmax(ROW, axis=2), "no axis 2"),
    (lambda: TABLE @ TABLE, "For `@`"),
    (lambda: np.dot(TABLE, TABLE), "For `@` and `np.dot`"),
    (lambda: np.dot(ROW, np.ones((3, 4, 2))), "the right, which has the shape (3,4,2) here. Over which axis"),
    (lambda: nothing.layers, "a function has no `layers`. Call it first"),
    (lambda: TABLE @ 2.0, "For a single number use `*`"),
    (
        lambda: TABLE + np.ones(2),
        "shapes (2,3) (2,) do not go together number by number: seen from the right, lengths must be "
        "equal or 1. Has an axis got lost",
    ),
    (lambda: 1 - np.sin, "a function that was not called"),
    (lambda: 1 - len, "a function that was not called"),
    (lambda: np.max(0, TABLE), "not `np.max(a, b)`"),
    (lambda: np.zeros(2, 3), "in brackets of its own"),
    (lambda: np.zeros(2, 3, dtype=int), "in brackets of its own"),
    (lambda: np.where(ROW) > 0, "A tuple is compared"),
    (lambda: LIST < 0, "A list is compared"),
    (lambda: TABLE + np.ones((2, 4)), "Do both arrays of this line belong together"),
    (place, "of shape (3,) into a place of shape (2,)"),
    (grow, "keep the shape of the left side, (3,)"),
    (lambda: ROW.reshape(2, 2), "There are 3 numbers here"),
    (lambda: ROW.reshape(2, -1), "the others must divide 3"),
    (lambda: np.concatenate([TABLE, np.ones((2, 2))]), "joined only when"),
    (lambda: np.array([[1, 2], [3]], dtype=float), "different lengths"),
    (lambda: ROW[3], "There are 3 places"),
    (lambda: ROW[0, 1], "more indices than"),
    (lambda: LIST[2], "counted from 0"),
    (lambda: ROW[ROW], "`.astype(int)`"),
    (lambda: ROW[len(ROW) / 3], "use `//`"),
    (lambda: np.zeros(len(ROW) / 3), "use `//`"),
    (lambda: LIST[: 3 / 2], "use `//`"),
    (lambda: nothing(ROW)[0], "Something here is None"),
    (lambda: 2 * nothing(ROW), "Something here is None"),
    (lambda: nothing(ROW).shape, "it has no `shape`"),
    (lambda: Layer.forward(x=ROW), "called on the class itself"),
    (lambda: nn.dense(ROW), "leaves out"),
    (lambda: Layer().no_self(ROW), "is `self` missing"),
    (lambda: nothing(y=1), "no argument called y"),
    (lambda: NUMBER(3), "Is a `*` or a comma missing"),
    (lambda: ROW(0), "square ones"),
    (lambda: LENGTH[ROW], "Calls need round ones"),
    (lambda: math.exp(ROW), "`np.exp`"),
    (lambda: LIST * 0.5, "Make an array first"),
    (lambda: LIST - LIST, "Make an array first"),
    (lambda: TEXT - 1, "quotation marks too many"),
    (lambda: TEXT + 1, "quotation marks too many"),
    (lambda: sum(3), "A single number"),
    (lambda: len(3), "A single number"),
    (lambda: WHOLE[0], "A single number"),
    (lambda: [a for a, b in [(1, 2, 3)]], "more than 2 values"),
    (lambda: [a for a, b in [(1,)]], "2 names on the left, but only 1"),
    (lambda: [a for a, b in [5]], "One single int"),
    (lambda: 1 if ROW > 0 else 0, "number by number"),
    (lambda: max(ROW, 0), "number by number"),
    (read_only, "may only be read"),
    (whole, "whole numbers"),
    (lambda: np.average(np.ones((2, 3)), weights=[1, 2]), "Along which axis"),
    (lambda: [1, 2].index(3), "looks for exactly this value"),
    (lambda: float("one"), "comma for a point"),
    (lambda: np.random.default_rng(0).choice(3, p=2 * ROW), "together 1"),
    (lambda: np.random.default_rng(0).multinomial(1, 2 * ROW), "together 1"),
    (lambda: math.exp(1000), "beyond all bounds"),
    (lambda: 1 / 0, "divided by 0"),
    (lambda: unbound(ROW), "`total` gets a value in this function"),
    (lambda: missing_name, "There is no `missing_name`"),  # noqa: F821
    (lambda: LIST.shape, "`np.array(…)` makes one"),
    (lambda: ROW.append(1), "Arrays do not grow"),
    (lambda: np.expp(ROW), "spelt as in the text"),
    (lambda: {"W": WHOLE}["w"], "`.keys()`"),
    (lambda: without_end(1), "When should it stop"),
    (failed, "did not hold"),
    (keras_errors.text_for_number, "its third place is not that of the metrics"),
    (keras_errors.not_compiled, "comes before `fit`"),
    (keras_errors.other_shape, "counts what comes in for one example"),
    (keras_errors.other_axes, "which axis is missing"),
    (keras_errors.other_name, "slip in the spelling"),
    (keras_errors.activation_name, "slip in the spelling"),
    (lambda: compile("y = 2x", "", "exec"), "`2 * x`, not `2x`"),
    (lambda: compile("y = (1 + 2", "", "exec"), "A bracket `(` is opened"),
    (lambda: compile("y = 1 + 2)", "", "exec"), "There is a bracket `)` too many"),
    (lambda: compile("if x\n    y", "", "exec"), "ends in a colon"),
    (lambda: compile("if x = 1:\n    y", "", "exec"), "two compare"),
    (lambda: compile("y = [1 2]", "", "exec"), "stand side by side"),
    (lambda: compile("y = 'a", "", "exec"), "A quotation mark"),
    (lambda: compile("return 1", "", "exec"), "stands outside the function"),
    (lambda: compile("if x:\ny", "", "exec"), "begin at the same column"),
    (lambda: compile("y = = 1", "", "exec"), "Python cannot read this line"),
    (keras_errors.other_optimizer, "a new optimizer"),
    (keras_errors.other_weights, "read off the wrong place"),
    (keras_errors.other_labels, "Class numbers go with"),
    (keras_errors.other_count, "yours have 10 and 8"),
    (lambda: keras_errors.keras_models()[0].layers.Dense(3, weights=[TABLE]), "takes no `weights=`"),
    (keras_errors.bare_size, "`(30)` is a number, `(30,)` a shape"),
    (keras_errors.watched_variables, "leave out `watch`"),
    (lambda: np.sum(BITS == 1 & BITS == 0), "Brackets around each comparison"),
    (lambda: ROW[ROW > 1 | ROW < 0], "`|` bind before"),
    (lambda: 1 if BITS == 1 else 0, "decide once"),
    (keras_errors.unread_log, "with `.Reload()`"),
    (keras_errors.scalars_of_tensors, "`Scalars` finds nothing"),
    (keras_errors.history, "the record of the training"),
    (lambda: keras_errors.keras_models()[0].callbacks.History()["loss"], "in its own `.history`"),
    (lambda: keras_errors.keras_models()[0].callbacks.History()(TABLE), "in its own `.history`"),
]


def provoke(call) -> Raised:
    with quiet(), pytest.raises(Exception) as caught:  # noqa: PT011 - which one is the table's business
        call()
    return Raised.of(caught.value)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("call", "words"), PROVOKED, ids=[f"{i}-{words}" for i, (_, words) in enumerate(PROVOKED)])
def test_an_error_is_told_in_plain_words(call, words):
    raised = provoke(call)
    assert words in in_plain_words(raised), f"{raised}: {in_plain_words(raised)!r}"


@pytest.mark.filterwarnings("ignore")
def test_every_row_is_provoked_by_something():
    raised = [provoke(call) for call, _ in PROVOKED]
    told = {in_plain_words(r) for r in raised}
    for advice in ROWS:
        start = advice.text.split("{")[0]
        assert any(text.startswith(start) for text in told), advice


def test_an_unknown_error_is_left_as_it_is():
    assert in_plain_words(Raised("ValueError", "something else")) == ""


def test_the_check_tells_the_error_then_what_it_means():
    exercise = FunctionExercise("total", reference=lambda x: x.sum(), points=1)

    @exercise.cases
    def _(rng):
        yield small("three numbers", np.array([1.0, 2.0, 3.0]))

    message = check(exercise, {"total": lambda x: x.sum(axis=1)}, [0]).message
    assert message.startswith("In the case “three numbers” your code stopped with AxisError: axis 1 is out of bounds")
    assert message.endswith("`axis=-1` is the last one, however many there are.")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "one, other, same",
    [
        (lambda: np.ones((2, 3)) @ np.ones((2, 3)), lambda: np.ones((4, 5)) @ np.ones((4, 5)), True),
        (lambda: np.ones((2, 3)) @ np.ones((2, 3)), lambda: np.dot(np.ones((4, 5)), np.ones((4, 5))), True),
        (lambda: np.ones((2, 3)) @ np.ones((2, 3)), lambda: np.ones((2, 3)) + np.ones((2, 2)), False),
        (lambda: np.split(np.ones(5), 2), lambda: np.split(np.ones(7), 2), True),
        (lambda: np.split(np.ones(5), 2), lambda: np.ones((2, 3)) @ np.ones((2, 3)), False),
        (lambda: 1 / 0, lambda: {}["a"], False),
    ],
)
def test_errors_are_alike_when_they_mean_the_same(one, other, same):
    assert alike(provoke(one), provoke(other)) == same
