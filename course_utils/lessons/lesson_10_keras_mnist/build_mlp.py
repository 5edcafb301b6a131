"""Define and compile the first network for handwritten digits."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import compile_problem, evaluated, share_problem
from course_utils.exercises.keras_models.networks import (
    dense_shapes,
    is_forward,
    is_model,
    no_model,
    shapes,
    steps_of,
    total,
)

from .common import gradients


def mlp():
    """The network Flatten(28 × 28)-128-10, compiled with Adam, sparse cross-entropy and accuracy."""
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


build_mlp = FunctionExercise("build-mlp", reference=mlp, points=3, rounds=1, title="Define and compile")


@build_mlp.given
def _():
    return {"keras": keras}


@build_mlp.cases
def _(rng):
    images, labels = rng.uniform(0, 1, (16, 28, 28)).astype(np.float32), rng.integers(0, 10, 16)
    yield small("the layers", images, labels, "layers")
    yield random("the compiled model", images, labels, "compiled")


@build_mlp.drive
def _(answer, images, labels, aspect):
    model = answer()
    if not hasattr(model, "get_weights"):
        return family(model)
    seen = {"probabilities": model(images), "weights": model.get_weights(), "steps": steps_of(model)}
    if aspect == "layers":
        return seen
    seen |= evaluated(model, images, labels)
    another = answer()
    return seen | {"another": another.get_weights()} if hasattr(another, "get_weights") else seen


@build_mlp.accept
def _(seen, images, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "build_mlp")
    if is_old(seen):
        return "build_mlp should return a new model each time, and this one has already been trained"
    problem = share_problem(seen["probabilities"], images)
    if aspect == "compiled":
        slopes = gradients(seen["weights"], images, labels) if is_forward(seen, images) else None
        return problem or compile_problem(seen, images, labels, slopes)
    if problem:
        return problem
    if shapes(seen) != dense_shapes(784, 128, 10):
        return (
            f"the network should have 101770 parameters, 784 → 128 → 10, but has {total(seen)}, "
            f"with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, images):
        return "the predictions are not those of ReLU in the hidden layer and softmax in the output"
    if any(np.ptp(kernel) == 0 for kernel in seen["weights"][::2]):
        return "all weights of a kernel begin alike, so its neurons can never become different"
    return None


def is_old(seen):
    """Whether the model has learned before, or comes back a second time with what it has learned."""
    after, another = seen.get("after"), seen.get("another")
    again = after is not None and another is not None and len(after) == len(another)
    return seen["steps"] > 0 or (again and all(map(np.array_equal, after, another)))


def builds(test):
    """The mistake is recognised by `test(seen, images, labels)` on a model."""
    return lambda seen, images, labels, aspect: is_model(seen) and bool(test(seen, images, labels))


build_mlp.variant("a list of layers")(mlp)


@build_mlp.variant("layer by layer, with objects")
def _():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(128, activation=keras.activations.relu))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Softmax())
    model.compile(
        keras.optimizers.Adam(),
        keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


@build_mlp.variant("functional, reshaped")
def _():
    pixels = keras.Input((28, 28))
    hidden = keras.layers.Dense(128, "relu")(keras.layers.Reshape((784,))(pixels))
    model = keras.Model(pixels, keras.layers.Dense(10, "softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["acc"])
    return model


@build_mlp.variant("without an Input, built when it is first used")
def _():
    model = keras.Sequential([
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


build_mlp.slip(
    "no-return",
    "build_mlp returned nothing. `compile` changes the model and gives nothing back. The model must leave the function: "
    "which line of its own is missing at the end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)


@build_mlp.mistake(
    "made-outside",
    "Each call of build_mlp should make a new model. Yours gives the same one again, with all that it has learned: is it "
    "made inside the function?",
    when=lambda seen, images, labels, aspect: is_model(seen) and is_old(seen),
)
def _(made=[]):  # noqa: B006
    if not made:
        made.append(
            keras.Sequential([
                keras.Input((28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(128, activation="relu"),
                keras.layers.Dense(10, activation="softmax"),
            ])
        )
        made[0].compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return made[0]


build_mlp.slip(
    "no-flatten",
    (
        "An image gives a table of 28 rows of 10 numbers, so each row of pixels was read by itself. "
        "Which layer turns an image into one long row first?"
    ),
    "        keras.layers.Flatten(),\n",
    "",
    when=builds(lambda seen, *_: np.shape(seen["probabilities"])[1:] == (28, 10)),
)

build_mlp.slip(
    "other-outputs",
    "The hidden layer has its 128 neurons, but the output has not ten. How many digits are there to choose from?",
    "Dense(10",
    "Dense(1",
    when=builds(
        lambda seen, *_: len(shapes(seen)) == 4 and shapes(seen)[0] == (784, 128) and shapes(seen)[2][-1] != 10
    ),
)

build_mlp.slip(
    "no-softmax",
    (
        "The ten outputs of a digit are scores: some are negative, and they do not sum to 1. "
        "Which activation makes shares of them?"
    ),
    ', activation="softmax"',
    "",
    when=builds(lambda seen, images, _: is_forward(seen, images, output=nn.linear)),
)

build_mlp.slip(
    "sigmoid-output",
    (
        "Ten sigmoids are ten separate yes-or-no answers and do not sum to 1. A digit is one choice "
        "out of ten: which activation shares it out?"
    ),
    '"softmax"',
    '"sigmoid"',
    when=builds(lambda seen, images, _: is_forward(seen, images, output=nn.sigmoid)),
)

build_mlp.slip(
    "no-hidden-activation",
    (
        "The hidden layer has no activation, so the two layers do no more than one (lesson 02). "
        "What does `activation=` want in it?"
    ),
    ', activation="relu"',
    "",
    when=builds(lambda seen, images, _: len(seen["weights"]) == 4 and is_forward(seen, images, hidden=nn.linear)),
)

build_mlp.slip(
    "sigmoid-hidden",
    (
        "The hidden layer bends with a sigmoid, whose slope is never above 0.25. "
        "Which activation is the usual one inside a network?"
    ),
    '"relu"',
    '"sigmoid"',
    when=builds(lambda seen, images, _: len(seen["weights"]) == 4 and is_forward(seen, images, hidden=nn.sigmoid)),
)

build_mlp.slip(
    "tanh-hidden",
    "The hidden layer bends with tanh. Which activation does the text ask for?",
    '"relu"',
    '"tanh"',
    when=builds(lambda seen, images, _: len(seen["weights"]) == 4 and is_forward(seen, images, hidden=np.tanh)),
)

build_mlp.slip(
    "no-biases",
    "Your layers have no biases, so 138 parameters are missing. Which argument of Dense took them away?",
    'Dense(128, activation="relu"),\n        keras.layers.Dense(10, ',
    'Dense(128, activation="relu", use_bias=False),\n        keras.layers.Dense(10, use_bias=False, ',
    when=builds(lambda seen, *_: shapes(seen) == [(784, 128), (128, 10)]),
)

build_mlp.slip(
    "no-hidden-layer",
    "784 pixels go straight into 10 outputs. Where are the 128 neurons between them?",
    '        keras.layers.Dense(128, activation="relu"),\n',
    "",
    when=builds(lambda seen, *_: shapes(seen) == dense_shapes(784, 10)),
)

build_mlp.slip(
    "other-width",
    "One hidden layer, as it should be, but not with 128 neurons. Compare with your count in exercise 2.",
    "Dense(128",
    "Dense(64",
    when=builds(
        lambda seen, *_: len(shapes(seen)) == 4 and shapes(seen)[0] != (784, 128) and shapes(seen)[0][0] == 784
    ),
)
