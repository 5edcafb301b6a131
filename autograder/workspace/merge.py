"""A learner's notebook brought to a new version of its lesson: every word of the learner's stays, here or beside.

The lesson's cells come from the new version, in its order. What the learner wrote goes by the cell's id: an answer
stays in its cell, a cell of the learner's own behind the one where it stood. What fits nowhere is handed back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.cells import nbgrader_of, short_hash
from autograder.workspace.matching import TOP, added_lines, matched, successors, unchanged_texts
from autograder.workspace.notebook import Notebook, is_answer

LESSONS_OWN = ("nbgrader", "deletable", "editable")  # metadata in which the lesson has the last word
Cell = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """A text that has no place in the new version, and why."""

    why: str
    cell_type: str
    text: str


@dataclass
class Merged:
    """The notebook, and what has no place in it."""

    notebook: Notebook
    kept: list[Kept] = field(default_factory=list)


def merge(base: Notebook | None, mine: Notebook, new: Notebook, lesson: str) -> Merged:
    """`mine`, which began as `base`, in the form of `new`.

    It may have begun as another version, or nobody knows as what: then ids tell which texts the learner did not change.
    """
    texts = unchanged_texts(mine["cells"], lesson)
    work = _Merge(base or {"cells": texts, "metadata": new["metadata"]}, texts, mine, new)
    return Merged(work.notebook(), work.kept)


class _Merge:
    def __init__(self, base: Notebook, texts: list[Cell], mine: Notebook, new: Notebook):
        self.base, self.mine, self.new = base, mine, new
        self.old = {cell["id"]: cell for cell in [*texts, *base["cells"]]}
        self.fresh = {cell["id"]: cell for cell in new["cells"]}
        self.kept: list[Kept] = []
        self.behind: dict[str, list[Cell]] = {}  # own cells, by the id of the lesson's cell before them
        self.ids = {*self.fresh, *self.old}  # those of cells that the lesson has or had

    def notebook(self) -> Notebook:
        places = matched(self.mine["cells"], [*self.new["cells"], *self.old.values()])
        theirs = {id: self.mine["cells"][place] for place, id in places.items()}
        cells = {id: self.cell(cell, theirs.get(id)) for id, cell in self.fresh.items()}
        self.sort_the_rest(places)
        behind = self.behind
        ordered = [*behind.get(TOP, ()), *(c for id, cell in cells.items() for c in (cell, *behind.get(id, ())))]
        return {
            **self.mine,
            "nbformat_minor": max(self.mine["nbformat_minor"], self.new["nbformat_minor"]),
            "metadata": three_way(self.base["metadata"], self.mine["metadata"], self.new["metadata"]),
            "cells": ordered,
        }

    def cell(self, new: Cell, mine: Cell | None) -> Cell:
        """The lesson's cell, with what the learner made of it."""
        if mine is None:
            return new
        unknown = {**new, "source": ""} if nbgrader_of(new).get("locked") else new
        old = self.old.get(new["id"], unknown)
        text = mine["source"]
        metadata = three_way(old["metadata"], mine["metadata"], new["metadata"])
        if mine["cell_type"] == new["cell_type"]:
            if text == new["source"] or self.stays(text, old, new):
                return {**mine, "id": new["id"], "metadata": metadata}
            if text != old["source"]:
                self.put_aside(mine, old, new["id"], "The lesson's text of this cell is another now")
            return {**new, "metadata": metadata}
        if text not in (new["source"], old["source"]):
            self.stand_behind(new["id"], _unmarked(mine))
        return new

    def stays(self, text: str, old: Cell, new: Cell) -> bool:
        """Whether the learner's text takes the cell: an answer, or one that is no less than the new version's."""
        if text == old["source"] != new["source"]:
            return False
        if is_answer(new) and text.strip():
            if old["source"] != new["source"]:
                why = f"Your answer stays in cell {new['id']}, but the lesson gives another beginning for it now"
                self.kept.append(Kept(why, new["cell_type"], new["source"]))
            return True
        return old["source"] == new["source"] or added_lines(new["source"], text) is not None

    def sort_the_rest(self, places: Mapping[int, str]) -> None:
        """The learner's own cells, and those that the lesson no longer has."""
        follows = successors([cell["id"] for cell in self.base["cells"]], list(self.fresh))
        before = TOP
        for place, cell in enumerate(self.mine["cells"]):
            id = places.get(place)
            if id is None:
                self.stand_behind(before, cell)
                continue
            before = id if id in self.fresh else follows.get(id, before)
            if id not in self.fresh and cell["source"] != self.old[id]["source"]:
                self.put_aside(cell, self.old[id], before, "This cell is no longer in the lesson")

    def put_aside(self, mine: Cell, old: Cell, before: str, why: str) -> None:
        """Lines added to a text of the lesson become a cell behind it; anything else is kept beside the notebook."""
        added = added_lines(old["source"], mine["source"]) if mine["cell_type"] != "code" else None
        if mine.get("attachments"):
            self.stand_behind(before, _unmarked(mine))
        elif added is not None:
            self.stand_behind(before, {"cell_type": mine["cell_type"], "metadata": {}, "source": added})
        elif mine["source"].strip():
            self.kept.append(Kept(f"{why} (cell {old['id']}). You had", mine["cell_type"], mine["source"]))

    def stand_behind(self, before: str, cell: Cell) -> None:
        """A cell of the learner's own, under an id that no other cell has."""
        id, count = cell.get("id"), 0
        while not isinstance(id, str) or not id or id in self.ids:
            count += 1
            id = short_hash(f"{cell['source']}\n{count}")
        self.ids.add(id)
        self.behind.setdefault(before, []).append({**cell, "id": id})


def _unmarked(cell: Cell) -> Cell:
    """The cell as one that the lesson does not know."""
    metadata = {key: value for key, value in cell["metadata"].items() if key not in LESSONS_OWN}
    return {**cell, "id": "", "metadata": metadata}


def three_way(base: Mapping[str, Any], mine: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata in which what only the learner changed stays changed, and all else is as in the new version.

    >>> three_way({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 2, "c": 1, "mine": 1}, {"a": 3, "b": 1})
    {'a': 3, 'b': 2, 'mine': 1}
    """
    result = {}
    for key in [*new, *(key for key in mine if key not in new)]:
        only_mine = key not in LESSONS_OWN and new.get(key) == base.get(key)
        source = mine if only_mine else new
        if key in source:
            result[key] = source[key]
    return result
