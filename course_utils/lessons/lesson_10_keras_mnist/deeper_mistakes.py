"""The deeper network: more mistakes in its layers."""

from course_utils import nn
from course_utils.exercises.keras_models.fitting import PLACES, SCALED_AGAIN
from course_utils.exercises.keras_models.networks import is_forward

from .deeper_judging import deep, fit_turned_round, saw_other_images, scaled_again
from .train_deeper import train_deeper


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
