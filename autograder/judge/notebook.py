"""The student's process of one notebook: it runs the cells, serves the checks, and is made anew when it has died.

A check works on a copy of the process. Checks that could wait, since the cells below them only named functions and
plain values, share one copy, in which each of them finds the names as they were at its cell.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.results import FATAL
from autograder.runner.line import Line
from autograder.runner.session import CellOutcome, Session

MAX_RESTARTS = 5
SOON_SECONDS = 1  # by the clock: cells that are run in less may be run again to save a copy


class OutOfTime(Exception):
    """The submission has used up its time."""


@dataclass(frozen=True)
class Due:
    """A check at a place of the notebook, and the number under which the process has kept the names of then.

    Without such a number it cannot wait.
    """

    place: int
    kept: int | None = None


class NotebookProcess:
    """Cells are named by their places in the notebook."""

    def __init__(
        self, cells: Sequence[dict[str, Any]], spawn: Callable[[], Session], check_time: Callable[[], None]
    ) -> None:
        """`spawn` starts a process that has run nothing yet; `check_time` raises OutOfTime."""
        self._cells, self._spawn, self._check_time = cells, spawn, check_time
        self.runs: set[int] = set()  # the cells that are run: set by whoever knows; one that ends the process goes
        self.session, self._at = spawn(), 0  # all before this place have been run
        self._took = 0.0  # by the clock, to run them

    def run(self, place: int) -> CellOutcome:
        """Run one cell."""
        self._stand_at(place)
        return self._run(place)

    def due(self, place: int) -> Due:
        """The check at this place, whose names are kept if it can wait."""
        self._stand_at(place)
        return Due(place, self.session.kept)

    def serve(self, checks: Collection[Due], check: Callable[[int, Line], None], last: bool = False) -> None:
        """Call `check`, told its place, for one after the other on a copy of the process as it was there.

        The process itself serves where nothing can be copied, and where nothing comes after these checks: should one of
        them end or spoil it, the others need a new one, so not where its cells would take long once more.
        """
        left = list(checks)
        while left:
            if not self.session.alive:
                left = [replace(one, kept=None) for one in left]
            if left[0].kept is None:
                self._stand_at(left[0].place)
            in_place = last and left[0].kept is not None and self._took < SOON_SECONDS
            with contextlib.nullcontext(self.session) if in_place else self.session.snapshot() as copy:
                if left[0].kept is None:
                    check(left.pop(0).place, copy or self.session)
                    continue
                before = len(left)
                while left and left[0].kept is not None and copy and copy.bring_back(left[0].kept):
                    check(left.pop(0).place, copy)
            if left and len(left) == before:  # another process has kept other names
                left = [replace(one, kept=None) for one in left]
            if in_place:
                self._at = len(self._cells) + 1  # whoever comes to it after these checks finds a new one

    def _stand_at(self, place: int) -> None:
        """All cells before this place have been run, and none after it: again if need be. Errors: OutOfTime."""
        for _ in range(1 + MAX_RESTARTS):
            if not self.session.alive or self._at > place:
                self.session, self._at, self._took = self._spawn(), 0, 0.0
            for cell in sorted(cell for cell in self.runs if self._at <= cell < place):
                self._run(cell)
                if not self.session.alive:
                    break
            if self.session.alive:
                return
        raise OutOfTime(f"its code ended the process {MAX_RESTARTS} times")

    def _run(self, place: int) -> CellOutcome:
        self._check_time()
        begun = time.monotonic()
        outcome = self.session.run_cell(self._cells[place]["source"])
        self._at, self._took = place + 1, self._took + time.monotonic() - begun
        if outcome.status in FATAL:
            self.runs.discard(place)
        return outcome
