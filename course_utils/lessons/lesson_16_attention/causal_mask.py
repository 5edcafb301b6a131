"""No look into the future."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family

causal_mask = FunctionExercise(
    "causal-mask", reference=lambda n: nn.causal_mask(n), points=2, title="No look into the future"
)


@causal_mask.cases
def _(rng):
    yield small("three words", 3)
    yield random("some more words", int(rng.integers(4, 8)))
    yield random("many words", int(rng.integers(8, 15)))
    yield edge("a single word", 1)


@causal_mask.variant("comparing positions")
def _(n):
    places = np.arange(n)
    return places[:, None] >= places


@causal_mask.variant("ones and zeros")
def _(n):
    return np.tril(np.ones((n, n)))


@causal_mask.variant("two loops")
def _(n):
    mask = np.zeros((n, n), bool)
    for i in range(n):
        mask[i, : i + 1] = True
    return mask


@causal_mask.mistake(
    "looks-ahead",
    "Your triangle is the wrong way round: the first word may look at all that follow. "
    "Row i is the word that looks, column j the word looked at. When is j allowed?",
)
def _(n):
    return np.triu(np.ones((n, n), bool))


@causal_mask.mistake(
    "marks-the-forbidden", "Your True marks what is forbidden. In this lesson True means: looking is allowed."
)
def _(n):
    return np.triu(np.ones((n, n), bool), k=1)


@causal_mask.mistake(
    "not-itself",
    "No word may look at itself, and the first word may look at nothing at all. "
    "Does the diagonal belong to the future?",
)
def _(n):
    return np.tril(np.ones((n, n), bool), k=-1)


@causal_mask.mistake(
    "one-ahead",
    "Each word may look at the next one too, and that is just the word it should foretell. "
    "On which diagonal does your triangle end?",
)
def _(n):
    return np.tril(np.ones((n, n), bool), k=1)


@causal_mask.mistake("only-itself", "Every word sees nothing but itself. The past is allowed as well.")
def _(n):
    return np.eye(n, dtype=bool)


@causal_mask.mistake("all-allowed", "Everything is allowed. Which half of the table is the future?")
def _(n):
    return np.ones((n, n), bool)


@causal_mask.mistake("scores", "These are scores. The mask only says who may be looked at: True or False.")
def _(n):
    return np.where(np.tri(n, dtype=bool), 0, -1e9)


@causal_mask.mistake(
    "a-list",
    "The triangle is right, but it is a list of lists. Make an array of it: `np.array(...)`.",
    when=lambda seen, n: family(seen) == "a list or tuple" and np.array_equal(seen, np.tri(n, dtype=bool)),
)
def _(n):
    return [[j <= i for j in range(n)] for i in range(n)]
