"""Compute the mean squared error of a batch of predictions."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import TOLERANCE_FLOAT64

mse = FunctionExercise(
    "mse", reference=nn.mean_squared_error, points=2, title="Mean squared error", tolerance=TOLERANCE_FLOAT64
)


@mse.cases
def _(rng):
    yield small("errors of -1 and 3", np.array([3.0, 5.0]), np.array([2.0, 8.0]))
    yield small("the four days of the picture", np.array([3.0, 5.0, 4.0, 7.0]), np.array([2.0, 8.0, 4.5, 6.0]))
    yield random("five predictions", rng.normal(size=5), rng.normal(size=5))
    yield random("two outputs for each of three examples", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)))
    rents = rng.uniform(300, 2000, size=12)
    yield random("twelve rents in euros", rents, rents + rng.normal(0, 100, size=12))
    yield edge("a single prediction", rng.normal(size=1), rng.normal(size=1))
    yield edge("all predictions perfect", np.array([1.0, -2.0, 3.0]), np.array([1.0, -2.0, 3.0]))
    yield edge("whole numbers", rng.integers(-9, 9, size=4), rng.integers(-9, 9, size=4))
    yield edge("a column of labels and one of predictions", rng.normal(size=(4, 1)), rng.normal(size=(4, 1)))
    yield edge("a table with depth, (2, 3, 2)", rng.normal(size=(2, 3, 2)), rng.normal(size=(2, 3, 2)))
    near = rng.normal(size=6)
    yield edge("each off by about a thousandth", near, near + rng.normal(0, 1e-3, size=6))


@mse.variant("np.square, the other way round")
def _(y_true, y_pred):
    return np.square(y_true - y_pred).mean()


@mse.variant("loop, with a plain Python number as result")
def _(y_true, y_pred):
    total = 0.0
    for t, p in zip(y_true.ravel(), y_pred.ravel(), strict=True):
        total += (t - p) ** 2
    return float(total / y_true.size)


@mse.variant("a dot product")
def _(y_true, y_pred):
    error = (y_pred - y_true).ravel()
    return error @ error / len(error)


@mse.variant("float32")
def _(y_true, y_pred):
    return np.mean((y_pred.astype(np.float32) - y_true.astype(np.float32)) ** 2)


mse.slip(
    "no-square",
    "You average the plain errors, so an error of +3 and one of -3 make 0. What makes every error count as positive?",
    "np.square(y_true - y_pred)",
    "(y_pred - y_true)",
)

mse.slip(
    "absolute",
    "This is the mean *absolute* error, a loss of its own. In the squared error, twice as far off counts how many times as much?",
    "np.square",
    "np.abs",
)

mse.slip(
    "sum",
    "You add up the squares. With twice as many examples your loss doubles. Which word of the name is still missing?",
    ".mean()",
    ".sum()",
)

mse.slip(
    "root",
    "You took the square root at the end. The loss is the mean of the squares as it stands.",
    "np.square(y_true - y_pred).mean()",
    "np.sqrt(np.square(y_true - y_pred).mean())",
)

mse.slip(
    "half",
    "Your result is half as large. Some books put ½ in front to get rid of a 2 later; here, as in Keras, there is none.",
    ".mean()",
    ".mean() / 2",
)

mse.slip(
    "mean-before-square",
    "You average first and square afterwards, so errors of opposite sign cancel. In which order does the name ask for it?",
    "np.square(y_true - y_pred).mean()",
    "np.mean(y_true - y_pred) ** 2",
)

mse.slip(
    "difference-of-squares",
    "You square first and subtract afterwards. Where should the square go so that it squares the *error*?",
    "np.square(y_true - y_pred)",
    "(y_pred**2 - y_true**2)",
)

mse.slip(
    "divided-by-rows",
    "With several outputs for each example you divide by the number of rows only. Over how many numbers does the mean run?",
    ".mean()",
    ".sum() / len(y_true)",
)

mse.slip(
    "one-for-each-column",
    "For a table you return one mean for each column. The loss is one number: over which axes does the mean run?",
    ".mean()",
    ".mean(axis=0)",
)

mse.slip(
    "one-for-each-row",
    "For a table you return one mean for each row. The loss is one number: over which axes does the mean run?",
    ".mean()",
    ".mean(axis=-1)",
)

mse.slip(
    "largest",
    "You return the largest square alone. All the others count too: which word of the name says how?",
    ".mean()",
    ".max()",
)

mse.slip(
    "variance",
    "A variance takes away the mean of the errors first. If every guess is 2 too high, what does it say? What should the loss say?",
    "np.square(y_true - y_pred).mean()",
    "np.var(y_true - y_pred)",
)

mse.slip(
    "no-mean",
    "You return one number for each prediction. A loss is a single number for the whole batch.",
    ".mean()",
    "",
)

mse.slip(
    "changes-input",
    "Your code writes into the caller's `y_pred`, as `y_pred -= …` does. Make a new array: `y_pred - y_true`.",
    "return np.square(y_true - y_pred).mean()",
    "y_pred -= y_true\n    return np.mean(y_pred**2)",
)

mse.slip(
    "changes-truth",
    "Your code writes into the caller's `y_true`, as `y_true -= …` does. Make a new array: `y_true - y_pred`.",
    "return np.square(y_true - y_pred).mean()",
    "y_true -= y_pred\n    return np.mean(y_true**2)",
)

mse.slip(
    "length",
    "This is the length of the error as an arrow: the root of the *sum* of the squares. The loss is their mean, without a root.",
    "np.square(y_true - y_pred).mean()",
    "np.sqrt(np.square(y_true - y_pred).sum())",
)

mse.slip(
    "one-less",
    "You divide by one less than the number of errors. A mean divides by all of them.",
    ".mean()",
    ".sum() / (y_true.size - 1)",
)

mse.slip(
    "middle-one",
    "You take the square in the *middle* (the median). The loss is the mean: the sum of all, divided by their number.",
    "np.square(y_true - y_pred).mean()",
    "np.median(np.square(y_true - y_pred))",
)

mse.slip(
    "product",
    "You multiply the prediction by the truth. The error is their *difference*.",
    "np.square(y_true - y_pred)",
    "(y_true * y_pred)",
)

mse.slip(
    "cube",
    "Your power is odd, so negative errors stay negative and cancel the others. Which power does *squared* mean?",
    "np.square(y_true - y_pred)",
    "((y_pred - y_true) ** 3)",
)

mse.equivalent("y_true, y_pred = _same_shape(y_true, y_pred)", why="it only refuses shapes that differ")
mse.equivalent("_same_shape(y_true, y_pred)", "_same_shape(y_pred, y_true)", why="a square has no sign")
mse.equivalent("y_pred - y_true", "y_true - y_pred", why="a square has no sign")
mse.equivalent("y_true - y_pred", "y_pred - y_true", why="a square has no sign")
mse.equivalent("t - p", "p - t", why="a square has no sign")
mse.equivalent(
    "y_pred.astype(np.float32) - y_true.astype(np.float32)",
    "y_true.astype(np.float32) - y_pred.astype(np.float32)",
    why="a square has no sign",
)
mse.equivalent("total / y_true.size", "total / y_pred.size", why="both arrays have the same size")
