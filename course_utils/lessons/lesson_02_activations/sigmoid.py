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
    yield random("a row of numbers", rng.uniform(-4, 4, size=5))
    yield random("a table of numbers", rng.uniform(-4, 4, size=(2, 3)))
    yield random("two tables of numbers", rng.uniform(-4, 4, size=(2, 3, 2)))
    yield edge("one number", rng.normal(size=(1,)))
    yield edge("a negative number first", np.array([-2.5, 1.25]))
    yield edge("between 6 and 12", np.array([6.5, 9.0, 12.0, -6.5, -9.0, -12.0]))
    yield edge("far from zero", np.array([-800.0, 800.0]))
    yield edge("whole numbers", np.array([2, -1, 0]))


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
    "These are the numbers below the fraction line, 1 + e to the power -x. If your `1 /` stands there: without brackets, "
    "1 / 1 + … is read as (1 / 1) + …",
    "(1 + np.exp(-x))",
    "1 + np.exp(-x)",
)

sigmoid.slip(
    "exp-over-one-plus-exp",
    "Right, except far above zero: there `np.exp(x)` is too large for the computer, and inf / inf is no number. "
    "Which exponential stays small when x is large?",
    "1 / (1 + np.exp(-x))",
    "np.exp(x) / (1 + np.exp(x))",
)

sigmoid.slip(
    "clipped",
    "Your x is cut off on the way, so far out the curve stays flat too early. Does the formula need that?",
    "np.exp(-x)",
    "np.exp(-np.clip(x, -5, 5))",
)

sigmoid.slip(
    "exponential-above-too",
    "You have an exponential above the fraction line. In the formula a 1 stands there.",
    "1 / (1 + np.exp(-x))",
    "np.exp(-x) / (1 + np.exp(-x))",
)

sigmoid.slip(
    "tanh-of-the-half",
    "This runs from -1 to 1. Sigmoid runs from 0 to 1: sigmoid(0) = 0.5. Is something multiplied by 2, or 1 taken away?",
    "1 / (1 + np.exp(-x))",
    "2 / (1 + np.exp(-x)) - 1",
)

sigmoid.slip(
    "too-steep",
    "Your curve is twice as steep as the sigmoid. What stands before x in the exponent?",
    "np.exp(-x)",
    "np.exp(-2 * x)",
)

sigmoid.slip(
    "sign-lost",
    "Your x has lost its sign, so sigmoid(-5) came out like sigmoid(5). Where does the minus go?",
    "np.exp(-x)",
    "np.exp(-np.abs(x))",
)

sigmoid.slip(
    "minus-in-the-fraction",
    "Below your fraction line, something is taken from 1. Which sign stands there in the formula?",
    "(1 + np.exp(-x))",
    "(1 - np.exp(-x))",
)

sigmoid.slip(
    "power-of-two",
    "You take powers of 2. The sigmoid is made of powers of e, 2.718…: `np.exp`.",
    "np.exp(-x)",
    "2.0**-x",
)

sigmoid.slip(
    "one-number",
    "You return a single number. The sigmoid works on each number by itself: which `sum` or `mean` is too much?",
    "1 / (1 + np.exp(-x))",
    "np.mean(1 / (1 + np.exp(-x)))",
)

sigmoid.slip(
    "only-the-exponential",
    "This is the exponential alone. What is added to it, and what is divided by the sum?",
    "1 / (1 + np.exp(-x))",
    "np.exp(-x)",
)

sigmoid.slip(
    "divided-by-the-sum",
    "Your numbers sum to 1: that is softmax. The sigmoid looks at each number by itself.",
    "1 / (1 + np.exp(-x))",
    "np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))",
)

sigmoid.slip(
    "slope-instead",
    "This is the slope of the sigmoid. Its height is asked for: at x = 0 that is 0.5.",
    "1 / (1 + np.exp(-x))",
    "1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))",
)


@sigmoid.mistake(
    "changes-input",
    "The result is right, but x itself was changed. A line such as `x *= -1`, or `out=x`, writes into the caller's array. "
    "Make a new one.",
)
def _(x):
    result = 1 / (1 + np.exp(-x))
    x[...] = -x
    return result


sigmoid.equivalent("x >= 0", "x > 0", why="at 0 both forms give one half")
sigmoid.equivalent("np.ones_like(e)", "np.ones_like(e, dtype='uint8')", why="a 1 is a 1 in every kind of number")
