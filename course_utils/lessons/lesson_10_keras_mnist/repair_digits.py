"""A small network for digits in Keras, and what goes wrong between its lines."""

from course_utils.data.samples import digits, held_back
from course_utils.environment import keras
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, only_training, stands, stays_high


def reader(x, y, new, seed):
    """Program 1: a network 784-32-10. The loss of each epoch, and the shares of new digits."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
    )
    history = model.fit(x, y, epochs=8, batch_size=50, verbose=0)
    return history.history["loss"], model.predict(new, verbose=0)


repair_digits = RepairExercise(
    "repair-digits",
    program=reader,
    title="Repair a program",
    symptoms=[grows, stands, stays_high, only_training],
    goal=Goal(loss=0.35, accuracy=0.75, classes=10),
)


@repair_digits.cases
def _(rng):
    known, unseen = digits(), held_back()
    rows, others = rng.permutation(len(known.x_train))[:1000], rng.permutation(len(unseen.x))[:500]
    x, new = known.x_train[rows].astype("float32"), unseen.x[others].astype("float32")
    yield "1,000 digits", x, known.y_train[rows].astype(int), new, unseen.y[others].astype(int), int(rng.integers(1000))


repair_digits.bug(
    "not-scaled",
    stays_high,
    "How large are the numbers that reach the first dense layer? Look at what the line above it does to a pixel of 255.",
    "Rescaling(1 / 255)",
    "Rescaling(1)",
    why="pixels from 0 to 255 reached the network. The first steps were then far too long, and most hidden neurons never came back from them.",
)
repair_digits.bug(
    "new-scaled-twice",
    only_training,
    "Training is well. Follow one pixel of a training digit to the first dense layer, then one of a new digit. What is divided how often?",
    "model.predict(new",
    "model.predict(new / 255",
    why="the model divides by 255 itself. New digits were divided twice, and a nearly black picture says nothing.",
)
repair_digits.bug(
    "relu-at-the-end",
    stays_high,
    "What should the ten numbers of the last layer be, for this loss? What does its activation do to a score below 0?",
    'Dense(10, activation="softmax")',
    'Dense(10, activation="relu")',
    why="the loss expects ten shares that add up to 1. ReLU gives any numbers from 0 up, and none of them learns any more once all are 0.",
)
repair_digits.bug(
    "tiny-rate",
    stands,
    "Nothing seems broken, and nothing moves. Which number says how far one step goes?",
    "Adam(0.01)",
    "Adam(0.000001)",
    why="with a rate of a millionth 160 steps lead nowhere.",
)
repair_digits.another("half the rate", "Adam(0.01)", "Adam(0.005)")
