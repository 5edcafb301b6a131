"""Write the sigmoid of every number."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

sigmoid = FunctionExercise(
    "sigmoid", reference=nn.sigmoid, points=2, library=(nn.softplus_derivative, nn.get_activation)
)


@sigmoid.cases
def _(rng):
    yield small("zero, five and minus five", np.array([0.0, 5.0, -5.0]))
    yield random("a row of numbers", rng.normal(size=5) * 3)
    yield random("a table of numbers", rng.normal(size=(2, 3)) * 3)
    yield edge("far from zero", np.array([-800.0, 800.0]))


@sigmoid.variant("the formula as it stands")
def _(x):
    return 1 / (1 + np.exp(-x))


@sigmoid.variant("exp-over-one-plus-exp, from the negative side")
def _(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


@sigmoid.variant("half a tanh")
def _(x):
    return 0.5 * np.tanh(x / 2) + 0.5


sigmoid.slip(
    "missing-minus",
    "Your curve falls where it should rise: sigmoid(5) came out near 0. Look at the sign in the exponent.",
    "np.exp(-x)",
    "np.exp(x)",
)

sigmoid.slip(
    "missing-one",
    "Your values can be larger than 1. What stands below the fraction line, beside the exponential?",
    "(1 + np.exp(-x))",
    "np.exp(-x)",
)

sigmoid.slip(
    "tanh",
    "This runs from -1 to 1, so it is tanh. Sigmoid runs from 0 to 1: sigmoid(0) = 0.5.",
    "0.5 * np.tanh(x / 2) + 0.5",
    "np.tanh(x)",
    of="half a tanh",
)

sigmoid.slip(
    "step",
    "This jumps from 0 to 1. Sigmoid passes smoothly, through 0.5 at x = 0.",
    "0.5 * np.tanh(x / 2) + 0.5",
    "(x > 0).astype(float)",
    of="half a tanh",
)

sigmoid.slip(
    "brackets",
    "1 / 1 + ... is read as (1 / 1) + ... Put brackets round the whole lower part.",
    "(1 + np.exp(-x))",
    "1 + np.exp(-x)",
)
