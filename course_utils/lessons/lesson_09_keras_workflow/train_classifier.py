"""Train the classifier and watch it on the validation part."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import (
    dense_shapes,
    forward,
    is_forward,
    is_model,
    is_stack,
    no_model,
    refused,
    shapes,
)

from .build_classifier import build_classifier
from .classifier_judging import observed

LEARNED = 0.45  # a loss; Adam reaches 0.29 to 0.34 in the case below, plain gradient descent 0.54 to 0.65


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
        return x, (x[:, 0] + rng.normal(0, 0.5, rows) > 0).astype(np.float32)

    # With 528 rows, batches of 31, 32 and 33 make 18, 17 and 16 steps an epoch.
    yield small("528 made-up samples with 6 features, 60 more for validation, 12 epochs", *data(528), *data(60), 12)


@train.drive
def _(answer, x_train, y_train, x_val, y_val, epochs):
    model = answer(x_train, y_train, x_val, y_val, epochs)
    if not hasattr(model, "get_weights"):
        return "its history" if hasattr(model, "history") else family(model)
    past = getattr(model, "history", None)
    seen = observed(model, x_train) | {"history": {} if past is None else past.history}
    if seen["steps"] and not seen["misfit"]:
        refused(model.train_on_batch, x_train, y_train)
        seen["after"] = model.get_weights()
    return seen


@train.accept
def _(seen, x_train, y_train, x_val, y_val, epochs):
    if not is_model(seen):
        return no_model(seen, "train_classifier")
    wanted = dense_shapes(x_train.shape[1], 32, 16, 1)
    if shapes(seen) != wanted:
        return (
            f"the network {x_train.shape[1]} → 32 → 16 → 1 has weights of the shapes {', '.join(map(str, wanted))}; "
            f"yours have {', '.join(map(str, shapes(seen)))}. Is exercise 4 right?"
        )
    if not is_forward(seen, x_train, output=nn.sigmoid):
        return (
            "the predictions are not those of ReLU in both hidden layers and a sigmoid at the end. Is exercise 4 right?"
        )
    return history_problem(seen, len(x_train), (x_val, y_val), epochs) or learning_problem(seen, x_train, y_train)


def history_problem(seen, rows, validation, epochs):
    """What is wrong with the epochs, the batches or what was watched."""
    history = seen["history"]
    if len(history.get("loss", ())) != epochs:
        return f"{epochs} epochs were asked for, and the model's history tells of {len(history.get('loss', ()))}"
    if "val_loss" not in history:
        return "the history tells nothing of the validation part"
    if not validated_on(seen, *validation):
        return "the last validation loss is not the binary cross-entropy on the validation part"
    if not any(np.isclose(told[-1], accuracy(seen, *validation), atol=1e-5) for told in history.values()):
        return "the history tells nothing of the accuracy; it is among the metrics that exercise 4 asks for"
    if seen["steps"] != epochs * steps(rows):
        return (
            f"{rows} samples in batches of 32 are {steps(rows)} steps an epoch, {epochs * steps(rows)} in all; "
            f"the optimizer made {seen['steps']}"
        )
    return None


def learning_problem(seen, x_train, y_train):
    """Whether the network has learned what the training part can teach in so many steps, in all its layers."""
    loss = bce(seen, x_train, y_train)
    if loss > LEARNED:
        return f"the loss on the training part is still {loss:.2f}: was it trained on x_train with the labels of the same rows?"
    still = [np.array_equal(w, v) for w, v in zip(seen["weights"], seen.get("after", seen["weights"]), strict=True)]
    return "a step of training does not move all the weights: is a layer frozen?" if any(still) else None


def bce(seen, x, labels):
    """The model's loss on a part, computed again from its weights."""
    return nn.binary_crossentropy(labels[:, None], forward(seen["weights"], x, output=nn.sigmoid))


def accuracy(seen, x, labels):
    """The share of a part that the model decides rightly at 0.5, computed again from its weights."""
    return np.mean((forward(seen["weights"], x, output=nn.sigmoid)[:, 0] > 0.5) == labels)


def steps(rows):
    """Steps in an epoch with batches of 32."""
    return -(-rows // 32)


def validated_on(seen, x, labels):
    """Whether the last validation loss is the finished model's loss on this part."""
    told = seen["history"].get("val_loss")
    good = told and is_stack(seen["weights"], x.shape[1])
    return bool(good and np.isclose(told[-1], bce(seen, x, labels), rtol=1e-4))


def watched(test):
    """The mistake is recognised by `test(seen, x_train, y_train, x_val, y_val, epochs)` on a model."""
    return lambda seen, *case: is_model(seen) and bool(test(seen, *case))


train.variant("the classifier of exercise 4")(trained)


@train.variant("Keras's usual batch size, everything by name")
def _(x_train, y_train, x_val, y_val, epochs):
    model = build_classifier(inputs=len(x_train[0]), first=32, second=16)
    model.fit(x=x_train, y=y_train, validation_data=(x_val, y_val), epochs=epochs, verbose=0)
    return model


@train.variant("built anew, labels as a column")
def _(x_train, y_train, x_val, y_val, epochs):
    model = keras.Sequential([
        keras.Input((x_train.shape[1],)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(
        x_train, y_train[:, None], epochs=epochs, batch_size=32, validation_data=(x_val, y_val[:, None]), verbose=0
    )
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
    "You return what fit returned, the history. Return the model: it keeps its history in `model.history`.",
    "return model",
    "return model.history",
    when=lambda seen, *_: seen == "its history",
)

train.slip(
    "not-trained",
    "The model is new: it has no history. Which method trains it, and is it called inside your function?",
    "    model.fit(x_train, y_train, epochs=epochs, batch_size=32, validation_data=(x_val, y_val), verbose=0)\n",
    "",
    when=watched(lambda seen, *_: not seen["history"]),
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
            validated_on(seen, x_train, y_train) and seen["steps"] == epochs * steps(len(x_val))
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
    when=watched(lambda seen, x_train, y_train, *_: validated_on(seen, x_train, y_train)),
)

train.slip(
    "validation-split",
    (
        "`validation_split` cuts a new piece off the training part. You made a validation part already: "
        "which argument takes it?"
    ),
    "validation_data=(x_val, y_val)",
    "validation_split=0.2",
    when=watched(lambda seen, x, y, *_: validated_on(seen, x[len(x) * 4 // 5 :], y[len(x) * 4 // 5 :])),
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
            validated_on(seen, x_val, y_val) and seen["steps"] == epochs * steps(len(x_train) + len(x_val))
        )
    ),
)

train.slip(
    "one-large-batch",
    "The model made one step in each epoch: all samples went into one batch. What should `batch_size` be?",
    "batch_size=32",
    "batch_size=len(x_train)",
    when=watched(lambda seen, *case: validated_on(seen, *case[2:4]) and seen["steps"] == case[4]),
)
