"""Compute a residual block: its input plus what one ReLU layer makes of it."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import W_SMALL


def block(x, W):
    """y = x + relu(x W)."""
    return x + np.maximum(0, x @ W)


residual = FunctionExercise(
    "residual", reference=block, points=2, title="A residual block, forward", library=(nn.Residual,)
)


@residual.cases
def _(rng):
    yield small("x = (1, 2): y = (4, 2)", np.array([[1.0, 2.0]]), W_SMALL)
    yield random("four rows of 3", rng.normal(size=(4, 3)), rng.normal(size=(3, 3)))
    yield random("two rows of 5", rng.normal(size=(2, 5)), rng.normal(size=(5, 5)))
    yield edge("W is all 0", rng.normal(size=(2, 3)), np.zeros((3, 3)))


residual.variant("the formula")(block)


@residual.variant("where")
def _(x, W):
    z = x @ W
    return np.where(z > 0, x + z, x)


@residual.variant("row by row")
def _(x, W):
    y = x.copy()
    for i, row in enumerate(x):
        y[i] += np.clip(row @ W, 0, None)
    return y


residual.slip(
    "no-shortcut",
    "This is an ordinary layer. Where does x get past it?",
    "return x + ",
    "return ",
)

residual.slip(
    "no-relu",
    "x W has negative numbers. Which part of the block should bend?",
    "np.maximum(0, x @ W)",
    "x @ W",
)

residual.slip(
    "relu-outside",
    "You bent the sum as well, so negative numbers of x are lost. The shortcut should stay untouched.",
    "x + np.maximum(0, x @ W)",
    "np.maximum(0, x + x @ W)",
)

residual.slip(
    "times",
    "The shortcut is multiplied here. With W = 0 your block gives 0; what should it give?",
    "return x + ",
    "return x * ",
)

residual.slip(
    "x-minus",
    "You take the layer's answer away from x. The two paths meet with which sign?",
    "return x + ",
    "return x - ",
)

residual.slip(
    "kernel-first",
    "W @ x does not fit. A row of x is one example: which of the two stands first in x W?",
    "x @ W",
    "W @ x",
)

residual.slip(
    "changes-input",
    "The result is right, but `x +=` writes into the caller's array. Make a new array for the sum.",
    "return x + np.maximum(0, x @ W)",
    "x += np.maximum(0, x @ W)\n    return x",
)

residual.slip(
    "gradient-of-relu",
    "You add 1 where the layer is switched on. How much does the upper road carry there?",
    "np.maximum(0, x @ W)",
    "(x @ W > 0)",
)

residual.slip(
    "relu-of-the-input",
    "The ReLU stands on the upper road *behind* W. You bend x before it meets W.",
    "np.maximum(0, x @ W)",
    "np.maximum(0, x) @ W",
)

residual.slip(
    "transposed",
    "x W is `x @ W`. Your W is turned over: which axis of W do the numbers of a row of x run along?",
    "x @ W",
    "x @ W.T",
)

residual.slip(
    "largest-of-each-column",
    "`np.max(…, 0)` takes the largest number down each column. Which function compares number by number with 0?",
    "np.maximum(0, x @ W)",
    "np.max(x @ W, 0)",
)

residual.slip(
    "negative-half",
    "The upper road carries the negative numbers, and stops the positive ones. Which does ReLU let through?",
    "np.maximum(0, x @ W)",
    "np.minimum(0, x @ W)",
)

residual.slip(
    "size-for-relu",
    "The upper road turns negative numbers into positive ones. What does ReLU make of them?",
    "np.maximum(0, x @ W)",
    "np.abs(x @ W)",
)

residual.slip(
    "shortcut-through-W",
    "What you add to the layer's answer has gone through W, too. What travels along the lower road?",
    "return x + ",
    "return x @ W + ",
)

residual.slip(
    "bent-shortcut",
    "The lower road has no ReLU: negative numbers of x are lost on it. Which of the two roads bends?",
    "return x + ",
    "return np.maximum(0, x) + ",
)

residual.slip(
    "larger-of-both",
    "You take the larger of the two roads. What happens where they meet?",
    "x + np.maximum(0, x @ W)",
    "np.maximum(x, x @ W)",
)

residual.slip(
    "number-by-number",
    "Your upper road multiplies x and W number by number. Which sign stands for the product of two tables?",
    "x @ W",
    "(x * W[0])",
)

residual.slip(
    "twice-x",
    "x comes in twice. How often does the lower road carry it?",
    "return x + ",
    "return 2 * x + ",
)


residual.equivalent("z > 0", "z >= 0", why="at 0 both branches give x")
