"""The branching graph of exercise 1 with a field at each node: a gradient is checked as soon as it is entered.

on_graph()                # fields on the picture, where a person works with widgets
on_graph(dp=5, dq=5)      # the typed way
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from IPython.display import display

from course_utils.exercises import Near, Number
from course_utils.plots import PALETTE, Picture, figure, live, show_widget
from course_utils.plots.explore import titled

from .computation import draw_graph
from .questions import graph

SIZE = (7.6, 5.0)  # inches, at 100 pixels each
WIDTH, HEIGHT = 2.6, 4.3  # of the plane in which the nodes lie
NODES = (
    ("b", "input", (0.3, 3.3), 2),
    ("a", "input", (0.3, 2.0), 3),
    ("c", "input", (0.3, 0.7), 1),
    ("p", "a · b", (1.3, 2.75), 6),
    ("q", "a + c", (1.3, 1.25), 4),
    ("L", "p · q", (2.3, 2.0), 24),
)
EDGES = {"p": ("a", "b"), "q": ("a", "c"), "L": ("p", "q")}
# In the order of the way back: why it is right, and which gradients come in.
GRADIENTS = {
    "p": ("L = p · q is a product, so p receives the other factor, q.", ""),
    "q": ("L = p · q is a product, so q receives the other factor, p.", ""),
    "b": ("What comes in from p, times the other factor of a · b, which is a.", "p"),
    "a": ("What comes in from p times b, and what comes in from q times 1, added.", "pq"),
    "c": ("A plus hands on in full what comes in from q.", "q"),
}
# Where the exercise's hint speaks of two gradients at once, and of the other one.
OWN = {"q": [Near(4, "4 is the value of q itself. How much does L = p · q grow when q grows by 1 and p stays at 6?")]}
COLOURS = {True: PALETTE[0], False: PALETTE[1]}
SIGNS = {True: "✓", False: "✗"}
ASK = "What comes in from the right, and what is the local slope here?"
ALL = "All five are right. Write them into the cell below: what stands there is checked and graded."


def _question(node: str) -> Number:
    """The gradient of this node as a question: the exercise's mistakes are the thoughts behind wrong numbers."""
    name = f"grad_{node}"
    known = [mistake for mistake in graph.mistakes if name in mistake.answer()]
    known.sort(key=lambda mistake: len(mistake.answer()))  # those of this gradient alone come first
    thoughts = [Near(mistake.answer()[name], mistake.hint.replace("*", "")) for mistake in known]
    near = [*OWN.get(node, ()), *thoughts]
    return Number(f"d{node}", f"The gradient of {node}", graph.values[name], 1e-6, GRADIENTS[node][0], near=near)


QUESTIONS = {node: _question(node) for node in GRADIENTS}


@dataclass(frozen=True)
class Entry:
    """What was entered at a node, whether it is right (None where it is no number), and what there is to say."""

    node: str
    shown: str
    right: bool | None
    told: str

    @property
    def line(self) -> str:
        """The entry with its sign and its reason."""
        return f"{SIGNS.get(self.right, '!')} d{self.node} = {self.shown}. {self.told}"


def judged(entered: Mapping[str, Any]) -> dict[str, Entry]:
    """Each gradient that was entered, by its node; what is empty is left out."""
    numbers: dict[str, Entry] = {}
    for node, question in QUESTIONS.items():
        said = entered.get(node)
        if said is None or (isinstance(said, str) and not said.strip()):
            continue
        try:
            verdict = question.verdict(question.answer(said))
        except ValueError as error:
            numbers[node] = Entry(node, str(said), None, str(error))
            continue
        before = [f"d{source}" for source in GRADIENTS[node][1] if source in numbers and not numbers[source].right]
        wrong = f"First look at {' and '.join(before)} again, which comes in here." if before else verdict.yours or ASK
        told = verdict.because if verdict.right else wrong
        numbers[node] = Entry(node, question.shown(verdict.answer.said), bool(verdict.right), told)
    return numbers


