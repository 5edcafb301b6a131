"""What a notebook says about its cells and itself: tags, nbgrader's metadata, grade ids, the kernel.

A notebook is nbformat's or a plain dictionary. The author's and nbgrader's own are well formed; what comes from a
student is read in submission.py first.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Mapping
from typing import Any

DEMO = "demo"  # the tag of cells that only show something; grading skips them
ANSWER = "-answer"  # the answer cell of the exercise "double" has the grade id "double-answer"
TITLE = "# @title "  # begins the first line of a folded demonstration; the rest is its title
# Folded in JupyterLab and Notebook 7, which show the first line of a folded cell, and in Colab, which shows the title.
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}  # as JupyterLab saves it
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"}
GRADED = ("test", "manual", "task")
LOCKED = ("test", "readonly", "task")  # the student's version of the source is thrown away
CHECKS = ("check", "grade")  # what `lesson` is asked for in a graded cell of the course

Cell = Mapping[str, Any]


def nbgrader_of(cell: Cell) -> Mapping[str, Any]:
    """The cell's nbgrader metadata; empty where nbgrader does not care for it."""
    return cell["metadata"].get("nbgrader", {})


def grade_id_of(cell: Cell) -> str | None:
    """The name by which nbgrader knows the cell."""
    return nbgrader_of(cell).get("grade_id")


def tags_of(cell: Cell) -> tuple[str, ...]:
    """The cell's tags."""
    return tuple(cell["metadata"].get("tags", ()))


def is_demo(cell: Cell) -> bool:
    """Whether the cell only shows something."""
    return DEMO in tags_of(cell)


def title_of(cell: Cell) -> str | None:
    """The title of a folded cell, from its first line.

    >>> title_of({"source": "# @title Draw two valleys\\nfigure = 1"}), title_of({"source": "print(1)"})
    ('Draw two valleys', None)
    """
    first = cell["source"].partition("\n")[0]
    return first.removeprefix(TITLE).strip() if first.startswith(TITLE) else None


def kind_of(metadata: Mapping[str, Any]) -> str | None:
    """The kind of a cell by its nbgrader metadata, None when nbgrader does not care for it.

    >>> [kind_of(m) for m in ({"grade": True}, {"grade": True, "solution": True}, {"locked": True}, {})]
    ['test', 'manual', 'readonly', None]
    """
    if metadata.get("task"):
        return "task"
    if metadata.get("grade"):
        return "manual" if metadata.get("solution") else "test"
    return "answer" if metadata.get("solution") else "readonly" if metadata.get("locked") else None


def nbgrader_metadata(grade_id: str, kind: str, cell_type: str, points: float, checksum: str) -> dict[str, Any]:
    """nbgrader's metadata, schema 3, for a cell of that kind."""
    metadata = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": kind in ("test", "manual"),
        "solution": kind in ("answer", "manual"),
        "locked": kind in LOCKED,
        "task": kind == "task",
        "cell_type": cell_type,
    }
    if checksum:
        metadata["checksum"] = checksum
    return {**metadata, "points": points} if kind in GRADED else metadata


def answer_id(exercise: str) -> str:
    """The grade id of an exercise's answer cell."""
    return exercise + ANSWER


def exercise_id(grade_id: str) -> str:
    """The exercise that a cell belongs to, be it the answer cell or the graded one.

    >>> exercise_id("double-answer"), exercise_id("double")
    ('double', 'double')
    """
    return grade_id.removesuffix(ANSWER)


def is_answer(grade_id: str) -> bool:
    """Whether it is the grade id of an answer cell."""
    return grade_id.endswith(ANSWER)


def profile_of(text: str) -> str:
    """What the fork server should have imported, by what the text of a notebook or cell imports.

    >>> profile_of("import numpy"), profile_of("from keras import layers")
    ('numpy', 'tensorflow')
    """
    return "tensorflow" if re.search(r"\b(?:import|from) +(?:tensorflow|keras)\b", text) else "numpy"


def hashed_id(lesson: str, cell_type: str, source: str, count: int) -> str:
    """The id of a cell without a grade id: of its text, and of how often this text came before in its lesson.

    >>> hashed_id("01_neuron", "markdown", "# One neuron", 1)
    '174ba01c'
    """
    return short_hash(f"{lesson}\n{cell_type}\n{source}\n{count}")


def short_hash(text: str) -> str:
    """Eight signs that stand for a text.

    >>> short_hash("relu")
    '99e2995d'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def imports_of(source: str) -> set[str]:
    """The packages that the lines of a cell plainly import.

    >>> sorted(imports_of("import pandas as pd\\nif True:\\n    from scipy.stats import norm"))
    ['pandas', 'scipy']
    """
    return set(re.findall(r"^ *(?:import|from) +(\w+)", source, re.MULTILINE))


def calls_check(source: str) -> bool:
    """Whether a test cell is one of the course's own checks: it calls `lesson.check` or `lesson.grade`.

    Such a cell is run in the judge. Every other test cell is run in the student's process, as nbgrader does it.

    >>> calls_check("lesson.check('relu')"), calls_check("assert relu(3) == 3  # not lesson.check('relu')")
    (True, False)
    >>> calls_check("%matplotlib inline\\nlesson.grade('relu')")
    True
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:  # an author's cell with a magic
        return re.search(r"^[^#\n]*\blesson\.(?:check|grade)\(", source, re.MULTILINE) is not None
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    asked = (func for func in called if isinstance(func, ast.Attribute) and func.attr in CHECKS)
    return any(isinstance(func.value, ast.Name) and func.value.id == "lesson" for func in asked)
