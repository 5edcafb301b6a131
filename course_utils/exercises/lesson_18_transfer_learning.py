"""Exercises of lesson 18: count, freeze, cut off the head, put on a new one, fine-tune, choose.

Answers get a *maker*, a function that returns a new copy of a trained network, as `keras.applications` has them. The
makers of the checks have known weights, so the judge computes in NumPy what an answer should have done with them.
"""

import numpy as np

from course_utils import transfer

from .core import Lesson, edge, plain, random, small
from .core.classifiers import compile_problem, evaluated, share_problem
from .core.compare import family
from .core.lazy import keras
from .core.networks import is_model, no_model, shapes, steps_of

lesson = Lesson("18_transfer_learning", "Transfer learning")

FEATURES = {transfer.image_network: transfer.image_features, transfer.row_network: transfer.row_features}
WEIGHTS = {transfer.image_network: transfer.image_weights, transfer.row_network: transfer.row_weights}


def alike(one, other):
    """Two lists of arrays with the same shapes and numbers."""
    return len(one) == len(other) and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, atol=1e-6) for a, b in zip(one, other, strict=True)
    )


# Count ------------------------------------------------------------------------------------------------

count = lesson.values(
    "count-trainable",
    points=2,
    title="Count what is trained",
    reference=lambda: {"old_head": 650, "new_head": 325, "frozen": 56_064, "all_trainable": 56_389},
)


@count.mistake("no-biases", "64 numbers for each of 10 classes make 640. What else does each neuron own?")
def _():
    return {"old_head": 640}


@count.mistake(
    "no-biases-in-the-new-head", "64 numbers for each of 5 classes make 320. What else does each of the 5 neurons own?"
)
def _():
    return {"new_head": 320}


@count.mistake(
    "new-head-on-the-old",
    "You put the new head behind the old one: 10 numbers for each of 5 classes. The old head is cut off. "
    "How many numbers come out of the layer before it?",
)
def _():
    return {"new_head": 55}


@count.mistake("flatten-into-head", "800 is what leaves Flatten. Which layer stands between Flatten and the head?")
def _():
    return {"new_head": 4_005}


@count.mistake(
    "only-convolutions",
    "You froze the two convolutions. The hidden layer of 64 neurons was taken over as well: what does it add?",
)
def _():
    return {"frozen": 4_800}


@count.mistake(
    "old-head-kept", "Your number of frozen parameters still holds the old head. Does it stay in the network?"
)
def _():
    return {"frozen": 56_714}


@count.mistake(
    "old-network-again",
    "56,714 is the old network with its head for 10 classes. Which head does the network wear in the last line?",
)
def _():
    return {"all_trainable": 56_714}


@count.mistake(
    "frozen-stay-frozen", "In the last line nothing is frozen any more. Which parameters join those of the new head?"
)
def _():
    return {"all_trainable": 325}


@count.variant("NumPy whole numbers")
def _():
    return {"old_head": np.int64(650), "frozen": np.int64(56_064)}


@count.variant("as floats")
def _():
    return {"new_head": 325.0, "all_trainable": 56_389.0}


# Freeze -----------------------------------------------------------------------------------------------


def frozen_but(make_network, last):
    """A new network of which only the last `last` layers can be trained."""
    network = make_network()
    for number, layer in enumerate(network.layers):
        layer.trainable = number >= len(network.layers) - last
    return network


freeze = lesson.function("freeze", reference=frozen_but, points=3, rounds=1, title="Freeze")

LAYERS = {transfer.row_network: 3, transfer.image_network: 5}
# The weights that each of the last layers brings, last layer last.
LAYER_WEIGHTS = {transfer.row_network: (2, 2, 2), transfer.image_network: (2, 0, 0, 2, 2)}


def trainable_of(make_network, last):
    """The weights that should be trainable."""
    weights, counts = WEIGHTS[make_network](), LAYER_WEIGHTS[make_network]
    return weights[len(weights) - sum(counts[len(counts) - last :]) :]


