"""A body that knows digits and a new head, fine-tuned in two phases, and what goes wrong between them."""

from functools import cache

import numpy as np

from course_utils import nn
from course_utils.data.samples import digits, scaled
from course_utils.environment import keras
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, leaps, only_training, stands, stays_high

from .data import small_digits

ROWS, UNSEEN = 100, 500


def fitted(known, x, y, new, seed):
    """Program 1: a body 784-64 that reads MNIST, and a new head. The loss of each epoch, and the shares of new digits."""
    keras.utils.set_random_seed(seed)
    body = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
    ])
    body.set_weights(known)
    head = keras.layers.Dense(10, activation="softmax", kernel_initializer="zeros")
    model = keras.Sequential([body, head])

    body.trainable = False
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    first = model.fit(1 - x, y, batch_size=16, epochs=6, verbose=0)

    body.trainable = True
    model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy")
    second = model.fit(1 - x, y, batch_size=16, epochs=16, verbose=0)
    return first.history["loss"] + second.history["loss"], model.predict(1 - new, verbose=0)


repair_chalk = RepairExercise(
    "repair-chalk",
    program=fitted,
    title="Repair a program",
    symptoms=[stands, leaps, stays_high, only_training],
    goal=Goal(loss=0.15, accuracy=0.75, classes=10),
)


@cache
def learned():
    """The kernel and the bias of a layer 784-64 with ReLU that has learned to read some of the bundled digits."""
    reader = nn.Sequential([nn.Dense(64, "relu"), nn.Dense(10, "softmax")], seed=18)
    reader.compile(nn.Adam(0.003), "sparse_categorical_crossentropy")
    images, labels = digits().x_train[:4000], digits().y_train[:4000]
    reader.fit(scaled(images).reshape(-1, 784), labels, batch_size=50, epochs=3, verbose=0)
    return [np.array(weights) for weights in reader.variables()[:2]]


@repair_chalk.cases
def _(rng):
    images, labels = small_digits()
    known, unseen = np.split(rng.permutation(len(images))[: ROWS + UNSEEN], [ROWS])
    board = 1 - images  # black chalk on white
    yield (
        "100 digits of black chalk",
        learned(),
        board[known],
        labels[known],
        board[unseen],
        labels[unseen],
        int(rng.integers(1000)),
    )


repair_chalk.bug(
    "not-compiled-again",
    stays_high,
    "Compare the weights of the body before the second `fit` and after it. What does Keras go by, and when does it look?",
    'model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy")',
    "model.optimizer.learning_rate = 0.002",
    why="a new rate is no new `compile`. The second `fit` went by the switches of the first, so the body stayed frozen, and the head alone cannot do it.",
)
repair_chalk.bug(
    "second-rate-too-high",
    leaps,
    "In which epoch does it happen, and what begins there? How far may a weight of the body go in a step, and how large is it?",
    "Adam(0.002)",
    "Adam(0.3)",
    why="in the second phase each step of Adam moved the weights by about 0.3, as far as the largest of them is from 0. What the body knew was gone after a few steps.",
)
repair_chalk.bug(
    "head-frozen-too",
    stands,
    "How many weights can be trained in the first phase? Print `model.trainable_weights`. And in the second: who sets the switch of the head back?",
    "body.trainable = False",
    "model.trainable = False",
    why="the switch of the whole model also turned off the head, and later only the body was set free. A head of zeros that stands still hands no slope back, so the body stood still with it.",
)
repair_chalk.bug(
    "new-as-photographed",
    only_training,
    "Training is well. What is the ground of a training digit when it reaches the body, 0 or 1? And that of a new digit?",
    "model.predict(1 - new",
    "model.predict(new",
    why="the training digits were turned into white on black, as the body knows them, and the new ones were not.",
)
repair_chalk.another("a larger second rate", "Adam(0.002)", "Adam(0.003)")
