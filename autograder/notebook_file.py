"""One notebook file of a submission: hostile JSON until it has been read here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.errors import InvalidSubmission
from autograder.files import sendable
from autograder.submitted import read_file

MAX_CELLS = 2_000
MAX_SOURCE = 500_000  # characters in one cell
MAX_TOTAL_SOURCE = 4_000_000
MAX_TAG = 100
MAX_OUTPUTS = 100  # of a cell, in which a prediction is looked for
CELL_TYPES = ("code", "markdown", "raw")


def read_notebook(path: Path) -> tuple[list[dict], dict]:
    """(cells, metadata) of a notebook file; a cell is {cell_type, source, id, grade_id, tags, nbgrader,
    predicted}."""
    try:
        content = json.loads(read_file(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidSubmission(f"{path.name} is not a notebook: it is not UTF-8 text.") from error
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise InvalidSubmission(
            f"{path.name} is not a notebook: it is damaged JSON ({str(error)[:120]}). Open it in JupyterLab, save it "
            "and hand it in again."
        ) from error
    cells = _raw_cells(content, path.name)
    if len(cells) > MAX_CELLS:
        raise InvalidSubmission(f"{path.name} has {len(cells)} cells, more than the {MAX_CELLS} that are read.")
    cells = [_clean(cell, path.name) for cell in cells]
    if sum(len(cell["source"]) for cell in cells) > MAX_TOTAL_SOURCE:
        raise InvalidSubmission(f"{path.name} has more than {MAX_TOTAL_SOURCE} characters of text in its cells.")
    return cells, content["metadata"] if isinstance(content.get("metadata"), dict) else {}


def _raw_cells(content: Any, name: str) -> list:
    if not isinstance(content, dict):
        raise InvalidSubmission(f"{name} is not a notebook: its JSON is not an object.")
    version = content.get("nbformat")
    if version == 3:
        worksheets = content.get("worksheets")
        sheets = [s for s in worksheets if isinstance(s, dict)] if isinstance(worksheets, list) else []
        lists = [sheet.get("cells") for sheet in sheets]
        cells: Any = [cell for cells in lists if isinstance(cells, list) for cell in cells]
    elif version == 4:
        cells = content.get("cells")
    else:
        raise InvalidSubmission(f"{name} has notebook format {str(version)[:20]!r}; formats 3 and 4 can be read.")
    if not isinstance(cells, list):
        raise InvalidSubmission(f"{name} is not a notebook: it has no list of cells.")
    return cells


def _clean(cell: Any, name: str) -> dict:
    if not isinstance(cell, dict):
        raise InvalidSubmission(f"{name} is damaged: one of its cells is not an object.")
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise InvalidSubmission(f"{name} is damaged: the source of one of its cells is not text.")
    if len(source) > MAX_SOURCE:
        raise InvalidSubmission(f"{name} has a cell of {len(source)} characters, more than the {MAX_SOURCE} read.")
    source = sendable(source)
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    nbgrader = metadata.get("nbgrader") if isinstance(metadata.get("nbgrader"), dict) else {}
    tags = metadata.get("tags") if isinstance(metadata.get("tags"), list) else []
    cell_type = cell.get("cell_type") if cell.get("cell_type") in CELL_TYPES else "markdown"
    return {
        "cell_type": cell_type,
        "source": source,
        "id": cell.get("id") if isinstance(cell.get("id"), str) else None,
        "grade_id": nbgrader.get("grade_id") if isinstance(nbgrader.get("grade_id"), str) else None,
        "tags": [sendable(tag[:MAX_TAG]) for tag in tags if isinstance(tag, str)][:20],
        "nbgrader": nbgrader,  # a claim; grading goes by the assignment's own
        "predicted": _predicted(cell.get("outputs")),
    }


def _predicted(outputs: Any) -> list[dict]:
    """What the outputs of a cell say that the reader predicted: claims, which nobody has read yet."""
    outputs = outputs[:MAX_OUTPUTS] if isinstance(outputs, list) else []
    metadata = [output.get("metadata") for output in outputs if isinstance(output, dict)]
    claims = [found.get("prediction") for found in metadata if isinstance(found, dict)]
    return [{key: claim.get(key) for key in ("id", "said", "sure")} for claim in claims if isinstance(claim, dict)]
