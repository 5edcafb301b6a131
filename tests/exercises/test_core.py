"""The model itself: stubs, comparison, stages, points, panels, and both surroundings of a check."""

import contextlib
import copy
import linecache
import re

import numpy as np
import pytest

from course_utils.exercises import (
    FunctionExercise,
    Lesson,
    Points,
    ValuesExercise,
    check,
    difference,
    edge,
    is_stub,
    random,
    small,
    using,
)
from course_utils.exercises.compare import changed, unchanged
from course_utils.exercises.result import Mismatch, Result
from course_utils.notebook.context import Notebook
from course_utils.notebook.panel import Panel, as_html, as_text
from tests.exercises.table import written


def stub(x):
    """Only a docstring."""
    ...


def returns_a_constant(x):
    return 5


class HalfDone:
    def __init__(self):
        self.n = 0

    def forward(self, x): ...


@pytest.mark.parametrize(
    "answer, expected",
    [
        (..., True),
        (stub, True),
        (lambda x: None, True),
        (returns_a_constant, False),
        (len, False),
        (5, False),
        (None, False),
        (HalfDone, True),
        (Points, False),
        (np.ones(2), False),
    ],
)
def test_stubs_are_told_from_answers(answer, expected):
    assert is_stub(answer) is expected


SAME = [
    (1.0, np.float32(1.0)),
    (1, 1.0),
    (np.array(2.0), 2.0),
    ([1, 2], (1.0, 2.0)),
    (True, np.True_),
    ("a", "a"),
    (None, None),
    ({"a": 1}, {"a": 1.0}),
    (np.ones(3), np.ones(3, np.float32) + np.float32(5e-5)),
    (np.array([np.nan]), np.array([np.nan])),
    (np.array(["a", "b"]), np.array(["a", "b"])),
]
DIFFERENT = [
    (1.0, 1.001, "value"),
    (1.0, "1", "type"),
    (1.0, None, "type"),
    (True, 1, "type"),
    (np.ones(2), [1, 1], "type"),
    (np.ones(2), np.ones((2, 1)), "shape"),
    ([1, 2], [1, 2, 3], "shape"),
    ([1, 2], [1, 3], "value"),
    ({"a": 1}, {"b": 1}, "shape"),
    ({"a": 1}, {"a": 2}, "value"),
    ("a", "b", "value"),
    (np.ones(3), np.ones(3) + 1e-5, "value"),
    (np.ones(1), np.array([np.nan]), "value"),
    (np.array(["a"]), np.array(["b"]), "value"),
    (np.array([1.0]), np.array(["1"]), "type"),
    (2.0, 2.0 + 1e-3j, "value"),
]


@pytest.mark.parametrize("expected, observed", SAME)
def test_equally_good_values(expected, observed):
    assert difference(expected, observed) is None


@pytest.mark.parametrize("expected, observed, stage", DIFFERENT)
def test_values_that_differ(expected, observed, stage):
    assert difference(expected, observed).stage == stage


ARRAYS = [
    (np.ones(1), np.array([10**30]), "it should be an array of numbers, but is an array of Python objects"),
    (np.ones(1), np.array(["1"]), "it should be an array of numbers, but is an array of texts"),
    ([1.0], np.array([None]), "it should be a list or tuple, but is an array of Python objects of shape (1,)"),
    ("yes", np.array(["yes"]), "it should be a string, but is an array of texts of shape (1,)"),
    ("yes", np.ones(2), "it should be a string, but is a NumPy array of shape (2,)"),
    (1.0, np.array("1"), "it should be a number, but is an array of texts"),
    ({"a": np.ones(1)}, {"a": np.array(["1"])}, "`a` should be an array of numbers, but is an array of texts"),
]


@pytest.mark.parametrize("expected, observed, told", ARRAYS)
def test_an_array_is_called_by_what_it_holds(expected, observed, told):
    assert difference(expected, observed).message == told


