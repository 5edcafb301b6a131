"""A program that names the being in a drop of water, wherever it lies and whichever way it is turned."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import Mark, OpenTask

from .drops import EXAM, YOURS, accuracy, draw

NEEDED = 0.75  # of the drops; well trained CNNs 89 to 97 %, dense networks 54 to 59 %


def searched(x, y, seed):
    """Convolutions, then the strongest sign of each pattern anywhere in the picture."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((20, 20, 1)),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.GlobalMaxPooling2D(),
        keras.layers.Dense(4, activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    model.fit(x[..., None], y, epochs=8, batch_size=50, verbose=0)

    def predict(rows):
        return model.predict(rows[..., None], verbose=0).argmax(axis=1)

    return predict


def from_zero_to_one(x, rows):
    """Pixels from 0 to 1."""
    return x / 255, rows / 255


train = OpenTask(
    "train",
    reference=searched,
    points=8,
    title="What lives in the drop?",
    mark=Mark(accuracy, needed=NEEDED, little=0.4, told="{:.1%} right"),
    easier=from_zero_to_one,
    easier_words="all pixels brought to 0 to 1",
)


@train.given
def _():
    return {"keras": keras}


@train.rows
def _(rng):
    yours, exam = draw(YOURS, rng), draw(EXAM, rng)
    return yours.pictures, yours.kinds, exam.pictures, exam.kinds


train.variant("the strongest sign anywhere")(searched)


@train.variant("the layers of lesson 13")
def _(x, y, seed):
    keras.utils.set_random_seed(seed)
    pixels = x.reshape(-1, 20, 20, 1) / 255
    model = keras.Sequential([
        keras.Input((20, 20, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(4),
    ])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.002), loss)
    model.fit(pixels, y, epochs=10, batch_size=32, verbose=0)
    return lambda rows: np.argmax(model(rows.reshape(-1, 20, 20, 1) / 255), axis=-1).tolist()
