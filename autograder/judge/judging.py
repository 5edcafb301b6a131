"""The judge: runs the course's own checks against proxies of a student's names, cell by cell.

Expected values, seeds and points live here. The student's code runs in a sandboxed child, from which only plain values
come back; a check that crashes or hangs takes nothing with it but itself. Every other test cell of an assignment runs
in the child too, in its place among the student's cells.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field, replace
from functools import partial

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import exercise_id, grade_id_of, is_demo, tags_of
from autograder.judge.demos import needed_demos
from autograder.judge.in_process import claimed, not_run
from autograder.judge.notebook import Due, NotebookProcess, OutOfTime
from autograder.judge.testcell import asked_names, lesson_of, run_test
from autograder.results import FATAL, ExerciseResult, SubmissionResult
from autograder.runner.bindings import Names
from autograder.runner.line import Line
from autograder.runner.session import CellOutcome, Session, Sessions
from autograder.submission import Submission
from course_utils.exercises import Raised
from course_utils.exercises.plain_words import in_plain_words

SKIPPED = "skip-execution"  # the tag of cells that nbclient, and so nbgrader, does not run


def judge(assignment: Assignment, submission: Submission, server: Sessions, secret: bytes) -> SubmissionResult:
    """Run a submission and judge every exercise of the assignment. Never raises on account of the submission."""
    return _Judging(assignment, submission, server, secret).run()


@dataclass
class _Judging:
    assignment: Assignment
    submission: Submission
    server: Sessions
    secret: bytes
    results: dict[tuple[str, str], ExerciseResult] = field(default_factory=dict)  # by notebook and grade id
    answers: dict[tuple[str, str], CellOutcome] = field(default_factory=dict)  # by notebook and exercise
    troubles: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # what cells asked for in vain
    students: list[Session] = field(default_factory=list)
    waited: bool = False

    def run(self) -> SubmissionResult:
        begun = time.monotonic()
        limits = self.server.limits
        self.deadline = begun + limits.submission_seconds * limits.clock_factor
        notebooks = {name: dict(notebook) for name, notebook in self.submission.notebooks.items()}
        absent = {name for name, cells in self.assignment.notebooks.items() if self._all_missing(cells)}
        for cell in [cell for name in absent for cell in self.assignment.notebooks[name] if cell.graded]:
            self._keep(cell, _not_there(cell))
        for name, notebook in notebooks.items():
            if name in absent:
                continue
            with contextlib.ExitStack() as sessions:
                try:
                    self._run_notebook(name, notebook["cells"], sessions)
                except OutOfTime as error:
                    self.troubles.append(("timed_out", str(error)))
        graded = [cell for cell in self.assignment.cells() if cell.graded]
        for cell in graded:
            self.results.setdefault((cell.notebook, cell.grade_id), _too_late(cell))
        status = next((s for s, _ in self.troubles), "graded")
        failing = any(r.in_process and r.status != "passed" for r in self.results.values())
        reasons = [reason for _, reason in self.troubles] + self.refused[: int(failing)]
        reasons += self.submission.problems
        return SubmissionResult(
            self.submission.student,
            status,
            "; ".join(reasons),
            time.monotonic() - begun,
            0.0,
            self.server.sandbox,
            tuple(self.results[cell.notebook, cell.grade_id] for cell in graded),
            notebooks,
            waited=self.waited or any(student.waited for student in self.students),
        )

    def _all_missing(self, cells: list[TrustedCell]) -> bool:
        """Whether a notebook was not handed in at all."""
        return bool(cells) and all((cell.notebook, cell.grade_id) in self.submission.missing for cell in cells)

    def _spawn(self, sessions: contextlib.ExitStack) -> Session:
        student = sessions.enter_context(self.server.spawn(self.submission.folder))
        student.deadline = self.deadline
        self.students.append(student)
        return student

    def _run_notebook(self, name: str, cells: list[dict], sessions: contextlib.ExitStack) -> None:
        trusted = [self.assignment.find(name, grade_id_of(cell)) for cell in cells]
        student = NotebookProcess(cells, partial(self._spawn, sessions), self._check_time)
        names, ended_by = self._choose(name, cells, trusted, student), ""
        due: list[Due] = []

        def settle(last: bool = False) -> None:
            student.serve(due, lambda place, line: self._check(trusted[place], cells[place], line), last)
            due.clear()

        for place, (cell, mine) in enumerate(zip(cells, trusted, strict=True)):
            if mine and mine.own_check:
                due.append(student.due(place))
                if due[-1].kept is None:
                    settle()
            elif mine and mine.kind == "test" and ended_by:
                student.runs.discard(place)
                self._keep(mine, not_run(mine, ended_by))
            elif place in student.runs:
                if not names.get(place, Names()).only_names:
                    settle()
                outcome = self._run_cell(place, cell, mine, student, name)
                if mine and mine.kind == "test":
                    ended_by = "" if student.session.alive else mine.grade_id
                    self._keep(mine, claimed(mine, outcome))
            if mine and mine.graded and not (mine.kind == "test" and cell["cell_type"] == "code"):
                gone = (name, mine.grade_id) in self.submission.missing
                self._keep(mine, _elsewhere(mine) if gone else _by_hand(mine, cell["source"]))
        settle(last=True)

    def _run_cell(
        self, place: int, cell: dict, trusted: TrustedCell | None, student: NotebookProcess, name: str
    ) -> CellOutcome:
        outcome, where = student.run(place), f"cell {place + 1} of {name}"
        cell["outputs"] = outcome.outputs
        test = trusted is not None and trusted.kind == "test"
        if trusted:
            where = f"the cell {trusted.grade_id!r}"
            if not test:
                self.answers[trusted.notebook, exercise_id(trusted.grade_id)] = outcome
        if outcome.refused:
            self.refused.append(f"{where} asked for {outcome.refused}, which nothing gets while grading")
        if outcome.status in FATAL:
            self.troubles.append((outcome.status, f"{where}: {outcome.message}"))
        elif outcome.message.startswith("MemoryError") and not test:
            self.troubles.append(("crashed", f"{where} asked for more memory than is allowed"))
        return outcome

    def _keep(self, cell: TrustedCell, result: ExerciseResult) -> None:
        """Record a verdict. Where the cell of the answer had stopped, that is said first."""
        answer = self.answers.get((cell.notebook, cell.grade_id))
        if cell.kind == "test" and answer and answer.status != "ok" and result.status != "passed":
            result = _stopped(cell, answer, result)
        self.results[cell.notebook, cell.grade_id] = replace(result, notebook=cell.notebook)

    def _choose(self, name: str, cells: list[dict], trusted: list, student: NotebookProcess) -> dict[int, Names]:
        """Tell the process which cells it runs: not the stubs of deleted answers, and in a lesson few demonstrations.

        Such a stub would take the name away from the answer that the student wrote in another cell. Gives the names of
        the cells, as far as they were asked for.
        """
        checks = {p for p, cell in enumerate(trusted) if cell and cell.own_check}
        code = {p for p, cell in enumerate(cells) if cell["cell_type"] == "code"} - checks
        tests = {p for p, cell in enumerate(trusted) if cell and cell.kind == "test"}
        code -= {p for p in code - tests if SKIPPED in tags_of(cells[p])}
        gone = {p for p, cell in enumerate(trusted) if cell and (name, cell.grade_id) in self.submission.missing}
        student.runs = code - {p for p in gone if trusted[p].kind in ("answer", "manual")}
        demos = {p for p in code if is_demo(cells[p])}
        if lesson_of(self.assignment) is None or not (demos or len(checks) > 1):
            return {}
        asked = {p: asked_names(trusted[p], self.assignment) for p in checks}
        runs = sorted(student.runs)
        names = dict(zip(runs, student.session.names_of([cells[p]["source"] for p in runs]), strict=True))
        student.runs -= demos - needed_demos(names, demos, asked)
        return names

    def _check_time(self) -> None:
        limits, now = self.server.limits, time.monotonic()
        clock = limits.submission_seconds * limits.clock_factor
        if now >= self.deadline:
            self.waited = True
            raise OutOfTime(f"the whole submission took longer than {clock:g} s by the clock")
        if now < self.deadline - clock + limits.submission_seconds:
            return  # so soon it cannot have used them up, or hardly, and looking takes time
        if sum(student.processor_seconds or 0.0 for student in self.students) > limits.submission_seconds:
            raise OutOfTime(f"the whole submission used more than {limits.submission_seconds:g} s of processor time")

    def _check(self, trusted: TrustedCell, cell: dict, student: Line) -> None:
        self._check_time()
        passed = {id for (_, id), r in self.results.items() if r.status == "passed" and not r.in_process}
        result, cell["outputs"] = run_test(trusted, self.assignment, student, self.secret, passed)
        if result.status in FATAL:
            self.troubles.append((result.status, f"exercise {trusted.grade_id!r}: {result.message}"))
        self._keep(trusted, result)


def _not_there(cell: TrustedCell) -> ExerciseResult:
    return ExerciseResult(cell.grade_id, 0.0, cell.points, "missing", message="Its notebook was not handed in.")


def _too_late(cell: TrustedCell) -> ExerciseResult:
    why = "The time for the submission was used up before this exercise."
    return ExerciseResult(cell.grade_id, 0.0, cell.points, "timed_out", message=why, notebook=cell.notebook)


def _stopped(cell: TrustedCell, answer: CellOutcome, result: ExerciseResult) -> ExerciseResult:
    """The verdict on an answer whose cell stopped. That comes first: what the check found may only follow from it."""
    why = f"The cell with your answer stopped: {answer.message}"
    why = why if why.endswith((".", "?", "!")) else f"{why}."
    if answer.raised:
        why = f"{why} {in_plain_words(Raised.of(answer.raised))}".rstrip()
    if result.status == "missing":
        return ExerciseResult(cell.grade_id, 0.0, cell.points, answer.status, message=why)
    return replace(result, message=f"{why} {result.message}".rstrip())


def _elsewhere(cell: TrustedCell) -> ExerciseResult:
    why = "Its cell was not in the notebook that was handed in. A person looks whether the answer stands elsewhere."
    return ExerciseResult(cell.grade_id, 0.0, cell.points, "manual", message=why)


def _by_hand(cell: TrustedCell, source: str) -> ExerciseResult:
    if cell.kind == "manual" and source.strip() == cell.source.strip():
        return ExerciseResult(cell.grade_id, 0.0, cell.points, "not_attempted", message="No answer was written.")
    return ExerciseResult(cell.grade_id, 0.0, cell.points, "manual", message="A person will read this answer.")