def graph_picture(entries: Mapping[str, Entry], fields: bool = False) -> Picture:
    """The graph with the gradients that were entered; with `fields` only their signs, as the numbers stand in fields."""
    made, axes = figure(size=SIZE)
    made.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    below = {"L": ("dL = 1", PALETTE[0])}
    for node, entry in entries.items():
        if entry.right is not None:
            text = SIGNS[entry.right] if fields else f"d{node} = {entry.shown} {SIGNS[entry.right]}"
            below[node] = (f"{' ' * 30}{text}" if fields else text, COLOURS[entry.right])
    draw_graph(axes, NODES, EDGES, [node[0] for node in NODES], below)
    if not fields:
        for name, _, (x, y), _ in NODES:
            if name not in below:
                axes.text(x, y - 0.43, f"d{name} = ?", ha="center", va="top", fontsize=11, color="#555555")
    axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    told = ", ".join(
        f"d{node} = {entries[node].shown} is {'right' if entries[node].right else 'not right'}"
        if node in entries
        else f"d{node} is open"
        for node in GRADIENTS
    )
    return Picture(
        made,
        "A graph that branches: a = 3 and b = 2 lead to p = a · b = 6, a and c = 1 lead to q = a + c = 4, p and q lead to "
        f"L = p · q = 24. Gradients: dL = 1, {told}.",
    )


@dataclass(frozen=True)
class Filled:
    """The graph and a line for each entry; `last` is the node whose line comes first."""

    entries: Mapping[str, Entry]
    last: str = ""

    @property
    def lines(self) -> Sequence[str]:
        """What there is to say of each entry."""
        entries = sorted(self.entries.values(), key=lambda entry: entry.node != self.last)
        done = sum(bool(entry.right) for entry in entries)
        return [*(entry.line for entry in entries), ALL if done == len(GRADIENTS) else f"{done} of 5 are right."]

    def __repr__(self) -> str:
        return "\n".join([repr(graph_picture(self.entries)), *self.lines])

    def _repr_html_(self) -> str:
        return graph_picture(self.entries)._repr_html_() + self.said_html()

    def said_html(self) -> str:
        """The lines alone."""
        return (
            f'<div role="status" style="line-height:1.5">{"".join(f"<div>{escape(x)}</div>" for x in self.lines)}</div>'
        )


def on_graph(dp: Any = None, dq: Any = None, db: Any = None, da: Any = None, dc: Any = None) -> None:
    """Show the graph with the gradients entered so far, each of them checked; with widgets, fields to enter them."""
    entered = {"p": dp, "q": dq, "b": db, "a": da, "c": dc}
    filled = Filled(judged(entered))
    if live():
        show_widget(_form(entered), filled)
    else:
        display(filled)


def _form(entered: Mapping[str, Any]) -> Any:
    """The picture with a field below each node, in the order of the way back, and below it what is said."""
    import ipywidgets

    picture, said = ipywidgets.HTML(), ipywidgets.HTML()
    fields = {
        node: ipywidgets.Text(
            value="" if entered[node] is None else str(entered[node]),
            description=f"d{node} =",
            placeholder="?",
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "104px"},
        )
        for node in GRADIENTS
    }

    def show(last: str = "") -> None:
        filled = Filled(judged({node: field.value for node, field in fields.items()}), last)
        picture.value = _placed() + graph_picture(filled.entries, fields=True)._repr_html_()
        said.value = filled.said_html()

    for node, field in fields.items():
        titled(field, f"d{node}, the gradient of {node}")
        field.add_class(f"course-graph-d{node}")
        field.observe(lambda _, node=node: show(node), "value")
    show()
    board = ipywidgets.Box([picture, *fields.values()], layout={"width": f"{_pixels(0)}px", "flex": "none"})
    board.add_class("course-graph")
    return ipywidgets.VBox([ipywidgets.Box([board], layout={"overflow": "auto"}), said])


def _pixels(axis: int) -> int:
    return round(100 * SIZE[axis])


def _placed() -> str:
    """The style that brings each field to its node; where a front end drops it, the fields stand beside the picture."""
    places = "".join(
        f".course-graph-d{name} {{ position: absolute !important; "
        f"left: {x / WIDTH * _pixels(0) - 66:.0f}px; top: {(HEIGHT - y + 0.4) / HEIGHT * _pixels(1):.0f}px; }} "
        for name, _, (x, y), _ in NODES
        if name in GRADIENTS
    )
    return f"<style>.course-graph {{ position: relative !important; }} {places}</style>"
