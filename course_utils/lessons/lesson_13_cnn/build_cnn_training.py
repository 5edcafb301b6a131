"""The mistakes in the training of a CNN that is built rightly: not compiled, another loss, another optimizer, not new."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises.keras_models.classifiers import first_step
from course_utils.exercises.keras_models.networks import is_model

from .build_cnn import is_old
from .build_cnn_layers import build_cnn
from .cnn_judging import builds


def refused(*words):
    """The mistake is recognised by what Keras says when it refuses the model."""
    return builds(lambda seen, _: any(word in seen.get("refused", "") for word in words))


@build_cnn.mistake(
    "one-model-for-all",
    "The model that comes back has already learned something. Is it made anew at each call, and is `fit` left to exercise 9?",
    when=builds(lambda seen, _: is_old(seen)),
)
def _():
    global the_cnn
    if "the_cnn" not in globals():
        the_cnn = keras.Sequential([
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ])
        the_cnn.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return the_cnn


build_cnn.slip(
    "not-compiled",
    "The layers are right, but Keras does not know yet how to train them. Which step comes between defining and training?",
    '    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])\n',
    "",
    when=refused("You must call `compile()`"),
)

build_cnn.slip(
    "one-hot-loss",
    (
        "This loss wants ten numbers for each label, and `y_train` holds one: the digit. Which form of the cross-entropy "
        "takes the digit itself?"
    ),
    '"sparse_categorical_crossentropy"',
    '"categorical_crossentropy"',
    when=refused("same rank", "must have the same shape"),
)

build_cnn.slip(
    "sgd",
    (
        'One step moves each bias by 0.01 times its slope: that is plain gradient descent, "sgd". Which optimizer does '
        "the text ask for?"
    ),
    'optimizer="adam"',
    'optimizer="sgd"',
    when=lambda seen, images, labels, aspect: (
        is_model(seen)
        and "after" in seen
        and np.allclose(
            first_step(seen), -0.01 * np.mean(seen["probabilities"] - np.eye(10)[labels], axis=0), rtol=0.05, atol=1e-6
        )
    ),
)

build_cnn.slip(
    "squared-error",
    (
        "A loss or a metric here takes ten shares from one label, as the mean squared or absolute error does. Which loss "
        "and which metric does the text ask for?"
    ),
    '"sparse_categorical_crossentropy"',
    '"mse"',
    when=refused("Incompatible shapes"),
)

build_cnn.slip(
    "metrics-in-third-place",
    "The third place of `compile` is not that of the metrics. Which name, with `=`, belongs before the list?",
    'optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]',
    '"adam", "sparse_categorical_crossentropy", ["accuracy"]',
    when=refused("dtype='string'"),
)

build_cnn.slip(
    "metric-objects-in-third-place",
    (
        "The third place of `compile` is not that of the metrics, and Keras takes yours for numbers. Which name, with "
        "`=`, belongs before the list?"
    ),
    'optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]',
    '"adam", "sparse_categorical_crossentropy", [keras.metrics.SparseCategoricalAccuracy()]',
    when=refused("Attempt to convert a value (<SparseCategoricalAccuracy", "Attempt to convert a value (<Accuracy"),
)

build_cnn.slip(
    "no-metrics",
    "The model reports its loss only. Which argument of compile asks for the accuracy as well?",
    ', metrics=["accuracy"]',
    "",
    when=builds(lambda seen, _: "after" in seen and np.size(seen["scores"]) == 1),
)

build_cnn.slip(
    "another-rate",
    (
        "One step moves every weight by nearly the same amount, but not by 0.001. Which optimizer, with which learning "
        'rate, is "adam" when nothing more is said?'
    ),
    'optimizer="adam"',
    "optimizer=keras.optimizers.Adam(0.01)",
    when=builds(lambda seen, _: "after" in seen and is_another_rate(seen)),
)

build_cnn.slip(
    "frozen",
    (
        "A step of training leaves some of the weights exactly where they were. Which line of yours forbids a layer to "
        "learn?"
    ),
    "    model.compile(",
    "    model.layers[0].trainable = False\n    model.compile(",
    when=builds(lambda seen, _: "after" in seen and stands_in_part(seen)),
)


def stands_in_part(seen):
    """Whether one step of training moved some of the arrays, and not all."""
    still = list(map(np.array_equal, seen["weights"], seen["after"]))
    return any(still) and not all(still)


def is_another_rate(seen):
    """Whether the biases of the output all move by one amount that is not adam's 0.001."""
    moved = np.abs(first_step(seen))
    return abs(np.median(moved) - 0.001) > 2e-5 and np.ptp(moved) < 0.02 * np.median(moved)
