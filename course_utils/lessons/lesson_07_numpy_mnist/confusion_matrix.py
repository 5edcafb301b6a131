"""Count how often each digit was called which."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def confusions(labels, predictions, classes):
    """table[i, j]: how many samples of class i were called j."""
    table = np.zeros((classes, classes), dtype=int)
    np.add.at(table, (labels, predictions), 1)
    return table


confusion = FunctionExercise("confusion-matrix", reference=confusions, points=2, title="Confusion matrix")


def _answers(rng, rows, classes):
    labels = np.concatenate([[0, 0, 0, 1], rng.integers(0, classes, size=rows - 4)])
    predictions = np.where(rng.random(rows) < 0.6, labels, rng.integers(0, classes, size=rows))
    predictions[:4] = [1, 1, 0, 1]  # a pair that comes twice, and the table is never symmetric
    return labels, predictions


@confusion.cases
def _(rng):
    yield small("six samples, three classes", np.array([0, 0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 1, 0]), 3)
    yield random("20 samples, four classes", *_answers(rng, 20, 4), 4)
    yield random("30 samples, ten classes", *_answers(rng, 30, 10), 10)
    often = 256 + int(rng.integers(1, 40))
    yield edge(f"one pair that comes {often} times", np.repeat([1, 0], [often, 3]), np.repeat([0, 1], [often, 3]), 2)
    yield edge("a class that never comes", np.array([0, 1, 1, 0]), np.array([1, 1, 1, 1]), 4)


confusion.variant("np.add.at")(confusions)


@confusion.variant("a loop")
def _(labels, predictions, classes):
    table = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=False):
        table[label, prediction] += 1
    return table


@confusion.variant("a product of one-hot tables")
def _(labels, predictions, classes):
    return np.eye(classes)[labels].T @ np.eye(classes)[predictions]


@confusion.variant("bincount")
def _(labels, predictions, classes):
    return np.bincount(labels * classes + predictions, minlength=classes**2).reshape(classes, classes)


confusion.slip(
    "transposed",
    "Rows and columns have changed places. The row is what the digit *was*, the column what the network *said*.",
    "(labels, predictions)",
    "(predictions, labels)",
)
confusion.slip(
    "counted-once",
    "No count is above 1. `table[labels, predictions] += 1` writes each place once, also when the pair comes again. Use a loop, or look up `np.add.at`.",
    "np.add.at(table, (labels, predictions), 1)",
    "table[labels, predictions] += 1",
)
confusion.slip(
    "shares",
    "You give shares. The table holds counts.",
    "return table",
    "return table / len(labels)",
)
confusion.slip(
    "only-mistakes",
    "The diagonal is empty. The right answers are counted as well: they stand there.",
    "+= 1",
    "+= label != prediction",
    of="a loop",
)
confusion.slip(
    "only-right",
    "You count the right answers only. What did the network say instead, when it was wrong?",
    "+= 1",
    "+= label == prediction",
    of="a loop",
)
confusion.slip(
    "size-from-labels",
    "The table is as large as the largest label needs. Some class may be missing from the samples: use `classes`.",
    "table = np.zeros((classes, classes), dtype=int)",
    "classes = max(labels.max(), predictions.max()) + 1\n    table = np.zeros((classes, classes), dtype=int)",
)
