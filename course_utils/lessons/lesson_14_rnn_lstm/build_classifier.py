"""Define and compile an embedding, an LSTM and one sigmoid that tell whether a review is positive, of any sizes."""

from itertools import product

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import evaluated
from course_utils.exercises.keras_models.networks import (
    input_shape,
    is_model,
    no_model,
    refused,
    shapes,
    steps_of,
    total,
)

from .review_judging import behaves, built, computes, is_flat, is_old, keeps_at_first, learning_problem, lstm_shapes


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
    once = np.where(
        rows > 0, 1 + rng.permutation(rows.size).reshape(rows.shape), 0
    )  # no word twice: each has one slope
    yield random("the compiled model: 120 words, 4 numbers a word, 3 units", once, labels, (120, 4, 3), "compiled")


@build_classifier.drive
def _(answer, rows, labels, sizes, aspect):
    model = answer(*sizes)
    if not hasattr(model, "get_weights"):
        return family(model)
    probabilities, stopped = refused(model, rows)
    seen = {
        "probabilities": probabilities,
        "weights": model.get_weights(),
        "steps": steps_of(model),
        "stopped": stopped,
        "input": input_shape(model),
        "layers": [type(layer).__name__ for layer in getattr(model, "layers", [])],
    }
    if stopped:
        return seen
    if aspect == "layers":
        return seen | {"shorter": model(rows[:, :4])}
    labels = labels.reshape(-1, 1)
    seen |= evaluated(model, rows, labels)
    another = answer(*sizes)
    return seen | ({"another": weights_of(another, rows)} if hasattr(another, "get_weights") else {})


def has_fixed_length(seen, rows):
    """Whether the model was made for one length, and not by meeting these rows."""
    return seen["input"] not in (None, (None,), rows.shape[1:])


def weights_of(model, rows):
    """The weights of a model that may have none before it is first used."""
    model(rows[:1])
    return model.get_weights()


@build_classifier.accept
def _(seen, rows, labels, sizes, aspect):
    if not is_model(seen):
        return no_model(seen, "build_classifier")
    if is_old(seen):
        return "build_classifier should return a new model each time, and this one has already been trained"
    if has_fixed_length(seen, rows):
        return f"the model should read sentences of any length, and its input was made for the shape {seen['input']}"
    if seen["stopped"]:
        return f"the model cannot read reviews of {rows.shape[1]} words: {seen['stopped']}"
    if np.shape(seen["probabilities"]) != (len(rows), 1):
        return f"{len(rows)} reviews should give predictions of shape ({len(rows)}, 1), but gave {np.shape(seen['probabilities'])}"
    if shapes(seen) != lstm_shapes(*sizes):
        return (
            f"with the sizes {sizes} the weights should have the shapes {', '.join(map(str, lstm_shapes(*sizes)))}; yours have "
            f"{', '.join(map(str, shapes(seen)))}, {total(seen)} parameters"
        )
    if not computes(seen, rows):
        return "the predictions are not those of a masked embedding, an LSTM and one sigmoid"
    if is_flat(seen):
        return "all numbers of a kernel begin alike, so they can never become different"
    if not keeps_at_first(seen):
        return "the bias of the keep gate does not begin at 1, so that the LSTM remembers from the beginning"
    if aspect == "compiled":
        return learning_problem(seen, rows, labels)
    if not computes(seen | {"probabilities": seen["shorter"]}, rows[:, :4]):
        return "reviews of another length are not read as they should be"
    return None


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
    "build_classifier returned nothing. `compile` changes the model and gives nothing back. The model must leave the function: "
    "which line of its own is missing at the end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

build_classifier.slip(
    "masking-behind-the-embedding",
    (
        "`Masking` looks for steps whose numbers are all 0. Behind the embedding word 0 has a row of numbers that are learned, "
        "so it finds none. Which option of Embedding says that 0 is no word?"
    ),
    ", mask_zero=True)",
    "), keras.layers.Masking(0.0)",
    when=lambda seen, *case: behaves(masked=False)(seen, *case) and "Masking" in seen["layers"],
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
    when=built(lambda seen, rows: len(shapes(seen)) > 3 and shapes(seen)[2] == (shapes(seen)[1][-1],) * 2),
)

build_classifier.slip(
    "sizes-fixed",
    "The sizes of your layers do not follow the parameters. Where should `words`, `size` and `units` stand?",
    "keras.layers.Embedding(words, size, mask_zero=True),\n        keras.layers.LSTM(units),",
    "keras.layers.Embedding(10000, 128, mask_zero=True),\n        keras.layers.LSTM(64),",
    when=lambda seen, rows, labels, sizes, aspect: is_model(seen) and has_fixed_sizes(seen, sizes),
)


def has_fixed_sizes(seen, sizes):
    """Whether some of the sizes are those of the lesson's own classifier instead of the ones asked for."""
    choices = product(*zip(sizes, (10_000, 128, 64), strict=True))
    return shapes(seen) in [lstm_shapes(*some) for some in choices if some != tuple(sizes)]


build_classifier.slip(
    "too-few-rows",
    (
        "Your embedding has fewer rows than there are words. Which comes first in its brackets: how many words there are, or "
        "how many numbers a word gets?"
    ),
    "Embedding(words, size,",
    "Embedding(size, words,",
    when=built(lambda seen, rows: "is not in [0, " in seen["stopped"]),
)

build_classifier.slip(
    "length-fixed",
    "Your model reads reviews of one length only. What stands for “any length” in the shape of the input?",
    "keras.Input((None,)",
    "keras.Input((40,)",
    of="a list of layers",
    when=built(lambda seen, rows: has_fixed_length(seen, rows)),
)

build_classifier.slip(
    "read-backwards",
    "Your LSTM reads each review from its end. Which option of yours turns it round?",
    "LSTM(units)",
    "LSTM(units, go_backwards=True)",
    when=behaves(backwards=True),
)

build_classifier.slip(
    "both-directions",
    "Your LSTM reads each review twice, once from the end. One LSTM with `units` units is asked for.",
    "keras.layers.LSTM(units)",
    "keras.layers.Bidirectional(keras.layers.LSTM(units))",
    when=built(lambda seen, rows: len(shapes(seen)) == 9 and shapes(seen)[1:4] == shapes(seen)[4:7]),
)

build_classifier.slip(
    "units-and-size-swapped",
    "Your embedding has rows of `units` numbers, and your LSTM has `size` units. Which of the two is which?",
    "Embedding(words, size, mask_zero=True),\n        keras.layers.LSTM(units)",
    "Embedding(words, units, mask_zero=True),\n        keras.layers.LSTM(size)",
    when=lambda seen, rows, labels, sizes, aspect: (
        is_model(seen) and shapes(seen) == lstm_shapes(sizes[0], sizes[2], sizes[1])
    ),
)

build_classifier.slip(
    "memory-not-bent",
    "Your LSTM does not bend with tanh. Which activation has an LSTM that is told nothing?",
    "LSTM(units)",
    'LSTM(units, activation="relu")',
    when=behaves(bend=nn.relu),
)
