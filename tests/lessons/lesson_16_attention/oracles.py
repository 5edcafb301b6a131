"""Lesson 16 by other means: Keras's own layers in float64, SciPy, sums in Python, complex numbers."""

from functools import cache

import numpy as np
from scipy.special import softmax

from course_utils.lessons.lesson_16_attention import name_models


@cache
def attention_layer(size, heads, key):
    """Keras's MultiHeadAttention in float64, without biases, its weights still to be set."""
    from course_utils.environment import import_tensorflow

    import_tensorflow()
    import keras

    made = keras.layers.MultiHeadAttention(heads, key, use_bias=False, dtype="float64")
    made.build((None, None, size), (None, None, size))
    return made


def attention_weights(query, key):
    scores = [[sum(a * b for a, b in zip(q, k, strict=True)) / len(q) ** 0.5 for k in key] for q in query]
    return softmax(scores, axis=1)


def attend(query, key, value, mask):
    """Each query looks at an array that holds only the keys it may see."""
    return np.concatenate([attention_weights(query[[t]], key[row]) @ value[row] for t, row in enumerate(mask)])


def causal_mask(n):
    return np.array([[looked_at <= looking for looked_at in range(n)] for looking in range(n)])


def leaks(before, after, t):
    return any(
        abs(a - b) > 1e-6
        for old, new in list(zip(before, after, strict=True))[:t]
        for a, b in zip(old, new, strict=True)
    )


def positions(length, size):
    """A pair of columns is a pointer that turns: cos + i sin, swapped."""
    turned = [np.exp(1j / 10_000 ** (pair / size)) ** np.arange(length) for pair in range(0, size, 2)]
    return np.stack([part for pointer in turned for part in (pointer.imag, pointer.real)], axis=1)


def multi_head(x, *kernels):
    layer = attention_layer(x.shape[1], *kernels[0].shape[1:])
    layer.set_weights(kernels)
    return layer(x[None], x[None]).numpy()[0]


FREQUENCIES = {
    name_models.tossing: {
        "the same `rng` writes the same": True,
        "lengths": [12],
        "all names alike": False,
        "all letters of a name alike": False,
        "letter a": "as often as it should",
    },
    name_models.favouring_a: {
        "the same `rng` writes the same": True,
        "lengths": [1],
        "letter a": "as often as it should",
    },
}


def generate(model, context, limit, temperature, names, seed):
    """Without chance: what a model that is sure writes; of the others, what their cases promise."""

    def rest(so_far):
        letter = int(np.argmax(model(so_far[max(len(so_far) - context, 0) :])))
        return [] if letter == 0 or len(so_far) > limit else [letter, *rest([*so_far, letter])]

    return FREQUENCIES.get(model) or rest([0])


ORACLES = {
    "attention-weights": attention_weights,
    "attend": attend,
    "causal-mask": causal_mask,
    "leaks": leaks,
    "positions": positions,
    "multi-head": multi_head,
    "generate": generate,
}
