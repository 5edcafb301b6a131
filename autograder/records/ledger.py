"""The append-only record of a course's gradings: a line a result, on disk before anything else is changed.

A run that was killed goes on from here, and a submission that has not changed is not graded again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from autograder.course import Course
from autograder.results import SubmissionResult


class Ledger:
    """One assignment's ledger. The last line about a student counts."""

    def __init__(self, path: Path):
        self.path = path
        self._graded: dict[str, tuple[str, dict]] = {}
        self._applied: dict[str, tuple[str, str]] = {}
        for line in self._lines():
            self._remember(line)

    def result(self, student: str, key: str) -> SubmissionResult | None:
        """The student's last result, when it was for the same content (`key`) and the grader itself did not fail."""
        known = self._graded.get(student)
        return SubmissionResult.from_record(known[1]) if known and known[0] == key and not known[1]["retry"] else None

    def results(self) -> list[SubmissionResult]:
        """Each student's last result, in the order of their names."""
        return [SubmissionResult.from_record(record) for _, (_, record) in sorted(self._graded.items())]

    def applied(self, student: str, key: str) -> str | None:
        """The digest of the gradebook's rows just after that result was written into it; None when it never was."""
        known = self._applied.get(student)
        return known[1] if known and known[0] == key else None

    def add(self, student: str, key: str, result: SubmissionResult) -> None:
        """Record a result, before it goes anywhere else."""
        self._append([{"event": "graded", "student": student, "key": key, "result": result.to_record()}])

    def mark_applied(self, digests: dict[str, str]) -> None:
        """Record that the students' last results stand in the gradebook, with the digest of its rows."""
        events = [
            {"event": "applied", "student": student, "key": self._graded[student][0], "digest": digest}
            for student, digest in digests.items()
            if student in self._graded
        ]
        self._append(events)

    def _remember(self, event: dict) -> None:
        if event["event"] == "graded":
            self._graded[event["student"]] = event["key"], event["result"]
        else:
            self._applied[event["student"]] = event["key"], event["digest"]

    def _lines(self) -> Iterator[dict]:
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                with suppress(json.JSONDecodeError):  # a line cut off when the machine stopped; its work is done again
                    yield json.loads(line)

    def _append(self, events: list[dict]) -> None:
        if not events:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(event) + "\n" for event in events)
        with self.path.open("ab+") as file:
            if file.tell() and not _ends_with_newline(file):
                text = "\n" + text
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        for event in events:
            self._remember(event)


def open_ledger(course: Course, assignment: str) -> Ledger:
    """The ledger of one of the course's assignments."""
    return Ledger(course.state / "ledger" / f"{assignment}.jsonl")


def _ends_with_newline(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
