"""What students wrote into the answers' cells, from the results that the ledger keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import grade_id_of
from autograder.results import SubmissionResult

Written = Mapping[TrustedCell, Mapping[str, str]]  # answer's cell -> student -> text; untouched cells are left out


def written_answers(assignment: Assignment, results: Iterable[SubmissionResult]) -> Written:
    """The answers of a class, cell by cell in the order of the assignment."""
    found: dict[TrustedCell, dict[str, str]] = {c: {} for c in assignment.cells() if c.kind in ("answer", "manual")}
    for result in results:
        for name, notebook in result.notebooks.items():
            for cell in notebook["cells"]:
                trusted = assignment.find(name, grade_id_of(cell))
                if trusted in found and cell["source"].strip() != trusted.source.strip():
                    found[trusted][result.student] = cell["source"]
    return found