@freeze.given
def _():
    return {"keras": keras}


@freeze.cases
def _(rng):
    yield small("three dense layers, the last one trains", transfer.row_network, 1)
    yield random("three dense layers, the last two train", transfer.row_network, 2)
    yield random("a network for images, some layers train", transfer.image_network, int(rng.integers(1, 3)))
    yield edge("no layer trains: last = 0", transfer.row_network, 0)


@freeze.drive
def _(answer, make_network, last):
    model = answer(make_network, last)
    if not hasattr(model, "get_weights"):
        return family(model)
    return {"weights": model.get_weights(), "trainable": plain(list(model.trainable_weights))}


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


@freeze.mistake(
    "no-return",
    "freeze returned nothing. The network must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(make_network, last):
    network = make_network()
    for layer in network.layers[: len(network.layers) - last]:
        layer.trainable = False


@freeze.mistake(
    "minus-zero",
    "With `last = 0` nothing was frozen. What does Python make of `layers[:-0]`? Count the layers to freeze instead.",
    when=freezes(lambda trainable, maker, last: last == 0 and alike(trainable, WEIGHTS[maker]())),
)
def _(make_network, last):
    network = make_network()
    for layer in network.layers[:-last]:
        layer.trainable = False
    return network


@freeze.mistake(
    "nothing-frozen",
    "Every layer can still be trained. Which attribute of a layer says whether its weights may change?",
    when=freezes(lambda trainable, maker, last: alike(trainable, WEIGHTS[maker]())),
)
def _(make_network, last):
    return make_network()


@freeze.mistake(
    "everything-frozen",
    "No layer can be trained. Which layers should stay free? And mind: while `network.trainable` is False, "
    "the layers inside are closed, whatever they say.",
    when=freezes(lambda trainable, maker, last: last > 0 and not trainable),
)
def _(make_network, last):
    network = make_network()
    network.trainable = False
    return network


@freeze.mistake(
    "wrong-end",
    "You froze the layers at the end and left the first ones free. Which of them hold what is common to both tasks?",
    when=freezes(
        lambda trainable, maker, last: (
            len(trainable) > 0 and (last == 0 or not alike(trainable[-1:], WEIGHTS[maker]()[-1:]))
        )
    ),
)
def _(make_network, last):
    network = make_network()
    for layer in network.layers[len(network.layers) - last :]:
        layer.trainable = False
    return network


@freeze.mistake(
    "first-instead-of-last",
    "You froze the first `last` layers. `last` says how many stay *free*, counted from the end: how many are "
    "there to freeze?",
    when=freezes(lambda trainable, maker, last: alike(trainable, WEIGHTS[maker]()[sum(LAYER_WEIGHTS[maker][:last]) :])),
)
def _(make_network, last):
    network = make_network()
    for layer in network.layers[:last]:
        layer.trainable = False
    return network


@freeze.mistake(
    "only-the-first",
    "Only the first layer is frozen, whatever `last` says. How many layers should be frozen?",
    when=freezes(
        lambda trainable, maker, last: (
            last != LAYERS[maker] - 1 and alike(trainable, WEIGHTS[maker]()[LAYER_WEIGHTS[maker][0] :])
        )
    ),
)
def _(make_network, last):
    network = make_network()
    network.layers[0].trainable = False
    return network


@freeze.mistake(
    "weights-lost",
    "The right layers are frozen, but the weights are new and random: `clone_model` copies layers, not what they "
    "learned. Use the network that make_network() gives you.",
    when=lambda seen, make_network, last: (
        is_model(seen)
        and shapes(seen) == [w.shape for w in WEIGHTS[make_network]()]
        and not alike(seen["weights"], WEIGHTS[make_network]())
    ),
)
def _(make_network, last):
    network = keras.models.clone_model(make_network())
    for layer in network.layers[: len(network.layers) - last]:
        layer.trainable = False
    return network


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


# Features ---------------------------------------------------------------------------------------------


def before_the_head(make_network, images):
    """What arrives at the head for each image."""
    body = keras.Sequential(make_network().layers[:-1])
    return body.predict(images, verbose=0)


features = lesson.function(
    "extract-features", reference=before_the_head, points=3, rounds=1, title="Extract the features"
)


@features.given
def _():
    return {"keras": keras}


@features.cases
def _(rng):
    rows = rng.normal(size=(5, 4)).astype(np.float32)
    yield small("two rows of four numbers", transfer.row_network, np.array([[1, 0, 0, 0], [0, 1, 0, 1]], np.float32))
    yield random("five rows", transfer.row_network, rows)
    yield random("three images", transfer.image_network, rng.uniform(0, 1, (3, 10, 10, 1)).astype(np.float32))
    yield edge(
        "a single image, still in a batch", transfer.image_network, rng.uniform(0, 1, (1, 10, 10, 1)).astype(np.float32)
    )


@features.accept
def _(seen, make_network, images):
    if not isinstance(seen, np.ndarray):
        return f"it should return a NumPy array, but it returned {family(seen)}"
    wanted = FEATURES[make_network](images)
    if seen.shape != wanted.shape:
        return f"{len(images)} samples should give features of shape {wanted.shape}, but gave {seen.shape}"
    if not np.allclose(seen, wanted, atol=1e-4, rtol=1e-4):
        return "the numbers are not those that arrive at the head of make_network()"
    return None


def gives(test):
    """The mistake is recognised by `test(array, maker, images)`."""
    return lambda seen, make_network, images: isinstance(seen, np.ndarray) and bool(test(seen, make_network, images))


def classes_of(make_network):
    """How many classes the old head tells apart."""
    return len(WEIGHTS[make_network]()[-1])


def first_layer_size(make_network):
    """How many numbers leave the layer before the last two."""
    return WEIGHTS[make_network]()[-4].shape[0]


@features.mistake(
    "no-return", "The function returned nothing. Which line is missing at its end?", when=lambda seen, *_: seen is None
)
def _(make_network, images):
    keras.Sequential(make_network().layers[:-1]).predict(images, verbose=0)


@features.mistake(
    "head-still-on",
    "Each row sums to 1: these are the shares of the old classes. Which layer must not be run?",
    when=gives(lambda seen, maker, images: seen.shape == (len(images), classes_of(maker))),
)
def _(make_network, images):
    return make_network().predict(images, verbose=0)


@features.mistake(
    "cut-too-deep",
    "You cut off one layer too many: the last hidden layer is missing. How many layers are the head?",
    when=gives(lambda seen, maker, images: seen.shape == (len(images), first_layer_size(maker))),
)
def _(make_network, images):
    return keras.Sequential(make_network().layers[:-2]).predict(images, verbose=0)


@features.mistake(
    "head-only",
    "You return the features and then the shares in one row. Only what arrives at the head is asked for.",
    when=gives(
        lambda seen, maker, images: (
            np.shape(seen) == (len(images), classes_of(maker) + FEATURES[maker](images).shape[1])
        )
    ),
)
def _(make_network, images):
    network = make_network()
    return np.hstack([
        keras.Sequential(network.layers[:-1]).predict(images, verbose=0),
        network.predict(images, verbose=0),
    ])


@features.mistake(
    "averaged",
    "You return one row for the whole batch. Each image keeps its own features.",
    when=gives(lambda seen, maker, images: np.shape(seen) == FEATURES[maker](images).shape[1:]),
)
def _(make_network, images):
    return keras.Sequential(make_network().layers[:-1]).predict(images, verbose=0).mean(axis=0)


@features.mistake(
    "scaled-again",
    "The images are prepared already, and you divide by 255 once more. What does the network see then?",
    when=gives(
        lambda seen, maker, images: (
            seen.shape == FEATURES[maker](images).shape and np.allclose(seen, FEATURES[maker](images / 255), atol=1e-4)
        )
    ),
)
def _(make_network, images):
    return keras.Sequential(make_network().layers[:-1]).predict(images / 255, verbose=0)


@features.mistake(
    "weights-lost",
    "The shape is right, the numbers belong to another network: with new, random weights. `clone_model` copies "
    "layers, not what they learned. Whose layers should you use?",
    when=gives(lambda seen, maker, images: seen.shape == FEATURES[maker](images).shape),
)
def _(make_network, images):
    return keras.Sequential(keras.models.clone_model(make_network()).layers[:-1]).predict(images, verbose=0)


@features.variant("a functional model to the output before the last")
def _(make_network, images):
    network = make_network()
    return keras.Model(network.inputs[0], network.layers[-2].output).predict(images, verbose=0)


@features.variant("layer by layer")
def _(make_network, images):
    x = images
    for layer in make_network().layers[:-1]:
        x = layer(x)
    return x.numpy()


# A new head -------------------------------------------------------------------------------------------


def new_head(make_network, classes):
    """A compiled network: everything but the head taken over and frozen, and a new head."""
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


with_new_head = lesson.function("with-new-head", reference=new_head, points=4, rounds=1, title="A new head")


@with_new_head.given
def _():
    return {"keras": keras}


@with_new_head.cases
def _(rng):
    def rows(count, classes):
        return rng.normal(size=(count, 4)).astype(np.float32), rng.integers(0, classes, count)

    yield small("rows of four numbers, 5 new classes", transfer.row_network, 5, *rows(8, 5), "layers")
    classes = int(rng.integers(4, 9))
    yield random(
        f"images, {classes} new classes",
        transfer.image_network,
        classes,
        rng.uniform(0, 1, (6, 10, 10, 1)).astype(np.float32),
        rng.integers(0, classes, 6),
        "layers",
    )
    yield edge("one step of training", transfer.row_network, 3, *rows(12, 3), "compiled")


@with_new_head.drive
def _(answer, make_network, classes, images, labels, aspect):
    model = answer(make_network, classes)
    if not hasattr(model, "get_weights"):
        return family(model)
    seen = {
        "probabilities": plain(model(images)),
        "weights": model.get_weights(),
        "trainable": plain(list(model.trainable_weights)),
    }
    return seen | evaluated(model, images, labels) if aspect == "compiled" else seen


@with_new_head.accept
def _(seen, make_network, classes, images, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "with_new_head")
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
    return compile_problem(seen, images, labels) if aspect == "compiled" else None


def head_shapes(make_network, classes):
    """The shapes of a new head on the features."""
    width = WEIGHTS[make_network]()[-2].shape[0]
    return [(width, classes), (classes,)]


def heads(test):
    """The mistake is recognised by `test(seen, maker, classes)` on a model."""
    return lambda seen, make_network, classes, *_: is_model(seen) and bool(test(seen, make_network, classes))


def takes_over(seen, make_network):
    """Whether the model begins with the weights of the body."""
    body = WEIGHTS[make_network]()[:-2]
    return alike(seen["weights"][: len(body)], body)


@with_new_head.mistake(
    "no-return",
    "with_new_head returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(make_network, classes):
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])


