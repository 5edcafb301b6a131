"""Choose learning rates with which four optimizers reach the bottom of a narrow ravine in time."""

import math
from typing import Any

import numpy as np

from course_utils.exercises import ModelExercise, edge, random, small

from . import ravine
from .adam import KerasAdam
from .momentum import Heavy
from .rmsprop import Scaled
from .sgd import PlainSGD

RACERS = {"sgd": PlainSGD, "momentum": Heavy, "rmsprop": Scaled, "adam": KerasAdam}
NARROW = 400.0  # how strongly the ground of the race bends across the ravine
BUDGETS = {"sgd": 1000, "momentum": 100, "rmsprop": 100, "adam": 100}


def good_rates():
    """A learning rate for each optimizer that reaches the target in time, in the narrow ravine."""
    return {"sgd": 0.0048, "momentum": 0.005, "rmsprop": 0.1, "adam": 0.5}


race = ModelExercise("race", answer="rates", reference=good_rates, points=3, title="A narrower ravine")


@race.drive
def _(answer, name, start):
    return answer


@race.cases
def _(rng):
    for stage, name in ((small, "sgd"), (random, "momentum"), (random, "rmsprop"), (edge, "adam")):
        yield stage(f"{name}, {BUDGETS[name]} steps", name, ravine.START)


def outcome(rates: Any, name: str, start: np.ndarray) -> tuple[str, str]:
    """How one racer fares: ("", "") in time, else what went wrong and a sentence about it."""
    if not isinstance(rates, dict) or name not in rates:
        return "missing", f"rates should be a dict with the key {name!r}"
    rate = rates[name]
    if isinstance(rate, bool) or not isinstance(rate, int | float | np.number):
        return "missing", f"rates[{name!r}] should be a number"
    if not 0 < rate < math.inf:
        return "sign", f"rates[{name!r}] is {rate:g}, and a learning rate is above 0"
    budget = BUDGETS[name]
    with np.errstate(all="ignore"):
        losses = ravine.height(ravine.path(RACERS[name](float(rate)), budget, start, across=NARROW), across=NARROW)
    if (losses <= ravine.TARGET).any():
        return "", ""
    end = losses[-1]
    told = f"with learning rate {rate:g}, {name} is at a loss of {end:.3g} after {budget} steps; the target is {ravine.TARGET:g}"
    if not np.isfinite(end) or end > losses[0]:
        return "diverged", told
    if name == "sgd" and rate > 0.00496:
        return "zigzag", told
    return "slow" if (np.diff(losses[-20:]) <= 0).all() else "restless", told


@race.accept
def _(seen, name, start):
    return outcome(seen, name, start)[1] or None


def fares(way, *names):
    """Recognises rates by how any of the named racers fares."""
    return lambda seen, *_: any(outcome(seen, name, ravine.START)[0] == way for name in names)


@race.variant("other rates")
def _():
    return {"sgd": 0.004, "momentum": 0.007, "rmsprop": 0.08, "adam": 0.4}


@race.variant("NumPy numbers")
def _():
    return {"adam": np.float64(0.3), "rmsprop": np.float32(0.12), "sgd": np.float64(0.0049), "momentum": 0.004}


race.slip(
    "same-for-all",
    "One learning rate for all four. RMSprop and Adam divide by the size of the gradient, so their rate is a *distance* per step; for SGD and momentum it is a factor. They need not be alike.",
    '{"sgd": 0.004, "momentum": 0.007, "rmsprop": 0.08, "adam": 0.4}',
    '{"sgd": 0.001, "momentum": 0.001, "rmsprop": 0.001, "adam": 0.001}',
    when=lambda seen, *_: isinstance(seen, dict) and len(seen) == 4 and len({str(rate) for rate in seen.values()}) == 1,
)

race.slip(
    "steps-for-rates",
    "Your numbers are whole numbers above 1, like the steps that `tries` counts. What goes *into* `tries`? That is asked for.",
    '{"sgd": 0.004, "momentum": 0.007, "rmsprop": 0.08, "adam": 0.4}',
    '{"sgd": 514, "momentum": 79, "rmsprop": 48, "adam": 56}',
    when=lambda seen, *_: len(seen) == 4 and all(rate > 1 and rate == int(rate) for rate in seen.values()),
)

race.slip(
    "too-steep",
    "SGD or momentum climbs out of the ravine. The walls are four times as steep as before: across, the ground bends with 400. What does that make of the limit 2 / 100?",
    '"sgd": 0.004, "momentum": 0.007',
    '"sgd": 0.0195, "momentum": 0.015',
    when=fares("diverged", "sgd", "momentum"),
)

race.slip(
    "sgd-at-its-limit",
    "SGD is so near to its limit that it jumps from wall to wall, and the jumps hardly shrink. Stay a little further below it.",
    '"sgd": 0.004',
    '"sgd": 0.004995',
    when=fares("zigzag", "sgd"),
)

race.slip(
    "sgd-too-small",
    "SGD goes the right way and has too far to go. It may go almost up to its limit: a zigzag does no harm as long as it shrinks.",
    '"sgd": 0.004',
    '"sgd": 0.0015',
    when=fares("slow", "sgd"),
)

race.slip(
    "momentum-too-small",
    "Momentum carries on by itself, but each push of yours is too weak to get going in 100 steps. Try the size of rate that served SGD.",
    '"momentum": 0.007',
    '"momentum": 0.0005',
    when=fares("slow", "momentum"),
)

race.slip(
    "adaptive-too-small",
    "A step of RMSprop or of Adam is about as long as the learning rate itself, and the way is 4 long. How many steps of your length does it take?",
    '"rmsprop": 0.08, "adam": 0.4',
    '"rmsprop": 0.01, "adam": 0.01',
    when=fares("slow", "rmsprop", "adam"),
)

race.slip(
    "adaptive-too-large",
    "RMSprop or Adam goes to and fro and cannot settle: its steps stay about as long as the learning rate, and the target is only 0.14 away from the bottom. Take shorter steps.",
    '"rmsprop": 0.08',
    '"rmsprop": 0.3',
    when=fares("restless", "rmsprop", "adam"),
)

IN_TIME = "these rates reach the target in time as well, and more is not asked for"
for rates in (good_rates(), {"sgd": 0.004, "momentum": 0.007, "rmsprop": 0.08, "adam": 0.4}):
    race.equivalent(repr(rates), why=IN_TIME)
race.equivalent("np.float64(0.3)", why=IN_TIME)
race.equivalent("np.float32(0.12)", why=IN_TIME)
race.equivalent(
    "{'adam': np.float64(0.3), 'rmsprop': np.float32(0.12), 'sgd': np.float64(0.0049), 'momentum': 0.004}", why=IN_TIME
)
