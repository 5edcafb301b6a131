"""The scoreboard of lesson 06: what each row says, and that it follows a new answer without disturbing the notebook."""

import importlib

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import context
from course_utils.lessons.lesson_06_backprop.computation import LAST, NODES, lighting
from course_utils.lessons.lesson_06_backprop.network_backward import small_network, through_network
from course_utils.lessons.lesson_06_backprop.scoreboard import Board, compare

module = importlib.import_module("course_utils.lessons.lesson_06_backprop.scoreboard")
exercise = lessons.load("06_backprop")["network-backward"]
EXPECTED = np.array([[1.0, -2.0, 4.0], [0.0, 3.0, 0.5]])

ROWS = {
    "the same": (EXPECTED, "exact", "shape (2, 3)"),
    "rounding in float64": (EXPECTED * (1 + 1e-12), "exact", "shape"),
    "float32": ((EXPECTED + 1e-7).astype(np.float32), "close", "largest difference"),
    "a thousandth off": (EXPECTED * 1.0005, "close", "2.0e-03"),
    "twice": (2 * EXPECTED, "off", "2 times what it should be"),
    "half": (EXPECTED / 2, "off", "0.5 times"),
    "turned sign": (-EXPECTED, "off", "the sign is turned round"),
    "two wrong": (EXPECTED + np.eye(2, 3, k=1), "off", "2 of 6 numbers differ"),
    "all zeros": (0 * EXPECTED, "off", "5 of 6 numbers differ"),
    "lying on its side": (EXPECTED.T, "off", "shape (3, 2), should be (2, 3): transposed?"),
    "summed": (EXPECTED.sum(axis=0), "off", "shape (3,), should be (2, 3)"),
    "a list": (EXPECTED.tolist(), "exact", ""),
    "nan": (EXPECTED * np.nan, "off", "nan"),
    "words": ("not yet", "off", "should be an array"),
    "ragged": ([[1.0], [2.0, 3.0]], "off", "should be an array"),
    "nothing": (None, "to do", "shape (2, 3)"),
    "dots": (..., "to do", "shape (2, 3)"),
}


@pytest.mark.parametrize("seen, state, told", ROWS.values(), ids=ROWS)
def test_a_row_tells_state_and_reason(seen, state, told):
    row = compare("dW1", EXPECTED, seen)
    assert (row.name, row.state) == ("dW1", state) and told in row.told


def test_a_square_table_on_its_side_is_told():
    square = EXPECTED[:, :2]
    assert compare("dW2", square, square.T).told == "it lies on its side: transposed?"


def test_gradients_that_are_all_zero_are_compared_too():
    zeros = np.zeros((2, 2))
    assert compare("dz1", zeros, zeros).state == "exact"
    assert compare("dz1", zeros, zeros + 1).told == "4 of 4 numbers differ"


class Names:
    """A notebook with just these names."""

    def __init__(self, **namespace):
        self.namespace = namespace


def partly(*names):
    """An answer that has come as far as these gradients."""
    return lambda *case: {name: value for name, value in through_network(*case).items() if name in names}


@pytest.mark.parametrize(
    "answer, exact, note",
    [
        (partly("dz2"), 1, ""),
        (partly("dz2", "dW2", "db2"), 3, ""),
        (through_network, 7, ""),
        (None, 0, "Waits for `network_backward`"),
        (lambda *case: None, 0, "Waits for"),
        (lambda *case: [1, 2], 0, "should return a dict"),
        (lambda *case: case[0] @ np.ones(7), 0, "stopped with ValueError"),
    ],
)
def test_a_board_shows_how_far_the_answer_is(answer, exact, note):
    with context.using(Names(network_backward=answer)):
        board = Board(exercise, small_network())
    assert board.summary == f"{exact} of 7 exact" and note in board.note
    for form in (repr(board), board._repr_html_()):
        assert f"{exact} of 7 exact" in form and form.count("✓") == exact


def test_an_answer_that_changes_its_inputs_does_not_spoil_the_board():
    def answer(x, labels, *weights):
        gradients = through_network(x, labels, *weights)
        x[:] = 0
        return gradients

    case = small_network()
    with context.using(Names(network_backward=answer)):
        board = Board(exercise, case)
        board.refresh()
    assert board.summary == "7 of 7 exact" and case[0].any()


def test_what_a_student_returns_is_escaped():
    def answer(*case):
        raise ValueError("<script>alert(1)</script>")

    with context.using(Names(network_backward=answer)):
        assert "<script>" not in Board(exercise, small_network())._repr_html_()


class Events:
    def __init__(self):
        self.held = []

    def register(self, event, function):
        assert event == "post_run_cell"
        self.held.append(function)

    def unregister(self, event, function):
        self.held.remove(function)


class Shown:
    def __init__(self):
        self.updates = []

    def update(self, board):
        self.updates.append(board.summary)


def test_the_board_follows_every_new_answer(monkeypatch):
    shell, shown = type("Shell", (), {"events": Events()})(), Shown()
    monkeypatch.setattr(module, "live", lambda: True)
    monkeypatch.setattr(module, "display", lambda board, display_id: shown)
    monkeypatch.setattr(module, "_following", {})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    names = Names()
    with context.using(names):
        module.scoreboard(exercise, *small_network())
        module.scoreboard(exercise, *small_network())  # the cell is run again
        assert len(shell.events.held) == 1
        (follow,) = shell.events.held
        follow(None)
        assert shown.updates == []  # nothing new
        names.namespace["network_backward"] = partly("dz2")
        follow(None)
        follow(None)
        names.namespace["network_backward"] = through_network
        follow(None)
    assert shown.updates == ["1 of 7 exact", "7 of 7 exact"]


def test_without_a_reader_the_board_is_shown_once_and_follows_nothing(monkeypatch):
    shown = []
    monkeypatch.setattr(module, "live", lambda: False)
    monkeypatch.setattr(module, "display", shown.append)
    with context.using(Names()):
        module.scoreboard(exercise, *small_network())
    assert [board.summary for board in shown] == ["0 of 7 exact"] and module._following == {}


def test_the_graph_lights_up_node_by_node():
    texts = [lighting(step).alt for step in range(LAST + 1)]
    values = [text.partition("Values known: ")[2].partition(".")[0].count("=") for text in texts]
    gradients = [text.partition("Gradients known: ")[2].count("=") for text in texts]
    assert values == [3, 4, 5, 6, 7, 8, 8, 8, 8, 8, 8, 8]
    assert gradients == [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 6, 8]
    for step in (-1, LAST + 1):
        with pytest.raises(ValueError, match="steps 0 to 11"):
            lighting(step)


def test_the_numbers_on_the_graph_are_right():
    """Each value is recomputed, each gradient measured."""
    value, gradient = [{node[0]: node[k] for node in NODES} for k in (3, 4)]

    def loss(w, x, b, u=0.0, z=0.0, h=0.0, e=0.0):
        return (max(0.0, w * x + u + b + z) + h - 1 + e) ** 2

    at = {"w": 3.0, "x": 2.0, "b": -2.0, "u": 0.0, "z": 0.0, "h": 0.0, "e": 0.0}
    assert value["L"] == loss(**at) and value["u"] == 6 and value["z"] == 4 and value["h"] == 4 and value["e"] == 3
    for name in at:
        slope = (loss(**{**at, name: at[name] + 1e-5}) - loss(**{**at, name: at[name] - 1e-5})) / 2e-5
        assert slope == pytest.approx(gradient[name], rel=1e-6), name
    assert gradient["L"] == 1