@with_new_head.mistake(
    "head-on-head",
    "The new head gets the shares of the old classes, so all else that the network saw is lost. What must be "
    "cut off before a new head is put on?",
    when=heads(
        lambda seen, maker, classes: takes_over(seen, maker) and len(seen["weights"]) == len(WEIGHTS[maker]()) + 2
    ),
)
def _(make_network, classes):
    network = make_network()
    for layer in network.layers:
        layer.trainable = False
    model = keras.Sequential([*network.layers, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@with_new_head.mistake(
    "old-head-kept",
    "The network still answers with the old classes. Where does a layer for `classes` new ones come in?",
    when=heads(lambda seen, maker, classes: alike(seen["weights"], WEIGHTS[maker]())),
)
def _(make_network, classes):
    network = make_network()
    for layer in network.layers[:-1]:
        layer.trainable = False
    network.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return network


@with_new_head.mistake(
    "no-softmax",
    "The outputs are scores, some of them negative. Which activation makes shares of them?",
    when=heads(
        lambda seen, maker, classes: (
            takes_over(seen, maker) and not np.allclose(np.sum(seen["probabilities"], axis=-1), 1, atol=1e-3)
        )
    ),
)
def _(make_network, classes):
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    model = keras.Sequential([*body, keras.layers.Dense(classes)])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@with_new_head.mistake(
    "not-frozen",
    "The head is right, but every layer can be trained: the first steps, with a head that only guesses, would "
    "spoil what the body has learned. What should happen to its layers?",
    when=heads(lambda seen, maker, classes: takes_over(seen, maker) and len(seen["trainable"]) == len(seen["weights"])),
)
def _(make_network, classes):
    body = make_network().layers[:-1]
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@with_new_head.mistake(
    "head-frozen-too",
    "Nothing can be trained, not even the new head, which has learned nothing yet. When do you freeze: "
    "before or after it is added?",
    when=heads(lambda seen, maker, classes: takes_over(seen, maker) and not seen["trainable"]),
)
def _(make_network, classes):
    body = make_network().layers[:-1]
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.trainable = False
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@with_new_head.mistake(
    "weights-lost",
    "The layers are right, but the body's weights are new and random: then there is nothing to transfer. "
    "Take the layers of the network that make_network() gives you, not copies of them.",
    when=heads(
        lambda seen, maker, classes: (
            not takes_over(seen, maker)
            and shapes(seen) == [w.shape for w in WEIGHTS[maker]()[:-2]] + head_shapes(maker, classes)
        )
    ),
)
def _(make_network, classes):
    body = keras.models.clone_model(make_network()).layers[:-1]
    for layer in body:
        layer.trainable = False
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@with_new_head.mistake(
    "one-hot-loss",
    "The network is right, the loss expects labels in one-hot form. Here a label is a whole number: which "
    "cross-entropy takes it as it is?",
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and "rank" in seen.get("refused", "")
    ),
)
def _(make_network, classes):
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    model = keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


@with_new_head.mistake(
    "not-compiled",
    "The layers are right. Keras does not know yet how to train them: which step is missing?",
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and "compile" in seen.get("refused", "")
    ),
)
def _(make_network, classes):
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    return keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])


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


