"""A question without points: options or a number to answer with, and for each of them a reason.

The right answer stands in the table, so that a report can say it; where a cell measures it, what was measured decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Because = str | Callable[..., str]  # a reason, or what makes one of the measured values


@dataclass(frozen=True)
class Option:
    """One way to answer a choice; `because` says why it is right, or what is wrong with it."""

    key: str
    text: str
    because: Because


@dataclass(frozen=True)
class Near:
    """A number that people say, and the thought behind it; as close as the question's `within` counts as said."""

    value: float
    because: Because


@dataclass(frozen=True)
class Answer:
    """What a person said: an option's key or a number; and how sure they were, in per cent, if they said so."""

    said: str | float
    sure: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What is true, and how the answer stands to it; `others` are the options that neither of the two is."""

    question: Question
    answer: Answer | None
    truth: str | float
    right: bool | None
    because: str
    yours: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def headline(self) -> str:
        """What was said and what is true, in one line."""
        true = self.question.shown(self.truth)
        if self.answer is None:
            return f"It is {true}."
        sure = "" if self.answer.sure is None else f" ({self.answer.sure} % sure)"
        said = f"You said {self.question.shown(self.answer.said)}{sure}."
        if self.right:
            return f"{said} So it is." if self.answer.said == self.truth else f"{said} Near enough: it is {true}."
        return f"{said} It is {true}."


@dataclass(frozen=True)
class Question:
    """What a choice and a number have in common: an id, a text, the right answer, and how it is measured, if it is."""

    id: str
    text: str

    @property
    def example(self) -> str:
        """An answer as it is typed, which is not the right one on purpose."""
        raise NotImplementedError

    @property
    def wanted(self) -> str:
        """What is to be written, in a few words."""
        raise NotImplementedError

    def shown(self, said: str | float) -> str:
        """An answer as it is named in a sentence."""
        raise NotImplementedError

    def read(self, said: Any) -> str | float:
        """An answer in its normal form.

        Errors: ValueError that says in plain words what may be written.
        """
        raise NotImplementedError

    def answer(self, said: Any, sure: Any = None) -> Answer:
        """What a person typed or chose, read strictly.

        Errors: ValueError that says in plain words what may be written.
        """
        return Answer(self.read(said), None if sure is None else _sure(sure))

    def verdict(self, answer: Answer | None, *measured: Any) -> Verdict:
        """How an answer stands to the truth; `measured` is what the cell measured, where the question asks for it."""
        raise NotImplementedError


@dataclass(frozen=True)
class Choice(Question):
    """A question with options, keyed a, b, c…; `measured(*values)` gives the key of the one that turned out right.

    Errors: ValueError when two options have one key, or the right one is missing.
    """

    options: Sequence[Option]
    right: str
    measured: Callable[..., str] | None = None

    def __post_init__(self) -> None:
        keys = [option.key for option in self.options]
        if keys != list("abcdefgh"[: len(keys)]) or len(keys) < 2 or self.right not in keys:
            raise ValueError(f"Question {self.id}: its options are a, b, c…, and one of them is right; not {keys}.")

    def __getitem__(self, key: str) -> Option:
        return next(option for option in self.options if option.key == key)

    @property
    def example(self) -> str:
        return '"a"'

    @property
    def wanted(self) -> str:
        return f"a letter from a to {self.options[-1].key}"

    def shown(self, said: str | float) -> str:
        return f"{said}: {self[str(said)].text}"

    def read(self, said: Any) -> str:
        keys = [option.key for option in self.options]
        found = said.strip().strip(").").lower() if isinstance(said, str) else said
        if found not in keys:
            raise ValueError(
                f'Answer with one of the letters {", ".join(keys)}, in quotation marks, such as "{keys[0]}".'
            )
        return found

    def verdict(self, answer: Answer | None, *measured: Any) -> Verdict:
        truth = self.measured(*measured) if self.measured else self.right
        said = answer and answer.said
        reasons = {option.key: _said(option.because, measured) for option in self.options}
        others = tuple((self.shown(key), reason) for key, reason in reasons.items() if key not in (truth, said))
        right = None if answer is None else said == truth
        yours = reasons[str(said)] if right is False else ""
        return Verdict(self, answer, truth, right, reasons[truth], yours, others)


@dataclass(frozen=True)
class Number(Question):
    """A question for a number; right within `within` of it. `near` are the numbers that people say, each with a reason.

    `digits` is how many significant digits the truth is shown with, `unit` what follows it.
    """

    right: float
    within: float
    because: Because
    unit: str = ""
    near: Sequence[Near] = ()
    measured: Callable[..., float] | None = None
    digits: int = 4

    @property
    def example(self) -> str:
        return "12"

    @property
    def wanted(self) -> str:
        return "a number"

    def shown(self, said: str | float) -> str:
        return f"{said:.{self.digits}g} {self.unit}".rstrip()

    def read(self, said: Any) -> float:
        text = said.strip().removesuffix("%").replace(",", ".") if isinstance(said, str) else said
        try:
            found = math.nan if isinstance(text, bool) else float(text)
        except (TypeError, ValueError, OverflowError):
            found = math.nan
        if not math.isfinite(found):
            raise ValueError("Answer with a number, such as 12 or 0.5.")
        return found

    def verdict(self, answer: Answer | None, *measured: Any) -> Verdict:
        truth = float(self.measured(*measured)) if self.measured else self.right
        because = _said(self.because, measured)
        if answer is None:
            return Verdict(self, answer, truth, None, because)
        said = float(answer.said)
        if right := abs(said - truth) <= self.within:
            return Verdict(self, answer, truth, right, because)
        thought = next((n for n in self.near if math.isclose(said, n.value, rel_tol=0, abs_tol=self.within)), None)
        return Verdict(self, answer, truth, right, because, _said(thought.because, measured) if thought else "")


def _said(because: Because, measured: Sequence[Any]) -> str:
    return because if isinstance(because, str) else because(*measured)


def _sure(sure: Any) -> int:
    number = sure.strip().removesuffix("%") if isinstance(sure, str) else sure
    try:
        found = math.nan if isinstance(number, bool) else float(number)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not 0 <= found <= 100:
        raise ValueError("How sure you are is a number from 0 to 100 (per cent), such as 80.")
    return round(found)
