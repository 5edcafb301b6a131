"""A learner's own record of checks, in a folder of its own; never written while grading.

Every process that records appends lines to a file that is its alone. So two notebooks, or two machines on one folder,
never write over each other, without a lock. Reading puts all files together.
"""

from __future__ import annotations

import functools
import json
import math
import os
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from course_utils import lessons
from course_utils.environment import in_grading, on_colab
from course_utils.exercises import Lesson

_BAR = 20
DRIVE = Path("/content/drive/MyDrive")  # where Colab mounts it
_unsaved: list[dict[str, Any]] = []  # what this process could not write; known at least until it ends
Done = dict[str, dict[str, dict[str, Any]]]


def home() -> Path:
    """The folder of the learner's own files: `$COURSE_HOME`; else, on Colab, on Google Drive; else in the home folder.

    What lies elsewhere is gone when a session of Colab ends, so Drive is taken whenever it is mounted.
    """
    if chosen := os.environ.get("COURSE_HOME"):
        return Path(chosen)
    if on_colab() and DRIVE.is_dir():
        return DRIVE / "exploring-neural-networks-progress"
    return Path.home() / ".exploring-neural-networks"


def record(
    lesson: str, exercise: str, score: float, max_score: float, status: str, mistake: str = "", answer: str = ""
) -> None:
    """Remember the result of a check, the known mistake that it found, and a digest of the answer where there is one.

    A lesson goes on when the record cannot be written (a read-only home folder), and says so.
    """
    entry = {"lesson": lesson, "exercise": exercise, "score": float(score), "max_score": float(max_score)}
    _keep({**entry, "status": status, "mistake": mistake, "answer": answer})


def record_answer(
    kind: str, lesson: str, question: str, said: str | float, sure: int | None = None, right: bool | None = None
) -> None:
    """Remember an answer to a question without points; `kind` says which sort of question, such as "prediction"."""
    _keep({"kind": kind, "lesson": lesson, "question": question, "said": said, "sure": sure, "right": right})


def _keep(entry: dict[str, Any]) -> None:
    if in_grading():
        return
    entry = {**entry, "at": time.time()}
    try:
        _append(entry)
    except OSError as error:
        _unsaved.append(entry)
        print(f"Your progress was not saved ({error}). Set COURSE_HOME to a folder you may write.")


def read() -> Done:
    """All results, `{lesson: {exercise: {score, max_score, status}}}`: the latest status, and the best score so far."""
    done = _older_record()
    for entry in sorted(_entries(_checked), key=lambda entry: entry["at"]):
        best = done.setdefault(entry["lesson"], {}).setdefault(entry["exercise"], {"score": 0.0})
        score = max(float(best["score"]), entry["score"])
        best.update(score=score, max_score=entry["max_score"], status=entry["status"])
    return done


def answers(kind: str) -> list[dict[str, Any]]:
    """The answers to questions of this kind, the oldest first, as `record_answer` wrote them, and when (`at`)."""
    entries = [*_entries(_answered), *(entry for entry in _unsaved if "kind" in entry)]
    return sorted((entry for entry in entries if entry["kind"] == kind), key=lambda entry: entry["at"])


def checks_of(lesson: str, exercise: str) -> list[tuple[str, str]]:
    """What each check of an exercise came to, the first one first, and the digest of its answer; "" where none was."""
    return [(entry["status"], entry["answer"]) for entry in _checks_of(lesson, exercise)]


def mistakes_of(lesson: str, exercise: str) -> list[str]:
    """The known mistakes that the checks of an exercise have found, the first one first."""
    return [entry["mistake"] for entry in _checks_of(lesson, exercise) if entry["mistake"]]


def _checks_of(lesson: str, exercise: str) -> list[dict[str, Any]]:
    unsaved = (entry for entry in _unsaved if "kind" not in entry)
    entries = (e for e in [*_entries(_checked), *unsaved] if (e["lesson"], e["exercise"]) == (lesson, exercise))
    return sorted(entries, key=lambda entry: entry["at"])


