"""A learner's notebook file, read and written without any library, so that nothing in it is put in order or lost."""

from __future__ import annotations

import json
from typing import Any

from autograder.cells import Cell, nbgrader_of
from autograder.errors import CourseError

Notebook = dict[str, Any]


class DamagedNotebook(CourseError):
    """The file is no notebook that can be read; the text says what is wrong with it."""


def read(data: bytes) -> Notebook:
    """The notebook, with the cells' sources as texts and whatever else there is as it is.

    Errors: DamagedNotebook.
    """
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DamagedNotebook(str(error)[:100]) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise DamagedNotebook("it has no list of cells")
    if notebook.get("nbformat") != 4 or not isinstance(notebook.get("nbformat_minor"), int):
        raise DamagedNotebook("it is not in notebook format 4; open and save it in JupyterLab")
    if not isinstance(notebook.setdefault("metadata", {}), dict):
        raise DamagedNotebook("its metadata is not an object")
    for number, cell in enumerate(notebook["cells"], start=1):
        _normalise(cell, number)
    return notebook


def _normalise(cell: Any, number: int) -> None:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise DamagedNotebook(f"cell {number} is not a cell")
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise DamagedNotebook(f"the text of cell {number} is not text")
    cell["source"] = source
    if not isinstance(cell.setdefault("metadata", {}), dict) or not isinstance(nbgrader_of(cell), dict):
        raise DamagedNotebook(f"the metadata of cell {number} is not an object")
    if cell["cell_type"] == "code":
        cell.setdefault("outputs", [])
        cell.setdefault("execution_count", None)


def to_bytes(notebook: Notebook) -> bytes:
    """The file as JupyterLab writes it: keys sorted, a text as a list of its lines, one final newline."""
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in notebook["cells"]]
    whole = {**notebook, "cells": cells}
    try:
        return _dump(whole, ascii_only=False)
    except UnicodeEncodeError:  # half of a character, which only JSON's own spelling can hold
        return _dump(whole, ascii_only=True)


def _dump(notebook: Notebook, ascii_only: bool) -> bytes:
    return (json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=ascii_only) + "\n").encode()


def is_answer(cell: Cell) -> bool:
    """Whether the cell is the learner's to write, in code or in words."""
    return bool(nbgrader_of(cell).get("solution"))
