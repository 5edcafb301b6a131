"""Define, train and watch a network with two hidden layers."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import share_problem
from course_utils.exercises.keras_models.networks import (
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


train_deeper = FunctionExercise("train-deeper", reference=deeper, points=3, rounds=1, title="A deeper network, watched")


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


train_deeper.variant("a list of layers")(deeper)


@train_deeper.variant("layer by layer, split by hand")
def _(images, labels, epochs):
    rows = images.reshape(len(images), -1)
    n = int(0.8 * len(rows))
    model = keras.Sequential([keras.Input((784,))])
    for neurons in (128, 64):
        model.add(keras.layers.Dense(neurons, activation="relu"))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(rows[:n], labels[:n], validation_data=(rows[n:], labels[n:]), epochs=epochs, batch_size=32, verbose=0)
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


train_deeper.slip(
    "returns-history",
    "You return what fit returned, the history. Return the model: it keeps its history in `model.history`.",
    "return model",
    "return model.history",
    when=lambda seen, *_: seen == "its history",
)

train_deeper.slip(
    "one-hidden-layer",
    "This is the network of exercise 3 again. Which layer makes it deeper, and where does it stand?",
    "(128, 64)",
    "(128,)",
    of="layer by layer, split by hand",
    when=deep(lambda seen, *_: shapes(seen) == dense_shapes(784, 128, 10)),
)

train_deeper.slip(
    "layers-swapped",
    (
        "The layers have the right sizes in the wrong order: 64 stands before 128. Each layer is "
        "fed by the one above it in the list."
    ),
    "(128, 64)",
    "(64, 128)",
    of="layer by layer, split by hand",
    when=deep(lambda seen, *_: shapes(seen) == dense_shapes(784, 64, 128, 10)),
)

train_deeper.slip(
    "no-activations",
    "The hidden layers have no activation, so the three layers do no more than one (lesson 02). What bends them?",
    '(neurons, activation="relu")',
    "(neurons)",
    of="layer by layer, split by hand",
    when=deep(lambda seen, images, *_: len(seen["weights"]) == 6 and is_forward(seen, images, hidden=nn.linear)),
)

train_deeper.slip(
    "not-trained",
    "The model is new: it has no history. Which method trains it, and is it called inside your function?",
    "    model.fit(images.reshape(-1, 784), labels, batch_size=32, epochs=epochs, validation_split=0.2, verbose=0)\n",
    "",
    when=deep(lambda seen, *_: not seen["history"]),
)

train_deeper.slip(
    "fixed-epochs",
    "Your function always trains for the same number of epochs. The caller says how many: where does `epochs` belong?",
    "epochs=epochs",
    "epochs=10",
    when=deep(lambda seen, images, labels, epochs: len(seen["history"].get("loss", ())) not in (0, epochs)),
)

train_deeper.slip(
    "no-validation",
    "The history tells of the training digits only. Which argument of fit keeps a share of them back?",
    ", validation_split=0.2",
    "",
    when=deep(lambda seen, *_: seen["history"] and "val_loss" not in seen["history"]),
)

train_deeper.slip(
    "validates-on-training",
    (
        "You validate on the very digits that the model learns from, so it can never be caught "
        "learning them by heart. Keep some back that it does not train on."
    ),
    "rows[:n], labels[:n], validation_data=(rows[n:], labels[n:])",
    "rows, labels, validation_data=(rows, labels)",
    of="layer by layer, split by hand",
    when=deep(lambda seen, images, labels, epochs: validated_on(seen, images, labels, slice(None))),
)

train_deeper.slip(
    "other-share",
    "Some digits are kept back, but not one in five. Which number means 20 %?",
    "validation_split=0.2",
    "validation_split=0.5",
    when=deep(
        lambda seen, images, labels, epochs: (
            any(validated_on(seen, images, labels, slice(start, None)) for start in range(1, 100))
            and not validated_on(seen, images, labels, slice(80, None))
        )
    ),
)

train_deeper.slip(
    "other-batch-size",
    (
        "The network and the validation are right; only the number of steps is not. 80 digits in "
        "batches of 32 make 3 steps an epoch. What is your batch size?"
    ),
    "batch_size=32",
    "batch_size=20",
    when=deep(lambda seen, images, labels, epochs: seen["steps"] is not None and seen["steps"] not in (0, 3 * epochs)),
)
