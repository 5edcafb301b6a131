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
    "`//` throws away what stands behind the point, so anything short of all right becomes 0. Which sign keeps it?",
    "() / labels",
    "() // labels",
    of="counted with sum",
)
accuracy.equivalent("scores.argmax(-1)", "scores.argmax(1)", why="a table has two axes, so the last is 1")
