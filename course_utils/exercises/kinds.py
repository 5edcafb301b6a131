"""The four kinds of exercises: a function or class, an object made in the notebook, plain values, words."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .answer import plain
from .case import Case, small
from .compare import Difference, difference, family, is_function
from .exercise import Exercise
from .result import Result, Stage
from .table import Mistake, Variant, renamed
from .trial import Seen, Trial, same
from .value_words import as_written, by_terms, digits_swapped, listed, not_on_offer, rounded

MORE_HINTS = 2  # of other values, beside that of the first


class FunctionExercise(Exercise):
    """The answer is a function or a class. `drive` says how a class is used; a function is called."""

    kind = "function"

    def __init__(self, id: str, *, reference: Callable, **options: Any):
        super().__init__(id, reference=reference, **options)
        self.solutions = (reference, *self.solutions)

    def take(self, answers: Mapping[str, Any]) -> tuple[Any, str]:
        answer = answers[self.names[0]]
        if callable(answer):
            return answer, ""
        what = f"`{self.names[0]}` should be a function, but it is {family(answer)}"
        return answer, f"{what}. Was the name used for something else?"

    @property
    def runs_mistakes(self) -> bool:
        return self._accept is None


class ModelExercise(Exercise):
    """The answer is an object made in the notebook, such as a trained model; `drive` and `accept` judge it.

    Reference, mistakes and variants are functions that make the object from the `given` names.
    """

    kind = "object"

    def answer_of(self, answer: Any) -> Any:
        given = self._given()
        return answer(*(given[name] for name in inspect.signature(answer).parameters))

    def _cell(self, source: str, answer: Any) -> str:
        parameters = ", ".join(inspect.signature(answer).parameters)
        return f"{renamed(source, answer.__name__, '_make')}\n\n{self.names[0]} = _make({parameters})\n"


class ValuesExercise(Exercise):
    """The answers are plain values under one or more names; the reference returns `{name: value}`.

    A mistake gives only the names that it gets wrong. Words are compared without regard to capitals.
    """

    kind = "values"
    in_parts = True

    def __init__(self, id: str, *, points: float, reference: Callable[[], Mapping[str, Any]], **options: Any):
        super().__init__(id, points=points, reference=reference, rounds=1, in_place=True, **options)
        self.values = dict(reference())
        self.names = tuple(self.values)
        self.words: tuple[str, ...] = ()
        self._terms: dict[str, Mapping[str, float]] = {}
        self._sums: dict[str, tuple[str, ...]] = {}
        self._rules: dict[str, tuple[tuple[str, ...], Callable[..., Any]]] = {}

    def wrong(self, name: str, hint: str, **values: Any) -> None:
        """Register a known mistake: the names that it gets wrong, with its values."""
        self._known(values)
        self.mistakes.append(Mistake(name, hint, lambda: values))

    def right(self, name: str, **values: Any) -> None:
        """Register other values that are right too."""
        self._known(values)
        self.variants.append(Variant(name, lambda: values))

    def offer(self, *words: str) -> None:
        """Register the words from which the text lets the learner choose."""
        self.words = words

    def terms(self, name: str, **terms: float) -> None:
        """Register the terms whose sum is the right value of this name, each called by a word in the plural."""
        self._known({name: 0})
        if sum(terms.values()) != self.values[name]:
            raise ValueError(f"{self.id}: the terms of {name} sum to {sum(terms.values())}, not {self.values[name]}.")
        self._terms[name] = {word.replace("_", " "): term for word, term in terms.items()}

    def sum(self, name: str, *parts: str) -> None:
        """Register that the value of this name is the sum of those of the others."""
        self._known(dict.fromkeys([name, *parts]))
        if sum(self.values[part] for part in parts) != self.values[name]:
            raise ValueError(f"{self.id}: {', '.join(parts)} do not sum to {name}.")
        self._sums[name] = parts
        self._rules[name] = parts, lambda *values: sum(values)

    def follows(self, name: str, rule: Callable[..., Any]) -> None:
        """Register how the value of this name is worked out from earlier ones, the rule's parameters.

        Whoever works it out rightly from a wrong value of their own is told so, and not asked about it again.
        """
        from_ = tuple(inspect.signature(rule).parameters)
        self._known(dict.fromkeys([name, *from_]))
        if set(from_) - set(self.names[: self.names.index(name)]):
            raise ValueError(f"{self.id}: {name} can follow from names before it only, not from {', '.join(from_)}.")
        if difference(self.values[name], rule(*(self.values[n] for n in from_)), self.tolerance):
            raise ValueError(f"{self.id}: {', '.join(from_)} do not lead to the right {name}.")
        self._rules[name] = from_, rule

    def _known(self, values: Mapping[str, Any]) -> None:
        if unknown := set(values) - set(self.names):
            raise ValueError(f"Exercise {self.id!r} asks for {', '.join(self.names)}, not for {', '.join(unknown)}.")

    def draw(self, seed: int) -> list[Case]:
        return [small(name, name) for name in self.names]

    def take(self, answers: Mapping[str, Any]) -> tuple[Any, str]:
        return answers, ""

    def observe(self, answer: Any, case: Case) -> Any:
        value = plain(answer[case.args[0]])
        return value.strip().lower() if isinstance(value, str) else value

    def judge(self, seen: Any, case: Case, expected: Any) -> Difference | None:
        if seen is None:
            return Difference("value", "still to do", expected, None)
        found = difference(expected, seen, self.tolerance)
        told = found and self._told(case.args[0], seen)
        return replace(found, message=told) if found and told else found

    def _told(self, name: str, seen: Any) -> str:
        """What can be said of a wrong value without the right one."""
        if is_function(seen) and self.words:
            return "it is a function, and a word is asked for: write its name, between quotation marks"
        if self.words and isinstance(self.values[name], str):
            return not_on_offer(seen if isinstance(seen, str) else repr(seen), self.words)
        right = self.values[name]
        if isinstance(right, int | float) and (told := as_written(seen)):
            return told
        if isinstance(right, float) and isinstance(seen, float) and (told := rounded(seen, right)):
            return f"the number differs: {told}"
        if name in self._terms and isinstance(seen, int | float | np.number) and abs(seen) < 1e300:
            told = by_terms(seen, self._terms[name]) or digits_swapped(seen, right)
            return f"the number differs: {told}" if told else ""
        return ""

    def besides(self, trials: Sequence[Trial], mistake: Mistake | None) -> str:
        """The hints of other mistakes, other names that are wrong; sums that do not agree with their right parts."""
        told = set(mistake.answer()) if mistake else set()
        wrong = [t.case.args[0] for t in trials if t.problem and t.seen.value is not None]
        following = [name for name in self._following(trials) if name not in told]
        if mistake is None:
            sums = [
                f"{listed(parts)} are right, but they do not add up to your `{name}`."
                for name, parts in self._sums.items()
                if [name] == wrong[:1] and not any(t.problem and t.case.args[0] in parts for t in trials)
            ]
            return " ".join([*sums, _follow(following)]).strip()
        hints = []
        told |= set(following)
        for other in self.mistakes:
            names = set(other.answer())
            if len(hints) < MORE_HINTS and not names & told and self.behaves_like(other, trials):
                hints.append(f"And: {other.hint}")
                told |= names
        left = [name for name in dict.fromkeys(wrong) if name not in told]
        look = f"Look at {listed(left)} as well." if left else ""
        return " ".join(filter(None, [*hints, look, _follow(following)]))

    def _following(self, trials: Sequence[Trial]) -> list[str]:
        """The wrong values that are worked out rightly from other wrong ones."""
        seen = {t.case.args[0]: t.seen.value for t in trials}
        wrong = {t.case.args[0] for t in trials if t.problem}
        return [
            name
            for name, (parts, rule) in self._rules.items()
            if name in wrong and wrong & set(parts) and self._leads(rule, [seen[part] for part in parts], seen[name])
        ]

    def _leads(self, rule: Callable[..., Any], values: Sequence[Any], to: Any) -> bool:
        try:
            return difference(rule(*values), to, self.tolerance) is None
        except Exception:  # one is still to do, of another kind, or raises what it likes
            return False

    def behaves_like(self, mistake: Mistake, trials: Sequence[Trial]) -> bool:
        wrong = mistake.answer()
        if set(wrong) <= set(self._following(trials)):
            return False
        concerned = [(t, wrong[name]) for t in trials if (name := t.case.args[0]) in wrong]
        return all(same(Seen(value), t.seen, self.tolerance) for t, value in concerned)

    def fraction(self, trials: Sequence[Trial], good: Mapping[str, bool]) -> float:
        return sum(t.right for t in trials) / len(trials)

    def parts(self, trials: Sequence[Trial]) -> tuple[Stage, ...]:
        return tuple(Stage(t.case.label, "passed" if t.right else "failed") for t in trials)

    def place(self, case: Case) -> str:
        return f"Look at `{case.label}`"

    @property
    def shows_cases(self) -> bool:
        return False  # the expected value is the answer

    def answer_of(self, answer: Callable[[], Mapping[str, Any]]) -> Any:
        return {**self.values, **answer()}

    def solution(self) -> str:
        return self.source_of(Variant("", self.reference))

    def source_of(self, row: Mistake | Variant) -> str:
        return "".join(f"{name} = {_literal(value)}\n" for name, value in self.answer_of(row.answer).items())


def _follow(names: Sequence[str]) -> str:
    if not names:
        return ""
    does, them = ("follows", "it") if len(names) == 1 else ("follow", "them")
    return f"{listed(names)} {does} rightly from your other values: once those are right, work {them} out again."


class TextExercise(Exercise):
    """A free answer in words, graded by a person; `rubric` has a paragraph for each part that earns points.

    It is shown to that person in formgrader, and to whoever works alone.
    """

    kind = "text"

    def __init__(self, id: str, *, points: float, rubric: str, **options: Any):
        super().__init__(id, points=points, **options)
        self.rubric = rubric

    @property
    def criteria(self) -> list[str]:
        """The parts of the rubric, such as "1 point, use: says what the model is for"."""
        return [" ".join(part.split()) for part in re.split(r"\n(?=\d)", self.rubric.strip())]

    def marked(self, points: float | None = None) -> Result:
        """What to mark the answer by; with `points`, what a learner who works alone gives it.

        Errors: ValueError for points that there are not.
        """
        if points is None:
            alone = (
                f'In a class a person gives these points. You work alone? Mark yourself: `lesson.mark("{self.id}", …)`.'
            )
            message = "\n".join([*(f"• {part}" for part in self.criteria), alone])
            return Result(self.id, self.title, "manual", 0.0, self.points, message)
        if not 0 <= points <= self.points:
            raise ValueError(f"{self.id} gives 0 to {self.points:g} points, not {points:g}.")
        return Result(self.id, self.title, "marked", float(points), self.points)


def _literal(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()!r})"
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({value.item()!r})"
    if isinstance(value, float) and not np.isfinite(value):
        return f"float({str(value)!r})"
    return repr(value)
