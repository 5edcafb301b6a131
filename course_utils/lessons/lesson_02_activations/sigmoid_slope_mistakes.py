"""The slope of the sigmoid: mistakes in the formula, and slopes that are measured instead of computed."""

import numpy as np

from .sigmoid_slope import sigmoid_slope

ALL = "0.25 * (1 - np.tanh(x / 2) ** 2)"
S = "1 / (1 + np.exp(-x))"
NEIGHBOURS = (
    "{} compares neighbours in the array. They are any numbers, in any order: each number of x has a slope "
    "of its own, from the formula alone."
)
MEASURED = "You measure the slope {}. That is close, but not exact. What does the formula say?"


def between(ahead, behind, width):
    """The slope measured between two points, as Python text."""
    return f"(1 / (1 + np.exp(-(x + {ahead}))) - 1 / (1 + np.exp(-(x - {behind})))) / {width}"


for name, hint, wrong in (
    (
        "without-brackets",
        "Every slope came out 0. `s * 1 - s` is read as (s · 1) - s: which part belongs into brackets?",
        f"{S} * 1 - {S}",
    ),
    ("measured-by-a-whole-step", MEASURED.format("with a point 1 ahead"), between(1, 0, 1)),
    ("measured-by-a-tenth-ahead", MEASURED.format("with a point 0.1 ahead"), between(0.1, 0, 0.1)),
    ("measured-by-a-hundredth-ahead", MEASURED.format("with a point 0.01 ahead"), between(0.01, 0, 0.01)),
    ("measured-by-a-thousandth-ahead", MEASURED.format("with a point 0.001 ahead"), between(0.001, 0, 0.001)),
    ("measured-by-a-ten-thousandth-ahead", MEASURED.format("with a point 0.0001 ahead"), between(0.0001, 0, 0.0001)),
    ("measured-by-a-hundredth", MEASURED.format("with points 0.01 to each side"), between(0.01, 0.01, 0.02)),
    ("measured-by-whole-steps", MEASURED.format("with points 1 to each side"), between(1, 1, 2)),
    (
        "measured-over-half-the-way",
        "You measure the slope between two points, a step to each side: how far do they lie apart in all? "
        "The formula is exact and needs no step.",
        between(0.1, 0.1, 0.1),
    ),
    (
        "times-x",
        "You multiply by x as well. The formula speaks of s alone.",
        f"x * ({ALL})",
    ),
    (
        "square-in-the-second-factor",
        "Your second factor is 1 - s². The formula asks how far s itself is from 1.",
        f"{S} * (1 - ({S}) ** 2)",
    ),
    (
        "divided",
        "You divide by 1 - s. The two are multiplied: at x = 0 that gives 0.25.",
        f"{S} / (1 - {S})",
    ),
    (
        "how-far-from-the-middle",
        "This is 1 - 2s, which is 0 at x = 0. The slope is largest there: what is multiplied by what?",
        f"1 - 2 * {S}",
    ),
    (
        "slope-of-the-slope",
        "You took the slope of the slope: it is 0 at x = 0. Once is enough: s times how far s is from 1.",
        f"{ALL} * (1 - 2 * {S})",
    ),
    (
        "steepest-everywhere",
        "You return 0.25 everywhere. That is the slope at x = 0 only: where is x in your function?",
        "np.full(x.shape, 0.25)",
    ),
    ("steepest-number", "0.25 is the slope at x = 0 only. Each number of x has a slope of its own.", "0.25"),
    (
        "height-rounded",
        "You round s before you multiply. A function goes on with all that it has.",
        f"np.round({S}, 2) * (1 - np.round({S}, 2))",
    ),
    (
        "height-and-slope",
        "You return the height and the slope, side by side. Asked for is the slope alone.",
        f"({S}, {ALL})",
    ),
    (
        "sign-of-x",
        "Below 0 your slope is negative. The sigmoid rises on both sides: what does the sign of x do there?",
        f"np.sign(x) * {ALL}",
    ),
    (
        "sum-of-the-factors",
        "You add s and 1 - s, so every number came out 1. The two are multiplied.",
        f"{S} + (1 - {S})",
    ),
):
    sigmoid_slope.slip(name, hint, ALL, wrong, of="from tanh")


@sigmoid_slope.mistake("differences-of-neighbours", NEIGHBOURS.format("A difference such as `np.diff`"))
def _(x):
    return np.diff(1 / (1 + np.exp(-x)))


@sigmoid_slope.mistake("slope-between-neighbours", NEIGHBOURS.format("The slope between two places"))
def _(x):
    return np.diff(1 / (1 + np.exp(-x))) / np.diff(x)


@sigmoid_slope.mistake("np-gradient", NEIGHBOURS.format("`np.gradient`"))
def _(x):
    return np.gradient(1 / (1 + np.exp(-x)))


@sigmoid_slope.mistake("np-gradient-over-x", NEIGHBOURS.format("`np.gradient`, also with x,"))
def _(x):
    return np.gradient(1 / (1 + np.exp(-x)), x)


@sigmoid_slope.mistake(
    "matrix-product",
    "`@` multiplies and adds up. Each number of x has a slope of its own: which sign multiplies place by place?",
)
def _(x):
    s = 1 / (1 + np.exp(-x))
    return s @ (1 - s)
