"""What goes wrong in a program for pictures. Where only the form is wrong, hardly anything is trained."""

import numpy as np

from course_utils.environment import keras

from .train import train


@train.mistaken("returns-nothing")
def _(x, y, seed):
    model = keras.Sequential([keras.Input((20, 20)), keras.layers.Flatten(), keras.layers.Dense(4)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x[:64] / 255, y[:64], verbose=0)


@train.mistaken("no-function")
def _(x, y, seed):
    model = keras.Sequential([keras.Input((20, 20)), keras.layers.Flatten(), keras.layers.Dense(4)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model.fit(x[:64] / 255, y[:64], verbose=0)


@train.mistaken("predict-returns-nothing")
def _(x, y, seed):
    model = keras.Sequential([keras.Input((20, 20)), keras.layers.Flatten(), keras.layers.Dense(4)])

    def predict(rows):
        model(rows / 255)

    return predict


@train.mistaken("shares-not-classes")
def _(x, y, seed):
    model = keras.Sequential([keras.Input((20, 20)), keras.layers.Flatten(), keras.layers.Dense(4)])
    return lambda rows: model(rows / 255).numpy()


@train.mistaken("wrong-axis")
def _(x, y, seed):
    model = keras.Sequential([keras.Input((20, 20)), keras.layers.Flatten(), keras.layers.Dense(4)])
    return lambda rows: np.argmax(model(rows / 255), axis=0)


@train.mistaken("by-heart")
def _(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((20, 20)),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(4, activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=10, batch_size=50, verbose=0)
    return lambda rows: model.predict(rows, verbose=0).argmax(axis=1)


@train.mistaken("units")
def _(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((20, 20, 1)),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.GlobalMaxPooling2D(),
        keras.layers.Dense(4, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy")
    model.fit(x[..., None], y, epochs=6, batch_size=50, verbose=0)
    return lambda rows: model.predict(rows[..., None], verbose=0).argmax(axis=1)


train.known("guess", "], y, epochs=8", "], np.random.default_rng(seed).permutation(y), epochs=2")
train.known("short", "x[..., None], y, epochs=8", "x[..., None], y, epochs=1")
