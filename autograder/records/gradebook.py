"""Results into nbgrader's gradebook, as nbgrader itself would have written them.

One transaction a submission, one writer. What a person has entered (manual scores, extra credit, comments, flags) is
read here, never written.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from autograder.assignment import Assignment
from autograder.cells import grade_id_of
from autograder.course import BUSY_SECONDS, Course, explained_database
from autograder.errors import CourseError
from autograder.results import IN_PROCESS, ExerciseResult, HumanGrade, Standing, SubmissionResult


@dataclass(frozen=True)
class _Sheet:
    """A notebook of the assignment, with the ids and names of the cells that get a grade or a comment."""

    name: str
    graded: dict[str, str]
    commented: dict[str, str]


class GradebookWriter:
    """The one writer of a run. Use as a context manager."""

    def __init__(self, course: Course, assignment: Assignment):
        self.course, self.assignment = course, assignment

    def __enter__(self) -> GradebookWriter:
        from nbgrader.api import Gradebook

        with explained_database(self.course):
            self.gradebook = Gradebook(self.course.db_url, self.course.id)
        if self.gradebook.engine.dialect.name == "sqlite":
            _wait_for_locks(self.gradebook.engine)
        self.db = self.gradebook.db
        return self

    def __exit__(self, *_: object) -> None:
        self.gradebook.close()

    def write(self, result: SubmissionResult, timestamp: datetime.datetime | None, publish: Any) -> Standing:
        """Write one result: rows, then `publish(standing)` (the files), then the commit."""
        with explained_database(self.course):
            try:
                submission = self._submission(result.student)
                submission.timestamp = timestamp
                self._fill(submission, result)
                self.db.flush()
                late = _seconds_late(submission)
                self._penalize(submission, late)
                standing = self._standing(submission, result.late(late))
                publish(standing)
                self.db.commit()
            except BaseException:
                self.db.rollback()
                raise
        return standing

    def digests(self) -> dict[str, str]:
        """Student -> a digest of everything the gradebook holds on the submission, and of what lateness costs by now.

        It changes with every change there, in the settings of the penalty and in a plugin of the course's own.
        """
        from nbgrader import api

        facts: dict[str, list] = defaultdict(list)
        with explained_database(self.course):
            duedate = self.gradebook.find_assignment(self.assignment.name).duedate
            for row in self._select(api.SubmittedAssignment.timestamp, api.SubmittedAssignment.extension):
                facts[row[0]].append(["submission", str(duedate), self.course.timezone, *map(str, row[1:])])
            parts = (api.SubmittedNotebook.late_submission_penalty, api.SubmittedNotebook.id)
            for row in self._select(*parts, join=[api.SubmittedNotebook]):
                facts[row[0]].append(["notebook", *map(str, row[1:])])
            grade, comment = api.Grade, api.Comment
            parts = (grade.id, grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
            for row in self._select(*parts, join=[api.SubmittedNotebook, grade]):
                facts[row[0]].append(["grade", *map(str, row[1:])])
            parts = (comment.id, comment.auto_comment, comment.manual_comment)
            for row in self._select(*parts, join=[api.SubmittedNotebook, comment]):
                facts[row[0]].append(["comment", *map(str, row[1:])])
            for student, notebook, penalty in self._penalties_now():
                facts[student].append(["penalty now", notebook, str(penalty)])
            self.db.rollback()
        return {student: _digest(sorted(rows)) for student, rows in facts.items()}

    def standing(self, result: SubmissionResult) -> Standing:
        """The result with what the gradebook has on it now: lateness, penalty, a person's grades. Changes nothing."""
        with explained_database(self.course):
            submission = self.gradebook.find_submission(self.assignment.name, result.student)
            standing = self._standing(submission, result.late(_seconds_late(submission)))
            self.db.rollback()
        return standing

    def scores(self) -> dict[str, float]:
        """Student -> score now in the gradebook, for the comparison of a dry run."""
        with explained_database(self.course):
            rows = self.gradebook.assignment_submissions(self.assignment.name)
            scores = {row.student.id: float(row.score) for row in rows}
            self.db.rollback()
        return scores

    def _select(self, *columns: Any, join: list = ()) -> Any:
        from nbgrader import api

        query = self.db.query(api.SubmittedAssignment.student_id, *columns)
        query = query.select_from(api.SubmittedAssignment).join(api.Assignment)
        for table in join:
            on = {
                api.SubmittedNotebook: api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id,
                api.Grade: api.Grade.notebook_id == api.SubmittedNotebook.id,
                api.Comment: api.Comment.notebook_id == api.SubmittedNotebook.id,
            }[table]
            query = query.join(table, on)
        return query.filter(api.Assignment.name == self.assignment.name)

    @cached_property
    def _sheets(self) -> dict[str, _Sheet]:
        """By their ids. They stay as they are while a run lasts."""
        notebooks = self.gradebook.find_assignment(self.assignment.name).notebooks
        return {
            n.id: _Sheet(n.name, _named(n.grade_cells, n.task_cells), _named(n.solution_cells, n.task_cells))
            for n in notebooks
        }

    def _submission(self, student: str) -> Any:
        """The submission's row and its notebooks', as `Gradebook.add_submission` makes them, without its commits."""
        from nbgrader import api

        keys = {"assignment_id": self.gradebook.find_assignment(self.assignment.name).id, "student_id": student}
        submission = self.db.query(api.SubmittedAssignment).filter_by(**keys).one_or_none()
        if submission is None:
            if self.db.get(api.Student, student) is None:
                self.db.add(api.Student(id=student))
            submission = api.SubmittedAssignment(**keys)
            self.db.add(submission)
        there = {row.notebook_id for row in submission.notebooks}
        submission.notebooks.extend(api.SubmittedNotebook(notebook_id=id) for id in self._sheets if id not in there)
        return submission

    def _fill(self, submission: Any, result: SubmissionResult) -> None:
        """The rows of all cells, made where they are not there yet."""
        from nbgrader import api

        for row in submission.notebooks:
            sheet = self._sheets[row.notebook_id]
            for name, grade in _a_row_each(sheet.graded, row.grades, api.Grade):
                grade.auto_score = self._auto_score(sheet.name, name, result)
                grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            for name, comment in _a_row_each(sheet.commented, row.comments, api.Comment):
                comment.auto_comment = self._auto_comment(sheet.name, name, result)

    def _auto_score(self, notebook: str, grade_id: str, result: SubmissionResult) -> float | None:
        """The points; None where a person has to give them, as nbgrader does it."""
        exercise, kind = result.find(notebook, grade_id), self._kind(notebook, grade_id)
        if exercise and exercise.status == "manual":
            return None
        if kind == "task":
            return 0.0 if exercise and exercise.status == "missing" else None
        if kind == "manual":
            return 0.0 if self._untouched(notebook, grade_id, result) else None
        return exercise.score if exercise else 0.0

    def _untouched(self, notebook: str, grade_id: str, result: SubmissionResult) -> bool:
        """Whether the student wrote nothing into the cell, or took it out."""
        cells = result.notebooks.get(notebook, {}).get("cells", ())
        cell = next((cell for cell in cells if grade_id_of(cell) == grade_id), None)
        trusted = self.assignment.find(notebook, grade_id)
        return cell is None or (trusted is not None and cell["source"] == trusted.source)

    def _auto_comment(self, notebook: str, grade_id: str, result: SubmissionResult) -> str | None:
        if self._kind(notebook, grade_id) == "task":
            return None
        if self._untouched(notebook, grade_id, result):
            return "No response."
        tests = [test.grade_id for test in self.assignment.tests_of(notebook, grade_id)]
        found = [exercise for id in tests if (exercise := result.find(notebook, id))]
        told = [self._told(exercise, len(found) > 1) for exercise in found if exercise.status != "passed"]
        claimed = [exercise.id for exercise in found if exercise.in_process]
        told += [f"Judged {IN_PROCESS}: {', '.join(claimed)}."] if claimed else []
        return html.escape("\n\n".join(filter(None, told)), quote=False) or None

    @staticmethod
    def _told(exercise: ExerciseResult, several: bool) -> str:
        return f"{exercise.id}: {exercise.message}" if several and exercise.message else exercise.message

    def _kind(self, notebook: str, grade_id: str) -> str | None:
        trusted = self.assignment.find(notebook, grade_id)
        return trusted.kind if trusted else None

    def _penalize(self, submission: Any, seconds_late: float) -> None:
        """The late penalty, notebook by notebook."""
        for row in submission.notebooks:
            row.late_submission_penalty = None
            if seconds_late > 0:
                self.db.flush()
                self.db.refresh(row)
                row.late_submission_penalty = self._penalty(submission.student_id, row, seconds_late)

    def _penalty(self, student: str, notebook: Any, seconds_late: float) -> float | None:
        """What nbgrader's plugin takes off, kept within 0 and the score."""
        penalty = self._plugin.late_submission_penalty(student, notebook.score, seconds_late)
        return None if penalty is None else min(max(penalty, 0), notebook.score)

    def _penalties_now(self) -> Iterator[tuple[str, str, float | None]]:
        """(student, notebook, penalty) of each late submission, by the settings as they are now."""
        from nbgrader import api

        rows = self.db.query(api.SubmittedAssignment).join(api.Assignment)
        for submission in rows.filter(api.Assignment.name == self.assignment.name):
            if (late := _seconds_late(submission)) > 0:
                for row in submission.notebooks:
                    yield submission.student_id, row.id, self._penalty(submission.student_id, row, late)

    @cached_property
    def _plugin(self) -> Any:
        from nbgrader.preprocessors import AssignLatePenalties

        root = str(self.course.root)  # a plugin of the course's own lies beside its nbgrader_config.py
        sys.path.insert(0, root)
        try:
            step = AssignLatePenalties(config=self.course.config)
            step.init_plugin()
        except Exception as error:
            raise CourseError(f"The late-submission plugin of nbgrader_config.py cannot be used: {error}") from error
        finally:
            sys.path.remove(root)
        return step.plugin_inst

    def _standing(self, submission: Any, result: SubmissionResult) -> Standing:
        self.db.flush()
        grades, comments, penalties = {}, {}, {}
        for row in submission.notebooks:
            sheet = self._sheets[row.notebook_id]
            penalties[sheet.name] = row.late_submission_penalty or 0.0
            for grade in row.grades:
                manual = grade.manual_score is not None
                score = grade.manual_score if manual else grade.auto_score or 0.0
                score += grade.extra_credit or 0.0
                id = sheet.name, sheet.graded.get(grade.cell_id)
                grades[id] = HumanGrade(score, manual, not manual and grade.auto_score is None)
            for comment in row.comments:
                if comment.manual_comment:
                    comments[sheet.name, sheet.commented.get(comment.cell_id)] = comment.manual_comment
        return Standing(result, penalties, grades, comments)


def _named(*cells: list) -> dict[str, str]:
    return {cell.id: cell.name for cell in chain(*cells)}


def _a_row_each(cells: dict[str, str], rows: list, table: Any) -> Iterator[tuple[str, Any]]:
    """Each cell's name with its row, which is added where there is none."""
    there = {row.cell_id: row for row in rows}
    for id, name in cells.items():
        if id not in there:
            rows.append(there.setdefault(id, table(cell_id=id)))
        yield name, there[id]


def _wait_for_locks(engine: Any) -> None:
    """Take SQLite's write lock when a transaction begins, and wait for it; an upgrade half-way would not wait."""
    from sqlalchemy import event

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")

    @event.listens_for(engine, "begin")
    def _(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    engine.dispose()


def _seconds_late(submission: Any) -> float:
    if submission.timestamp is None or submission.assignment.duedate is None:
        return 0.0
    return float(submission.total_seconds_late)


def _digest(rows: list) -> str:
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]
