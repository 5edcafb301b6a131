"""Attention that looks a letter up, with its way back by hand, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, only_training, stands, stays_high


def lookup(x, y, new, seed):
    """Program 1: the first number asks for a place, attention fetches its letter. The losses, and scores of new rows."""
    rng = np.random.default_rng(seed)
    queries, places = rng.normal(size=(6, 8)), rng.normal(size=(6, 8))
    keys, values = 0.1 * rng.normal(size=(6, 8)), 0.1 * rng.normal(size=(6, 6))

    def forward(rows):
        key = keys[rows[:, 1:]] + places
        scores = np.einsum("nd,ntd->nt", queries[rows[:, 0]], key) / np.sqrt(8)
        weights = nn.softmax(scores)
        return key, weights, np.einsum("nt,ntk->nk", weights, values[rows[:, 1:]])

    losses = []
    for _ in range(40):
        for chosen in rng.permutation(len(x)).reshape(-1, 20):
            rows = x[chosen]
            key, weights, logits = forward(rows)
            dlogits = (nn.softmax(logits) - nn.one_hot(y[chosen], 6)) / len(rows)
            dweights = np.einsum("nk,ntk->nt", dlogits, values[rows[:, 1:]])
            dscores = weights * (dweights - (weights * dweights).sum(axis=1, keepdims=True)) / np.sqrt(8)
            dkey = dscores[:, :, None] * queries[rows[:, 0]][:, None]
            np.add.at(values, rows[:, 1:], -1.0 * weights[:, :, None] * dlogits[:, None])
            np.add.at(queries, rows[:, 0], -1.0 * np.einsum("nt,ntd->nd", dscores, key))
            places = places - 1.0 * dkey.sum(axis=0)
        losses.append(nn.sparse_categorical_crossentropy(y, forward(x)[2], from_logits=True))
    return losses, forward(new)[2]


repair_lookup = RepairExercise(
    "repair-lookup",
    program=lookup,
    title="Repair a program",
    symptoms=[grows, stands, stays_high, only_training],
    goal=Goal(loss=0.2, accuracy=0.95, classes=6),
)


def rows_and_answers(rng, count):
    """So many rows of a place and six letters, and the letter that stands at this place."""
    rows = rng.integers(0, 6, (count, 7))
    return rows, rows[np.arange(count), 1 + rows[:, 0]]


@repair_lookup.cases
def _(rng):
    yield "rows of six letters", *rows_and_answers(rng, 400), *rows_and_answers(rng, 300), int(rng.integers(1000))


repair_lookup.bug(
    "no-places",
    stays_high,
    "The query asks for a place. What of a key tells where its letter stands?",
    "keys[rows[:, 1:]] + places",
    "keys[rows[:, 1:]]",
    why="the keys did not hold their positions. All that was left to learn is which letters stand in the row, and how often.",
)
repair_lookup.bug(
    "shares-over-rows",
    stands,
    "The weights of one query should sum to 1. Over which axis do they here, and what are they then for a single row?",
    "nn.softmax(scores)",
    "nn.softmax(scores.T).T",
    why="softmax went over the rows of the batch, not over the letters of a row. So each row got a small part of its letter, and the more rows there were, the smaller.",
)
repair_lookup.bug(
    "uphill",
    grows,
    "Take one row. Its right letter has the share 0.2. Which sign has `dlogits` there, and which way should its logit go?",
    "nn.softmax(logits) - nn.one_hot(y[chosen], 6)",
    "nn.one_hot(y[chosen], 6) - nn.softmax(logits)",
    why="all tables went up the slope.",
)
repair_lookup.bug(
    "new-from-behind",
    only_training,
    "Training is well. What stands in the first column of a training row, and what in that of a new one?",
    "forward(new)[2]",
    "forward(new[:, ::-1])[2]",
    why="new rows were read from behind, so their last letter was taken for the place.",
)
repair_lookup.another("a smaller rate for the places", "places - 1.0", "places - 0.7")
