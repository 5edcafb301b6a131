"""The mistakes of who puts on a new head, and what may be changed without making it wrong."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises.keras_models.networks import is_model, shapes

from .common import ANOTHER, ANOTHER_MAKER, NEVER_CALLED, WEIGHTS, alike
from .head_judging import another_step, ends_in, head_shapes, heads, takes_over
from .with_new_head import with_new_head


def cut_too_deep(seen, make_network, classes):
    """Whether the last layer of the body is gone: the others are there, and what follows has not its shape, or its numbers."""
    old = WEIGHTS[make_network]()
    return (
        alike(seen["weights"][: len(old) - 4], old[:-4])
        and not takes_over(seen, make_network)
        and shapes(seen) != [w.shape for w in old[:-2]] + head_shapes(make_network, classes)
    )


with_new_head.slip(
    "no-return",
    "with_new_head returned nothing. `compile` changes the model and gives nothing back. The model must leave the function: "
    "which line of its own is missing at the end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

with_new_head.slip(
    "another-maker", ANOTHER_MAKER, "make_network()", ANOTHER, when=lambda seen, *_: seen == NEVER_CALLED
)


@with_new_head.mistake(
    "head-on-head",
    "The new head gets the shares of the old classes, so all else that the network saw is lost. What must be "
    "cut off before a new head is put on?",
    when=heads(
        lambda seen, maker, classes: (
            len(seen["weights"]) == len(WEIGHTS[maker]()) + 2 and alike(seen["weights"][:-2], WEIGHTS[maker]())
        )
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


with_new_head.slip(
    "no-softmax",
    "The outputs are scores, not shares: they may be negative, and do not sum to 1. Which activation makes shares of them?",
    ', activation="softmax"',
    "",
    when=ends_in(nn.linear),
)

with_new_head.slip(
    "sigmoid-head",
    "Each output lies between 0 and 1, but together they are not 1: a sigmoid asks about each class by itself. Which activation shares one whole?",
    '"softmax"',
    '"sigmoid"',
    when=ends_in(nn.sigmoid),
)

with_new_head.slip(
    "relu-head",
    "Your head ends in ReLU: no output is negative, but together they are not 1. Which activation makes shares?",
    '"softmax"',
    '"relu"',
    when=ends_in(nn.relu),
)


@with_new_head.mistake(
    "not-frozen",
    "The head is right, but every layer can be trained: the first steps, with a head that only guesses, would "
    "spoil what the body has learned. What should happen to its layers?",
    when=heads(
        lambda seen, maker, classes: (
            takes_over(seen, maker)
            and shapes(seen)[-2:] == head_shapes(maker, classes)
            and len(seen["trainable"]) == len(seen["weights"])
        )
    ),
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


with_new_head.slip(
    "a-part-still-free",
    (
        "Besides the new head a part of the body can still be trained. Which of its layers does your loop leave out? How many "
        "layers stand before the head?"
    ),
    "for layer in body:",
    "for layer in body[:-1]:",
    when=heads(
        lambda seen, maker, classes: (
            takes_over(seen, maker)
            and len(seen["weights"]) == len(WEIGHTS[maker]())
            and 2 < len(seen["trainable"]) < len(seen["weights"])
        )
    ),
)

with_new_head.slip(
    "body-cut-too",
    (
        "The last layer of the body is gone, and with it what it has learned. How many layers of the old network are the "
        "head?"
    ),
    "layers[:-1]",
    "layers[:-2]",
    when=heads(cut_too_deep),
)

with_new_head.slip(
    "one-layer-more",
    "Between the old body and the new head stands a layer that nobody asked for. What does the text put behind the body?",
    "[*body, ",
    '[*body, keras.layers.Dense(16, activation="relu"), ',
    when=heads(lambda seen, maker, classes: takes_over(seen, maker) and len(seen["weights"]) > len(WEIGHTS[maker]())),
)

with_new_head.slip(
    "ten-classes",
    "Your head has 10 outputs, whatever `classes` says. Where does the number of outputs come from?",
    "Dense(classes,",
    "Dense(10,",
    when=heads(lambda seen, maker, classes: classes != 10 and np.shape(seen["probabilities"])[-1] == 10),
)

with_new_head.slip(
    "weights-lost",
    (
        "The layers are right, but the body's weights are not those of the old network: then there is nothing to transfer. "
        "Take the layers of the network that make_network() gives you, not copies of them (`clone_model` copies no weights)."
    ),
    "make_network()",
    "keras.models.clone_model(make_network())",
    when=heads(
        lambda seen, maker, classes: (
            not takes_over(seen, maker)
            and shapes(seen) == [w.shape for w in WEIGHTS[maker]()[:-2]] + head_shapes(maker, classes)
        )
    ),
)

with_new_head.slip(
    "one-hot-loss",
    (
        "The network is right, but its loss expects a label with as many numbers as there are classes. Here a label is one "
        "whole number: which cross-entropy takes it as it is?"
    ),
    '"sparse_categorical_crossentropy"',
    '"categorical_crossentropy"',
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and "must have the same rank" in seen.get("refused", "")
    ),
)

with_new_head.slip(
    "numbers-compared-with-classes",
    (
        "The network is right, but its loss or a metric compares the shares one by one with the label, the number of a class. "
        "Which loss and which metric does the text ask for?"
    ),
    '"sparse_categorical_crossentropy"',
    '"mean_squared_error"',
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and "Incompatible shapes" in seen.get("refused", "")
    ),
)


@with_new_head.mistake(
    "not-compiled",
    "The layers are right. Keras does not know yet how to train them: which step is missing?",
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and "must call `compile" in seen.get("refused", "")
    ),
)
def _(make_network, classes):
    body = make_network().layers[:-1]
    for layer in body:
        layer.trainable = False
    return keras.Sequential([*body, keras.layers.Dense(classes, activation="softmax")])


with_new_head.slip(
    "accuracy-not-reported",
    "The network is right, but nothing is said about how many answers are right. Which argument of `compile` is missing?",
    ', metrics=["accuracy"]',
    "",
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and not seen.get("refused") and np.size(seen.get("scores", (0, 0))) == 1
    ),
)

with_new_head.slip(
    "metrics-in-third-place",
    "The third place of `compile` is not for metrics. How do you say by name what the list is?",
    'metrics=["accuracy"]',
    '["accuracy"]',
    of="functional, from the output before the last",
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and "dtype='string'" in seen.get("refused", "")
    ),
)

with_new_head.slip(
    "another-step",
    "A step of training is not as long as Adam's with its usual rate, 0.001. Which optimizer, and which rate, does the text ask for?",
    "keras.optimizers.Adam()",
    "keras.optimizers.Adam(0.01)",
    of="the body as one layer",
    when=lambda seen, make_network, classes, images, labels, aspect: (
        is_model(seen) and "after" in seen and another_step(seen, images, labels)
    ),
)

with_new_head.equivalent("network.inputs[0]", "network.inputs[-1]", why="there is one input")
for compiled_twice in (
    "model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])",
    "model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])",
    (
        "model.compile(keras.optimizers.Adam(), keras.losses.SparseCategoricalCrossentropy(), "
        "metrics=[keras.metrics.SparseCategoricalAccuracy()])"
    ),
):
    with_new_head.equivalent(compiled_twice, "for _ in range(2): …", why="a new network can be compiled twice")