def summary() -> str:
    """A table of lessons with points and a bar, as `course progress` prints it."""
    done, known = read(), lessons.names()
    lines = []
    for name in sorted({*known, *done}):
        results, optional, extra = done.get(name, {}), "", ""
        if name in known:
            lesson = lessons.load(name)
            total, optional = lesson.points, ", optional" * lesson.optional
            earned, beyond = earned_in(lesson, results)
            extra = f", and {beyond:g} of {sum(lesson.extras.values()):g} extra" * bool(lesson.extras)
        else:
            total = sum(result["max_score"] for result in results.values())
            earned = sum(result["score"] for result in results.values())
        filled = int(_BAR * earned / total) if total else 0
        bar = f"{'█' * filled}{'░' * (_BAR - filled)}"
        lines.append(f"{name:<24}{bar}  {earned:5g} of {total:g} points{extra}{optional}")
    if not lines:
        return "There are no lessons with exercises yet."
    if not done:
        lines.append("\nNothing checked so far. Open 00_start_here with `course lab` and run its first check.")
    return "\n".join(lines)


def earned_in(lesson: Lesson, results: Mapping[str, Mapping[str, Any]]) -> tuple[float, float]:
    """The points of a lesson's results: those of its total, and the extra ones."""
    own = [(lesson[id], result["score"]) for id, result in results.items() if id in lesson.exercises]
    return sum(score for e, score in own if not e.extra), sum(score for e, score in own if e.extra)


def _append(entry: dict[str, Any]) -> None:
    """One line more in this process's file. It begins with a line's end, lest half a line of a full disk swallow it."""
    line = f"\n{json.dumps(entry)}\n".encode()
    folder = home() / "progress"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / _own_file(os.getpid()), "ab", buffering=0) as file:
        if file.write(line) < len(line):
            raise OSError("there is no room left")


@functools.cache
def _own_file(process: int) -> str:
    """The name of the file of this process; a fork gets another."""
    return f"{uuid.uuid4().hex}.jsonl"


def _entries(checked: Callable[[Any], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every whole line of this form of every process; what a process could not end is passed over and stays."""
    for path in sorted((home() / "progress").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            with suppress(ValueError):
                yield checked(json.loads(line))


def _checked(entry: Any) -> dict[str, Any]:
    """The entry; ValueError unless it has the form that `record` writes."""
    try:
        numbers = {name: float(entry[name]) for name in ("score", "max_score", "at")}
        words = {name: str(entry[name]) for name in ("lesson", "exercise", "status")}
    except (KeyError, TypeError) as error:
        raise ValueError("not a record of a check") from error
    if not all(map(math.isfinite, numbers.values())):
        raise ValueError("not a number")
    return {**numbers, **words, **{name: str(entry.get(name, "")) for name in ("mistake", "answer")}}


def _answered(entry: Any) -> dict[str, Any]:
    """The entry; ValueError unless it has the form that `record_answer` writes."""
    try:
        words = {name: str(entry[name]) for name in ("kind", "lesson", "question")}
        said, sure, right, at = entry["said"], entry["sure"], entry["right"], float(entry["at"])
    except (KeyError, TypeError) as error:
        raise ValueError("not an answer to a question") from error
    if not (isinstance(said, str | float | int) and isinstance(sure, int | None) and isinstance(right, bool | None)):
        raise ValueError("not an answer to a question")
    if not math.isfinite(at):
        raise ValueError("not a time")
    return {**words, "said": said, "sure": sure, "right": right, "at": at}


def _older_record() -> Done:
    """The results that earlier versions kept in one file, progress.json; a damaged one is set aside, not lost."""
    path = home() / "progress.json"
    try:
        done = json.loads(path.read_text(encoding="utf-8"))
        for results in done.values():
            for entry in results.values():
                float(entry["score"]), float(entry["max_score"]), str(entry["status"])
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, AttributeError, KeyError, TypeError):
        with suppress(OSError):  # set aside by another notebook first, or in a read-only folder
            path.replace(path.with_name(f"progress-damaged-{time.time_ns()}.json"))
        return {}
    return done
