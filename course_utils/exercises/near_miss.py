"""What is said of a wrong answer that no known mistake explains: which small change makes a right answer fail like it.

The changes are brackets that are missing or close too early, the commonest slip of all, and the mutants by which every
check is proved. It is said only of an answer that does on every case just
what the changed right one does, so it is true; and in words that show no code of the right answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from .answer import quiet
from .exercise import Exercise
from .mutants import Mutant, bracket_mutants, mutants
from .mutants.words import LINE_LEFT_OUT
from .table import compiled, source_of
from .time_limit import TimeLimit
from .trial import Trial, same

SECONDS = 0.5  # of processor time, for all mutants of one check
ENDLESS_SECONDS = 5  # after which a mutant is interrupted


def near_miss(exercise: Exercise, trials: Sequence[Trial]) -> str:
    """The sentence, or nothing where no small change does the same."""
    if not exercise.runs_mistakes or exercise.rounds == 1 or not trials:
        return ""
    general, until = "", time.process_time() + SECONDS

    def found() -> str:
        nonlocal general
        for mutant, answer in _mutants_of(exercise):
            if time.process_time() > until:
                break
            if not (_does(exercise, answer, trials[0]) and all(_does(exercise, answer, t) for t in trials)):
                continue
            if mutant.words != LINE_LEFT_OUT:
                return mutant.words
            general = general or mutant.words
        return general

    with quiet():
        words = TimeLimit(ENDLESS_SECONDS).run(found) or general
    return _sentence(words) if words else ""


def _sentence(words: str) -> str:
    return f"Your answer does just what a right one does when {words}."


def _does(exercise: Exercise, answer: Any, trial: Trial) -> bool:
    return same(exercise.behaviour(answer, trial.case), trial.seen, exercise.tolerance)


def _mutants_of(exercise: Exercise) -> Iterator[tuple[Mutant, Any]]:
    """The mutants that can be run without a limit, each with its function or class."""
    for answer in (exercise.reference, *(variant.answer for variant in exercise.variants)):
        for mutant in _harmless(source_of(answer)):
            try:
                yield mutant, compiled(mutant.source, answer)
            except Exception:  # a mutant that cannot even be made is nobody's answer
                continue


@cache
def _harmless(source: str) -> list[Mutant]:
    """None of a source with a `while`, which might never end; none that makes a number a thousand times as large."""
    if "while " in source:
        return []
    found = chain(bracket_mutants(source), mutants(source, library_code_too=False))
    return [mutant for mutant in found if mutant.words and not mutant.wrong.endswith("000.0")]
