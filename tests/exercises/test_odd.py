"""Results that nobody expects: a check answers each of them with a message, and its panel can be shown."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from course_utils.exercises import check
from course_utils.notebook.panel import as_html, as_text
from tests.exercises.table import EXERCISES


class Incomparable:
    """Not even `==` works."""

    __hash__ = None

    def __eq__(self, other):
        raise RuntimeError("planted")


def endless_list():
    inside = [1]
    inside.append(inside)
    return inside


ODD = {
    "texts": lambda: np.array(["1", "2"]),
    "objects": lambda: np.array([object(), None]),
    "numbers as objects": lambda: np.array([1, 2.5], dtype=object),
    "complex numbers": lambda: np.array([1 + 2j]),
    "a record": lambda: np.zeros(2, dtype=[("a", float)]),
    "a masked array": lambda: np.ma.array([1.0, 2.0], mask=[False, True]),
    "a matrix": lambda: np.asmatrix([[1, 2]]),
    "nothing": lambda: np.array([]),
    "bools": lambda: np.array([True]),
    "a date": lambda: np.datetime64("2020-01-01"),
    "not a number": lambda: float("nan"),
    "a huge number": lambda: 10**400,
    "a fraction": lambda: Fraction(1, 3),
    "a decimal number": lambda: Decimal("1.5"),
    "a number as text": lambda: "1.5",
    "bytes": lambda: b"x",
    "a set": lambda: {1},
    "an iterator": lambda: iter([1]),
    "rows of other lengths": lambda: [[1, 2], [3]],
    "a list of None": lambda: [None, None],
    "a list of itself": endless_list,
    "an ellipsis": lambda: ...,
    "a module": lambda: np,
    "a type": lambda: int,
    "an incomparable thing": Incomparable,
}


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_an_odd_result_is_told_and_earns_nothing(lesson, exercise):
    for name, make in ODD.items():
        if exercise.kind == "function":
            answers = {exercise.names[0]: lambda *args, _make=make, **kwargs: _make()}
        else:
            answers = {n: make() for n in exercise.names}
        result = check(exercise, answers, [0])
        assert result.points == 0 and result.message, f"{name}: {result}"
        assert as_html(result) and as_text(result), name
