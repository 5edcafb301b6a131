"""Questions about lesson 14 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of

from .lstm_mistakes import lstm_step
from .next_words import next_words
from .pad import pad


def _long_memory(lstm_step, f, i, g, c):
    """The new long memory of one unit whose biases alone make these gates and this candidate."""
    logit = {0: -50.0, 0.5: 0.0, 1: 50.0}
    bias = np.array([logit[i], logit[f], np.arctanh(g), 0.0])
    return lstm_step(
        np.zeros((1, 1)), np.zeros((1, 1)), np.array([[float(c)]]), np.zeros((1, 4)), np.zeros((1, 4)), bias
    )[1]


BY_HAND = (
    ByHand(
        lstm_step,
        "In an LSTM the long memory is {c}. The forget gate is {f}, the input gate {i}, the candidate {g}. "
        "What is the new long memory?",
        lambda rng: {
            "c": one_of(rng, -4, 2, 4, 6),
            "f": one_of(rng, 0, 0.5, 1),
            "i": one_of(rng, 0, 0.5, 1),
            "g": one_of(rng, -0.5, 0.5),
        },
        _long_memory,
        because="The forget gate says how much is kept, the input gate how much is added: {f} · {c} + {i} · {g} = {answer}.",
        read="LSTM: a memory with gates",
    ),
    ByHand(
        next_words,
        "A network learns to guess the next word from the sentence {words} (words as numbers). What are the targets?",
        lambda rng: {"words": (rng.permutation(9)[:4] + 1).tolist()},
        lambda f, words: f(np.array([words]))[1],
        because="For each word but the last, the word that follows: the sentence without its first word.",
        read="The cat sat on the …",
    ),
    ByHand(
        pad,
        "The review {words} is brought to the length {length}, as in the lesson. What does its row look like?",
        lambda rng: {"words": (rng.permutation(9)[: one_of(rng, 3, 6)] + 1).tolist(), "length": one_of(rng, 4, 5)},
        lambda f, words, length: f([words], length),
        because="A short one gets zeros after its words; of a long one the last words stay.",
        read="Film reviews: prepare",
    ),
)
