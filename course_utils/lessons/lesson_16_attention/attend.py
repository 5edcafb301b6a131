"""Mix the values under a mask."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import KEYS, QUERY

VALUES = np.array([[10.0], [20.0], [40.0]])


def mixed(query, key, value, mask):
    """weights @ value, with weight 0 where the mask is False."""
    return nn.attention(query, key, value, mask)[0]


attend = FunctionExercise(
    "attend", reference=mixed, points=3, title="Mix the values under a mask", library=(nn.attention,)
)


def some_mask(rng, t, s):
    """A random mask in which every query may look at one key at least, and not at all of them."""
    mask = rng.uniform(size=(t, s)) < 0.5
    open_, shut = rng.integers(0, s, t), rng.integers(1, s, t)
    mask[np.arange(t), open_] = True
    mask[np.arange(t), (open_ + shut) % s] = False
    return mask


@attend.cases
def _(rng):
    def rows(t, s, d, v):
        return rng.normal(size=(t, d)), rng.normal(size=(s, d)), rng.normal(size=(s, v))

    yield small("the worked example, its third key hidden", QUERY, KEYS, VALUES, np.array([[True, True, False]]))
    yield random("four queries, three keys, values of two numbers", *rows(4, 3, 5, 2), some_mask(rng, 4, 3))
    yield edge("nothing hidden", *rows(2, 4, 3, 5), np.ones((2, 4), bool))
    yield edge("a single visible word", *rows(2, 4, 3, 2), np.eye(4, dtype=bool)[rng.permutation(4)[:2]])
    yield edge("many words, only the past", *rows(9, 9, 4, 3), np.tri(9, dtype=bool))
    yield edge(
        "a hidden word whose score is far above the others",
        np.array([[1000.0]]),
        np.array([[1.0], [5.0], [rng.uniform(1.0, 1.001)]]),
        rng.normal(size=(3, 2)),
        np.array([[True, False, True]]),
    )
    yield edge(
        "visible words with scores of minus hundreds of thousands",
        np.array([[-1000.0], [-2000.0]]),
        300 + rng.uniform(0, 1e-3, (3, 1)),
        rng.normal(size=(3, 2)),
        some_mask(rng, 2, 3),
    )
    yield edge(
        "in one row scores from −2,000 to 2,000",
        np.array([[2000.0]]),
        np.array([[-1.0], [0.0], [1.0]]),
        rng.normal(size=(3, 2)),
        np.array([[True, True, False]]),
    )
    yield edge(
        "scores of thousands",
        np.array([[2000.0, 0.0], [0.0, 2000.0]]),
        rng.uniform(1, 2, (3, 2)),
        rng.normal(size=(3, 3)),
        some_mask(rng, 2, 3),
    )


@attend.variant("minus infinity")
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1])
    scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ value


@attend.variant("a very low score, added")
def _(query, key, value, mask):
    scores = np.einsum("td,sd->ts", query, key) / query.shape[1] ** 0.5 + np.where(mask, 0, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.einsum("ts,sv->tv", e / e.sum(axis=-1, keepdims=True), value)


@attend.variant("query by query, over the visible keys only")
def _(query, key, value, mask):
    rows = []
    for q, visible in zip(query, mask, strict=True):
        scores = key[visible] @ q / np.sqrt(len(q))
        e = np.exp(scores - scores.max())
        rows.append(e @ value[visible] / e.sum())
    return np.stack(rows)


attend.slip(
    "mask-ignored",
    "The hidden keys still take part. Where does `mask` come into your code?",
    "    scores = np.where(mask, scores, -np.inf)\n",
    "",
)

attend.slip(
    "mask-inverted",
    "You hide the keys that may be seen. What does True stand for in this mask?",
    "np.where(mask, scores, -np.inf)",
    "np.where(mask, -1e9, scores)",
)

attend.slip(
    "allowed-made-low",
    "You hide the words that may be looked at. Here True means *allowed*: for which words should the very low number be added?",
    "np.where(mask, 0, -1e9)",
    "mask * -1e9",
    of="a very low score, added",
)

attend.slip(
    "allowed-made-infinitely-low",
    "You give minus infinity to the words that may be looked at. Here True means *allowed*: which words should get it?",
    "np.where(mask, scores, -np.inf)",
    "np.where(mask, -np.inf, scores)",
)

attend.slip(
    "score-zero",
    (
        "You give a hidden key the score 0, or one that is hardly more. What is e to the power 0, and is that no weight at all? "
        "Which score would softmax turn into 0?"
    ),
    "np.where(mask, scores, -np.inf)",
    "scores * mask",
)


@attend.mistake(
    "rows-below-one",
    "You strike out weights *after* softmax, so the rest of the row sums to less than 1. "
    "What has to happen before softmax instead?",
)
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * mask @ value


@attend.mistake(
    "shares-mended-afterwards",
    "You strike out weights after softmax and divide the rest by their sum. That goes well until a hidden word's score is far "
    "above the others: it takes the whole share, nothing is left, and 0 / 0 is `nan`. Which number could take the hidden "
    "score's place before softmax?",
)
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    left = e / e.sum(axis=-1, keepdims=True) * mask
    return left / left.sum(axis=-1, keepdims=True) @ value


attend.slip(
    "not-scaled",
    "The mask is right, but the scores go into softmax undivided. Compare with exercise 1.",
    " / np.sqrt(query.shape[1])",
    "",
)

attend.slip(
    "weights-returned", "You return the shares. What should be mixed in these shares?", "weights @ value", "weights"
)

attend.slip(
    "keys-mixed",
    "You mix the keys. A key only says how well a word fits the question; which array holds what it answers?",
    "weights @ value",
    "weights @ key",
)

attend.slip(
    "plain-average",
    "All visible words count alike in your mix. Which numbers say how much each of them counts?",
    "np.where(mask, scores, -np.inf)",
    "np.where(mask, 0.0, -np.inf)",
)

attend.slip(
    "overflow",
    (
        "Small scores are right, large ones give `nan`. Subtract each row's largest score first, or let "
        "`nn.softmax` do it."
    ),
    " - scores.max(axis=-1, keepdims=True)",
    "",
)


@attend.mistake(
    "low-weights",
    "You put the very low number among the *weights*, and it goes into the mixture. It should stand among the scores, "
    "where softmax makes 0 of it.",
)
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.where(mask, e / e.sum(axis=-1, keepdims=True), -1e9) @ value


attend.slip(
    "not-low-enough",
    "The hidden keys still have a small weight: the score you give them is not low enough. The text names one that is.",
    "-np.inf",
    "-10.0",
)

attend.slip(
    "thousands-are-not-low-enough",
    (
        "The score you give a hidden word is low for everyday scores, and high beside visible scores that are lower still. "
        "The text names two numbers that are low enough for all of them."
    ),
    "-np.inf",
    "-1e4",
)

attend.slip(
    "columns-sum-to-one",
    "Your shares sum to 1 down the columns. Each query shares out among the keys: along which axis of the table do they lie?",
    "e.sum(axis=-1, keepdims=True)",
    "e.sum(axis=0, keepdims=True)",
)

attend.slip(
    "whole-pair",
    "You return two things, the mixture and the weights, as `nn.attention` does. Only one of them is asked for: which?",
    "return weights @ value",
    "return weights @ value, weights",
)

attend.slip(
    "values-hidden",
    "You set hidden *values* to 0, but their words keep a share, so the others' shares sum to less than 1. What should be hidden?",
    "    scores = np.where(mask, scores, -np.inf)\n",
    "    value = np.where(mask.any(axis=0)[:, None], value, 0.0)\n",
)

attend.slip(
    "one-row-of-the-mask",
    "You use the first row of the mask for every query. Each query has a row of its own.",
    "np.where(mask, scores",
    "np.where(mask[0], scores",
)

attend.slip(
    "infinity-times-zero",
    "0 times infinity is `nan`. Choose between two numbers instead: what does `np.where` do?",
    "np.where(mask, scores, -np.inf)",
    "scores + (1 - mask) * -np.inf",
)

attend.slip(
    "added-up",
    "You add the answers of all queries up. Each query has an answer of its own, a row of the result.",
    "weights @ value",
    "(weights @ value).sum(axis=0)",
)

attend.slip(
    "root-of-the-values",
    "You divide by the root of how many numbers a *value* has. Over which numbers does the sum in a score run?",
    "query.shape[1]",
    "value.shape[1]",
)

attend.slip(
    "root-of-the-keys",
    "You divide by the root of the number of *keys*. Over which numbers does the sum in a score run?",
    "query.shape[1]",
    "len(key)",
)

attend.slip(
    "divided-without-a-root",
    "You divide the scores by how many numbers a query has. What does the formula take of it first?",
    "np.sqrt(query.shape[1])",
    "query.shape[1]",
)


attend.equivalent("query.shape[1]", "key.shape[1]", why="a key has as many numbers as a query")
attend.equivalent("axis=-1", "axis=1", why="two axes: -1 is 1")
for number in ("1, -1000000000.0", "-1, -1000000000.0"):
    attend.equivalent(
        "np.where(mask, 0, -1000000000.0)", f"np.where(mask, {number})", why="softmax ignores a number added to all"
    )
for number in ("-1000000001.0", "-2000000000.0", "-500000000.0", "-1000000000000.0"):
    attend.equivalent("np.where(mask, 0, -1000000000.0)", f"np.where(mask, 0, {number})", why="low enough too")
