"""What goes wrong in a program that reads pages. Where only the form is wrong, hardly anything is trained."""

import numpy as np

from course_utils.environment import keras

from .logs import quays_of_the_ship
from .train import train


@train.mistaken("returns-nothing")
def _(x, y, seed):
    model = keras.Sequential([keras.Input((25,)), keras.layers.Embedding(27, 8), keras.layers.Flatten()])
    model(x[:64])


@train.mistaken("no-function")
def _(x, y, seed):
    model = keras.Sequential([
        keras.Input((25,)),
        keras.layers.Embedding(27, 8),
        keras.layers.Flatten(),
        keras.layers.Dense(27),
    ])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model.fit(x[:64], y[:64], verbose=0)


@train.mistaken("predict-returns-nothing")
def _(x, y, seed):
    model = keras.Sequential([keras.Input((25,)), keras.layers.Embedding(27, 8), keras.layers.Flatten()])

    def predict(rows):
        model(rows)

    return predict


@train.mistaken("shares-not-classes")
def _(x, y, seed):
    model = keras.Sequential([
        keras.Input((25,)),
        keras.layers.Embedding(27, 8),
        keras.layers.Flatten(),
        keras.layers.Dense(27),
    ])
    return lambda rows: model(rows).numpy()


@train.mistaken("wrong-axis")
def _(x, y, seed):
    model = keras.Sequential([
        keras.Input((25,)),
        keras.layers.Embedding(27, 8),
        keras.layers.Flatten(),
        keras.layers.Dense(27),
    ])
    return lambda rows: np.argmax(model(rows), axis=0)


def _of_the_wrong(said, truth, rows, test):
    """Of the wrong answers, the share of those for which `test(answer, right answer, quays of the ship)` holds."""
    wrong = np.flatnonzero(said != truth)
    return np.mean([test(said[i], truth[i], quays_of_the_ship(rows[i])) for i in wrong])


@train.symptom(
    "earlier-entry",
    (
        "Nearly all wrong answers name a quay at which this very ship was *earlier* on the page. So your program finds the "
        "ship. What tells it which of two entries comes later? (If something does: is the loss still falling?)"
    ),
    'padding="same", activation="relu")(words) + places',
    'padding="same", activation="relu")(words)',
)
def _(said, truth, rows):
    return _of_the_wrong(said, truth, rows, _is_an_earlier_one) > 0.75


@train.symptom(
    "another-ship",
    (
        "At least every third wrong answer names a quay of *other* ships, at which this one never was. How does your program get from "
        "the ship asked for to its entries, wherever they stand? And how does an entry know which ship it is about? (If "
        "both are in it: is the loss still falling?)"
    ),
    "Conv1D(48, 3,",
    "Conv1D(48, 1,",
)
def _(said, truth, rows):
    wrong = said != truth
    if np.mean(wrong) < 0.5:  # it joins an entry and finds it, or it would stop below that: see NEEDED
        return False
    on_the_page = (rows[wrong, :-1] == said[wrong, None]).any(axis=1)
    others = _of_the_wrong(said, truth, rows, lambda answer, right, quays: answer not in quays)
    return np.mean(on_the_page) > 0.85 and others >= 1 / 3


def _is_an_earlier_one(answer, right, quays):
    return answer in quays and quays.index(answer) < len(quays) - 1 - quays[::-1].index(right)


train.known("short", "(asked, entries)", "(asked, entries[:, 15:])")
train.known("guess", "model.fit(x, y, epochs=6", "model.fit(x, np.random.default_rng(seed).permutation(y), epochs=1")
