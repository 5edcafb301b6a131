"""What grading one submission gives: a score, a status and a reason for each exercise and for the whole."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, replace

EXERCISE_STATUSES = (
    "passed", "partial", "wrong", "not_attempted", "error", "timed_out", "crashed", "missing", "manual",
)  # fmt: skip
SUBMISSION_STATUSES = ("graded", "late", "invalid", "timed_out", "crashed")
FAILED = ("invalid", "timed_out", "crashed")  # a submission that could not be graded to its end


@dataclass(frozen=True)
class ExerciseResult:
    """The verdict on one exercise. `mistake` is the name of a known mistake that the answer behaves like."""

    id: str
    score: float
    max_score: float
    status: str
    mistake: str | None = None
    message: str = ""
    panel_html: str = ""
    panel_text: str = ""
    notebook: str = ""  # needed only where two notebooks of one assignment use the same id

    def __post_init__(self) -> None:
        if self.status not in EXERCISE_STATUSES:
            raise ValueError(f"exercise {self.id!r}: unknown status {self.status!r}")
        if not (math.isfinite(self.score) and 0 <= self.score <= self.max_score):
            raise ValueError(f"exercise {self.id!r}: score {self.score!r} is not within 0 to {self.max_score!r}")

    def to_json(self) -> dict:
        keys = ("id", "score", "max_score", "status", "mistake", "message")
        return {key: getattr(self, key) for key in keys}


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

    def __post_init__(self) -> None:
        if self.status not in SUBMISSION_STATUSES:
            raise ValueError(f"submission of {self.student!r}: unknown status {self.status!r}")
        object.__setattr__(self, "exercises", tuple(self.exercises))

    @property
    def score(self) -> float:
        """Points by the autograder, before any late penalty."""
        return sum(exercise.score for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        return sum(exercise.max_score for exercise in self.exercises)

    def find(self, notebook: str, id: str | None) -> ExerciseResult | None:
        """The exercise's result, None when there is none."""
        return next((e for e in self.exercises if e.id == id and e.notebook in ("", notebook)), None)

    @property
    def failed(self) -> bool:
        return self.status in FAILED

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
            "seconds": round(self.seconds, 3),
            "exercises": [exercise.to_json() for exercise in self.exercises],
        }

    def to_record(self) -> dict:
        """Everything, as plain JSON values: what the ledger keeps."""
        return asdict(self)

    @staticmethod
    def from_record(record: dict) -> SubmissionResult:
        exercises = tuple(ExerciseResult(**exercise) for exercise in record["exercises"])
        return SubmissionResult(**{**record, "exercises": exercises})


def report_json(assignment: str, sandbox: str, results: list[SubmissionResult]) -> dict:
    """The content of `course grade --json`."""
    return {"assignment": assignment, "sandbox": sandbox, "submissions": [result.to_json() for result in results]}
