"""Five cures in one Keras program, and what goes wrong between them."""

import numpy as np

from course_utils.data.samples import digits, held_back
from course_utils.environment import keras
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, ends_early, only_training, stands, stays_high


def reader(x, y, new, seed):
    """Program 1: a network 784-64-10 with five cures. The loss of each epoch, and the shares of new digits."""
    keras.utils.set_random_seed(seed)
    shifted = np.concatenate([np.roll(x, pixels, axis=2) for pixels in (-1, 0, 1)])
    labels = np.tile(y, 3)
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, kernel_regularizer=keras.regularizers.L2(0.0001)),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.Activation("relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(
        optimizer=keras.optimizers.Adam(0.005),
        loss="sparse_categorical_crossentropy",
    )
    stop = keras.callbacks.EarlyStopping(monitor="loss", mode="min", patience=2)
    history = model.fit(shifted, labels, epochs=8, batch_size=50, callbacks=[stop], verbose=0)
    return history.history["loss"], model.predict(new, verbose=0)


repair_cures = RepairExercise(
    "repair-cures",
    program=reader,
    title="Repair a program",
    symptoms=[stands, stays_high, ends_early, only_training],
    goal=Goal(loss=0.15, accuracy=0.78, classes=10),
)


@repair_cures.cases
def _(rng):
    known, unseen = digits(), held_back()
    rows, others = rng.permutation(len(known.x_train))[:500], rng.permutation(len(unseen.x))[:500]
    x, new = (images.astype("float32") / 255 for images in (known.x_train[rows], unseen.x[others]))
    yield "500 digits", x, known.y_train[rows].astype(int), new, unseen.y[others].astype(int), int(rng.integers(1000))


repair_cures.bug(
    "drops-nine-of-ten",
    stays_high,
    "64 neurons are hidden. How many of them are at work in a step of the training? What does the number in `Dropout` count: who stays, or who goes?",
    "Dropout(0.2)",
    "Dropout(0.9)",
    why="the rate of `Dropout` is the share that goes. With 0.9 about 6 of 64 neurons were left in each step.",
)
repair_cures.bug(
    "labels-in-another-order",
    stays_high,
    "`shifted` holds the whole set three times, one after the other. In which order do the labels stand?",
    "np.tile(y, 3)",
    "np.repeat(y, 3)",
    why="`np.repeat` writes each label three times in a row, and the digits come set after set. About nine of ten digits had the label of another one, which can only be learned by heart.",
)
repair_cures.bug(
    "waits-for-a-larger-loss",
    ends_early,
    "Count the points of the curve. What does `mode` tell the stopping to wait for, and is that what a good loss does?",
    'mode="min"',
    'mode="max"',
    why='with `mode="max"` a loss gets better when it grows. Two epochs in which it fell counted as two without progress, and the training ended.',
)
repair_cures.another("a smaller rate", "Adam(0.005)", "Adam(0.004)")
