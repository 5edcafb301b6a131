"""Read the digit and its share out of every row of predictions."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .common import shares_of


def digit_and_confidence(probabilities):
    """The digit with the largest share of each row, and that share."""
    return np.argmax(probabilities, axis=1), np.max(probabilities, axis=1)


predictions = FunctionExercise("read-predictions", reference=digit_and_confidence, points=2, title="Read predictions")


@predictions.cases
def _(rng):
    yield small("two images, three classes", np.array([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]]))
    yield random("five digits", shares_of(rng, 5))
    yield random("ten digits", shares_of(rng, 10))
    yield random("five images of twelve classes, as Keras gives them", shares_of(rng, 5, 12).astype(np.float32))
    yield random("three hundred digits", shares_of(rng, 300))
    yield edge("a single digit, still in a batch", shares_of(rng, 1))
    unsure = [np.roll(np.arange(10), shift) for shift in (0, 1, *rng.integers(2, 10, size=2))]  # best: last, first, …
    yield edge("a network that is sure of nothing", 0.1 + 0.001 * (np.array(unsure) - 4.5))


predictions.variant("argmax and max")(digit_and_confidence)


@predictions.variant("last axis, as a list")
def _(probabilities):
    return [probabilities.argmax(-1), probabilities.max(-1)]


@predictions.variant("picked by place")
def _(probabilities):
    places = np.argsort(probabilities, axis=1)[:, -1]
    return places, np.take_along_axis(probabilities, places[:, None], axis=1)[:, 0]


predictions.slip(
    "wrong-axis",
    "You look down the columns: which image is most like a 0, a 1, … A row is one image. Which axis runs along a row?",
    "np.argmax(probabilities, axis=1), np.max(probabilities, axis=1)",
    "np.argmax(probabilities, axis=0), np.max(probabilities, axis=0)",
)

predictions.slip(
    "whole-batch",
    "You get one place for the whole table. Each image needs its own digit: say along which axis.",
    "np.argmax(probabilities, axis=1), np.max(probabilities, axis=1)",
    "np.argmax(probabilities), np.max(probabilities)",
)

predictions.slip(
    "share-not-digit",
    "You return the largest share twice. For the digit you need its *place* in the row.",
    "np.argmax(probabilities, axis=1)",
    "np.max(probabilities, axis=1)",
)

predictions.slip(
    "swapped",
    "Both are right but stand in the wrong order: first the digits, then how sure the model is.",
    "np.argmax(probabilities, axis=1), np.max(probabilities, axis=1)",
    "np.max(probabilities, axis=1), np.argmax(probabilities, axis=1)",
)

predictions.slip(
    "least-likely",
    "You found the digit that the model believes least. Which end of the row do you want?",
    "[:, -1]",
    "[:, 0]",
    of="picked by place",
)

predictions.slip(
    "counts-from-one",
    "Your digits are one too large. The first place in a row has the number 0, and it stands for the digit 0.",
    "np.argmax(probabilities, axis=1)",
    "np.argmax(probabilities, axis=1) + 1",
)

predictions.slip(
    "percent",
    "The digits are right. The confidence should be a share between 0 and 1, as the model gives it.",
    "np.max(probabilities, axis=1)",
    "100 * np.max(probabilities, axis=1)",
)

predictions.slip(
    "rounded",
    "The confidence is rounded. Return the share as it is.",
    "np.max(probabilities, axis=1)",
    "np.max(probabilities, axis=1).round(2)",
)

predictions.slip(
    "column-of-shares",
    "Your confidences stand in a column, of shape (N, 1). The text asks for the shape (N,): what does `keepdims` do?",
    "np.max(probabilities, axis=1)",
    "np.max(probabilities, axis=1, keepdims=True)",
)

predictions.slip(
    "last-row-of-the-order",
    "`argsort(…)[-1]` is the last *row*, the order of a single image. Which index picks a column?",
    "[:, -1]\n    return places, np.take_along_axis(probabilities, places[:, None], axis=1)[:, 0]",
    "[-1]\n    return places, np.max(probabilities, axis=1)",
    of="picked by place",
)

predictions.slip(
    "lead-over-the-second",
    "The digits are right. Your confidence is how far the largest share lies before the second. The share itself is asked for.",
    "np.max(probabilities, axis=1)",
    "np.max(probabilities, axis=1) - np.sort(probabilities, axis=1)[:, -2]",
)

predictions.slip(
    "second-place",
    "You took the second largest share of each row. Where does the largest stand after sorting?",
    "[:, -1]",
    "[:, -2]",
    of="picked by place",
)

predictions.slip(
    "every-column",
    "`probabilities[:, digits]` is a whole table: the columns of all digits from every row. How do you get one number a row?",
    "np.max(probabilities, axis=1)",
    "probabilities[:, np.argmax(probabilities, axis=1)]",
)

predictions.slip(
    "one-row-picked",
    "`probabilities[digits]` picks whole rows, by the numbers of digits. You want one number out of every row.",
    "np.take_along_axis(probabilities, places[:, None], axis=1)[:, 0]",
    "probabilities[places]",
    of="picked by place",
)

predictions.slip(
    "one-confidence-for-all",
    "The digits are right. You return the largest share of the whole table: each row has one of its own.",
    "np.max(probabilities, axis=1)",
    "np.max(probabilities)",
)

predictions.slip(
    "mean-share",
    "The digits are right. The mean share of a row says nothing of how sure the network is. Which share does?",
    "np.max(probabilities, axis=1)",
    "np.mean(probabilities, axis=1)",
)

predictions.slip(
    "pairs-in-a-list",
    "You return a pair for each image. The text asks for two arrays: all digits, and all confidences.",
    "np.argmax(probabilities, axis=1), np.max(probabilities, axis=1)",
    "[(row.argmax(), row.max()) for row in probabilities]",
)


for _right, _why in (
    ("probabilities.argmax(-1)", "a table has two axes"),
    ("probabilities.max(-1)", "a table has two axes"),
    ("np.argsort(probabilities, axis=1)", "the last axis is the default"),
    ("np.take_along_axis(probabilities, places[:, None], axis=1)", "the last axis is the default"),
    ("(:, 0)", "there is one column"),
):
    predictions.equivalent(_right, why=_why)
predictions.equivalent("the result", "transposed", why="the results have one axis")
predictions.equivalent("the result", "in one row", why="the results have one axis")
