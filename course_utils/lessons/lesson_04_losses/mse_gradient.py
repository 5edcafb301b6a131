"""Compute the slope of the mean squared error for each prediction."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

mse_gradient = FunctionExercise(
    "mse-gradient",
    reference=nn.mean_squared_error_gradient,
    points=2,
    title="The gradient of the squared error",
    tolerance=1e-8,  # a gradient that was measured passes, one that was rounded does not
)


@mse_gradient.cases
def _(rng):
    yield small("errors of -1 and 3", np.array([3.0, 5.0]), np.array([2.0, 8.0]))
    yield random("five predictions", rng.normal(size=5), rng.normal(size=5))
    yield random("two outputs for each of three examples", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)))
    yield random("twelve temperatures", rng.normal(15, 8, size=12), rng.normal(15, 8, size=12))
    yield edge("a single prediction", rng.normal(size=1), rng.normal(size=1))
    yield edge("far off, both ways", np.array([12.0, -7.0]), np.array([52.0, -77.0]))
    yield edge("whole numbers", np.array([3, 5, 4, 7]), rng.integers(-9, 9, size=4))
    yield edge("a column of predictions", rng.normal(size=(4, 1)), rng.normal(size=(4, 1)))
    yield edge("one example with five outputs", rng.normal(size=(1, 5)), rng.normal(size=(1, 5)))
    yield edge("a table with depth, (2, 3, 2)", rng.normal(size=(2, 3, 2)), rng.normal(size=(2, 3, 2)))
    near = rng.normal(size=6)
    yield edge("each off by about a millionth", near, near + rng.normal(0, 1e-6, size=6))
    yield edge("all predictions perfect", np.array([1.0, -2.0, 3.0, 4.0]), np.array([1.0, -2.0, 3.0, 4.0]))


@mse_gradient.variant("the formula")
def _(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_pred.size


@mse_gradient.variant("as a mean of ones")
def _(y_true, y_pred):
    return (y_pred - y_true) * (2.0 / np.size(y_true))


@mse_gradient.variant("loop")
def _(y_true, y_pred):
    gradient = np.zeros(y_pred.shape)
    for place in np.ndindex(y_pred.shape):
        gradient[place] = 2 * (y_pred[place] - y_true[place]) / y_pred.size
    return gradient


@mse_gradient.variant("float32")
def _(y_true, y_pred):
    return (2 / y_pred.size * (y_pred - y_true)).astype(np.float32)


mse_gradient.slip(
    "forgot-two",
    "Your numbers are half of what they should be. What does the slope of the square, e ** 2, have in front?",
    "2 * ",
    "",
)

mse_gradient.slip(
    "forgot-mean",
    "Each number is too large, by the same factor. The loss is a *mean*: by what is each single error divided in it?",
    " / y_pred.size",
    "",
)

mse_gradient.slip(
    "sign",
    "All signs are turned round. If a prediction is too high, raising it makes the loss larger. Is that a positive or a negative slope?",
    "y_pred - y_true",
    "y_true - y_pred",
)

mse_gradient.slip(
    "only-rows",
    "With several outputs for each example you divide by the number of rows only. Over how many numbers does the mean run?",
    "y_pred.size",
    "len(y_pred)",
)

mse_gradient.slip(
    "one-number",
    "You return a single number. The gradient says for *each* prediction which way to move it: same shape as y_pred.",
    "2 * (y_pred - y_true) / y_pred.size",
    "np.mean(2 * (y_pred - y_true))",
)

mse_gradient.slip(
    "absolute",
    "Your numbers are never negative. A gradient needs its sign: it tells up from down.",
    "(y_pred - y_true)",
    "np.abs(y_pred - y_true)",
)

mse_gradient.slip(
    "squared",
    "You return the squares, so this is the loss of each prediction. The slope of e ** 2 is not e ** 2.",
    "2 * (y_pred - y_true)",
    "(y_pred - y_true) ** 2",
)

mse_gradient.slip(
    "sign-only",
    "You return the sign of each error. The slope of e ** 2 is larger where the error is larger: by how much?",
    "2 * (y_pred - y_true)",
    "2 * np.sign(y_pred - y_true)",
)

mse_gradient.slip(
    "only-columns",
    "You divide by the length of the last axis only. Over how many numbers does the mean of the loss run?",
    "y_pred.size",
    "y_pred.shape[-1]",
)

mse_gradient.slip(
    "changes-input",
    "Your code writes into the caller's `y_pred`, as `y_pred -= …` does. Make a new array: `y_pred - y_true`.",
    "return 2 * (y_pred - y_true) / y_pred.size",
    "y_pred -= y_true\n    return 2 * y_pred / y_pred.size",
)

mse_gradient.slip(
    "twice-divided",
    "Each number is too small: the mean divides by n once. How often do you divide?",
    "y_pred.size",
    "y_pred.size**2",
)

mse_gradient.slip(
    "square-of-the-two",
    "The slope of e ** 2 is 2e. You have a 4 in front: where does the second 2 come from?",
    "2 * ",
    "4 * ",
)

mse_gradient.equivalent("y_true, y_pred = _same_shape(y_true, y_pred)", why="it only refuses shapes that differ")
for right, wrong in (
    ("2 * (y_pred - y_true) / y_pred.size", "2 * (y_pred - y_true) / y_true.size"),
    ("np.size(y_true)", "np.size(y_pred)"),
    ("np.zeros(y_pred.shape)", "np.zeros(y_true.shape)"),
    ("np.ndindex(y_pred.shape)", "np.ndindex(y_true.shape)"),
    (
        "2 * (y_pred[place] - y_true[place]) / y_pred.size",
        "2 * (y_pred[place] - y_true[place]) / y_true.size",
    ),
    ("2 / y_pred.size", "2 / y_true.size"),
):
    mse_gradient.equivalent(right, wrong, why="both arrays have the same shape")
mse_gradient.equivalent("np.zeros(y_pred.shape)", "np.ones(y_pred.shape)", why="every place is written")
mse_gradient.equivalent(
    "return (2 / y_pred.size * (y_pred - y_true)).astype(np.float32)",
    "return 2 / y_pred.size * (y_pred - y_true).astype(np.float32)",
    why="single precision comes one step earlier",
)
