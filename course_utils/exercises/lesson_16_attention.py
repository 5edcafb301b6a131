"""Exercises of lesson 16: attention weights, masks, a test for leaks, positions, several heads, a transformer block.

The Keras answer is judged by what it does: its output is computed again in NumPy from its weights, so the judge
needs no TensorFlow; `keras` below is imported when one of the answers in this table is really run.
"""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small
from .core.compare import family
from .core.lazy import keras
from .core.networks import is_model, no_model, shapes

lesson = Lesson("16_attention", "Attention")

# The worked example of the lesson: one question, three keys, three answers.
QUERY = np.array([[1.0, 1.0, 1.0, 1.0]])
KEYS = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
VALUES = np.array([[10.0], [20.0], [40.0]])


# Attention weights ------------------------------------------------------------------------------------


def weights_of(query, key):
    """softmax(query @ key^T / sqrt(D)), one row of shares for each query."""
    return nn.softmax(query @ key.T / np.sqrt(query.shape[1]))


attention_weights = lesson.function("attention-weights", reference=weights_of, points=3, title="Attention weights")


@attention_weights.cases
def _(rng):
    yield small("one query, three keys of four numbers", QUERY, KEYS)
    yield random("four queries, three keys", rng.normal(size=(4, 5)), rng.normal(size=(3, 5)))
    yield random("two queries, six keys", rng.normal(size=(2, 3)), rng.normal(size=(6, 3)))
    yield edge("a single key", rng.normal(size=(3, 2)), rng.normal(size=(1, 2)))
    yield edge("scores of thousands", np.array([4 * [1000.0], 4 * [-1000.0]]), rng.uniform(1, 2, (3, 4)))


@attention_weights.mistake(
    "not-scaled",
    "Your shares are too extreme: the scores go into softmax as they are. By what does the formula divide them first?",
)
def _(query, key):
    scores = query @ key.T
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@attention_weights.mistake(
    "scaled-by-size",
    "You divide by D itself, so the shares come out too even. The formula divides by "
    "something smaller: what is done to D?",
)
def _(query, key):
    scores = query @ key.T / query.shape[1]
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@attention_weights.mistake(
    "scaled-by-words",
    "You divide by the root of the number of *keys*. The sum in a score runs over the numbers "
    "of one key: how many are those?",
)
def _(query, key):
    scores = query @ key.T / np.sqrt(len(key))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@attention_weights.mistake(
    "no-softmax", "These are scores: they may be negative, and they do not sum to 1. What makes shares of them?"
)
def _(query, key):
    return query @ key.T / np.sqrt(query.shape[1])


@attention_weights.mistake(
    "columns-sum-to-one",
    "Your *columns* sum to 1. Each query shares out its attention among the keys: which axis holds the keys?",
)
def _(query, key):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=0))
    return e / e.sum(axis=0)


@attention_weights.mistake(
    "whole-table",
    "Your whole table sums to 1. Every query has a full 1 of its own to share out: "
    "over which axis should the sum run, and what does `keepdims` do?",
)
def _(query, key):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max())
    return e / e.sum()


@attention_weights.mistake(
    "keys-ask",
    "Your table has a row for each key. Who asks, the query or the key? Its result should have "
    "the shape (queries, keys).",
)
def _(query, key):
    scores = key @ query.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@attention_weights.mistake(
    "overflow",
    "Small scores are right, scores of thousands give `nan`: what is `np.exp(1000.0)`? "
    "Lesson 02 subtracted something first, and `nn.softmax` does it for you.",
)
def _(query, key):
    e = np.exp(query @ key.T / np.sqrt(query.shape[1]))
    return e / e.sum(axis=-1, keepdims=True)


@attention_weights.mistake(
    "divided-afterwards",
    "You divide the *shares*, so they no longer sum to 1. The formula divides the scores, before softmax: "
    "where does the bracket of softmax close?",
)
def _(query, key):
    scores = query @ key.T
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) / np.sqrt(query.shape[1])


