"""Train a network's head alone, then the whole network at a hundredth of the learning rate."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import is_model, no_model, shapes, steps_of

from . import networks
from .common import NEVER_CALLED, WEIGHTS, never_called
from .training import all_free, arrived, right_phases, steps_in


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
    yield random("the same row 33 times, 3 epochs, 23 layers", networks.long_row_network, *task(same), 3, rate)


@fine_tune.drive
def _(answer, make_network, images, labels, epochs, rate):
    try:
        model = answer(make_network, images, labels, epochs, rate)
    except Exception as error:
        if never_called(error, answer, images, labels, epochs, rate):
            return NEVER_CALLED
        raise
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
        return seen if seen == NEVER_CALLED else no_model(seen, "fine_tune")
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
