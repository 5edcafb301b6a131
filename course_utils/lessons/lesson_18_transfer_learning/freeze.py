"""Freeze a network's layers except the last few, which can still be trained."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import is_model, no_model, shapes

from . import networks
from .common import ANOTHER, ANOTHER_MAKER, WEIGHTS, alike


def frozen_but(make_network, last):
    """A new network of which only the last `last` layers can be trained."""
    network = make_network()
    for number, layer in enumerate(network.layers):
        layer.trainable = number >= len(network.layers) - last
    return network


freeze = FunctionExercise("freeze", reference=frozen_but, points=3, rounds=1, title="Freeze")


# What learners write for `trainable`; Keras lets them, and nothing is frozen.
NEARLY_TRAINABLE = (
    *(
        "trainble",
        "trainabel",
        "trainible",
        "traineable",
        "trainale",
        "trainabe",
        "tranable",
        "trainables",
        "Trainable",
    ),
    *("train", "training", "is_trainable", "frozen", "freeze", "requires_grad"),
)
LAYERS = {networks.row_network: 3, networks.image_network: 5}


# The weights that each of the last layers brings, last layer last.
LAYER_WEIGHTS = {networks.row_network: (2, 2, 2), networks.image_network: (2, 0, 0, 2, 2)}


def trainable_of(make_network, last):
    """The weights that should be trainable."""
    weights, counts = WEIGHTS[make_network](), LAYER_WEIGHTS[make_network]
    return weights[len(weights) - sum(counts[len(counts) - last :]) :]


@freeze.given
def _():
    return {"keras": keras}


@freeze.cases
def _(rng):
    yield small("three dense layers, the last one trains", networks.row_network, 1)
    yield random("three dense layers, the last two train", networks.row_network, 2)
    yield random("a network for images, some layers train", networks.image_network, int(rng.integers(1, 3)))
    yield edge("no layer trains: last = 0", networks.row_network, 0)
    yield edge("every layer trains: last = 3", networks.row_network, 3)
    yield edge("a network for images, last = 3", networks.image_network, 3)
    yield edge("a network for images, last = 4", networks.image_network, 4)


@freeze.drive
def _(answer, make_network, last):
    model = answer(make_network, last)
    if not hasattr(model, "get_weights"):
        return family(model)
    misspelt = any(hasattr(layer, name) for layer in getattr(model, "layers", [])[:1] for name in NEARLY_TRAINABLE)
    return {"weights": model.get_weights(), "trainable": plain(list(model.trainable_weights)), "misspelt": misspelt}


@freeze.accept
def _(seen, make_network, last):
    if not is_model(seen):
        return no_model(seen, "freeze")
    if not alike(seen["weights"], WEIGHTS[make_network]()):
        return "the network does not have the weights that make_network() gave it"
    wanted = trainable_of(make_network, last)
    if not alike(seen["trainable"], wanted):
        have, want = (sum(np.size(w) for w in ws) for ws in (seen["trainable"], wanted))
        return f"{have} parameters can be trained; it should be {want}"
    return None


def freezes(test):
    """The mistake is recognised by `test(trainable weights, maker, last)` on a network with the right weights."""
    return lambda seen, make_network, last: (
        is_model(seen)
        and alike(seen["weights"], WEIGHTS[make_network]())
        and bool(test(seen["trainable"], make_network, last))
    )


freeze.variant("each layer by its number")(frozen_but)


@freeze.variant("everything first, then the last ones free")
def _(make_network, last):
    network = make_network()
    for layer in network.layers:
        layer.trainable = False
    for layer in network.layers[len(network.layers) - last :]:
        layer.trainable = True
    return network


@freeze.variant("backwards, with a counter")
def _(make_network, last):
    network = make_network()
    for number, layer in enumerate(reversed(network.layers), start=1):
        if number > last:
            layer.trainable = False
    return network


@freeze.variant("the first ones, counted")
def _(make_network, last):
    network = make_network()
    for layer in network.layers[: len(network.layers) - last]:
        layer.trainable = False
    return network


freeze.slip(
    "no-return",
    "freeze returned nothing. The network must leave the function: which line is missing at its end?",
    "    return network\n",
    "",
    of="the first ones, counted",
    when=lambda seen, *_: seen == "None",
)

freeze.slip(
    "another-maker",
    ANOTHER_MAKER,
    "make_network()",
    ANOTHER,
    of="the first ones, counted",
    when=lambda seen, make_network, last: (
        is_model(seen) and shapes(seen)[:1] != [w.shape for w in WEIGHTS[make_network]()][:1]
    ),
)

freeze.slip(
    "layers-without-weights-not-counted",
    (
        "You count only some of the layers, such as those that have weights. `last` counts all of them: do pooling and "
        "Flatten stand in `network.layers`?"
    ),
    "for layer in network.layers[: len(network.layers) - last]:",
    "own = [layer for layer in network.layers if layer.weights]\n    for layer in own[: max(len(own) - last, 0)]:",
    of="the first ones, counted",
    when=freezes(
        lambda trainable, maker, last: (
            maker is networks.image_network
            and last in (3, 4)
            and any(alike(trainable, WEIGHTS[maker]()[start:]) for start in (0, -2))
        )
    ),
)

freeze.slip(
    "minus-zero",
    "With `last = 0` nothing was frozen. What does Python make of `layers[:-0]`? Count the layers to freeze instead.",
    "network.layers[: len(network.layers) - last]",
    "network.layers[:-last]",
    of="the first ones, counted",
    when=freezes(lambda trainable, maker, last: last == 0 and alike(trainable, WEIGHTS[maker]())),
)


freeze.slip(
    "misspelt",
    "You give the layers an attribute that Keras does not know, and so every one of them can still be trained. Is it spelt "
    "`trainable`?",
    "layer.trainable = False",
    "layer.trainble = False",
    of="the first ones, counted",
    when=lambda seen, maker, last: is_model(seen) and seen["misspelt"] and alike(seen["trainable"], WEIGHTS[maker]()),
)


@freeze.mistake(
    "nothing-frozen",
    "In a network that should be frozen in part, every layer can still be trained. Which attribute of a layer says whether its weights "
    "may change? Is it set with one `=`, on the layers of this very network, and on layers of every kind?",
    when=freezes(lambda trainable, maker, last: alike(trainable, WEIGHTS[maker]())),
)
def _(make_network, last):
    return make_network()


freeze.slip(
    "everything-frozen",
    (
        "No layer can be trained. Which layers should stay free? And mind: while `network.trainable` is False, "
        "the layers inside are closed, whatever they say."
    ),
    "for number, layer in enumerate(network.layers):\n        layer.trainable = number >= len(network.layers) - last",
    "network.trainable = False",
    when=freezes(lambda trainable, maker, last: last > 0 and not trainable),
)

freeze.slip(
    "one-too-many",
    "You freeze one layer too many. How many of `len(network.layers)` are left when the last `last` stay free?",
    "network.layers[: len(network.layers) - last]",
    "network.layers[: len(network.layers) - last + 1]",
    of="the first ones, counted",
    when=freezes(lambda trainable, maker, last: last > 0 and alike(trainable, trainable_of(maker, last - 1))),
)

freeze.slip(
    "one-too-few",
    "One layer more than `last` can be trained. How many of `len(network.layers)` are left when the last `last` stay free?",
    "network.layers[: len(network.layers) - last]",
    "network.layers[: max(len(network.layers) - last - 1, 0)]",
    of="the first ones, counted",
    when=freezes(
        lambda trainable, maker, last: last < LAYERS[maker] and alike(trainable, trainable_of(maker, last + 1))
    ),
)

freeze.slip(
    "wrong-end",
    "You froze the layers at the end and left the first ones free. Which of them hold what is common to both tasks?",
    "network.layers[: len(network.layers) - last]",
    "network.layers[len(network.layers) - last :]",
    of="the first ones, counted",
    when=freezes(
        lambda trainable, maker, last: alike(
            trainable, WEIGHTS[maker]()[: len(WEIGHTS[maker]()) - len(trainable_of(maker, last))]
        )
    ),
)

freeze.slip(
    "first-instead-of-last",
    (
        "You froze the first `last` layers. `last` says how many stay *free*, counted from the end: how many are "
        "there to freeze?"
    ),
    "network.layers[: len(network.layers) - last]",
    "network.layers[:last]",
    of="the first ones, counted",
    when=freezes(lambda trainable, maker, last: alike(trainable, WEIGHTS[maker]()[sum(LAYER_WEIGHTS[maker][:last]) :])),
)

freeze.slip(
    "only-the-first",
    "Only the first layer is frozen, whatever `last` says. How many layers should be frozen?",
    "network.layers[: len(network.layers) - last]",
    "network.layers[:1]",
    of="the first ones, counted",
    when=freezes(
        lambda trainable, maker, last: (
            last != LAYERS[maker] - 1 and alike(trainable, WEIGHTS[maker]()[LAYER_WEIGHTS[maker][0] :])
        )
    ),
)

freeze.slip(
    "weights-lost",
    (
        "The weights are not those with which make_network() gave you the network. `clone_model`, for one, copies layers, not what "
        "they learned. Use that network itself, as it is."
    ),
    "make_network()",
    "keras.models.clone_model(make_network())",
    of="the first ones, counted",
    when=lambda seen, make_network, last: (
        is_model(seen)
        and shapes(seen) == [w.shape for w in WEIGHTS[make_network]()]
        and not alike(seen["weights"], WEIGHTS[make_network]())
    ),
)
