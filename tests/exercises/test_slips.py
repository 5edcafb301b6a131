"""Slips: one text of a right answer replaced; two of them at once; and what is refused."""

import numpy as np
import pytest

from course_utils.exercises import FunctionExercise, ValuesExercise, check, edge, random, small
from course_utils.exercises.recognise import MOST_PAIRS
from course_utils.exercises.table import both, mistakes_in, pairs
from tests.exercises.table import MISTAKES, checked


def line(x):
    return 3 * x + 1


@pytest.fixture
def exercise():
    exercise = FunctionExercise("line", reference=line, points=10)

    @exercise.cases
    def _(rng):
        yield small("two", np.array([2.0]))
        yield random("a row", rng.normal(size=4))

    exercise.variant("in one line")(line)

    @exercise.variant("a class of its own")
    class Line:
        def __new__(cls, x):
            slope, height = 3, 1
            return slope * x + height

    exercise.slip("twice", "How often is x taken?", "3 * x", "2 * x")
    exercise.slip("one-less", "Which sign stands before the 1?", "+ 1", "- 1")
    exercise.slip("added-first", "Three times comes first.", "3 * x + 1", "3 * (x + 1)")
    exercise.slip("no-height", "What is to be added?", " + height", "", of="a class of its own")
    return exercise


def test_a_slip_is_the_variant_with_one_text_replaced(exercise):
    found = {m.name: m for m in exercise.mistakes}
    assert found["twice"].source == "def line(x):\n    return 2 * x + 1\n"
    assert found["twice"].answer(np.array([2.0])) == 5
    assert "return slope * x\n" in exercise.source_of(found["no-height"])
    assert exercise.source_of(found["no-height"]).startswith("class line:")
    assert found["no-height"].answer(2.0) == 6


@pytest.mark.parametrize(
    ("right", "wrong", "of", "words"),
    [
        ("4 * x", "x", "", "stands there 0 times"),
        ("x", "y", "", "stands there 2 times"),
        ("3 * x", "3 * (x", "", "line/planted: "),  # not Python
        ("3 * x", "2 * x", "a loop", "needs the variant 'a loop'"),
    ],
)
def test_a_slip_that_cannot_be_made_does_not_load(exercise, right, wrong, of, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        exercise.slip("planted", "A hint.", right, wrong, of=of)


def test_a_slip_needs_a_variant_above_it():
    with pytest.raises(ValueError, match="registered above it"):
        FunctionExercise("bare", reference=line, points=1).slip("planted", "A hint.", "3", "2")


def test_pairs_are_of_one_variant_and_do_not_overlap(exercise):
    assert [(a.name, b.name) for a, b in pairs(exercise.mistakes)] == [("twice", "one-less")]
    assert len(list(pairs(exercise.mistakes))) <= MOST_PAIRS


def test_two_mistakes_at_once_are_both_told(exercise):
    result = check(exercise, {"line": lambda x: 2 * x - 1}, [0])
    assert result.mistake == "twice + one-less"
    assert mistakes_in(result.mistake) == ["twice", "one-less"]
    told = (
        "Two things, each told as if it were the only one: How often is x taken? And: Which sign stands before the 1?"
    )
    assert result.message == told
    assert result.points == 0


def test_one_mistake_is_told_alone_and_an_unknown_one_by_its_case(exercise):
    assert check(exercise, {"line": lambda x: 2 * x + 1}, [0]).mistake == "twice"
    assert check(exercise, {"line": lambda x: 5 * x}, [0]).mistake is None


def test_a_pair_that_only_fits_the_small_case_is_not_told(exercise):
    assert check(exercise, {"line": lambda x: np.where(x == 2, 3.0, 0.0)}, [0]).mistake is None


def half(n):
    i, steps = 0, 0
    while i != n:
        i += 1
        steps += 0.5
    return steps


def test_two_slips_that_together_have_no_end_are_given_up():
    exercise = FunctionExercise("half", reference=half, points=1)
    exercise.cases(lambda rng: [small("four", 4), random("eight", 8)])
    exercise.variant("counted")(half)
    exercise.slip("from-one", "Where does it begin?", "i, steps = 0, 0", "i, steps = 1, 0")
    exercise.slip("by-two", "How long is a step?", "i += 1", "i += 2")
    assert check(exercise, {"half": lambda n: n / 4}, [0]).mistake == "by-two"
    assert check(exercise, {"half": lambda n: n / 3}, [0]).mistake is None  # the pair goes from 1 by 2 past 4


def test_the_source_of_both_holds_both_texts(exercise):
    one, other = next(pairs(exercise.mistakes))
    assert both(one, other).source == "def line(x):\n    return 2 * x - 1\n"


def test_values_are_known_by_their_names():
    exercise = ValuesExercise("numbers", points=2, reference=lambda: {"a": 1.0, "b": 2.0})
    exercise.wrong("swapped", "Which one is larger?", a=2.0, b=1.0)
    exercise.right("whole numbers", a=1)
    assert check(exercise, {"a": 2.0, "b": 1.0}, [0]).mistake == "swapped"
    assert check(exercise, {"a": 1, "b": 2.0}, [0]).status == "passed"
    assert exercise.source_of(exercise.mistakes[0]) == "a = 2.0\nb = 1.0\n"
    with pytest.raises(ValueError, match="asks for a, b, not for c"):
        exercise.wrong("planted", "A hint.", c=1.0)


@pytest.mark.parametrize(
    ("nothing", "others", "told"),
    [
        ("x / 0", "2 * x + 1", "twice"),  # an error
        ("np.nan", "2 * x + 1", "twice"),
        ("7.0", "2 * x + 1", None),  # a number: another mistake
        ("x / 0", "3 * x + 1", None),  # all else is right
    ],
)
def test_a_mistake_is_known_where_an_edge_case_alone_breaks(exercise, nothing, others, told):
    @exercise.cases
    def _(rng):
        yield small("two", 2.0)
        yield random("a number", float(rng.normal()))
        yield edge("nothing", 0.0)

    names = {"np": np}
    exec(f"def line(x):\n    return {nothing} if x == 0 else {others}\n", names)
    result = check(exercise, names, [0, 1, 2])
    assert result.mistake == told
    assert result.status != "passed"


CLAIMS = [
    pytest.param(exercise, claim, other, id=f"{exercise.id}-{claim.name}-{other.name}")
    for exercise, claim in (p.values for p in MISTAKES)
    if claim.hint.startswith("Right, except") and exercise.runs_mistakes
    for pair in pairs(exercise.mistakes)
    if claim in pair
    for other in pair
    if other is not claim
]


@pytest.mark.parametrize(("exercise", "claim", "other"), CLAIMS)
def test_an_answer_that_is_wrong_in_two_ways_is_not_told_right_except_for_one(exercise, claim, other):
    result = checked(exercise, both(*sorted((claim, other), key=exercise.mistakes.index)).answer, 0)
    assert result.mistake != claim.name, result
