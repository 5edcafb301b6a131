"""Define and compile a CNN with two convolutions for handwritten digits."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import compile_problem, evaluated, first_step, share_problem
from course_utils.exercises.keras_models.networks import is_model, no_model, shapes, total

from .cnn_judging import average, builds, has_shape, is_forward
from .common import CNN_SHAPES


def network():
    """Conv32-pool-Conv64-pool-Flatten-64-10, compiled."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


build_cnn = FunctionExercise("build-cnn", reference=network, points=3, rounds=1, title="Define the CNN")


@build_cnn.given
def _():
    return {"keras": keras}


@build_cnn.cases
def _(rng):
    images = rng.uniform(0, 1, (8, 28, 28, 1)).astype(np.float32)
    labels = rng.integers(0, 10, 8)
    yield small("the layers", images, labels, "layers")
    yield random("the compiled model", images, labels, "compiled")


@build_cnn.drive
def _(answer, images, labels, aspect):
    model = answer()
    if not hasattr(model, "get_weights"):
        return family(model)
    seen = {"probabilities": model(images), "weights": model.get_weights()}
    return seen | evaluated(model, images, labels) if aspect == "compiled" else seen


@build_cnn.accept
def _(seen, images, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "build_cnn")
    problem = share_problem(seen["probabilities"], images)
    if aspect == "compiled":
        return problem or compile_problem(seen, images, labels)
    if problem:
        return problem
    if shapes(seen) != CNN_SHAPES:
        return (
            f"the network should have 121930 parameters, as you counted in exercise 7, but has {total(seen)}, "
            f"with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, images):
        return (
            "the predictions are not those of convolutions with ReLU, max pooling, a hidden layer with ReLU and softmax"
        )
    return None


@build_cnn.variant("layer by layer")
def _():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


build_cnn.variant("a list of layers")(network)


@build_cnn.variant("objects, and ReLU after the pooling")
def _():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, kernel_size=(3, 3)))
        model.add(keras.layers.MaxPool2D((2, 2)))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation=keras.activations.relu))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Softmax())
    model.compile(
        keras.optimizers.Adam(),
        keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


@build_cnn.variant("functional")
def _():
    pixels = keras.Input((28, 28, 1))
    maps = keras.layers.MaxPooling2D()(keras.layers.Conv2D(32, (3, 3), activation="relu")(pixels))
    maps = keras.layers.MaxPooling2D()(keras.layers.Conv2D(64, (3, 3), activation="relu")(maps))
    hidden = keras.layers.Dense(64, "relu")(keras.layers.Flatten()(maps))
    model = keras.Model(pixels, keras.layers.Dense(10, "softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["acc"])
    return model


build_cnn.slip(
    "no-return",
    "build_cnn returned nothing. The model must leave the function: which line is missing at its end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

build_cnn.slip(
    "one-pooling",
    "The hidden layer gets 11 × 11 × 64 = 7744 numbers: one of the two poolings is missing. Which?",
    "        keras.layers.MaxPooling2D(2),\n        keras.layers.Flatten(),\n",
    "        keras.layers.Flatten(),\n",
    of="a list of layers",
    when=has_shape(4, (7744, 64)),
)

build_cnn.slip(
    "no-pooling",
    (
        "The hidden layer gets 24 × 24 × 64 = 36864 numbers and has over two million weights. What makes the maps "
        "smaller between the layers?"
    ),
    "        model.add(keras.layers.MaxPooling2D(2))\n",
    "",
    when=has_shape(4, (36864, 64)),
)

build_cnn.slip(
    "same-padding",
    (
        "Your maps keep their size in a convolution: the hidden layer gets 7 × 7 × 64 numbers. The table "
        "says 26 × 26 after the first. Which padding adds no zeros?"
    ),
    'Conv2D(filters, 3, activation="relu")',
    'Conv2D(filters, 3, padding="same", activation="relu")',
    when=has_shape(4, (3136, 64)),
)

build_cnn.slip(
    "other-filters",
    "The windows are 3 × 3, but the numbers of filters are not 32 in the first and 64 in the second convolution.",
    "(32, 64)",
    "(64, 32)",
    when=builds(
        lambda seen, _: (
            len(shapes(seen)) == 8
            and shapes(seen)[0][:2] == (3, 3)
            and (shapes(seen)[0][-1], shapes(seen)[2][-1]) != (32, 64)
        )
    ),
)

build_cnn.slip(
    "other-window",
    "Your filters are not 3 × 3. Which argument of Conv2D is the number of filters, and which the size of the window?",
    "Conv2D(filters, 3",
    "Conv2D(filters, 5",
    when=builds(lambda seen, _: len(shapes(seen)[0]) == 4 and shapes(seen)[0][:2] != (3, 3)),
)

build_cnn.slip(
    "no-hidden-layer",
    "After Flatten, 1600 numbers go straight into the ten outputs. Where are the 64 neurons between them?",
    '    model.add(keras.layers.Dense(64, activation="relu"))\n',
    "",
    when=has_shape(4, (1600, 10)),
)

build_cnn.slip(
    "no-flatten",
    (
        "Each image gives a small map of predictions instead of ten shares. Which layer lays the 5 × 5 × 64 numbers "
        "into one row first?"
    ),
    "    model.add(keras.layers.Flatten())\n",
    "",
    when=builds(lambda seen, _: np.ndim(seen["probabilities"]) == 4),
)

build_cnn.slip(
    "convolutions-do-not-bend",
    (
        "The convolutions have no activation, so nothing bends between them (lesson 02). What does "
        "`activation=` want in both?"
    ),
    'Conv2D(filters, 3, activation="relu")',
    "Conv2D(filters, 3)",
    when=builds(lambda seen, images: is_forward(seen, images, bend=nn.linear)),
)

build_cnn.slip(
    "hidden-does-not-bend",
    "The hidden layer of 64 neurons has no activation. What does `activation=` want in it?",
    'Dense(64, activation="relu")',
    "Dense(64)",
    when=builds(lambda seen, images: is_forward(seen, images, hidden=nn.linear)),
)

build_cnn.slip(
    "average-pooling",
    "Your pooling takes the mean of each window. Which pooling keeps the largest number?",
    "MaxPooling2D",
    "AveragePooling2D",
    when=builds(lambda seen, images: is_forward(seen, images, pool=average)),
)

build_cnn.slip(
    "no-softmax",
    "The ten outputs are scores: some are negative, and they do not sum to 1. Which activation makes shares of them?",
    ', activation="softmax"',
    "",
    when=builds(lambda seen, images: is_forward(seen, images, output=nn.linear)),
)

build_cnn.slip(
    "not-compiled",
    "The layers are right, but Keras does not know yet how to train them. Which step comes between defining and training?",
    '    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])\n',
    "",
    when=builds(lambda seen, _: "compile" in seen.get("refused", "")),
)

build_cnn.slip(
    "one-hot-loss",
    (
        "This loss wants ten numbers for each label, and `y_train` holds one: the digit. Which form of the cross-entropy "
        "takes the digit itself?"
    ),
    '"sparse_categorical_crossentropy"',
    '"categorical_crossentropy"',
    when=builds(lambda seen, _: "same rank" in seen.get("refused", "")),
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
