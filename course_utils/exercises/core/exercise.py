"""An exercise: a reference, a generator of cases, and a table of known mistakes, each with its own hint.

    softmax = lesson.function("softmax", reference=nn.softmax, points=3)

    @softmax.cases
    def _(rng):
        yield small("three scores", np.array([2.0, 1.0, 0.1]))
        yield random("a batch", rng.normal(size=(4, 3)))
        yield edge("large scores", np.array([1000.0, 1001.0, 999.0]))

    @softmax.mistake("no-shift", "What is np.exp(1000.0)? What may you subtract first?")
    def _(x):
        e = np.exp(x)
        return e / e.sum(axis=-1, keepdims=True)

The same table checks the learner, grades with fresh cases, tests the grader and feeds the class report.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .answer import plain
from .case import Case, draw, small
from .compare import TOLERANCE, Difference, difference

HIDDEN_ROUNDS = 3


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that learners really give, and the hint that helps them out of it."""

    name: str
    hint: str
    answer: Any
    when: Callable[..., bool] | None = None


@dataclass(frozen=True)
class Variant:
    """A right answer written another way; every check must accept it."""

    name: str
    answer: Any


class Exercise:
    """What all exercises share: an id, points, cases, mistakes and accepted variants.

    `names` are the names that the student defines; `uses` are names of earlier cells that a mistake's or
    variant's code takes as parameters (see `given`).
    """

    kind = ""

    def __init__(
        self,
        id: str,
        *,
        points: float,
        reference: Any = None,
        answer: str | None = None,
        title: str = "",
        tolerance: float = TOLERANCE,
        rounds: int = HIDDEN_ROUNDS,
        in_place: bool = False,
    ):
        self.id = id
        self.points = points
        self.reference = reference
        self.names: tuple[str, ...] = (answer or id.replace("-", "_"),)
        self.title = title or id.replace("-", " ").capitalize()
        self.tolerance = tolerance
        self.rounds = rounds
        self.in_place = in_place
        self.mistakes: list[Mistake] = []
        self.variants: list[Variant] = []
        self._cases: Callable[[np.random.Generator], Iterator] | None = None
        self._drive: Callable[..., Any] | None = None
        self._accept: Callable[..., str | None] | None = None
        self._given: Callable[[], Mapping[str, Any]] = dict

    # The decorators that fill the table ---------------------------------------------------------------

    def cases(self, generator: Callable) -> Callable:
        """Register the generator of cases: `rng -> small(...), random(...), edge(...)`."""
        self._cases = generator
        return generator

    def drive(self, function: Callable) -> Callable:
        """Register how an answer is used: `drive(answer, *case) -> what to compare`. By default it is called."""
        self._drive = function
        return function

    def accept(self, function: Callable) -> Callable:
        """Register a judgement by property instead of a comparison: `accept(seen, *case) -> None or what is wrong`."""
        self._accept = function
        return function

    def given(self, function: Callable[[], Mapping[str, Any]]) -> Callable:
        """Register small stand-ins for the names of earlier cells that mistakes and variants take as parameters."""
        self._given = function
        return function

    def mistake(self, name: str, hint: str, when: Callable[..., bool] | None = None) -> Callable:
        """Register a known mistake; `when(seen, *case)` recognises it where running it would not (Keras, training)."""

        def register(answer: Any) -> Any:
            self.mistakes.append(Mistake(name, hint, answer, when))
            return answer

        return register

    def variant(self, name: str) -> Callable:
        """Register a right answer written another way."""

        def register(answer: Any) -> Any:
            self.variants.append(Variant(name, answer))
            return answer

        return register

    # What the checks ask ------------------------------------------------------------------------------

    def draw(self, seed: int) -> list[Case]:
        """The cases for one seed."""
        if self._cases is None:
            raise ValueError(f"Exercise {self.id!r} has no cases. Register them with @{self.names[0]}.cases.")
        return draw(self._cases, seed)

    def observe(self, answer: Any, case: Case) -> Any:
        """Use the answer on the case (whose arguments it may change) and return plain values."""
        use = self._drive or (lambda function, *args, **kwargs: function(*args, **kwargs))
        return plain(use(answer, *case.args, **case.kwargs))

    def expected(self, case: Case) -> Any:
        """What the reference gives on the case; None for an exercise that is judged by its properties."""
        return None if self._accept else self.observe(self.answer_of(self.reference), case.fresh())

    def judge(self, seen: Any, case: Case, expected: Any) -> Difference | None:
        """None when right; otherwise in what the observation falls short."""
        if self._accept:
            problem = self._accept(seen, *case.fresh().args, **case.kwargs)
            return Difference("value", problem, None, None) if problem else None
        return difference(expected, seen, self.tolerance)

    def answer_of(self, answer: Any) -> Any:
        """The object a student's name would hold if the student had written this reference, mistake or variant."""
        return answer

    def source_of(self, answer: Any) -> str:
        """The code of a reference, mistake or variant as a student would write it in the answer cell."""
        return _renamed_source(answer, self.names[0])


