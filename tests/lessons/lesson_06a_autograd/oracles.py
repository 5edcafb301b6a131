"""Lesson 06a by other means: complex steps for every slope, `graphlib` for the order."""

import graphlib
import operator

import numpy as np

from course_utils.lessons.lesson_06a_autograd.graphs import ways
from course_utils.lessons.lesson_06a_autograd.train import squared_error

SIGNS = {"+": operator.add, "*": operator.mul}
TINY = 1e-30  # a step off the real line: nothing is subtracted, so nothing is rounded away


def runs(numbers, steps, moved=None):
    """All numbers of the graph; the one called `moved` is moved a little, and the rest follow."""
    found = {name: complex(number, TINY * (name == moved)) for name, number in numbers.items()}
    for name, left, sign, right in steps:
        found[name] = SIGNS[sign](found[left], found[right]) + 1j * TINY * (name == moved)
    return found


def slope(sign, pair, place):
    """How fast an operation of two numbers moves when one of them moves."""
    moved = [complex(n, TINY * (k == place)) for k, n in enumerate(pair)]
    return SIGNS[sign](*moved).imag / TINY


def remembered(numbers, steps):
    found = {name: value.real for name, value in runs(numbers, steps).items()}
    told = {name: {"data": number, "parents": [], "slopes": [], "grad": 0.0} for name, number in found.items()}
    for name, left, sign, right in steps:
        pair = found[left], found[right]
        told[name] |= {"parents": [left, right], "slopes": [slope(sign, pair, 0), slope(sign, pair, 1)]}
    return told


def turns(numbers, steps):
    """An order that `graphlib` finds, seen through the same eyes: it has no value too early, by what a sort is."""
    leading = set(ways(steps))
    before = {name: {left, right} for name, left, _, right in steps if name in leading}
    order = list(graphlib.TopologicalSorter({**dict.fromkeys(leading, ()), **before}).static_order())
    return {"in the list": sorted(order), "first": order[-1], "too early": []}


def handed_back(numbers, steps, times):
    leading = set(ways(steps))
    names = [*numbers, *(step[0] for step in steps)]
    moved = {name: runs(numbers, steps, name)["L"].imag / TINY for name in names if name in leading}
    return {"gradients": {name: moved.get(name, 0.0) for name in names}, "changed": []}


def bent(numbers, steps):
    v = runs(numbers, steps)["v"].real
    out = np.tanh(complex(v, TINY))
    parents, slopes = remembered(numbers, steps)["v"]["parents"], remembered(numbers, steps)["v"]["slopes"]
    return {
        "v": {"data": v, "parents": parents, "slopes": slopes, "grad": 0.0},
        "tanh(v)": {"data": out.real, "parents": ["v"], "slopes": [out.imag / TINY], "grad": 0.0},
    }


def trained(start, points, steps, rate):
    """The loss is a square, so its slopes follow from the table of the points; here they are complex steps."""
    here, losses = np.array(start, dtype=complex), []
    for _ in range(steps):
        losses.append(squared_error(here, points, complex).real)
        moved = [squared_error(here + 1j * TINY * one, points, complex).imag / TINY for one in np.eye(len(here))]
        here = here - rate * np.array(moved)
    return {"losses": losses, "parameters": here.real.tolist()}


def tape(x, w, b, target):
    def loss(w, b):
        return (np.tanh((w * x).sum() + b) - target) ** 2

    dw = [loss(w + 1j * TINY * one, b + 0j).imag / TINY for one in np.eye(len(w))]
    return np.array(dw), loss(w + 0j, complex(b, TINY)).imag / TINY


ORACLES = {
    "value": remembered,
    "back-order": turns,
    "backward": handed_back,
    "tanh": bent,
    "train": trained,
    "tape-gradients": tape,
}