def test_an_object_that_claims_to_equal_everything_is_no_right_answer():
    class Liar:
        def __eq__(self, other):
            return True

        __hash__ = None

    class LyingArray(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

        __hash__ = None

    assert difference(3.0, Liar()).stage == "type"
    assert difference(np.ones(3), np.zeros(3).view(LyingArray)).stage == "value"


@pytest.mark.parametrize(
    "before, after, same",
    [
        ([1, 2], [1, 3], False),
        ([1.0, [2]], [1.0, [2]], True),
        ({"a": np.ones(2)}, {"a": np.zeros(2)}, False),
        (np.array([np.nan]), np.array([np.nan]), True),
        ([1], [1, 2], False),
        ({"a": 1}, {}, False),
        ("x", "x", True),
    ],
)
def test_changed_inputs_are_noticed(before, after, same):
    assert unchanged(before, after) is same


def double(x):
    return 2 * x


@pytest.fixture
def lesson():
    twice = FunctionExercise("twice", reference=double, points=10)

    @twice.cases
    def _(rng):
        yield small("one and two", np.array([1.0, 2.0]))
        yield random("a row", rng.normal(size=3))
        yield edge("empty", np.zeros(0))

    @twice.mistake("squares", "2 x is not x squared.")
    def _(x):
        return x**2

    numbers = ValuesExercise("numbers", points=3, reference=lambda: {"a": 1.0, "b": 2.0, "c": 3.0})
    return Lesson("99_test", "A lesson for tests", [twice, numbers])


def only_some(x):
    if len(x) == 2:
        return 2 * x
    raise IndexError("planted")


def in_place(x):
    x *= 2
    return x


ANSWERS = {
    "right": (written(double), "passed", 10, None),
    "mistake": (lambda x: x**2, "wrong", 0, "squares"),
    "right but changes x": (in_place, "partial", 9, None),
    "small case only": (only_some, "partial", 5, None),
    "raises": (lambda x: x / "a", "error", 0, None),
    "asks for the exit": (lambda x: exit(), "error", 0, None),
    "not implemented": (lambda x: (_ for _ in ()).throw(NotImplementedError), "not_attempted", 0, None),
    "nothing returned": (lambda x: print(end=""), "wrong", 0, None),
    "no function": (3, "wrong", 0, None),
    "stub": (stub, "not_attempted", 0, None),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_stages_and_points(lesson, name):
    answer, status, points, mistake = ANSWERS[name]
    result = check(lesson["twice"], {"twice": answer}, [0, 1, 2])
    assert (result.status, result.points, result.mistake) == (status, points, mistake), result
    if status == "passed":
        assert all(stage.state == "passed" for stage in result.stages) and not result.message
    else:
        assert result.message


def test_values_earn_their_share_and_tell_what_is_left(lesson):
    result = check(lesson["numbers"], {"a": 1.0, "b": 5.0, "c": ...}, [0])
    assert (result.status, result.points) == ("partial", 1)
    assert [stage.state for stage in result.stages] == ["passed", "failed", "failed"]
    assert check(lesson["numbers"], {"a": ..., "b": ..., "c": ...}, [0]).status == "not_attempted"
    assert check(lesson["numbers"], {"a": 1.0}, [0]).points == 1


def area() -> ValuesExercise:
    made = ValuesExercise("area", points=3, reference=lambda: {"width": 3, "area": 12, "price": 24})
    made.follows("area", lambda width: 4 * width)
    made.follows("price", lambda area: 2 * area)
    made.wrong("too-wide", "How wide?", width=4)
    made.wrong("wide-area", "Which width?", area=16)
    return made


FOLLOWING = "`area` and `price` follow rightly from your other values: once those are right, work them out again."


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((4, 16, 32), f"How wide? {FOLLOWING}"),
        ((5, 20, 40), f"Look at `width`: the number differs. {FOLLOWING}"),
        ((4, 12, 24), "How wide?"),
        (
            (4, 16, 24),
            "How wide? `area` follows rightly from your other values: once those are right, work it out again.",
        ),
        ((4, 17, 24), "How wide? Look at `area` as well."),
        ((3, 16, 24), "Which width?"),
        (
            ("4", ..., None),
            "Look at `width`: it is a text; write the number without quotation marks, "
            "and without a space or a comma in it.",
        ),
    ],
)
def test_what_follows_from_a_wrong_value_is_not_asked_about_again(values, message):
    assert check(area(), dict(zip(("width", "area", "price"), values, strict=True)), [0]).message == message


