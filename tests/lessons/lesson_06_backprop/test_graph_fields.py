"""The fields on the branching graph: each gradient is checked as it is entered, by a slope that is measured."""

import re

import pytest

from course_utils import lessons
from course_utils.lessons.lesson_06_backprop import graph_fields as fields

AT = {"a": 3.0, "b": 2.0, "c": 1.0, "p": 0.0, "q": 0.0}


def loss(a, b, c, p, q):
    """The graph's L; p and q are what is added to these nodes."""
    return (a * b + p) * (a + c + q)


def slope(node):
    up, down = ({**AT, node: AT[node] + shift} for shift in (1e-4, -1e-4))
    return (loss(**up) - loss(**down)) / 2e-4


RIGHT = {node: slope(node) for node in AT}


def told(**entered):
    return {node: (entry.right, entry.told) for node, entry in fields.judged(entered).items()}


@pytest.mark.parametrize("node", AT)
def test_only_the_measured_slope_is_right(node):
    assert fields.judged({node: f"{RIGHT[node]:.4f}"})[node].right
    for wrong in {*range(-30, 200)} - {round(RIGHT[node])}:
        assert fields.judged({node: wrong})[node].right is False, wrong


WRONG = {
    "the own value": ({"p": 6}, "p", "the value of the other one"),
    "the own value of q": ({"q": 4}, "q", "4 is the value of q itself"),
    "one path": ({"p": 4, "q": 6, "a": 8}, "a", "You have the one through p"),
    "before p is known": ({"b": 3}, "b", "3 is the local slope"),
    "no known mistake": ({"c": 17}, "c", "what is the local slope here?"),
    "from a wrong p, rightly": ({"p": 6, "b": 18}, "b", "First look at dp again"),
    "from two wrong ones": ({"p": 6, "q": 4, "a": 16}, "a", "First look at dp and dq again"),
    "from no number": ({"q": "?", "c": 4}, "c", "First look at dq again"),
}


@pytest.mark.parametrize(("entered", "node", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_gradient_gets_the_hint_that_is_true_of_it(entered, node, words):
    right, text = told(**entered)[node]
    assert right is False and words in text and "*" not in text


def test_every_mistake_of_the_exercise_is_known_at_its_node():
    for mistake in lessons.load("06_backprop")["graph-gradients"].mistakes:
        for name, value in mistake.answer().items():
            right, text = told(**{name.removeprefix("grad_"): value})[name.removeprefix("grad_")]
            assert right is False and text != fields.ASK, mistake.name


def test_a_gradient_that_is_right_is_right_beside_wrong_ones():
    assert told(p=6, b=12)["b"][0] is True


@pytest.mark.parametrize("said", ["", "  ", None])
def test_an_empty_field_is_open(said):
    assert told(p=said) == {} and "dp is open" in fields.graph_picture(fields.judged({"p": said})).alt


@pytest.mark.parametrize("said", ["x", "nan", [4], True, "1/2"])
def test_what_is_no_number_is_told_and_counts_for_nothing(said):
    entry = fields.judged({"p": said})["p"]
    assert entry.right is None and entry.line.startswith("! dp = ") and "Answer with a number" in entry.told
    assert "dp = ?" in {text.get_text() for text in fields.graph_picture({"p": entry}).figure.axes[0].texts}


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(fields, "display", outputs.append)
    return outputs


def test_the_typed_way_tells_all_and_the_last_line_how_many(shown):
    fields.on_graph()
    fields.on_graph(dp=RIGHT["p"], dq=5, db="<b>")
    fields.on_graph(**{f"d{node}": value for node, value in RIGHT.items()})
    assert [panel.lines[-1] for panel in shown] == ["0 of 5 are right.", "1 of 5 are right.", fields.ALL]
    assert "dp = 4 is right, dq = 5 is not right, db = <b> is not right, da is open" in repr(shown[1])
    html = shown[1]._repr_html_()
    assert "<b>" not in html and html.count('role="status"') == 1 and "✗ dq = 5." in html


def test_each_field_is_checked_when_it_is_left_and_what_is_new_comes_first(monkeypatch):
    ipywidgets = pytest.importorskip("ipywidgets")
    made = []
    monkeypatch.setattr(fields, "live", lambda: True)
    monkeypatch.setattr(fields, "show_widget", lambda widget, still: made.append(widget))
    fields.on_graph(dq=4)
    frame, said = made[0].children
    picture, *entries = frame.children[0].children
    assert [entry.description for entry in entries] == ["dp =", "dq =", "db =", "da =", "dc ="], (
        "the order of the way back"
    )
    assert all(isinstance(entry, ipywidgets.Text) and not entry.continuous_update for entry in entries)
    assert "4 is the value of q itself" in said.value
    entries[0].value = "4"
    assert said.value.index("✓ dp = 4.") < said.value.index("✗ dq = 4.") and "1 of 5" in said.value
    assert "dp = 4 is right, dq = 4 is not right" in picture.value
    for entry, node in zip(entries, "pqbac", strict=True):
        entry.value = f"{RIGHT[node]:g}"
    assert fields.ALL in said.value


def test_the_fields_lie_inside_the_picture_each_at_its_node():
    styles = fields._placed()
    width, height = (fields._pixels(axis) for axis in (0, 1))
    for name, _, (x, y), _ in fields.NODES[:-1]:
        left, top = (int(number) for number in re.search(
            rf"d{name} {{ position: absolute !important; left: (\d+)px; top: (\d+)px", styles).groups())  # fmt: skip
        assert left >= 0 and left + 104 <= width and top + 32 <= height
        assert left < x / fields.WIDTH * width < left + 104 and top > (fields.HEIGHT - y) / fields.HEIGHT * height + 33