@attention_weights.mistake(
    "scaled-by-queries",
    "You divide by the root of the number of *queries*. D is how many numbers each of them has: "
    "which entry of `query.shape` is that?",
)
def _(query, key):
    scores = query @ key.T / np.sqrt(len(query))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


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


# Mix the values under a mask --------------------------------------------------------------------------


def mixed(query, key, value, mask):
    """weights @ value, with weight 0 where the mask is False."""
    return nn.attention(query, key, value, mask)[0]


attend = lesson.function("attend", reference=mixed, points=3, title="Mix the values under a mask")


def some_mask(rng, t, s):
    """A random mask in which every query may look at one key at least, and not at all of them."""
    mask = rng.uniform(size=(t, s)) < 0.5
    open_, shut = rng.integers(0, s, t), rng.integers(1, s, t)
    mask[np.arange(t), open_] = True
    mask[np.arange(t), (open_ + shut) % s] = False
    return mask


@attend.cases
def _(rng):
    yield small("the worked example, its third key hidden", QUERY, KEYS, VALUES, np.array([[True, True, False]]))
    yield random(
        "four queries, three keys, values of two numbers",
        rng.normal(size=(4, 5)),
        rng.normal(size=(3, 5)),
        rng.normal(size=(3, 2)),
        some_mask(rng, 4, 3),
    )
    yield edge(
        "nothing hidden",
        rng.normal(size=(2, 3)),
        rng.normal(size=(4, 3)),
        rng.normal(size=(4, 5)),
        np.ones((2, 4), bool),
    )
    yield edge(
        "scores of thousands",
        np.array([[2000.0, 0.0], [0.0, 2000.0]]),
        rng.uniform(1, 2, (3, 2)),
        rng.normal(size=(3, 3)),
        some_mask(rng, 2, 3),
    )


@attend.mistake("mask-ignored", "The hidden keys still take part. Where does `mask` come into your code?")
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ value


@attend.mistake("mask-inverted", "You hide the keys that may be seen. What does True stand for in this mask?")
def _(query, key, value, mask):
    scores = np.where(mask, -1e9, query @ key.T / np.sqrt(query.shape[1]))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ value


@attend.mistake(
    "score-zero",
    "You give a hidden key the score 0. What is e to the power 0, and is that no weight at all? "
    "Which score would softmax turn into 0?",
)
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1]) * mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ value


@attend.mistake(
    "rows-below-one",
    "You strike out weights *after* softmax, so the rest of the row sums to less than 1. "
    "What has to happen before softmax instead?",
)
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * mask @ value


