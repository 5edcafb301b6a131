"""Train the classifier and watch it on the validation part."""

from itertools import product

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, small
from course_utils.exercises.answer import Raised
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import (
    dense_shapes,
    forward,
    is_forward,
    is_model,
    no_model,
    refused,
    shapes,
)

from .build_classifier import build_classifier
from .classifier_judging import observed

LEARNED = 0.8  # of pairs in the right order: 0.90 to 0.95, also with plain gradient descent; with labels of other rows 0.23 to 0.68

AS_WIDE_AS_LONG = "a network for rows of as many numbers as there are samples"


def trained(x_train, y_train, x_val, y_val, epochs):
    """The classifier 32-16-1 after this many epochs in batches of 32, watched on the validation part."""
    model = build_classifier(x_train.shape[1], 32, 16)
    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), verbose=0)
    return model


train = FunctionExercise("train-classifier", reference=trained, points=3, rounds=1, title="Train and watch")


@train.given
def _():
    return {"keras": keras, "build_classifier": build_classifier}


@train.cases
def _(rng):
    def data(rows):
        x = rng.normal(size=(rows, 6)).astype(np.float32)
        return 3 * x, (x[:, 0] + rng.normal(0, 0.5, rows) > 0).astype(np.float32)

    # With 528 rows, batches of 31, 32 and 33 make 18, 17 and 16 steps an epoch.
    # The labels of the validation part are turned round, so its loss rises: whoever stops early does so here.
    x_val, y_val = data(60)
    yield small("528 samples with 6 features, 60 more for validation, 12 epochs", *data(528), x_val, 1 - y_val, 12)


@train.drive
def _(answer, x_train, y_train, x_val, y_val, epochs):
    try:
        model = answer(x_train, y_train, x_val, y_val, epochs)
    except Exception as error:
        if f"to have value {len(x_train)}," in Raised.of(error).message:
            return AS_WIDE_AS_LONG
        raise
    if not hasattr(model, "get_weights"):
        return "its history" if hasattr(model, "history") else family(model)
    past = getattr(model, "history", None)
    stopped = bool(getattr(model, "stop_training", False))
    seen = observed(model, x_train) | {"history": {} if past is None else past.history, "stopped": stopped}
    if seen["steps"] and not seen["misfit"]:
        refused(model.train_on_batch, x_train, y_train)
        seen["after"] = model.get_weights()
    return seen


@train.accept
def _(seen, x_train, y_train, x_val, y_val, epochs):
    """The training is judged, not the network again: that is exercise 4, and nobody should pay twice for one slip."""
    if seen == AS_WIDE_AS_LONG:
        return f"the network takes rows of {len(x_train)} numbers, and a row of x_train holds {x_train.shape[1]}"
    if not is_model(seen):
        return no_model(seen, "train_classifier")
    inputs = x_train.shape[1]
    if shapes(seen) not in (dense_shapes(inputs, 32, 16, 1), dense_shapes(inputs, 16, 32, 1)):
        return (
            f"the network {inputs} → 32 → 16 → 1 has weights of the shapes "
            f"{', '.join(map(str, dense_shapes(inputs, 32, 16, 1)))}; yours have {', '.join(map(str, shapes(seen)))}"
        )
    if activations(seen, x_train) is None:
        return "the predictions are not those of a network with ReLU and a sigmoid; look at exercise 4 first"
    return history_problem(seen, x_train, (x_val, y_val), epochs) or learning_problem(seen, x_train, y_train)


def activations(seen, x):
    """The activations with which the weights give the model's predictions; None when no likely ones do."""
    likely = product((nn.relu, nn.linear), (nn.sigmoid, nn.linear))
    return next((pair for pair in likely if is_forward(seen, x, hidden=pair[0], output=pair[1])), None)


