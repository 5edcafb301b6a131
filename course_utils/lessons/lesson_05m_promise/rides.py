"""Rides of a bicycle courier, made by a rule with chance in it: a day's rows are never those of another day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LATE, EARLY = 90, 10  # cents that a minute costs
COLUMNS = ("metres", "metres up", "kilograms", "headwind m/s", "traffic lights", "rain")
YOURS, TRIAL, EXAM = 2000, 1000, 4000  # rides


@dataclass(frozen=True)
class Rides:
    """Rides of shape (N, 6), in the order of `COLUMNS`, and the minutes that each took, shape (N,)."""

    x: np.ndarray
    minutes: np.ndarray


def draw(count: int, rng: np.random.Generator) -> Rides:
    """So many new rides. The usual time grows with each column; the delay by chance grows with lights and rain."""
    metres = rng.uniform(300, 6000, count).round()
    up = rng.gamma(1.5, 20, count).round()
    load = rng.uniform(0, 60, count).round(1)
    wind = rng.normal(0, 3, count).round(1)
    lights = rng.poisson(0.5 + metres / 700)
    rain = rng.random(count) < 0.25
    usual = 2 + metres / 300 + 0.05 * up + 0.04 * load + 0.35 * wind + 0.4 * lights + 1.5 * rain
    delay = rng.exponential(0.5 + 0.35 * lights + 0.8 * rain)
    x = np.column_stack([metres, up, load, wind, lights, rain]).astype(float)
    return Rides(x, np.maximum(1, usual + delay).round(1))


def load(seed: int = 5) -> tuple[Rides, Rides]:
    """The rides to learn from, and others to try a program on."""
    rng = np.random.default_rng(seed)
    return draw(YOURS, rng), draw(TRIAL, rng)


def cost(promised: np.ndarray, minutes: np.ndarray) -> float:
    """What a ride costs on average, in cents: 90 for each minute after the promised time, 10 for each one before it.

    >>> cost(np.array([20.0, 20.0]), np.array([23.0, 15.0]))
    160.0
    """
    late = minutes - promised
    return float(np.mean(np.maximum(LATE * late, -EARLY * late)))
