"""Questions that are answered in the head, with other small numbers each time; the exercise's reference answers them.

relu_by_hand = ByHand(
    relu,
    "What is ReLU of {x}?",
    lambda rng: {"x": mixed(rng, [-1.5, 0, 2])},
    lambda relu, x: relu(np.array(x)),
    because="ReLU keeps what is above 0 and turns the rest into 0.",
    read="ReLU: keep the positive, drop the negative",
)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from .exercise import Exercise
from .numbers import Numbers, numbers_shown
from .question import Choice, Number, Question

WITHIN = 0.006  # two decimals are enough


class Recallable(Protocol):
    """What can be asked again in a later lesson; `read` is the heading of the section that tells it."""

    @property
    def id(self) -> str: ...

    @property
    def read(self) -> str: ...

    def draw(self, seed: int) -> Question:
        """The question, with the numbers of this seed where it has numbers."""


@dataclass(frozen=True)
class ByHand:
    """A question about an exercise with small numbers.

    `numbers(rng)` draws them, `text` and `because` name them in braces, and `answer(reference, **numbers)` asks the
    reference. `because` may name `{answer}` too.
    """

    exercise: Exercise
    text: str
    numbers: Callable[[np.random.Generator], Mapping[str, Any]]
    answer: Callable[..., Any]
    because: str
    read: str
    within: float = WITHIN
    suffix: str = ""

    @property
    def id(self) -> str:
        """The exercise's id, and the suffix where it has more than one such question."""
        return self.exercise.id + self.suffix

    def draw(self, seed: int) -> Number | Numbers:
        """The question with the numbers of this seed."""
        numbers = self.numbers(np.random.default_rng(seed))
        right = _flat(self.answer(self.exercise.reference, **numbers))
        text = self.text.format(**numbers)
        because = self.because.format(**numbers, answer=numbers_shown(right))
        if len(right) == 1:
            return Number(self.id, text, right[0], self.within, because, digits=6)
        return Numbers(self.id, text, tuple(right), self.within, because)


@dataclass(frozen=True)
class QuizQuestion:
    """A question of a lesson's quiz, and the heading of the section that answers it."""

    read: str
    question: Choice

    @property
    def id(self) -> str:
        """The question's own id."""
        return self.question.id

    def draw(self, seed: int) -> Choice:
        """The question, which has no numbers to draw."""
        return self.question


def whole(rng: np.random.Generator, low: int, high: int, size: int | None = None) -> Any:
    """A whole number from low to high, both possible, or a list of `size` of them."""
    return rng.integers(low, high + 1, size).tolist() if size else int(rng.integers(low, high + 1))


def one_of(rng: np.random.Generator, *values: Any) -> Any:
    """One of the values."""
    return values[rng.integers(len(values))]


def mixed(rng: np.random.Generator, values: Sequence[Any]) -> list[Any]:
    """The values in another order."""
    return [values[i] for i in rng.permutation(len(values))]


def _flat(answer: Any) -> list[float]:
    """All numbers of an answer in their order, out of arrays, lists and tuples."""
    if isinstance(answer, list | tuple):
        return [number for part in answer for number in _flat(part)]
    return [round(number, 9) + 0.0 for number in np.ravel(answer).astype(float).tolist()]
