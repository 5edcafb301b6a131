"""Define, train and watch a network with two hidden layers."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import share_problem
from course_utils.exercises.keras_models.networks import (
    dense_shapes,
    is_forward,
    is_model,
    no_model,
    refused,
    shapes,
    steps_of,
    total,
)
from course_utils.exercises.keras_models.unasked import other_optimizer, told, unasked_setting

from .deeper_judging import (
    deep,
    fit_turned_round,
    history_problem,
    kept_only,
    last_fifth,
    only_the_steps_differ,
    saw_kept,
    stepped_otherwise,
    training_problem,
    validated_on,
    validated_on_another_share,
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


ACTS_IN_TRAINING = (
    "in training the network computes otherwise than in use: it has a layer that nobody asked for, such as Dropout"
)
train_deeper = FunctionExercise("train-deeper", reference=deeper, points=3, rounds=1, title="A deeper network, watched")


@train_deeper.given
def _():
    return {"keras": keras}


@train_deeper.cases
def _(rng):
    one, other, kept = rng.permutation(10)[:3]
    labels = np.where(np.arange(165) < 132, np.where(np.arange(165) % 2, one, other), kept)
    yield small("165 made-up images, 3 epochs", rng.uniform(0, 0.05, (165, 28, 28)).astype(np.float32), labels, 3)
    labels = np.tile(rng.permutation(10)[:4], 20)
    images = rng.uniform(0, 0.2, (80, 28, 28))
    for i in range(80):
        images[i, 7 * (i % 4) : 7 * (i % 4) + 7] += 0.8
    yield random("80 images with a bar whose place tells the label, 6 epochs", images.astype(np.float32), labels, 6)


@train_deeper.drive
def _(answer, images, labels, epochs):
    model = answer(images, labels, epochs)
    if not hasattr(model, "get_weights"):
        return "its history" if hasattr(model, "history") else family(model)
    rows, refusal = refused(model, images.reshape(len(images), -1))
    inputs = images if refusal else images.reshape(len(images), -1)
    past = getattr(model, "history", None)
    return {
        "probabilities": model(images) if refusal else rows,
        "training": model(inputs, training=True),
        "weights": model.get_weights(),
        "history": {} if past is None else past.history,
        "steps": steps_of(model),
        "told": told(model),
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
    if not np.allclose(seen["training"], seen["probabilities"], atol=1e-4):
        return ACTS_IN_TRAINING
    problem = unasked_setting(seen) or other_optimizer(seen) or history_problem(seen, images, labels, epochs)
    return problem or training_problem(seen, images, labels, epochs)


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
    "You return what fit returned, the history. Return the model: it keeps its history itself.",
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
    "The model has no history, so no `fit` has trained it. Is `fit` called inside your function, on the model that you return?",
    "    model.fit(images.reshape(-1, 784), labels, batch_size=32, epochs=epochs, validation_split=0.2, verbose=0)\n",
    "",
    when=deep(lambda seen, *_: not seen["history"]),
)

train_deeper.slip(
    "fit-in-a-loop",
    "The model has made all its steps, but its history tells of one epoch only: each call of fit begins a new one. "
    "Which argument lets one call go through all epochs?",
    "    model.fit(images.reshape(-1, 784), labels, batch_size=32, epochs=epochs, validation_split=0.2, verbose=0)\n",
    "    for _ in range(epochs):\n"
    "        model.fit(images.reshape(-1, 784), labels, batch_size=32, validation_split=0.2, verbose=0)\n",
    when=deep(
        lambda seen, images, labels, epochs: (
            len(seen["history"].get("loss", ())) == 1 < epochs and seen["steps"] >= epochs
        )
    ),
)

train_deeper.slip(
    "fixed-epochs",
    "Your function always trains for the same number of epochs. The caller says how many: where does `epochs` belong?",
    "epochs=epochs",
    "epochs=10",
    when=deep(
        lambda seen, images, labels, epochs: (
            len(seen["history"].get("loss", ())) not in (0, epochs - 1, epochs, epochs + 1, 2 * epochs)
            and not fit_turned_round(seen, images, labels, epochs)
        )
    ),
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
    when=deep(validated_on_another_share),
)

train_deeper.slip(
    "first-fifth-kept",
    "You validate on the first fifth of the digits. Which end does `validation_split` keep back?",
    "rows[:n], labels[:n], validation_data=(rows[n:], labels[n:])",
    "rows[-n:], labels[-n:], validation_data=(rows[:-n], labels[:-n])",
    of="layer by layer, split by hand",
    when=deep(
        lambda seen, images, labels, epochs: (
            validated_on(seen, images, labels, slice(len(labels) // 5))
            and not validated_on(seen, images, labels, last_fifth(labels))
        )
    ),
)

train_deeper.slip(
    "trains-on-all",
    "The last fifth is used for validation, and for training as well. What may a model learn by heart then?",
    "rows[:n], labels[:n], validation_data",
    "rows, labels, validation_data",
    of="layer by layer, split by hand",
    when=deep(
        lambda seen, images, labels, epochs: (
            validated_on(seen, images, labels, last_fifth(labels))
            and (saw_kept(seen, labels) or not kept_only(labels).size)
        )
    ),
)

train_deeper.slip(
    "other-batch-size",
    (
        "The network and the validation are right; only the number of steps is not. 80 digits in "
        "batches of 32 would make 3 steps an epoch. What is your batch size?"
    ),
    "batch_size=32",
    "batch_size=20",
    when=deep(only_the_steps_differ),
)

train_deeper.slip(
    "sgd",
    "The steps are not those of exercise 3. Which optimizer did it use, and with which learning rate?",
    'optimizer="adam"',
    'optimizer="sgd"',
    when=deep(lambda seen, *case: seen["told"]["optimizer"] not in ("", "Adam") or stepped_otherwise(seen, *case)),
)
