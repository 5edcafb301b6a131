"""Which known mistake an answer behaves like: one of the table, else two of its slips at once."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from .exercise import Exercise
from .table import Mistake, both, pairs
from .time_limit import TimeLimit
from .trial import Trial

MOST_PAIRS = 200
PAIR_SECONDS = 0.5  # of processor time, for all pairs of one check
ENDLESS_SECONDS = 5  # after which a pair is interrupted, which may leave a word on the screen; few ever are


def recognise(exercise: Exercise, trials: Sequence[Trial]) -> Mistake | None:
    """The first known mistake that did the same on every trial; None when there is none.

    Written one way a mistake may break in an edge case, such as a mean of nothing, and written another way not. So
    where nothing else fits, the edge cases that broke are left out, as long as other cases are wrong.
    """
    found = next((m for m in exercise.mistakes if exercise.behaves_like(m, trials)), None) or _pair(exercise, trials)
    if found:
        return found
    whole = [t for t in trials if t.case.stage != "edge" or t.right or not _broke(t)]
    if len(whole) < len(trials) and any(t.problem for t in whole if t.case.stage != "edge"):
        return recognise(exercise, whole)
    return None


def _broke(trial: Trial) -> bool:
    return trial.seen.raised is not None or not _finite(trial.seen.value)


def _finite(value: Any) -> bool:
    """Whether no number in it is infinite or none at all.

    >>> _finite([1.0, {"y": np.ones(2)}, "word"]), _finite((1, np.array([np.nan])))
    (True, False)
    """
    if isinstance(value, Mapping | list | tuple):
        return all(map(_finite, value.values() if isinstance(value, Mapping) else value))
    return not isinstance(value, float | np.ndarray | np.floating) or bool(
        np.asarray(value).dtype.kind not in "fc" or np.all(np.isfinite(value))
    )


def _pair(exercise: Exercise, trials: Sequence[Trial]) -> Mistake | None:
    """The first two slips that together did the same, if they are found in time; two together may have no end.

    A small case and the cases that came out wrong rule out nearly all pairs, so they come first, each kind once.
    """
    if not exercise.runs_mistakes or any(t.seen.raised for t in trials if t.case.stage == "small"):
        return None
    wrong = {t.case.label: t for t in reversed(trials) if not t.right}
    first = [*([t for t in trials if t.case.stage == "small"][:1] or trials[:1]), *wrong.values()]
    until = time.process_time() + PAIR_SECONDS

    def found() -> Mistake | None:
        for one, other in islice(pairs(exercise.mistakes), MOST_PAIRS):
            if time.process_time() > until:
                return None
            mistake = both(one, other)
            if exercise.behaves_like(mistake, first) and exercise.behaves_like(mistake, trials):
                return mistake
        return None

    return TimeLimit(ENDLESS_SECONDS).run(found)
