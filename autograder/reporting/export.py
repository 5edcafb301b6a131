"""`course export`: the gradebook as a table that a learning platform imports.

Canvas wants the columns Student, ID, SIS User ID, SIS Login ID and Section, then one an assignment, and a second row
with the points possible. Moodle takes any table with a header; "Username" tells it who is meant.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from autograder.course import Course, explained_database, open_course
from autograder.errors import UsageError
from autograder.reporting.output import write_output

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes text that begins so for a formula


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

    @property
    def score(self) -> float:
        return max(0.0, self.raw_score - self.late_penalty)


def write_export(course_dir: str, layout: str, out: str) -> None:
    """Write the table into a file, or to standard output for "-". Errors: UsageError without a gradebook."""
    write_output(out, table(read_lines(open_course(course_dir)), layout))


def read_lines(course: Course) -> list[Line]:
    """A line for each student and assignment in the gradebook; without a submission there are no points."""
    file = course.gradebook_file
    if file is not None and not file.exists():
        raise UsageError(f"There is no gradebook {file}. Run `course grade ASSIGNMENT` first.")
    from nbgrader.api import Gradebook

    with explained_database(course), Gradebook(course.db_url, course.id) as gradebook:
        return [_line(row) for assignment in gradebook.assignments for row in assignment.submissions]


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
    )


def table(lines: list[Line], layout: str) -> str:
    """The lines as CSV in one of the layouts."""
    lines = sorted(lines, key=lambda line: (line.student, line.assignment))
    rows = {"canvas": _canvas, "moodle": _moodle, "csv": _csv}[layout](lines)
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