@pytest.mark.parametrize(
    ("name", "rule", "told"),
    [
        ("area", lambda width: 5 * width, "do not lead to the right area"),
        ("width", lambda area: area / 4, "can follow from names before it only"),
        ("area", lambda height: height, "not for height"),
    ],
)
def test_a_rule_must_lead_from_right_values_to_a_right_one(name, rule, told):
    with pytest.raises(ValueError, match=told):
        area().follows(name, rule)


def test_a_name_that_is_nearly_right_is_pointed_out(lesson):
    assert "but there is `twise`" in check(lesson["twice"], {"twise": double, "x": 1}, [0]).message
    assert "Run the cell above" in check(lesson["twice"], {"double": double}, [0]).message


def test_the_changed_input_is_named(lesson):
    message = check(lesson["twice"], {"twice": in_place}, [0]).message
    assert "the result is right, but your code changed its input `x` in the line `x *= 2`." in message


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ({"W": np.ones(2)}, {"W": np.zeros(2)}, "params['W']"),
        ({"W": 1}, {}, "the names in params"),
        ([1, [2, 3]], [1, [2, 4]], "params[1][1]"),
        ([1, 2], [1], "params (2 items became 1)"),
        ([1, 2, 3], [3, 1, 2], "params (in another order)"),
        ([1, 2, 3], [3, 1, 1], "params[0]"),
        ([{"a": 1}, {"a": [1, 2]}], [{"a": [1, 2]}, {"a": 1}], "params (in another order)"),
        ([1, [3, 2]], [1, [2, 3]], "params[1] (in another order)"),
        ({"W": np.array([[2, 1]])}, {"W": np.array([[1, 2]])}, "params['W'] (in another order)"),
        (np.array([2, 1]), np.array([2.0, 1.5]), "params"),
        ([1, 2], [np.ones(2), 1], "params[0]"),
        (np.array([np.nan]), np.array([np.nan]), ""),
    ],
)
def test_the_place_of_a_change_is_named(before, after, place):
    assert changed(before, after, "params") == place


class Recorder(Notebook):
    namespace = None

    def __init__(self):
        self.namespace, self.heard = {"twice": written(double)}, []

    def show(self, lesson, result):
        self.heard.append(result)


def test_check_shows_its_panel_and_evaluates_to_the_points(lesson):
    with using(Recorder()) as here:
        points = lesson.check("twice")
        hidden = lesson.grade("twice")
    assert (repr(points), repr(hidden)) == ("10.0", "10.0")
    assert [result.hidden for result in here.heard] == [False, True]


def test_hidden_grading_draws_fresh_cases_and_keeps_them_to_itself(lesson):
    drawn = []

    def spy(x):
        drawn.append(x.copy())
        return x**2

    with using(Recorder()) as here:
        here.namespace = {"twice": spy}
        lesson.check("twice")
        visible = [x.tolist() for x in drawn if x.size == 3]
        lesson.grade("twice")
        fresh = [x.tolist() for x in drawn if x.size == 3][len(visible) :]
    assert visible and len(fresh) >= 3 and not [x for x in fresh if x in visible]
    assert here.heard[0].mismatch is not None and here.heard[1].mismatch is None


def test_an_answer_that_warns_leaves_stderr_alone(lesson, capfd):
    with using(Recorder()) as here:
        here.namespace = {"twice": lambda x: 2 * x + 0 * np.log(np.zeros(len(x)) + 0 * x[:1].sum())}
        lesson.check("twice")
    assert capfd.readouterr().err == ""


