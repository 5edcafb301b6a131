"""The assignment as its author wrote it: the trusted cells, their points and the order in which they are run."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

from autograder.cells import GRADED, LOCKED, calls_check, exercise_id, kind_of, nbgrader_metadata, nbgrader_of, tags_of


@dataclass(frozen=True)
class TrustedCell:
    """One cell that nbgrader knows, with the author's source."""

    grade_id: str
    notebook: str
    cell_type: str
    source: str
    kind: str
    points: float = 0.0
    checksum: str = ""
    tags: tuple[str, ...] = ()

    @property
    def graded(self) -> bool:
        return self.kind in GRADED

    @property
    def locked(self) -> bool:
        """Whether the student's version of the source is thrown away."""
        return self.kind in LOCKED

    @cached_property
    def own_check(self) -> bool:
        """Whether it is one of the course's own checks, which the judge runs; else the student's process runs it."""
        return self.kind == "test" and calls_check(self.source)

    def nbgrader_metadata(self) -> dict[str, Any]:
        """The cell's nbgrader metadata, schema 3."""
        return nbgrader_metadata(self.grade_id, self.kind, self.cell_type, self.points, self.checksum)


@dataclass(frozen=True)
class Assignment:
    """An assignment's trusted cells, notebook by notebook, in the order in which they are run.

    `files` are those that lie beside its notebooks, such as data and modules, by their path inside the folder; `code`
    has the texts of the code cells that nbgrader does not know, which students see as they are.
    """

    name: str
    notebooks: dict[str, list[TrustedCell]]
    profile: str = "numpy"
    kernelspecs: dict[str, dict] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    code: tuple[str, ...] = ()

    @cached_property
    def _index(self) -> dict[tuple[str, str], TrustedCell]:
        return {(cell.notebook, cell.grade_id): cell for cell in self.cells()}

    def cells(self) -> Iterator[TrustedCell]:
        return (cell for cells in self.notebooks.values() for cell in cells)

    def find(self, notebook: str, grade_id: str | None) -> TrustedCell | None:
        return self._index.get((notebook, grade_id)) if isinstance(grade_id, str) else None

    def tests_of(self, notebook: str, answer: str) -> list[TrustedCell]:
        """The tests of an answer's cell: that of its exercise, or all between it and the next answer."""
        cells = self.notebooks[notebook]
        tests = [cell for cell in cells if cell.kind == "test"]
        own = [cell for cell in tests if cell.grade_id == exercise_id(answer)]
        if own:
            return own
        after = itertools.dropwhile(lambda cell: cell.grade_id != answer, cells)
        below = itertools.takewhile(lambda cell: cell.kind not in ("answer", "manual"), list(after)[1:])
        return [cell for cell in below if cell.kind == "test"]

    @property
    def max_score(self) -> float:
        return sum(cell.points for cell in self.cells() if cell.graded)

    def digest(self) -> str:
        """Changes when anything that decides a grade changes."""
        files = {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}
        facts = asdict(replace(self, files={}, code=())) | {"files": files}
        del facts["code"]
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def trusted_cells(notebook: Any, name: str) -> Iterator[TrustedCell]:
    """The cells of a notebook that nbgrader knows."""
    for cell in notebook.cells:
        metadata = nbgrader_of(cell)
        kind = kind_of(metadata)
        if kind is not None:
            yield TrustedCell(
                grade_id=metadata["grade_id"],
                notebook=name,
                cell_type=cell.cell_type,
                source=cell.source,
                kind=kind,
                points=float(metadata.get("points", 0)) if kind in GRADED else 0.0,
                checksum=metadata.get("checksum", ""),
                tags=tags_of(cell),
            )
