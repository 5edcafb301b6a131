"""What an answer does on the cases, one after another, each within its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from .answer import Raised, too_long
from .case import Case
from .exercise import Exercise
from .status import STATUSES, status_of_error
from .time_limit import TimeLimit
from .trial import Seen


def behaviours(exercise: Exercise, answer: Any, cases: Sequence[Case], seconds: float | None) -> Iterator[Seen]:
    """What the answer does on each case; none after one that ends its process or uses up its `seconds`."""
    with _ahead(exercise, answer, cases):
        for case in cases:
            yield (seen := seen_in_time(exercise, answer, case, seconds))
            if seen.raised and STATUSES[status_of_error(seen.raised.kind)].fatal:
                return


def seen_in_time(exercise: Exercise, answer: Any, case: Case, seconds: float | None) -> Seen:
    """What the answer does on one case; within a process that has a limit of its own, `seconds` are None."""
    limit = TimeLimit(seconds)
    seen = limit.run(lambda: exercise.behaviour(answer, case))
    if seen is not None and not limit.late:
        return seen
    told = f"{too_long(seconds or 0, limit.by_the_clock)} (`lesson.seconds = 600` allows more.)"
    where = Raised.of(limit.error).where if limit.error else ""
    return Seen(raised=Raised("StudentTimeout", told, where))


def _ahead(exercise: Exercise, answer: Any, cases: Sequence[Case]) -> AbstractContextManager:
    """A block in which the cases are tried; an answer in another process hears of all calls at once."""
    if not exercise.only_called or not hasattr(type(answer), "course_ahead"):
        return nullcontext()
    return answer.course_ahead((case.args, case.kwargs) for case in cases)
