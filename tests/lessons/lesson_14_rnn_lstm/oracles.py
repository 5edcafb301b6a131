"""Lesson 14 by other means: Keras's own cells in float64, Python lists, Keras's padding."""

import re
from functools import cache
from itertools import pairwise

import numpy as np

from course_utils.nn import numerical_gradient

LETTERS = "abcdABCD"


@cache
def cell(kind, inputs, units):
    """A Keras cell in float64 with weights still to be set."""
    from course_utils.environment import import_tensorflow

    import_tensorflow()
    import keras

    made = getattr(keras.layers, kind)(units, dtype="float64")
    made.build((None, inputs))
    return made


def step(kind, x, states, weights):
    made = cell(kind, x.shape[1], states[0].shape[1])
    made.set_weights(weights)
    return [state.numpy() for state in made(x, states)[1]]


def rnn_step(x, h, *weights):
    return step("SimpleRNNCell", x, [h], weights)[0]


def read_sequence(x, *weights):
    h, seen = np.zeros((len(x), len(weights[-1]))), []
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, *weights)
        seen.append(h)
    return np.stack(seen, axis=1)


def lstm_step(x, h, c, *weights):
    return tuple(step("LSTMCell", x, [h, c], weights))


def next_words(sentences):
    pairs = [list(zip(*pairwise(sentence), strict=True)) for sentence in sentences.tolist()]
    return np.array([read for read, _ in pairs]), np.array([follows for _, follows in pairs])


def last_capital(letters, capitals):
    spelt = (
        "".join(LETTERS[k + 4 * m] for k, m in zip(*row, strict=True)) for row in zip(letters, capitals, strict=True)
    )
    return np.array([LETTERS.index(re.findall("[A-D]", text)[-1].lower()) for text in spelt])


def pad(sentences, length):
    from course_utils.environment import import_tensorflow

    import_tensorflow()
    import keras

    return keras.utils.pad_sequences(sentences, length, padding="post", truncating="pre")


def through_time(dh, x, memories, recurrent_kernel):
    """The network made straight at these memories is linear in its three arrays; so differences are exact."""
    slopes, start = 1 - memories**2, np.zeros_like(memories[:, 0])

    def last(kernel, recurrent, bias):
        moved, before = start, start
        for t in range(x.shape[1]):
            moved = slopes[:, t] * (x[:, t] @ kernel + before @ recurrent + bias + moved @ recurrent_kernel)
            before = memories[:, t]
        return float(np.sum(dh * moved))

    shapes = [(x.shape[2], len(recurrent_kernel)), recurrent_kernel.shape, recurrent_kernel.shape[:1]]
    zeros = [np.zeros(shape) for shape in shapes]
    return tuple(
        numerical_gradient(lambda w, place=place: last(*zeros[:place], w, *zeros[place + 1 :]), zeros[place].copy())
        for place in range(3)
    )


ORACLES = {
    "through-time": through_time,
    "rnn-step": rnn_step,
    "read-sequence": read_sequence,
    "next-words": next_words,
    "lstm-step": lstm_step,
    "last-capital": last_capital,
    "pad": pad,
}
