"""The mistakes of fine-tuning, and what may be changed without making it wrong."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises.keras_models.fitting import PLACES, places_swapped
from course_utils.exercises.keras_models.networks import is_model

from .common import ANOTHER, ANOTHER_MAKER, NEVER_CALLED, WEIGHTS
from .fine_tune import fine_tune
from .fine_tune_equivalents import EQUIVALENTS
from .training import ALL, BODY, HEAD, all_free, arrived, both, right_phases, steps_in, went


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


def kept_back(seen, make_network, images, labels, epochs, rate):
    """Whether the last part of the images was never trained on."""
    parts = [images[: int(len(images) * (1 - part))] for part in (0.1, 0.2, 0.25, 0.3, 0.5)]
    return any(
        seen["steps"] == steps_in(used, epochs)
        and arrived(seen, used, labels[: len(used)], right_phases(used, epochs, rate))
        for used in parts
    )


FIRST_FIT = 'metrics=["accuracy"])\n    model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)\n    for'
SECOND_FIT = "model.fit(images, labels, epochs=epochs, batch_size=16, verbose=0)\n    return model"
THAWED = "    for layer in model.layers:\n        layer.trainable = True\n"


fine_tune.slip(
    "fit-turned-round",
    PLACES,
    SECOND_FIT,
    SECOND_FIT.replace("epochs=epochs, batch_size=16", "epochs=16, batch_size=epochs"),
    when=lambda seen, make_network, images, labels, epochs, rate: (
        is_model(seen) and places_swapped(seen["steps"], len(images), epochs, 16)
    ),
)

fine_tune.slip("another-maker", ANOTHER_MAKER, "make_network()", ANOTHER, when=lambda seen, *_: seen == NEVER_CALLED)

fine_tune.slip(
    "only-the-last-thawed",
    "At the end only some of the layers can be trained, and others are still frozen. Which layers does your second loop open?",
    THAWED,
    "    for layer in model.layers[-3:]:\n        layer.trainable = True\n",
    when=lambda seen, *_: is_model(seen) and 2 < len(seen["trainable"]) < len(seen["weights"]),
)

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
    (
        "When the whole network began to learn, its head had learned nothing, or what it learned was lost. In the first "
        "phase, is the head open, and is there a `fit` after `compile`? And is it one model all the way?"
    ),
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


@fine_tune.mistake(
    "kept-for-validation",
    "Some of the images are kept back and never trained on. Which argument of `fit` does that, and does the text ask for it?",
    when=both(lambda seen, *_: is_model(seen) and all_free(seen), kept_back),
)
def _(make_network, images, labels, epochs, rate):
    model = make_network()
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, validation_split=0.2, verbose=0)
    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(rate / 100), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=epochs, batch_size=16, validation_split=0.2, verbose=0)
    return model


for right, wrong, why in EQUIVALENTS:
    fine_tune.equivalent(right, wrong, why=why)
