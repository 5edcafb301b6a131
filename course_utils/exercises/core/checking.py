"""The staged check: there → attempted → runs → type → shape → small case → random → edge cases → inputs unchanged.

Points: the small case earns 40 %, the random cases 30 %, the edge cases 20 %, leaving the inputs unchanged 10 %.
Without the small case nothing is earned. A share whose stage an exercise does not have is spread over the others.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .answer import Raised, is_stub, quiet
from .case import STAGES, Case
from .compare import Difference, difference, family, unchanged
from .exercise import Exercise, Mistake
from .result import Mismatch, Result, Stage

SHARES = {"small": 0.4, "random": 0.3, "edge": 0.2, "unchanged": 0.1}
STAGE_NAMES = {
    "small": "small case",
    "random": "random cases",
    "edge": "edge cases",
    "unchanged": "inputs left unchanged",
}


@dataclass(frozen=True)
class Seen:
    """What an answer did on one case: a value or an error, and whether it changed its inputs."""

    value: Any = None
    raised: Raised | None = None
    changed: bool = False


@dataclass(frozen=True)
class Trial:
    """A case with the student's behaviour on it and the judgement; `problem` is None when all is right."""

    case: Case
    expected: Any
    seen: Seen
    problem: Difference | Raised | None


def check(exercise: Exercise, namespace: Mapping[str, Any], seeds: list[int], hidden: bool = False) -> Result:
    """Check the student's names in `namespace` on the cases of each seed. Never raises on account of the answer."""
    found, result = _find(exercise, namespace, hidden)
    if result:
        return result
    with quiet():
        trials = _try(exercise, found, [case for seed in seeds for case in exercise.draw(seed)])
        mistake = None if all(_right(t) for t in trials) else _recognise(exercise, trials)
    return _summarise(exercise, trials, mistake, hidden)


def _find(exercise: Exercise, namespace: Mapping[str, Any], hidden: bool) -> tuple[Any, Result | None]:
    def early(status: str, message: str) -> tuple[None, Result]:
        return None, Result(exercise.id, exercise.title, status, 0.0, exercise.points, message, hidden=hidden)

    answers, missing = {}, []
    for name in exercise.names:
        try:
            answers[name] = namespace[name]
        except KeyError:
            missing.append(name)
    names = " and ".join(f"`{n}`" for n in missing)
    if missing and not (exercise.kind == "values" and answers):
        return early("missing", f"{names} not found. Run the cell above with your answer first, then this one.")
    stubs = [name for name, value in answers.items() if is_stub(value)]
    if len(stubs) + len(missing) == len(exercise.names):
        return early("not_attempted", "Write your answer in the cell above and run it, then run this cell.")
    if exercise.kind == "values":
        return {n: (None if n in stubs or n in missing else answers.get(n)) for n in exercise.names}, None
    answer = answers[exercise.names[0]]
    if exercise.kind == "function" and not callable(answer):
        return early(
            "wrong",
            f"`{exercise.names[0]}` should be a function, but it is {family(answer)}. "
            "Was the name used for something else?",
        )
    return answer, None


def _try(exercise: Exercise, answer: Any, cases: list[Case]) -> list[Trial]:
    trials = []
    for case in cases:
        expected = exercise.expected(case)
        seen = behaviour(exercise, answer, case)
        trials.append(Trial(case, expected, seen, seen.raised or exercise.judge(seen.value, case, expected)))
        if seen.raised and seen.raised.kind in ("StudentCrash", "StudentTimeout"):
            break
    return trials


def behaviour(exercise: Exercise, answer: Any, case: Case) -> Seen:
    """Use the answer on a fresh copy of the case."""
    mine = case.fresh()
    try:
        value, raised = exercise.observe(answer, mine), None
    except (Exception, SystemExit) as error:
        value, raised = None, Raised.of(error)
    changed = not exercise.in_place and not unchanged((case.args, case.kwargs), (mine.args, mine.kwargs))
    return Seen(value, raised, changed)


def _right(trial: Trial) -> bool:
    return trial.problem is None and not trial.seen.changed


def _recognise(exercise: Exercise, trials: list[Trial]) -> Mistake | None:
    return next((m for m in exercise.mistakes if _behaves_like(exercise, m, trials)), None)


def _behaves_like(exercise: Exercise, mistake: Mistake, trials: list[Trial]) -> bool:
    if mistake.when:
        failed = [t for t in trials if not _right(t) and not t.seen.raised]
        return bool(failed) and all(mistake.when(t.seen.value, *t.case.args, **t.case.kwargs) for t in failed)
    if exercise.kind == "values":
        wrong = mistake.answer()
        return all(
            _same(Seen(wrong[name]), t.seen, exercise.tolerance) for t in trials if (name := t.case.args[0]) in wrong
        )
    if exercise.kind == "object" or exercise._accept:
        return False
    return all(_same(behaviour(exercise, mistake.answer, t.case), t.seen, exercise.tolerance) for t in trials)