@attend.mistake("not-scaled", "The mask is right, but the scores go into softmax undivided. Compare with exercise 1.")
def _(query, key, value, mask):
    scores = np.where(mask, query @ key.T, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ value


@attend.mistake("weights-returned", "You return the shares. What should be mixed in these shares?")
def _(query, key, value, mask):
    scores = np.where(mask, query @ key.T / np.sqrt(query.shape[1]), -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@attend.mistake(
    "keys-mixed",
    "You mix the keys. A key only says how well a word fits the question; which array holds what it answers?",
)
def _(query, key, value, mask):
    scores = np.where(mask, query @ key.T / np.sqrt(query.shape[1]), -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ key


@attend.mistake(
    "plain-average", "All visible words count alike in your mix. Which numbers say how much each of them counts?"
)
def _(query, key, value, mask):
    return mask @ value / mask.sum(axis=1, keepdims=True)


@attend.mistake(
    "overflow",
    "Small scores are right, large ones give `nan`. Subtract each row's largest score first, or let "
    "`nn.softmax` do it.",
)
def _(query, key, value, mask):
    e = np.exp(np.where(mask, query @ key.T / np.sqrt(query.shape[1]), -np.inf))
    return e / e.sum(axis=-1, keepdims=True) @ value


@attend.mistake(
    "low-weights",
    "You put the very low number among the *weights*, and it goes into the mixture. It should stand among the scores, "
    "where softmax makes 0 of it.",
)
def _(query, key, value, mask):
    scores = query @ key.T / np.sqrt(query.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.where(mask, e / e.sum(axis=-1, keepdims=True), -1e9) @ value


@attend.mistake(
    "not-low-enough",
    "The hidden keys still have a small weight: the score you give them is not low enough. The text names one that is.",
)
def _(query, key, value, mask):
    scores = np.where(mask, query @ key.T / np.sqrt(query.shape[1]), -10.0)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ value


@attend.variant("minus infinity")
def _(query, key, value, mask):
    scores = np.where(mask, query @ key.T / np.sqrt(query.shape[1]), -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ value


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


# The causal mask --------------------------------------------------------------------------------------

causal_mask = lesson.function(
    "causal-mask", reference=lambda n: nn.causal_mask(n), points=2, title="No look into the future"
)


@causal_mask.cases
def _(rng):
    yield small("three words", 3)
    yield random("some more words", int(rng.integers(4, 8)))
    yield random("many words", int(rng.integers(8, 15)))
    yield edge("a single word", 1)


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


# A test for leaks -------------------------------------------------------------------------------------


def moved_before(before, after, t):
    """Whether an output before position t moved by more than 1e-6."""
    return bool((np.abs(after[:t] - before[:t]) > 1e-6).any())


leaks = lesson.function("leaks", reference=moved_before, points=2, title="Does the future leak?")


@leaks.cases
def _(rng):
    def outputs(t, moves, length=5, size=3):
        """Outputs before and after a change of word t: the positions in `moves` move by their number."""
        before = rng.normal(size=(length, size))
        after = before.copy()
        for place, by in moves.items():
            after[place, int(rng.integers(size))] += by
        return before, after, t

    far = float(rng.uniform(0.5, 2))
    yield small(
        "word 2 of 3 changed; outputs 1, 2, 3 became 1, 2, 7",
        np.array([[1.0], [2.0], [3.0]]),
        np.array([[1.0], [2.0], [7.0]]),
        2,
    )
    yield small(
        "word 2 of 3 changed; outputs 1, 2, 3 became 4, 2, 7",
        np.array([[1.0], [2.0], [3.0]]),
        np.array([[4.0], [2.0], [7.0]]),
        2,
    )
    yield random("the first output moved", *outputs(3, {0: far, 3: far, 4: far}))
    yield random("an early output became smaller", *outputs(3, {1: -far, 3: far}))
    yield random("only later outputs moved", *outputs(2, {2: far, 3: -far, 4: far}))
    yield random("only the last output moved", *outputs(2, {4: far}))
    yield random("only an early output moved", *outputs(3, {2: far}))
    yield edge("two early moves that cancel out", *outputs(4, {0: far, 2: -far}, size=1))
    yield edge("rounding: a move of 0.000000001", *outputs(3, {1: 1e-9, 3: far}))
    yield edge("the very first word changed", *outputs(0, {0: far, 1: far}))


@leaks.mistake(
    "everything-counts", "You look at all outputs. The changed word and those after it may move; which ones may not?"
)
def _(before, after, t):
    return bool(np.any(np.abs(after - before) > 1e-6))


@leaks.mistake(
    "word-itself",
    "You count position t as well. The output of the changed word is meant to move: where must the slice end?",
)
def _(before, after, t):
    return bool(np.any(np.abs(after[: t + 1] - before[: t + 1]) > 1e-6))


@leaks.mistake(
    "looks-after", "You look at position t and what comes after it. Is that where the future could leak *to*?"
)
def _(before, after, t):
    return bool(np.any(np.abs(after[t:] - before[t:]) > 1e-6))


@leaks.mistake("last-one-only", "You look only at the output just before t. A leak may reach further back.")
def _(before, after, t):
    return bool(np.any(np.abs(after[t - 1] - before[t - 1]) > 1e-6))


@leaks.mistake(
    "one-short", "The word just before t escapes you. A slice ends *before* its second number: what does `[:t]` hold?"
)
def _(before, after, t):
    return bool(np.any(np.abs(after[: max(t - 1, 0)] - before[: max(t - 1, 0)]) > 1e-6))


@leaks.mistake(
    "exactly-equal",
    "You demand equality to the last digit, but computers round. The text allows moves of up to 0.000001.",
)
def _(before, after, t):
    return not np.array_equal(before[:t], after[:t])


@leaks.mistake("only-upwards", "A move downwards escapes you. Does it matter in which direction an output moved?")
def _(before, after, t):
    return bool(np.any(after[:t] - before[:t] > 1e-6))


@leaks.mistake(
    "sums-compared",
    "You compare sums. One output up and another down, and the sum is the same. Compare number by number.",
)
def _(before, after, t):
    return bool(abs(after[:t].sum() - before[:t].sum()) > 1e-6)


@leaks.mistake("reversed", "True should mean: there *is* a leak. You say True when all is well.")
def _(before, after, t):
    return not np.any(np.abs(after[:t] - before[:t]) > 1e-6)


@leaks.mistake(
    "largest-of-nothing",
    "When the very first word changes, there is nothing before it, and the largest of nothing does not exist. "
    "Which function asks whether *any* is True, and says False for none?",
)
def _(before, after, t):
    return bool(np.abs(after[:t] - before[:t]).max() > 1e-6)


@leaks.variant("np.allclose")
def _(before, after, t):
    return not np.allclose(before[:t], after[:t], rtol=0, atol=1e-6)


@leaks.variant("position by position")
def _(before, after, t):
    moved = [max(abs(after[place] - before[place])) > 1e-6 for place in range(t)]
    return any(moved)


# Positions --------------------------------------------------------------------------------------------


def waves(length, size):
    """Column 2i is sin(p / 10000^(2i/size)) for position p, column 2i + 1 the cosine of the same."""
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    table = np.zeros((length, size))
    table[:, ::2], table[:, 1::2] = np.sin(angles), np.cos(angles)
    return table


positions = lesson.function("positions", reference=waves, points=3, title="Positions as waves")


@positions.cases
def _(rng):
    yield small("two words, four numbers each", 2, 4)
    yield random("a sentence", int(rng.integers(5, 12)), int(rng.choice([6, 8, 10])))
    yield random("another sentence", int(rng.integers(12, 20)), 12)
    yield edge("a single word", 1, 6)
    yield edge("one wave, many words", 100, 2)


@positions.mistake(
    "halves",
    "All your sines stand left and all cosines right. In the formula they take turns: which columns are "
    "even? (`table[:, 0::2]`)",
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


@positions.mistake(
    "cosine-first",
    "At position 0 your first number is 1. Which of the two waves starts at 0, and in which column does it stand?",
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    return np.stack([np.cos(angles), np.sin(angles)], axis=-1).reshape(length, size)


@positions.mistake("counts-from-one", "Your first row should belong to position 0, but it is that of position 1.")
def _(length, size):
    angles = np.arange(1, length + 1)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, size)


@positions.mistake(
    "half-exponent",
    "Your waves do not slow down enough. The exponent is 2i/size, not i/size: for the second pair of a "
    "size of 4 it is 2/4.",
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(size // 2) / size)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, size)


@positions.mistake(
    "double-exponent",
    "Your waves slow down too fast. `np.arange(0, size, 2)` is 2i already: for the second pair of a size of 4 the "
    "exponent is 2/4.",
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (2 * np.arange(0, size, 2) / size)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, size)


@positions.mistake(
    "size-forgotten",
    "Your waves slow down far too fast. The exponent is 2i divided by something: for the second pair of a size of 4 it is 2/4.",
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000.0 ** np.arange(0, size, 2)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, size)


@positions.mistake(
    "own-speed-for-each-column",
    "Each of your columns has its own speed. A sine and the cosine beside it belong together: "
    "how many different speeds are there for a size of 4?",
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(size) / size)
    return np.where(np.arange(size) % 2 == 0, np.sin(angles), np.cos(angles))


@positions.mistake(
    "multiplied", "Your later waves are faster than the first. Is the position multiplied by the power, or divided?"
)
def _(length, size):
    angles = np.arange(length)[:, None] * 10_000 ** (np.arange(0, size, 2) / size)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, size)


@positions.mistake("sines-only", "The even columns are right. The odd ones are sines as well: what should they be?")
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    return np.stack([np.sin(angles), np.sin(angles)], axis=-1).reshape(length, size)


@positions.mistake(
    "turned", "Your table lies on its side: one row for each *position* is wanted, shape (length, size)."
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, size).T


@positions.variant("number by number")
def _(length, size):
    table = np.zeros((length, size))
    for p in range(length):
        for i in range(size // 2):
            angle = p / 10000 ** (2 * i / size)
            table[p, 2 * i] = np.sin(angle)
            table[p, 2 * i + 1] = np.cos(angle)
    return table


@positions.variant("exponentials of logarithms")
def _(length, size):
    speed = np.exp(-np.log(10000.0) * np.arange(0, size, 2) / size)
    angles = np.outer(np.arange(length), speed)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, -1)


# Several heads ----------------------------------------------------------------------------------------


def heads_together(x, query_kernel, key_kernel, value_kernel, output_kernel):
    """The sum over heads h of attention(x Q_h, x K_h, x V_h) O_h."""
    return sum(
        nn.attention(x @ query_kernel[:, h], x @ key_kernel[:, h], x @ value_kernel[:, h])[0] @ output_kernel[h]
        for h in range(len(output_kernel))
    )


multi_head = lesson.function("multi-head", reference=heads_together, points=4, title="Several heads")


def head_kernels(rng, size, heads, key):
    """Random kernels in Keras's shapes: three (size, heads, key), one (heads, key, size)."""
    return (*rng.normal(size=(3, size, heads, key)), rng.normal(size=(heads, key, size)))


@multi_head.cases
def _(rng):
    first, second = np.array([[[1.0], [0.0]], [[0.0], [1.0]]]), np.array([[[0.0], [1.0]], [[1.0], [0.0]]])
    yield small(
        "two words, two heads of one number",
        np.array([[1.0, 2.0], [0.5, -1.0]]),
        first,
        second,
        first + 1,
        np.array([[[1.0, 0.0]], [[1.0, 2.0]]]),
    )
    yield random("three words, two heads of two numbers", rng.normal(size=(3, 4)), *head_kernels(rng, 4, 2, 2))
    yield random("five words, three heads of two numbers", rng.normal(size=(5, 6)), *head_kernels(rng, 6, 3, 2))
    yield edge("a single word", rng.normal(size=(1, 4)), *head_kernels(rng, 4, 2, 2))
    yield edge("four words, four heads", rng.normal(size=(4, 4)), *head_kernels(rng, 4, 4, 1))


@multi_head.mistake(
    "first-head-only", "Only the first head has its say. Over which axis of the kernels do you have to loop?"
)
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel)[:1] for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ v, output_kernel[:1])


@multi_head.mistake(
    "last-head-only",
    "Only the last head has its say: each turn of your loop overwrites the one before. "
    "What should happen to the heads' answers?",
)
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel)[-1:] for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ v, output_kernel[-1:])


@multi_head.mistake("averaged", "You take the mean over the heads. The formula adds their answers.")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ v, output_kernel) / len(output_kernel)


@multi_head.mistake(
    "query-and-key-swapped",
    "Your queries are made with the key kernel and your keys with the query kernel. Which word asks?",
)
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    k, q, v = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ v, output_kernel)


@multi_head.mistake("keys-as-values", "What you mix was made with the key kernel. Which kernel makes the answers?")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ k, output_kernel)


