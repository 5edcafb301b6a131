"""The mistakes in the training of a classifier that is built rightly: not compiled, another loss or optimizer, not new."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises.keras_models.networks import is_model

from .build_classifier_shapes import build_classifier
from .review_judging import bias_step, built, is_old, keeps_at_first


def refuses(*words):
    """The mistake is recognised by what Keras says when it refuses the model."""
    return built(lambda seen, _: any(word in seen.get("refused", "") for word in words))


@build_classifier.mistake(
    "one-model-for-all",
    "The model that comes back has already learned something. Is it made anew at each call, and never trained in it?",
    when=built(lambda seen, _: is_old(seen)),
)
def _(words, size, units):
    made = globals().setdefault("classifiers", {})
    if (words, size, units) not in made:
        model = keras.Sequential([
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(words, size, mask_zero=True),
            keras.layers.LSTM(units),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
        made[words, size, units] = model
    return made[words, size, units]


build_classifier.slip(
    "not-compiled",
    (
        "The layers are right, but Keras does not know yet how to train them. Which step comes between defining "
        "and training?"
    ),
    '    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])\n',
    "",
    when=refuses("You must call `compile()`"),
)

build_classifier.slip(
    "squared-error",
    (
        "The loss is the squared error. It hardly punishes a sure and wrong answer. Which loss belongs to one "
        "sigmoid (lesson 04)?"
    ),
    '"binary_crossentropy"',
    '"mse"',
    when=lambda seen, rows, labels, *_: (
        is_model(seen)
        and "after" in seen
        and np.isclose(
            np.atleast_1d(seen["scores"])[0], np.mean((seen["probabilities"][:, 0] - labels) ** 2), atol=1e-4
        )
    ),
)

build_classifier.slip(
    "sgd",
    (
        'One step moves each bias by 0.01 times its slope: that is plain gradient descent, "sgd". Which optimizer does '
        "the text ask for?"
    ),
    'optimizer="adam"',
    'optimizer="sgd"',
    when=lambda seen, rows, labels, *_: (
        is_model(seen)
        and "after" in seen
        and np.allclose(
            bias_step(seen),
            -0.01 * np.mean(seen["probabilities"][:, 0] - labels),
            rtol=0.05,
            atol=1e-6,
        )
    ),
)

build_classifier.slip(
    "no-metrics",
    "The model reports its loss only. Which argument of compile asks for the accuracy as well?",
    ', metrics=["accuracy"]',
    "",
    when=built(lambda seen, _: "after" in seen and np.size(seen["scores"]) == 1),
)

build_classifier.slip(
    "metrics-in-third-place",
    "The third place of `compile` is not that of the metrics. Which name, with `=`, belongs before the list?",
    'optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"]',
    '"adam", "binary_crossentropy", ["accuracy"]',
    when=refuses("dtype='string'", "<class 'keras.src.metrics."),
)

build_classifier.slip(
    "loss-for-classes",
    "This loss wants a share for each class, and your model has one output. Which loss belongs to one sigmoid (lesson 04)?",
    '"binary_crossentropy"',
    '"sparse_categorical_crossentropy"',
    when=lambda seen, *case: (
        refuses("outside the valid range")(seen, *case)
        or (is_model(seen) and "after" in seen and abs(np.atleast_1d(seen["scores"])[0]) < 1e-6)
    ),
)

build_classifier.slip(
    "another-rate",
    (
        "One step moves the last bias neither by 0.001 nor by 0.01 times its slope. Which optimizer, with "
        'which learning rate, is "adam" when nothing more is said?'
    ),
    'optimizer="adam"',
    "optimizer=keras.optimizers.Adam(0.01)",
    when=built(lambda seen, _: "after" in seen and abs(abs(bias_step(seen).item()) - 0.001) > 2e-5),
)

build_classifier.slip(
    "frozen",
    "A step of training leaves some of the weights exactly where they were. Which line of yours forbids a layer to learn?",
    "units),",
    "units, trainable=False),",
    when=built(lambda seen, _: "after" in seen and any(map(np.array_equal, seen["weights"], seen["after"]))),
)

build_classifier.slip(
    "forgets-at-first",
    "The bias of your keep gate begins at 0. Left alone, Keras begins it at 1, so that a new LSTM remembers. Which option did you set?",
    "LSTM(units)",
    "LSTM(units, unit_forget_bias=False)",
    when=built(lambda seen, _: not is_old(seen) and not keeps_at_first(seen)),
)

_REST = (
    "keras.layers.Embedding(words, size, mask_zero=True), keras.layers.LSTM(units), "
    "keras.layers.Dense(1, activation='sigmoid')]"
)
build_classifier.equivalent(
    f"[keras.Input((None,), dtype='int32'), {_REST}",
    f"[{_REST}",
    why="a model without an Input is built when first used",
)
for _compiled in (
    "model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])",
    "model.compile('adam', 'binary_crossentropy', metrics=['accuracy'])",
    "model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()])",
):
    build_classifier.equivalent(_compiled, "for _ in range(2): …", why="to compile twice is as good as once")
