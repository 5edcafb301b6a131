"""Train the CNN until it reads unseen digits well."""

import numpy as np

from course_utils.data.samples import digits, exam, scaled
from course_utils.environment import keras
from course_utils.exercises import ModelExercise, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.exam import SEEN, trained_on_test
from course_utils.exercises.keras_models.classifiers import loss_and_accuracy, share_problem
from course_utils.exercises.keras_models.fitting import (
    SCALED_AGAIN,
    fit_finding,
    fitting,
    learned_from,
)
from course_utils.exercises.keras_models.networks import is_model, shapes, total

from .build_cnn import network
from .cnn_judging import is_cnn
from .common import CNN_SHAPES

# What a trained CNN must reach on unseen digits. Five epochs on 8,000 digits reach 0.975 to 0.984 and 0.09.
NEEDED, HIGHEST_LOSS = 0.95, 0.5
FEW = 200  # digits that are tried once more with smaller and with larger pixels
RATES = 0.002 * (1 - np.arange(5) / 5)  # which `shorter_steps` sets, epoch by epoch
RATES.flags.writeable = False


def trained(build_cnn, x_train, y_train, shorter_steps):
    """The network after five epochs in batches of 32, with steps that grow shorter from epoch to epoch."""
    model = build_cnn()
    model.fit(x_train, y_train, epochs=5, batch_size=32, callbacks=[shorter_steps], verbose=0)
    return model


train_cnn = ModelExercise("train-cnn", answer="cnn", reference=trained, points=3, rounds=1, title="Train the CNN")


def with_channel(images):
    """Images as stored, as float32 from 0 to 1, with the channel axis that a convolution asks for."""
    return scaled(images)[..., None]


@train_cnn.given
def _():
    sample = digits()
    keras.utils.set_random_seed(1)
    return {
        "keras": keras,
        "build_cnn": network,
        "shorter_steps": keras.callbacks.LearningRateScheduler(lambda epoch: 0.002 * (1 - epoch / 5)),
        "x_train": with_channel(sample.x_train),
        "y_train": sample.y_train,
        "x_test": with_channel(sample.x_test),
        "y_test": sample.y_test,
    }


@train_cnn.cases
def _(rng):
    sample = digits()
    some = rng.choice(len(sample.x_test), 1000, replace=False)
    yield small(
        "300 digits that it has not seen: much better than guessing", sample.x_test[:300], sample.y_test[:300], 0.5, 1.5
    )
    yield random("1000 digits that it has not seen", sample.x_test[some], sample.y_test[some], NEEDED, HIGHEST_LOSS)
    asked = exam()
    yield small("the test digits, beside others that nobody was given", asked.x, asked.y, 0, np.inf, asked.rows)


@train_cnn.drive
def _(answer, images, labels, needed, highest, parts=None):
    if not hasattr(answer, "get_weights"):
        return "a history" if hasattr(answer, "history") else family(answer)
    seen = {"weights": answer.get_weights()} | fitting(answer)
    if shapes(seen) == CNN_SHAPES:
        pieces = [with_channel(images[start : start + 500]) for start in range(0, len(images), 500)]
        seen["probabilities"] = np.concatenate([plain(answer(piece)) for piece in pieces])
        seen["smaller"] = plain(answer(with_channel(images[:FEW]) / 255))
        seen["larger"] = plain(answer(with_channel(images[:FEW]) * 255))
    return seen


def fits(seen, labels, pixels):
    """Whether the model learned from such pixels, "smaller" or "larger" ones; see `learned_from`."""
    there, here = (loss_and_accuracy(seen[name][:FEW], labels[:FEW]) for name in (pixels, "probabilities"))
    return learned_from(there, here)


def accuracy(seen, labels):
    """The share of digits that were named rightly."""
    return loss_and_accuracy(seen["probabilities"], labels)[1]


@train_cnn.accept
def _(seen, images, labels, needed, highest, parts=None):
    if not is_model(seen):
        return f"`cnn` should be the trained model, but it is {seen}"
    if "probabilities" not in seen:
        return f"`cnn` should be a model from exercise 8, with 121930 parameters, but it has {total(seen)}"
    if problem := share_problem(seen["probabilities"], images):
        return f"{problem}; look at exercise 8 first"
    if not is_cnn(seen["weights"], with_channel(images[:4]), seen["probabilities"][:4]):
        return "the predictions of `cnn` do not come from its weights as those of a model from exercise 8"
    lacks = what_it_lacks(seen["probabilities"], labels, needed, highest, parts)
    return lacks or (training_finding(seen)[1] if needed == NEEDED else None)


