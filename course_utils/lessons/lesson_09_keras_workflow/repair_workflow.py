"""From the table to the answer in Keras, for a question of yes or no, and what goes wrong on the way."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, only_training, stands, stays_high


def doctor(x, y, new, seed):
    """Program 1: a network 6-16-1. The loss of each epoch, and for each new patient the shares of no and yes."""
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(x))
    x, y = x[order], y[order]
    mean, spread = x.mean(axis=0), x.std(axis=0)
    model = keras.Sequential([
        keras.Input((6,)),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="binary_crossentropy",
    )
    history = model.fit((x - mean) / spread, y, epochs=12, batch_size=20, verbose=0)
    yes = model.predict((new - mean) / spread, verbose=0)
    return history.history["loss"], np.hstack([1 - yes, yes])


repair_workflow = RepairExercise(
    "repair-workflow",
    program=doctor,
    title="Repair a program",
    symptoms=[grows, stands, stays_high, only_training],
    goal=Goal(loss=0.2, accuracy=0.9, classes=2),
)


def patients(rng, count, ill):
    """So many made-up patients with six features, the last of them thousands, the first hundredths; and who is ill."""
    y = (rng.permutation(count) < ill * count).astype(int)
    features = rng.normal(size=(count, 6)) + np.array([2.0, 1.8, 1.6, 0.0, 0.0, 1.3]) * y[:, None]
    x = np.array([0.1, 0.5, 3, 20, 300, 2000]) + np.array([0.1, 0.2, 1, 5, 100, 1000]) * features
    return x.astype("float32"), y


@repair_workflow.cases
def _(rng):
    yield "400 patients", *patients(rng, 400, 0.5), *patients(rng, 400, 0.15), int(rng.integers(1000))


repair_workflow.bug(
    "one-scale-for-all",
    stays_high,
    "How many means should there be for six features? Print `mean` and `spread`, then the first row as the network gets it.",
    "x.mean(axis=0), x.std(axis=0)",
    "x.mean(), x.std()",
    why="without `axis=0` there is one mean and one spread for the whole table. Divided by a spread of about 1000, the small features were nearly the same for all patients.",
)
repair_workflow.bug(
    "scale-of-the-new",
    only_training,
    "Training is well. By whose mean is a training patient scaled, and by whose a new one? Are they patients of the same kind?",
    "(new - mean) / spread",
    "(new - new.mean(axis=0)) / new.std(axis=0)",
    why="new patients were scaled by their own mean. Few of them are ill, so their mean is that of healthy people, and the same value of a feature became another number.",
)
repair_workflow.bug(
    "labels-stay-behind",
    stands,
    "Take the first row of `x` after it was mixed, and the first label. Do they belong to the same patient?",
    "y[order]",
    "y",
    why="the patients were mixed, their labels were not. What has nothing to do with a patient cannot be learned from that patient.",
)
repair_workflow.bug(
    "yes-and-no-swapped",
    only_training,
    "The answer is the place of the larger share, 0 for no and 1 for yes. At which place stands `yes`?",
    "[1 - yes, yes]",
    "[yes, 1 - yes]",
    why="the share of yes stood in the column of no, so each clear answer was the wrong one.",
)
repair_workflow.another("a smaller rate", "Adam(0.01)", "Adam(0.008)")
