"""The deeper network: more mistakes in its layers."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.fitting import PLACES, SCALED_AGAIN
from course_utils.exercises.keras_models.networks import is_forward

from .deeper_judging import deep, fit_turned_round, has_frozen, last_fifth, saw_other_images, scaled_again, validated_on
from .train_deeper import train_deeper

train_deeper.slip(
    "frozen-layer",
    "A hidden layer has learned nothing: its biases are still 0. What does `trainable=False` do, and who asked for it?",
    'Dense(64, activation="relu"',
    'Dense(64, activation="relu", trainable=False',
    when=deep(lambda seen, *_: seen["steps"] > 0 and seen["weights"][-1].any() and has_frozen(seen)),
)

train_deeper.slip(
    "labels-reversed",
    "The model was trained and has not learned which image has which label. Do images and labels stand in the same order?",
    "labels, epochs=epochs, validation_split",
    "labels[::-1], epochs=epochs, validation_split",
    of="with a Flatten layer instead of reshape",
    when=deep(
        lambda seen, images, labels, epochs: (
            not validated_on(seen, images, labels, last_fifth(labels))
            and validated_on(seen, images, labels[::-1], last_fifth(labels))
        )
    ),
)


def bends(*activations):
    """Recognises a network whose hidden layers have these activations."""

    def test(seen, images, *_):
        left = list(activations)
        return len(seen["weights"]) == 6 and is_forward(seen, images, hidden=lambda scores: left.pop(0)(scores))

    return test


_STRAIGHT = (bends(nn.relu, nn.linear), bends(nn.linear, nn.relu))

train_deeper.slip(
    "one-layer-straight",
    "One of the two hidden layers has no activation. Which activation does the text want in both?",
    'Dense(64, activation="relu")',
    "Dense(64)",
    when=deep(lambda seen, images, *_: any(straight(seen, images) for straight in _STRAIGHT)),
)

train_deeper.slip(
    "sigmoid-hidden",
    "The hidden layers bend with a sigmoid. Which activation does the text ask for?",
    '(neurons, activation="relu")',
    '(neurons, activation="sigmoid")',
    of="layer by layer, split by hand",
    when=deep(bends(nn.sigmoid, nn.sigmoid)),
)

train_deeper.slip(
    "other-images",
    "Your model was trained on other images than those handed in, and on more of them. Which names does your function call `fit` with?",
    "model.fit(images, labels,",
    "model.fit(np.resize(images, (210, 28, 28)), np.resize(labels, 210), batch_size=1,",
    of="with a Flatten layer instead of reshape",
    when=deep(saw_other_images),
)

train_deeper.slip(
    "scaled-again",
    SCALED_AGAIN,
    "images.reshape(-1, 784), labels",
    "images.reshape(-1, 784) / 255, labels",
    when=deep(scaled_again),
)

train_deeper.slip(
    "fit-turned-round",
    PLACES,
    "batch_size=32, epochs=epochs, validation_split",
    "batch_size=epochs, epochs=32, validation_split",
    when=deep(fit_turned_round),
)

train_deeper.slip(
    "dropout-added",
    "In training your network computes otherwise than in use: numbers are dropped, or noise is added. Dropout comes in lesson 11; which "
    "layers does the text ask for here?",
    '(neurons, activation="relu"))\n',
    '(neurons, activation="relu"))\n    model.add(keras.layers.Dropout(0.5))\n',
    of="layer by layer, split by hand",
    when=deep(
        lambda seen, *_: (
            len(seen["weights"]) == 6 and not np.allclose(seen["training"], seen["probabilities"], atol=1e-4)
        )
    ),
)

train_deeper.slip(
    "validates-now-and-then",
    "The kept digits are looked at after some epochs only, so the curve has holes. Which argument makes `fit` skip epochs? Without it none is.",
    "validation_split=0.2",
    "validation_split=0.2, validation_freq=2",
    when=deep(
        lambda seen, images, labels, epochs: (
            0 < len(seen["history"].get("val_loss", ())) < epochs == len(seen["history"]["loss"])
        )
    ),
)
