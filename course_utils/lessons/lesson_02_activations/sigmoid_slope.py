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
    yield random("a row of numbers", rng.uniform(-4, 4, size=5))
    yield random("a table of numbers", rng.uniform(-4, 4, size=(2, 3)))
    yield edge("one number", rng.normal(size=(1,)))
    yield edge("whole numbers", np.array([1, -2, 0]))
    yield edge("beyond 5, where a little is left", np.array([-7.0, -5.5, 5.25, 8.0]))
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

sigmoid_slope.slip(
    "plus",
    "s * (1 + s) grows above 1, and no slope of the sigmoid does. How far is s from 1?",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 / (1 + np.exp(-x)) * (1 + 1 / (1 + np.exp(-x)))",
    of="from tanh",
)

sigmoid_slope.slip(
    "only-the-second-factor",
    "This is 1 - s, how far the height is from 1. Which factor is missing?",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 - 1 / (1 + np.exp(-x))",
    of="from tanh",
)

sigmoid_slope.slip(
    "sigmoid-of-the-slope",
    "Your s went through the sigmoid a second time. Does `sigmoid_slope` use s, or sigmoid(s)?",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 / (1 + np.exp(-1 / (1 + np.exp(-x)))) * (1 - 1 / (1 + np.exp(-1 / (1 + np.exp(-x)))))",
    of="from tanh",
)

sigmoid_slope.slip(
    "flat-beyond-five",
    "Beyond 5 your slope is exactly 0. It is small there, 0.0066 at 5, but not nothing. What sets it to 0?",
    "return 0.25 * (1 - np.tanh(x / 2) ** 2)",
    "return np.where(np.abs(x) > 5, 0, 0.25 * (1 - np.tanh(x / 2) ** 2))",
    of="from tanh",
)

sigmoid_slope.slip(
    "x-in-the-second-factor",
    "Your second factor is 1 - x. The formula speaks of s in both places: how far is s from 1?",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 / (1 + np.exp(-x)) * (1 - x)",
    of="from tanh",
)

sigmoid_slope.slip(
    "x-in-the-first-factor",
    "Your first factor is x. The formula speaks of s in both places.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "x * (1 - 1 / (1 + np.exp(-x)))",
    of="from tanh",
)

sigmoid_slope.slip(
    "difference",
    "You take 1 - s away from s. The two are multiplied.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 / (1 + np.exp(-x)) - (1 - 1 / (1 + np.exp(-x)))",
    of="from tanh",
)

sigmoid_slope.slip(
    "one-number",
    "You return a single number. Each number of x has a slope of its own: `*` multiplies place by place.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "np.sum(1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x))))",
    of="from tanh",
)

sigmoid_slope.slip(
    "measured-with-a-large-step",
    "You measure the slope with two points that lie 0.2 apart. That is close, but not exact. "
    "What does the formula say?",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "(1 / (1 + np.exp(-(x + 0.1))) - 1 / (1 + np.exp(-(x - 0.1)))) / 0.2",
    of="from tanh",
)

sigmoid_slope.slip(
    "tanh-slope-of-x",
    "This is the slope of tanh: 1 at x = 0. That of the sigmoid is 0.25 there.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "1 - np.tanh(x) ** 2",
    of="from tanh",
)

sigmoid_slope.slip(
    "relu-slope",
    "0 and 1 are the slopes of ReLU. Those of the sigmoid lie between 0 and 0.25.",
    "0.25 * (1 - np.tanh(x / 2) ** 2)",
    "(x > 0).astype(float)",
    of="from tanh",
)


@sigmoid_slope.mistake(
    "changes-input",
    "The result is right, but x itself was changed: a line of yours writes into the caller's array. Make a new one.",
)
def _(x):
    result = 0.25 * (1 - np.tanh(x / 2) ** 2)
    x[...] = -x
    return result


sigmoid_slope.equivalent("np.abs(x)", "x", why="the slope is the same on both sides, and nothing is asked beyond 30")
sigmoid_slope.equivalent("np.exp(-np.abs(x))", "np.exp(np.abs(x))", why="e / (1 + e)² is the same for e and 1 / e")
