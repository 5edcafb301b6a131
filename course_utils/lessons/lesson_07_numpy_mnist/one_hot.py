"""Turn labels into rows of zeros with a single 1."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def one_of(labels, classes):
    """A row of zeros with a 1 at the label's place, for each label."""
    return np.eye(classes, dtype="float32")[labels]


one_hot = FunctionExercise("one-hot", reference=one_of, points=2, title="One hot", library=(nn.one_hot,))


@one_hot.cases
def _(rng):
    yield small("labels 1 and 0, three classes", np.array([1, 0]), 3)
    yield random("six labels, ten classes", rng.permutation(np.append(rng.integers(0, 9, size=5), 2)), 10)
    yield random("four labels, five classes", np.append(rng.integers(1, 4, size=3), 0), 5)
    yield edge("a single label, the last class", np.array([9]), 10)
    yield edge(
        "labels as uint8, as they come with MNIST", np.append(rng.integers(0, 9, size=3), 0).astype(np.uint8), 10
    )


ONLY_0_AND_1 = "0 and 1 are the same in every type"
one_hot.equivalent("dtype='float32'", "dtype='float16'", why=ONLY_0_AND_1)
one_hot.equivalent("the result", "in half precision", why=ONLY_0_AND_1)
one_hot.equivalent("the result", "cut to whole numbers", why=ONLY_0_AND_1)
for places in (2, 3, 4):
    one_hot.equivalent("the result", f"rounded to {places} places", why=ONLY_0_AND_1)
one_hot.equivalent(
    "(labels[:, None] == np.arange(classes)).astype('float32')",
    "(labels[:, None] == np.arange(classes)).astype('float16')",
    why=ONLY_0_AND_1,
)
one_hot.equivalent(
    "return (labels[:, None] == np.arange(classes)).astype('float32')",
    "return labels[:, None] == np.arange(classes).astype('float32')",
    why="True and False calculate like 1 and 0",
)
one_hot.equivalent(
    "np.zeros((len(labels), classes))", "np.zeros((len(labels), classes), dtype='uint8')", why=ONLY_0_AND_1
)

one_hot.variant("rows of the identity matrix")(one_of)


@one_hot.variant("a comparison")
def _(labels, classes):
    return (labels[:, None] == np.arange(classes)).astype("float32")


@one_hot.variant("a loop")
def _(labels, classes):
    out = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        out[row, label] = 1
    return out


@one_hot.variant("rows and columns as numbers")
def _(labels, classes):
    out = np.zeros((len(labels), classes), dtype=int)
    out[np.arange(len(labels)), labels] = 1
    return out


one_hot.slip(
    "classes-from-labels",
    "You made as many columns as the largest label needs. A batch need not contain every digit: use `classes`.",
    'np.eye(classes, dtype="float32")',
    "np.eye(labels.max() + 1)",
)
one_hot.slip(
    "counts-from-one",
    "The 1 stands one place too far to the left. Label 0 belongs to column 0: from where does Python count?",
    "[labels]",
    "[labels.astype(int) - 1]",
)
one_hot.slip(
    "columns-are-samples",
    "Your table has a column for each sample. It should have a *row* for each sample.",
    "[labels]",
    "[:, labels]",
)
one_hot.slip(
    "whole-columns",
    "`out[:, labels] = 1` sets the column of every label in *all* rows. Each row has one 1: pair row i with label i, as in `out[rows, labels]`.",
    "out[row, label]",
    "out[:, label]",
    of="a loop",
)


@one_hot.mistake(
    "first-rows", "`out[labels] = 1` fills whole rows. You need a row number *and* a column number for each 1."
)
def _(labels, classes):
    out = np.zeros((len(labels), classes))
    out[labels] = 1
    return out


one_hot.slip(
    "label-as-value",
    "The label itself stands in its place. It should be a 1 there, whichever digit it is.",
    "[labels]",
    "[labels] * labels[:, None]",
)
one_hot.slip(
    "counts-from-one-in-a-loop",
    "Your 1 stands at `label - 1`. Label 0 belongs to column 0: from where does Python count?",
    "out[row, label]",
    "out[row, label - 1]",
    of="a loop",
)
one_hot.slip(
    "one-too-far",
    "Your 1 stands one place too far to the right, and for the last class there is no such place. Which column belongs to label 0?",
    "out[row, label]",
    "out[row, label + 1]",
    of="a loop",
)
one_hot.slip(
    "only-the-labels-that-occur",
    "You made a column for each label that occurs. A batch need not contain every class: how many columns does `classes` ask for?",
    "np.arange(classes)",
    "np.unique(labels)",
    of="a comparison",
)
one_hot.slip(
    "as-many-columns-as-samples",
    "You made as many columns as there are samples. A column stands for a *class*.",
    'np.eye(classes, dtype="float32")',
    'np.eye(len(labels), dtype="float32")',
)
one_hot.slip(
    "zeros-and-ones-exchanged",
    "Your rows are all 1 with a single 0. Which of the two stands at the label?",
    "labels[:, None] == np.arange(classes)",
    "labels[:, None] != np.arange(classes)",
    of="a comparison",
)
one_hot.slip(
    "one-row",
    "You return a single row. Each label gets a row of its own.",
    "[labels]",
    "[labels].sum(axis=0)",
)
one_hot.slip(
    "up-to-the-label",
    "The places *up to* the label are filled too. Only one place of a row is 1.",
    "labels[:, None] == np.arange(classes)",
    "labels[:, None] >= np.arange(classes)",
    of="a comparison",
)
one_hot.slip(
    "ten-classes",
    "You make ten columns, always. How many does `classes` ask for?",
    'np.eye(classes, dtype="float32")',
    'np.eye(10, dtype="float32")',
)
one_hot.slip(
    "square-table",
    "You made a row for each *class*. How many rows are asked for?",
    "np.zeros((len(labels), classes))",
    "np.zeros((max(len(labels), classes), classes))",
    of="a loop",
)
one_hot.slip(
    "begins-with-ones",
    "All your numbers are 1. With what does a row begin, before the 1 is put at its place?",
    "np.zeros((len(labels), classes))",
    "np.ones((len(labels), classes))",
    of="a loop",
)
