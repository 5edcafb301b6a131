"""Train the first network until it reads unseen digits well."""

from types import MappingProxyType

import numpy as np

from course_utils.data.samples import digits, exam, held_back, scaled
from course_utils.environment import keras
from course_utils.exercises import ModelExercise, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.exam import SEEN, trained_on_test
from course_utils.exercises.keras_models.classifiers import loss_and_accuracy, share_problem
from course_utils.exercises.keras_models.fitting import (
    BATCHES,
    EPOCHS,
    PLACES,
    SCALED_AGAIN,
    fit_finding,
    fitting,
    in_batches_of,
    learned_from,
)
from course_utils.exercises.keras_models.networks import HISTORIES, dense_shapes, forward, is_model, shapes, total

from .build_mlp import mlp

# What a trained network must reach on unseen digits. Five epochs on 8,000 digits reach 0.93 to 0.95 and 0.2.
NEEDED, HIGHEST_LOSS = 0.90, 1.0
LONG = 200  # steps after which a network that can learn no longer guesses


def trained(build_mlp, x_train, y_train):
    """The network after five epochs in batches of 32."""
    model = build_mlp()
    model.fit(x_train, y_train, epochs=5, batch_size=32, verbose=0)
    return model


train_mlp = ModelExercise("train-mlp", answer="model", reference=trained, points=3, rounds=1, title="Train")


@train_mlp.given
def _():
    sample = digits()
    keras.utils.set_random_seed(1)
    return {
        "keras": keras,
        "build_mlp": mlp,
        "x_train": scaled(sample.x_train),
        "y_train": sample.y_train,
        "x_test": scaled(sample.x_test),
        "y_test": sample.y_test,
    }


@train_mlp.cases
def _(rng):
    unseen = held_back()
    some = rng.permutation(len(unseen.x))[:300]
    yield small("300 digits that it has not seen: much better than guessing", unseen.x[some], unseen.y[some], 0.5, 1.5)
    yield random("1000 digits that it has not seen", unseen.x, unseen.y, NEEDED, HIGHEST_LOSS)
    both = exam()
    yield small("the test digits, beside others that nobody was given", both.x, both.y, 0, np.inf, both.rows)


@train_mlp.drive
def _(answer, images, labels, needed, highest, rows=None):
    if not hasattr(answer, "get_weights"):
        return family(answer)
    return {"probabilities": plain(answer(scaled(images))), "weights": answer.get_weights()} | fitting(answer)


def finding(seen, images, labels, needed, highest, rows=MappingProxyType({})):
    """The name of what is wrong with a trained model and a sentence about it; ("", "") when it is good enough."""
    if not is_model(seen):
        return "no model", f"`model` should be the trained model, but it is {seen}"
    if problem := share_problem(seen["probabilities"], images):
        return "no shares", f"{problem}; look at exercise 3 first"
    if shapes(seen) != dense_shapes(784, 128, 10):
        return (
            "another",
            f"the model should be one from exercise 3, with 101770 parameters, but it has {total(seen)}",
        )
    if seen["steps"] == 0:
        return "untrained", "the model has not made a single step of training"
    loss, accuracy = loss_and_accuracy(seen["probabilities"], labels)
    if rows and trained_on_test(seen["probabilities"].argmax(axis=1) == labels, rows):
        return "seen", SEEN
    if accuracy >= needed and loss <= highest:
        return fit_finding(seen, epochs=5) if needed == NEEDED else ("", "")
    told = (
        f"the model names {accuracy:.1%} of the digits rightly; {needed:.0%} are needed"
        if accuracy < needed
        else f"the model's loss is {loss:.2f}, and it should be below {highest:g}"
    )
    for name, scale in (("smaller", 1 / 255), ("larger", 255)):
        there = forward(seen["weights"], scale * scaled(images).reshape(len(images), -1))
        if learned_from(loss_and_accuracy(there, labels), (loss, accuracy)):
            return name, told
    if accuracy < 0.3 and seen["steps"] >= LONG:
        return "guessing", told
    return fit_finding(seen, epochs=5)[0], told


