"""Train a network's head alone, then the whole network at a hundredth of the learning rate."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import is_model, no_model, steps_of

from . import networks
from .common import WEIGHTS


def two_phases(make_network, images, labels, epochs, rate):
    """Train the head alone, then everything at a hundredth of the rate."""
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


fine_tune = FunctionExercise("fine-tune", reference=two_phases, points=5, rounds=1, title="Fine-tune in two phases")


@fine_tune.given
def _():
    return {"keras": keras}


@fine_tune.cases
def _(rng):
    def task(count):
        rows = rng.normal(size=(count, 4)).astype(np.float32)
        return rows, (rows[:, 0] + 0.5 * rows[:, 1] > 0).astype(np.int64)

    yield small("16 rows, 4 epochs", networks.row_network, *task(16), 4, 0.05)
    yield random("32 rows, 3 epochs", networks.row_network, *task(32), 3, round(float(rng.uniform(0.02, 0.08)), 3))


@fine_tune.drive
def _(answer, make_network, images, labels, epochs, rate):
    model = answer(make_network, images, labels, epochs, rate)
    if not hasattr(model, "get_weights"):
        return family(model)
    return {
        "weights": model.get_weights(),
        "trainable": [list(np.shape(w)) for w in plain(list(model.trainable_weights))],
        "rate": float(plain(model.optimizer.learning_rate)),
        "steps": steps_of(model),
    }


def moved(seen, make_network):
    """The furthest that a weight of the body moved, and that a weight of the head moved."""
    far = [float(np.abs(now - then).max()) for now, then in zip(seen["weights"], WEIGHTS[make_network](), strict=True)]
    return max(far[:-2]), max(far[-2:])


def body_limit(seen, rate):
    """How far Adam can carry a weight in the second phase, with some room."""
    return 1.5 * rate / 100 * max(seen["steps"], 1)


@fine_tune.accept
def _(seen, make_network, images, labels, epochs, rate):
    if not is_model(seen):
        return no_model(seen, "fine_tune")
    body, head = moved(seen, make_network)
    if len(seen["trainable"]) != len(seen["weights"]):
        return "at the end some layers are still frozen"
    if not np.isclose(seen["rate"], rate / 100, rtol=0.01):
        return f"the second phase had the learning rate {seen['rate']:.3g}; it should be {rate / 100:.3g}, a hundredth of the first"
    if body < 1e-7:
        return "the body's weights did not change in the second phase"
    if body > body_limit(seen, rate):
        return f"a weight of the body moved by {body:.3g}, much further than {seen['steps']} small steps can carry it"
    if head < rate:
        return f"the head moved by no more than {head:.3g}: its first phase is missing"
    return None


def tunes(test):
    """The mistake is recognised by `test(seen, how far the body moved, the head moved, rate)` on a model."""

    def when(seen, make_network, images, labels, epochs, rate):
        return is_model(seen) and bool(test(seen, *moved(seen, make_network), rate))

    return when


def all_free(seen):
    """Whether every weight can be trained at the end."""
    return len(seen["trainable"]) == len(seen["weights"])


fine_tune.variant("one phase after the other")(two_phases)


@fine_tune.variant("a loop over the phases")
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    *body, _ = model.layers
    for free, phase_rate in [(False, rate), (True, rate / 100)]:
        for layer in body:
            layer.trainable = free
        model.compile(
            optimizer=keras.optimizers.Adam(learning_rate=phase_rate), loss=keras.losses.SparseCategoricalCrossentropy()
        )
        model.fit(images, labels, batch_size=16, epochs=epochs, verbose=0)
    return model


@fine_tune.variant("smaller batches, a hundredth as a product")
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for number, layer in enumerate(model.layers):
        layer.trainable = number == len(model.layers) - 1
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=epochs, batch_size=8, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(0.01 * rate), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=epochs, batch_size=8, verbose=0)
    return model


@fine_tune.mistake(
    "no-return",
    "fine_tune returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)


fine_tune.slip(
    "model-switch",
    (
        "The second phase ran at its small rate, but the body's layers were still frozen. `model.trainable = True` changes "
        "nothing in a model that was never frozen itself. Whose switches did you set in the first phase?"
    ),
    "for layer in model.layers:\n        layer.trainable = True",
    "model.trainable = True",
    when=tunes(
        lambda seen, body, head, rate: (
            body < 1e-7 and not all_free(seen) and np.isclose(seen["rate"], rate / 100, rtol=0.01)
        )
    ),
)


@fine_tune.mistake(
    "head-only",
    "The body is still frozen at the end, so this was the first phase only. What comes after it?",
    when=tunes(lambda seen, body, head, rate: body < 1e-7 and not all_free(seen)),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


fine_tune.slip(
    "second-fit-missing",
    "Everything is unfrozen and compiled for the second phase, and then no step is taken. What comes after `compile`?",
    "model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)\n    return model",
    "return model",
    when=tunes(lambda seen, body, head, rate: body < 1e-7 and all_free(seen) and seen["steps"] == 0),
)

fine_tune.slip(
    "not-compiled-again",
    (
        "The layers say that they can be trained, and yet the body did not move. Keras looks at `trainable` "
        "when the model is compiled. What is missing between unfreezing and the second `fit`?"
    ),
    'compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])',
    "optimizer.learning_rate = rate / 100",
    when=tunes(lambda seen, body, head, rate: body < 1e-7 and all_free(seen) and seen["steps"] > 0),
)

fine_tune.slip(
    "same-rate",
    (
        "The second phase took steps as long as the first: the body is carried away from what it knew. By how much "
        "should the learning rate shrink?"
    ),
    "Adam(rate / 100)",
    "Adam(rate)",
    when=tunes(lambda seen, body, head, rate: all_free(seen) and np.isclose(seen["rate"], rate, rtol=0.01)),
)

fine_tune.slip(
    "usual-rate",
    (
        'The second phase ran with Adam\'s usual 0.001, because `"adam"` as a text knows nothing of your `rate`. How do '
        "you hand Adam a learning rate of your own?"
    ),
    "keras.optimizers.Adam(rate / 100)",
    '"adam"',
    when=tunes(lambda seen, body, head, rate: all_free(seen) and np.isclose(seen["rate"], 0.001, rtol=0.01)),
)


@fine_tune.mistake(
    "never-frozen",
    "The second phase is right, but the body had moved far before it. What should have held it still in the first?",
    when=tunes(
        lambda seen, body, head, rate: (
            all_free(seen) and np.isclose(seen["rate"], rate / 100, rtol=0.01) and body > body_limit(seen, rate)
        )
    ),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


@fine_tune.mistake(
    "first-phase-missing",
    "The head has moved as little as the body, although it knew nothing yet. Did it have a phase of its own, at "
    "the full rate, in the *same* model?",
    when=tunes(
        lambda seen, body, head, rate: (
            all_free(seen) and np.isclose(seen["rate"], rate / 100, rtol=0.01) and head < rate
        )
    ),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model
