"""A small hand-made assignment with a value, a function, a text by hand and plain asserts: no course model needed."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ANSWERS = {
    "total": "total = 1 + 2",
    "double": "def double(x):\n    return 2 * x",
    "why": "Because the sum is commutative.",
}
SOURCES = {
    "total-answer": "total = ...\n### BEGIN SOLUTION\ntotal = 1 + 2\n### END SOLUTION",
    "total": "assert total is not ...\n### BEGIN HIDDEN TESTS\nassert total == 3\n### END HIDDEN TESTS",
    "double-answer": "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
    "double": (
        "points = 2.0 * (double(2) == 4)\npoints\n### BEGIN HIDDEN TESTS\n"
        "points += 2.0 * (double(-3.5) == -7)\npoints\n### END HIDDEN TESTS"
    ),
    "why": "### BEGIN SOLUTION\nBecause the sum is commutative.\n### END SOLUTION",
}


def _meta(grade_id: str, *, grade=False, solution=False, locked=False, points=None) -> dict:
    meta = {"schema_version": 3, "grade_id": grade_id, "grade": grade, "solution": solution, "locked": locked}
    return {"nbgrader": meta | ({"points": points} if grade else {}) | {"task": False}}


def source_notebook() -> nbformat.NotebookNode:
    """The author's notebook: set-up, three exercises (1, 4 and 2 points), a demonstration that takes for ever."""
    cells = [
        new_markdown_cell("# Toy\nThree exercises."),
        new_code_cell("import math", metadata=_meta("setup", locked=True)),
        new_code_cell(SOURCES["total-answer"], metadata=_meta("total-answer", solution=True)),
        new_code_cell(SOURCES["total"], metadata=_meta("total", grade=True, locked=True, points=1)),
        new_markdown_cell("Now a function."),
        new_code_cell(SOURCES["double-answer"], metadata=_meta("double-answer", solution=True)),
        new_code_cell(SOURCES["double"], metadata=_meta("double", grade=True, locked=True, points=4)),
        new_code_cell("print('only a demonstration')", metadata={"tags": ["demo"]}),
        new_markdown_cell(SOURCES["why"], metadata=_meta("why", grade=True, solution=True, points=2)),
    ]
    for cell in cells:
        cell.id = f"cell-{cells.index(cell)}"
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "course": {"profile": "numpy"}})


def make_course(root: Path) -> Path:
    """A course directory with the toy assignment in source/."""
    folder = root / "source" / "toy"
    folder.mkdir(parents=True)
    nbformat.write(source_notebook(), folder / "toy.ipynb")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'toys'\n"
        "c.ClearSolutions.code_stub = {'python': '...  # YOUR CODE HERE'}\n",
        encoding="utf-8",
    )
    return root


def released() -> dict:
    """The notebook as students get it (stubs in, hidden tests out), as a plain dictionary."""
    notebook = source_notebook()
    for cell in notebook.cells:
        lines, skip = [], False
        for line in cell.source.split("\n"):
            if "BEGIN" in line:
                skip = True
                if "SOLUTION" in line:
                    stub = "...  # YOUR CODE HERE" if cell.cell_type == "code" else "YOUR ANSWER HERE"
                    lines.append(line[: len(line) - len(line.lstrip())] + stub)
            elif "END" in line:
                skip = False
            elif not skip:
                lines.append(line)
        cell.source = "\n".join(lines)
    return json.loads(json.dumps(notebook))


def fill(notebook: dict, **answers: str) -> dict:
    """The notebook with answers written into the named exercises' cells."""
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        name = grade_id.removesuffix("-answer")
        if name in answers and (grade_id.endswith("-answer") or name == "why"):
            cell["source"] = answers[name]
    return notebook


def honest() -> dict:
    """The notebook with every exercise answered."""
    return fill(released(), **ANSWERS)


def submit(course: Path, student: str, notebook: dict | str, timestamp: str | None = None, name: str = "toy") -> Path:
    """Put a submission into the course directory; a string is written as it is."""
    folder = course / "submitted" / student / "toy"
    folder.mkdir(parents=True, exist_ok=True)
    text = notebook if isinstance(notebook, str) else json.dumps(notebook)
    (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    if timestamp:
        (folder / "timestamp.txt").write_text(timestamp, encoding="utf-8")
    return folder
