"""What grading one submission gives: a score, a status and a reason for each exercise and for the whole.

A result is the judge's; a standing is the result with all that the gradebook adds to it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace

from autograder.files import sendable
from course_utils.exercises.status import STATUSES, Status

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a terminal takes them for orders
FATAL = tuple(name for name, status in STATUSES.items() if status.fatal)
IN_PROCESS = "in the student's process"  # where a test that is none of the course's own checks was judged
BY_A_PERSON = Status("Graded by a person", "✎", "good")
SUBMISSION_STATUSES = {
    "graded": Status("Graded", "✓", "good"),
    "late": Status("Graded, handed in late", "✓", "part"),
    "invalid": Status("Could not be read", fatal=True),
    "timed_out": Status("Took too long", fatal=True),
    "crashed": Status("Could not be graded to its end", fatal=True),
}


@dataclass(frozen=True)
class ExerciseResult:
    """The verdict on one exercise. `mistake` is the name of a known mistake that the answer behaves like.

    `in_process`: it was judged in the student's own process, so it is what that process said, and not the judge's.
    """

    id: str
    score: float
    max_score: float
    status: str
    mistake: str | None = None
    message: str = ""
    panel_html: str = ""
    panel_text: str = ""
    notebook: str = ""  # two notebooks of one assignment may use the same id
    in_process: bool = False
    extra: float = 0.0  # points outside of the total, which count in no score

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"exercise {self.id!r}: unknown status {self.status!r}")
        for text in ("message", "panel_html", "panel_text"):
            object.__setattr__(self, text, CONTROLS.sub("", sendable(getattr(self, text))))
        if not (math.isfinite(self.score) and 0 <= self.score <= self.max_score):
            raise ValueError(f"exercise {self.id!r}: score {self.score!r} is not within 0 to {self.max_score!r}")
        if not (math.isfinite(self.extra) and self.extra >= 0):
            raise ValueError(f"exercise {self.id!r}: extra points {self.extra!r} are below 0 or no number")

    def to_json(self) -> dict:
        keys = ("id", "score", "max_score", "status", "mistake", "message")
        judged = {"judged": IN_PROCESS} if self.in_process else {}
        extra = {"extra": self.extra} if self.extra else {}
        return {**{key: getattr(self, key) for key in keys}, **extra, **judged}


@dataclass(frozen=True)
class SubmissionResult:
    """The verdict on one student's submission; `notebooks` are what the student handed in, run and judged."""

    student: str
    status: str
    reason: str = ""
    seconds: float = 0.0
    seconds_late: float = 0.0
    sandbox: str = ""
    exercises: tuple[ExerciseResult, ...] = ()
    notebooks: dict[str, dict] = field(default_factory=dict)
    retry: bool = False  # the grader failed, not the submission: the next run judges it again
    waited: bool = False  # something ran out of time by the clock, not of processor time
    final: float | None = None  # points in the gradebook: with a person's, without a late penalty's
    waiting: int = 0  # answers that wait for a person, by the gradebook

    def __post_init__(self) -> None:
        if self.status not in SUBMISSION_STATUSES:
            raise ValueError(f"submission of {self.student!r}: unknown status {self.status!r}")
        object.__setattr__(self, "exercises", tuple(self.exercises))
        object.__setattr__(self, "reason", sendable(self.reason))

    @property
    def score(self) -> float:
        """Points by the autograder, before any late penalty."""
        return sum(exercise.score for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        return sum(exercise.max_score for exercise in self.exercises)

    @property
    def extra(self) -> float:
        """Points outside of the total."""
        return sum(exercise.extra for exercise in self.exercises)

    @property
    def points(self) -> float:
        """What the gradebook has; before it was asked, the autograder's points."""
        return self.score if self.final is None else self.final

    def find(self, notebook: str, id: str | None) -> ExerciseResult | None:
        """The exercise's result, None when there is none."""
        return next((e for e in self.exercises if e.id == id and e.notebook in ("", notebook)), None)

    @property
    def failed(self) -> bool:
        """Whether it could not be graded to its end."""
        return SUBMISSION_STATUSES[self.status].fatal

    def without_notebooks(self) -> SubmissionResult:
        """The result without its large part, for keeping many."""
        return replace(self, notebooks={})

    def late(self, seconds: float) -> SubmissionResult:
        """The result with its lateness; a graded submission that came late is "late"."""
        status = "late" if seconds > 0 and self.status == "graded" else self.status
        return replace(self, status=status, seconds_late=seconds)

    def to_json(self) -> dict:
        return {
            "student": self.student,
            "status": self.status,
            "reason": self.reason,
            "score": self.score,
            "max_score": self.max_score,
            **({} if self.final is None else {"final": self.final, "waiting": self.waiting}),
            "seconds": round(self.seconds, 3),
            "exercises": [self._told(exercise) for exercise in self.exercises],
        }

    def _told(self, exercise: ExerciseResult) -> dict:
        several = len({other.notebook for other in self.exercises}) > 1
        return {**({"notebook": exercise.notebook} if several else {}), **exercise.to_json()}

    def to_record(self) -> dict:
        """Everything, as plain JSON values: what the ledger keeps."""
        return {**vars(self), "exercises": [vars(exercise) for exercise in self.exercises]}

    @staticmethod
    def from_record(record: dict) -> SubmissionResult:
        exercises = tuple(ExerciseResult(**exercise) for exercise in record["exercises"])
        return SubmissionResult(**{**record, "exercises": exercises})


@dataclass(frozen=True)
class HumanGrade:
    """What the gradebook says of one graded cell after a person may have been there."""

    score: float
    manual: bool
    waiting: bool


@dataclass(frozen=True)
class Standing:
    """A submission's result with all that the gradebook adds to it: lateness, penalty, a person's grades."""

    result: SubmissionResult
    penalties: dict[str, float] = field(default_factory=dict)  # notebook -> points taken off for lateness
    grades: dict[tuple[str, str], HumanGrade] = field(default_factory=dict)
    comments: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def score(self) -> float:
        return max(0.0, sum(grade.score for grade in self.grades.values()) - sum(self.penalties.values()))

    @property
    def settled(self) -> SubmissionResult:
        """The result with the points that the gradebook has, without its large part."""
        waiting = sum(grade.waiting for grade in self.grades.values())
        return replace(self.result.without_notebooks(), final=self.score, waiting=waiting)


def report_json(assignment: str, sandbox: str, results: list[SubmissionResult]) -> dict:
    """The content of `course grade --json`."""
    return {"assignment": assignment, "sandbox": sandbox, "submissions": [result.to_json() for result in results]}