@train_mlp.accept
def _(seen, *case):
    return finding(seen, *case)[1] or None


def finds(*names):
    """Recognises a model by what `finding` says of it."""
    return lambda seen, *case: finding(seen, *case)[0] in names


@train_mlp.variant("the batches named first")
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train, y_train, batch_size=32, epochs=5, verbose=0)
    return model


@train_mlp.variant("in two goes")
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train, y_train, epochs=2, batch_size=32, verbose=0)
    model.fit(x_train, y_train, epochs=3, batch_size=32, verbose=0)
    return model


@train_mlp.variant("with digits for validation")
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    history = model.fit(x_train, y_train, batch_size=32, epochs=5, validation_split=0.2, verbose=0)
    return history.model


@train_mlp.mistake(
    "the-history",
    "`model` is what `fit` gave back, the record of the training. Under which name do you keep the model itself?",
    when=lambda seen, *_: seen in HISTORIES,
)
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    return model.fit(x_train[:32], y_train[:32], verbose=0)


@train_mlp.mistake(
    "not-called",
    "`model` is a function, as `build_mlp` is. Only its call gives a network: which brackets are missing?",
    when=lambda seen, *_: seen in ("a function", "a method"),
)
def _(build_mlp):
    return build_mlp


@train_mlp.mistake(
    "another-network",
    "This is a network of another size than the one of exercise 3. Keep it under a name of its own for later, "
    "and train the one from `build_mlp` here.",
    when=finds("another"),
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
    "    model.fit(x_train, y_train, batch_size=32, epochs=5, verbose=0)\n",
    "",
    when=finds("untrained"),
)

train_mlp.slip(
    "labels-do-not-match",
    (
        "After many steps of training the model names less than three digits in ten. Do images and labels stand in the same "
        "order? If they do, look at the learning rate, and at how `x_train` was prepared."
    ),
    "y_train, batch_size",
    "np.sort(y_train), batch_size",
    when=finds("guessing"),
)

train_mlp.slip(
    "raw-pixels",
    (
        "The digits with pixels up to 255 suit your model far better than the prepared ones, whose pixels end at 1, so it "
        "learned from such. Which of your arrays was prepared: `images_train` or `x_train`?"
    ),
    "x_train, y_train, batch_size",
    "255 * x_train, y_train, batch_size",
    when=finds("larger"),
)

train_mlp.slip(
    "one-epoch",
    "The model has made 250 steps, those of a single epoch. Does your fit say `epochs=5`? And if you call it in a loop: is a "
    "new model made each time?",
    "epochs=5",
    "epochs=1",
    when=lambda seen, *case: finding(seen, *case)[0] == EPOCHS and seen["steps"] == 250,
)

train_mlp.slip(
    "scaled-again",
    SCALED_AGAIN,
    "x_train, y_train, batch_size",
    "x_train / 255, y_train, batch_size",
    when=finds("smaller"),
)

train_mlp.slip(
    "fit-turned-round",
    PLACES,
    "batch_size=32, epochs=5, verbose",
    "batch_size=5, epochs=1, verbose",
    of="the batches named first",
    when=lambda seen, *case: finding(seen, *case)[0] == BATCHES and in_batches_of(seen, 5),
)

train_mlp.slip(
    "other-batches",
    (
        "An epoch of your `fit` has not the steps that the text asks for. How many are digits / batch size, with all training digits and "
        "batches of 32? The text wants 5 such epochs."
    ),
    "batch_size=32",
    "batch_size=64",
    when=finds(BATCHES),
)

train_mlp.slip(
    "other-epochs",
    (
        "The text asks for 5 epochs, and your model made more or fewer. What does your `fit` say of `epochs`? And if it runs more than "
        "once, is `model` made anew before?"
    ),
    "epochs=5",
    "epochs=7",
    when=finds(EPOCHS),
)


@train_mlp.mistake("trained-on-the-test", SEEN, when=finds("seen", BATCHES, EPOCHS))
def _(build_mlp, x_test, y_test):
    model = build_mlp()
    model.fit(x_test, y_test, epochs=5, batch_size=32, verbose=0)
    return model
