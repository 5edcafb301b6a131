"""A scoreboard of intermediate results: exact, close or off, one row each, anew after every run of the answer.

    scoreboard(lesson["network-backward"], x, labels, W1, b1, W2, b2)

The answer returns a dict of what it has so far. The board compares each entry with the reference's.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from IPython.display import display

from course_utils.exercises import Exercise, Raised, context, is_stub, quiet
from course_utils.plots import PALETTE, live

EXACT, CLOSE = 1e-9, 1e-3  # of the largest number of the array
SIGNS = {"exact": "✓", "close": "≈", "off": "✗", "to do": "○"}
COLOURS = {"exact": PALETTE[0], "close": PALETTE[4], "off": PALETTE[1], "to do": "#7F7F7F"}


@dataclass(frozen=True)
class Row:
    """One intermediate: its name, "exact", "close", "off" or "to do", and what there is to say about it."""

    name: str
    state: str
    told: str


def compare(name: str, expected: np.ndarray, seen: Any) -> Row:
    """The row of one intermediate; it tells a wrong shape, a turned sign or a common factor.

    >>> compare("db1", np.array([1.0, 2.0]), np.array([2.0, 4.0]))
    Row(name='db1', state='off', told='2 times what it should be')
    """
    if seen is None or seen is Ellipsis:
        return Row(name, "to do", f"shape {expected.shape}")
    try:
        seen = np.asarray(seen, dtype=float)
    except (TypeError, ValueError):
        return Row(name, "off", f"should be an array of shape {expected.shape}")
    if seen.shape != expected.shape:
        lies = ": transposed?" if seen.T.shape == expected.shape else ""
        return Row(name, "off", f"shape {seen.shape}, should be {expected.shape}{lies}")
    if not np.isfinite(seen).all():
        return Row(name, "off", "holds nan or inf")
    size = float(np.abs(expected).max(initial=0)) or 1.0
    error = float(np.abs(seen - expected).max(initial=0)) / size
    if error <= EXACT:
        return Row(name, "exact", f"shape {expected.shape}")
    if error <= CLOSE:
        return Row(name, "close", f"largest difference {error * size:.1e}")
    wrong = int((np.abs(seen - expected) > EXACT * size).sum())
    return Row(name, "off", _pattern(expected, seen) or f"{wrong} of {expected.size} numbers differ")


def _pattern(expected: np.ndarray, seen: np.ndarray) -> str:
    if expected.ndim == 2 and expected.T.shape == seen.shape and np.allclose(seen.T, expected):
        return "it lies on its side: transposed?"
    factor = float((seen * expected).sum() / (expected**2).sum()) if expected.any() else 0.0
    if not factor or not np.allclose(seen, factor * expected, rtol=1e-6, atol=1e-9):
        return ""
    return "the sign is turned round" if np.isclose(factor, -1) else f"{factor:.4g} times what it should be"


class Board:
    """What the answer has got right so far on one case."""

    def __init__(self, exercise: Exercise, case: tuple):
        self.name = exercise.names[0]
        self.case = case
        self.expected = exercise.reference(*copy.deepcopy(case))
        self.answer: Any = None
        self.note = ""
        self.rows: list[Row] = []
        self.refresh()

    def refresh(self) -> None:
        """Run the answer that the notebook holds now, and compare."""
        self.answer, self.note, seen = context.current().namespace.get(self.name), "", {}
        if self.answer is None or is_stub(self.answer):
            self.note = f"Waits for `{self.name}`."
        else:
            seen, self.note = self._run()
        self.rows = [compare(name, value, seen.get(name)) for name, value in self.expected.items()]

    def _run(self) -> tuple[Mapping, str]:
        try:
            with quiet():
                seen = self.answer(*copy.deepcopy(self.case))
        except Exception as error:
            return {}, f"`{self.name}` stopped with {Raised.of(error)}. Return the dict with what you have so far."
        if not isinstance(seen, Mapping):
            return {}, f'`{self.name}` should return a dict of the results so far, such as {{"dz2": dz2}}.'
        return seen, ""

    @property
    def summary(self) -> str:
        """How many rows are exact."""
        return f"{sum(row.state == 'exact' for row in self.rows)} of {len(self.rows)} exact"

    def __repr__(self) -> str:
        lines = [f"{SIGNS[row.state]} {row.name:<4} {row.state:<5}  {row.told}" for row in self.rows]
        return "\n".join([f"{self.name}: {self.summary}", *lines, *[self.note] * bool(self.note)])

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<tr><td style="padding:.1em .8em;text-align:left"><code>{escape(row.name)}</code></td>'
            f'<td style="padding:.1em .8em;text-align:left;color:{COLOURS[row.state]};font-weight:bold">'
            f"{SIGNS[row.state]} {row.state}</td>"
            f'<td style="padding:.1em .8em;text-align:left">{escape(row.told)}</td></tr>'
            for row in self.rows
        )
        note = f'<div style="margin-top:.3em">{escape(self.note)}</div>' if self.note else ""
        return (
            f'<div role="status"><strong>{escape(self.name)}: {self.summary}</strong>'
            f'<table style="border-collapse:collapse;margin:.3em 0">{cells}</table>{note}</div>'
        )


_following: dict[str, Callable] = {}


def scoreboard(exercise: Exercise, *case: Any) -> None:
    """Show the board for the answer to `exercise` on one case; where a person works, it follows every new answer."""
    board = Board(exercise, case)
    if not live():
        display(board)
        return
    from IPython import get_ipython

    events = get_ipython().events
    shown = display(board, display_id=True)

    def follow(*_: Any) -> None:
        if context.current().namespace.get(board.name) is not board.answer:
            board.refresh()
            shown.update(board)

    if exercise.id in _following:  # the cell with the board was run again: only the newest board follows
        events.unregister("post_run_cell", _following[exercise.id])
    _following[exercise.id] = follow
    events.register("post_run_cell", follow)
