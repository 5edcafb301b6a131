"""A program that promises a time for each ride, such that a broken promise and a long wait cost little together."""

import numpy as np

from course_utils.exercises import Mark, OpenTask
from course_utils.exercises.open_task import standardized

from .rides import EXAM, YOURS, cost, draw

NEEDED = 70  # cents a ride; 53 to 59 over 20 days, 85 to 97 for the mean, 142 to 154 for one promise for all


def descended(x, y, seed):
    """All rides at once, with steps that get shorter."""
    mean, std = x.mean(axis=0), x.std(axis=0)
    z = (x - mean) / std
    w, b = np.zeros(x.shape[1]), 0.0
    for k in range(400):
        late = y > z @ w + b
        slope = np.where(late, -90.0, 10.0)
        rate = 0.02 / (1 + k / 40)
        w = w - rate * z.T @ slope / len(z)
        b = b - rate * slope.mean()

    def predict(rows):
        return (rows - mean) / std @ w + b

    return predict


train = OpenTask(
    "train",
    reference=descended,
    points=8,
    title="A promise for each ride",
    mark=Mark(cost, needed=NEEDED, little=110, told="{:.0f} cents a ride"),
    easier=standardized,
    easier_words="all columns brought to mean 0 and spread 1",
)


@train.rows
def _(rng):
    yours, exam = draw(YOURS, rng), draw(EXAM, rng)
    return yours.x, yours.minutes, exam.x, exam.minutes


train.variant("all rides at once")(descended)


@train.variant("mini-batches")
def _(x, y, seed):
    rng = np.random.default_rng(seed)
    center, spread = np.median(x, axis=0), x.std(axis=0)
    table = np.column_stack([(x - center) / spread, np.ones(len(x))])
    weights, rate = np.zeros(table.shape[1]), 0.02
    for _ in range(20):
        order = rng.permutation(len(x))
        for start in range(0, len(x), 32):
            chosen = order[start : start + 32]
            missed = y[chosen] - table[chosen] @ weights
            weights += rate * table[chosen].T @ np.where(missed > 0, 90.0, -10.0) / len(chosen)
        rate *= 0.8
    return lambda rows: np.column_stack([(rows - center) / spread, np.ones(len(rows))]) @ weights


@train.variant("the usual time by squared errors, and a margin for nine in ten")
def _(x, y, seed):
    mean, std = x.mean(axis=0), x.std(axis=0)
    z, w, b = (x - mean) / std, np.zeros(x.shape[1]), y.mean()
    for _ in range(300):
        error = z @ w + b - y
        w, b = w - 0.1 * z.T @ error / len(z), b - 0.1 * error.mean()
    margin = np.sort(y - z @ w - b)[len(y) * 9 // 10]

    def predict(rows):
        return ((rows - mean) / std @ w + b + margin).tolist()

    return predict


train.known("returns-nothing", "    return predict\n", "")
train.known("no-function", "return predict\n", "return w, b\n")
train.known("predict-returns-nothing", "return (rows", "(rows")
train.known("column", "return (rows - mean) / std @ w + b", "return ((rows - mean) / std @ w + b)[:, None]")
train.known("wrong-axis", "(rows - mean) / std @ w + b", "((rows - mean) / std * w).sum(axis=0) + b")
train.known("units", "mean, std = x.mean(axis=0), x.std(axis=0)", "mean, std = 0, 1")
train.known("not-finite", "0.02 / (1 + k / 40)", "0.02 / np.sqrt(k)")
train.known("another-answer-each-time", "std @ w + b", "std @ w + b + np.random.normal(0, 1, len(rows))")
train.known(
    "prepared-by-the-request", "(rows - mean) / std @", "(rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-9) @"
)
train.known("guess", "y[chosen] -", "y[rng.permutation(len(y))[: len(chosen)]] -", of="mini-batches")
train.known("short", "z = (x - mean) / std", "z = (x - mean) / std * [1, 0, 0, 0, 0, 0]")


@train.symptom(
    "before-the-start",
    (
        "Most of your promises lie below 0 minutes: before the courier has left. Which way does each step go? A ride that comes "
        "late must make its promise *longer*."
    ),
    "np.where(late, -90.0, 10.0)",
    "np.where(late, 90.0, -10.0)",
)
def _(said, truth, rows):
    return np.mean(said < 0) > 0.9


@train.symptom(
    "no-bias",
    (
        "Your promises are about 0 minutes on average, and a ride takes a quarter of an hour. Which number lifts all "
        "promises alike, and does it move in each step?"
    ),
    "b = b - rate * slope.mean()",
    "b = 0.0",
)
def _(said, truth, rows):
    return abs(np.mean(said)) < 1


@train.symptom(
    "costs-swapped",
    (
        "Only about one promise in ten is kept. Which of the two minutes costs 90 cents, the one before the promised time or "
        "the one after it? If yours is right: are the promises still growing when you stop?"
    ),
    "np.where(late, -90.0, 10.0)",
    "np.where(late, -10.0, 90.0)",
)
def _(said, truth, rows):
    return 0.02 < np.mean(truth <= said) < 0.2


@train.symptom(
    "both-sides-alike",
    (
        "About every second promise is kept, as if a minute late cost as much as a minute early. Which slope does a late "
        "ride have, and which an early one?"
    ),
    "np.where(late, -90.0, 10.0)",
    "2 * (z @ w + b - y)",
)
def _(said, truth, rows):
    return 0.4 < np.mean(truth <= said) < 0.75