def test_panels_escape_what_the_student_wrote(lesson):
    result = check(lesson["twice"], {"twice": lambda x: "<script>alert(1)</script>"}, [0])
    assert "<script>" not in as_html(result)

    def attack(x):
        raise ValueError("<img src=x onerror=alert(1)>")

    result = check(lesson["twice"], {"twice": attack}, [0])
    assert "<img" not in as_html(result) and "<img" in as_text(result)


def test_panels_tell_states_by_sign_and_word(lesson):
    result = check(lesson["twice"], {"twice": lambda x: x**2}, [0])
    for panel in (as_html(result), as_text(result)):
        assert "Not yet" in panel and "✗" in panel and "0 of 10 points" in panel and "2 x is not x squared." in panel
    assert "[1. 4.]" in as_text(result) and "[2. 4.]" in as_text(result)


@pytest.mark.parametrize(
    ("expected", "observed", "marked"),
    [
        (np.array([5.0, 0.0, 0.0]), np.array([5.0, 0.00003, 0.0]), "✗ 3e-05"),
        (np.array([1.0, 2.0]), np.array([1.0, 2.00002]), "✗ 2.00002"),
        (
            np.array([[8.0, 12.0]]),
            np.array([[8.0000041, 12.0]]),
            None,
        ),  # float64 within 1e-6 of 8: the check lets it pass
        (np.array([8.0, 12.0]), np.array([7.99998, 12.0]), "✗ 7.99998"),
    ],
)
def test_the_panel_marks_what_the_check_rejects_with_digits_that_differ(expected, observed, marked):
    result = Result("e", "E", "wrong", 0.0, 1.0, mismatch=Mismatch("a case", (), expected, observed))
    if marked is None:
        assert difference(expected, observed) is None and as_html(result).count("✗ ") == 1  # the headline's
        return
    assert marked in as_html(result) and as_html(result).count("✗ ") == 2
    lines = [line.split(maxsplit=1)[1] for line in as_text(result).splitlines()[-2:]]
    assert lines[0] != lines[1], lines


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (np.array([0.91234, 0.91235]), ("0.91234", "0.91235")),
        (np.array([0.1 + 0.2, 0.3, 0.123456]), ("0.3", "0.1235")),  # what the check does not tell apart stays short
        (np.array([np.nan, 0.123456]), ("nan", "0.1235")),
    ],
)
def test_numbers_of_an_input_that_differ_are_seen_to_differ(numbers, shown):
    result = Result("e", "E", "wrong", 0.0, 1.0, mismatch=Mismatch("a case", (("x", numbers),), 1, 2))
    for text in shown:
        assert f">{text}</td>" in as_html(result) and re.search(rf"[\[ ]{text}[] ]", as_text(result))


def test_the_panel_of_a_relu_that_is_off_by_little(lesson):
    """What is told as "1 of 3 numbers differ" must be seen to differ."""
    result = check(lesson["twice"], {"twice": lambda x: 2 * x + 3e-5 * (x == 1)}, [0])
    assert "1 of 2 numbers differ" in result.message and "2.00003" in as_html(result) and "2.00003" in as_text(result)
    assert repr(Panel(result)) == as_text(result)


def test_an_image_with_one_channel_reads_as_its_table():
    image, other = np.arange(4.0).reshape(1, 2, 2, 1), np.array([[0.0, 1.0], [2.0, 9.0]]).reshape(1, 2, 2, 1)
    result = Result("e", "E", "wrong", 0.0, 1.0, mismatch=Mismatch("an image", (("x", image),), image, other))
    assert "[[0. 1.]\n" in as_text(result) and "shape (1, 2, 2, 1)" in as_text(result)
    html = as_html(result)
    assert html.count("<tr>") == 6 and html.count("✗ 9") == 1 and html.count("✗ ") == 2  # one sign is the headline's


