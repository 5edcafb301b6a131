"""Compute the binary cross-entropy of probabilities, by its plain formula."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def mean_surprise_of(y, p):
    """-mean(y log p + (1 - y) log(1 - p)), for probabilities strictly between 0 and 1."""
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


surprise = FunctionExercise(
    "mean-surprise",
    reference=mean_surprise_of,
    points=2,
    title="The mean surprise",
    tolerance=1e-9,
    library=(nn.binary_crossentropy,),
)


@surprise.cases
def _(rng):
    yield small("label 1 with p = 0.5, label 0 with p = 0.75", np.array([1.0, 0.0]), np.array([0.5, 0.75]))
    yield random("six mails", rng.integers(0, 2, size=6).astype(float), rng.uniform(0.05, 0.95, size=6))
    yield random("four photos, three tags each", rng.integers(0, 2, size=(4, 3)), rng.uniform(0.05, 0.95, size=(4, 3)))
    yield edge("a column, as a network gives it", np.array([[1.0], [0.0], [0.0]]), rng.uniform(0.05, 0.95, size=(3, 1)))
    yield edge("nearly sure, and wrong", np.array([1, 0]), np.array([1e-9, 0.9999]))
    yield edge("nearly sure, and right", np.array([1, 0]), np.array([0.9999, 1e-5]))
    yield edge("all of them spam", np.ones(3), rng.uniform(0.05, 0.95, size=3))
    yield edge("none of them spam", np.zeros(3), rng.uniform(0.05, 0.95, size=3))
    yield edge("a single mail", np.array([1.0]), rng.uniform(0.05, 0.95, size=1))


@surprise.variant("the formula of the text")
def _(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@surprise.variant("the probability of what happened")
def _(y, p):
    return np.mean(-np.log(np.where(y == 1, p, 1 - p)))


@surprise.variant("one example at a time")
def _(y, p):
    total = 0.0
    for label, chance in zip(y.ravel(), p.ravel(), strict=True):
        total -= np.log(chance) if label == 1 else np.log1p(-chance)
    return total / y.size


surprise.slip(
    "sign",
    "Your loss is negative. The log of a probability is never above 0: which sign is missing?",
    "-np.mean",
    "np.mean",
)

surprise.slip(
    "sum",
    "You add up the surprises. With twice as many mails the loss would double. What do you return instead?",
    "np.mean",
    "np.sum",
)

surprise.slip(
    "no-mean",
    "You return one surprise for each example. A loss is one number for the whole batch.",
    "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "-(y * np.log(p) + (1 - y) * np.log(1 - p))",
)

surprise.slip(
    "divided-by-rows",
    "For a table you divide by the number of rows only. Over how many numbers does the mean run?",
    "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(y)",
)

surprise.slip(
    "one-for-each-column",
    "For a table you return one mean for each column. The loss is one number: over which axes does the mean run?",
    "np.log(1 - p))",
    "np.log(1 - p), axis=0)",
)

surprise.slip(
    "one-for-each-row",
    "For a table you return one mean for each row. The loss is one number: over which axes does the mean run?",
    "np.log(1 - p))",
    "np.log(1 - p), axis=-1)",
)

surprise.slip(
    "label-one-only",
    "Examples with label 0 cost nothing in your loss. Which half of the formula is missing?",
    " + (1 - y) * np.log(1 - p)",
    "",
)

surprise.slip(
    "label-zero-only",
    "Examples with label 1 cost nothing in your loss. Which half of the formula is missing?",
    "y * np.log(p) + ",
    "",
)

surprise.slip(
    "labels-swapped",
    "Your loss is small when the network is wrong. Which of the two logs belongs to label 1?",
    "y * np.log(p) + (1 - y) * np.log(1 - p)",
    "(1 - y) * np.log(p) + y * np.log(1 - p)",
)

surprise.slip(
    "labels-ignored",
    "Both parts count in full for every example. What are they multiplied by, so that only one of them is left?",
    "y * np.log(p) + (1 - y) * np.log(1 - p)",
    "np.log(p) + np.log(1 - p)",
)

surprise.slip(
    "p-for-y",
    "The logs are multiplied by the *probability*. In the formula it is the label that decides which of them counts.",
    "y * np.log(p) + (1 - y) * np.log(1 - p)",
    "p * np.log(p) + (1 - p) * np.log(1 - p)",
)

surprise.slip(
    "no-log",
    "You return how much is missing to certainty. The surprise is minus the *log* of the probability of what happened.",
    "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "np.mean(y * (1 - p) + (1 - y) * p)",
)

surprise.slip(
    "minus-outside-the-log",
    "log(1 - p) and 1 - log(p) are not the same. What is the probability of *no*, if that of yes is p?",
    "np.log(1 - p)",
    "(1 - np.log(p))",
)

surprise.slip(
    "minus-between",
    "The two halves are added. With a minus between them, surprises at label 0 make your loss smaller.",
    "np.log(p) + (1 - y)",
    "np.log(p) - (1 - y)",
)

surprise.slip(
    "base-ten",
    "Your log has base 10. Here, as in Keras, it is the natural logarithm, np.log.",
    "return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "return -np.mean(y * np.log10(p) + (1 - y) * np.log10(1 - p))",
)

surprise.slip(
    "base-two",
    "Your log has base 2. Here, as in Keras, it is the natural logarithm, np.log.",
    "return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "return -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p))",
)

surprise.slip(
    "squared-error",
    "This is the squared error of the probability. It never exceeds 1, not even for a network that is sure and wrong.",
    "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "np.mean((p - y) ** 2)",
)

surprise.slip(
    "small-number-added",
    "A small number inside the log changes the loss where the probability is small. All of p lies between 0 and 1: what is there to repair?",
    "y * np.log(p) + (1 - y) * np.log(1 - p)",
    "y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7)",
)

surprise.slip(
    "clipped",
    "You keep p away from 0 and 1. All of p lies between them already, and a clip changes the loss of a network that is sure and wrong.",
    "return -np.mean",
    "p = np.clip(p, 1e-7, 1 - 1e-7)\n    return -np.mean",
)

surprise.equivalent("total / y.size", "total / p.size", why="both arrays have the same size")
