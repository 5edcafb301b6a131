"""Write ReLU: every negative number becomes 0."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

relu = FunctionExercise("relu", reference=nn.relu, points=2, title="ReLU", library=(nn.leaky_relu,))


@relu.cases
def _(rng):
    yield small("five, minus three and zero", np.array([5.0, -3.0, 0.0]))
    yield random("a row of numbers", np.append(-rng.uniform(1, 2), rng.normal(size=5)))
    yield random("a table of numbers", rng.normal(size=(3, 4)))
    yield random("two tables of numbers", rng.normal(size=(2, 3, 2)))
    yield edge("one number", rng.normal(size=(1,)))
    yield edge("a negative number first", np.array([-2.5, 1.25, 0.75]))
    yield edge("all negative", -rng.uniform(1, 2, size=4))
    yield edge("large numbers", rng.choice([-1, 1], size=5) * rng.uniform(100, 9000, size=5))
    yield edge("a large number of each sign", np.array([7000.0, -7000.0]))
    yield edge("close to 0", np.array([1e-4, -1e-4]))
    yield edge("whole numbers", np.array([3, -2, 0, 300]))


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
    "zero-for-an-axis",
    "`np.max(x, 0)` takes the 0 for an axis, and gives the largest number along it. Which function compares x with 0 number "
    "by number?",
    "np.where(x > 0, x, 0.0)",
    "np.max(x, 0)",
)

relu.slip(
    "largest-of-a-list",
    "`np.max` looks for the largest number inside *one* array, and 0 and x together are none. Which function compares two "
    "things number by number?",
    "np.where(x > 0, x, 0.0)",
    "np.max([0, x])",
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
    "leaky",
    "Your negative numbers shrink instead of becoming 0: that is *leaky* ReLU. Here they become exactly 0.",
    "0.0",
    "0.01 * x",
)

relu.slip(
    "cut-above",
    "Large numbers are cut off. ReLU has no upper end: how large is ReLU(1000)?",
    "np.where(x > 0, x, 0.0)",
    "np.clip(x, 0, 6)",
)

relu.slip(
    "cut-above-one",
    "Numbers above 1 are cut off. ReLU(5) is 5: only the negative numbers change.",
    "np.where(x > 0, x, 0.0)",
    "np.clip(x, 0, 1)",
)

relu.slip(
    "sign-turned",
    "The negative numbers come through, without their sign, and the positive ones become 0. Which side should stay?",
    "x > 0, x",
    "x < 0, -x",
)

relu.slip(
    "unchanged",
    "Nothing happens to x. What should become of the negative numbers?",
    "np.where(x > 0, x, 0.0)",
    "1 * x",
)

relu.slip(
    "softplus",
    "This is a soft bend. ReLU has a sharp corner: below 0 it is exactly 0, above 0 it is x itself.",
    "np.where(x > 0, x, 0.0)",
    "np.log(1 + np.exp(-np.abs(x))) + np.maximum(0, x)",
)

relu.slip(
    "whole-numbers-only",
    "Right for whole numbers. Where does your code cut off what stands after the point?",
    "np.where(x > 0, x, 0.0)",
    "np.maximum(0, x).astype(int)",
)


@relu.mistake(
    "kind-of-the-first",
    "`np.vectorize` takes the kind of all results from the first one. When x begins with a negative number, that is the "
    "whole number 0, and all others are cut to whole numbers. NumPy's own functions do not need `vectorize`.",
)
def _(x):
    return np.vectorize(lambda value: max(0, value))(x)


@relu.mistake(
    "loop-drops-negatives",
    "Your loop leaves the negative numbers out. They must stay in their place, as 0: what should become of a number that is "
    "not above 0? (And in a table a loop gives whole rows.)",
)
def _(x):
    return np.array([value for value in x if value > 0])


@relu.mistake(
    "rows-for-numbers",
    "Right for a row of numbers. In a table such a loop gives whole rows, and `if` (or `max`) cannot ask a row whether it is "
    "above 0. Do you need a loop at all?",
)
def _(x):
    return np.array([value if value > 0 else 0.0 for value in x])


@relu.mistake(
    "rows-for-numbers-in-x",
    "Right for a row of numbers, but written into the caller's array. And in a table such a loop gives whole rows, and `if` "
    "cannot ask a row whether it is below 0. Which of NumPy's functions makes a new array, without a loop?",
)
def _(x):
    for i in range(len(x)):
        if x[i] < 0:
            x[i] = 0
    return x


relu.slip(
    "changes-input",
    (
        "The result is right, but x itself was changed. A line such as `x[x < 0] = 0` writes into the caller's "
        "array. Work on a copy, or make a new array."
    ),
    "return np.where(x > 0, x, 0.0)",
    "x[x < 0] = 0\n    return x",
)

for border in ("x > 0", "value > 0"):
    relu.equivalent(border, border.replace(">", ">="), why="at 0 both ways give 0")
