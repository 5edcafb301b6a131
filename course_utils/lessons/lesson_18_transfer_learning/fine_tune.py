"""Train a network's head alone, then the whole network at a hundredth of the learning rate."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import is_model, no_model, shapes, steps_of

from . import networks
from .common import WEIGHTS
from .fine_tune_equivalents import EQUIVALENTS
from .training import ALL, BODY, HEAD, all_free, arrived, both, right_phases, steps_in, went


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
    def task(rows):
        return rows, (rows[:, 0] + 0.5 * rows[:, 1] > 0).astype(np.int64)

    few = rng.normal(size=(16, 4)).astype(np.float32)
    same = np.repeat(rng.normal(size=(1, 4)).astype(np.float32), 33, axis=0)
    yield small("16 rows, 4 epochs", networks.row_network, *task(few), 4, 0.05)
    rate = round(float(rng.uniform(0.02, 0.08)), 3)
    yield random("the same row 33 times, 3 epochs", networks.row_network, *task(same), 3, rate)


@fine_tune.drive
def _(answer, make_network, images, labels, epochs, rate):
    model = answer(make_network, images, labels, epochs, rate)
    if not hasattr(model, "get_weights"):
        return family(model)
    return {
        "weights": model.get_weights(),
        "trainable": [list(np.shape(w)) for w in plain(list(model.trainable_weights))],
        "rate": float(plain(model.optimizer.learning_rate)) if getattr(model, "optimizer", None) else None,
        "steps": steps_of(model),
    }


@fine_tune.accept
def _(seen, make_network, images, labels, epochs, rate):
    if not is_model(seen):
        return no_model(seen, "fine_tune")
    if shapes(seen) != [w.shape for w in WEIGHTS[make_network]()]:
        return "the network is not the one that make_network() gave: its weights have other shapes"
    if not all_free(seen):
        return "at the end some layers are still frozen"
    if seen["rate"] is None or not np.isclose(seen["rate"], rate / 100, rtol=1e-4):
        had = "no learning rate" if seen["rate"] is None else f"the learning rate {seen['rate']:.3g}"
        return f"the second phase had {had}; it should be {rate / 100:.3g}, a hundredth of the first"
    steps = steps_in(images, epochs)
    if seen["steps"] != steps:
        return (
            f"the second phase made {seen['steps']} steps; {epochs} epochs in batches of 16 make {steps} "
            f"of {len(images)} samples"
        )
    if not arrived(seen, images, labels, right_phases(images, epochs, rate)):
        return "the weights are not those to which the two phases lead, each with as many steps and as long ones as the text says"
    return None


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


@fine_tune.variant("a hundredth as a product")
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for number, layer in enumerate(model.layers):
        layer.trainable = number == len(model.layers) - 1
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(0.01 * rate), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
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


FIRST_FIT = 'metrics=["accuracy"])\n    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)\n    for'
SECOND_FIT = "model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)\n    return model"
THAWED = "    for layer in model.layers:\n        layer.trainable = True\n"


fine_tune.slip(
    "never-thawed",
    (
        "The second phase ran at its small rate, but the body was still frozen. You closed the switch of each layer: how do "
        "you open them all again? (`model.trainable = True` opens nothing in a model that was never closed itself.)"
    ),
    THAWED,
    "    model.trainable = True\n",
    when=both(
        lambda seen, *_: is_model(seen) and not all_free(seen),
        went(lambda n, rate, *_: [(HEAD, rate, n), (HEAD, rate / 100, n)]),
    ),
)


@fine_tune.mistake(
    "head-only",
    "The body is still frozen at the end, so this was the first phase only. What comes after it?",
    when=both(
        lambda seen, *_: is_model(seen) and not all_free(seen),
        went(lambda n, rate, *_: [(HEAD, rate, n)]),
    ),
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
    "Everything is thawed and compiled for the second phase, and then no step is taken. What comes after `compile`?",
    SECOND_FIT,
    "return model",
    when=both(
        lambda seen, *_: is_model(seen) and all_free(seen) and seen["steps"] == 0,
        went(lambda n, rate, *_: [(HEAD, rate, n)]),
    ),
)

fine_tune.slip(
    "first-fit-missing",
    "The head had no phase of its own: it is compiled for one, and then no step is taken. What comes after the first `compile`?",
    FIRST_FIT,
    'metrics=["accuracy"])\n    for',
    when=went(lambda n, rate, *_: [(ALL, rate / 100, n)]),
)

fine_tune.slip(
    "not-compiled-again",
    (
        "The layers say that they can be trained, and yet the body did not move. What `fit` may change is settled when it "
        "first runs after `compile`. What is missing between thawing and the second `fit`?"
    ),
    'model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])',
    "model.optimizer.learning_rate = rate / 100",
    when=lambda seen, make_network, images, labels, epochs, rate: (
        is_model(seen)
        and all_free(seen)
        and seen["steps"] > steps_in(images, epochs)
        and all(map(np.array_equal, seen["weights"][BODY], WEIGHTS[make_network]()[BODY]))
    ),
)

fine_tune.slip(
    "same-rate",
    (
        "The second phase took steps as long as the first: the body is carried away from what it knew. By how much "
        "should the learning rate shrink?"
    ),
    "Adam(rate / 100)",
    "Adam(rate)",
    when=went(lambda n, rate, *_: [(HEAD, rate, n), (ALL, rate, n)]),
)

fine_tune.slip(
    "usual-rate",
    (
        'The second phase ran with Adam\'s usual 0.001, because `"adam"` as a text knows nothing of your `rate`. How do '
        "you hand Adam a learning rate of your own?"
    ),
    "keras.optimizers.Adam(rate / 100)",
    '"adam"',
    when=went(lambda n, rate, *_: [(HEAD, rate, n), (ALL, 0.001, n)]),
)

fine_tune.slip(
    "never-frozen",
    "The second phase is right, but in the first the body moved with the head. What should have held it still?",
    "layer.trainable = False",
    "pass",
    when=went(lambda n, rate, *_: [(ALL, rate, n), (ALL, rate / 100, n)]),
)

fine_tune.slip(
    "head-frozen",
    "In the first phase the head stood still and the body moved. Which layers does `layers[:-1]` hold, which `layers[-1:]`?",
    "for layer in model.layers[:-1]:",
    "for layer in model.layers[-1:]:",
    when=went(lambda n, rate, *_: [(BODY, rate, n), (ALL, rate / 100, n)]),
)


@fine_tune.mistake(
    "a-single-phase",
    "Everything was trained at the full rate, in one phase. Which part should learn alone first, and how short are the steps after that?",
    when=went(lambda n, rate, *_: [(ALL, rate, n)]),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


fine_tune.slip(
    "one-epoch-at-the-end",
    "Your second phase trains for one epoch only: what `fit` does if it is not told `epochs`. How many does the text ask for?",
    SECOND_FIT,
    "model.fit(images, labels, batch_size=16, verbose=0)\n    return model",
    when=went(lambda n, rate, images, epochs: [(HEAD, rate, n), (ALL, rate / 100, steps_in(images, 1))]),
)

fine_tune.slip(
    "one-epoch-at-first",
    "Your first phase trains for one epoch only: what `fit` does if it is not told `epochs`. How many does the text ask for?",
    FIRST_FIT,
    'metrics=["accuracy"])\n    model.fit(images, labels, batch_size=16, verbose=0)\n    for',
    when=went(lambda n, rate, images, epochs: [(HEAD, rate, steps_in(images, 1)), (ALL, rate / 100, n)]),
)


@fine_tune.mistake(
    "usual-batches",
    "Your batches hold 32 samples, as `fit` makes them if it is not told. How many does the text ask for?",
    when=went(
        lambda n, rate, images, epochs: [
            (HEAD, rate, steps_in(images, epochs, 32)),
            (ALL, rate / 100, steps_in(images, epochs, 32)),
        ]
    ),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, verbose=0)
    return model


for right, wrong, why in EQUIVALENTS:
    fine_tune.equivalent(right, wrong, why=why)
