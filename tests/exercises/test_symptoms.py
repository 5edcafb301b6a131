"""What an answer shows is not why: wrong answers that look like a known mistake and are not told its hint."""

import numpy as np
import pytest

from course_utils import lessons
from course_utils.data.samples import digits, scaled
from course_utils.environment import keras
from tests.exercises.table import checked

PIXELS = {"raw-pixels", "scaled-again", "never-trained", "trained-on-the-test", "the-same-for-every-image"}
BENDS = {"no-hidden-activation", "no-activations", "one-layer-without-a-bend", "no-bend", "sigmoid-hidden"}
DENSE = "sparse_categorical_crossentropy"


def mlp_of_zeros():
    hidden = keras.layers.Dense(128, activation="relu", kernel_initializer="zeros")
    layers = [keras.Input((28, 28)), keras.layers.Flatten(), hidden, keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential(layers)
    model.compile(optimizer="adam", loss=DENSE, metrics=["accuracy"])
    return model


def classifier_of_zeros(inputs, first, second):
    hidden = [keras.layers.Dense(n, activation="relu", kernel_initializer="zeros") for n in (first, second)]
    model = keras.Sequential([keras.Input((inputs,)), *hidden, keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def regularized_of_zeros(inputs, hidden, classes, rate, strength):
    both = {"kernel_regularizer": keras.regularizers.L2(strength)}
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_initializer="zeros", **both),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", **both),
    ])


def cnn_that_stands_still():
    exercise = lessons.load("13_cnn")["build-cnn"]
    model = exercise.answer_of(exercise.reference)()
    model.compile(optimizer=keras.optimizers.Adam(0.0), loss=DENSE, metrics=["accuracy"])
    return model


def mixed_of_zeros(policy):
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=policy),
        keras.layers.Dense(128, activation="relu", dtype=policy, kernel_initializer="zeros"),
        keras.layers.Dense(10, activation="softmax", dtype="float32", kernel_initializer="zeros"),
    ])


def bare_block(size, heads, hidden, causal):
    x = inputs = keras.Input((None, size))
    x = keras.layers.MultiHeadAttention(heads, size // heads)(x, x, use_causal_mask=causal)
    x = keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(x))
    return keras.Model(inputs, x)


def packed_with_other_spreads(weights, mean, std):
    spread = 30 * std
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / spread).tolist(), (-1.3 * mean / spread).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


def frozen_classifier(x_train, y_train, x_val, y_val, epochs):
    model = keras.Sequential([
        keras.Input((x_train.shape[1],)),
        keras.layers.Dense(32, activation="relu", trainable=False),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), verbose=0)
    return model


def rates_by_a_square(trials, low, high, widths, seed):
    rng = np.random.default_rng(seed)
    return [
        {"learning_rate": low * (high / low) ** np.sqrt(u), "width": int(rng.choice(widths))}
        for u in rng.random(trials)
    ]


LOOK_ALIKE = [
    ("10_keras_mnist/build-mlp", mlp_of_zeros, BENDS),
    ("09_keras_workflow/build-classifier", classifier_of_zeros, BENDS),
    ("11_regularization/build-regularized", regularized_of_zeros, BENDS),
    ("19_gpu_training/build-mixed", mixed_of_zeros, {"one-model-for-all", "no-relu"}),
    ("13_cnn/build-cnn", cnn_that_stands_still, {"frozen"}),
    ("16_attention/build-block", bare_block, {"norms-without-numbers"}),
    ("20_deployment/pack", packed_with_other_spreads, {"no-mean", "not-prepared", "undone", "prepared-twice"}),
    ("09_keras_workflow/train-classifier", frozen_classifier, {"labels-of-other-rows"}),
    ("12_tuning/random-configs", rates_by_a_square, {"linear"}),
]


@pytest.mark.parametrize(("name", "answer", "untrue"), LOOK_ALIKE, ids=[row[0] for row in LOOK_ALIKE])
def test_what_looks_like_a_mistake_is_not_told_as_one(name, answer, untrue):
    exercise = exercise_of(name)
    for seed in range(1 if exercise.rounds == 1 else 5):
        result = checked(exercise, answer, seed)
        assert result.points < exercise.points
        assert result.mistake not in untrue


UNDERTRAINED = [
    pytest.param(name, seed, count, rate, id=f"{name}: {count} digits, rate {rate:g}")
    for name, *runs in (
        ("10_keras_mnist/train-mlp", (1, 500, 0.001), (2, 1500, 0.001), (3, 8000, 1e-5), (4, 3000, 0.1)),
        ("13_cnn/train-cnn", (1, 500, 0.001), (2, 1000, 0.001), (3, 1500, 1e-5), (4, 1500, 0.03)),
    )
    for seed, count, rate in runs
]


@pytest.mark.parametrize(("name", "seed", "count", "rate"), UNDERTRAINED)
def test_a_model_that_learned_too_little_is_told_no_cause_that_is_not_its_own(name, seed, count, rate):
    exercise, sample = exercise_of(name), digits()
    build = next(value for key, value in exercise._given().items() if key.startswith("build_"))
    x = scaled(sample.x_train[:count])

    def undertrained():
        keras.utils.set_random_seed(seed)
        model = build()
        model.optimizer.learning_rate = rate
        model.fit(x if name.startswith("10") else x[..., None], sample.y_train[:count], batch_size=32, verbose=0)
        return model

    result = checked(exercise, undertrained, seed)
    assert result.points < exercise.points
    assert result.mistake not in PIXELS, result.message


def exercise_of(name):
    """The exercise that is called lesson/id."""
    lesson, _, id = name.partition("/")
    return lessons.load(lesson)[id]
