"""Notebooks that students got before the course was rearranged still run, check and grade.

`fixtures/released` holds four of them as they were handed out, and every import that stood in any of the 21.
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import course_utils
from autograder.selfcheck import check_notebook
from course_utils import aliases

ROOT = Path(__file__).resolve().parents[2]
RELEASED = Path(__file__).parent / "fixtures" / "released"
NOTEBOOKS = sorted(path.stem for path in RELEASED.glob("*.ipynb"))
IMPORTS = (RELEASED / "imports.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", IMPORTS)
def test_what_they_import_is_still_there(line):
    names: dict = {}
    exec(line, names)
    assert len(names) > 1


def test_every_alias_leads_to_something_and_is_needed():
    text = "\n".join(IMPORTS)
    for module in aliases.MOVED:
        parent, _, child = module.rpartition(".")
        needed = f"from {module} " in text or any(
            line.startswith(f"from {parent} import") and child in line.replace(",", " ").split() for line in IMPORTS
        )
        assert needed, f"{module} is imported by no notebook: take it out of aliases.py"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        course_utils.widgets.nothing  # noqa: B018


def answers(name: str) -> dict[str, str]:
    """Grade id -> the author's answer, from today's solution."""
    notebook = json.loads((ROOT / "solutions" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    return {cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"]) for cell in cells}


def filled(name: str, folder: Path) -> Path:
    """The old notebook with right answers in it."""
    notebook = json.loads((RELEASED / f"{name}.ipynb").read_text(encoding="utf-8"))
    right = answers(name)
    for cell in notebook["cells"]:
        if (id := cell["metadata"].get("nbgrader", {}).get("grade_id")) in right:
            cell["source"] = right[id]
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_of_before_runs_and_earns_full_marks(name, tmp_path):
    path = filled(name, tmp_path)
    _, result = check_notebook(path)
    notebook = nbformat.read(path, as_version=4)
    there = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}  # others came later
    by_machine = [exercise for exercise in result.exercises if exercise.status != "manual" and exercise.id in there]
    assert by_machine
    assert all(exercise.score == exercise.max_score for exercise in by_machine), result.exercises
    NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()  # raises at an error
