"""Define and compile a small network for a yes-or-no question, of any sizes."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.first_step import optimizer_too
from course_utils.exercises.keras_models.networks import (
    dense_shapes,
    is_forward,
    is_model,
    no_model,
    shapes,
)

from .classifier_judging import (
    built,
    compile_problem,
    compiled,
    is_old,
    layers_problem,
    observed,
    squared,
    trained_once,
)


def build_classifier(inputs, first, second):
    """The network inputs-first-second-1, compiled with Adam, binary cross-entropy and accuracy."""
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


build = FunctionExercise("build-classifier", reference=build_classifier, points=3, rounds=1, title="Define and compile")


@build.given
def _():
    return {"keras": keras}


@build.cases
def _(rng):
    def data(inputs):
        return rng.normal(size=(24, inputs)).astype(np.float32), np.arange(24, dtype=np.float32) % 3 % 2

    yield small("the layers of 30 → 32 → 16 → 1", (30, 32, 16), *data(30), "layers")
    yield random("the layers of 10 → 64 → 32 → 1", (10, 64, 32), *data(10), "layers")
    yield random("10 → 64 → 32 → 1, compiled", (10, 64, 32), *data(10), "compiled")


@build.drive
def _(answer, sizes, x, labels, aspect):
    model = answer(*sizes)
    if not hasattr(model, "get_weights"):
        return family(model)
    return observed(model, x) | (trained_once(model, answer(*sizes), x, labels) if aspect == "compiled" else {})


@build.accept
def _(seen, sizes, x, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "build_classifier")
    if is_old(seen):
        return "build_classifier should return a new model each time, and this one has already been trained"
    if seen["misfit"]:
        return f"the model does not take rows of {sizes[0]} numbers"
    p = seen["probabilities"]
    if np.shape(p) != (len(x), 1):
        return f"{len(x)} samples should give predictions of shape ({len(x)}, 1), but gave {np.shape(p)}"
    if aspect == "compiled":
        return compile_problem(seen, x, labels)
    return layers_problem(seen, sizes, x)


build.variant("a list of layers")(build_classifier)


@build.variant("layer by layer, with objects")
def _(inputs, first, second):
    model = keras.Sequential()
    model.add(keras.Input(shape=(inputs,)))
    for neurons in (first, second):
        model.add(keras.layers.Dense(neurons))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(1, activation=keras.activations.sigmoid))
    model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()])
    return model


@build.variant("functional")
def _(inputs, first, second):
    features = keras.Input((inputs,))
    hidden = keras.layers.Dense(second, "relu")(keras.layers.Dense(first, "relu")(features))
    model = keras.Model(features, keras.layers.Dense(1, "sigmoid")(hidden))
    model.compile("adam", "binary_crossentropy", metrics=["acc"])
    return model


@build.variant("without an Input, built when it is first used")
def _(inputs, first, second):
    model = keras.Sequential([
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


build.slip(
    "no-return",
    "build_classifier returned nothing. `compile` changes the model and gives nothing back. The model must leave the function: "
    "which line of its own is missing at the end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

build.slip(
    "input-fixed",
    "Your model takes rows of one fixed length, whatever the caller asks for. Which parameter tells how many features there are?",
    "keras.Input((inputs,))",
    "keras.Input((30,))",
    when=lambda seen, *_: is_model(seen) and bool(seen["misfit"]),
)

build.slip(
    "sizes-fixed",
    "Your hidden layers always have 32 and 16 neurons. The caller says how many: where do `first` and `second` belong?",
    "in (first, second)",
    "in (32, 16)",
    of="layer by layer, with objects",
    when=built(lambda seen, sizes, *_: sizes[1:] != (32, 16) and shapes(seen) == dense_shapes(sizes[0], 32, 16, 1)),
)

build.slip(
    "softmax-of-one",
    (
        "Every sample gets exactly 1. Softmax makes shares that sum to 1, and one neuron alone gets the whole share. "
        "Which activation turns one number into a probability?"
    ),
    '"sigmoid"',
    '"softmax"',
    when=built(lambda seen, *_: np.shape(seen["probabilities"])[1:] == (1,) and np.all(seen["probabilities"] == 1)),
)


@build.mistake(
    "two-outputs",
    "Two neurons answer. A yes-or-no question needs one: the probability of yes. That of no is the rest.",
    when=built(lambda seen, *_: np.shape(seen["probabilities"])[1:] == (2,)),
)
def _(inputs, first, second):
    model = keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(first, activation="relu"),
        keras.layers.Dense(second, activation="relu"),
        keras.layers.Dense(2, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


build.slip(
    "no-sigmoid",
    (
        "Some of your predictions are below 0 or above 1: they are scores, not probabilities. "
        "What squeezes any number between 0 and 1?"
    ),
    ', activation="sigmoid"',
    "",
    when=built(lambda seen, sizes, x, _: is_forward(seen, x, output=nn.linear) and len(seen["weights"]) == 6),
)

build.slip(
    "no-bend",
    "The hidden layers have no activation, so the three layers do no more than one (lesson 02). What bends them?",
    "        model.add(keras.layers.ReLU())\n",
    "",
    of="layer by layer, with objects",
    when=built(
        lambda seen, sizes, x, _: len(seen["weights"]) == 6 and is_forward(seen, x, hidden=nn.linear, output=nn.sigmoid)
    ),
)

build.slip(
    "layers-swapped",
    "The hidden layers stand in the wrong order. A layer is fed by the one above it in the list.",
    "in (first, second)",
    "in (second, first)",
    of="layer by layer, with objects",
    when=built(lambda seen, sizes, *_: shapes(seen) == dense_shapes(sizes[0], sizes[2], sizes[1], 1)),
)

build.slip(
    "one-hidden-layer",
    "There is one hidden layer. Where is the one with `second` neurons?",
    "in (first, second)",
    "in (first,)",
    of="layer by layer, with objects",
    when=built(lambda seen, sizes, *_: shapes(seen) == dense_shapes(sizes[0], sizes[1], 1)),
)

build.slip(
    "not-compiled",
    "The layers are right, but Keras does not know yet how to train them. Which step comes between defining and training?",
    '    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])\n',
    "",
    when=built(lambda seen, *_: "compile" in seen.get("refused", "")),
)

build.slip(
    "loss-for-many-classes",
    "That loss expects one output for each class, and you have one output in all. Which cross-entropy is made for yes or no?",
    '"binary_crossentropy"',
    '"sparse_categorical_crossentropy"',
    when=built(
        lambda seen, *_: (
            "label value" in seen.get("refused", "")
            or ("scores" in seen and not seen["refused"] and np.ravel(seen["scores"])[0] == 0)
        )
    ),
)


@build.mistake(
    "same-model-again",
    "Called twice with the same sizes, your function gives the same model back, with all that it has learned. Is the model made "
    "outside the function, or kept by a cache? Each call should make one of its own.",
    when=lambda seen, *_: is_model(seen) and is_old(seen),
)
def _(inputs, first, second, made={}):  # noqa: B006
    hidden = [keras.layers.Dense(neurons, activation="relu") for neurons in (first, second)]
    layers = [keras.Input((inputs,)), *hidden, keras.layers.Dense(1, activation="sigmoid")]
    model = made.setdefault((inputs, first, second), keras.Sequential(layers))
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


build.slip(
    "squared-error",
    (
        "The squared error of a probability is at most 1, however sure and wrong it is, and its slope dies out. "
        "Which loss makes a sure mistake expensive (lesson 04)?"
    ),
    '"binary_crossentropy"',
    '"mse"',
    when=compiled(lambda seen, labels: squared(seen, labels) and not optimizer_too(seen["weights"], seen["after"])),
)

build.slip(
    "no-metrics",
    "The model reports its loss only, which is hard to read. Which argument of compile asks for the accuracy as well?",
    ', metrics=["accuracy"]',
    "",
    when=compiled(lambda seen, labels: np.size(seen["scores"]) == 1),
)

UNNAMED = "without an Input the model is built when it is first used"
build.equivalent("model.add(keras.Input(shape=(inputs,)))", why=UNNAMED)
LAYERS = ["keras.Input((inputs,))", *(f"keras.layers.Dense({n}, activation='relu')" for n in ("first", "second"))]
LAYERS += ["keras.layers.Dense(1, activation='sigmoid')"]
build.equivalent(f"[{', '.join(LAYERS)}]", f"[{', '.join(LAYERS[1:])}]", why=UNNAMED)
for arguments in (
    "optimizer='adam', loss='binary_crossentropy', metrics=['accuracy']",
    "'adam', 'binary_crossentropy', metrics=['acc']",
    "keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()]",
):
    build.equivalent(f"model.compile({arguments})", "for _ in range(2): …", why="compiled twice is compiled")
for output in ("1, activation='sigmoid'", "1, activation=keras.activations.sigmoid", "1, 'sigmoid'"):
    right = f"keras.layers.Dense({output})"
    build.equivalent(
        right, f"{right[:-1]}, kernel_initializer='zeros')", why="one neuron alone has no other to differ from"
    )
