"""The author's notebooks beside what the gradebook holds of them: a test that was corrected after its release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from autograder.assignment import Assignment, TrustedCell
from autograder.course import Course, explained_database
from autograder.errors import UsageError
from autograder.records.assignments import load_assignment, save_assignment
from autograder.records.backup import back_up
from autograder.source import find_source, prepare_assignment

SHOWN_CHANGES = 8
KINDS = {
    "test": "a test",
    "manual": "graded by a person",
    "task": "a task",
    "answer": "an answer",
    "readonly": "read-only",
}


def stored_assignment(course: Course, name: str, *, save: bool) -> Assignment:
    """The gradebook's assignment. With `save` it is put there if it is not yet, and a backup made.

    Errors: UsageError when there is no assignment.
    """
    stored = load_assignment(course, name, save=save)
    if save:
        back_up(course)
    return stored


def compared(
    course: Course, name: str, stored: Assignment, *, regrade: bool, save: bool, say: Callable[[str], object]
) -> Assignment:
    """The gradebook's assignment, or with `regrade` the author's of today, which `save` writes; says where they differ.

    Errors: UsageError when the author's cannot be taken; nothing is written then.
    """
    source = find_source(course, name)
    fresh = _prepared(course, name, source, regrade, say)
    if source is None or fresh is None:
        return stored
    changes, moved = text_changes(stored, fresh), cell_changes(stored, fresh)
    if not (changes or moved):
        if regrade:
            say(f"{source} is what the gradebook holds of {name}; only what is not graded yet is judged.")
        return stored
    differs = f"{source} differs from what the gradebook holds of {name}: {_listed([*moved, *changes])}."
    stays = _why_cells_must_stay(course, name) if moved else ""
    if regrade and stays:
        raise UsageError(f"{differs} {stays}")
    if not regrade:
        new = stays or f"`course grade {name} --regrade` takes the new one and judges all submissions by it."
        say(f"{differs} Grading goes by the gradebook. {new}")
        return stored
    say(f"{differs} All submissions are judged by the new one.")
    if save:
        save_assignment(course, name, source)
    for line in _graded_by_a_person(course, stored, fresh):
        say(line)
    return fresh


def _prepared(
    course: Course, name: str, source: Path | None, regrade: bool, say: Callable[[str], object]
) -> Assignment | None:
    """The author's notebooks as an assignment; None, and a word, when they are not fit for release."""
    if source is None:
        if regrade:
            raise UsageError(f"There is no {course.folder('source', '.', name)}/*.ipynb to take anew.")
        return None
    try:
        return prepare_assignment(course, name, source)
    except Exception as error:  # nbgrader's steps raise what they like; an unfinished source stops no grading
        told = f"nbgrader cannot release {source} as it is now ({type(error).__name__}: {str(error)[:300]})."
        if regrade:
            raise UsageError(
                f"{told} Put that right first; `nbgrader generate_assignment {name}` says more."
            ) from error
        say(f"{told} Grading goes by the gradebook.")
        return None


def _pairs(stored: Assignment, fresh: Assignment) -> list[tuple[str, TrustedCell | None, TrustedCell | None]]:
    """(what it is called, the gradebook's, the author's) for each cell of either."""
    keys = dict.fromkeys((cell.notebook, cell.grade_id) for cell in [*stored.cells(), *fresh.cells()])
    several = len({notebook for notebook, _ in keys}) > 1
    return [
        (f"{notebook}/{id}" if several else id, stored.find(notebook, id), fresh.find(notebook, id))
        for notebook, id in keys
    ]


def cell_changes(stored: Assignment, fresh: Assignment) -> list[str]:
    """Cells that came, went or became another kind, which nbgrader allows only while there is no submission."""
    found = []
    for name, old, new in _pairs(stored, fresh):
        if old is None:
            found.append(f"{name} is new")
        elif new is None:
            found.append(f"{name} is gone")
        elif old.kind != new.kind:
            found.append(f"{name} was {KINDS[old.kind]} and is {KINDS[new.kind]}")
    return found


def text_changes(stored: Assignment, fresh: Assignment) -> list[str]:
    """Cells with another text or other points."""
    found = []
    for name, old, new in _pairs(stored, fresh):
        if old is None or new is None:
            continue
        if old.points != new.points:
            found.append(f"{name} gives {new.points:g} points instead of {old.points:g}")
        if (old.source, old.cell_type) != (new.source, new.cell_type):
            found.append(f"the {'test' if new.kind == 'test' else 'text'} of {name} changed")
    return found


def _listed(changes: list[str]) -> str:
    rest = len(changes) - SHOWN_CHANGES
    return "; ".join(changes[:SHOWN_CHANGES]) + (f"; and {rest} more" if rest > 0 else "")


def _why_cells_must_stay(course: Course, name: str) -> str:
    """What to do about cells that came or went; empty while no submission stands in the gradebook."""
    from nbgrader.api import Gradebook

    with explained_database(course), Gradebook(course.db_url, course.id) as gradebook:
        submissions = len(gradebook.assignment_submissions(name))
    if not submissions:
        return ""
    return (
        f"{submissions} submissions stand in the gradebook by its cells: texts and points may change, but no cell may "
        "come, go or become another kind (nbgrader's rule too). Give the cells their old ids and kinds, or hand the "
        f"new ones out as another assignment. If all grades of {name} may be lost, a person's too: "
        f"`nbgrader db assignment remove {name} --force`."
    )


def _graded_by_a_person(course: Course, stored: Assignment, fresh: Assignment) -> list[str]:
    """What to look at again: points that a person gave when the cell gave others."""
    from nbgrader.api import Gradebook

    cells = {
        (new.notebook, new.grade_id): (old.points, new.points) for _, old, new in _pairs(stored, fresh) if old and new
    }
    worth = {key: points for key, points in cells.items() if points[0] != points[1]}
    if not worth:
        return []
    with explained_database(course), Gradebook(course.db_url, course.id) as gradebook:
        grades = [g for row in gradebook.assignment_submissions(stored.name) for n in row.notebooks for g in n.grades]
        given = Counter((grade.notebook.name, grade.name) for grade in grades if grade.manual_score is not None)
    return [
        f"{given[key]} answers to {key[1]} were graded by a person, when it gave {old:g} points and not {new:g}. Those "
        "points stay; look at them in formgrader."
        for key, (old, new) in worth.items()
        if given[key]
    ]