def test_yours_is_the_course_s_until_it_passes(lesson, capsys):
    with using(Recorder()) as here:
        here.namespace = {"twice": in_place}
        assert lesson.yours("twice") is double and "until yours passes" in capsys.readouterr().out
        here.namespace = {"twice": lambda x: x + x}
        assert lesson.yours("twice") is here.namespace["twice"]


def test_an_unknown_or_doubled_exercise_is_refused(lesson):
    with pytest.raises(KeyError, match="it has: twice, numbers"):
        lesson.check("thrice")
    with pytest.raises(ValueError, match="choose another id"):
        Lesson("98_test", "Two of one name", [lesson["twice"], lesson["twice"]])


@pytest.mark.parametrize(
    "hint, html",
    [
        ("Look on *both* sides.", "Look on <em>both</em> sides."),
        ("It is *prediction minus truth*.", "It is <em>prediction minus truth</em>."),
        ("2 * 3 * 4 and 2*3*4 and x ** 2", "2 * 3 * 4 and 2*3*4 and x ** 2"),
        ("`a / 2 * h` is *not* `a / (2 * h)`", "<code>a / 2 * h</code> is <em>not</em> <code>a / (2 * h)</code>"),
        ("*<b>bold</b>*", "*&lt;b&gt;bold&lt;/b&gt;*"),
    ],
)
def test_emphasis_in_a_hint_is_shown_as_such(hint, html):
    assert html in as_html(Result("e", "E", "wrong", 0.0, 1.0, hint))


def test_a_function_among_the_inputs_is_shown_by_its_name():
    def cubes(x):
        return x

    result = Result("e", "E", "wrong", 0.0, 1.0, mismatch=Mismatch("a case", (("f", cubes),), 1.0, 2.0))
    for panel in (as_html(result), as_text(result)):
        assert "cubes" in panel and "0x" not in panel


def test_a_long_error_of_keras_is_told_in_its_own_sentence_only(lesson):
    def answer(x):
        raise ValueError(
            "Exception encountered when calling Dense.call().\n\n\x1b[1mInput 0 has the wrong shape.\x1b[0m\n\n"
            "Arguments received by Dense.call():\n  • inputs=..."
        )

    text = as_text(check(lesson["twice"], {"twice": answer}, [0]))
    assert "ValueError: Input 0 has the wrong shape." in text
    assert not any(word in text for word in ("\x1b", "Arguments", "Exception encountered", ".."))


def changes_array(x):
    top = x
    top -= top.max()
    return top + x.size


def changes_list(x):
    while len(x) > 1:
        x.pop()
    return x[0]


@pytest.mark.parametrize(
    ("answer", "given", "line"),
    [
        (changes_array, np.array([1.0, 2.0]), "top -= top.max()"),
        (changes_list, [1, 2], "x.pop()"),
        (lambda x: x["W"].fill(1) or 1.0, {"W": np.zeros(2)}, 'x["W"].fill(1)'),
    ],
)
def test_the_line_that_changes_an_input_is_shown(answer, given, line):
    exercise = FunctionExercise("answer", reference=lambda x: answer(copy.deepcopy(x)), points=1)
    exercise.cases(lambda rng: iter([small("this", given)]))
    message = check(exercise, {"answer": answer}, [0]).message
    assert "the result is right, but your code changed its input `x" in message and line in message
    assert ("list(x)" in message) == isinstance(given, list)


