"""Fit a line: mistakes in the two slopes, in what begins afresh, and in the order of the three results."""

import numpy as np

from .fit_line import fit_line

STEP = "w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)"
NOTE = "losses.append(float(np.mean(error**2)))"
ORDER = "The three things are there, in another order. Which does the text name first, and which last? Yours begins with {}."


def of_kinds(*kinds):
    """Recognises three results of these kinds, "list" or "number", of which the last is no list."""

    def test(seen, *case):
        return isinstance(seen, tuple | list) and kinds == tuple(
            "list" if isinstance(part, list) else "number" for part in seen
        )

    return test


for name, hint, right, wrong in (
    (
        "product-of-means",
        "For w you multiply the mean error by the mean input. Each error belongs to its own input: which is first, the "
        "product or the mean?",
        "np.mean(error * x)",
        "np.mean(error) * np.mean(x)",
    ),
    (
        "w-forgot-two",
        "b is right, or nearly; the steps of w are half as long as they should be. Which slope has a 2 in front?",
        "w - learning_rate * 2",
        "w - learning_rate",
    ),
    (
        "b-uphill",
        "b goes the wrong way. Which sign stands before the learning rate there, and which before that of w?",
        "b - learning_rate",
        "b + learning_rate",
    ),
    (
        "w-uphill",
        "w goes the wrong way. Which sign stands before the learning rate there, and which before that of b?",
        "w - learning_rate",
        "w + learning_rate",
    ),
    (
        "without-b",
        "b is not in your prediction, so the error never hears of it. What is the height of the line at x?",
        "w * x + b - y",
        "w * x - y",
    ),
    (
        "without-y",
        "The truth is not in your error. The error says how far the line is from the points: what is subtracted?",
        "w * x + b - y",
        "w * x + b",
    ),
    (
        "slopes-of-the-squares",
        "Your slopes are made of error². The slope of a square has which power of the error in it?",
        "np.mean(error * x), b - learning_rate * 2 * np.mean(error)",
        "np.mean(error**2 * x), b - learning_rate * 2 * np.mean(error**2)",
    ),
    (
        "absolute-loss",
        "You note the mean *size* of the errors. The loss is the mean of their squares.",
        NOTE,
        "losses.append(float(np.mean(np.abs(error))))",
    ),
    (
        "losses-of-all-points",
        "You note an array for each step, one number for each point. The loss is their mean, a single number.",
        NOTE,
        "losses.append(error**2)",
    ),
    (
        "own-rate",
        "Your learning rate is a number of your own. It comes as the third argument.",
        STEP,
        "w, b = w - 0.1 * 2 * np.mean(error * x), b - 0.1 * 2 * np.mean(error)",
    ),
    (
        "always-two-steps",
        "You always take two steps. How many does the fourth argument ask for?",
        "range(steps)",
        "range(2)",
    ),
    (
        "random-start",
        "You start from random numbers. From which w and b does the text start?",
        "w, b, losses = 0.0, 0.0, []",
        "(w, b), losses = np.random.default_rng(0).normal(size=2), []",
    ),
    (
        "losses-begin-afresh",
        "Only the last loss is in your list: it is made anew in each step. Where does an empty list belong, inside the loop or before it?",
        "error = w * x + b - y",
        "losses = []\n        error = w * x + b - y",
    ),
    (
        "weights-begin-afresh",
        "Every step starts from w = b = 0 again. Where does the beginning belong, inside the loop or before it?",
        "error = w * x + b - y",
        "w = b = 0.0\n        error = w * x + b - y",
    ),
    (
        "weights-in-a-pair",
        "w and b stand in a pair of their own. Return three things: are there brackets too many?",
        "return w, b, losses",
        "return (w, b), losses",
    ),
    (
        "rate-on-the-weights",
        "The learning rate multiplies w and b too, or their brackets stand too wide. What is made smaller: the place, or the step?",
        STEP,
        "w, b = learning_rate * (w - 2 * np.mean(error * x)), learning_rate * (b - 2 * np.mean(error))",
    ),
):
    fit_line.slip(name, hint, right, wrong)

fit_line.slip(
    "losses-first",
    ORDER.format("the losses"),
    "return w, b, losses",
    "return losses, w, b",
    when=of_kinds("list", "number", "number"),
)
fit_line.slip(
    "losses-between",
    "The losses stand in the middle. Which does the text name first, and which last?",
    "return w, b, losses",
    "return w, losses, b",
    when=of_kinds("number", "list", "number"),
)
fit_line.slip(
    "b-first",
    "The numbers come in another order: first w, then b, then the losses.",
    "return w, b, losses",
    "return b, w, losses",
)


@fit_line.mistake(
    "new-b-for-w",
    "b is right after the first step, w is not. You used the *new* b to find the way for w. "
    "Find both slopes first, from the same errors, then move both.",
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        losses.append(float(np.mean((w * x + b - y) ** 2)))
        b = b - learning_rate * 2 * np.mean(w * x + b - y)
        w = w - learning_rate * 2 * np.mean((w * x + b - y) * x)
    return w, b, losses


@fit_line.mistake(
    "half-of-everything",
    "Your losses and your steps are half of what they should be: you took half of the mean square as the loss. "
    "Here, as in lesson 04, there is no half.",
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)) / 2)
        w, b = w - learning_rate * np.mean(error * x), b - learning_rate * np.mean(error)
    return w, b, losses


@fit_line.mistake(
    "a-step-for-each-point",
    "You take a step after every single point. One step uses the mean over *all* the points: how far in does it stand?",
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        losses.append(float(np.mean((w * x + b - y) ** 2)))
        for i in range(len(x)):
            error = w * x[i] + b - y[i]
            w, b = w - learning_rate * 2 * error * x[i], b - learning_rate * 2 * error
    return w, b, losses


@fit_line.mistake(
    "weights-made-in-the-loop",
    "w and b are made inside the loop, so every step starts from 0 again, and without a step there are none at all. "
    "Where does the beginning belong?",
)
def _(x, y, learning_rate, steps):
    losses = []
    for _ in range(steps):
        w = b = 0.0
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)
    return w, b, losses


fit_line.slip(
    "stops-early",
    "Your list has fewer losses than there are steps. Is there a `break`? The text asks for so many steps, also when little is left to learn.",
    "losses.append(float(np.mean(error**2)))",
    "losses.append(float(np.mean(error**2)))\n        if losses[-1] < 1e-6:\n            break",
    when=lambda seen, x, y, rate, steps: (
        isinstance(seen, tuple | list) and len(seen) == 3 and isinstance(seen[2], list) and len(seen[2]) < steps
    ),
)
