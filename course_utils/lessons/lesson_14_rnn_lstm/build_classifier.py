"""Define and compile an embedding, an LSTM and one sigmoid that tell whether a review is positive, of any sizes."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import is_model, no_model, refused, shapes, total

from .review_judging import behaves, bias_step, built, computes, learning_problem, lstm_shapes


def classifier(words, size, units):
    """Embedding(words, size) with mask, LSTM(units), one sigmoid; compiled with Adam and binary cross-entropy."""
    model = keras.Sequential([
        keras.Input((None,), dtype="int32"),
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


build_classifier = FunctionExercise(
    "build-classifier", reference=classifier, points=4, rounds=1, title="A classifier of reviews"
)


@build_classifier.given
def _():
    return {"keras": keras}


@build_classifier.cases
def _(rng):
    lengths = rng.integers(2, 9, 12)
    rows = np.array([np.where(np.arange(9) < n, rng.integers(1, 50, 9), 0) for n in lengths], np.int32)
    labels = rng.permutation([1] * 9 + [0] * 3)  # uneven, so that no first step of plain SGD is as long as Adam's
    yield small("the layers: 50 words, 6 numbers a word, 5 units", rows, labels, (50, 6, 5), "layers")
    yield random("the compiled model: 60 words, 4 numbers a word, 3 units", rows, labels, (60, 4, 3), "compiled")


@build_classifier.drive
def _(answer, rows, labels, sizes, aspect):
    model = answer(*sizes)
    if not hasattr(model, "get_weights"):
        return family(model)
    seen = {"probabilities": model(rows), "weights": model.get_weights()}
    if aspect == "compiled":
        model.run_eagerly = True  # one step is quicker than the translation of the step into a graph
        seen["scores"], seen["refused"] = refused(model.test_on_batch, rows, labels.reshape(-1, 1))
        if not seen["refused"]:
            model.train_on_batch(rows, labels.reshape(-1, 1))
            seen["after"] = model.get_weights()
    return seen


@build_classifier.accept
def _(seen, rows, labels, sizes, aspect):
    if not is_model(seen):
        return no_model(seen, "build_classifier")
    if np.shape(seen["probabilities"]) != (len(rows), 1):
        return f"{len(rows)} reviews should give predictions of shape ({len(rows)}, 1), but gave {np.shape(seen['probabilities'])}"
    if shapes(seen) != lstm_shapes(*sizes):
        return (
            f"with the sizes {sizes} the weights should have the shapes {', '.join(map(str, lstm_shapes(*sizes)))}; yours have "
            f"{', '.join(map(str, shapes(seen)))}, {total(seen)} parameters"
        )
    if not computes(seen, rows):
        return "the predictions are not those of a masked embedding, an LSTM and one sigmoid"
    return learning_problem(seen, labels) if aspect == "compiled" else None


@build_classifier.variant("without an Input, built when it is first used")
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.variant("layer by layer, with objects")
def _(words, size, units):
    model = keras.Sequential()
    model.add(keras.layers.Embedding(words, size, mask_zero=True))
    model.add(keras.layers.LSTM(units))
    model.add(keras.layers.Dense(1, activation=keras.activations.sigmoid))
    model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()])
    return model


@build_classifier.variant("functional, the LSTM as a cell in a loop")
def _(words, size, units):
    numbers = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(words, size, mask_zero=True)(numbers)
    x = keras.layers.RNN(keras.layers.LSTMCell(units))(x)
    model = keras.Model(numbers, keras.layers.Dense(1, "sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


build_classifier.variant("a list of layers")(classifier)

build_classifier.slip(
    "no-return",
    "build_classifier returned nothing. The model must leave the function: which line is missing at its end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

build_classifier.slip(
    "no-mask",
    (
        "The LSTM goes on reading the zeros after the last word and loses what it remembered. "
        "Which option of Embedding says that 0 is no word?"
    ),
    ", mask_zero=True",
    "",
    when=behaves(masked=False),
)

build_classifier.slip(
    "no-sigmoid",
    "The output is a score that may be negative. What turns a score into a probability?",
    ', activation="sigmoid"',
    "",
    when=behaves(output=nn.linear),
)

build_classifier.slip(
    "softmax-of-one",
    (
        "Every review gets exactly 1: softmax shares out a whole, and a single neuron gets all of it. "
        "Which activation is for one yes-or-no answer?"
    ),
    '"sigmoid"',
    '"softmax"',
    when=behaves(output=np.ones_like),
)

build_classifier.slip(
    "answer-after-every-word",
    (
        "Your model gives an answer after every word. One answer a review is wanted: "
        "which option of LSTM makes it return all steps?"
    ),
    "LSTM(units)",
    "LSTM(units, return_sequences=True)",
    when=built(lambda seen, rows: np.ndim(seen["probabilities"]) == 3),
)

build_classifier.slip(
    "simple-rnn",
    (
        "This layer has one set of weights where an LSTM has four: it is a SimpleRNN, without gates. "
        "Which layer has the gates?"
    ),
    "layers.LSTM",
    "layers.SimpleRNN",
    when=built(lambda seen, rows: len(shapes(seen)) > 2 and shapes(seen)[1][1:] == shapes(seen)[2][:1]),
)

build_classifier.slip(
    "sizes-fixed",
    "The sizes of your layers do not follow the parameters. Where should `words`, `size` and `units` stand?",
    "keras.layers.Embedding(words, size, mask_zero=True),\n        keras.layers.LSTM(units),",
    "keras.layers.Embedding(10000, 128, mask_zero=True),\n        keras.layers.LSTM(64),",
    when=lambda seen, rows, labels, sizes, aspect: (
        is_model(seen) and len(shapes(seen)) == 6 and shapes(seen) == lstm_shapes(10_000, 128, 64)
    ),
)

build_classifier.slip(
    "not-compiled",
    (
        "The layers are right, but Keras does not know yet how to train them. Which step comes between defining "
        "and training?"
    ),
    '    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])\n',
    "",
    when=built(lambda seen, _: "compile" in seen.get("refused", "")),
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
