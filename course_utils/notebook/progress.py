"""A learner's own record of checks: one small JSON file in the home folder, never written while grading."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from course_utils import lessons
from course_utils.environment import in_grading, on_colab
from course_utils.environment.files import write_file

_BAR = 20
DRIVE = Path("/content/drive/MyDrive")  # where Colab mounts it


def home() -> Path:
    """The folder of the learner's own files: `$COURSE_HOME`; else, on Colab, on Google Drive; else in the home folder.

    What lies elsewhere is gone when a session of Colab ends, so Drive is taken whenever it is mounted.
    """
    if chosen := os.environ.get("COURSE_HOME"):
        return Path(chosen)
    if on_colab() and DRIVE.is_dir():
        return DRIVE / "exploring-neural-networks-progress"
    return Path.home() / ".exploring-neural-networks"


def record(lesson: str, exercise: str, score: float, max_score: float, status: str) -> None:
    """Remember the result of a check: the latest status, and the best score so far.

    A lesson goes on when the record cannot be written (a read-only home folder), and says so.
    """
    if in_grading():
        return
    try:
        done = read()
        entry = done.setdefault(lesson, {}).setdefault(exercise, {"score": 0.0})
        entry.update(score=max(entry["score"], float(score)), max_score=float(max_score), status=status)
        _write(done)
    except OSError as error:
        print(f"Your progress was not saved ({error}). Set COURSE_HOME to a folder you may write.")


def read() -> dict[str, dict[str, dict[str, Any]]]:
    """All results, `{lesson: {exercise: {score, max_score, status}}}`; a damaged file is set aside, not lost."""
    path = home() / "progress.json"
    try:
        done = json.loads(path.read_text(encoding="utf-8"))
        _validate(done)
    except FileNotFoundError:
        return {}
    except ValueError:
        aside = path.with_name(f"progress-damaged-{time.time_ns()}.json")
        with suppress(OSError):  # set aside by another notebook first, or in a read-only folder
            path.replace(aside)
        return {}
    return done


def summary() -> str:
    """A table of lessons with points and a bar, as `course progress` prints it."""
    done, known = read(), lessons.names()
    lines = []
    for name in sorted({*known, *done}):
        results = done.get(name, {})
        if name in known:
            lesson = lessons.load(name)
            total = lesson.points
            results = {id: result for id, result in results.items() if id in lesson.exercises}
        else:
            total = sum(result["max_score"] for result in results.values())
        earned = sum(result["score"] for result in results.values())
        filled = int(_BAR * earned / total) if total else 0
        lines.append(f"{name:<24}{'█' * filled}{'░' * (_BAR - filled)}  {earned:5g} of {total:g} points")
    if not lines:
        return "There are no lessons with exercises yet."
    if not done:
        lines.append("\nNothing checked so far. Open lessons/00_start_here with `course lab` and run its first check.")
    return "\n".join(lines)


def _validate(done: Any) -> None:
    """Raise ValueError unless `done` has the form that `record` writes."""
    try:
        for results in done.values():
            for entry in results.values():
                float(entry["score"]), float(entry["max_score"]), str(entry["status"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a progress file") from error


def _write(done: dict[str, Any]) -> None:
    home().mkdir(parents=True, exist_ok=True)
    write_file(home() / "progress.json", json.dumps(done, indent=1, sort_keys=True))
