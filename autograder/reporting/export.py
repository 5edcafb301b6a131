"""`course export`: the gradebook as a table that a learning platform imports.

Canvas wants the columns Student, ID, SIS User ID, SIS Login ID and Section, then one an assignment, and a second row
with the points possible; its own roster says who is who. Moodle takes any table with a header; "Username" tells it who
is meant.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course, explained_database, open_course
from autograder.errors import UsageError
from autograder.reporting.output import write_output

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes text that begins so for a formula


@dataclass(frozen=True)
class Points:
    """One student's points in one exercise, before any late penalty."""

    notebook: str
    exercise: str
    score: float
    max_score: float
    waiting: bool


@dataclass(frozen=True)
class Line:
    """One student's final points in one assignment, as the gradebook has them."""

    student: str
    first_name: str
    last_name: str
    email: str
    assignment: str
    timestamp: str
    raw_score: float
    late_penalty: float
    max_score: float
    waiting: bool
    exercises: tuple[Points, ...] = ()

    @property
    def score(self) -> float:
        return max(0.0, self.raw_score - self.late_penalty)


def write_export(
    course_dir: str, layout: str, out: str, assignment: str = "", bom: bool = False, roster: str = "", match: str = ""
) -> None:
    """Write the table into a file, or to standard output for "-".

    With a `roster`, Canvas's own table, the points go into its rows, found by the student ids in the column `match`.
    `bom` puts a byte order mark in front, by which Excel knows UTF-8. Errors: UsageError without a gradebook, such an
    assignment, or such a roster.
    """
    lines = read_lines(open_course(course_dir), assignment)
    text = merged(lines, read_roster(Path(roster)), match) if roster else table(lines, layout)
    write_output(out, f"\ufeff{text}" if bom else text)


def read_lines(course: Course, assignment: str = "") -> list[Line]:
    """A line for each student and assignment in the gradebook (or this one); without a submission, no points."""
    file = course.gradebook_file
    if file is not None and not file.exists():
        raise UsageError(f"There is no gradebook {file}. Run `course grade ASSIGNMENT` first.")
    from nbgrader.api import Gradebook

    with explained_database(course), Gradebook(course.db_url, course.id) as gradebook:
        found = {a.name: a for a in gradebook.assignments}
        if assignment and assignment not in found:
            raise UsageError(f"There is no {assignment!r} in the gradebook. There are: {', '.join(found) or 'none'}.")
        wanted = [found[assignment]] if assignment else found.values()
        return [_line(row) for each in wanted for row in each.submissions]


def _line(row) -> Line:
    person = row.student
    return Line(
        student=person.id,
        first_name=person.first_name or "",
        last_name=person.last_name or "",
        email=person.email or "",
        assignment=row.assignment.name,
        timestamp=f"{row.timestamp} UTC" if row.timestamp else "",
        raw_score=float(row.score),
        late_penalty=float(row.late_submission_penalty or 0.0),
        max_score=float(row.max_score),
        waiting=bool(row.needs_manual_grade),
        exercises=tuple(
            Points(notebook.name, g.name, float(g.score), float(g.max_score), bool(g.needs_manual_grade))
            for notebook in row.notebooks
            for g in notebook.grades
        ),
    )


def table(lines: list[Line], layout: str) -> str:
    """The lines as CSV in one of the layouts."""
    lines = sorted(lines, key=lambda line: (line.student, line.assignment))
    return _as_text({"canvas": _canvas, "moodle": _moodle, "csv": _csv, "exercises": _exercises}[layout](lines))


