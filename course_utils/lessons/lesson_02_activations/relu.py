"""Write ReLU: every negative number becomes 0."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

relu = FunctionExercise("relu", reference=nn.relu, points=2, title="ReLU", library=(nn.leaky_relu,))


@relu.cases
def _(rng):
    yield small("five, minus three and zero", np.array([5.0, -3.0, 0.0]))
    yield random("a row of numbers", rng.normal(size=6))
    yield random("a table of numbers", rng.normal(size=(3, 4)))
    yield edge("one number", rng.normal(size=(1,)))
    yield edge("all negative", -rng.uniform(1, 2, size=4))


@relu.variant("where")
def _(x):
    return np.where(x > 0, x, 0.0)


@relu.variant("mask")
def _(x):
    return x * (x > 0)


@relu.variant("loop")
def _(x):
    y = np.zeros_like(x)
    for i, value in np.ndenumerate(x):
        if value > 0:
            y[i] = value
    return y


@relu.variant("float32")
def _(x):
    return np.maximum(x, 0).astype(np.float32)


relu.slip(
    "absolute-value",
    "ReLU(-3) is 0, not 3. What should become of the negative numbers?",
    "np.where(x > 0, x, 0.0)",
    "np.abs(x)",
)

relu.slip(
    "minimum",
    "You kept the negative numbers and lost the positive ones. Which of 0 and x is the larger?",
    "np.where(x > 0, x, 0.0)",
    "np.minimum(0, x)",
)

relu.slip(
    "one-number",
    "max(0, x.max()) is a single number. ReLU works on each number by itself; look at np.maximum.",
    "np.where(x > 0, x, 0.0)",
    "max(0, x.max())",
)

relu.slip(
    "drops-negatives",
    "x[x > 0] throws the negative numbers away. They must stay in their place, as 0.",
    "np.where(x > 0, x, 0.0)",
    "x[x > 0]",
)

relu.slip(
    "step",
    "You return 0 or 1. ReLU keeps a positive number as it is.",
    "np.where(x > 0, x, 0.0)",
    "(x > 0).astype(float)",
)

relu.slip(
    "changes-input",
    (
        "The result is right, but x itself was changed: `x[x < 0] = 0` writes into the caller's "
        "array. Work on a copy, or make a new array."
    ),
    "return np.where(x > 0, x, 0.0)",
    "x[x < 0] = 0\n    return x",
)
