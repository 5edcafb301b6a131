"""More mistakes in the classifier: activations and optimizers of another kind, and an argument in the wrong place."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.first_step import optimizer_too
from course_utils.exercises.keras_models.networks import is_forward

from .build_classifier import build
from .classifier_judging import built, compiled, last_step, moves_alike, right_loss, sgd_step, slopes, squared


def bends(seen, x, *hidden):
    """Whether the predictions are those of these activations in the two hidden layers and a sigmoid at the end.

    Where two ReLUs would give the same, no other bend is seen.
    """
    if len(seen["weights"]) != 6 or is_forward(seen, x, output=nn.sigmoid):
        return False
    for bend, kernel, bias in zip(hidden, seen["weights"][:4:2], seen["weights"][1:4:2], strict=True):
        x = bend(x @ kernel + bias)
    kernel, bias = seen["weights"][4:]
    return np.allclose(nn.sigmoid(x @ kernel + bias), seen["probabilities"], atol=1e-4)


build.slip(
    "one-layer-without-a-bend",
    "One of your two hidden layers has no activation, so it does no more than the weights of the next one could. Which layer lacks it?",
    'second, activation="relu"',
    "second",
    when=built(
        lambda seen, sizes, x, _: bends(seen, x, nn.relu, nn.linear) or bends(seen, x, nn.linear, nn.relu),
    ),
)

build.slip(
    "another-bend",
    "Your hidden layers bend with a sigmoid or with tanh, at least one of them. Which activation does the text ask for in both?",
    "keras.layers.ReLU()",
    'keras.layers.Activation("tanh")',
    of="layer by layer, with objects",
    when=built(
        lambda seen, sizes, x, _: any(
            bends(seen, x, *pair)
            for bend in (np.tanh, nn.sigmoid)
            for pair in ((bend, bend), (nn.relu, bend), (bend, nn.relu))
        )
    ),
)

build.slip(
    "another-end",
    "ReLU at the end never says less than 0 and has no upper end; tanh runs from -1 to 1. Your last neuron should give a probability: which activation does?",
    '"sigmoid"',
    '"tanh"',
    when=built(
        lambda seen, sizes, x, _: is_forward(seen, x, output=np.tanh) or is_forward(seen, x, output=nn.relu),
    ),
)

build.slip(
    "metrics-in-the-third-place",
    "The third place of compile is not that of `metrics`, so Keras takes your list for something else (the weights of several losses). Name it: `metrics=…`.",
    '"binary_crossentropy", metrics=',
    '"binary_crossentropy", ',
    of="functional",
    when=built(
        lambda seen, *_: (
            "dtype='string'" in seen.get("refused", "")
            or "unsupported type (<class 'keras.src.metrics" in seen.get("refused", "")
        )
    ),
)

build.slip(
    "loss-and-optimizer",
    "Two things. The loss is the squared error, whose slope dies out where the model is sure and wrong (lesson 04). And the "
    "steps are not as long as those of Adam. Which loss and which optimizer does the text ask for?",
    'optimizer="adam", loss="binary_crossentropy"',
    'optimizer="sgd", loss="mse"',
    when=compiled(lambda seen, labels: squared(seen, labels) and bool(optimizer_too(seen["weights"], seen["after"]))),
)

build.slip(
    "sgd",
    (
        'One step moves the bias by 0.01 times its slope: that is plain gradient descent, "sgd". '
        "Which optimizer does the text ask for?"
    ),
    'optimizer="adam"',
    'optimizer="sgd"',
    when=compiled(
        lambda seen, labels: (
            np.isclose(last_step(seen)[-1], sgd_step(seen, labels), rtol=0.05, atol=1e-6)
            and not moves_alike(seen, 0.001)
        )
    ),
)


def as_rmsprop(seen, sizes, x, labels):
    """Whether the first step of the output neuron is that of Keras's RMSprop, with its usual settings."""
    if "after" not in seen or not is_forward(seen, x, output=nn.sigmoid):
        return False
    slope = np.concatenate([np.ravel(part) for part in slopes(seen["weights"], x, labels)[-2:]])
    return np.allclose(last_step(seen), -0.001 * slope / np.sqrt(0.1 * slope**2 + 1e-7), rtol=0.02, atol=1e-5)


build.slip(
    "rmsprop",
    'The first step is that of "rmsprop". Which optimizer does the text ask for?',
    'optimizer="adam"',
    'optimizer="rmsprop"',
    when=built(as_rmsprop),
)

build.slip(
    "another-rate",
    "The first step moves each weight equally far, as Adam does, but not by 0.001. Did you give it a learning rate? The usual one is meant.",
    "keras.optimizers.Adam()",
    "keras.optimizers.Adam(0.01)",
    of="layer by layer, with objects",
    when=compiled(
        lambda seen, labels: (
            right_loss(seen, labels)
            and moves_alike(seen, np.abs(last_step(seen)).max())
            and not moves_alike(seen, 0.001)
        )
    ),
)
