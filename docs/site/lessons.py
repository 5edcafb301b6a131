"""The lessons as pages: the student's text, and the outputs of the demonstrations from the executed solution."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.cells import grade_id_of, is_demo, tags_of
from course_utils.lessons import number

HIDDEN = {  # of a demonstration, by whether its code is folded, and whether the reader is to predict what comes out
    (True, False): ("hide-input", "the code"),
    (False, True): ("hide-output", "what comes out"),
    (True, True): ("hide-cell", "the code and what comes out"),
}
QUESTION = "lesson.predict("  # begins a cell that asks for a prediction
LONG = 12  # lines of code of a demonstration that a reader unfolds
TITLE = re.compile(r"^# (?:Lesson \w+ · )?(.+)$", re.MULTILINE)
FRAME = re.compile(r"\*\*Time:\*\* (.+?) · \*\*Before this:\*\* (.+?) · \*\*Points:\*\* (\d+)")
BADGE = re.compile(r"\[!\[([^\]]+)\]\(\S+\)\]\((\S+)\)")  # its picture would come from the network
READING = """\
```{{note}}
This page is for reading. To answer the exercises and have them checked, open the lesson in JupyterLab
([how](../../docs/students.md)), or [download the notebook](path:../../notebooks/{name}.ipynb).
```"""
INDEX = """\
# Lessons

Each builds on those before it. The points are for exercises that are checked while you work.

| lesson | time | before this | points |
| --- | --- | --- | --- |
{rows}

```{{toctree}}
:hidden:

{pages}
```
"""


def names(root: Path) -> list[str]:
    """The lessons in their order."""
    return sorted(path.stem for path in (root / "lessons").glob("*/*.ipynb"))


def lesson_page(root: Path, name: str) -> NotebookNode:
    """The notebook that becomes the lesson's page."""
    student = nbformat.read(root / "lessons" / name / f"{name}.ipynb", as_version=4)
    solution = nbformat.read(root / "solutions" / name / f"{name}.ipynb", as_version=4)
    shown = {cell.id: cell.outputs for cell in solution.cells if cell.cell_type == "code" and is_demo(cell)}
    student.cells[0].source = BADGE.sub(r"[\1](\2)", student.cells[0].source)
    asked = False
    for cell in student.cells:
        if grade_id_of(cell) == "setup":
            _hide(cell, "hide-input", "the set-up")
        if cell.id in shown:
            cell.outputs = [_reachable(output) for output in shown[cell.id]]
            _fold(cell, (asked or "lesson.reveal(" in cell.source) and not cell.source.startswith(QUESTION))
        if not cell.source.startswith(QUESTION):
            asked = cell.cell_type == "markdown" and "Predict first" in cell.source.rpartition("\n#")[2]
    student.cells.insert(1, nbformat.v4.new_markdown_cell(READING.format(name=name), id="reading"))
    return student


def _reachable(output: NotebookNode) -> NotebookNode:
    """The output with what scrolls sideways in a narrow window reachable by keyboard."""
    if html := output.get("data", {}).get("text/html"):
        output.data["text/html"] = html.replace(
            '<div style="overflow-x:auto">', '<div style="overflow-x:auto" tabindex="0">'
        )
    return output


def _fold(cell: NotebookNode, asked: bool) -> None:
    """Hide long code, and an output that the reader was asked to predict, until they are wanted."""
    folded = len(cell.source.splitlines()) > LONG or cell.metadata.get("jupyter", {}).get("source_hidden", False)
    if cell.outputs and (folded or asked):
        _hide(cell, *HIDDEN[folded, asked])


def _hide(cell: NotebookNode, tag: str, what: str) -> None:
    cell.metadata.tags = [*tags_of(cell), tag]
    cell.metadata.mystnb = {"code_prompt_show": f"Show {what}", "code_prompt_hide": f"Hide {what}"}


def lessons_index(root: Path) -> str:
    """The table of lessons."""
    rows = []
    for name in names(root):
        first = nbformat.read(root / "lessons" / name / f"{name}.ipynb", as_version=4).cells[0].source
        time, before, points = FRAME.search(first).groups()
        title = TITLE.search(first)[1]
        rows.append(f"| [{number(name)} · {title}]({name}/{name}.ipynb) | {time} | {before} | {points} |")
    return INDEX.format(rows="\n".join(rows), pages="\n".join(f"{name}/{name}" for name in names(root)))
