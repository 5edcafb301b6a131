"""The append-only record of a course's gradings: a line a result, on disk before anything else is changed.

A run that was killed goes on from here, and a submission that has not changed is not graded again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from autograder.course import Course
from autograder.results import SubmissionResult


@dataclass(frozen=True)
class _Graded:
    """Where the student's last result stands in the file, and what it was a result of."""

    key: str
    retry: bool
    place: int


class Ledger:
    """One assignment's ledger. The last line about a student counts; results stay in the file until asked for."""

    def __init__(self, path: Path):
        self.path = path
        self._graded: dict[str, _Graded] = {}
        self._applied: dict[str, tuple[str, str]] = {}
        self._contents: dict[str, list[str]] = {}
        for place, event in self._events():
            self._remember(event, place)

    def result(self, student: str, key: str) -> SubmissionResult | None:
        """The student's last result, when it was for the same content (`key`) and the grader itself did not fail."""
        known = self._graded.get(student)
        return self._read(known) if known and known.key == key and not known.retry else None

    def results(self) -> list[SubmissionResult]:
        """Each student's last result, in the order of their names."""
        return [result for _, known in sorted(self._graded.items()) if (result := self._read(known))]

    def applied(self, student: str, key: str) -> str | None:
        """The digest of the gradebook's rows just after that result was written into it; None when it never was."""
        known = self._applied.get(student)
        return known[1] if known and known[0] == key else None

    def attempt(self, student: str, content: str) -> int:
        """How many other contents the student had handed in before this one."""
        before = self._contents.get(student, [])
        return before.index(content) if content in before else len(before)

    def add(self, student: str, key: str, result: SubmissionResult, content: str = "") -> None:
        """Record a result for this content under these rules (`key`), before it goes anywhere else."""
        event = {"event": "graded", "student": student, "key": key, "content": content}
        self._append([{**event, "result": result.to_record()}])

    def mark_applied(self, digests: dict[str, str]) -> None:
        """Record that the students' last results stand in the gradebook, with the digest of its rows."""
        events = [
            {"event": "applied", "student": student, "key": self._graded[student].key, "digest": digest}
            for student, digest in digests.items()
            if student in self._graded
        ]
        self._append(events)

    def _remember(self, event: dict, place: int) -> None:
        with suppress(KeyError, TypeError):  # a line that somebody else wrote; what it stood for is done again
            if event["event"] == "graded":
                contents = self._contents.setdefault(event["student"], [])
                if (content := event.get("content", "")) not in ("", *contents):
                    contents.append(content)
                self._graded[event["student"]] = _Graded(event["key"], bool(event["result"]["retry"]), place)
            elif event["event"] == "applied":
                self._applied[event["student"]] = event["key"], event["digest"]

    def _events(self) -> Iterator[tuple[int, dict]]:
        if not self.path.exists():
            return
        place = 0
        with self.path.open("rb") as file:
            for line in file:
                with suppress(ValueError):  # a line cut off when the machine stopped; its work is done again
                    yield place, json.loads(line)
                place += len(line)

    def _read(self, known: _Graded) -> SubmissionResult | None:
        with self.path.open("rb") as file, suppress(KeyError, TypeError, ValueError):
            file.seek(known.place)
            return SubmissionResult.from_record(json.loads(file.readline())["result"])
        return None

    def _append(self, events: list[dict]) -> None:
        if not events:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lines = [(json.dumps(event) + "\n").encode("utf-8") for event in events]
        with self.path.open("ab+") as file:
            place = file.seek(0, os.SEEK_END)
            if place and not _ends_with_newline(file):
                place += file.write(b"\n")
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
        for event, line in zip(events, lines, strict=True):
            self._remember(event, place)
            place += len(line)


def open_ledger(course: Course, assignment: str) -> Ledger:
    """The ledger of one of the course's assignments."""
    return Ledger(course.state / "ledger" / f"{assignment}.jsonl")


def _ends_with_newline(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
