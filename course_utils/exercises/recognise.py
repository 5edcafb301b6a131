"""Which known mistake an answer behaves like: one of the table, else two of its slips at once."""

from __future__ import annotations

import time
from collections.abc import Sequence

from .exercise import Exercise
from .table import Mistake, both, pairs
from .trial import Trial

MOST_PAIRS = 200
PAIR_SECONDS = 0.5  # of processor time, for all pairs of one check


def recognise(exercise: Exercise, trials: Sequence[Trial]) -> Mistake | None:
    """The first known mistake that did the same on every trial; None when there is none."""
    return next((m for m in exercise.mistakes if exercise.behaves_like(m, trials)), None) or _pair(exercise, trials)


def _pair(exercise: Exercise, trials: Sequence[Trial]) -> Mistake | None:
    """The first two slips that together did the same. The small cases rule out nearly all pairs, so they come first."""
    if not exercise.runs_mistakes or any(t.seen.raised for t in trials if t.case.stage == "small"):
        return None
    first = [t for t in trials if t.case.stage == "small"][:1] or list(trials[:1])
    until = time.process_time() + PAIR_SECONDS
    for number, (one, other) in enumerate(pairs(exercise.mistakes)):
        if number == MOST_PAIRS or time.process_time() > until:
            return None
        mistake = both(one, other)
        if exercise.behaves_like(mistake, first) and exercise.behaves_like(mistake, trials):
            return mistake
    return None
