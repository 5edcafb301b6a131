"""Lesson 06a: its pictures, the forty lines of its title, and the messages that its table of troubles names."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from course_utils.lessons.lesson_06a_autograd import picture
from course_utils.lessons.lesson_06a_autograd.back_order import from_last_to_first
from course_utils.lessons.lesson_06a_autograd.backward import gradients_of
from course_utils.lessons.lesson_06a_autograd.graphs import PQ, VW, computed, doubling
from course_utils.lessons.lesson_06a_autograd.value import Value

LESSON = lessons.load("06a_autograd")
SOURCE = (Path(__file__).parents[3] / "solutions" / "06a_autograd" / "06a_autograd.py").read_text("utf-8")
ANSWERS = ("Value", "back_order", "backward", "tanh")


def answers():
    """The solution's classes and functions, as the lesson has them."""
    tree = ast.parse(SOURCE)
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}


def without_docstrings(node):
    for part in ast.walk(node):
        if isinstance(part, ast.ClassDef | ast.FunctionDef) and ast.get_docstring(part):
            part.body = part.body[1:]
    return ast.unparse(node)


def test_it_is_forty_lines():
    text = "\n".join(without_docstrings(answers()[name]) for name in ANSWERS)
    assert 30 <= len([line for line in text.splitlines() if line.strip()]) <= 40


def machine():
    """The answers of the solution, ready to use."""
    space = {"np": np}
    exec("\n".join(ast.unparse(answers()[name]) for name in ANSWERS), space)
    return space


def test_the_lesson_s_machine_gives_what_a_tape_gives():
    space = machine()
    rng = np.random.default_rng(0)
    numbers = rng.normal(size=4)
    w1, w2, x, b = map(space["Value"], numbers)
    hidden = space["tanh"](w1 * x + b)
    last = space["tanh"](w2 * hidden + hidden * x) * hidden
    space["backward"](last)
    import tensorflow as tf

    v1, v2, vx, vb = map(tf.Variable, numbers)
    with tf.GradientTape() as tape:
        h = tf.tanh(v1 * vx + vb)
        theirs = tf.tanh(v2 * h + h * vx) * h
    expected = [gradient.numpy() for gradient in tape.gradient(theirs, [v1, v2, vx, vb])]
    assert np.allclose([v.grad for v in (w1, w2, x, b)], expected, rtol=1e-12)


def test_the_text_tells_the_true_losses_beside_a_graph_that_is_out_of_date():
    rows = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    targets, w = np.array([-1, -1, -1, 1]), np.array([0.5, -0.5, 0.0])

    def slopes(w):
        out = np.tanh(rows @ w)
        return rows.T @ (2 * (out - targets) * (1 - out**2))

    old = slopes(w)
    path = [w - 0.1 * step * old for step in range(5)]
    losses = [np.sum((np.tanh(rows @ w) - targets) ** 2) for w in path]
    told = ", ".join(f"{loss:.2f}" for loss in losses[:4])
    assert f"The true loss falls at first: {told}. Only then it rises." in SOURCE
    assert losses[4] > losses[3]
    assert [slopes(w) @ old > 0 for w in path] == [True, True, True, False, False], "three steps lead downhill"


def test_the_gradients_of_the_neuron_that_the_text_finds_by_hand():
    made, data = machine(), (0.5, -0.5, 0.0, 1.0, 1.0, -1.0)
    w1, w2, b, x1, x2, minus = map(made["Value"], data)
    z = w1 * x1 + w2 * x2 + b
    h = made["tanh"](z)
    e = h + minus
    last = e * e
    made["backward"](last)
    assert [value.data for value in (z, h, e, last)] == [0, 0, -1, 1]
    assert [value.grad for value in (e, h, z, b, w1)] == [-2] * 5
    assert "so `w1` gets $-2 \\cdot 1 = -2$" in SOURCE


def test_the_picture_tells_every_value():
    _, text = picture.branching()
    for said in (
        "a = 3;",
        "b = 2;",
        "p = 6, from a with slope 2 and b with slope 3",
        "L = 24, from p with slope 4 and q with",
    ):
        assert said in text
    assert "gradient" not in text
    values = computed(Value, {"a": 3.0, "b": 2.0, "c": 1.0}, PQ)
    gradients_of(values["L"])
    assert {"a = 3, gradient 14", "b = 2, gradient 12", "c = 1, gradient 6"} <= set(
        picture.graph(values["L"], values).alt.partition("right. ")[2].rstrip(".").split("; ")
    )


def test_turns_fill_in_the_gradients():
    seen = [re.findall(r"gradient (\d+)", picture.two_ways(turns).alt) for turns in range(6)]
    assert seen[0] == ["0", "0", "0", "0", "1"] and seen[1] == ["0", "0", "8", "6", "1"]
    assert seen[2] == ["6", "0", "14", "6", "1"] and seen[3] == seen[5] == ["48", "28", "14", "6", "1"]
    with pytest.raises(ValueError, match="0 to 5 turns"):
        picture.two_ways(6)


def test_lines_do_not_lie_on_values():
    values = computed(Value, {"a": 2.0, "b": 3.0}, VW)
    places = picture._places(from_last_to_first(values["L"]))
    assert len(set(places.values())) == len(values)


def test_a_graph_that_cannot_be_read_is_refused():
    last = computed(Value, {"a": 1.0}, doubling(30))["L"]
    with pytest.raises(ValueError, match="31 values cannot be read"):
        picture.graph(last, {})


def forgotten_comma():
    last = Value(0.5, (Value(1.0),), np.float64(0.36))
    for _ in zip(last.parents, last.slopes, strict=False):
        pass


def used_tape():
    import tensorflow as tf

    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        square = v * v
    for _ in range(2):
        tape.gradient(square, v)


def asked_for_an_array():
    import tensorflow as tf

    with tf.GradientTape() as tape:
        square = tf.Variable(3.0) ** 2
    tape.gradient(square, np.ones(3))


TROUBLES = [
    (lambda: Value(2.0) + 1.0, AttributeError),
    (lambda: None * Value(2.0), TypeError),
    (forgotten_comma, TypeError),
    (used_tape, RuntimeError),
    (asked_for_an_array, AttributeError),
]


@pytest.mark.parametrize(("use", "error"), TROUBLES)
def test_the_table_of_troubles_names_real_messages(use, error):
    with pytest.raises(error) as raised:
        use()
    named = re.findall(r"^# \| `([^`]+)` \|", SOURCE.partition("## If something goes wrong")[2], re.MULTILINE)
    assert sum(message in str(raised.value) for message in named) == 1, raised.value


def test_a_walk_that_remembers_nothing_ends_in_time():
    def every_way(last):
        found = []

        def visit(value):
            found.append(value)
            for parent in value.parents:
                visit(parent)

        visit(last)
        return found

    result = check(LESSON["back-order"], {"back_order": every_way}, [0])
    assert result.status == "wrong" and result.points == 0
