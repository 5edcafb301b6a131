"""Train the classifier and watch it on the validation part."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import is_model, no_model, refused, shapes, steps_of

from .build_classifier import build_classifier


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

    yield small("90 made-up samples with 6 features, 20 more for validation, 3 epochs", *data(90), *data(20), 3)


@train.drive
def _(answer, x_train, y_train, x_val, y_val, epochs):
    model = answer(x_train, y_train, x_val, y_val, epochs)
    if not hasattr(model, "get_weights"):
        return "its history" if hasattr(model, "history") else family(model)
    past, fifth = getattr(model, "history", None), len(x_train) * 4 // 5
    parts = {
        "validation": (x_val, y_val),
        "training": (x_train, y_train),
        "last fifth": (x_train[fifth:], y_train[fifth:]),
    }

    def losses(x, y):
        """The loss with the labels as a row and as a column: Keras measures rightly only in the form that fit was given."""
        return [refused(model.evaluate, x, labels, verbose=0)[0] for labels in (y, y[:, None])]

    return {
        "weights": model.get_weights(),
        "history": {} if past is None else past.history,
        "losses": {name: losses(*part) for name, part in parts.items()},
        "steps": steps_of(model),
    }


@train.accept
def _(seen, x_train, y_train, x_val, y_val, epochs):
    """The training is judged, not the network again: that is exercise 4, and nobody should pay twice for one slip."""
    if not is_model(seen):
        return no_model(seen, "train_classifier")
    if not any(32 in shape for shape in shapes(seen)):
        return f"no layer has 32 neurons; the weights have the shapes {', '.join(map(str, shapes(seen)))}"
    if shapes(seen)[-1] != (1,):
        return "the network does not end in one neuron, as exercise 4 asks"
    history = seen["history"]
    if len(history.get("loss", ())) != epochs:
        return f"{epochs} epochs were asked for, and the model's history tells of {len(history.get('loss', ()))}"
    if "val_loss" not in history:
        return "the history tells nothing of the validation part"
    if not validated_on(seen, "validation"):
        return "the last validation loss is not the loss on the validation part"
    needed = epochs * steps(len(x_train))
    if seen["steps"] != needed:
        return (
            f"{len(x_train)} samples in batches of 32 are {steps(len(x_train))} steps an epoch, {needed} in all; "
            f"the optimizer made {seen['steps']}"
        )
    return None


def steps(rows):
    """Steps in an epoch with batches of 32."""
    return -(-rows // 32)


def validated_on(seen, part):
    """Whether the last validation loss is the finished model's loss on this part."""
    told = seen["history"].get("val_loss")
    return bool(told) and any(
        np.isclose(told[-1], np.ravel(loss)[0], rtol=1e-4) for loss in seen["losses"][part] if loss is not None
    )


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
    "Your function always trains for the same number of epochs. The caller says how many: where does `epochs` belong?",
    "epochs=epochs",
    "epochs=10",
    when=watched(lambda seen, *case: len(seen["history"].get("loss", ())) not in (0, case[4])),
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
            validated_on(seen, "training") and seen["steps"] == epochs * steps(len(x_val))
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
    when=watched(lambda seen, *_: validated_on(seen, "training")),
)

train.slip(
    "validation-split",
    (
        "`validation_split` cuts a new piece off the training part. You made a validation part already: "
        "which argument takes it?"
    ),
    "validation_data=(x_val, y_val)",
    "validation_split=0.2",
    when=watched(lambda seen, *_: validated_on(seen, "last fifth")),
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
            validated_on(seen, "validation") and seen["steps"] == epochs * steps(len(x_train) + len(x_val))
        )
    ),
)

train.slip(
    "one-large-batch",
    "The model made one step in each epoch: all samples went into one batch. What should `batch_size` be?",
    "batch_size=32",
    "batch_size=len(x_train)",
    when=watched(lambda seen, *case: validated_on(seen, "validation") and seen["steps"] == case[4]),
)
