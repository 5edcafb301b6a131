"""Which cell of a learner's notebook is which cell of the lesson, and where in a new version an old place is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from autograder.cells import Cell, grade_id_of, hashed_id

MOST_COPIES = 5  # as often as a lesson may repeat one text
TOP = ""  # the place before the first cell


def matched(mine: Sequence[Cell], lesson: Iterable[Cell]) -> dict[int, str]:
    """Place in the learner's notebook -> id of the lesson's cell; the surest sign counts first, and the upper cell.

    A cell that is none of the lesson's has no entry: the learner added it, or copied it.
    """
    ids: dict[object, list[str]] = {}
    for cell in lesson:
        for sign in filter(None, (cell["id"], _grade_id(cell), _text(cell))):
            ids.setdefault(sign, []).append(cell["id"])
    found: dict[int, str] = {}
    taken: set[str] = set()
    for sign_of in (lambda cell: cell.get("id"), _grade_id, _text):
        for place, cell in enumerate(mine):
            free = [id for id in ids.get(sign_of(cell), ()) if id not in taken]
            if free and place not in found:
                found[place] = free[0]
                taken.add(free[0])
    return found


def _grade_id(cell: Cell) -> tuple[str, str] | None:
    grade_id = grade_id_of(cell)
    return ("grade id", grade_id) if isinstance(grade_id, str) else None


def _text(cell: Cell) -> tuple[str, str] | None:
    return (cell["cell_type"], cell["source"]) if cell["source"].strip() else None


def unchanged_texts(cells: Iterable[Cell], lesson: str) -> list[Cell]:
    """The cells that read as some version of the lesson had them, which their ids tell."""
    return [
        cell
        for cell in cells
        if cell.get("id") in {hashed_id(lesson, cell["cell_type"], cell["source"], n + 1) for n in range(MOST_COPIES)}
    ]


def successors(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """For each id that only the old version has: the new one's id in its place, or else before it."""
    found = {}
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for step, id in enumerate(old[old_from:old_to] if kind in ("replace", "delete") else ()):
            place = min(new_from + step, new_to - 1)
            found[id] = new[place] if place >= 0 else TOP
    return found


def added_lines(old: str, text: str) -> str | None:
    """The lines that were added to a text, or None when something else was done to it.

    >>> added_lines("one\\ntwo", "one\\nmy note\\ntwo"), added_lines("one\\ntwo", "one\\nthree")
    ('my note', None)
    """
    lines, found = text.splitlines(), []
    steps = SequenceMatcher(None, old.splitlines(), lines, autojunk=False).get_opcodes()
    for kind, _, _, begin, end in steps:
        if kind == "insert":
            found += lines[begin:end]
        elif kind != "equal":
            return None
    return "\n".join(found)
