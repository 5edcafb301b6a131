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
confusion.slip(
    "return-in-the-loop",
    "You counted the first sample only. Does your `return` stand inside the loop?",
    "+= 1\n    return",
    "+= 1\n        return",
    of="a loop",
)
confusion.slip(
    "shares-of-the-rows",
    "You divide each row by its sum. The table holds counts.",
    "return table",
    "with np.errstate(all='ignore'):\n        return table / table.sum(axis=1, keepdims=True)",
)
confusion.slip(
    "shares-of-the-columns",
    "You divide each column by its sum. The table holds counts.",
    "return table",
    "with np.errstate(all='ignore'):\n        return table / table.sum(axis=0, keepdims=True)",
)
confusion.slip(
    "small-whole-numbers",
    "A count behind 255 begins at 0 again. Whole numbers of which type hold more than `uint8`?",
    "dtype=int",
    'dtype="uint8"',
)
confusion.slip(
    "counts-from-one",
    "Your table is moved by one place. Class 0 belongs to row 0 and column 0: from where does Python count?",
    "table[label, prediction]",
    "table[label - 1, prediction - 1]",
    of="a loop",
)
confusion.slip(
    "every-sample-once-more",
    "Each pair of your table is counted once too often, also those that never came. With which number does a count begin?",
    "np.zeros((classes, classes), dtype=int)",
    "np.ones((classes, classes), dtype=int)",
)
confusion.slip(
    "bins-from-the-numbers",
    "`np.histogram2d` puts its bins between the smallest and the largest number that *occur*. Where must they begin and end?",
    "np.bincount(labels * classes + predictions, minlength=classes**2).reshape(classes, classes)",
    "np.histogram2d(labels, predictions, bins=classes)[0]",
    of="bincount",
)
confusion.slip(
    "as-long-as-needed",
    "Without `minlength`, `np.bincount` stops at the largest number that occurs, and the places behind it are missing.",
    ", minlength=classes**2).reshape(classes, classes)",
    ").reshape(-1, classes)",
    of="bincount",
)
confusion.slip(
    "only-the-labels",
    "You count each pair by its label alone, on the diagonal. In which column does a sample stand that was called something else?",
    "table[label, prediction]",
    "table[label, label]",
    of="a loop",
)


@confusion.mistake(
    "one-row-many-times",
    "All rows of your table are the same. `[row] * n` writes one and the same list n times: make a new one for each row.",
)
def _(labels, predictions, classes):
    table = [[0] * classes] * classes
    for label, prediction in zip(labels, predictions, strict=False):
        table[label][prediction] += 1
    return np.array(table)


confusion.slip(
    "divided-along-the-wrong-axis",
    "You divide by the sums of the rows. The table holds counts.",
    "return table",
    "with np.errstate(all='ignore'):\n        return table / table.sum(axis=1)",
)
confusion.slip(
    "percent",
    "You give percent. The table holds counts.",
    "return table",
    "return 100 * table / len(labels)",
)
confusion.slip(
    "counted-both-ways",
    "Each sample is counted twice: at row and column, and at column and row. In which row does it belong?",
    "+= 1",
    "+= 1\n        table[prediction, label] += 1",
    of="a loop",
)
confusion.slip(
    "accuracy",
    "That is the accuracy, one number. The text asks for the whole table.",
    "return table",
    "return table.trace() / table.sum()",
)
confusion.slip(
    "whole-row",
    "`table[label] += 1` adds 1 to a whole row. Which two numbers name one place?",
    "table[label, prediction]",
    "table[label]",
    of="a loop",
)