# Fine-tune --------------------------------------------------------------------------------------------


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


fine_tune = lesson.function("fine-tune", reference=two_phases, points=5, rounds=1, title="Fine-tune in two phases")


@fine_tune.given
def _():
    return {"keras": keras}


@fine_tune.cases
def _(rng):
    def task(count):
        rows = rng.normal(size=(count, 4)).astype(np.float32)
        return rows, (rows[:, 0] + 0.5 * rows[:, 1] > 0).astype(np.int64)

    yield small("16 rows, 4 epochs", transfer.row_network, *task(16), 4, 0.05)
    yield random("32 rows, 3 epochs", transfer.row_network, *task(32), 3, round(float(rng.uniform(0.02, 0.08)), 3))


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


@fine_tune.mistake(
    "model-switch",
    "The second phase ran at its small rate, but the body's layers were still frozen. `model.trainable = True` changes "
    "nothing in a model that was never frozen itself. Whose switches did you set in the first phase?",
    when=tunes(
        lambda seen, body, head, rate: (
            body < 1e-7 and not all_free(seen) and np.isclose(seen["rate"], rate / 100, rtol=0.01)
        )
    ),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    model.trainable = True
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


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


@fine_tune.mistake(
    "second-fit-missing",
    "Everything is unfrozen and compiled for the second phase, and then no step is taken. What comes after `compile`?",
    when=tunes(lambda seen, body, head, rate: body < 1e-7 and all_free(seen) and seen["steps"] == 0),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@fine_tune.mistake(
    "not-compiled-again",
    "The layers say that they can be trained, and yet the body did not move. Keras looks at `trainable` "
    "when the model is compiled. What is missing between unfreezing and the second `fit`?",
    when=tunes(lambda seen, body, head, rate: body < 1e-7 and all_free(seen) and seen["steps"] > 0),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.optimizer.learning_rate = rate / 100
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


@fine_tune.mistake(
    "same-rate",
    "The second phase took steps as long as the first: the body is carried away from what it knew. By how much "
    "should the learning rate shrink?",
    when=tunes(lambda seen, body, head, rate: all_free(seen) and np.isclose(seen["rate"], rate, rtol=0.01)),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


@fine_tune.mistake(
    "usual-rate",
    'The second phase ran with Adam\'s usual 0.001, because `"adam"` as a text knows nothing of your `rate`. How do '
    "you hand Adam a learning rate of your own?",
    when=tunes(lambda seen, body, head, rate: all_free(seen) and np.isclose(seen["rate"], 0.001, rtol=0.01)),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)
    return model


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


# Choose -----------------------------------------------------------------------------------------------

choose = lesson.values(
    "choose",
    points=3,
    title="Five situations",
    reference=lambda: {
        "parcel_office": "features",
        "fifty_schools": "features",
        "new_camera": "fine-tune",
        "bird_songs": "scratch",
        "chalk_board": "prepare",
    },
)


@choose.mistake(
    "all-with-few-labels",
    "The parcel office has three labels for each digit. Look at the curves: with so few, which is ahead, training "
    "everything anew or only a head?",
)
def _():
    return {"parcel_office": "scratch"}


@choose.mistake(
    "too-much-for-a-laptop",
    "Thirty labels, and a laptop that would have to train the whole body. What trains in a moment and needs few labels?",
)
def _():
    return {"parcel_office": "fine-tune"}


@choose.mistake(
    "fifty-from-nothing",
    "Twenty labels a sign are few, and fifty whole networks are much for one small server. What can the schools "
    "share, computed once?",
)
def _():
    return {"fifty_schools": "scratch"}


@choose.mistake("hyphen", "The word is right but spelled otherwise: write `fine-tune`, with a hyphen, as in the list.")
def _():
    return {"new_camera": "finetune"}


@choose.mistake(
    "no-label-no-head",
    "A new head has to be trained, and there is not a single label. What can you do to the images instead?",
)
def _():
    return {"chalk_board": "features"}


@choose.mistake(
    "one-network-each",
    "Fifty networks, each trained on its own, would work, and fifty times the memory and time. What can the "
    "schools share, computed once?",
)
def _():
    return {"fifty_schools": "fine-tune"}


@choose.mistake(
    "frozen-for-ever",
    "Features alone have stopped at 85 %, and there are thousands of labels. What may the body do now, carefully?",
)
def _():
    return {"new_camera": "features"}


@choose.mistake(
    "forget-what-is-near", "The camera's digits are digits still, and the body reads most of them. Why throw that away?"
)
def _():
    return {"new_camera": "scratch"}


@choose.mistake(
    "digits-for-songs",
    "What does a body that knows pen strokes know of sounds? And there are half a million labelled recordings.",
)
def _():
    return {"bird_songs": "features"}


@choose.mistake(
    "tune-away-the-difference",
    "Training could learn the other colours in time, with labels. But you know exactly what differs. What "
    "costs one line and no label?",
)
def _():
    return {"chalk_board": "fine-tune"}


@choose.variant("capital letters")
def _():
    return {"parcel_office": "Features", "bird_songs": "Scratch"}


@choose.variant("with a stray space")
def _():
    return {"new_camera": " fine-tune", "chalk_board": "prepare "}
