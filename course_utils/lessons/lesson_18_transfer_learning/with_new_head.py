"""Take over a network's layers but its head, freeze them, and compile them with a new head for other classes."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import evaluated, share_problem
from course_utils.exercises.keras_models.networks import is_model, no_model, shapes

from . import networks
from .common import NEVER_CALLED, WEIGHTS, alike, never_called
from .head_judging import head_shapes, training_problem


def new_head(make_network, classes):
    """A compiled network: everything but the head taken over and frozen, and a new head."""
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


with_new_head = FunctionExercise("with-new-head", reference=new_head, points=4, rounds=1, title="A new head")


@with_new_head.given
def _():
    return {"keras": keras}


@with_new_head.cases
def _(rng):
    def rows(count, classes):
        return rng.normal(size=(count, 4)).astype(np.float32), rng.integers(0, classes, count)

    yield small("rows of four numbers, 5 new classes", networks.row_network, 5, *rows(8, 5), "layers")
    classes = int(rng.integers(4, 9))
    yield random(
        f"images, {classes} new classes",
        networks.image_network,
        classes,
        rng.uniform(0, 1, (6, 10, 10, 1)).astype(np.float32),
        rng.integers(0, classes, 6),
        "layers",
    )
    yield edge("one step of training", networks.row_network, 3, *rows(12, 3), "compiled")


@with_new_head.drive
def _(answer, make_network, classes, images, labels, aspect):
    model = answer(make_network, classes)
    if not hasattr(model, "get_weights"):
        return family(model)
    try:
        probabilities = plain(model(images))
    except Exception as error:
        if never_called(error, answer, classes):
            return NEVER_CALLED
        raise
    seen = {
        "probabilities": probabilities,
        "weights": model.get_weights(),
        "trainable": plain(list(model.trainable_weights)),
    }
    if aspect == "compiled":
        seen |= evaluated(model, images, labels)
        other = answer(make_network, classes)
        other(images)  # a Sequential without an Input has its weights only now
        seen["another"] = other.get_weights()
    return seen


@with_new_head.accept
def _(seen, make_network, classes, images, labels, aspect):
    if not is_model(seen):
        return seen if seen == NEVER_CALLED else no_model(seen, "with_new_head")
    if problem := share_problem(seen["probabilities"], images, classes, "sample"):
        return problem
    body = WEIGHTS[make_network]()[:-2]
    if shapes(seen) != [w.shape for w in body] + head_shapes(make_network, classes):
        return f"the weights have the shapes {', '.join(map(str, shapes(seen)))}: not those of the old body and one new head"
    if not alike(seen["weights"][:-2], body):
        return "the body does not have the weights that make_network() gave it"
    if not alike(seen["trainable"], seen["weights"][-2:]):
        return (
            f"{sum(np.size(w) for w in seen['trainable'])} parameters can be trained; "
            f"it should be the {sum(np.size(w) for w in seen['weights'][-2:])} of the new head"
        )
    return training_problem(seen, make_network, images, labels) if aspect == "compiled" else None


with_new_head.variant("the body's layers in a new stack")(new_head)


@with_new_head.variant("functional, from the output before the last")
def _(make_network, classes):
    network = make_network()
    network.trainable = False
    shares = keras.layers.Dense(classes, activation="softmax")(network.layers[-2].output)
    model = keras.Model(network.inputs[0], shares)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@with_new_head.variant("the body as one layer")
def _(make_network, classes):
    body = keras.Sequential(make_network().layers[:-1])
    body.trainable = False
    model = keras.Sequential([body, keras.layers.Dense(classes), keras.layers.Softmax()])
    model.compile(
        keras.optimizers.Adam(),
        keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model
