"""A notebook of every kind of cell, and what students do to one before they hand it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "Übung 1"
ANSWERS = {
    "f-cell": "def f(x): return 2 * x",
    "g-cell": "def g(x): return f(x) + limit",
    "why": "Since it is so.",
    "by-hand": "plot = 2",
}
TASK = {"grade": False, "solution": False, "locked": True, "task": True, "points": 2.0, "schema_version": 3}


def notebook(mark: Callable[..., dict], solution: Callable[[str], str]) -> NotebookNode:
    """The author's, by `course`'s ways to mark a cell and a solution."""
    test = {"grade": True, "locked": True}
    by_hand = {"grade": True, "solution": True}
    cells = [
        new_code_cell("limit = 3", metadata=mark("setup", locked=True)),
        new_code_cell(solution(ANSWERS["f-cell"]), metadata=mark("f-cell", solution=True)),
        new_code_cell("assert f(2) == 4", metadata=mark("f-test", **test)),
        new_code_cell(
            "assert f(3) == 6\n### BEGIN HIDDEN TESTS\nassert f(-1) == -2\n### END HIDDEN TESTS",
            metadata=mark("f-hidden", **test),
        ),
        new_markdown_cell(solution("Because."), metadata=mark("why", **by_hand)),
        new_code_cell(solution("plot = 1"), metadata=mark("by-hand", **by_hand)),
        new_markdown_cell("Something to do.", metadata={"nbgrader": {**TASK, "grade_id": "to-do"}}),
        new_code_cell("", metadata=mark("empty", **test)),
        new_code_cell(solution(ANSWERS["g-cell"]), metadata=mark("g-cell", solution=True)),
        new_code_cell("assert g(1) == 5", metadata=mark("g-test", **test)),
        new_code_cell("0.5 * (g(1) == 5)", metadata=mark("g-part", **test)),
    ]
    for place, cell in enumerate(cells):
        cell.id = f"cell-{place}"
    kernel = {"display_name": "Python [conda env:other]", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _cell(content: dict, grade_id: str) -> dict:
    return next(c for c in content["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def _insert(content: dict, above: str, source: str) -> None:
    """A cell of the student's own."""
    own = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    content["cells"].insert(content["cells"].index(_cell(content, above)), own | {"id": f"above-{above}"})


def _other_form(content: dict) -> None:
    """For another kernel, with other kinds of cells."""
    content["metadata"] = {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}}
    for grade_id, kind in (("f-cell", "markdown"), ("f-test", "markdown"), ("g-test", "raw")):
        cell = _cell(content, grade_id)
        cell["cell_type"] = kind
        del cell["outputs"], cell["execution_count"]
    for cell in content["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n").splitlines(keepends=True)


def _meddled(content: dict) -> None:
    """More points, tests that pass, outputs that were never shown; and cells that stop."""
    _cell(content, "f-test")["metadata"]["nbgrader"] |= {"points": 100, "locked": False}
    _cell(content, "f-test")["source"] = "pass"
    _cell(content, "setup")["source"] = "limit = 100"
    shown: dict[str, Any] = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    _cell(content, "empty")["outputs"] = [shown | {"data": {"text/plain": "0.5"}}]
    _insert(content, "setup", "1 / 0")
    _insert(content, "f-test", "raise SystemExit")


def _redefined(content: dict) -> None:
    _insert(content, "f-hidden", "def f(x): return 0")


def _taken_out(content: dict) -> None:
    """The texts for a person and the task are gone, one answer stands in a cell of its own."""
    gone = [_cell(content, grade_id) for grade_id in ("why", "by-hand", "to-do", "f-cell")]
    content["cells"] = [cell for cell in content["cells"] if cell not in gone]
    _insert(content, "f-test", ANSWERS["f-cell"])


def _emptied(content: dict) -> None:
    """An older notebook, without ids, and half of its answers deleted."""
    content["nbformat_minor"] = 2
    for grade_id in ("why", "by-hand", "g-cell"):
        _cell(content, grade_id)["source"] = ""
    for cell in content["cells"]:
        cell.pop("id", None)
        cell["source"] += "\n"


WAYS: dict[str, Callable[[dict], None]] = {
    "other-form": _other_form,
    "meddled": _meddled,
    "redefined": _redefined,
    "taken-out": _taken_out,
    "emptied": _emptied,
}
EARNED = {  # points of all tests together; and how many cells wait for a person
    "other-form": (8.5, 3),
    "meddled": (8.5, 3),
    "redefined": (4.0, 3),
    "taken-out": (8.5, 3),
    "emptied": (6.0, 3),
}
