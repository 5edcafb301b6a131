"""A mask that hides the future: who may look at whom."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family


def no_future(n):
    """True where column j is not behind row i."""
    return nn.causal_mask(n)


causal_mask = FunctionExercise(
    "causal-mask", reference=no_future, points=2, title="No look into the future", library=(nn.causal_mask,)
)


@causal_mask.cases
def _(rng):
    yield small("three words", 3)
    yield random("some more words", int(rng.integers(4, 8)))
    yield random("many words", int(rng.integers(8, 15)))
    yield edge("a single word", 1)
    yield edge("a page", int(rng.integers(60, 90)))


@causal_mask.variant("a lower triangle")
def _(n):
    return np.tril(np.ones((n, n), bool), k=0)


@causal_mask.variant("comparing positions")
def _(n):
    places = np.arange(n)
    return places[:, None] >= places


@causal_mask.variant("two loops")
def _(n):
    mask = np.zeros((n, n), bool)
    for i in range(n):
        mask[i, : i + 1] = True
    return mask


causal_mask.slip(
    "looks-ahead",
    (
        "Your triangle is the wrong way round: the first word may look at all that follow. "
        "Row i is the word that looks, column j the word looked at. When is j allowed?"
    ),
    "np.tril",
    "np.triu",
)

causal_mask.slip(
    "marks-the-forbidden",
    "Your True marks what is forbidden. In this lesson True means: looking is allowed.",
    "np.tril(np.ones((n, n), bool), k=0)",
    "np.triu(np.ones((n, n), bool), k=1)",
)

causal_mask.slip(
    "not-itself",
    (
        "No word may look at itself, and the first word may look at nothing at all. "
        "Does the diagonal belong to the future?"
    ),
    "k=0",
    "k=-1",
)

causal_mask.slip(
    "one-ahead",
    (
        "Each word may look at the next one too, and that is just the word it should predict. "
        "On which diagonal does your triangle end?"
    ),
    "k=0",
    "k=1",
)

causal_mask.slip(
    "only-itself",
    "Every word sees nothing but itself. The past is allowed as well.",
    "np.tril(np.ones((n, n), bool), k=0)",
    "np.eye(n, dtype=bool)",
)

causal_mask.slip(
    "all-allowed",
    "Everything is allowed. Which half of the table is the future?",
    "np.tril(np.ones((n, n), bool), k=0)",
    "np.ones((n, n), bool)",
)

causal_mask.slip(
    "ones-and-zeros",
    "The triangle is right, but it is made of 1 and 0. What does `dtype=bool` do, or a comparison?",
    "np.ones((n, n), bool)",
    "np.ones((n, n))",
)

causal_mask.slip(
    "on-its-side",
    "A mask of one row? Every word looks, so every word has a row: the shape is (n, n).",
    "np.tril(np.ones((n, n), bool), k=0)",
    "np.tri(n, dtype=bool)[-1]",
)

causal_mask.slip(
    "scores",
    "These are scores. The mask only says who may be looked at: True or False.",
    "np.tril(np.ones((n, n), bool), k=0)",
    "np.where(np.tri(n, dtype=bool), 0, -1e9)",
)

causal_mask.slip(
    "a-list",
    "The triangle is right, but it is a list of lists. Make an array of it: `np.array(...)`.",
    "np.tril(np.ones((n, n), bool), k=0)",
    "[[j <= i for j in range(n)] for i in range(n)]",
    when=lambda seen, n: family(seen) == "a list or tuple" and np.array_equal(seen, np.tri(n, dtype=bool)),
)

causal_mask.equivalent("np.tril(np.ones((n, n), bool), k=0)", "np.tril(np.ones((n, n), bool))", why="k is 0 anyway")
