"""Which mutants an exercise's check would accept, and which of these its table explains."""

from __future__ import annotations

import contextlib
import inspect
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils import lessons
from course_utils.exercises import Exercise, RepairExercise, quiet
from course_utils.exercises.mutants import mutants, other_values
from course_utils.exercises.table import compiled, source_of

from .open_tasks import broken_programs
from .wrapped import wrapped

SECONDS, SECONDS_WHERE_IT_TRAINS = 2.0, 60.0  # of processor time for one mutant; one that needs more is rejected


@dataclass(frozen=True)
class Broken:
    """A broken answer: of which right one, what gave way to what, and a maker of the answer's names."""

    of: str
    right: str
    wrong: str
    make: Callable[[], Any]

    def __str__(self) -> str:
        return f"{self.of}: {self.right} → {self.wrong}"


@dataclass(frozen=True)
class Proof:
    """What came out for one exercise."""

    lesson: str
    exercise: str
    tried: int
    survivors: tuple[str, ...]
    explained: int
    idle: tuple[str, ...]  # explanations that explain nothing (any more)


class _TooLong(BaseException):
    """Not an Exception, so that no answer catches it."""


def prove(lesson: str, id: str, every: int = 1) -> Proof:
    """Try the mutants of a lesson's exercise (every so-many-th)."""
    return prove_exercise(lesson, lessons.load(lesson)[id], every)


def prove_exercise(lesson: str, exercise: Exercise, every: int = 1) -> Proof:
    """Try the mutants of an exercise and say which are accepted without an explanation."""
    tried, survivors, used = 0, [], set()
    for broken in broken_answers(exercise)[::every]:
        tried += 1
        if not accepted(exercise, broken.make):
            continue
        row = next((r for r in exercise.equivalents if r.covers(broken.right, broken.wrong)), None)
        if row:
            used.add(row)
        else:
            survivors.append(str(broken))
    idle = [f"{r.right} → {r.wrong}" for r in exercise.equivalents if r not in used] if every == 1 else []
    return Proof(lesson, exercise.id, tried, tuple(survivors), len(used), tuple(idle))


def accepted(exercise: Exercise, make: Callable[[], Any]) -> bool:
    """Whether an answer earns all points: every case of every round right, and no input changed."""
    with quiet(), _output_dropped(), _limited(SECONDS if exercise.rounds > 1 else SECONDS_WHERE_IT_TRAINS):
        try:
            names = make()
            answer, problem = exercise.take(names)
            return not problem and all(_right(exercise, answer, case) for case in _cases(exercise))
        except (Exception, SystemExit, _TooLong):
            return False


def _cases(exercise: Exercise) -> Iterator[Any]:
    return (case for seed in range(exercise.rounds) for case in exercise.draw(seed))


def _right(exercise: Exercise, answer: Any, case: Any) -> bool:
    seen = exercise.behaviour(answer, case)
    return not seen.raised and not seen.changed and exercise.judge(seen.value, case, exercise.expected(case)) is None


def broken_answers(exercise: Exercise) -> list[Broken]:
    """Every mutant of the exercise's reference and variants, or of its values."""
    with quiet():
        return list(_broken(exercise))


def _broken(exercise: Exercise) -> Iterator[Broken]:
    if exercise.kind == "values":
        for name, value in exercise.values.items():
            for wrong, other in other_values(value):
                yield Broken("the answer", name, wrong, lambda name=name, other=other: {**exercise.values, name: other})
    elif isinstance(exercise, RepairExercise):
        for right, wrong, handed in exercise.unrepaired():
            yield Broken("the program", right, wrong, lambda handed=handed: exercise.answer_of(handed))
    elif exercise.judged_by_result:
        for right, wrong, make in broken_programs(exercise):
            yield Broken("the reference", right, wrong, lambda make=make: {exercise.names[0]: make()})
    elif exercise.kind != "text":
        sources = set()
        for of, answer in (
            ("the reference", exercise.reference),
            *((f"“{v.name}”", v.answer) for v in exercise.variants),
        ):
            for mutant in mutants(source_of(answer), library_code_too=answer is not exercise.reference):
                if mutant.source not in sources:
                    sources.add(mutant.source)
                    yield Broken(of, mutant.right, mutant.wrong, _maker(exercise, mutant.source, answer))
        if exercise.kind == "function" and not isinstance(exercise.reference, type) and not exercise.in_place:
            yield from _wrapped(exercise)


def _wrapped(exercise: Exercise) -> Iterator[Broken]:
    parameters = list(inspect.signature(exercise.reference).parameters)
    first = next(_cases(exercise)).args
    unused = [] if exercise._drive else parameters[len(first) :]
    numbers = (
        []
        if exercise._drive
        else [p for p, a in zip(parameters, first, strict=False) if isinstance(a, bool | int | float | str)]
    )
    results = [_floats(exercise.expected(case)) for case in _cases(exercise)]
    if not any(map(len, results)):
        return
    arrays = any(a.ndim for found in results for a in found)
    high = max((np.nanmax(a, initial=0) for found in results for a in found), default=0)
    for right, wrong, make in wrapped(exercise.reference, arrays):
        if (
            right in unused
            or (wrong == "changed in place" and right in numbers)
            or (wrong == "at most 6" and high <= 1)
        ):
            continue
        yield Broken("the reference", right, wrong, lambda make=make: {exercise.names[0]: make()})


def _floats(value: Any) -> list[np.ndarray]:
    """The floating-point numbers and arrays in a result."""
    if isinstance(value, dict | list | tuple):
        return [a for item in (value.values() if isinstance(value, dict) else value) for a in _floats(item)]
    is_float = isinstance(value, float) or getattr(value, "dtype", np.dtype(bool)).kind == "f"
    return [np.asarray(value)] if is_float and np.size(value) else []


def _maker(exercise: Exercise, source: str, like: Any) -> Callable[[], Any]:
    return lambda: {exercise.names[0]: exercise.answer_of(compiled(source, like))}


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def _output_dropped() -> Iterator[None]:
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield


def exercises_of(names: Sequence[str], id: str = "") -> list[tuple[str, str]]:
    """The lessons' exercises that a machine judges, as (lesson, id); only this one if an id is given."""
    return [
        (name, e.id)
        for name in names
        for e in lessons.load(name).exercises.values()
        if e.kind != "text" and id in ("", e.id)
    ]
