"""A learner's own library: `my_nn.py` holds what passed its check, with its source, in the order of the lessons.

Each answer has a section below a line that says lesson, exercise and version. That line also holds a digest of what
was written: a section that was changed by hand is known by it, and never written again. Nothing is read or written for
a grade.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import course_utils
from course_utils import lessons
from course_utils.environment import in_grading
from course_utils.environment.files import write_file
from course_utils.exercises import Exercise, Lesson, check

from . import progress
from .own_source import NotKept, answers_used, source_with_needs

SEEDS = 2  # of the visible cases, with which a kept answer is tried again before it is used
PATIENCE = 10  # seconds after which the lock of another process counts as left behind
HEAD = '''\
"""My own neural network library: what passed its check, kept with its source, in the order of the lessons.

Change it as you like. A section that you have changed stays as it is; delete it, and the next check writes it anew.
"""

import numpy as np
'''
LINE = "# %% lesson {lesson} · exercise {exercise} · course {version} · {digest}"
SECTION = re.compile(r"^# %% lesson (\S+) · exercise (\S+) · course (\S+) · ([0-9a-f]{8})$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """One answer in the file: where it belongs, and its text below the line that says so."""

    lesson: str
    exercise: str
    version: str
    digest: str
    body: str

    @classmethod
    def of(cls, lesson: str, exercise: str, body: str) -> Section:
        """A section as the course writes it."""
        return cls(lesson, exercise, course_utils.__version__, _digest(body), body)

    @property
    def by_hand(self) -> bool:
        """Whether the learner changed it in the file."""
        return _digest(self.body) != self.digest

    @property
    def names(self) -> tuple[str, ...]:
        """What the exercise asks for."""
        return lessons.load(self.lesson).exercises[self.exercise].names

    @property
    def lines(self) -> int:
        """How many lines of code it has."""
        return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in self.body.splitlines())

    def __str__(self) -> str:
        line = LINE.format(lesson=self.lesson, exercise=self.exercise, version=self.version, digest=self.digest)
        return f"{line}\n{self.body}"


def path() -> Path:
    """Where the library lies: beside the learner's progress."""
    return progress.home() / "my_nn.py"


def read(text: str) -> tuple[str, list[Section]]:
    """What stands above the first section, and the sections."""
    head, *parts = SECTION.split(text)
    return head, [Section(*parts[i : i + 4], parts[i + 4].removeprefix("\n")) for i in range(0, len(parts), 5)]


def keep(lesson: Lesson, id: str, namespace: Mapping[str, Any], passed: set[tuple[str, str]]) -> None:
    """Write an answer that has passed its check into the library, unless it stands there as it is or by hand.

    A lesson goes on when it cannot be written, and says why.
    """
    exercise = lesson[id]
    if _not_for_a_learner() or exercise.kind != "function":
        return
    others = {name: e for e in lesson.exercises.values() if e is not exercise for name in e.names}
    try:
        missing = answers_used(exercise.names, namespace, others)
        missing = {name for name in missing if (lesson.name, others[name].id) not in passed}
        if missing:
            raise NotKept(f"it uses `{sorted(missing)[0]}`, which has not passed its check yet")
        body = source_with_needs(exercise.names, namespace, others)
        _put(Section.of(lesson.name, id, f"{body}\n\n\n"))
    except NotKept as reason:
        print(f"{exercise.names[0]} is right, but not kept in your my_nn.py: {reason}.")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{exercise.names[0]} was not kept in your my_nn.py ({error}).")


def from_my_nn(lesson: str, *names: str) -> Any:
    """Functions of your own library, by the lesson that they come from; the course's where you have none that passes.

    One name gives the function, several give a tuple. A line says whose each of them is.

    Errors: ValueError when no exercise of the lesson has that name.
    """
    exercises = lessons.load(lesson).exercises
    by_name = {name: e for e in exercises.values() if e.kind == "function" for name in e.names}
    if unknown := [name for name in names if name not in by_name]:
        raise ValueError(f"Lesson {lesson} has no exercise {unknown[0]!r}; it has: {', '.join(by_name)}.")
    mine = _run(lesson)
    found = tuple(_one(name, by_name[name], lesson, list(exercises), mine) for name in names)
    return found[0] if len(found) == 1 else found


