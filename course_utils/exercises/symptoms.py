"""What can be seen of a program that learns badly, before anybody knows why: of its loss, and of its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

STILL = 0.1  # a loss that keeps so close to that of a guess, as a part of it, has not moved
HUGE = 20.0  # a loss, counted in losses of a guess
RESTLESS = 2.0  # all its rises together, counted in losses of a guess
FEW = 4  # epochs: a training that ends after so many, though the loss still falls, was stopped


@dataclass(frozen=True)
class Goal:
    """What a program must reach: a loss on its training rows, and a share of right answers on new ones."""

    loss: float
    accuracy: float
    classes: int

    @property
    def guess(self) -> float:
        """The loss of whoever gives each class the same share."""
        return float(np.log(self.classes))


@dataclass(frozen=True)
class Learning:
    """How a program learned: its loss after each epoch, its share of right answers on new rows, and the goal."""

    losses: np.ndarray
    accuracy: float
    goal: Goal

    @staticmethod
    def of(result: Any, truth: np.ndarray, goal: Goal) -> Learning | str:
        """What a program returned, read with the labels of the new rows; or why it cannot be read."""
        try:
            losses, scores = (np.asarray(part, dtype=float) for part in result)
        except (TypeError, ValueError, OverflowError):
            return "it should return two things, the loss after each epoch and the scores of the new rows"
        if losses.ndim != 1 or not 2 <= losses.size <= 10_000:
            return "the first thing that it returns should be a list with the loss after each epoch"
        if scores.shape != (len(truth), goal.classes):
            return f"the scores of the new rows should have the shape {(len(truth), goal.classes)}"
        return Learning(losses, float(np.mean(scores.argmax(axis=1) == truth)), goal)

    @property
    def ends_low(self) -> bool:
        return bool(self.losses[-1] <= self.goal.loss)

    @property
    def ends_huge(self) -> bool:
        return not self.losses[-1] <= HUGE * self.goal.guess  # nan too

    @property
    def is_good(self) -> bool:
        return self.ends_low and self.accuracy >= self.goal.accuracy

    @property
    def moves(self) -> bool:
        """Whether the loss ever leaves that of a guess."""
        return not np.abs(self.losses / self.goal.guess - 1).max() <= STILL

    @property
    def grows(self) -> bool:
        """Whether the loss is lowest at first and grows in nearly every epoch, or is none at all from the beginning."""
        if not np.isfinite(self.losses).any():
            return True
        lowest_first = np.nan_to_num(self.losses, nan=np.inf).argmin() == 0
        return bool(self.moves and lowest_first and (self.ends_huge or np.mean(np.diff(self.losses) > 0) > 0.8))

    @property
    def is_restless(self) -> bool:
        finite = np.nan_to_num(self.losses, nan=1e9, posinf=1e9)
        return bool(np.diff(finite).clip(0).sum() > RESTLESS * self.goal.guess)

    @property
    def leaps(self) -> bool:
        """Whether the loss was low and then rose far, nearly all of it from one epoch to the next."""
        rises = np.diff(self.losses).clip(0)
        low_before = self.losses[: rises.argmax() + 1].min() < 0.5 * self.goal.guess
        return bool(self.is_restless and low_before and rises.max() > 0.9 * rises.sum())

    @property
    def is_falling(self) -> bool:
        return bool(np.mean(np.diff(self.losses) < 0) > 0.9)

    @property
    def stops_early(self) -> bool:
        return bool(len(self.losses) <= FEW and self.is_falling and not self.ends_low)

    def __str__(self) -> str:
        loss = f"the loss is {self.losses[0]:.2f} after the first epoch and {self.losses[-1]:.2f} after the last"
        return f"{loss}, and {self.accuracy:.0%} of the new rows are right"


@dataclass(frozen=True)
class Symptom:
    """One thing that can be seen. `because` is what whoever names it wrongly should look for."""

    text: str
    because: str
    shows: Callable[[Learning], bool]


grows = Symptom(
    "The loss grows from the first epoch on.",
    "If so, the first loss of the curve as given would be its lowest. Is it?",
    lambda seen: seen.grows,
)
stands = Symptom(
    "The loss stays where a guess has it.",
    "A guess costs log K, the dotted line of the picture. Does the curve as given stay there from beginning to end?",
    lambda seen: not seen.moves,
)
jumps = Symptom(
    "The loss jumps up and down and does not settle.",
    "If so, the loss of an epoch would often be far above that of the one before. Is it so in the curve as given?",
    lambda seen: seen.is_restless and not (seen.grows or seen.ends_huge or seen.ends_low),
)
leaps = Symptom(
    "The loss falls, then leaps up from one epoch to the next, and does not come back.",
    "If so, the curve as given would be low in the middle, and an epoch later several times as high. Is it?",
    lambda seen: seen.leaps and not (seen.ends_huge or seen.ends_low),
)
stays_high = Symptom(
    "The loss falls at first, then stays well above 0.",
    "If so, the curve as given would fall, become flat and stay above what is needed. What does it do?",
    lambda seen: (
        seen.moves and not any((seen.is_restless, seen.grows, seen.ends_low, seen.ends_huge, seen.stops_early))
    ),
)
only_training = Symptom(
    "The loss ends near 0, but new rows are answered badly.",
    "If so, the curve as given would end near 0, and only the share of new rows that are right would be low. Is it so?",
    lambda seen: seen.ends_low and seen.accuracy < seen.goal.accuracy,
)
starts_high = Symptom(
    "The loss begins far above that of a guess, and falls from there.",
    "If so, the first loss of the curve as given would be several times that of a guess, the dotted line. Is it?",
    lambda seen: bool(seen.losses[0] > 3 * seen.goal.guess) and not (seen.grows or seen.ends_low),
)
slow = Symptom(
    "The loss falls from epoch to epoch, but far too slowly.",
    "If so, each loss of the curve as given would be a little below the one before, up to the end. Is it so?",
    lambda seen: seen.moves and seen.is_falling and not (seen.ends_low or starts_high.shows(seen)),
)
bursts = Symptom(
    "The loss becomes huge, or nan, within the epochs.",
    "If so, the curve as given would leave the picture and not come back. Does it?",
    lambda seen: seen.ends_huge,
)
ends_early = Symptom(
    "The loss still falls when the training ends, after a few epochs.",
    "If so, the curve as given would have fewer points than the program asks for epochs. Count them.",
    lambda seen: seen.stops_early,
)