def _as_text(rows: list[list[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}" if round(value, 10) == round(float(f"{value:g}"), 10) else repr(round(value, 6))
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) and text != "-" else text


def _wide(lines: list[Line]) -> tuple[list[str], dict[str, float], dict[str, dict[str, Line]]]:
    """(assignments, their full points, student -> assignment -> line)."""
    full = {line.assignment: line.max_score for line in lines}
    people: dict[str, dict[str, Line]] = {}
    for line in lines:
        people.setdefault(line.student, {})[line.assignment] = line
    return sorted(full), full, people


def _name(line: Line) -> str:
    return f"{line.last_name}, {line.first_name}" if line.last_name and line.first_name else line.student


def _canvas(lines: list[Line]) -> list[list[object]]:
    assignments, full, people = _wide(lines)
    rows: list[list[object]] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *assignments]]
    rows.append(["Points Possible", "", "", "", "", *(full[name] for name in assignments)])
    for student, mine in people.items():
        points = [mine[name].score if name in mine else "" for name in assignments]
        rows.append([_name(next(iter(mine.values()))), "", student, student, "", *points])
    return rows


def _moodle(lines: list[Line]) -> list[list[object]]:
    assignments, _, people = _wide(lines)
    rows: list[list[object]] = [["Username", "First name", "Last name", "Email address", *assignments]]
    for student, mine in people.items():
        person = next(iter(mine.values()))
        points = [mine[name].score if name in mine else "-" for name in assignments]
        rows.append([student, person.first_name, person.last_name, person.email, *points])
    return rows


def _csv(lines: list[Line]) -> list[list[object]]:
    about = ["assignment", "student_id", "last_name", "first_name", "email", "timestamp"]
    points = ["raw_score", "late_submission_penalty", "score", "max_score", "needs_manual_grade"]
    rows: list[list[object]] = [about + points]
    for line in lines:
        person = [line.assignment, line.student, line.last_name, line.first_name, line.email, line.timestamp]
        rows.append([*person, line.raw_score, line.late_penalty, line.score, line.max_score, str(line.waiting).lower()])
    return rows


def _exercises(lines: list[Line]) -> list[list[object]]:
    rows: list[list[object]] = [
        ["assignment", "student_id", "notebook", "exercise", "score", "max_score", "needs_manual_grade"]
    ]
    for line in lines:
        for p in sorted(line.exercises, key=lambda p: (p.notebook, p.exercise)):
            waiting = str(p.waiting).lower()
            rows.append([line.assignment, line.student, p.notebook, p.exercise, p.score, p.max_score, waiting])
    return rows


def read_roster(path: Path) -> list[list[str]]:
    """The rows of a table that Canvas exported, the header first. Errors: UsageError when it is none."""
    try:
        rows = [row for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")) if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"The roster {path} cannot be read: {error}.") from error
    if not rows or rows[0][:1] != ["Student"]:
        raise UsageError(
            f"{path} is no roster from Canvas: its first column is not Student. Use Grades > Export there."
        )
    return rows


def merged(lines: list[Line], roster: list[list[str]], match: str) -> str:
    """The roster's rows with the points of the students whose ids stand in its column `match`.

    Errors: UsageError when there is no such column, or a student of the gradebook stands nowhere in it.
    """
    header, *rows = roster
    if match not in header:
        raise UsageError(f"The roster has no column {match!r}. Choose one with --match: {', '.join(header)}.")
    key, kept = header.index(match), header[: header.index("Section") + 1] if "Section" in header else header[:5]
    assignments, full, people = _wide(lines)
    missing = set(people) - {row[key] for row in rows if len(row) > key}
    if missing:
        raise UsageError(
            f"Not in the roster's column {match!r}: {', '.join(sorted(missing))}. Is it the right column (--match)?"
        )
    table: list[list[object]] = [[*kept, *assignments]]
    table.append(["Points Possible", *[""] * (len(kept) - 1), *(full[name] for name in assignments)])
    for row in rows:
        mine = people.get(row[key] if len(row) > key else "", {})
        if mine or "Points Possible" not in row[0]:
            about = [*row, *[""] * len(kept)][: len(kept)]
            table.append([*about, *(mine[name].score if name in mine else "" for name in assignments)])
    return _as_text(table)