def my_nn_summary(*used: Any) -> str:
    """How many lines of the learner's own stand behind the functions used; and all that the library holds.

    Give it what `from_my_nn` gave.
    """
    known = lessons.names()
    kept = [s for s in _sections() if s.lesson in known and s.exercise in lessons.load(s.lesson).exercises]
    mine = {function.__name__ for function in used if getattr(function, "__module__", "") == "my_nn"}
    behind = sum(section.lines for section in kept if mine & set(section.names))
    lines = [f"This ran on {behind} lines of yours."] if used else []
    if not kept:
        return "\n".join([*lines, "Your my_nn.py holds nothing yet. What passes its check is kept there."])
    lines.append(f"Your my_nn.py holds {sum(s.lines for s in kept)} lines of yours, from {len(kept)} exercises:")
    for lesson in dict.fromkeys(section.lesson for section in kept):
        own = [f"{s.names[0]} ({s.lines})" for s in kept if s.lesson == lesson]
        lines.append(f"  {lesson}: {', '.join(own)}")
    return "\n".join(lines)


def _one(name: str, exercise: Exercise, lesson: str, ids: list[str], mine: Mapping[str, Any] | str) -> Any:
    """The learner's function where it still passes its check, else the course's; and the line that says whose it is."""
    number, short = ids.index(exercise.id) + 1, lessons.number(lesson)
    if isinstance(mine, str):
        print(f"{name} is the course's: {mine}.")
    elif name not in mine:
        print(f"{name} is the course's: yours will stand here when exercise {number} of lesson {short} is solved.")
    elif check(exercise, mine, exercise.visible_seeds[:SEEDS], seconds=20).status != "passed":
        print(f"{name} is the course's: the one in your my_nn.py does not pass the check of lesson {short} any more.")
    else:
        print(f"{name} is yours, from lesson {short}.")
        return mine[name]
    return exercise.answer_of(exercise.reference)


def _run(lesson: str) -> dict[str, Any] | str:
    """The names that the library binds up to the end of a lesson, lest a later one hide any; or why there are none."""
    if _not_for_a_learner():
        return {}
    try:
        head, sections = read(path().read_text(encoding="utf-8"))
        upto = [section for section in sections if section.lesson <= lesson]
        module = ModuleType("my_nn")
        exec(compile(head + "".join(map(str, upto)), str(path()), "exec"), vars(module))
    except FileNotFoundError:
        return {}
    except (Exception, SystemExit) as error:  # a learner's own code, perhaps changed by hand
        return f"your my_nn.py stops with {type(error).__name__}: {error}"
    return vars(module)


def _sections() -> list[Section]:
    try:
        return [] if _not_for_a_learner() else read(path().read_text(encoding="utf-8"))[1]
    except (OSError, UnicodeDecodeError):
        return []


def _put(new: Section) -> None:
    """Put a section in its place, whatever other notebooks write at the same time."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with _alone(path()):
        text = path().read_text(encoding="utf-8") if path().exists() else f"{HEAD}\n\n"
        head, sections = read(text)
        old = [s for s in sections if (s.lesson, s.exercise) == (new.lesson, new.exercise)]
        if any(section.by_hand or section.digest == new.digest for section in old):
            return
        sections = [section for section in sections if section not in old] + [new]
        order = {(name, id): place for place, (name, id) in enumerate(_places(new.lesson))}
        sections.sort(key=lambda s: (s.lesson, order.get((s.lesson, s.exercise), len(order))))
        write_file(path(), head + "".join(map(str, sections)))


def _places(lesson: str) -> list[tuple[str, str]]:
    return [(lesson, id) for id in lessons.load(lesson).exercises]


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Wait until no other process changes the file. A lock that nobody lifts any more is taken over."""
    lock = file.with_name(f".{file.name}.lock")
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            try:
                left = time.time() - lock.stat().st_mtime > PATIENCE
            except FileNotFoundError:
                continue
            if left:
                lock.unlink(missing_ok=True)
            time.sleep(0.02)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _not_for_a_learner() -> bool:
    """Whether this runs for a grade or for the course's own build."""
    return in_grading() or bool(os.environ.get("COURSE_BUILD"))


def _digest(body: str) -> str:
    return hashlib.sha256(body.strip().encode()).hexdigest()[:8]
