"""A learner's own record of checks: one small JSON file in the home folder, never written while grading."""

from __future__ import annotations

import json
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from .runtime import in_grading

_BAR = 20


def home() -> Path:
    """The folder of the learner's own files: `$COURSE_HOME`, or `.exploring-neural-networks` in the home folder."""
    return Path(os.environ.get("COURSE_HOME") or Path.home() / ".exploring-neural-networks")


def record(lesson: str, exercise: str, score: float, max_score: float, status: str) -> None:
    """Remember the result of a check: the latest status, and the best score so far.

    A lesson goes on when the record cannot be written (a read-only home folder), and says so.
    """
    if in_grading():
        return
    try:
        lessons = read()
        entry = lessons.setdefault(lesson, {}).setdefault(exercise, {"score": 0.0})
        entry.update(score=max(entry["score"], float(score)), max_score=float(max_score), status=status)
        _write(lessons)
    except OSError as error:
        print(f"Your progress was not saved ({error}). Set COURSE_HOME to a folder you may write.")


def read() -> dict[str, dict[str, dict[str, Any]]]:
    """All results, `{lesson: {exercise: {score, max_score, status}}}`; a damaged file is set aside, not lost."""
    path = home() / "progress.json"
    try:
        lessons = json.loads(path.read_text(encoding="utf-8"))
        _validate(lessons)
    except FileNotFoundError:
        return {}
    except ValueError:
        aside = path.with_name(f"progress-damaged-{time.time_ns()}.json")
        with suppress(OSError):  # set aside by another notebook first, or in a read-only folder
            path.replace(aside)
        return {}
    return lessons


def summary() -> str:
    """A table of lessons with points and a bar, as `course progress` prints it."""
    from course_utils import exercises

    done = read()
    lines = []
    for name in sorted({*exercises.names(), *done}):
        of_course = exercises.load(name).exercises if name in exercises.names() else {}
        results = done.get(name, {})
        scores = [r["score"] for id, r in results.items() if id in of_course or not of_course]
        total = sum(e.points for e in of_course.values()) or sum(r["max_score"] for r in results.values())
        share = sum(scores) / total if total else 0.0
        bar = "█" * int(_BAR * share) + "░" * (_BAR - int(_BAR * share))
        lines.append(f"{name:<24}{bar}  {sum(scores):5g} of {total:g} points")
    if not lines:
        return "There are no lessons with exercises yet."
    if not done:
        lines.append("\nNothing checked so far. Open lessons/00_start_here with `course lab` and run its first check.")
    return "\n".join(lines)


def _validate(lessons: Any) -> None:
    """Raise ValueError unless `lessons` has the form that `record` writes."""
    try:
        for results in lessons.values():
            for entry in results.values():
                float(entry["score"]), float(entry["max_score"]), str(entry["status"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a progress file") from error


def _write(lessons: dict[str, Any]) -> None:
    home().mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=home(), prefix=".progress-", suffix=".json")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(lessons, file, indent=1, sort_keys=True)
        os.replace(beside, home() / "progress.json")
    except BaseException:
        os.unlink(beside)
        raise
