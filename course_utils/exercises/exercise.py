"""An exercise: a reference, a generator of cases, and a table of known mistakes, each with its own hint.

    softmax = FunctionExercise("softmax", reference=nn.softmax, points=3)

    @softmax.cases
    def _(rng):
        yield small("three scores", np.array([2.0, 1.0, 0.1]))
        yield random("a batch", rng.normal(size=(4, 3)))
        yield edge("large scores", np.array([1000.0, 1001.0, 999.0]))

    @softmax.variant("shifted by the largest")
    def _(x):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    softmax.slip("no-shift", "What is np.exp(1000.0)? What may you subtract?", " - x.max(axis=-1, keepdims=True)", "")

The same table checks the learner, grades with fresh cases, tests the grader and feeds the class report.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from .answer import Raised, is_stub, plain
from .case import Case, draw
from .compare import TOLERANCE, Difference, changed, difference, family
from .result import Stage
from .table import Equivalent, Mistake, Slip, Variant, renamed, slipped, source_of
from .trial import Seen, Trial, same

_ODD = (TypeError, ValueError, IndexError, KeyError, AttributeError, ArithmeticError)  # what odd results raise
HIDDEN_ROUNDS = 3  # seeds of a grading
VISIBLE_SEEDS = 20  # more than a grading draws: what fails by luck then fails in the notebook, not in the grade
SHARES = {"small": 0.4, "random": 0.3, "edge": 0.2, "unchanged": 0.1}


class Exercise:
    """What all exercises share: an id, points, cases, mistakes and accepted variants.

    `names` are the names that the student defines. `in_place` exercises may change their inputs. A grading draws the
    cases of `rounds` fresh seeds, the visible check those of the first `visible` ones; where it trains, each of one.
    `library` is what in the course's library does the same as the reference: an answer may call neither. The points
    of an `extra` one lie outside of the lesson's total.
    """

    kind = ""
    in_parts = False  # whether some of the names may still be to do
    judged_by_result = False  # whether any program that reaches a mark is right, a changed one too
    to_begin = "Write your answer in the cell above and run it, then run this cell."
    why_in_general = "This is one right answer."  # said of its solution where the lesson says no more

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
        visible: int = VISIBLE_SEEDS,
        in_place: bool = False,
        library: Sequence[Callable] = (),
        extra: bool = False,
    ):
        self.id, self.points, self.extra = id, points, extra
        self.reference = reference
        self.names: tuple[str, ...] = (answer or id.replace("-", "_"),)
        self.title = title or id.replace("-", " ").capitalize()
        self.tolerance = tolerance
        self.rounds = rounds
        self.visible_seeds = list(range(visible if rounds > 1 else 1))
        self.in_place = in_place
        self.solutions: tuple[Callable, ...] = tuple(library)
        self.parameters = _parameters(reference) if reference else []  # the names of a case's arguments
        self.mistakes: list[Mistake] = []
        self.variants: list[Variant] = []
        self.equivalents: list[Equivalent] = []
        self._cases: Callable[[np.random.Generator], Iterator] | None = None
        self._drive: Callable[..., Any] | None = None
        self._accept: Callable[..., str | None] | None = None
        self._given: Callable[[], Mapping[str, Any]] = dict

    # What fills the table -----------------------------------------------------------------------------

    def cases(self, generator: Callable) -> Callable:
        """Register the generator of cases: `rng -> small(...), random(...), edge(...)`."""
        self._cases = generator
        return generator

    def drive(self, function: Callable) -> Callable:
        """Register how an answer is used: `drive(answer, *case) -> what to compare`. By default it is called."""
        self._drive = function
        self.parameters = _parameters(function)[1:]
        return function

    def accept(self, function: Callable) -> Callable:
        """Register a judgement by property instead of a comparison: `accept(seen, *case) -> None or what is wrong`."""
        self._accept = function
        return function

    def given(self, function: Callable[[], Mapping[str, Any]]) -> Callable:
        """Register small stand-ins for the names of earlier cells that mistakes and variants take as parameters."""
        self._given = function
        return function

    def variant(self, name: str) -> Callable:
        """Register a right answer written another way."""

        def register(answer: Any) -> Any:
            self.variants.append(Variant(name, answer))
            return answer

        return register

    def mistake(self, name: str, hint: str, when: Callable[..., bool] | None = None) -> Callable:
        """Register a known mistake; `when(seen, *case)` recognises it where running it would not (Keras, training)."""

        def register(answer: Any) -> Any:
            self.mistakes.append(Mistake(name, hint, answer, when))
            return answer

        return register

    def slip(
        self,
        name: str,
        hint: str,
        right: str,
        wrong: str,
        *,
        of: str = "",
        when: Callable[..., bool] | None = None,
    ) -> None:
        """Register the mistake of writing `wrong` in place of `right` in a variant, by default the first.

        Errors: ValueError unless `right` stands exactly once in the variant.
        """
        base = next((v for v in self.variants if v.name == of or not of), None)
        if base is None:
            raise ValueError(f"{self.id}: the slip {name!r} needs the variant {of or '(any)'!r} registered above it.")
        try:
            self.mistakes.append(slipped(name, hint, Slip(base, right, wrong), when=when))
        except (ValueError, SyntaxError) as error:
            raise ValueError(f"{self.id}/{name}: {error}") from error

    def equivalent(self, right: str, wrong: str = "", *, why: str) -> None:
        """Say why an answer stays right when `wrong` (by default: anything) takes the place of `right`.

        `course prove` changes every right answer in every small way, and asks this of each change that passes.
        """
        self.equivalents.append(Equivalent(right, wrong, why))

    # What the checks ask ------------------------------------------------------------------------------

    @property
    def counted(self) -> float:
        """What it adds to the lesson's total, and is worth to nbgrader."""
        return 0.0 if self.extra else self.points

    def draw(self, seed: int) -> list[Case]:
        """The cases for one seed."""
        if self._cases is None:
            raise ValueError(f"Exercise {self.id!r} has no cases. Register them with @{self.names[0]}.cases.")
        return draw(self._cases, seed)

    def attempted(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The student's names in which something has been written."""
        return {name: answer for name, answer in answers.items() if not is_stub(answer)}

    def take(self, answers: Mapping[str, Any]) -> tuple[Any, str]:
        """What is checked, out of the student's names (None for what is still to do); and what rules it out, if so."""
        return answers[self.names[0]], ""

    def observe(self, answer: Any, case: Case) -> Any:
        """Use the answer on the case (whose arguments it may change) and return plain values."""
        use = self._drive or (lambda function, *args, **kwargs: function(*args, **kwargs))
        return plain(use(answer, *case.args, **case.kwargs))

    @property
    def only_called(self) -> bool:
        """Whether an answer is called once a case, and nothing else is done with it."""
        return self._drive is None and type(self).observe is Exercise.observe

    def behaviour(self, answer: Any, case: Case) -> Seen:
        """Use the answer on a fresh copy of the case."""
        mine = case.fresh()
        try:
            value, raised = self.observe(answer, mine), None
        except (Exception, SystemExit) as error:
            value, raised = None, Raised.of(error)
        return Seen(value, raised, "" if self.in_place else self._changed(case, mine))

    def _changed(self, case: Case, mine: Case) -> str:
        """The first argument, by its name, that no longer is as it was."""
        places = zip_longest(self.parameters[: len(case.args)], case.args, fillvalue="an input")
        names = [*(name for name, _ in places), *case.kwargs]
        before, after = (*case.args, *case.kwargs.values()), (*mine.args, *mine.kwargs.values())
        return next(filter(None, map(changed, before, after, names)), "")

    def expected(self, case: Case) -> Any:
        """What the reference gives on the case; None for an exercise that is judged by its properties."""
        return None if self._accept else self.observe(self.answer_of(self.reference), case.fresh())

    def judge(self, seen: Any, case: Case, expected: Any) -> Difference | None:
        """None when right; otherwise in what the observation falls short."""
        if self._accept:
            try:
                problem = self._accept(seen, *case.fresh().args, **case.kwargs)
            except _ODD as error:  # a result of a kind that nobody thought of
                return Difference("type", f"it is {family(seen)} that cannot be judged: {error}", None, None)
            return Difference("value", problem, None, None) if problem else None
        return difference(expected, seen, self.tolerance)

    @property
    def runs_mistakes(self) -> bool:
        """Whether a mistake is recognised by running it beside the answer."""
        return False

    def behaves_like(self, mistake: Mistake, trials: Sequence[Trial]) -> bool:
        """Whether the answer did on every trial what the mistake does."""
        if mistake.when:
            failed = [t for t in trials if not t.right and not t.seen.raised]
            try:
                return bool(failed) and all(mistake.when(t.seen.value, *t.case.args, **t.case.kwargs) for t in failed)
            except _ODD:
                return False
        return self.runs_mistakes and all(
            same(self.behaviour(mistake.answer, t.case), t.seen, self.tolerance) for t in trials
        )

    def good_stages(self, trials: Sequence[Trial]) -> dict[str, bool]:
        """For each stage that the exercise has, whether the answer is right in it."""
        good = {}
        for stage in SHARES:
            if group := [t for t in trials if t.case.stage == stage]:
                good[stage] = all(t.problem is None for t in group)
        if not self.in_place and any(t.case.args or t.case.kwargs for t in trials):
            good["unchanged"] = not any(t.seen.changed for t in trials)
        return good

    def fraction(self, trials: Sequence[Trial], good: Mapping[str, bool]) -> float:
        """The share of the points: nothing without the small case, else what the good stages are worth."""
        if not good.get("small", True):
            return 0.0
        return sum(SHARES[stage] for stage, ok in good.items() if ok) / sum(SHARES[stage] for stage in good)

    def parts(self, trials: Sequence[Trial]) -> tuple[Stage, ...] | None:
        """The steps that the panel shows, where they are not those of every check."""
        return None

    def besides(self, trials: Sequence[Trial], mistake: Mistake | None) -> str:
        """What is said beside a known mistake's hint, or where there is none, from all parts of the answer at once."""
        return ""

    def afterwards(self, trials: Sequence[Trial]) -> str:
        """What is said of a right answer."""
        return ""

    def place(self, case: Case) -> str:
        """The case as the beginning of a message."""
        return f"In the case “{case.label}”"

    @property
    def known_parameters(self) -> Sequence[str]:
        """The names of a case's arguments that the learner knows: those of a function that is called as it is."""
        return [] if self._drive else self.parameters

    @property
    def shows_cases(self) -> bool:
        """Whether the panel may show a case with the expected and the observed value."""
        return self._accept is None

    # The table's code ---------------------------------------------------------------------------------

    def answer_of(self, answer: Any) -> Any:
        """The object a student's name would hold if the student had written this reference, mistake or variant."""
        return answer

    def source_of(self, row: Mistake | Variant) -> str:
        """The code of a mistake or variant as a student would write it in the answer cell."""
        return self._cell(row.source or source_of(row.answer), row.answer)

    def solution(self) -> str:
        """A right answer as it would stand in the answer cell."""
        return self.source_of(self.variants[0])

    def _cell(self, source: str, answer: Any) -> str:
        return renamed(source, answer.__name__, self.names[0])


def _parameters(function: Callable) -> list[str]:
    return [name.rstrip("_") for name in inspect.signature(function).parameters]