def history_problem(seen, x_train, validation, epochs):
    """What is wrong with the epochs, the batches or what was watched."""
    history = seen["history"]
    if len(history.get("loss", ())) != epochs:
        return f"{epochs} epochs were asked for, and the model's history tells of {len(history.get('loss', ()))}"
    if "val_loss" not in history:
        return "the history tells nothing of the validation part"
    if (measured := len(history["val_loss"])) != epochs:
        return f"the validation part was measured {measured} times in {epochs} epochs; it should be after each"
    if not validated_on(seen, x_train, *validation):
        return "the last validation loss is not the loss on the validation part"
    needed = epochs * steps(len(x_train))
    if seen["steps"] != needed:
        return (
            f"{len(x_train)} samples in batches of 32 are {steps(len(x_train))} steps an epoch, {needed} in all; "
            f"the optimizer made {seen['steps']}"
        )
    return None


def learning_problem(seen, x_train, y_train):
    """Whether the network has learned from the training part, with the labels of the same rows, in all its layers."""
    if (activations(seen, x_train) or (None, None))[1] is not nn.sigmoid:
        return None  # that is exercise 4, and without a sigmoid luck decides whether it learns
    ranked = ranked_rightly(seen, y_train)
    if ranked < LEARNED:
        return f"of a yes and a no of the training part, the model puts the yes first in {ranked:.0%}: has each row its own label?"
    still = [np.array_equal(w, v) for w, v in zip(seen["weights"], seen.get("after", seen["weights"]), strict=True)]
    return "a step of training does not move all the weights: is a layer frozen?" if any(still) else None


def ranked_rightly(seen, y_train):
    """The share of the pairs of a yes and a no in which the yes has the larger probability."""
    yes, no = (seen["probabilities"][y_train == label, 0] for label in (1, 0))
    return np.mean(yes[:, None] > no)


