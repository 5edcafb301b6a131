"""Exercises of lesson 10: prepare, define, compile, train, evaluate and predict on MNIST; reading curves and logs.

Keras answers are judged by what they do. Their forward pass is computed again in NumPy from their weights, so the judge
needs no TensorFlow; `keras` below is imported when one of the answers in this table is really run.
"""

from functools import cache

import numpy as np

from course_utils import events, nn

from .core import Lesson, edge, plain, random, small
from .core.classifiers import compile_problem, evaluated, first_step, loss_and_accuracy, share_problem
from .core.compare import family
from .core.lazy import keras
from .core.networks import (
    dense_shapes,
    forward,
    is_forward,
    is_model,
    no_model,
    refused,
    shapes,
    steps_of,
    total,
)
from .core.samples import digits, scaled

lesson = Lesson("10_keras_mnist", "Digits with Keras")

# What a trained network must reach on unseen digits. Five epochs on 8,000 digits reach 0.93 to 0.95 and 0.2.
NEEDED, HIGHEST_LOSS = 0.90, 1.0


# Prepare ----------------------------------------------------------------------------------------------


prepare = lesson.function("prepare", reference=scaled, points=2, title="Prepare the images")


@prepare.drive
def _(answer, images, what="pixels"):
    result = plain(answer(images))
    return result if what == "pixels" else str(getattr(result, "dtype", family(result)))


@prepare.cases
def _(rng):
    yield small("a tiny image with the pixels 0, 51, 102, 204", np.array([[[0, 51], [102, 204]]], np.uint8))
    yield random("three images", rng.integers(0, 256, (3, 4, 4), dtype=np.uint8))
    yield random("two images of 28 × 28", rng.integers(0, 200, (2, 28, 28), dtype=np.uint8))
    yield edge("an image without ink", np.zeros((1, 3, 3), np.uint8))
    yield edge("the type of the numbers", rng.integers(0, 256, (2, 3, 3), dtype=np.uint8), what="type")


