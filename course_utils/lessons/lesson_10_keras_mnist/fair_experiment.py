"""Plan a fair experiment: one thing differs, everything else is the same, several starts, judged on validation digits."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import Any

import numpy as np

from course_utils.exercises import ModelExercise, edge, random, small

from .experiment import FACTORS

FEWEST, MOST = 3, 20  # starts
JUDGES = ("training", "validation", "test")


def planned():
    """Only the optimizer differs; NumPy, since it is quick, and ten epochs, after which the networks have settled."""
    return {
        "library": ("numpy", "numpy"),
        "optimizer": ("adam", "sgd"),
        "epochs": (10, 10),
        "weights": ("glorot", "glorot"),
        "starts": 5,
        "judged on": "validation",
    }


fair_experiment = ModelExercise(
    "fair-experiment", answer="plan", reference=planned, points=2, rounds=1, title="Plan a fair experiment"
)


@fair_experiment.drive
def _(answer, part):
    return answer


@fair_experiment.cases
def _(rng):
    yield small("one thing differs", "factors")
    yield random("enough starts", "starts")
    yield edge("judged on the right digits", "judged on")


def changed(plan: Any) -> list[str]:
    """The rows whose two values differ, in a plan that is complete."""
    return [factor for factor in FACTORS if plan[factor][0] != plan[factor][1]]


def _fault_of_a_row(plan: Mapping, factor: str) -> str:
    values = FACTORS[factor]
    pair = plan.get(factor)
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return f"plan[{factor!r}] should hold two values, one for each training, such as {(values[0], values[0])}"
    if ... in pair:
        return f"plan[{factor!r}] still has a gap: which of its two values has each training?"
    odd = [value for value in pair if value not in values]
    return f"plan[{factor!r}] holds {odd[0]!r}, and the table offers {values[0]!r} and {values[1]!r}" if odd else ""


def _of_the_factors(plan: Mapping) -> str:
    faults = [fault for factor in FACTORS if (fault := _fault_of_a_row(plan, factor))]
    if faults:
        return faults[0]
    found = changed(plan)
    return "" if len(found) == 1 else f"the two trainings differ in {len(found)} rows, and one row should differ"


def _of_the_starts(plan: Mapping) -> str:
    starts = plan.get("starts")
    if isinstance(starts, bool) or not isinstance(starts, numbers.Integral):
        return "plan['starts'] should be a whole number: from how many starts each training is run"
    return "" if FEWEST <= starts <= MOST else f"plan['starts'] is {starts}, and it should be from {FEWEST} to {MOST}"


def _of_the_judge(plan: Mapping) -> str:
    said = plan.get("judged on")
    if said not in JUDGES:
        return f"plan['judged on'] should be one of the words {', '.join(map(repr, JUDGES))}"
    return "" if said == "validation" else f"plan['judged on'] is {said!r}"


_PARTS = {"factors": _of_the_factors, "starts": _of_the_starts, "judged on": _of_the_judge}


@fair_experiment.accept
def _(seen, part):
    if not isinstance(seen, Mapping):
        return "plan should be a dict with the six rows of the exercise"
    return _PARTS[part](seen) or None


def _differ(*counts: int):
    return lambda seen, *_: all(not _fault_of_a_row(seen, f) for f in FACTORS) and len(changed(seen)) in counts


@fair_experiment.variant("the epochs, with Keras, from three starts")
def _():
    return {
        "library": ["keras", "keras"],
        "optimizer": ["sgd", "sgd"],
        "epochs": [5, 10],
        "weights": ["he", "he"],
        "starts": 3,
        "judged on": "validation",
    }


@fair_experiment.variant("the weights")
def _():
    return {
        "starts": np.int64(20),
        "judged on": "validation",
        "weights": ("glorot", "he"),
        "epochs": (10, 10),
        "optimizer": ("adam", "adam"),
        "library": ("numpy", "numpy"),
    }


@fair_experiment.variant("the library")
def _():
    return {
        "library": ("numpy", "keras"),
        "optimizer": ("sgd", "sgd"),
        "epochs": (5, 5),
        "weights": ("he", "he"),
        "starts": 4,
        "judged on": "validation",
    }


fair_experiment.slip(
    "several-at-once",
    "Your two trainings differ in more than one row. Say the second turns out better: which of the differences was it?",
    '"weights": ["he", "he"]',
    '"weights": ["glorot", "he"]',
    when=_differ(2, 3),
)
fair_experiment.slip(
    "as-in-the-lessons",
    "All four rows differ, as they do between the two lessons. That comparison was made already, and it told nobody why. What "
    "has to stay the same, so that one difference is left?",
    '"library": ["keras", "keras"],\n        "optimizer": ["sgd", "sgd"],\n        "epochs": [5, 10],\n        "weights": ["he", "he"]',
    '"library": ["numpy", "keras"],\n        "optimizer": ["sgd", "adam"],\n        "epochs": [10, 5],\n        "weights": ["he", "glorot"]',
    when=_differ(4),
)
fair_experiment.slip(
    "nothing-differs",
    "Your two trainings are alike in every row. Whatever comes out, what could it be due to? Which row do you ask about?",
    '"epochs": [5, 10]',
    '"epochs": [5, 5]',
    when=_differ(0),
)
fair_experiment.slip(
    "too-few-starts",
    "In section 6 the same training, from five starts, ended between 93.1 and 94.2 %. How would you tell a difference of one "
    "in a hundred from luck, with so few starts?",
    '"starts": 3',
    '"starts": 1',
    when=lambda seen, *_: seen["starts"] in (1, 2) and not isinstance(seen["starts"], bool),
)
fair_experiment.slip(
    "judged-on-the-exam",
    "The test digits are the exam, looked at once. If they decide between two trainings, what is the number worth that they give afterwards? "
    "Which digits are there to be looked at as often as you like?",
    '"judged on": "validation"',
    '"judged on": "test"',
    when=lambda seen, *_: seen["judged on"] == "test",
)
fair_experiment.slip(
    "judged-on-the-exercises",
    "The training digits are those that both networks have practised: after ten epochs nearly all of them are right, "
    "whatever was learned by heart. Which digits show what was understood?",
    '"judged on": "validation"',
    '"judged on": "training"',
    when=lambda seen, *_: seen["judged on"] == "training",
)

ENOUGH = f"from {FEWEST} to {MOST} starts are enough, and none is asked for"
for right in (planned(), *(variant.answer() for variant in fair_experiment.variants)):
    for starts in (right["starts"] - 1, right["starts"] + 1, 2 * right["starts"]):
        if isinstance(right["starts"], int) and FEWEST <= starts <= MOST:
            fair_experiment.equivalent(repr(right), repr({**right, "starts": starts}), why=ENOUGH)
fair_experiment.equivalent("np.int64(20)", "20", why="the same number")
fair_experiment.equivalent("np.int64(20)", "np.int64(19)", why=ENOUGH)
fair_experiment.equivalent("[5, 10]", "[10, 5]", why="either training may be the first")
