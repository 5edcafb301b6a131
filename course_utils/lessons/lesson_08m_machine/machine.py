"""A sensor on a machine, imitated by a rule with chance in it: no two stretches of its signal are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = ("runs well", "out of balance", "worn bearing", "loose belt")
STEPS = 48  # measurements in a stretch, about three turns of the shaft
YOURS, TRIAL, EXAM = 2000, 1000, 2000  # stretches


@dataclass(frozen=True)
class Signals:
    """Stretches of shape (N, 48), in millivolts, and the state of the machine in each, as a place in `KINDS`."""

    x: np.ndarray
    kinds: np.ndarray


def draw(count: int, rng: np.random.Generator) -> Signals:
    """So many new stretches: a swing for each turn, begun anywhere, and what a fault adds to it."""
    kinds = rng.integers(0, len(KINDS), count)
    turning = np.arange(STEPS) * rng.uniform(2.6, 3.4, (count, 1)) * 2 * np.pi / STEPS
    begin, other = rng.uniform(0, 2 * np.pi, (2, count, 1))
    size, fault = rng.uniform(0.7, 1.3, (count, 1)), rng.uniform(0.7, 1.2, (count, 1))
    swing = size * np.sin(turning + begin)
    twice_a_turn = fault * np.sin(2 * turning + 2 * begin + 1)
    knocks = 1.8 * fault * np.exp(-((((turning + other) % (2 * np.pi)) / 0.35) ** 2))
    sway = swing * np.sin(rng.uniform(0.35, 0.55, (count, 1)) * turning + other)
    signal = swing + np.choose(kinds[:, None], [np.zeros_like(swing), twice_a_turn, knocks, sway])
    signal += 0.3 * rng.normal(size=signal.shape)
    return Signals(np.round(100 * signal + rng.uniform(900, 1100, (count, 1))), kinds)


def load(seed: int = 8) -> tuple[Signals, Signals]:
    """The stretches to learn from, and others to try a program on."""
    rng = np.random.default_rng(seed)
    return draw(YOURS, rng), draw(TRIAL, rng)


def accuracy(said: np.ndarray, kinds: np.ndarray) -> float:
    """The share of the stretches that are named rightly.

    >>> accuracy(np.array([0, 1, 2, 3]), np.array([0, 1, 2, 0]))
    0.75
    """
    return float(np.mean(said == kinds))
