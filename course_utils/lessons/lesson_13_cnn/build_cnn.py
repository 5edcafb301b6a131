"""Define and compile a CNN with two convolutions for handwritten digits."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import compile_problem, evaluated, share_problem
from course_utils.exercises.keras_models.networks import input_shape, is_model, no_model, shapes, steps_of, total

from .cnn_judging import gradients, is_flat, is_forward
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
    seen = {"probabilities": model(images), "weights": model.get_weights(), "steps": steps_of(model)}
    seen["input"] = input_shape(model)
    return seen | evaluated(model, images, labels) | another(answer) if aspect == "compiled" else seen


def another(answer):
    """The weights of the next model that the answer returns, after one step of training of the first."""
    model = answer()
    return {"another": model.get_weights()} if hasattr(model, "get_weights") else {}


@build_cnn.accept
def _(seen, images, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "build_cnn")
    if is_old(seen):
        return "build_cnn should return a new model each time, and this one has already been trained"
    if problem := share_problem(seen["probabilities"], images):
        return problem
    if aspect == "compiled":
        return compile_problem(seen, images, labels, slopes(seen, images, labels))
    if seen["input"] not in (None, (28, 28, 1)):
        return f"the model should take images of the shape (28, 28, 1), and it was made for {seen['input']}"
    if shapes(seen) != CNN_SHAPES:
        return (
            f"the network should have 121930 parameters, as you counted in exercise 7, but has {total(seen)}, "
            f"with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, images):
        return (
            "the predictions are not those of convolutions with ReLU, max pooling, a hidden layer with ReLU and softmax"
        )
    return "all numbers of a kernel begin alike, so they can never become different" if is_flat(seen) else None


def is_old(seen):
    """Whether the model has learned before, or comes back a second time with what it has learned."""
    after, another = seen.get("after"), seen.get("another")
    again = after is not None and another is not None and len(after) == len(another)
    return seen["steps"] > 0 or (again and all(map(np.array_equal, after, another)))


def slopes(seen, images, labels):
    """The slopes of all weights of the right network; None for another."""
    return gradients(seen["weights"], images, labels) if is_forward(seen, images) else None


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


_LAYERS = """keras.layers.Conv2D(32, 3, activation='relu'), keras.layers.MaxPooling2D(2), \
keras.layers.Conv2D(64, 3, activation='relu'), keras.layers.MaxPooling2D(2), keras.layers.Flatten(), """
_DENSE = "keras.layers.Dense(64, activation='relu'), keras.layers.Dense(10, activation='softmax')"
_WHOLE = f"[keras.Input((28, 28, 1)), {_LAYERS}{_DENSE}]"
_BUILT_LATER = "a model without an Input takes the shape of the first images that it sees"
build_cnn.equivalent(_WHOLE, f"[{_LAYERS}{_DENSE}]", why=_BUILT_LATER)
build_cnn.equivalent(
    _WHOLE, f"[keras.Input((28, 28, 1)), {_LAYERS}keras.layers.Flatten(), {_DENSE}]", why="a row stays a row"
)
for _wrong in ("pass", "keras.Input(shape=(28, 28, 1))"):
    build_cnn.equivalent("model.add(keras.Input(shape=(28, 28, 1)))", _wrong, why=_BUILT_LATER)
for _compiled in (
    "model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])",
    "model.compile('adam', 'sparse_categorical_crossentropy', metrics=['acc'])",
    "model.compile(keras.optimizers.Adam(), keras.losses.SparseCategoricalCrossentropy(), "
    "metrics=[keras.metrics.SparseCategoricalAccuracy()])",
):
    build_cnn.equivalent(_compiled, "for _ in range(2): …", why="to compile twice is as good as once")