def steps(rows):
    """Steps in an epoch with batches of 32."""
    return -(-rows // 32)


def validated_on(seen, x_train, x, labels):
    """Whether the last validation loss is the finished model's loss on this part, computed again from its weights."""
    told, used = seen["history"].get("val_loss"), activations(seen, x_train)
    if not told or used is None:
        return False
    p, truth = forward(seen["weights"], x, *used), labels[:, None]
    z = forward(seen["weights"], x, used[0], nn.linear)
    by_scores = np.mean(np.logaddexp(0, z) - truth * z)  # as Keras has it: no p is too near to 0 or 1
    losses = by_scores, nn.binary_crossentropy(truth, np.clip(p, 1e-7, 1 - 1e-7)), np.mean((p - truth) ** 2)
    return bool(np.isclose(losses, told[-1], rtol=1e-4).any())


def watched(test):
    """The mistake is recognised by `test(seen, x_train, y_train, x_val, y_val, epochs)` on a model."""
    return lambda seen, *case: is_model(seen) and bool(test(seen, *case))


train.variant("the classifier of exercise 4")(trained)


@train.variant("Keras's usual batch size, everything by name")
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(inputs=len(x_train[0]), first=32, second=16)
    model.fit(x=x_train, y=y_train, validation_data=(x_val, y_val), epochs=epochs, verbose=0)
    return model


@train.variant("labels as a column")
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(x_train.shape[1], 32, 16)
    columns = y_train[:, None], y_val[:, None]
    model.fit(x_train, columns[0], epochs=epochs, batch_size=32, validation_data=(x_val, columns[1]), verbose=0)
    return model


train.slip(
    "no-return",
    "train_classifier returned nothing. fit trains the model in place; what must the function hand back?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

train.slip(
    "returns-history",
    "You return what fit returned, the history. Return the model: it keeps its history itself.",
    "return model",
    "return model.history",
    when=lambda seen, *_: seen == "its history",
)

train.slip(
    "not-trained",
    "The model has no history, so no `fit` has trained it. Is `fit` called inside your function, on the model that you return?",
    "    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), verbose=0)\n",
    "",
    when=watched(lambda seen, *_: not seen["history"]),
)

train.slip(
    "stops-early",
    "A callback stopped the training before its time. The text asks for all the `epochs`, however the validation loss goes.",
    "verbose=0",
    'verbose=0, callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss", patience=2)]',
    when=watched(lambda seen, *case: seen["stopped"] and 0 < len(seen["history"].get("loss", ())) < case[4]),
)

train.slip(
    "fixed-epochs",
    "Your function trains for another number of epochs than the caller asks for. Where does `epochs` belong?",
    "epochs=epochs",
    "epochs=10",
    when=watched(
        lambda seen, x_train, y_train, x_val, y_val, epochs: (
            (told := len(seen["history"].get("loss", ()))) not in (0, epochs)
            and seen["steps"] == told * steps(len(x_train))
        )
    ),
)

train.slip(
    "fit-in-a-loop",
    "You call fit several times, and the history keeps what the last call has measured, nothing before. How many epochs can one call make?",
    "    model.fit(x_train, y_train, epochs=epochs,",
    "    for _ in range(epochs):\n        model.fit(x_train, y_train, epochs=1,",
    when=watched(
        lambda seen, x_train, y_train, x_val, y_val, epochs: (
            0 < len(seen["history"].get("loss", ())) < epochs and seen["steps"] == epochs * steps(len(x_train))
        )
    ),
)

train.slip(
    "no-validation",
    "The history tells of the training part only. Which argument of fit takes the pair (x_val, y_val)?",
    ", validation_data=(x_val, y_val)",
    "",
    when=watched(lambda seen, *_: seen["history"] and "val_loss" not in seen["history"]),
)

train.slip(
    "parts-swapped",
    "You train on the validation part and validate on the training part. Which one is larger, and why?",
    "x=x_train, y=y_train, validation_data=(x_val, y_val)",
    "x=x_val, y=y_val, validation_data=(x_train, y_train)",
    of="Keras's usual batch size, everything by name",
    when=watched(
        lambda seen, x_train, y_train, x_val, y_val, epochs: (
            validated_on(seen, x_train, x_train, y_train) and seen["steps"] == epochs * steps(len(x_val))
        )
    ),
)

train.slip(
    "validates-on-training",
    (
        "You validate on the very samples that the model learns from, so it can never be caught "
        "learning them by heart. Which part was set aside for this?"
    ),
    "validation_data=(x_val, y_val)",
    "validation_data=(x_train, y_train)",
    when=watched(lambda seen, x, y, *_: validated_on(seen, x, x, y)),
)

train.slip(
    "validation-split",
    (
        "`validation_split` cuts a new piece off the training part. You made a validation part already: "
        "which argument takes it?"
    ),
    "validation_data=(x_val, y_val)",
    "validation_split=0.2",
    when=watched(lambda seen, x, y, *_: validated_on(seen, x, x[len(x) * 4 // 5 :], y[len(x) * 4 // 5 :])),
)

train.slip(
    "trains-on-validation-too",
    (
        "The model made more steps than the training part has batches: the validation samples were "
        "trained on as well. What do they tell about unseen patients then?"
    ),
    "x=x_train, y=y_train",
    "x=np.concatenate([x_train, x_val]), y=np.concatenate([y_train, y_val])",
    of="Keras's usual batch size, everything by name",
    when=watched(
        lambda seen, x_train, y_train, x_val, y_val, epochs: (
            validated_on(seen, x_train, x_val, y_val) and seen["steps"] == epochs * steps(len(x_train) + len(x_val))
        )
    ),
)

train.equivalent("x_train.shape[1]", "x_val.shape[1]", why="both parts have the same features")
for y, y_val in (("y_train", "y_val"), ("columns[0]", "columns[1]")):
    right = f"model.fit(x_train, {y}, epochs=epochs, batch_size=32, validation_data=(x_val, {y_val}), verbose=0)"
    train.equivalent(right, right.replace("batch_size=32, ", ""), why="32 is the usual batch size")
