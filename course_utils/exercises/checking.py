"""The staged check: there → attempted → runs → type → shape → small case → random → edge cases → inputs unchanged.

Points: the small case earns 40 %, the random cases 30 %, the edge cases 20 %, leaving the inputs unchanged 10 %.
Without the small case nothing is earned. A share whose stage an exercise does not have is spread over the others.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .answer import Raised, quiet
from .behaviours import behaviours, seen_in_time
from .case import Case
from .compare import REORDERED, Difference
from .exercise import Exercise
from .explain import explain, not_finite, odd_rows, right_parts
from .frozen import READ_ONLY, frozen
from .near_miss import near_miss
from .plain_words import in_plain_words
from .quoted import hint_for
from .recognise import recognise
from .result import Mismatch, Result, Stage
from .sealed import SolutionGivenBack, sealed
from .status import STATUSES, status_of_error
from .table import Mistake
from .time_limit import TimeLimit
from .trial import Trial, same
from .unread import never_used

_ORDER_ADVICE = "`.sort()` does that; `sorted(…)` makes a new list, and `np.sort(…)` a new array."
_ITEM_ADVICE = "Make something new, or work on a copy; `copy.deepcopy(x)` copies what is inside `x` as well."
_ARRAY_ADVICE = "Work on a copy (`x = x.copy()`), or make something new: `x = x * 2` instead of `x *= 2`."
_LIST_ADVICE = "Work on a copy (`x = list(x)`), or look at its items instead of taking them out or adding to them."
_OTHERWISE = (
    "Used once more on the first case, it gave something else than before. Does something outlive a call, such as a "
    "global name or a default list, or is there chance in it that no seed fixes?"
)
STAGE_NAMES = {
    "small": "small case",
    "random": "random cases",
    "edge": "edge cases",
    "unchanged": "inputs left unchanged",
}


def check(
    exercise: Exercise,
    namespace: Mapping[str, Any],
    seeds: list[int],
    hidden: bool = False,
    seconds: float | None = None,
) -> Result:
    """Check the student's names in `namespace` on the cases of each seed. Never raises on account of the answer.

    On a case the answer may use so many `seconds` of processor time; None where its process has a limit of its own.
    """
    found, result = _find(exercise, namespace, hidden)
    if result:
        return result
    with quiet():
        trials = _try(exercise, found, [case for seed in seeds for case in exercise.draw(seed)], seconds)
        if any(t.seen.raised and t.seen.raised.kind == SolutionGivenBack.__name__ for t in trials):
            return _given_back(exercise, hidden)
        cause = _cause(exercise, found, trials, seconds)
    return _summarise(exercise, trials, cause, hidden)


def first_wrong(exercise: Exercise, namespace: Mapping[str, Any], seeds: list[int]) -> Mismatch | None:
    """The first case that the answer gets wrong, None where there is none to show; no limit on time is kept here."""
    found, result = _find(exercise, namespace, hidden=False)
    if result:
        return None
    with quiet():
        trials = _try(exercise, found, [case for seed in seeds for case in exercise.draw(seed)], None)
    failed = _failed(trials)
    return _mismatch(exercise, failed) if failed else None


class Cause(NamedTuple):
    """What was found out about a wrong answer."""

    mistake: Mistake | None = None  # the known one that it behaves like
    hint: str = ""  # of that mistake
    line: str = ""  # that changes an input
    again: str = ""  # said of an answer that gives something else when it is used once more
    unread: str = ""  # said of a function that never looks at one of its arguments


def _cause(exercise: Exercise, answer: Any, trials: Sequence[Trial], seconds: float | None) -> Cause:
    if all(t.right for t in trials):
        return Cause()
    mistake = recognise(exercise, trials)
    return Cause(
        mistake,
        hint_for(exercise, mistake, answer) if mistake else "",
        _line_that_changes(exercise, answer, trials, seconds),
        "" if mistake else _otherwise_again(exercise, answer, trials, seconds),
        "" if mistake else never_used(answer, [exercise.reference, *(v.answer for v in exercise.variants)]),
    )


def _find(exercise: Exercise, namespace: Mapping[str, Any], hidden: bool) -> tuple[Any, Result | None]:
    def early(status: str, message: str) -> tuple[None, Result]:
        return None, Result(exercise.id, exercise.title, status, 0.0, exercise.points, message, hidden=hidden)

    answers, missing = {}, []
    for name in exercise.names:
        try:
            answers[name] = namespace[name]
        except KeyError:
            missing.append(name)
    if missing and not (exercise.in_parts and answers):
        return early("missing", _not_found(missing, namespace))
    attempted = exercise.attempted(answers)
    if not attempted:
        return early("not_attempted", exercise.to_begin)
    answer, problem = exercise.take({name: attempted.get(name) for name in exercise.names})
    return early("wrong", problem) if problem else (answer, None)


def _given_back(exercise: Exercise, hidden: bool) -> Result:
    names = " or ".join(f"`nn.{solution.__name__}`" for solution in exercise.solutions if ".nn." in solution.__module__)
    own = f"the course's own solution of this exercise{f' ({names})' if names else ''}"
    message = (
        f"Your answer calls {own}. That is what your answer is compared with, so it earns nothing here. "
        "Write the steps yourself, the first one first."
    )
    return Result(exercise.id, exercise.title, "wrong", 0.0, exercise.points, message, hidden=hidden)


def _not_found(missing: Sequence[str], namespace: Mapping[str, Any]) -> str:
    names = " and ".join(f"`{name}`" for name in missing)
    there = [name for name in namespace if not name.startswith("_")]
    close = difflib.get_close_matches(missing[0], there, n=1, cutoff=0.8)
    if close:
        return f"{names} not found, but there is `{close[0]}`. Is the name spelt as in the text of the exercise?"
    return f"{names} not found. Run the cell above with your answer first, then this one."


def _try(exercise: Exercise, answer: Any, cases: Sequence[Case], seconds: float | None) -> list[Trial]:
    expected = [exercise.expected(case) for case in cases]
    sealed_there = getattr(answer, "course_sealed", None) if hasattr(type(answer), "course_sealed") else None
    with (sealed_there or sealed)(exercise.solutions):
        seen = list(behaviours(exercise, answer, cases, seconds))
    return [
        Trial(case, want, got, got.raised or exercise.judge(got.value, case, want))
        for case, want, got in zip(cases, expected, seen, strict=False)
    ]


def _summarise(exercise: Exercise, trials: list[Trial], cause: Cause, hidden: bool) -> Result:
    good = exercise.good_stages(trials)
    fraction = exercise.fraction(trials, good)
    points = exercise.points if fraction == 1 else min(round(exercise.points * fraction, 2), exercise.points)
    failed = _failed(trials)
    status = "passed" if failed is None else _status(failed, points)
    return Result(
        exercise.id,
        exercise.title,
        status,
        float(points if failed else exercise.points),
        float(exercise.points),
        message=exercise.afterwards(trials) if failed is None else _message(exercise, failed, trials, cause),
        mistake=cause.mistake.name if cause.mistake else None,
        stages=exercise.parts(trials) or _stages(trials, good),
        mismatch=_mismatch(exercise, failed) if failed and not hidden else None,
        hidden=hidden,
        trace=failed.seen.raised.trace if failed and failed.seen.raised and not cause.mistake else "",
    )


def _status(failed: Trial, points: float) -> str:
    if points > 0:
        return "partial"
    return "wrong" if failed.seen.raised is None else status_of_error(failed.seen.raised.kind)


def _failed(trials: Sequence[Trial]) -> Trial | None:
    """The trial that is told of: the first that is wrong, or else the first that changed an input."""
    return next((t for t in trials if t.problem), None) or next((t for t in trials if t.seen.changed), None)


def _message(exercise: Exercise, failed: Trial, trials: Sequence[Trial], cause: Cause) -> str:
    mistake, hint, line, again, unread = cause
    place = exercise.place(failed.case)
    if failed.problem is None:
        if mistake:
            return f"{hint} It is the line `{line}`." if line else hint
        return f"{place} the result is right, but your code {_changed(failed, line)}"
    if mistake:
        return f"{hint} {exercise.besides(trials, mistake)}".rstrip()
    if isinstance(failed.problem, Raised):
        return f"{_told(place, failed.problem, unread)} {again}".rstrip()
    told = _sentence(f"{place}: {failed.problem.message}")
    also = f"It also changed its input `{failed.seen.changed}`." if failed.seen.changed else ""
    return " ".join(filter(None, [told, again or _explanation(exercise, trials), unread, also]))


def _changed(trial: Trial, line: str) -> str:
    what, where = trial.seen.changed, f" in the line `{line}`" if line else ""
    if what.endswith(REORDERED):
        return f"put its input `{what.removesuffix(REORDERED).rstrip()}` into another order{where}. {_ORDER_ADVICE}"
    holds_arrays = any(map(_holds_array, (*trial.case.args, *trial.case.kwargs.values())))
    advice = _LIST_ADVICE if " became " in what else _ARRAY_ADVICE if holds_arrays else _ITEM_ADVICE
    return f"changed its input `{what}`{where}. {advice}"


def _holds_array(value: Any) -> bool:
    if isinstance(value, Mapping | list | tuple):
        return any(map(_holds_array, value.values() if isinstance(value, Mapping) else value))
    return isinstance(value, np.ndarray)


def _explanation(exercise: Exercise, trials: Sequence[Trial]) -> str:
    """What can be said in general of wrong results."""
    if not exercise.shows_cases:
        return exercise.besides(trials, None)
    return (
        explain(trials, exercise.tolerance, exercise.known_parameters)
        or near_miss(exercise, trials)
        or not_finite(trials)
        or odd_rows(trials, exercise.tolerance, exercise.known_parameters)
        or right_parts(trials, exercise.tolerance)
    )


def _line_that_changes(exercise: Exercise, answer: Any, trials: Sequence[Trial], seconds: float | None) -> str:
    """The line of a right answer that changes an input, found by inputs that refuse; empty where it cannot be seen."""
    failed = _failed(trials)
    if failed is None or failed.problem:
        return ""
    case = failed.case
    refusing = Case(case.stage, case.label, frozen(case.args), frozen(case.kwargs))
    try:
        TimeLimit(seconds).run(lambda: exercise.observe(answer, refusing))
    except (Exception, SystemExit) as error:
        raised = Raised.of(error)
        return raised.where if READ_ONLY in raised.message else ""
    return ""


def _otherwise_again(exercise: Exercise, answer: Any, trials: Sequence[Trial], seconds: float | None) -> str:
    """That a wrong answer gives something else when it is used on the first case once more, if it does."""
    failed, first = _failed(trials), trials[0]
    if failed is None or failed.problem is None or not exercise.runs_mistakes or exercise.rounds == 1:
        return ""
    if isinstance(failed.problem, Raised) and (failed is first or STATUSES[status_of_error(failed.problem.kind)].fatal):
        return ""
    if any(isinstance(t.problem, Difference) and t.problem.stage == "type" for t in trials):
        return ""  # a thing that may not even be compared
    again = seen_in_time(exercise, answer, first.case, seconds)
    return "" if same(again, first.seen, exercise.tolerance) else _OTHERWISE


def _told(place: str, raised: Raised, unread: str) -> str:
    match status_of_error(raised.kind):
        case "timed_out":
            stopped = f" It was stopped at `{raised.where}`." if raised.where else ""
            return f"{place} your code did not come to an end: {raised.message}{stopped}"
        case "crashed":
            return f"{place} your code ended the whole Python process: {raised.message}."
    stopped = _sentence(f"{place} your code stopped with {raised}")
    return " ".join(filter(None, [stopped, unread, in_plain_words(raised)]))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _stages(trials: Sequence[Trial], good: Mapping[str, bool]) -> tuple[Stage, ...]:
    failed = [t.problem.stage if isinstance(t.problem, Difference) else "runs" for t in trials if t.problem]
    stages, stopped = [], False
    for name in ("runs", "type", "shape"):
        stages.append(Stage(name, "not reached" if stopped else "failed" if name in failed else "passed"))
        stopped = stopped or name in failed
    # Cases after a failed step still earn their share, so they are shown as they came out.
    return tuple(stages) + tuple(Stage(STAGE_NAMES[s], "passed" if ok else "failed") for s, ok in good.items())


def _mismatch(exercise: Exercise, failed: Trial) -> Mismatch | None:
    if not isinstance(failed.problem, Difference) or not exercise.shows_cases:
        return None
    expected, observed = failed.expected, failed.seen.value
    if isinstance(expected, Mapping | list | tuple):
        expected, observed = failed.problem.expected, failed.problem.observed
    inputs = _inputs(exercise, failed.case) if exercise.known_parameters else ()
    return Mismatch(failed.case.label, inputs, expected, observed, exercise.tolerance)


def _inputs(exercise: Exercise, case: Case) -> tuple[tuple[str, Any], ...]:
    return (*zip(exercise.parameters, case.args, strict=False), *case.kwargs.items())
