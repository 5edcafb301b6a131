"""Compute the share of samples whose largest score stands at the label."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def share_right(scores, labels):
    """The share of rows whose largest score stands at the label."""
    return float(np.mean(np.argmax(scores, axis=1) == labels))


accuracy = FunctionExercise("accuracy", reference=share_right, points=2, title="Accuracy")


def _scores(rng, rows, classes):
    labels = rng.integers(0, classes, size=rows)
    scores = rng.normal(size=(rows, classes))
    scores[np.arange(rows), labels] += rng.choice([3.0, 0.0], size=rows, p=[0.7, 0.3])
    labels[0] = (np.argmax(scores[0]) + 1) % classes  # at least one is wrong, and one right
    labels[1] = np.argmax(scores[1])
    return scores, labels


@accuracy.cases
def _(rng):
    scores = np.array([[0.1, 5.0, 2.0], [3.0, 0.0, 1.0], [2.0, 4.0, -1.0], [-3.0, -2.0, -1.0]])
    yield small("four samples, three of them right", scores, np.array([1, 0, 0, 2]))
    yield random("twelve samples, ten classes", *_scores(rng, 12, 10))
    yield random("ten samples, ten classes", *_scores(rng, 10, 10))
    yield edge("a single sample", np.array([[0.5, -0.5]]), np.array([1]))
    yield edge("all of them right", np.eye(3)[[2, 0, 1, 1]] * 7, np.array([2, 0, 1, 1]))
    scores = np.array([[2.0, 1.0], [1.0, 3.0], [0.0, 9.0]])
    yield edge("three samples, the largest score in the last row", scores, np.array([0, 1, 0]))
    yield edge("small scores", np.array([[0.3, 0.1], [0.2, 0.4]]), np.array([0, 0]))
    yield edge("scores that look like labels", np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 2.0]]), np.array([1, 1]))


accuracy.variant("a mean")(share_right)


@accuracy.variant("counted with sum")
def _(scores, labels):
    return (scores.argmax(-1) == labels).sum() / labels.size


@accuracy.variant("a loop")
def _(scores, labels):
    right = 0
    for row, label in zip(scores, labels, strict=False):
        right += list(row).index(max(row)) == label
    return right / len(labels)


accuracy.slip(
    "percent",
    "You give a number up to 100. Give the share, from 0 to 1.",
    "float",
    "100 * float",
)
accuracy.slip(
    "count",
    "You count the right answers. Which share of all of them is that?",
    "np.mean",
    "np.sum",
)
accuracy.slip(
    "error-rate",
    "You give the share of *wrong* answers.",
    "== labels",
    "!= labels",
)
accuracy.slip(
    "whole-table",
    "Without `axis`, argmax looks through the whole table and gives a single place. Each row has an answer of its own.",
    "np.argmax(scores, axis=1)",
    "np.argmax(scores)",
)
accuracy.slip(
    "value-not-place",
    "`max` gives the largest *score*. A label is a place: which function tells where the largest score stands?",
    "np.argmax",
    "np.max",
)
accuracy.slip(
    "smallest",
    "You look for the place of the smallest score. The network's answer is the largest.",
    "np.argmax",
    "np.argmin",
)
accuracy.slip(
    "each-right-or-wrong",
    "You return one True or False for each sample. What is the mean of them?",
    "float(np.mean(np.argmax(scores, axis=1) == labels))",
    "np.argmax(scores, axis=1) == labels",
)
accuracy.slip(
    "whole-division",
    "Anything short of all right becomes 0. Does `//` throw away what stands behind the point, or do you ask for `all`? Which share is right?",
    "() / labels",
    "() // labels",
    of="counted with sum",
)
accuracy.slip(
    "down-the-columns",
    "You look for the largest score of each *column*. A row is a sample: along which axis does argmax run?",
    "axis=1",
    "axis=0",
)
accuracy.slip(
    "divided-by-classes",
    "You divide by the number of classes. Of how many *samples* is the answer right?",
    "/ labels.size",
    "/ scores.shape[-1]",
    of="counted with sum",
)
accuracy.slip(
    "divided-by-all-scores",
    "You divide by the number of all scores. Of how many *samples* is the answer right?",
    "/ labels.size",
    "/ scores.size",
    of="counted with sum",
)
accuracy.slip(
    "rounded-to-two-places",
    "You round to two places. The share is asked for as it is.",
    "float(np.mean(np.argmax(scores, axis=1) == labels))",
    "round(float(np.mean(np.argmax(scores, axis=1) == labels)), 2)",
)
accuracy.slip(
    "above-a-fixed-number",
    "You ask whether the label's score is above 0.5. Scores are no shares: which numbers must it beat?",
    "np.argmax(scores, axis=1) == labels",
    "scores[np.arange(len(labels)), labels] > 0.5",
)
accuracy.slip(
    "above-zero",
    "You ask whether the label's score is above 0. All scores of a row may be, or none: which numbers must it beat?",
    "np.argmax(scores, axis=1) == labels",
    "scores[np.arange(len(labels)), labels] > 0",
)
accuracy.slip(
    "mean-score",
    "You take the mean of the labels' scores. A sample is right or wrong: when is it right?",
    "np.argmax(scores, axis=1) == labels",
    "scores[np.arange(len(labels)), labels]",
)
accuracy.slip(
    "counts-from-one",
    "You compare the place plus 1. Label 0 belongs to place 0: from where does Python count?",
    "np.argmax(scores, axis=1) == labels",
    "np.argmax(scores, axis=1) + 1 == labels",
)
accuracy.slip(
    "return-in-the-loop",
    "You look at the first sample only. Does your `return` stand inside the loop?",
    "== label\n    return",
    "== label\n        return",
    of="a loop",
)
accuracy.slip(
    "nearly-right",
    "You take a digit beside the right one for right. An answer is right when it *is* the label.",
    "np.argmax(scores, axis=1) == labels",
    "np.abs(np.argmax(scores, axis=1) - labels) <= 1",
)
accuracy.slip(
    "mean-distance",
    "You take the mean distance between two class numbers. A class is a name, not a size: when is an answer right?",
    "np.argmax(scores, axis=1) == labels",
    "np.abs(np.argmax(scores, axis=1) - labels)",
)
accuracy.slip(
    "without-signs",
    "You look for the largest *size*, without the sign. -3 is a smaller score than 1.",
    "np.argmax(scores, axis=1)",
    "np.argmax(np.abs(scores), axis=1)",
)
accuracy.slip(
    "place-of-a-label",
    "`np.argmax(labels)` is the place of the largest label. The labels are class numbers already: what are they compared with?",
    "== labels",
    "== np.argmax(labels)",
)
accuracy.equivalent("scores.argmax(-1)", "scores.argmax(1)", why="a table has two axes, so the last is 1")
