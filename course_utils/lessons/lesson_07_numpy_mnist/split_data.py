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
    "Your parts are cut from x as it stands, row after row. If the samples are sorted by class, the validation part has one class only. Where does `order` come in?",
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
split_data.slip(
    "order-of-the-file",
    (
        "Each part has the right samples, but in the order of the file. The text wants them in the order of `order`. Do you sort the row numbers, or "
        "choose by True and False?"
    ),
    "order[:n_validation], order[n_validation:]",
    "np.sort(order[:n_validation]), np.sort(order[n_validation:])",
)
split_data.slip(
    "training-in-the-order-of-the-file",
    "The training part has the right samples, but in the order of the file. The text wants them in the order of `order`: which part of it is left?",
    "order[:n_validation], order[n_validation:]",
    "order[:n_validation], np.setdiff1d(order, order[:n_validation])",
)
split_data.slip(
    "one-lost",
    "One sample is in neither part. The first place behind `order[:n]` is n: where does your second piece begin?",
    "order[:n_validation], order[n_validation:]",
    "order[:n_validation], order[n_validation + 1 :]",
)
split_data.slip(
    "one-in-both",
    "The last validation sample is in the training part as well. The first place behind `order[:n]` is n: where does your second piece begin?",
    "order[:n_validation], order[n_validation:]",
    "order[:n_validation], order[n_validation - 1 :]",
)
split_data.slip(
    "one-too-many",
    "Your validation part has one sample too many. `order[:n]` ends *before* place n, so it has n places.",
    "order[:n_validation], order[n_validation:]",
    "order[: n_validation + 1], order[n_validation + 1 :]",
)
split_data.slip(
    "one-too-many-and-in-both",
    "Your validation part has one sample too many, and that one is in the training part as well. How many places has `order[:n]`?",
    "order[:n_validation], order[n_validation:]",
    "order[: n_validation + 1], order[n_validation:]",
)
split_data.slip(
    "one-too-few",
    "Your validation part has one sample too few. `order[:n]` ends *before* place n, so it has n places.",
    "order[:n_validation], order[n_validation:]",
    "order[: n_validation - 1], order[n_validation - 1 :]",
)
split_data.slip(
    "samples-left-behind",
    "The labels moved and their samples stayed. Use the same row numbers for x and for y.",
    "x, y = x[order], y[order]",
    "y = y[order]",
    of="shuffled first, then cut",
)
split_data.slip(
    "labels-exchanged",
    "The labels of the two parts have changed places. Which labels belong to `x[training]`?",
    "x[training], y[training], x[validation], y[validation]",
    "x[training], y[validation], x[validation], y[training]",
)
split_data.slip(
    "validation-not-shuffled",
    "The validation part is cut from x and y as they stand. Which rows does `order` name for it?",
    "x[validation], y[validation]",
    "x[:n_validation], y[:n_validation]",
)


split_data.slip(
    "training-not-shuffled",
    "The training part is cut from x and y as they stand. Which rows does `order` name for it?",
    "return x[training], y[training]",
    "return x[n_validation:], y[n_validation:]",
)


def shuffled_again(seen, x, y, order, n_validation):
    """Recognises two parts of the right sizes, with all samples and their labels, in another order than that of `order`."""
    if not isinstance(seen, list | tuple) or len(seen) != 4 or len(seen[2]) != n_validation:
        return False
    rows = [[*np.ravel(sample), label] for k in (0, 2) for sample, label in zip(seen[k], seen[k + 1], strict=True)]
    wanted = [[*np.ravel(sample), label] for sample, label in zip(x, y, strict=True)]
    return sorted(rows) == sorted(wanted)


split_data.slip(
    "shuffled-again",
    (
        "Both parts have the right size, and each sample its own label. But they do not follow `order`, which has been shuffled already. Do you draw, "
        "sort or count anew?"
    ),
    "order[:n_validation], order[n_validation:]",
    "*np.split(np.argsort(order[::-1]), [n_validation]),",
    when=shuffled_again,
)
