"""A program that reads a page of a logbook and says where a ship lies."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import Mark, OpenTask

from .logs import EXAM, YOURS, accuracy, draw, numbering

NEEDED = 0.85  # of the pages; attention to entries 90 to 99 %, without positions 71 to 78, LSTM 48 to 49, bag of words 33 to 37


def looked_up(x, y, seed):
    """A convolution joins the words of an entry; then the ship asked for looks for its entries."""
    keras.utils.set_random_seed(seed)
    page = keras.Input((25,))
    words = keras.layers.Embedding(27, 48)(page)
    places = keras.layers.Embedding(25, 48)(keras.ops.zeros_like(page) + keras.ops.arange(25))
    entries = keras.layers.Conv1D(48, 3, padding="same", activation="relu")(words) + places
    asked = keras.layers.Dense(48)(words[:, -1:])
    found = keras.layers.MultiHeadAttention(1, 48, kernel_initializer="he_normal")(asked, entries)
    model = keras.Model(page, keras.layers.Dense(27)(keras.layers.Flatten()(found)))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    model.fit(x, y, epochs=6, batch_size=100, verbose=0)

    def predict(rows):
        return model.predict(rows, verbose=0).argmax(axis=1)

    return predict


train = OpenTask(
    "train",
    reference=looked_up,
    points=8,
    title="Where does the ship lie?",
    mark=Mark(accuracy, needed=NEEDED, little=0.25, told="{:.1%} right"),
)


@train.given
def _():
    return {"keras": keras}


@train.rows
def _(rng):
    words = numbering(rng)
    yours, exam = draw(YOURS, rng, words), draw(EXAM, rng, words)
    return yours.rows, yours.quays, exam.rows, exam.quays


train.variant("the ship asked for looks for its entries")(looked_up)


@train.variant("all words look, in a block with a shortcut")
def _(x, y, seed):
    keras.utils.set_random_seed(seed)
    layers = keras.layers
    page = keras.Input((25,), dtype="int32")
    places = layers.Embedding(25, 48)(keras.ops.zeros_like(page) + keras.ops.arange(25))
    words = layers.Embedding(27, 48)(page) + places
    joined = layers.Conv1D(48, 3, padding="same", activation="relu")(words)
    words = words + layers.MultiHeadAttention(2, 24)(words, joined)
    shares = layers.Dense(27, activation="softmax")(words[:, -1])
    model = keras.Model(page, shares)
    model.compile(keras.optimizers.Adam(0.007), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=9, batch_size=64, verbose=0)
    return lambda rows: np.argmax(model(rows), axis=-1).tolist()