class FunctionExercise(Exercise):
    """The answer is a function or a class. `drive` says how a class is used; a function is called."""

    kind = "function"


class ModelExercise(Exercise):
    """The answer is an object made in the notebook, such as a trained model; `drive` and `accept` judge it.

    Reference, mistakes and variants are functions that make the object from the `given` names.
    """

    kind = "object"

    def answer_of(self, answer: Any) -> Any:
        given = self._given()
        return answer(*(given[name] for name in inspect.signature(answer).parameters))

    def source_of(self, answer: Any) -> str:
        parameters = ", ".join(inspect.signature(answer).parameters)
        return f"{_renamed_source(answer, '_make')}\n\n{self.names[0]} = _make({parameters})\n"


class ValuesExercise(Exercise):
    """The answers are plain values under one or more names; the reference returns `{name: value}`.

    A mistake returns only the names that it gets wrong. Words are compared without regard to capitals.
    """

    kind = "values"

    def __init__(self, id: str, *, points: float, reference: Callable[[], Mapping[str, Any]], **options: Any):
        super().__init__(id, points=points, reference=reference, rounds=1, **options)
        self.right = dict(reference())
        self.names = tuple(self.right)

    def draw(self, seed: int) -> list[Case]:
        return [small(name, name) for name in self.names]

    def observe(self, answer: Any, case: Case) -> Any:
        value = plain(answer[case.args[0]])
        return value.strip().lower() if isinstance(value, str) else value

    def judge(self, seen: Any, case: Case, expected: Any) -> Difference | None:
        if seen is None:
            return Difference("value", "still to do", expected, None)
        return difference(expected, seen, self.tolerance)

    def answer_of(self, answer: Callable[[], Mapping[str, Any]]) -> Any:
        return {**self.right, **answer()}

    def source_of(self, answer: Callable[[], Mapping[str, Any]]) -> str:
        return "".join(f"{name} = {_literal(value)}\n" for name, value in self.answer_of(answer).items())


class TextExercise(Exercise):
    """A free answer in words, graded by a person in formgrader; `rubric` is shown to that person."""

    kind = "text"

    def __init__(self, id: str, *, points: float, rubric: str, **options: Any):
        super().__init__(id, points=points, **options)
        self.rubric = rubric


def _literal(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()!r})"
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({value.item()!r})"
    return repr(value)


def _renamed_source(answer: Any, name: str) -> str:
    if not getattr(answer, "__name__", "") or answer.__name__ == "<lambda>":
        raise ValueError(
            f"No source for {answer!r}: write it with def or class so that it can stand in an answer cell."
        )
    lines = textwrap.dedent(inspect.getsource(answer)).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(("def ", "class ")))
    head, rest = lines[start].split(maxsplit=1)
    lines[start] = f"{head} {name}{rest.removeprefix(answer.__name__)}"
    return "\n".join(lines[start:]) + "\n"
