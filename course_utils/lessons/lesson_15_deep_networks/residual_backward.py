"""Carry a gradient back through a residual block: to its input and to its weights."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .common import W_SMALL


def block_backward(dy, x, W):
    """dx = dy + dz W^T and dW = x^T dz, with dz = dy where x W > 0, else 0."""
    dz = dy * (x @ W > 0)
    return dy + dz @ W.T, x.T @ dz


residual_backward = FunctionExercise(
    "residual-backward", reference=block_backward, points=3, title="A residual block, backward"
)

W_OF_ZEROS = np.array([[1.0, -1.0], [-1.0, 2.0]])  # rows 0 0, 1 1 and 2 1 give sums of 0


@residual_backward.cases
def _(rng):
    yield small("dy = (10, 20) at x = (1, 2)", np.array([[10.0, 20.0]]), np.array([[1.0, 2.0]]), W_SMALL)
    yield random("four rows of 3", *(rng.normal(size=s) for s in [(4, 3), (4, 3), (3, 3)]))
    yield random("two rows of 5", *(rng.normal(size=s) for s in [(2, 5), (2, 5), (5, 5)]))
    yield edge(
        "sums of exactly 0", rng.uniform(1, 2, size=(3, 2)), np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 1.0]]), W_OF_ZEROS
    )
    yield edge("every ReLU is off", rng.normal(size=(2, 3)), rng.uniform(1, 2, size=(2, 3)), -np.ones((3, 3)))


residual_backward.variant("the formulas")(block_backward)


@residual_backward.variant("where and einsum")
def _(dy, x, W):
    dz = np.where(x @ W > 0, dy, 0.0)
    return np.einsum("nf,df->nd", dz, W) + dy, np.einsum("nd,nf->df", x, dz)


@residual_backward.variant("row by row, as a list")
def _(dy, x, W):
    dx, dW = dy.copy(), np.zeros_like(W)
    for i in range(len(x)):
        dz = np.where(x[i] @ W > 0, dy[i], 0.0)
        dx[i] += W @ dz
        dW += np.outer(x[i], dz)
    return [dx, dW]


residual_backward.slip(
    "no-shortcut",
    "dx lacks one of its two paths. On which path does dy travel back without meeting W?",
    "return dy + ",
    "return ",
)

residual_backward.slip(
    "no-mask",
    "Your gradient goes through neurons that ReLU had switched off. Where is x W negative?",
    "dy * (x @ W > 0)",
    "dy",
)

residual_backward.slip(
    "mask-on-shortcut",
    "The ReLU stands on one of the two paths only, yet you used its slope on both. Which has no ReLU?",
    "return dy + ",
    "return dz + ",
)

residual_backward.slip(
    "not-transposed",
    "Forward, x meets W. Backward, dz meets the same table turned over. Which letter is missing?",
    "dz @ W.T",
    "dz @ W",
)

residual_backward.slip(
    "shortcut-in-dW",
    "dW is too large. The shortcut does not contain W, so what can it add to the gradient of W?",
    "x.T @ dz",
    "x.T @ (dy + dz)",
)

residual_backward.slip(
    "dW-turned-over",
    "dW has its rows where its columns should be. Which of x and dz stands first in its formula?",
    "x.T @ dz",
    "dz.T @ x",
)

residual_backward.slip(
    "dx-alone",
    "You return dx alone. The weights of the block want to learn, too: what is the second answer?",
    ", x.T @ dz",
    "",
)

residual_backward.slip(
    "mask-from-x",
    "You asked where x is positive. Which number goes into the ReLU?",
    "x @ W > 0",
    "x > 0",
)

residual_backward.slip(
    "swapped",
    "Both parts are right but in the wrong order: return dx first, then dW.",
    "dy + dz @ W.T, x.T @ dz",
    "x.T @ dz, dy + dz @ W.T",
)

residual_backward.slip(
    "no-kernel-on-the-way-back",
    "On the upper road the gradient meets the ReLU *and* the kernel. Where does W come into your dx?",
    "dz @ W.T",
    "dz",
)

residual_backward.slip(
    "mean-over-the-batch",
    "Your dW is the mean over the examples. The formula has a sum, which the matrix product makes by itself.",
    "x.T @ dz",
    "x.T @ dz / len(x)",
)

residual_backward.slip(
    "dW-from-dy",
    "dx is right. For dW you let the gradient through neurons that ReLU had switched off: which of dy and dz belongs there?",
    "x.T @ dz",
    "x.T @ dy",
)

residual_backward.slip(
    "mask-from-y",
    "You asked where the block's answer is positive, with the shortcut in it. Which number goes into the ReLU?",
    "x @ W > 0",
    "x + np.maximum(0, x @ W) > 0",
)

residual_backward.slip(
    "mask-from-the-sum",
    "You asked where the sum of both roads is positive, before the ReLU. Which number goes into the ReLU?",
    "x @ W > 0",
    "x + x @ W > 0",
)

residual_backward.slip(
    "mask-from-dy",
    "You asked where dy is positive. Which number goes into the ReLU?",
    "x @ W > 0",
    "dy > 0",
)

residual_backward.slip(
    "mask-from-W-turned-over",
    "You asked where x Wᵀ is positive. Which product did the forward pass put into the ReLU?",
    "x @ W > 0",
    "x @ W.T > 0",
)

residual_backward.slip(
    "mask-inverted",
    "Your gradient goes through the neurons that were switched off, and stops at the others. Which way round does the slope of ReLU go?",
    "x @ W > 0",
    "x @ W < 0",
)

residual_backward.slip(
    "mask-open-at-0",
    "At a sum of exactly 0 the ReLU lets nothing through: the formula says x W > 0.",
    "x @ W > 0",
    "x @ W >= 0",
)

residual_backward.slip(
    "value-for-slope",
    "You multiply dy by what the ReLU gave. What is the *slope* of ReLU where it is on?",
    "(x @ W > 0)",
    "np.maximum(0, x @ W)",
)

residual_backward.slip(
    "x-on-the-shortcut",
    "On the shortcut you send x back. What arrives at the block's end and travels back along it?",
    "return dy + ",
    "return x + ",
)

residual_backward.slip(
    "one-on-the-shortcut",
    "The slope of the shortcut is 1, and you add this 1 itself. By what is a slope multiplied on the way back?",
    "return dy + ",
    "return 1 + ",
)

residual_backward.slip(
    "minus-on-the-shortcut",
    "You take one road's gradient away from the other's. With which sign do two roads meet?",
    "return dy + ",
    "return dy - ",
)

residual_backward.slip(
    "dW-from-the-answer",
    "dx is right. For dW you multiply with what came out of the layer. Which number met W on the way forward?",
    "x.T @ dz",
    "np.maximum(0, x @ W).T @ dz",
)

residual_backward.slip(
    "dW-number-by-number",
    "dx is right. dW has the numbers of `dz` and `x` multiplied one by one. Which product sums over the examples and gives a table of the shape of W?",
    "x.T @ dz",
    "x * dz",
)

residual_backward.slip(
    "weights-stepped",
    "dx is right. You return W after a step, not its gradient. Who makes the step?",
    "x.T @ dz",
    "W - x.T @ dz",
)

residual_backward.slip(
    "dx-meets-mask-again",
    "Your dx is masked once more at the end. How many ReLUs does the upper road have, and the lower one?",
    "dy + dz @ W.T",
    "(dy + dz @ W.T) * (x @ W > 0)",
)

residual_backward.slip(
    "dW-first-example",
    "dx is right. Your dW comes from the first example alone. What does the product sum over?",
    "x.T @ dz",
    "np.outer(x[0], dz[0])",
)


@residual_backward.mistake(
    "second-name-for-dy",
    "You wrote into dy itself: what was set to 0 is missing on the shortcut, and in the caller's array. (`dz = dy` makes a "
    "second name, no copy.) What makes a new array?",
)
def _(dy, x, W):
    dz = dy
    dz[x @ W <= 0] = 0
    return dy + dz @ W.T, x.T @ dz


@residual_backward.mistake(
    "second-name-added-to",
    "You wrote into dy itself: `dx = dy` makes a second name, no copy, so after `dx += …` dy holds the sum. "
    "What makes a new array?",
)
def _(dy, x, W):
    dx = dy
    dx += (dy * (x @ W > 0)) @ W.T
    return dx, x.T @ (dy * (x @ W > 0))