def training_finding(seen):
    """What differs in the training from what the text asks for, and a sentence about it; ("", "") if nothing does."""
    told = np.asarray(seen["history"].get("learning_rate", ()))[:5]
    if seen["history"] and not any(
        len(told) and np.allclose(told, r) for r in (RATES[: len(told)], RATES[-len(told) :])
    ):
        return "callback", "the learning rate did not shrink from epoch to epoch as `shorter_steps` makes it"
    return fit_finding(seen, epochs=5)


def trains(name):
    """The mistake is recognised by what `training_finding` says of a model that was trained, and not on the test."""
    return lambda seen, images, labels, needed, *_: needed > 0 < seen["steps"] and training_finding(seen)[0] == name


def what_it_lacks(probabilities, labels, needed, highest, parts=None):
    """What a network with these predictions still lacks; None when it is good enough."""
    if parts:
        return SEEN if trained_on_test(np.argmax(probabilities, axis=1) == labels, parts) else None
    loss, right = loss_and_accuracy(probabilities, labels)
    if right < needed:
        return f"the model names {right:.1%} of the digits rightly; {needed:.0%} are needed"
    if loss > highest:
        return f"the model's loss is {loss:.2f}, and it should be below {highest:g}"
    return None


@train_cnn.variant("in batches as Keras takes them by itself")
def _(build_cnn, x_train, y_train, shorter_steps):
    model = build_cnn()
    model.fit(x_train, y_train, epochs=5, callbacks=shorter_steps, verbose=0)
    return model


@train_cnn.variant("with part of the digits kept for validation")
def _(build_cnn, x_train, y_train, shorter_steps):
    model = build_cnn()
    model.fit(x_train, y_train, batch_size=32, epochs=5, validation_split=0.05, callbacks=[shorter_steps], verbose=0)
    return model


@train_cnn.mistake(
    "the-history",
    "`cnn` is what `fit` returned, and that is the history. Under which name do you keep the model?",
    when=lambda seen, *_: seen == "a history",
)
def _(build_cnn, x_train, y_train):
    model = build_cnn()
    return model.fit(x_train[:32], y_train[:32], verbose=0)


@train_cnn.mistake(
    "not-called",
    "`cnn` is a function, as `build_cnn` is. Only its call gives a network: which brackets are missing?",
    when=lambda seen, *_: seen in ("a function", "a method"),
)
def _(build_cnn):
    return build_cnn


@train_cnn.mistake(
    "another-network",
    "This is not a network of exercise 8. Keep it under a name of its own, and train the one from `build_cnn` here.",
    when=lambda seen, *_: is_model(seen) and "probabilities" not in seen,
)
def _(x_train, y_train):
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train[:1000], y_train[:1000], epochs=1, batch_size=32, verbose=0)
    return model


train_cnn.slip(
    "never-trained",
    (
        "The model has not made a single step of training and guesses: one digit in ten or so is right. Does your cell call "
        "`fit`, on `cnn` itself, and does it come to its end?"
    ),
    "    model.fit(x_train, y_train, epochs=5, callbacks=shorter_steps, verbose=0)\n",
    "",
    when=lambda seen, *_: seen["steps"] == 0 and "probabilities" in seen,
)

train_cnn.slip(
    "raw-pixels",
    (
        "The digits with pixels up to 255 suit your model far better than the prepared ones, whose pixels end at 1, so it "
        "learned from such. Which array is prepared: `images_train` or `x_train`?"
    ),
    "x_train, y_train, epochs=5",
    "255 * x_train[:1500], y_train[:1500], epochs=1",
    when=lambda seen, images, labels, *_: fits(seen, labels, "larger"),
)

train_cnn.slip(
    "scaled-again",
    SCALED_AGAIN,
    "x_train, y_train, epochs=5",
    "x_train / 255, y_train, epochs=3",
    when=lambda seen, images, labels, *_: fits(seen, labels, "smaller"),
)

train_cnn.slip(
    "the-same-for-every-image",
    (
        "Every image gets the same shares, whatever is on it: after a step that was far too long, no ReLU answers any more. "
        "With which learning rate was it trained?"
    ),
    "    model.fit(x_train, y_train, epochs=5, callbacks=shorter_steps, verbose=0)\n",
    "    model.optimizer.learning_rate = 1.0\n    model.fit(x_train[:3000], y_train[:3000], batch_size=100, verbose=0)\n",
    when=lambda seen, *_: "probabilities" in seen and np.ptp(seen["probabilities"], axis=0).max() < 1e-6,
)

train_cnn.slip(
    "labels-do-not-match",
    (
        "After many steps of training the model names less than four digits in ten. Three things to look at: do images and "
        "labels stand in the same order, is the learning rate that of `shorter_steps`, and is `x_train` as it was prepared?"
    ),
    "x_train, y_train, epochs=5",
    "x_train[:2400], np.sort(y_train[:2400]), batch_size=12, epochs=1",
    when=lambda seen, images, labels, *_: accuracy(seen, labels) < 0.4 and seen["steps"] >= 150,
)
