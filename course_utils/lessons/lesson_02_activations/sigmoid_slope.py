"""Compute the slope of the sigmoid at every number."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

sigmoid_slope = FunctionExercise(
    "sigmoid-slope", reference=nn.sigmoid_derivative, points=2, title="The slope of the sigmoid"
)


@sigmoid_slope.cases
def _(rng):
    yield small("at 0 and at ln 3: slopes 1/4 and 3/16", np.array([0.0, np.log(3.0)]))
    yield random("a row of numbers", rng.normal(size=5) * 2)
    yield edge("far out, where the slope vanishes", np.array([-30.0, 30.0]))


@sigmoid_slope.variant("from the exponential")
def _(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


@sigmoid_slope.variant("from tanh")
def _(x):
    return 0.25 * (1 - np.tanh(x / 2) ** 2)


sigmoid_slope.slip(
    "x-not-s",
    "x * (1 - x) is the right formula for the wrong letter: first compute s = sigmoid(x), then use s in it.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "x * (1 - x)",
    of="from tanh",
)

sigmoid_slope.slip(
    "sigmoid-itself",
    "This is the height of the curve, not its slope. At x = 0 the height is 0.5, the slope 0.25.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 / (1 + np.exp(-x))",
    of="from tanh",
)

sigmoid_slope.slip(
    "square",
    "s * s has the right value at x = 0 only. The second factor is how far s is from 1.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "(1 / (1 + np.exp(-x))) ** 2",
    of="from tanh",
)

sigmoid_slope.slip(
    "tanh-slope",
    "1 - s ** 2 is the rule for tanh. For the sigmoid it is s * (1 - s).",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 - (1 / (1 + np.exp(-x))) ** 2",
    of="from tanh",
)

sigmoid_slope.slip(
    "negative",
    "The sigmoid always rises, so its slope is never negative. Which way round is the difference?",
    "0.25",
    "-0.25",
    of="from tanh",
)