@multi_head.mistake(
    "scaled-by-word-size",
    "You divide by the root of the word's size. Inside a head a query is shorter: how many numbers "
    "does a score add up there?",
)
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(x.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ v, output_kernel)


@multi_head.mistake("not-scaled", "The scores go into softmax undivided. By the root of what does a head divide them?")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2)
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ v, output_kernel)


@multi_head.mistake(
    "not-joined",
    "You lay the heads' answers side by side and stop there. Which kernel turns each of them back into "
    "a row of the word's size?",
)
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return (w / w.sum(axis=-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(len(x), -1)


@multi_head.mistake(
    "one-wide-head",
    "All heads share one table of weights, as if they were a single wide head. "
    "Every head should look for itself: where does its own softmax stand?",
)
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (
        np.einsum("td,dhk->thk", x, kernel).reshape(len(x), -1) for kernel in (query_kernel, key_kernel, value_kernel)
    )
    s = q @ k.T / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return w / w.sum(axis=-1, keepdims=True) @ v @ output_kernel.reshape(-1, x.shape[1])


@multi_head.variant("all heads at once")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    q, k, v = (np.einsum("td,dhk->htk", x, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    s = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("htv,hvd->td", w / w.sum(axis=-1, keepdims=True) @ v, output_kernel)


@multi_head.variant("answers side by side, then one product")
def _(x, query_kernel, key_kernel, value_kernel, output_kernel):
    heads, size = output_kernel.shape[:2]
    answers = []
    for h in range(heads):
        s = (x @ query_kernel[:, h]) @ (x @ key_kernel[:, h]).T / size**0.5
        w = np.exp(s - s.max(axis=1, keepdims=True))
        answers.append(w @ (x @ value_kernel[:, h]) / w.sum(axis=1, keepdims=True))
    return np.concatenate(answers, axis=1) @ output_kernel.reshape(heads * size, -1)


# The transformer block --------------------------------------------------------------------------------


def block(size, heads, hidden, causal):
    """x + MultiHeadAttention(norm(x)), then x + Dense(Dense(norm(x))); rows of `size` numbers in and out."""
    x = inputs = keras.Input((None, size))
    normed = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(normed, normed, use_causal_mask=causal)
    normed = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(normed))
    return keras.Model(inputs, x)


build_block = lesson.function("build-block", reference=block, points=4, rounds=1, title="A transformer block")


@build_block.given
def _():
    return {"keras": keras}


@build_block.cases
def _(rng):
    yield small(
        "every word may look everywhere: size 4, two heads, hidden 6",
        rng.normal(size=(2, 3, 4)).astype(np.float32),
        (4, 2, 6, False),
    )
    yield random(
        "causal: size 6, three heads, hidden 5", rng.normal(size=(3, 4, 6)).astype(np.float32), (6, 3, 5, True)
    )


@build_block.drive
def _(answer, x, sizes):
    model = answer(*sizes)
    if not hasattr(model, "get_weights"):
        return family(model)
    model(x)  # a model that was written as a class has its weights only now
    rng = np.random.default_rng(0)  # fresh weights start with biases of 0, which would hide a missing one
    model.set_weights([np.float32(rng.normal(0, 0.5, np.shape(w))) for w in model.get_weights()])
    return {"outputs": model(x), "weights": model.get_weights()}


def block_shapes(size, heads, hidden, key=None):
    """The shapes of norm, attention, norm, dense, dense, as Keras lists them; the key's size is size / heads."""
    return [*norm_shapes(size), *attention_shapes(size, heads, key), *norm_shapes(size), *dense_pair(size, hidden)]


def norm_shapes(size):
    return [(size,), (size,)]


def attention_shapes(size, heads, key=None):
    key = key or size // heads
    return 3 * [(size, heads, key), (heads, key)] + [(heads, key, size), (size,)]


def dense_pair(size, hidden):
    return [(size, hidden), (hidden,), (hidden, size), (size,)]


def normed(x, gamma, beta):
    return gamma * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-3) + beta


def attended(x, weights, causal):
    """Multi-head attention of sentences x (N, T, D) to themselves, from Keras's eight arrays."""
    q, k, v = (
        np.einsum("ntd,dhk->nhtk", x, kernel) + bias[:, None]
        for kernel, bias in zip(weights[:6:2], weights[1:6:2], strict=True)
    )
    y, _ = nn.attention(q, k, v, nn.causal_mask(x.shape[1]) if causal else None)
    return np.einsum("nhtv,hvd->ntd", y, weights[6]) + weights[7]


def block_forward(weights, x, causal, first=True, second=True, bend=nn.relu, end=nn.linear, detour=False):
    """The outputs of a block from its weights; `first` and `second` say whether the shortcuts are there."""
    a = normed(x, *weights[:2])
    x = attended(a, weights[2:10], causal) + first * (a if detour else x)
    a = normed(x, *weights[10:12])
    hidden = bend(a @ weights[12] + weights[13])
    return end(hidden @ weights[14] + weights[15]) + second * (a if detour else x)


def computes(seen, x, sizes, **options):
    """Whether the model has the right weights and computes exactly this forward pass."""
    if shapes(seen) != block_shapes(*sizes[:3]):
        return False
    expected = block_forward(seen["weights"], x, **{"causal": sizes[3]} | options)
    return expected.shape == np.shape(seen["outputs"]) and np.allclose(expected, seen["outputs"], atol=1e-3)


@build_block.accept
def _(seen, x, sizes):
    if not is_model(seen):
        return no_model(seen, "build_block")
    if np.shape(seen["outputs"]) != x.shape:
        return (
            f"words of shape {x.shape} should come out in the same shape, but came out as {np.shape(seen['outputs'])}"
        )
    if shapes(seen) != block_shapes(*sizes[:3]):
        return (
            f"with the sizes {sizes[:3]} the weights, in the order of the drawing, should have the shapes {', '.join(map(str, block_shapes(*sizes[:3])))}; "
            f"yours have {', '.join(map(str, shapes(seen)))}"
        )
    if not computes(seen, x, sizes):
        return "the outputs are not those of norm, attention, shortcut, norm, two dense layers, shortcut"
    return None


def shaped(expected):
    """The mistake is recognised by the shapes of the weights, which `expected(*sizes)` tells."""
    return lambda seen, x, sizes: is_model(seen) and shapes(seen) == expected(*sizes[:3])


def behaves(**options):
    """The mistake is recognised by a forward pass with these options."""
    return lambda seen, x, sizes: is_model(seen) and computes(seen, x, sizes, **options)


@build_block.mistake(
    "no-return",
    "build_block returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    keras.Model(inputs, x)


@build_block.mistake(
    "causal-ignored",
    "With causal=True a word still sees what follows. Which option of the attention's call hides the future, "
    "and where does `causal` stand in your code?",
    when=behaves(causal=False),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "always-causal",
    "Your block hides the future even with causal=False. What should decide about it?",
    when=behaves(causal=True),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=True)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "no-shortcuts",
    "Neither half adds to what came in: both replace it. Where is the `x +` (lesson 15)?",
    when=behaves(first=False, second=False),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "no-first-shortcut",
    "The attention replaces x instead of adding to it. Look at the first half of the drawing: what joins its arrow?",
    when=behaves(first=False),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "no-second-shortcut",
    "The first half adds to x, the second replaces it. Compare the two halves of the drawing.",
    when=behaves(second=False),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "no-bend",
    "The two dense layers have no bend between them, so they do no more than one (lesson 02). "
    "Which of them gets the ReLU?",
    when=behaves(bend=nn.linear),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden)(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "relu-at-the-end",
    "Your second dense layer has a ReLU as well, so a word can only be raised, never lowered. Which of the two gets it?",
    when=behaves(end=nn.relu),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size, activation="relu")(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "shortcuts-after-the-norm",
    "Your shortcuts start behind the norm. In the drawing the line goes round it: what is added is x itself.",
    when=behaves(detour=True),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = a + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = a + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "one-norm",
    "There is only one norm. Each half has a norm of its own, with its own numbers: did you leave one out, or use the same "
    "layer twice?",
    when=shaped(
        lambda size, heads, hidden: norm_shapes(size) + attention_shapes(size, heads) + dense_pair(size, hidden)
    ),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    norm = keras.layers.LayerNormalization()
    a = norm(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(norm(x)))
    return keras.Model(inputs, x)


@build_block.mistake(
    "heads-of-full-size",
    "Each of your heads works with `size` numbers. The heads share them: what does the text say about "
    "the numbers of a head?",
    when=shaped(lambda size, heads, hidden: block_shapes(size, heads, hidden, key=size)),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size)(a, a, use_causal_mask=causal)
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(a))
    return keras.Model(inputs, x)


@build_block.mistake(
    "no-norms",
    "Attention and dense layers are there, but nothing is normalised. Which layer stands before each of the two halves?",
    when=shaped(lambda size, heads, hidden: attention_shapes(size, heads) + dense_pair(size, hidden)),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(x, x, use_causal_mask=causal)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(x))
    return keras.Model(inputs, x)


@build_block.mistake(
    "norm-afterwards",
    "You normalise after each addition, as the first transformer did. That works too, but here the norm comes "
    "first, so that the shortcut stays free. Follow the arrows of the drawing.",
    when=shaped(
        lambda size, heads, hidden: (
            attention_shapes(size, heads) + norm_shapes(size) + dense_pair(size, hidden) + norm_shapes(size)
        )
    ),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(x, x, use_causal_mask=causal)
    x = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(x))
    x = keras.layers.LayerNormalization()(x)
    return keras.Model(inputs, x)


@build_block.mistake(
    "no-dense-half",
    "The attention half is there. What happens to each word by itself afterwards?",
    when=shaped(lambda size, heads, hidden: norm_shapes(size) + attention_shapes(size, heads)),
)
def _(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(a, a, use_causal_mask=causal)
    return keras.Model(inputs, x)


@build_block.variant("Add layers, the dense half as a Sequential")
def _(size, heads, hidden, causal):
    inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization()(inputs)
    attention = keras.layers.MultiHeadAttention(num_heads=heads, key_dim=size // heads)
    x = keras.layers.Add()([inputs, attention(query=a, value=a, key=a, use_causal_mask=causal)])
    a = keras.layers.LayerNormalization()(x)
    dense = keras.Sequential([keras.layers.Dense(hidden), keras.layers.ReLU(), keras.layers.Dense(size)])
    return keras.Model(inputs, keras.layers.Add()([x, dense(a)]))


@build_block.variant("a class of its own")
def _(size, heads, hidden, causal):
    class Block(keras.Model):
        def __init__(self):
            super().__init__()
            self.norm1 = keras.layers.LayerNormalization()
            self.attention = keras.layers.MultiHeadAttention(heads, size // heads)
            self.norm2 = keras.layers.LayerNormalization()
            self.widen = keras.layers.Dense(hidden, activation=keras.activations.relu)
            self.back = keras.layers.Dense(size)

        def call(self, x):
            a = self.norm1(x)
            x = x + self.attention(a, a, a, use_causal_mask=causal)
            return x + self.back(self.widen(self.norm2(x)))

    return Block()