def _same(one: Seen, other: Seen, tolerance: float) -> bool:
    if one.raised or other.raised:
        return bool(one.raised and other.raised and one.raised.kind == other.raised.kind)
    return one.changed == other.changed and difference(one.value, other.value, tolerance) is None


def _summarise(exercise: Exercise, trials: list[Trial], mistake: Mistake | None, hidden: bool) -> Result:
    groups = {stage: [t for t in trials if t.case.stage == stage] for stage in STAGES}
    good = {stage: all(t.problem is None for t in group) for stage, group in groups.items() if group}
    if exercise.kind != "values" and not exercise.in_place and any(t.case.args or t.case.kwargs for t in trials):
        good["unchanged"] = not any(t.seen.changed for t in trials)
    fraction = _fraction(exercise, trials, good)
    points = exercise.points if fraction == 1 else min(round(exercise.points * fraction, 2), exercise.points)
    failed = next((t for t in trials if t.problem), None) or next((t for t in trials if t.seen.changed), None)
    status = "passed" if failed is None else _status(failed, points)
    return Result(
        exercise.id,
        exercise.title,
        status,
        float(points if failed else exercise.points),
        float(exercise.points),
        message="" if failed is None else mistake.hint if mistake else _message(exercise, failed, hidden),
        mistake=mistake.name if mistake else None,
        stages=_stages(trials, good, exercise.kind),
        mismatch=_mismatch(exercise, failed) if failed and not hidden else None,
        hidden=hidden,
    )


def _fraction(exercise: Exercise, trials: list[Trial], good: dict[str, bool]) -> float:
    if exercise.kind == "values":
        return sum(_right(t) for t in trials) / len(trials)
    if not good.get("small", True):
        return 0.0
    whole = sum(SHARES[stage] for stage in good)
    return sum(SHARES[stage] for stage, ok in good.items() if ok) / whole


def _status(failed: Trial, points: float) -> str:
    if points > 0:
        return "partial"
    if failed.seen.raised is None:
        return "wrong"
    return {"StudentCrash": "crashed", "StudentTimeout": "timed_out", "NotImplementedError": "not_attempted"}.get(
        failed.seen.raised.kind, "error"
    )


def _message(exercise: Exercise, failed: Trial, hidden: bool) -> str:
    case = f"Look at `{failed.case.label}`" if exercise.kind == "values" else f"In the case “{failed.case.label}”"
    if isinstance(failed.problem, Raised) and failed.problem.kind == "StudentTimeout":
        return f"{case} your code did not come to an end: {failed.problem.message}. Is there a loop that never stops?"
    if isinstance(failed.problem, Raised) and failed.problem.kind == "StudentCrash":
        return f"{case} your code ended the whole Python process: {failed.problem.message}."
    if isinstance(failed.problem, Raised):
        return _sentence(f"{case} your code stopped with {failed.problem}")
    if failed.problem is None:
        return (
            f"{case} your code changed its input. Work on a copy: `x = x.copy()`, "
            "or write `x = x * 2` instead of `x *= 2`."
        )
    return _sentence(f"{case}: {failed.problem.message}")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _stages(trials: list[Trial], good: dict[str, bool], kind: str) -> tuple[Stage, ...]:
    kinds = [t.problem.stage if isinstance(t.problem, Difference) else "runs" for t in trials if t.problem]
    steps = [("runs", "runs" not in kinds), ("type", "type" not in kinds), ("shape", "shape" not in kinds)]
    if kind == "values":
        return tuple(Stage(t.case.label, "passed" if _right(t) else "failed") for t in trials)
    stages, stopped = [], False
    for name, ok in steps:
        stages.append(Stage(name, "not reached" if stopped else "passed" if ok else "failed"))
        stopped = stopped or not ok
    # Cases after a failed step still earn their share, so they are shown as they came out.
    return tuple(stages) + tuple(Stage(STAGE_NAMES[s], "passed" if ok else "failed") for s, ok in good.items())


def _mismatch(exercise: Exercise, failed: Trial) -> Mismatch | None:
    if not isinstance(failed.problem, Difference) or exercise._accept or exercise.kind == "values":
        return None
    expected, observed = failed.expected, failed.seen.value
    if isinstance(expected, Mapping | list | tuple):
        expected, observed = failed.problem.expected, failed.problem.observed
    inputs = () if exercise._drive else tuple(zip(_parameters(exercise.reference), failed.case.args, strict=False))
    return Mismatch(failed.case.label, inputs, expected, observed)


def _parameters(reference: Any) -> list[str]:
    return [name.rstrip("_") for name in inspect.signature(reference).parameters]
