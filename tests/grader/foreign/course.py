"""A course that this project did not write: nbgrader's own quickstart assignment, and one of many small tests.

`python -m tests.grader.foreign.course FOLDER` lets nbgrader itself release and grade it, with the calls that its
formgrader makes.
"""

from __future__ import annotations

import copy
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import nbgrader
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from . import changed
from .patterns import NOTEBOOKS, PATTERNS, POINTS
from .special import FILES

QUICKSTART = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source"
CONFIG = (
    "c = get_config()\nc.CourseDirectory.course_id = 'foreign'\nc.IncludeHeaderFooter.header = 'source/header.ipynb'\n"
)
ASSIGNMENTS = {
    "ps1": ("right", "wrong", "half", "blank"),
    "small": ("right", "wrong", "blank"),
    "changed": tuple(changed.WAYS),
}
NOT_HANDED_IN = ("half", "problem2")
TWINS = ("equal", "told", "variable")  # the second notebook has these ids too; there right and wrong are exchanged
BESIDE = {
    "data/rows.csv": "1,2,3",
    "data/log.csv": "1",
    "data/in_data.py": "v = 12\n",
    "helper.py": "def twice(x):\n    return 2 * x\n",
    "kit/__init__.py": "",
    "kit/inner.py": "deep = 11\n",
}
BY_HAND = "import matplotlib.pyplot as plt\ndef by_hand(): return 'mine'\nplt.plot([1, 2])\nplt.show()"
PS1 = {
    "right": {
        "squares": "def squares(n):\n    if n < 1: raise ValueError(n)\n    return [i * i for i in range(1, n + 1)]",
        "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))",
        "sum_of_squares_equation": "$\\sum i^2$",
        "sum_of_squares_application": "def pyramid(n):\n    return sum_of_squares(n)",
        "part-a": "It computes the Fibonacci numbers.",
        "part-b": "Below zero.",
    },
    "wrong": {
        "squares": "def squares(n):\n    return [i * i for i in range(n)]",
        "sum_of_squares": "def sum_of_squares(n):\n    return sum(i * i for i in range(n))",
        "part-a": "No idea.",
    },
    "half": {
        "squares": "def squares(n):\n    if n == 0: raise ValueError(n)\n    return [i * i for i in range(1, n + 1)]",
        "sum_of_squares": "def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6",
    },
    "blank": {},
}  # fmt: skip


def make(root: Path, write: Callable[[str, str], dict]) -> None:
    """The course's folder with all submissions; `write(assignment, notebook)` gives the notebook as it is released."""
    for name, students in ASSIGNMENTS.items():
        stems = sorted(path.stem for path in (root / "source" / name).glob("*.ipynb"))
        for student in students:
            folder = root / "submitted" / student / name
            folder.mkdir(parents=True)
            for stem in stems:
                if (student, stem) == NOT_HANDED_IN:
                    continue
                answers = _answers(name, student, stem)
                notebook = _filled(write(name, stem), answers, spoilt=student == "wrong")
                if name == "changed":
                    changed.WAYS[student](notebook)
                (folder / f"{stem}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
            (folder / "helper.py").write_text("def twice(x):\n    return 'forged'\n")
            (folder / "mine.txt").write_text("my own")


def write_sources(root: Path) -> None:
    """What the instructor has: the settings and source/."""
    shutil.copytree(QUICKSTART / "ps1", root / "source" / "ps1")
    shutil.copy(QUICKSTART / "header.ipynb", root / "source")
    (root / "nbgrader_config.py").write_text(CONFIG)
    folder = root / "source" / "small"
    for name, text in BESIDE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for stem, names in NOTEBOOKS.items():
        nbformat.write(_notebook(names), folder / f"{stem}.ipynb")
    nbformat.write(_notebook(list(TWINS)), folder / "twin.ipynb")
    (root / "source" / "changed").mkdir()
    nbformat.write(changed.notebook(_mark, _solution), root / "source" / "changed" / f"{changed.NAME}.ipynb")


def _notebook(names: list[str]) -> nbformat.NotebookNode:
    cells = [
        new_markdown_cell("# Many small tests"),
        new_code_cell("limit = 1", metadata=_mark("setup", locked=True)),
    ]
    for name in names:
        right, _, test = PATTERNS[name]
        if name == next(iter(FILES)):
            cells.append(new_code_cell(_solution(BY_HAND), metadata=_mark("by-hand", grade=True, solution=True)))
        cells.append(new_code_cell(_solution(right), metadata=_mark(f"{name}-solution", solution=True)))
        cells.append(new_code_cell(test, metadata=_mark(name, grade=True, locked=True)))
    for place, cell in enumerate(cells):
        cell.id = f"cell-{place}"
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _solution(source: str) -> str:
    return f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"


def _mark(grade_id: str, *, grade: bool = False, solution: bool = False, locked: bool = False) -> dict:
    about = {"grade_id": grade_id, "grade": grade, "solution": solution, "locked": locked, "schema_version": 3}
    return {"nbgrader": about | {"task": False} | ({"points": POINTS} if grade else {})}


def _answers(assignment: str, student: str, stem: str) -> dict[str, str]:
    if assignment == "ps1":
        return PS1[student]
    if assignment == "changed":
        return changed.ANSWERS
    if student == "blank":
        return {}
    column = int((student == "wrong") != (stem == "twin"))
    answers = {f"{name}-solution": row[column] for name, row in PATTERNS.items()}
    return answers | {"by-hand": BY_HAND}


def _filled(notebook: dict, answers: dict[str, str], spoilt: bool) -> dict:
    """The released notebook with answers; `spoilt`: the student has also changed the tests and what is locked."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        cell["source"] = answers.get(about.get("grade_id"), cell["source"])
        if spoilt and about and not about["solution"] and cell["cell_type"] == "code":
            cell["source"] = "limit = 'changed'"
    return notebook


def main(root: Path) -> None:
    """Let nbgrader release and grade the course."""
    from nbgrader.apps import NbGrader
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    app = NbGrader(config_file=str(root / "nbgrader_config.py"))
    app.load_config_file()
    api = NbGraderAPI(CourseDirectory(root=str(root), config=app.config), config=app.config)
    for name, students in ASSIGNMENTS.items():
        done = [api.generate_assignment(name), *(api.autograde(name, student) for student in students)]
        for result in done:
            if not result["success"]:
                sys.exit(str(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
