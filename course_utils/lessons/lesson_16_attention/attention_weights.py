"""Attention weights: how each query shares out its attention among the keys."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import KEYS, QUERY


def weights_of(query, key):
    """softmax(query @ key^T / sqrt(D)), one row of shares for each query."""
    return nn.softmax(query @ key.T / np.sqrt(query.shape[1]))


attention_weights = FunctionExercise(
    "attention-weights", reference=weights_of, points=3, title="Attention weights", library=(nn.attention,)
)


@attention_weights.cases
def _(rng):
    yield small("one query, three keys of four numbers", QUERY, KEYS)
    yield random("four queries, three keys", rng.normal(size=(4, 5)), rng.normal(size=(3, 5)))
    yield random("two queries, six keys", rng.normal(size=(2, 3)), rng.normal(size=(6, 3)))
    yield edge("a single key", rng.normal(size=(3, 2)), rng.normal(size=(1, 2)))
    yield edge("a single query of nine numbers", rng.normal(size=(1, 9)), rng.normal(size=(4, 9)))
    yield edge("whole numbers", rng.integers(-3, 4, (3, 3)), rng.integers(-3, 4, (5, 3)))
    yield edge("scores of thousands", np.array([4 * [1000.0], 4 * [-1000.0]]), rng.uniform(1, 2, (3, 4)))
    yield edge(
        "in one row scores from −4,000 to 4,000",
        np.array([[4000.0], [1.0]]),
        np.array([[-1.0], [rng.uniform(-0.5, 0.5)], [1.0]]),
    )


@attention_weights.variant("softmax by hand")
def _(query, key):
    scores = query @ key.T / np.sqrt(query.shape[1])
    along = {"axis": -1, "keepdims": True}
    e = np.exp(scores - scores.max(**along))
    return e / e.sum(**along)


@attention_weights.variant("the query scaled first, einsum")
def _(query, key):
    scores = np.einsum("td,sd->ts", query / query.shape[-1] ** 0.5, key)
    shifted = scores - scores.max(axis=1)[:, None]
    return np.exp(shifted) / np.exp(shifted).sum(axis=1)[:, None]


@attention_weights.variant("query by query")
def _(query, key):
    rows = []
    for q in query:
        scores = np.array([np.dot(q, k) for k in key]) / np.sqrt(len(q))
        e = np.exp(scores - max(scores))
        rows.append(e / sum(e))
    return np.array(rows)


attention_weights.slip(
    "not-scaled",
    "Your shares are too extreme: the scores go into softmax as they are. By what does the formula divide them first?",
    " / np.sqrt(query.shape[1])",
    "",
)

attention_weights.slip(
    "scaled-by-size",
    (
        "You divide by D itself, so the shares come out too even. The formula divides by "
        "something smaller: what is done to D?"
    ),
    "np.sqrt(query.shape[1])",
    "query.shape[1]",
)

attention_weights.slip(
    "scaled-by-words",
    (
        "You divide by the root of the number of *keys*. The sum in a score runs over the numbers "
        "of one key: how many are those?"
    ),
    "query.shape[1]",
    "len(key)",
)

attention_weights.slip(
    "no-softmax",
    "These are scores: they may be negative, and they do not sum to 1. What makes shares of them?",
    "e / e.sum(**along)",
    "scores",
)

attention_weights.slip(
    "columns-sum-to-one",
    "Your *columns* sum to 1. Each query shares out its attention among the keys: which axis holds the keys?",
    '"axis": -1',
    '"axis": 0',
)

attention_weights.slip(
    "whole-table",
    (
        "Your whole table sums to 1. Every query has a full 1 of its own to share out: "
        "over which axis should the sum run, and what does `keepdims` do?"
    ),
    '"axis": -1',
    '"axis": None',
)

attention_weights.slip(
    "keys-ask",
    (
        "Your table has a row for each key. Who asks, the query or the key? Its result should have "
        "the shape (queries, keys)."
    ),
    "query @ key.T",
    "key @ query.T",
)

attention_weights.slip(
    "shifted-by-the-whole-table",
    (
        "You subtract the largest score of the whole *table*. In a row of much lower scores every power of e then becomes "
        "0, and 0 / 0 is `nan`. Of what should it be the largest?"
    ),
    "scores.max(**along)",
    "scores.max()",
)

attention_weights.slip(
    "shifted-by-too-little",
    (
        "What you subtract from a row leaves its largest score above 0, and that may still be thousands. "
        "After which shift is no score above 0?"
    ),
    "scores.max(**along)",
    "scores.mean(**along)",
)

attention_weights.slip(
    "overflow",
    (
        "Small scores are right, scores of thousands give `nan`: what is `np.exp(1000.0)`? "
        "Lesson 02 subtracted something first, and `nn.softmax` does it for you."
    ),
    " - scores.max(**along)",
    "",
)


@attention_weights.mistake(
    "divided-afterwards",
    "You divide the *shares*, so they no longer sum to 1. The formula divides the scores, before softmax: "
    "where does the bracket of softmax close?",
)
def _(query, key):
    scores = query @ key.T
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) / np.sqrt(query.shape[1])


attention_weights.slip(
    "scaled-by-queries",
    (
        "You divide by the root of the number of *queries*. D is how many numbers each of them has: "
        "which entry of `query.shape` is that?"
    ),
    "query.shape[1]",
    "len(query)",
)

attention_weights.slip(
    "multiplied",
    "You multiply the scores by the root, so the shares are far too extreme. What does the fraction bar of the formula say?",
    "/ np.sqrt",
    "* np.sqrt",
)

attention_weights.slip(
    "scaled-by-all-numbers",
    "You divide by the root of how many numbers all queries have together. D is how many a single one has.",
    "query.shape[1]",
    "query.size",
)

attention_weights.slip(
    "shares-without-e",
    "You divide the scores by their sum. Softmax does something to each score first: what makes a negative one positive?",
    "np.exp(scores - scores.max(**along))",
    "scores",
)

attention_weights.slip(
    "one-by-one",
    "Your shares of a query do not sum to 1: each stands alone, as after a sigmoid. Which function makes shares that share one whole?",
    "e / e.sum(**along)",
    "1 / (1 + np.exp(-scores))",
)

attention_weights.slip(
    "whole-pair",
    "You return two things, the mixture and the weights, as `nn.attention` does. Only one of them is asked for: which?",
    "e / e.sum(**along)",
    "e / e.sum(**along) @ key, e / e.sum(**along)",
)

attention_weights.slip(
    "mixture-returned",
    "You return a mixture of the keys. Here only the shares are asked for, a row of S numbers for each query.",
    "e / e.sum(**along)",
    "e / e.sum(**along) @ key",
)

attention_weights.equivalent("query.shape[1]", "key.shape[1]", why="a key has as many numbers as a query")
attention_weights.equivalent("query.shape[-1]", why="a query has two axes, and a key as many numbers")
attention_weights.equivalent("{'axis': -1, 'keepdims': True}", "{'axis': 1, 'keepdims': True}", why="two axes: -1 is 1")
attention_weights.equivalent("np.array([np.dot(q, k) for k in key])", why="dividing by a NumPy number makes an array")
attention_weights.equivalent("np.dot(q, k)", "np.dot(k, q)", why="a sum of products has no order")
