"""What goes out to whoever judges, and what can come of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import CourseError, UnsafeHost
from autograder.judge.failed import failed_result
from autograder.results import SubmissionResult


@dataclass(frozen=True)
class Task:
    """One submission to judge; `attempt` counts the student's earlier ones that had another content."""

    student: str
    folder: Path
    attempt: int = 0


@dataclass(frozen=True)
class Judged:
    """The submission has its result, whatever that is."""

    result: SubmissionResult


@dataclass(frozen=True)
class Lost:
    """Whoever judged it ended or failed: the next run tries again."""

    reason: str
    status: str = "crashed"


@dataclass(frozen=True)
class Unsafe:
    """Students' code cannot be shut in there."""

    reason: str


@dataclass(frozen=True)
class Unfit:
    """The worker is of no use to this run, such as one with another version of the course."""

    reason: str


Outcome = Judged | Lost | Unsafe | Unfit
_BY_NAME = {kind.__name__: kind for kind in (Lost, Unsafe, Unfit)}


def result_of(outcome: Outcome, assignment: Assignment, student: str) -> SubmissionResult:
    """The submission's result. Errors: UnsafeHost and CourseError where the whole run cannot go on."""
    match outcome:
        case Judged(result):
            return result
        case Lost(reason, status):
            return replace(failed_result(assignment, student, status, reason), retry=True)
        case Unsafe(reason):
            raise UnsafeHost(reason)
        case Unfit(reason):
            raise CourseError(reason)


def to_json(outcome: Outcome) -> list:
    """The outcome as plain JSON values, for the way over a network."""
    content = outcome.result.to_record() if isinstance(outcome, Judged) else asdict(outcome)
    return [type(outcome).__name__, content]


def from_json(told: list) -> Outcome:
    """The outcome that `to_json` wrote. Errors: KeyError, TypeError, ValueError for anything else."""
    kind, content = told
    return Judged(SubmissionResult.from_record(content)) if kind == Judged.__name__ else _BY_NAME[kind](**content)