@prepare.mistake(
    "whole-division",
    "Nearly everything became 0: `//` throws away what stands behind the point. Which sign divides and keeps it?",
)
def _(images):
    return (images // 255).astype(np.float32)


@prepare.mistake(
    "by-256", "Full ink, 255, does not become 1. There are 256 different pixel values, but what is the largest?"
)
def _(images):
    return images.astype(np.float32) / 256


@prepare.mistake(
    "by-own-maximum",
    "You divide by the largest pixel of this batch. Then the same grey becomes another number in "
    "another batch. Which number is the same for all images?",
)
def _(images):
    return images.astype(np.float32) / max(images.max(), 1)


@prepare.mistake(
    "standardised",
    "You subtract a mean and divide by a spread. That is another way to scale, and the result is "
    "not between 0 and 1. Here one division is enough.",
)
def _(images):
    x = images.astype(np.float32)
    return (x - x.mean()) / (x.std() + 1e-7)


@prepare.mistake("minus-one-to-one", "Your numbers run from -1 to 1. No ink should be 0 and full ink 1.")
def _(images):
    return images.astype(np.float32) / 127.5 - 1


@prepare.mistake("not-scaled", "The numbers are floats now, but still as large as before. What brings 255 down to 1?")
def _(images):
    return images.astype(np.float32)


@prepare.mistake(
    "flattened",
    "The scale is right, but the images became rows. Keep the shape (N, 28, 28): the model's first "
    "layer will flatten them.",
)
def _(images):
    return images.reshape(len(images), -1).astype(np.float32) / 255


@prepare.mistake(
    "float64",
    "The numbers are right, but NumPy made them float64, twice the memory that Keras needs. "
    'Where could `.astype("float32")` stand?',
)
def _(images):
    return images / 255


@prepare.mistake(
    "overwrites",
    "`images[...] = ` writes into the caller's array, and that array can hold whole numbers only. Return a new array.",
)
def _(images):
    images[...] = images / 255
    return images


@prepare.variant("divide first")
def _(images):
    return (images / 255.0).astype("float32")


@prepare.variant("times one over 255")
def _(images):
    return np.float32(1 / 255) * images.astype(np.float32)


@prepare.variant("np.asarray with a type")
def _(images):
    return np.asarray(images, dtype="float32") / np.float32(255)


# Count the parameters ---------------------------------------------------------------------------------

count = lesson.values(
    "count-parameters",
    points=2,
    title="Count the parameters",
    reference=lambda: {
        "hidden_layer": 784 * 128 + 128,
        "output_layer": 128 * 10 + 10,
        "whole_network": 101_770,
        "deeper_network": 109_386,
    },
)


@count.mistake("no-biases", "100 352 lines run from 784 pixels to 128 neurons. What else does each neuron own?")
def _():
    return {"hidden_layer": 784 * 128}


@count.mistake("one-bias-for-all", "You counted one bias for the whole layer. How many neurons does the layer have?")
def _():
    return {"hidden_layer": 784 * 128 + 1}


@count.mistake(
    "counted-neurons", "128 is the number of neurons. How many numbers does each of them need to add up 784 pixels?"
)
def _():
    return {"hidden_layer": 128}


@count.mistake("added-sizes", "You added 784 and 128. Every pixel is joined to every neuron: how many pairs are there?")
def _():
    return {"hidden_layer": 784 + 128}


@count.mistake(
    "one-row-of-pixels", "28 is one side of the image. How many pixels does the whole image have after flattening?"
)
def _():
    return {"hidden_layer": 28 * 128 + 128}


@count.mistake(
    "pixels-into-output", "The output layer does not see the pixels. What comes in from the layer before it?"
)
def _():
    return {"output_layer": 784 * 10 + 10}


@count.mistake(
    "middle-layer-forgotten",
    "That is the total of the network with one hidden layer. What does the layer of 64 add, "
    "and how many inputs does the output have now?",
)
def _():
    return {"deeper_network": 101_770}


@count.mistake(
    "old-output-layer", "Your deeper network still counts 128 inputs into the output. Which layer stands before it now?"
)
def _():
    return {"deeper_network": 100_480 + 8_256 + 1_290}


@count.variant("NumPy whole numbers")
def _():
    return {"hidden_layer": np.int64(100_480), "output_layer": np.int64(1_290)}


@count.variant("as floats")
def _():
    return {"whole_network": 101_770.0, "deeper_network": 109_386.0}


# Define and compile -----------------------------------------------------------------------------------


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


build_mlp = lesson.function("build-mlp", reference=mlp, points=3, rounds=1, title="Define and compile")


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
    seen = {"probabilities": model(images), "weights": model.get_weights()}
    return seen | evaluated(model, images, labels) if aspect == "compiled" else seen


@build_mlp.accept
def _(seen, images, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "build_mlp")
    problem = share_problem(seen["probabilities"], images)
    if aspect == "compiled":
        return problem or compile_problem(seen, images, labels)
    if problem:
        return problem
    if shapes(seen) != dense_shapes(784, 128, 10):
        return (
            f"the network should have 101770 parameters, 784 → 128 → 10, but has {total(seen)}, "
            f"with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, images):
        return "the predictions are not those of ReLU in the hidden layer and softmax in the output"
    return None


def builds(test):
    """The mistake is recognised by `test(seen, images, labels)` on a model."""
    return lambda seen, images, labels, aspect: is_model(seen) and bool(test(seen, images, labels))


def compiled(test):
    """The mistake is recognised by `test(seen, images, labels)` on a model that could be evaluated and trained."""
    return builds(lambda seen, images, labels: "after" in seen and test(seen, images, labels))


@build_mlp.mistake(
    "no-return",
    "build_mlp returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])


@build_mlp.mistake(
    "no-flatten",
    "An image gives a table of 28 rows of 10 numbers, so each row of pixels was read by itself. "
    "Which layer turns an image into one long row first?",
    when=builds(lambda seen, *_: np.shape(seen["probabilities"])[1:] == (28, 10)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "no-softmax",
    "The ten outputs of a digit are scores: some are negative, and they do not sum to 1. "
    "Which activation makes shares of them?",
    when=builds(lambda seen, images, _: is_forward(seen, images, output=nn.linear)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "sigmoid-output",
    "Ten sigmoids are ten separate yes-or-no answers and do not sum to 1. A digit is one choice "
    "out of ten: which activation shares it out?",
    when=builds(lambda seen, images, _: is_forward(seen, images, output=nn.sigmoid)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "no-hidden-activation",
    "The hidden layer has no activation, so the two layers do no more than one (lesson 02). "
    "What does `activation=` want in it?",
    when=builds(lambda seen, images, _: len(seen["weights"]) == 4 and is_forward(seen, images, hidden=nn.linear)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "sigmoid-hidden",
    "The hidden layer bends with a sigmoid, whose slope is never above 0.25. "
    "Which activation is the usual one inside a network?",
    when=builds(lambda seen, images, _: len(seen["weights"]) == 4 and is_forward(seen, images, hidden=nn.sigmoid)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="sigmoid"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "no-hidden-layer",
    "784 pixels go straight into 10 outputs. Where are the 128 neurons between them?",
    when=builds(lambda seen, *_: shapes(seen) == dense_shapes(784, 10)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "other-width",
    "One hidden layer, as it should be, but not with 128 neurons. Compare with your count in exercise 2.",
    when=builds(lambda seen, *_: len(shapes(seen)) == 4 and shapes(seen)[0] != (784, 128)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "not-compiled",
    "The layers are right, but Keras does not know yet how to train them. Which step comes between "
    "defining and training?",
    when=builds(lambda seen, *_: "compile" in seen.get("refused", "")),
)
def _():
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


@build_mlp.mistake(
    "squared-error",
    "The squared error subtracts the label from all ten shares, as if the digit 9 were nine times as much "
    "as a 1. A digit is a class: which loss measures the share that the right class got?",
    when=builds(lambda seen, *_: "Incompatible shapes" in seen.get("refused", "")),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "one-hot-loss",
    "categorical_crossentropy expects ten numbers as a label, one of them 1. Here a label is a single "
    "number from 0 to 9. Which cross-entropy takes such *sparse* labels?",
    when=builds(lambda seen, *_: seen.get("refused")),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


@build_mlp.mistake(
    "no-metrics",
    "The model reports its loss only, which is hard to read. Which argument of compile asks for the accuracy as well?",
    when=compiled(lambda seen, *_: np.size(seen["scores"]) == 1),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model


@build_mlp.mistake(
    "sgd",
    'One step moves each bias by 0.01 times its slope: that is plain gradient descent, "sgd". '
    "Which optimizer does the text ask for?",
    when=compiled(
        lambda seen, images, labels: np.allclose(
            first_step(seen), -0.01 * np.mean(seen["probabilities"] - np.eye(10)[labels], axis=0), rtol=0.05, atol=1e-6
        )
    ),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


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


# Train ------------------------------------------------------------------------------------------------


@cache
def practice():
    """5,000 prepared digits and their labels: enough to train on while the learner's own model is not there yet."""
    sample = digits()
    return scaled(sample.x_train[:5000]), sample.y_train[:5000]


def trained(build_mlp, x_train, y_train):
    """The network after five epochs in batches of 32."""
    model = build_mlp()
    model.fit(x_train, y_train, epochs=5, batch_size=32, verbose=0)
    return model


train_mlp = lesson.object("train-mlp", answer="model", reference=trained, points=3, rounds=1, title="Train")


@train_mlp.given
def _():
    x_train, y_train = practice()
    keras.utils.set_random_seed(1)
    return {"keras": keras, "build_mlp": mlp, "x_train": x_train, "y_train": y_train}


@train_mlp.cases
def _(rng):
    sample = digits()
    some = rng.choice(len(sample.x_test), 1000, replace=False)
    yield small(
        "300 digits that it has not seen: much better than guessing", sample.x_test[:300], sample.y_test[:300], 0.5, 1.5
    )
    yield random("1000 digits that it has not seen", sample.x_test[some], sample.y_test[some], NEEDED, HIGHEST_LOSS)


@train_mlp.drive
def _(answer, images, labels, needed, highest):
    probabilities = plain(answer(scaled(images)))
    seen = {"probabilities": probabilities, "weights": answer.get_weights(), "steps": steps_of(answer)}
    if share_problem(probabilities, images) is None and loss_and_accuracy(probabilities, labels)[1] >= 0.4:
        seen["raw"] = loss_and_accuracy(plain(answer(images.astype(np.float32))), labels)[1]
    return seen


@train_mlp.accept
def _(seen, images, labels, needed, highest):
    if problem := share_problem(seen["probabilities"], images):
        return f"{problem}; look at exercise 3 first"
    if shapes(seen) != dense_shapes(784, 128, 10):
        return f"the model should be one from exercise 3, with 101770 parameters, but it has {total(seen)}"
    loss, accuracy = loss_and_accuracy(seen["probabilities"], labels)
    if accuracy < needed:
        return f"the model names {accuracy:.1%} of the digits rightly; {needed:.0%} are needed"
    if loss > highest:
        return f"the model's loss is {loss:.2f}, and it should be below {highest:g}"
    return None


@train_mlp.mistake(
    "another-network",
    "This is a network of another size than the one of exercise 3. Keep it under a name of its own for later, "
    "and train the one from `build_mlp` here.",
    when=lambda seen, images, *_: (
        shapes(seen) != dense_shapes(784, 128, 10) and share_problem(seen["probabilities"], images) is None
    ),
)
def _(x_train, y_train):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, epochs=1, batch_size=32, verbose=0)
    return model


@train_mlp.mistake(
    "never-trained",
    "The model has not made a single step of training and guesses: one digit in ten or so is right. "
    "Which method makes it learn?",
    when=lambda seen, *_: seen["steps"] == 0,
)
def _(build_mlp):
    return build_mlp()


@train_mlp.mistake(
    "labels-do-not-match",
    "The model was trained and still only guesses: it could not learn which image is which digit. "
    "Do images and labels stand in the same order?",
    when=lambda seen, images, *_: "raw" not in seen and share_problem(seen["probabilities"], images) is None,
)
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train, np.sort(y_train), epochs=1, batch_size=32, verbose=0)
    return model


@train_mlp.mistake(
    "raw-pixels",
    "The model is unsure about digits whose pixels run from 0 to 1, so it learned from pixels up to 255. "
    "Which of your arrays was prepared: `images_train` or `x_train`?",
    when=lambda seen, *_: "raw" in seen and np.max(seen["probabilities"], axis=1).mean() < 0.4,
)
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train * 255, y_train, epochs=1, batch_size=32, verbose=0)
    return model


@train_mlp.mistake(
    "too-few-steps",
    "The model has learned something and could learn more. How many steps did it make: "
    "epochs × digits / batch size? The text asks for 5 epochs in batches of 32.",
    when=lambda seen, *_: "raw" in seen,
)
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train[:2000], y_train[:2000], epochs=1, batch_size=64, verbose=0)
    return model


@train_mlp.variant("more epochs, larger batches")
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train, y_train, epochs=8, batch_size=48, verbose=0)
    return model


@train_mlp.variant("in two goes, with part of the digits kept for validation")
def _(build_mlp, x_train, y_train):
    model = build_mlp()
    model.fit(x_train, y_train, epochs=2, batch_size=32, validation_split=0.05, verbose=0)
    model.fit(x_train, y_train, epochs=4, batch_size=32, verbose=0)
    return model


# Evaluate ---------------------------------------------------------------------------------------------


def shares_of(rng, rows, classes=10):
    """Random shares, none of them too near to 0."""
    return 0.9 * rng.dirichlet(np.full(classes, 0.3), size=rows) + 0.1 / classes


evaluate = lesson.function("evaluate", reference=loss_and_accuracy, points=2, title="Evaluate by hand")


@evaluate.cases
def _(rng):
    yield small(
        "two images, three classes: shares 1/2 and 1/4 for the right one",
        np.array([[0.5, 0.3, 0.2], [0.1, 0.25, 0.65]]),
        np.array([0, 1]),
    )
    yield random("six digits", shares_of(rng, 6), rng.integers(0, 10, 6))
    yield random("eight digits", shares_of(rng, 8), rng.integers(0, 10, 8))
    yield edge("a single digit", shares_of(rng, 1), rng.integers(0, 10, 1))
    yield edge(
        "every digit right, with share 0.9",
        np.full((3, 4), 0.1 / 3) + np.eye(4)[[2, 0, 1]] * (0.9 - 0.1 / 3),
        np.array([2, 0, 1]),
    )


@evaluate.mistake(
    "largest-share",
    "You take the logarithm of the largest share, so a wrong answer given boldly costs nothing. "
    "Whose share does the loss look at?",
)
def _(probabilities, labels):
    return -np.mean(np.log(probabilities.max(axis=1))), np.mean(probabilities.argmax(axis=1) == labels)


@evaluate.mistake(
    "no-minus", "Your loss is negative. The logarithm of a share below 1 is negative; what turns it round?"
)
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return np.mean(np.log(p)), np.mean(probabilities.argmax(axis=1) == labels)


@evaluate.mistake(
    "sum-not-mean",
    "You add the losses of all images, so a larger test set looks worse. What makes it a loss per image?",
)
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return -np.sum(np.log(p)), np.mean(probabilities.argmax(axis=1) == labels)


@evaluate.mistake(
    "no-logarithm", "You average 1 - share. Cross-entropy takes the logarithm, so that a share near 0 costs very much."
)
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return np.mean(1 - p), np.mean(probabilities.argmax(axis=1) == labels)


@evaluate.mistake(
    "other-logarithm",
    "A share of 1/2 should cost 0.693, and yours costs 1: that is the logarithm to base 2. Which one is np.log?",
)
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log2(p)), np.mean(probabilities.argmax(axis=1) == labels)


@evaluate.mistake(
    "divided-by-all-classes",
    "The sum is right, but you divide by images × classes. Each image has one loss: by how many do you divide?",
)
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return -np.sum(np.log(p)) / probabilities.size, np.mean(probabilities.argmax(axis=1) == labels)


@evaluate.mistake("count-not-share", "Your accuracy is a count of hits. A share lies between 0 and 1: divide by what?")
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(p)), float(np.sum(probabilities.argmax(axis=1) == labels))


@evaluate.mistake("percent", "Your accuracy is in percent. Keras reports a share between 0 and 1.")
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(p)), 100 * np.mean(probabilities.argmax(axis=1) == labels)


@evaluate.mistake("swapped", "Both numbers are right but stand in the wrong order. Keras gives the loss first.")
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    return np.mean(probabilities.argmax(axis=1) == labels), -np.mean(np.log(p))


@evaluate.variant("a loop")
def _(probabilities, labels):
    loss = hits = 0.0
    for row, label in zip(probabilities, labels, strict=True):
        loss -= np.log(row[label])
        hits += row.argmax() == label
    return loss / len(labels), hits / len(labels)


@evaluate.variant("with one-hot labels, as a list")
def _(probabilities, labels):
    one_hot = np.eye(probabilities.shape[1])[labels]
    return [-(one_hot * np.log(probabilities)).sum(axis=1).mean(), (probabilities.argmax(axis=1) == labels).mean()]


# Predict ----------------------------------------------------------------------------------------------


def digit_and_confidence(probabilities):
    """The digit with the largest share of each row, and that share."""
    return np.argmax(probabilities, axis=1), np.max(probabilities, axis=1)


predictions = lesson.function("read-predictions", reference=digit_and_confidence, points=2, title="Read predictions")


@predictions.cases
def _(rng):
    yield small("two images, three classes", np.array([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]]))
    yield random("five digits", shares_of(rng, 5))
    yield random("ten digits", shares_of(rng, 10))
    yield edge("a single digit, still in a batch", shares_of(rng, 1))


@predictions.mistake(
    "wrong-axis",
    "You look down the columns: which image is most like a 0, a 1, … A row is one image. Which axis runs along a row?",
)
def _(probabilities):
    return np.argmax(probabilities, axis=0), np.max(probabilities, axis=0)


@predictions.mistake(
    "whole-batch", "You get one place for the whole table. Each image needs its own digit: say along which axis."
)
def _(probabilities):
    return np.argmax(probabilities), np.max(probabilities)


@predictions.mistake(
    "share-not-digit", "You return the largest share twice. For the digit you need its *place* in the row."
)
def _(probabilities):
    return np.max(probabilities, axis=1), np.max(probabilities, axis=1)


@predictions.mistake(
    "swapped", "Both are right but stand in the wrong order: first the digits, then how sure the model is."
)
def _(probabilities):
    return np.max(probabilities, axis=1), np.argmax(probabilities, axis=1)


@predictions.mistake(
    "least-likely", "You found the digit that the model believes least. Which end of the row do you want?"
)
def _(probabilities):
    return np.argmin(probabilities, axis=1), np.min(probabilities, axis=1)


@predictions.mistake(
    "counts-from-one",
    "Your digits are one too large. The first place in a row has the number 0, and it stands for the digit 0.",
)
def _(probabilities):
    return np.argmax(probabilities, axis=1) + 1, np.max(probabilities, axis=1)


@predictions.mistake(
    "percent", "The digits are right. The confidence should be a share between 0 and 1, as the model gives it."
)
def _(probabilities):
    return np.argmax(probabilities, axis=1), 100 * np.max(probabilities, axis=1)


@predictions.variant("last axis, as a list")
def _(probabilities):
    return [probabilities.argmax(-1), probabilities.max(-1)]


@predictions.variant("picked by place")
def _(probabilities):
    places = np.argsort(probabilities, axis=1)[:, -1]
    return places, np.take_along_axis(probabilities, places[:, None], axis=1)[:, 0]


# Which digits are confused ----------------------------------------------------------------------------

lesson.text(
    "confusions",
    points=3,
    title="Which digits are confused, and why?",
    rubric="""
1 point: names at least two pairs and quotes their counts from the confusion table of this run.
1 point: gives for each pair a reason in the shape of the digits, tied to an image in the gallery.
1 point: says why this network cannot help it (it sees 784 separate pixels, not strokes) or what would help, such as more
digits of that kind or a convolution.
""",
)


# A deeper network with a validation set ---------------------------------------------------------------


def deeper(images, labels, epochs):
    """The network 784-128-64-10 after `epochs` epochs on the first 80 % of the digits; the rest is for validation."""
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, batch_size=32, epochs=epochs, validation_split=0.2, verbose=0)
    return model


train_deeper = lesson.function("train-deeper", reference=deeper, points=3, rounds=1, title="A deeper network, watched")


@train_deeper.given
def _():
    return {"keras": keras}


@train_deeper.cases
def _(rng):
    yield small(
        "100 made-up images, 2 epochs", rng.uniform(0, 1, (100, 28, 28)).astype(np.float32), rng.integers(0, 10, 100), 2
    )


@train_deeper.drive
def _(answer, images, labels, epochs):
    model = answer(images, labels, epochs)
    if not hasattr(model, "get_weights"):
        return "its history" if hasattr(model, "history") else family(model)
    rows, refusal = refused(model, images.reshape(len(images), -1))
    past = getattr(model, "history", None)
    return {
        "probabilities": model(images) if refusal else rows,
        "weights": model.get_weights(),
        "history": {} if past is None else past.history,
        "steps": steps_of(model),
    }


@train_deeper.accept
def _(seen, images, labels, epochs):
    if not is_model(seen):
        return no_model(seen, "train_deeper")
    if problem := share_problem(seen["probabilities"], images):
        return problem
    if shapes(seen) != dense_shapes(784, 128, 64, 10):
        return (
            f"the network should have 109386 parameters, 784 → 128 → 64 → 10, but has {total(seen)}, "
            f"with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, images):
        return "the predictions are not those of ReLU in both hidden layers and softmax in the output"
    history = seen["history"]
    if len(history.get("loss", ())) != epochs:
        return f"{epochs} epochs were asked for, and the model's history tells of {len(history.get('loss', ()))}"
    if "accuracy" not in history and "acc" not in history and "sparse_categorical_accuracy" not in history:
        return "the history does not tell the accuracy"
    if "val_loss" not in history:
        return "the history tells nothing of a validation set"
    if not validated_on(seen, images, labels, slice(80, None)):
        return "the validation loss is not that of the last 20 % of the digits"
    if seen["steps"] != epochs * 3:
        return f"80 digits in batches of 32 are 3 steps an epoch, {epochs * 3} in all; the optimizer made {int(seen['steps'])}"
    return None


def validated_on(seen, images, labels, part):
    """Whether the last validation loss is that of these digits, computed again from the final weights."""
    losses = seen["history"].get("val_loss")
    return bool(losses) and np.isclose(
        losses[-1], nn.sparse_categorical_crossentropy(labels[part], forward(seen["weights"], images[part])), rtol=1e-4
    )


def deep(test):
    """The mistake is recognised by `test(seen, images, labels, epochs)` on a model."""
    return lambda seen, images, labels, epochs: is_model(seen) and bool(test(seen, images, labels, epochs))


@train_deeper.mistake(
    "returns-history",
    "You return what fit returned, the history. Return the model: it keeps its history in `model.history`.",
    when=lambda seen, *_: seen == "its history",
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images.reshape(-1, 784), labels, epochs=epochs, validation_split=0.2, verbose=0)


@train_deeper.mistake(
    "one-hidden-layer",
    "This is the network of exercise 3 again. Which layer makes it deeper, and where does it stand?",
    when=deep(lambda seen, *_: shapes(seen) == dense_shapes(784, 128, 10)),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=epochs, validation_split=0.2, verbose=0)
    return model


@train_deeper.mistake(
    "layers-swapped",
    "The layers have the right sizes in the wrong order: 64 stands before 128. Each layer is "
    "fed by the one above it in the list.",
    when=deep(lambda seen, *_: shapes(seen) == dense_shapes(784, 64, 128, 10)),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=epochs, validation_split=0.2, verbose=0)
    return model


@train_deeper.mistake(
    "no-activations",
    "The hidden layers have no activation, so the three layers do no more than one (lesson 02). What bends them?",
    when=deep(lambda seen, images, *_: len(seen["weights"]) == 6 and is_forward(seen, images, hidden=nn.linear)),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128),
        keras.layers.Dense(64),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=epochs, validation_split=0.2, verbose=0)
    return model


@train_deeper.mistake(
    "not-trained",
    "The model is new: it has no history. Which method trains it, and is it called inside your function?",
    when=deep(lambda seen, *_: not seen["history"]),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@train_deeper.mistake(
    "fixed-epochs",
    "Your function always trains for the same number of epochs. The caller says how many: where does `epochs` belong?",
    when=deep(lambda seen, images, labels, epochs: len(seen["history"].get("loss", ())) not in (0, epochs)),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=10, validation_split=0.2, verbose=0)
    return model


@train_deeper.mistake(
    "no-validation",
    "The history tells of the training digits only. Which argument of fit keeps a share of them back?",
    when=deep(lambda seen, *_: seen["history"] and "val_loss" not in seen["history"]),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=epochs, verbose=0)
    return model


@train_deeper.mistake(
    "validates-on-training",
    "You validate on the very digits that the model learns from, so it can never be caught "
    "learning them by heart. Keep some back that it does not train on.",
    when=deep(lambda seen, images, labels, epochs: validated_on(seen, images, labels, slice(None))),
)
def _(images, labels, epochs):
    rows = images.reshape(-1, 784)
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(rows, labels, epochs=epochs, validation_data=(rows, labels), verbose=0)
    return model


@train_deeper.mistake(
    "other-share",
    "Some digits are kept back, but not one in five. Which number means 20 %?",
    when=deep(
        lambda seen, images, labels, epochs: (
            any(validated_on(seen, images, labels, slice(start, None)) for start in range(1, 100))
            and not validated_on(seen, images, labels, slice(80, None))
        )
    ),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=epochs, validation_split=0.5, verbose=0)
    return model


@train_deeper.mistake(
    "other-batch-size",
    "The network and the validation are right; only the number of steps is not. 80 digits in "
    "batches of 32 make 3 steps an epoch. What is your batch size?",
    when=deep(lambda seen, images, labels, epochs: seen["steps"] is not None and seen["steps"] not in (0, 3 * epochs)),
)
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images.reshape(-1, 784), labels, epochs=epochs, batch_size=20, validation_split=0.2, verbose=0)
    return model


@train_deeper.variant("split by hand")
def _(images, labels, epochs):
    rows = images.reshape(len(images), -1)
    n = int(0.8 * len(rows))
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(rows[:n], labels[:n], epochs=epochs, batch_size=32, validation_data=(rows[n:], labels[n:]), verbose=0)
    return model


@train_deeper.variant("with a Flatten layer instead of reshape")
def _(images, labels, epochs):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, validation_split=0.2, verbose=0)
    return model


# Read the history -------------------------------------------------------------------------------------


def best_epoch_and_gap(history):
    """The epoch (from 1) of the lowest validation loss, and training minus validation accuracy at the last epoch."""
    return int(np.argmin(history["val_loss"])) + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


read_history = lesson.function("read-history", reference=best_epoch_and_gap, points=2, title="Read the history")


def made_up_history(rng, epochs, best):
    """A history whose validation loss is lowest at the epoch `best` and whose validation accuracy peaks one later."""
    epoch = np.arange(1, epochs + 1)
    noise = np.sort(rng.uniform(0.01, 0.05, (4, epochs)), axis=1)
    return {
        "loss": (0.8 / epoch - 0.1 * noise[0]).tolist(),
        "accuracy": (0.9 + 2 * noise[1]).tolist(),
        "val_loss": (0.3 + 0.04 * abs(epoch - best) + 0.1 * noise[2]).tolist(),
        "val_accuracy": (0.85 - 0.02 * abs(epoch - best - 1) + 0.1 * noise[3]).tolist(),
    }


@read_history.cases
def _(rng):
    yield small(
        "five epochs, lowest validation loss 0.50 in the third",
        {
            "loss": [0.9, 0.6, 0.4, 0.3, 0.2],
            "accuracy": [0.70, 0.80, 0.90, 0.95, 0.97],
            "val_loss": [0.8, 0.6, 0.5, 0.55, 0.6],
            "val_accuracy": [0.72, 0.78, 0.82, 0.84, 0.83],
        },
    )
    yield random("ten epochs", made_up_history(rng, 10, int(rng.integers(3, 9))))
    yield random("six epochs", made_up_history(rng, 6, int(rng.integers(2, 6))))
    yield edge("best at once", made_up_history(rng, 5, 1))
    yield edge("a single epoch", made_up_history(rng, 1, 1))


@read_history.mistake(
    "counts-from-zero", "Your epoch is one too small: Python counts places from 0, people count epochs from 1."
)
def _(history):
    return int(np.argmin(history["val_loss"])), history["accuracy"][-1] - history["val_accuracy"][-1]


@read_history.mistake(
    "training-loss",
    "You took the last epoch, where the *training* loss is lowest. "
    "Which curve shows digits that the model does not train on?",
)
def _(history):
    return int(np.argmin(history["loss"])) + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


@read_history.mistake("highest-loss", "You found the epoch with the highest validation loss. Is a high loss good?")
def _(history):
    return int(np.argmax(history["val_loss"])) + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


@read_history.mistake(
    "by-accuracy",
    "You chose the epoch by validation accuracy. It often still creeps up while the loss has turned; "
    "the text asks for the lowest validation loss.",
)
def _(history):
    return int(np.argmax(history["val_accuracy"])) + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


@read_history.mistake(
    "gap-reversed",
    "Your gap is negative, although the model does better on the digits it trains on. "
    "Which accuracy do you subtract from which?",
)
def _(history):
    return int(np.argmin(history["val_loss"])) + 1, history["val_accuracy"][-1] - history["accuracy"][-1]


@read_history.mistake(
    "gap-of-losses", "Your gap compares losses. The text asks for the gap between the two accuracies."
)
def _(history):
    return int(np.argmin(history["val_loss"])) + 1, history["val_loss"][-1] - history["loss"][-1]


@read_history.mistake(
    "gap-at-best",
    "You measure the gap at the best epoch. The text asks for it at the end of the training: the last entry is `[-1]`.",
)
def _(history):
    best = int(np.argmin(history["val_loss"]))
    return best + 1, history["accuracy"][best] - history["val_accuracy"][best]


@read_history.variant("with lists only")
def _(history):
    losses = history["val_loss"]
    return losses.index(min(losses)) + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


@read_history.variant("NumPy numbers, as a list")
def _(history):
    return [np.argmin(history["val_loss"]) + 1, np.float64(history["accuracy"][-1]) - history["val_accuracy"][-1]]


# Read a TensorBoard log -------------------------------------------------------------------------------


def curve(folder, tag):
    """The values of a scalar in a TensorBoard log."""
    return events.read_scalars(folder)[tag]


read_curve = lesson.function("read-curve", reference=curve, points=2, title="Read a TensorBoard log")

TAGS = ("epoch_loss", "epoch_accuracy")


@read_curve.cases
def _(rng):
    def log(run, part):
        return str(events.RUNS / run / part)

    yield small("the validation loss of the run ash", log("ash", "validation"), "epoch_loss")
    yield random(
        "the accuracy of another run",
        log(str(rng.choice(["birch", "cedar"])), str(rng.choice(["train", "validation"]))),
        "epoch_accuracy",
    )
    yield edge("a long run, elm", log("elm", str(rng.choice(["train", "validation"]))), str(rng.choice(TAGS)))


def reads(test):
    """The mistake is recognised by `test(seen, right values, folder, tag)` on numbers."""

    def when(seen, folder, tag):
        try:
            numbers = np.asarray(seen, dtype=float)
        except (TypeError, ValueError):
            return False
        return bool(test(numbers, np.array(curve(folder, tag)), folder, tag))

    return when


def alike(one, other):
    """Same shape and same float32 numbers."""
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-5)


@read_curve.mistake(
    "only-ten",
    "Ten values came back from a run of more epochs: unless told otherwise, TensorBoard's reader keeps a "
    'random ten of them. What does `size_guidance` say about "tensors"?',
    when=reads(
        lambda seen, right, *_: (
            seen.shape == (10,) and len(right) > 10 and np.isin(seen.astype(np.float32), right.astype(np.float32)).all()
        )
    ),
)
def _(folder, tag):
    import tensorflow as tf
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = EventAccumulator(folder)
    log.Reload()
    return [float(tf.make_ndarray(e.tensor_proto)) for e in log.Tensors(tag)]


@read_curve.mistake(
    "steps-not-values",
    "You return the numbers of the epochs: 0, 1, 2, … The value of an event stands in its `tensor_proto`.",
    when=reads(lambda seen, right, *_: alike(seen, np.arange(len(right)))),
)
def _(folder, tag):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    return [e.step for e in log.Tensors(tag)]


@read_curve.mistake(
    "pairs",
    "Each item is a pair of step and value. Only the values are asked for.",
    when=reads(lambda seen, right, *_: seen.ndim == 2 and alike(seen[:, 1], right)),
)
def _(folder, tag):
    import tensorflow as tf
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    return [(e.step, float(tf.make_ndarray(e.tensor_proto))) for e in log.Tensors(tag)]


@read_curve.mistake(
    "only-the-last",
    "You return one number, the last. A curve has one value for each epoch.",
    when=reads(lambda seen, right, *_: seen.size == 1 and alike(seen.ravel(), right[-1:])),
)
def _(folder, tag):
    import tensorflow as tf
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    return float(tf.make_ndarray(log.Tensors(tag)[-1].tensor_proto))


@read_curve.mistake(
    "tag-ignored",
    "You return the loss, whatever tag is asked for. Where should `tag` stand in your code?",
    when=reads(lambda seen, right, folder, tag: tag != "epoch_loss" and alike(seen, curve(folder, "epoch_loss"))),
)
def _(folder, tag):
    import tensorflow as tf
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    return [float(tf.make_ndarray(e.tensor_proto)) for e in log.Tensors("epoch_loss")]


@read_curve.mistake(
    "backwards",
    "The values are right, but the last epoch comes first. Keep the order of the steps.",
    when=reads(lambda seen, right, *_: alike(seen[::-1], right)),
)
def _(folder, tag):
    import tensorflow as tf
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    return [float(tf.make_ndarray(e.tensor_proto)) for e in log.Tensors(tag)][::-1]


@read_curve.variant("a generous size, the values as an array's items")
def _(folder, tag):
    import tensorflow as tf
    from tensorboard.backend.event_processing import event_accumulator

    log = event_accumulator.EventAccumulator(folder, size_guidance={event_accumulator.TENSORS: 1000}).Reload()
    values = []
    for event in log.Tensors(tag):
        values.append(tf.make_ndarray(event.tensor_proto).item())
    return values


@read_curve.variant("through TensorBoard's NumPy helper")
def _(folder, tag):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util import tensor_util

    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    return [float(tensor_util.make_ndarray(event.tensor_proto)) for event in log.Tensors(tag)]


# What is wrong with this run? -------------------------------------------------------------------------

diagnose = lesson.values(
    "diagnose",
    points=2,
    title="Four runs, four findings",
    reference=lambda: {"ash": "healthy", "birch": "rate too small", "cedar": "rate too large", "elm": "overfitting"},
)


@diagnose.mistake(
    "gap-means-overfitting",
    "In ash the two curves lie a little apart, as they nearly always do. Overfitting is when the "
    "validation loss *rises*. Does it?",
)
def _():
    return {"ash": "overfitting"}


@diagnose.mistake(
    "falling-means-healthy",
    "birch does fall, but look at the height: after ten epochs it is where ash was within the first. "
    "What makes every step short?",
)
def _():
    return {"birch": "healthy"}


@diagnose.mistake(
    "small-and-large-swapped",
    "Compare birch and cedar again: one creeps down smoothly, the other jumps about and stays "
    "high. Which of them takes steps that are too long?",
)
def _():
    return {"birch": "rate too large", "cedar": "rate too small"}


@diagnose.mistake(
    "large-rate-taken-for-overfitting",
    "cedar does badly on its *training* digits too, so it has learned nothing by heart.",
)
def _():
    return {"cedar": "overfitting"}


@diagnose.mistake(
    "training-loss-only", "elm's training loss is nearly 0. What does its validation loss do after epoch 8?"
)
def _():
    return {"elm": "healthy"}


@diagnose.variant("capital letters")
def _():
    return {"ash": "Healthy", "elm": "Overfitting"}


@diagnose.variant("with a stray space")
def _():
    return {"birch": "rate too small ", "cedar": " Rate too large"}
