"""Split the samples into a part for training and a part for validation."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def split(x, y, order, n_validation):
    """The first n_validation row numbers of `order` for validation, the others for training."""
    validation, training = order[:n_validation], order[n_validation:]
    return x[training], y[training], x[validation], y[validation]


split_data = FunctionExercise("split-data", reference=split, points=2, title="Training and validation digits")


def _samples(rng, rows, columns=3):
    return rng.normal(size=(rows, columns)), rng.integers(0, 10, size=rows), rng.permutation(rows)


@split_data.cases
def _(rng):
    rows = np.array([[10.0], [11.0], [12.0], [13.0], [14.0]])
    yield small("five samples, two for validation", rows, np.array([0, 1, 2, 3, 4]), np.array([3, 0, 4, 2, 1]), 2)
    yield random("12 samples, 3 for validation", *_samples(rng, 12), 3)
    yield random("9 samples, 5 for validation", *_samples(rng, 9), 5)
    yield edge("a single one for validation", *_samples(rng, 8), 1)
    yield edge("images of 2 x 2 pixels, as bytes", rng.integers(0, 256, (7, 2, 2), np.uint8), *_samples(rng, 7)[1:], 3)


split_data.variant("by row numbers")(split)


@split_data.variant("shuffled first, then cut")
def _(x, y, order, n_validation):
    x, y = x[order], y[order]
    return x[n_validation:], y[n_validation:], x[:n_validation], y[:n_validation]


@split_data.variant("np.split")
def _(x, y, order, n_validation):
    validation, training = np.split(order, [n_validation])
    return [np.take(x, training, axis=0), np.take(y, training), np.take(x, validation, axis=0), np.take(y, validation)]


split_data.slip(
    "both-exercise-and-exam",
    (
        "The validation samples are in the training part as well. An exam whose questions were the exercises tells nothing: "
        "which part of `order` is left for training?"
    ),
    "x[training], y[training]",
    "x, y",
)
split_data.slip(
    "not-shuffled",
    "You cut x as it stands. If the samples are sorted by class, the validation part has one class only. Where does `order` come in?",
    "order[:n_validation], order[n_validation:]",
    "slice(n_validation), slice(n_validation, None)",
)
split_data.slip(
    "labels-left-behind",
    "The samples moved and their labels stayed. Use the same row numbers for x and for y.",
    "x, y = x[order], y[order]",
    "x = x[order]",
    of="shuffled first, then cut",
)
split_data.slip(
    "swapped-sizes",
    "The training part has n_validation samples. Which of the two parts should have them?",
    "order[:n_validation], order[n_validation:]",
    "order[n_validation:], order[:n_validation]",
)
split_data.slip(
    "from-the-end",
    "You take the validation samples from the end of `order`. The text asks for the first ones.",
    "order[:n_validation], order[n_validation:]",
    "order[-n_validation:], order[:-n_validation]",
)
split_data.slip(
    "x-x-y-y",
    "The four parts are right, but in another order than asked for: x and y for training, then x and y for validation.",
    "x[training], y[training], x[validation], y[validation]",
    "x[training], x[validation], y[training], y[validation]",
)
