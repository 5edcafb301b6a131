"""Train the first network until it reads unseen digits well."""

from functools import cache

import numpy as np

from course_utils.data.samples import digits, scaled
from course_utils.environment import keras
from course_utils.exercises import ModelExercise, plain, random, small
from course_utils.exercises.keras_models.classifiers import loss_and_accuracy, share_problem
from course_utils.exercises.keras_models.networks import dense_shapes, shapes, steps_of, total

from .build_mlp import mlp

# What a trained network must reach on unseen digits. Five epochs on 8,000 digits reach 0.93 to 0.95 and 0.2.
NEEDED, HIGHEST_LOSS = 0.90, 1.0


@cache
def practice():
    """5,000 prepared digits and their labels: enough to train on while the learner's own model is not there yet."""
    sample = digits()
    return scaled(sample.x_train[:5000]), sample.y_train[:5000]


def trained(build_mlp, x_train, y_train):
    """The network after five epochs in batches of 32."""
    model = build_mlp()
    model.fit(x_train, y_train, epochs=5, batch_size=32, verbose=0)
    return model


train_mlp = ModelExercise("train-mlp", answer="model", reference=trained, points=3, rounds=1, title="Train")


@train_mlp.given
def _():
    x_train, y_train = practice()
    keras.utils.set_random_seed(1)
    return {"keras": keras, "build_mlp": mlp, "x_train": x_train, "y_train": y_train}


@train_mlp.cases
def _(rng):
    sample = digits()
    some = rng.choice(len(sample.x_test), 1000, replace=False)
    yield small(
        "300 digits that it has not seen: much better than guessing", sample.x_test[:300], sample.y_test[:300], 0.5, 1.5
    )
    yield random("1000 digits that it has not seen", sample.x_test[some], sample.y_test[some], NEEDED, HIGHEST_LOSS)


@train_mlp.drive
def _(answer, images, labels, needed, highest):
    probabilities = plain(answer(scaled(images)))
    seen = {"probabilities": probabilities, "weights": answer.get_weights(), "steps": steps_of(answer)}
    if share_problem(probabilities, images) is None and loss_and_accuracy(probabilities, labels)[1] >= 0.4:
        seen["raw"] = loss_and_accuracy(plain(answer(images.astype(np.float32))), labels)[1]
    return seen


@train_mlp.accept
def _(seen, images, labels, needed, highest):
    if problem := share_problem(seen["probabilities"], images):
        return f"{problem}; look at exercise 3 first"
    if shapes(seen) != dense_shapes(784, 128, 10):
        return f"the model should be one from exercise 3, with 101770 parameters, but it has {total(seen)}"
    loss, accuracy = loss_and_accuracy(seen["probabilities"], labels)
    if accuracy < needed:
        return f"the model names {accuracy:.1%} of the digits rightly; {needed:.0%} are needed"
    if loss > highest:
        return f"the model's loss is {loss:.2f}, and it should be below {highest:g}"
    return None


@train_mlp.variant("more epochs, larger batches")
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train, y_train, epochs=8, batch_size=48, verbose=0)
    return model


@train_mlp.variant("in two goes, with part of the digits kept for validation")
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train, y_train, epochs=2, batch_size=32, validation_split=0.05, verbose=0)
    model.fit(x_train, y_train, epochs=4, batch_size=32, verbose=0)
    return model


@train_mlp.mistake(
    "another-network",
    "This is a network of another size than the one of exercise 3. Keep it under a name of its own for later, "
    "and train the one from `build_mlp` here.",
    when=lambda seen, images, *_: (
        shapes(seen) != dense_shapes(784, 128, 10) and share_problem(seen["probabilities"], images) is None
    ),
)
def _(x_train, y_train):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, epochs=1, batch_size=32, verbose=0)
    return model


train_mlp.slip(
    "never-trained",
    (
        "The model has not made a single step of training and guesses: one digit in ten or so is right. "
        "Which method makes it learn?"
    ),
    "    model.fit(x_train, y_train, epochs=8, batch_size=48, verbose=0)\n",
    "",
    when=lambda seen, *_: seen["steps"] == 0,
)

train_mlp.slip(
    "labels-do-not-match",
    (
        "The model was trained and still only guesses: it could not learn which image is which digit. "
        "Do images and labels stand in the same order?"
    ),
    "y_train, epochs=8, batch_size=48",
    "np.sort(y_train), epochs=1, batch_size=32",
    when=lambda seen, images, *_: "raw" not in seen and share_problem(seen["probabilities"], images) is None,
)

train_mlp.slip(
    "raw-pixels",
    (
        "The model is unsure about digits whose pixels run from 0 to 1, so it learned from pixels up to 255. "
        "Which of your arrays was prepared: `images_train` or `x_train`?"
    ),
    "x_train, y_train, epochs=8, batch_size=48",
    "255 * x_train, y_train, epochs=1, batch_size=32",
    when=lambda seen, *_: "raw" in seen and np.max(seen["probabilities"], axis=1).mean() < 0.4,
)

train_mlp.slip(
    "too-few-steps",
    (
        "The model has learned something and could learn more. How many steps did it make: "
        "epochs × digits / batch size? The text asks for 5 epochs in batches of 32."
    ),
    "x_train, y_train, epochs=8, batch_size=48",
    "x_train[:2000], y_train[:2000], epochs=1, batch_size=64",
    when=lambda seen, *_: "raw" in seen,
)
