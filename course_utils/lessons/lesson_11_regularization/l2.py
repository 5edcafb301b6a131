"""Work out the L2 penalty of a kernel, and the penalty's gradient."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def penalty_and_gradient(W, strength):
    """strength · sum of W² and its gradient, 2 · strength · W."""
    return strength * np.sum(W**2), 2 * strength * W


l2 = FunctionExercise("l2", reference=penalty_and_gradient, points=3, title="The L2 penalty and its gradient")


@l2.cases
def _(rng):
    yield small("weights 1, -2, 3, 0 and strength 0.1: penalty 1.4", np.array([[1.0, -2.0], [3.0, 0.0]]), 0.1)
    yield random("a kernel of 4 × 3", rng.normal(size=(4, 3)), float(rng.uniform(0.01, 0.3)))
    yield random("a kernel of 2 × 5", rng.normal(size=(2, 5)), float(rng.uniform(0.01, 0.3)))
    yield random("a row of weights, no table", rng.normal(size=6), float(rng.uniform(0.01, 0.3)))
    yield random("a convolution's kernel, four axes", rng.normal(size=(3, 3, 1, 2)), float(rng.uniform(0.01, 0.3)))
    yield random("small weights", 0.01 * rng.normal(size=(3, 4)), float(rng.uniform(5, 9)))
    yield random("a high price", rng.normal(size=(2, 2)), float(rng.uniform(2, 9)))
    yield edge("whole numbers", rng.integers(-9, 10, size=(2, 3)), 0.1)
    yield edge("one weight", rng.normal(size=(1, 1)), 0.2)
    yield edge("all weights 0", np.zeros((2, 3)), 0.5)
    yield edge("strength 0", rng.normal(size=(3, 2)), 0.0)


l2.variant("one line")(penalty_and_gradient)


@l2.variant("a dot product of the weights with themselves")
def _(W, strength):
    w = W.ravel()
    return strength * (w @ w), strength * (W + W)


@l2.variant("loops, as a list")
def _(W, strength):
    penalty, gradient = 0.0, np.zeros(W.shape)
    for place, weight in np.ndenumerate(W):
        penalty += strength * weight**2
        gradient[place] = 2 * strength * weight
    return [penalty, gradient]


l2.slip(
    "l1",
    "You add up sizes without squaring them. That is another penalty, L1. What does the 2 in L2 stand for?",
    "strength * np.sum(W**2), 2 * strength * W",
    "strength * np.sum(np.abs(W)), strength * np.sign(W)",
)

l2.slip(
    "root",
    "The penalty is the sum of the squares itself. Is there a square root in the formula?",
    "np.sum(W**2)",
    "np.sqrt(np.sum(W**2))",
)

l2.slip(
    "mean",
    "You divide by the number of weights. The penalty is a sum: more weights, more penalty.",
    "strength * np.sum(W**2), 2 * strength * W",
    "strength * np.mean(W**2), 2 * strength * W / W.size",
)

l2.slip(
    "sum-then-square",
    "You add the weights first and square the sum: 1 - 2 + 3 + 0 = 2, squared 4. What comes first?",
    "np.sum(W**2)",
    "np.sum(W) ** 2",
)

l2.slip(
    "gradient-without-two",
    "The penalty is right. Its slope is half of what it should be: what is the derivative of w²?",
    "2 * strength * W",
    "strength * W",
)

l2.slip(
    "half",
    "Some books put ½ before the penalty so that the 2 of the derivative goes away. Here, and in Keras, there is no ½.",
    "strength * np.sum(W**2), 2 * strength * W",
    "strength * np.sum(W**2) / 2, strength * W",
)

l2.slip(
    "strength-lost",
    "The gradient of a penalty ten times as strong is ten times as long. Where is the strength in yours?",
    "2 * strength * W",
    "2 * W",
)

l2.slip(
    "downhill",
    "You return the step, minus the gradient. The gradient points uphill; the optimizer puts in the minus.",
    "2 * strength * W",
    "-2 * strength * W",
)

l2.slip(
    "swapped",
    "Both parts are right, in the wrong order: the penalty, a number, comes first.",
    "strength * np.sum(W**2), 2 * strength * W",
    "2 * strength * W, strength * np.sum(W**2)",
)

l2.slip(
    "only-the-penalty",
    "The penalty is right, but training needs its slope as well. Which second result is asked for?",
    ", 2 * strength * W",
    "",
)

l2.slip(
    "gradient-summed",
    "The penalty is right. You add up its gradient as well: each weight has a slope of its own.",
    "2 * strength * W",
    "np.sum(2 * strength * W)",
)

l2.slip(
    "penalty-without-strength",
    "The gradient is right. The penalty is the bare sum of squares: what is it multiplied by?",
    "strength * np.sum(W**2)",
    "np.sum(W**2)",
)

l2.slip(
    "gradient-of-size",
    "The penalty is right. Your gradient is nowhere negative: where is a negative weight pulled to?",
    "2 * strength * W",
    "2 * strength * np.abs(W)",
)

l2.slip(
    "squares-for-gradient",
    "The penalty is right. In your gradient the weights are squared: what is the derivative of w²?",
    "2 * strength * W",
    "2 * strength * W**2",
)

l2.slip(
    "rows-only",
    "Your penalty has a number for each column. Add up all squares of the kernel, to a single number.",
    "np.sum(W**2)",
    "np.sum(W**2, axis=0)",
)

l2.slip(
    "strength-squared",
    "You multiply by the strength before you square, so the strength is squared as well. Square the weights alone.",
    "strength * np.sum(W**2)",
    "np.sum((strength * W) ** 2)",
)


l2.slip(
    "norm-of-a-matrix",
    "For a table `np.linalg.norm(W, 2)` is its largest stretch, not the root of the sum of its squares. Square and add up instead.",
    "np.sum(W**2)",
    "np.linalg.norm(W, 2) ** 2",
)

for _name, _product in (
    ("matrix-product-summed", "W @ W.T"),
    ("matrix-product-summed-too", "W.T @ W"),
):
    l2.slip(
        _name,
        f"You add up `{_product}`, a product of matrices: it also holds products of two different weights. Square each by itself.",
        "np.sum(W**2)",
        f"np.sum({_product})",
    )

l2.slip(
    "trace-of-a-product",
    "The trace of `W.T @ W` is right for a table, but a kernel may have any shape: a row, or four axes. What squares any array?",
    "np.sum(W**2)",
    "np.trace(W.T @ W)",
)

l2.slip(
    "sizes-not-squares",
    "The gradient is right. Your penalty adds up sizes: what does the 2 in L2 stand for?",
    "np.sum(W**2)",
    "np.sum(np.abs(W))",
)

l2.slip(
    "gradient-of-l1",
    "The penalty is right. Your gradient pulls every weight equally hard. What is the derivative of w²?",
    "2 * strength * W",
    "strength * np.sign(W)",
)

l2.slip(
    "penalty-averaged",
    "The gradient is right. Your penalty is divided by the number of weights: is there a mean in the formula?",
    "np.sum(W**2)",
    "np.mean(W**2)",
)

l2.slip(
    "not-added-up",
    "The gradient is right. Your penalty still has a number for each weight: what becomes of all the squares?",
    "np.sum(W**2)",
    "W**2",
)

l2.slip(
    "shrunken-weights",
    "The penalty is right. Your second result is the weights after a step. Only the slope is asked for.",
    "2 * strength * W",
    "(1 - 2 * strength) * W",
)

l2.slip(
    "strength-added",
    "The gradient is right. You add the strength to the squares. Is it a share of them, or one more of them?",
    "strength * np.sum(W**2)",
    "strength + np.sum(W**2)",
)


@l2.mistake(
    "matrix-product",
    "`W.T @ W` is a product of matrices, a table. Square each number by itself, then add up.",
)
def _(W, strength):
    return strength * (W.T @ W), 2 * strength * W


l2.equivalent("np.zeros(W.shape)", why="every place is filled")