@pytest.mark.parametrize(
    ("answer", "given", "told"),
    [
        (lambda x: x.sort() or x[0], [2, 1], "put its input `x` into another order in the line `"),
        (lambda x: x[::-1].sort() or x[0], np.array([1.0, 2.0]), "put its input `x` into another order in the line `"),
        (lambda x: x[0].update(a=2) or 1, [{"a": 1}], "changed its input `x[0]['a']` in the line `"),
        (lambda x: x.append(1) or 1, [2], "(1 item became 2)` in the line `"),
        (lambda x: x.fill(1) or 1, np.zeros(2), "changed its input `x`"),
    ],
)
def test_how_an_input_was_changed_is_told_with_what_helps(answer, given, told):
    exercise = FunctionExercise("answer", reference=lambda x: answer(copy.deepcopy(x)), points=1)
    exercise.cases(lambda rng: iter([small("this", given)]))
    message = check(exercise, {"answer": answer}, [0]).message
    helps = (
        "sorted" if "order" in told else "deepcopy" if "['a']" in told else "list(x)" if "became" in told else "x *= 2"
    )
    assert told in message and [word for word in ("sorted", "deepcopy", "list(x)", "x *= 2") if word in message] == [
        helps
    ]


def pops_until_it_can(x):
    while len(x) > 1:
        with contextlib.suppress(ValueError):
            x.pop()
    return x[0]


def test_looking_for_the_line_that_changes_an_input_comes_to_an_end():
    exercise = FunctionExercise("answer", reference=lambda x: x[0], points=1)
    exercise.cases(lambda rng: iter([small("this", [1, 2])]))
    result = check(exercise, {"answer": pops_until_it_can}, [0], seconds=0.5)
    assert "the result is right, but your code changed its input `x" in result.message


HELPED = """
def helper(x):
    return x.missing
def twice(x):
    return helper(x)
"""
ALONE = "def twice(x):\n    return x.missing\n"
ENDLESS = "def twice(x):\n    return twice(x) + 1\n"
IN_A_LIBRARY = "import statistics\ndef twice(x):\n    return statistics.mean([])\n"


@pytest.mark.parametrize(
    "source, where, calls",
    [
        (HELPED, "return x.missing", ["line 5, in twice: return helper(x)", "line 3, in helper: return x.missing"]),
        (ALONE, "return x.missing", []),
        (ENDLESS, "return twice(x) + 1", ["your code, line 2, in twice: return twice(x) + 1  ("]),
        (IN_A_LIBRARY, "return statistics.mean([])", ["your code, line 3, in twice", "statistics.py, line"]),
    ],
    ids=["a helper", "one line", "without end", "a library"],
)
def test_the_calls_that_led_to_an_error_are_folded_below_it(lesson, source, where, calls, monkeypatch):
    monkeypatch.setitem(linecache.cache, "a cell", (len(source), None, source.splitlines(True), "a cell"))
    namespace = {}
    exec(compile(source, "a cell", "exec"), namespace)
    result = check(lesson["twice"], namespace, [0])
    html = as_html(result)
    assert f"(at `{where}`)" in result.message
    assert ("<details" in html) == bool(calls) and len(result.trace.splitlines()) in (0, 1, 2)
    assert all(call in html.split("<details")[-1] for call in calls)
    assert as_text(result).count("line 3, in helper") == 0


def test_another_error_of_the_same_kind_is_not_the_known_mistake():
    exercise = FunctionExercise("product", reference=lambda x: x @ x.T, points=1)
    exercise.solutions = ()

    @exercise.cases
    def _(rng):
        yield small("two rows", np.ones((2, 3)))
        yield random("three rows", rng.normal(size=(3, 2)))

    @exercise.mistake("not-transposed", "Which of the two is to be turned?")
    def _(x):
        return x @ x

    def unfit(x):
        return np.dot(x, x)

    def other(x):
        return x + np.ones(7)

    assert check(exercise, {"product": unfit}, [0]).mistake == "not-transposed"
    assert check(exercise, {"product": other}, [0]).mistake is None


def test_a_fresh_case_shares_nothing_that_can_change():
    x, items = np.ones(2), [1, [2]]
    case = small("one array, three times", x, x, items, 1.5, key=x)
    fresh = case.fresh()
    assert fresh.args[0] is fresh.args[1] is fresh.kwargs["key"] is not x
    fresh.args[0][0], _ = 7, fresh.args[2][1].append(3)
    assert x.tolist() == [1, 1] and items == [1, [2]] and fresh.args[3] == 1.5
