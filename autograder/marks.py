"""Which cell of a submission is which: by nbgrader's mark, its grade id, or where that is lost by what stands in it.

Converters and other editors take cells' metadata away, and some students delete an answer's cell and write the answer
into a new one. Such cells are known by their own id, by the check that they call, or by the names that they bind.
Nothing of the student's is parsed here: lines are compared and searched.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import exercise_id

EXERCISE = ("answer", "test", "manual")  # the kinds of cells that make an exercise
CALL = re.compile(r"""^lesson\.(?:check|grade)\(\s*["']([\w-]{1,80})["']\s*\)""", re.MULTILINE)
START = re.compile(r"""\bcourse_utils\.start\(["']([^"']{1,80})["']\)""")
DEFINITION = re.compile(r"(?:async +)?(?:def|class) +(\w+)")
BY_A_PERSON = "graded by a person"  # stands in the heading of an exercise whose answer is words


def claimed(cells: list[dict], trusted: list[TrustedCell]) -> dict[int, str]:
    """Place -> grade id, by nbgrader's marks."""
    known = {cell.grade_id for cell in trusted}
    return {place: cell["grade_id"] for place, cell in enumerate(cells) if cell["grade_id"] in known}


def recognised(cells: list[dict], trusted: list[TrustedCell]) -> dict[int, str]:
    """Place -> grade id, for the assignment's cells that no mark claims and that are there all the same."""
    claims = claimed(cells, trusted)
    search = _Search(cells, claims, [cell for cell in trusted if cell.grade_id not in claims.values()])
    for step in (search.by_id, search.setup, search.tests, search.answers, search.texts):
        step()
    return dict(sorted(search.found.items()))


class _Search:
    """Looks for the `lost` cells among those that are nobody's yet, the surest signs first."""

    def __init__(self, cells: list[dict], claims: dict[int, str], lost: list[TrustedCell]):
        self.cells, self.lost = cells, lost
        self.places = {grade_id: place for place, grade_id in claims.items()}
        self.free = [place for place in range(len(cells)) if place not in claims]
        self.found: dict[int, str] = {}

    def take(self, cell: TrustedCell, place: int) -> None:
        self.found[place] = cell.grade_id
        self.places[cell.grade_id] = place
        self.free.remove(place)
        self.lost.remove(cell)

    def of_kind(self, *kinds: str) -> Iterator[TrustedCell]:
        return (cell for cell in list(self.lost) if cell.kind in kinds)

    def code(self) -> Iterator[tuple[int, str]]:
        return ((p, self.cells[p]["source"]) for p in self.free if self.cells[p]["cell_type"] == "code")

    def by_id(self) -> None:
        """The notebook's own ids of cells, which the release makes equal to the grade ids."""
        ids = {self.cells[place]["id"]: place for place in reversed(self.free)}
        for cell in self.of_kind(*EXERCISE, "readonly", "task"):
            if cell.grade_id in ids:
                self.take(cell, ids[cell.grade_id])

    def setup(self) -> None:
        for cell in self.of_kind("readonly"):
            text, starts = cell.source.strip(), START.search(cell.source)
            places = [p for p, other in self.code() if other.strip() == text or (starts and START.search(other))]
            if places:
                self.take(cell, places[0])

    def tests(self) -> None:
        """A check's cell calls it by its id, or reads as the released one, without its hidden part."""
        calls: dict[str, int] = {}
        texts: dict[str, int] = {}
        for place, text in self.code():
            texts.setdefault(text.strip(), place)
            for id in CALL.findall(text)[:1]:
                calls.setdefault(id, place)
        for cell in self.of_kind("test"):
            shown = cell.source.partition("### BEGIN HIDDEN")[0].strip()
            place = calls.get(cell.grade_id, texts.get(shown))
            if place is not None:
                self.take(cell, place)

    def answers(self) -> None:
        """The cell that binds most of an answer's names; of several the last one above the check."""
        bound = {place: set(bound_names(text)) for place, text in self.code()}
        for cell in self.of_kind("answer"):
            names = answer_names(cell.source)
            check = self.places.get(exercise_id(cell.grade_id), len(self.cells))
            having = {p: len(names & bound[p]) for p, _ in self.code() if names & bound[p]}
            if having:
                most = [p for p, count in having.items() if count == max(having.values())]
                self.take(cell, max((p for p in most if p < check), default=most[0]))

    def texts(self) -> None:
        """An answer in words stands right below the heading of its exercise."""
        for cell in self.of_kind("manual"):
            for place in self.free:
                here, above = self.cells[place], self.cells[place - 1] if place else {}
                if here["cell_type"] != cell.cell_type:
                    continue
                if here["source"].strip() == cell.source.strip() or BY_A_PERSON in above.get("source", ""):
                    self.take(cell, place)
                    break


def started_lesson(sources: Iterable[str]) -> str | None:
    """The lesson that a notebook is, by its set-up cell.

    >>> started_lesson(["import numpy", "lesson = course_utils.start('01_neuron')"])
    '01_neuron'
    """
    return next((match[1] for source in sources if (match := START.search(source))), None)


def lesson_name(assignment: Assignment) -> str:
    """The lesson whose exercises an assignment checks, by its set-up cell, whatever the assignment itself is called."""
    sources = (cell.source for cell in assignment.cells() if cell.kind == "readonly")
    return started_lesson(sources) or assignment.name


def answer_names(stub: str) -> set[str]:
    """The names that an answer's cell is to bind, by the author's stub.

    >>> sorted(answer_names("import os\\nw1, w2 = ..., ...\\ndef relu(x):\\n    y = x"))
    ['relu', 'w1', 'w2']
    """
    try:
        body = ast.parse(stub).body
    except SyntaxError:  # an author's cell with a magic
        return set(bound_names(stub))
    names = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    targets = (target for node in body if isinstance(node, ast.Assign) for target in node.targets)
    return names | {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def bound_names(source: str) -> Iterable[str]:
    """The names that the lines of a cell which begin at its edge plainly bind.

    >>> list(bound_names("class A:\\n    b = 1\\n(c, d) = 1, 2\\nf(e=1)\\ng == 1\\nh: int = 3\\nx[0] = y.z = 1"))
    ['A', 'c', 'd', 'h']
    """
    for line in source.split("\n"):
        if not line[:1].isalpha() and line[:1] not in ("_", "(", "["):
            continue
        if definition := DEFINITION.match(line):
            yield definition[1]
            continue
        targets, equals, value = line[:1_000].partition("=")
        if equals and not value.startswith("=") and not targets.endswith(("<", ">", "!")):
            parts = (part.strip(" *()[]") for part in targets.partition(":")[0].rstrip("+-*/%@&|^ ").split(","))
            yield from (part for part in parts if part.isidentifier())
