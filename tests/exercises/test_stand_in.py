"""A wrong earlier answer costs nothing later: what stands in, what is told, and that all is put back."""

from __future__ import annotations

import contextlib
import re

import numpy as np
import pytest

from course_utils import nn
from course_utils.exercises import FunctionExercise, Lesson, ModelExercise, small, using
from course_utils.exercises.stand_in import called_as, standing_in

double = FunctionExercise("double", reference=lambda x: 2 * x, points=1)
fourfold = FunctionExercise("fourfold", reference=lambda x: 4 * x, points=1)
pair = ModelExercise("pair", reference=lambda: [2, 4], points=1)
for function in (double, fourfold):

    @function.cases
    def _(rng):
        yield small("three", 3)


@pair.cases
def _(rng):
    yield small("as it is")


@pair.drive
def _(made):
    return made


toy = Lesson("toy", "Toy", [double, fourfold, pair])
WRONG, RIGHT = "def double(x): return x + 1", "def double(x): return x + x"


class Here:
    """A notebook's context without IPython."""

    in_place = True

    def __init__(self):
        self.namespace, self.passed, self.shown = {"np": np, "In": [""]}, set(), []

    def hidden_seed(self, exercise):
        return 1

    def standing_in(self, lesson, exercise, earlier):
        return standing_in(toy[exercise], [toy[id] for id in earlier], self.namespace)

    def show(self, lesson, result):
        self.shown.append(result)
        (self.passed.add if result.status == "passed" else self.passed.discard)((lesson, result.exercise))

    def run(self, source):
        self.namespace["In"].append(source)
        exec(source, self.namespace)

    def check(self, id):
        before = {name: value for name, value in self.namespace.items() if name != "In"}
        with using(self):
            toy.check(id)
        assert {name: value for name, value in self.namespace.items() if name != "In"} == before
        return self.shown[-1]


LEANING = {  # an answer to fourfold that needs double
    "a call": "def fourfold(x): return double(double(x))",
    "a call through another function": "def twice(x): return double(x)\ndef fourfold(x): return 2 * twice(x)",
    "a call in a comprehension": "def fourfold(x): return sum([double(v) for v in (x, x)])",
    "a call in an inner function": "def fourfold(x):\n    def inner(y): return double(y)\n    return inner(inner(x))",
    "a static method": "class C:\n    @staticmethod\n    def f(x): return double(x)\n"
    "def fourfold(x): return 2 * C.f(x)",
}
ALONE = {  # one that does not
    "no call": "def fourfold(x): return 4 * x",
    "an attribute of that name": "class C: double = 2\ndef fourfold(x): return 2 * C.double * x",
    "a local variable of that name": "def fourfold(x):\n    double = 2 * x\n    return 2 * double",
}


@pytest.mark.parametrize("source", LEANING.values(), ids=LEANING)
@pytest.mark.parametrize("earlier", [WRONG, "def double(x):\n    '''To do.'''", "double = 5", ""])
def test_the_course_s_answer_stands_in_for_one_that_has_not_passed(source, earlier):
    here = Here()
    here.run(earlier)
    assert here.check("double").status != "passed"
    here.run(source)
    result = here.check("fourfold")
    assert (result.status, result.points) == ("passed", 1.0)
    assert result.message == "As `double` has not passed its check yet, the course’s was used here."


@pytest.mark.parametrize("source", LEANING.values(), ids=LEANING)
def test_an_answer_that_passed_is_used_itself(source):
    here = Here()
    here.run(RIGHT)
    here.check("double")
    here.run(source)
    assert (here.check("fourfold").status, here.shown[-1].message) == ("passed", "")


@pytest.mark.parametrize("source", ALONE.values(), ids=ALONE)
def test_nothing_is_said_where_it_is_not_used(source):
    here = Here()
    here.run(WRONG)
    here.run(source)
    assert (here.check("fourfold").status, here.shown[-1].message) == ("passed", "")


def test_a_wrong_later_answer_is_told_its_own_mistake_and_what_stood_in():
    here = Here()
    here.run(WRONG)
    here.run("def fourfold(x): return double(x) + 1")
    result = here.check("fourfold")
    assert result.status == "wrong" and "the number differs" in result.message and result.message.endswith("used here.")


def test_one_that_passed_and_then_failed_counts_as_failed():
    here = Here()
    for source, status in ((RIGHT, "passed"), (WRONG, "wrong")):
        here.run(source)
        assert here.check("double").status == status
    here.run(LEANING["a call"])
    assert "was used here" in here.check("fourfold").message


def test_an_object_is_made_anew_with_what_stands_in():
    here = Here()
    here.run(WRONG)
    here.run("def fourfold(x): return 5 * x")
    here.run("print('made')\npair = [double(1), fourfold(1)]")
    made = here.namespace["pair"]
    result = here.check("pair")
    assert result.status == "passed" and "`double` and `fourfold` have not passed their checks yet" in result.message
    assert here.namespace["pair"] is made == [2, 5]


@pytest.mark.parametrize("cell", ["pair = [double(1), 5]", "pair = [double(1), 4 / 0 if fourfold(1) == 4 else 5]"])
def test_an_object_that_is_wrong_all_the_same_stays_wrong(cell):
    here = Here()
    here.run(WRONG)
    here.run("def fourfold(x): return 5 * x")
    here.run(cell)
    assert here.check("pair").status == "wrong"


def test_a_cell_that_checks_is_not_run_again():
    here = Here()
    here.run(WRONG)
    here.namespace |= {"lesson": toy, "pair": [3, 4]}
    here.namespace["In"].append("pair = [double(1), 4]\nlesson.check('pair')")
    assert here.check("pair").status == "wrong" and len(here.shown) == 1


def test_names_come_back_after_an_error():
    here = Here()
    here.run(WRONG)
    here.run(LEANING["a call"])
    mine = here.namespace["double"]
    with contextlib.suppress(KeyError), here.standing_in("toy", "fourfold", ["double"]) as used:
        assert used == ["double"] and here.namespace["double"].__wrapped__ is double.reference
        here.namespace["left"] = 1
        raise KeyError
    assert here.namespace["double"] is mine and "left" not in here.namespace


@pytest.mark.parametrize(
    ("function", "arguments", "told"),
    [
        (
            lambda image, kernel: nn.conv2d(image[None, :, :, None], kernel[:, :, None, None]),
            (np.ones((2, 2)), np.ones((3, 3))),
            "slide stopped at arguments of the shapes (2, 2) and (3, 3): a (3, 3) window does not fit",
        ),
        (lambda x, y: x @ y, (np.ones((2, 2)), np.ones((3, 3))), "slide stopped at arguments of the shapes (2, 2) and"),
        (lambda word: int(word), ("one",), "slide stopped: invalid literal"),
    ],
)
def test_the_courses_answer_complains_by_the_name_that_was_called(function, arguments, told):
    with pytest.raises(ValueError, match=f"^{re.escape(told)}"):
        called_as("slide", function)(*arguments)


def test_what_the_courses_answer_gives_and_raises_otherwise_is_left_as_it_is():
    assert called_as("add", lambda x, y: x + y)(1, y=2) == 3 and called_as("kind", dict) is dict
    with pytest.raises(KeyError, match="'a'"):
        called_as("first", lambda table: table["a"])({})
