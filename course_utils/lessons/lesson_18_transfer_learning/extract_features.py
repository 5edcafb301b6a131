"""Compute the features of images: what arrives at the head of a network that make_network() gives."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family

from . import networks
from .common import ANOTHER, ANOTHER_MAKER, FEATURES, NEVER_CALLED, WEIGHTS, never_called


def before_the_head(make_network, images):
    """What arrives at the head for each image."""
    body = keras.Sequential(make_network().layers[:-1])
    return body.predict(images, verbose=0)


features = FunctionExercise(
    "extract-features", reference=before_the_head, points=3, rounds=1, title="Extract the features"
)


@features.given
def _():
    return {"keras": keras}


@features.cases
def _(rng):
    def images(count):
        """The first one is blank."""
        return rng.uniform(0, 1, (count, 10, 10, 1)).astype(np.float32) * (np.arange(count) > 0)[:, None, None, None]

    rows = rng.normal(size=(70, 4)).astype(np.float32)
    rows[0] = 0
    few = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 1]], np.float32)
    yield small("three rows of four numbers", networks.row_network, few)
    yield random("seventy rows, more than one batch of predict", networks.row_network, rows)
    yield random("three images", networks.image_network, images(3))
    yield edge("a single image, still in a batch", networks.image_network, images(2)[1:])


@features.drive
def _(answer, make_network, images):
    try:
        return answer(make_network, images)
    except Exception as error:
        if never_called(error, answer, images):
            return NEVER_CALLED
        raise


@features.accept
def _(seen, make_network, images):
    if isinstance(seen, str) and seen == NEVER_CALLED:
        return NEVER_CALLED
    if not isinstance(seen, np.ndarray):
        return f"it should return a NumPy array or a tensor, but it returned {family(seen)}"
    wanted = FEATURES[make_network](images)
    if seen.shape != wanted.shape:
        return f"{len(images)} samples should give features of shape {wanted.shape}, but gave {seen.shape}"
    if not np.allclose(seen, wanted, atol=1e-4, rtol=1e-4):
        return "the numbers are not those that arrive at the head of make_network()"
    return None


def fresh(seen, images):
    """Whether blank images have features of 0 and some of many others have not: new biases are 0, learned ones are not."""
    blank = ~np.asarray(images).reshape(len(images), -1).any(axis=1)
    return (len(images) < 32 or bool(np.any(seen))) and not np.any(seen[blank])


def gives(test):
    """The mistake is recognised by `test(array, maker, images)`."""
    return lambda seen, make_network, images: isinstance(seen, np.ndarray) and bool(test(seen, make_network, images))


def moved(seen, wanted):
    """Whether every column, or else every row, is the right one times a number plus a number; unknown where 0 / 0."""
    return seen.shape == wanted.shape and (_straight(seen, wanted) or _straight(seen.T, wanted.T))


def _straight(seen, wanted):
    def fits(got, want):
        if not np.ptp(want):  # one number, again and again: it may be anything, but one number
            return bool(np.isnan(got).all()) or np.allclose(got, got[0], rtol=1e-3)
        if not np.isfinite(got).all() or not np.ptp(got):
            return False
        return np.allclose(np.polyval(np.polyfit(want, got, 1), want), got, rtol=0, atol=1e-3 * np.ptp(got))

    return all(map(fits, seen.T.astype(float), wanted.T.astype(float)))


def rounded_to(seen, wanted):
    """Whether these are the right numbers, rounded to at most four places."""
    return seen.shape == wanted.shape and any(
        np.allclose(seen, np.round(seen, k), atol=1e-6) and np.allclose(seen, wanted, atol=0.51 * 10.0**-k)
        for k in range(5)
    )


def begins_right(seen, maker, images):
    """Whether the first rows are right, and the last ones are missing."""
    return 0 < len(seen) < len(images) and np.allclose(seen, FEATURES[maker](images)[: len(seen)], atol=1e-3)


def classes_of(make_network):
    """How many classes the old head tells apart."""
    return len(WEIGHTS[make_network]()[-1])


def first_layer_size(make_network):
    """How many numbers leave the layer before the last two."""
    return WEIGHTS[make_network]()[-4].shape[0]


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


features.variant("a stack of all layers but the last")(before_the_head)


@features.variant("a tensor, all images at once")
def _(make_network, images):
    return keras.Sequential(make_network().layers[:-1])(images)


features.slip(
    "no-return",
    "The function returned nothing. Which line is missing at its end?",
    "return body.predict",
    "body.predict",
    of="a stack of all layers but the last",
    when=lambda seen, *_: seen is None,
)

features.slip(
    "another-maker",
    ANOTHER_MAKER,
    "make_network()",
    ANOTHER,
    of="a stack of all layers but the last",
    when=lambda seen, *_: isinstance(seen, str) and seen == NEVER_CALLED,
)

features.slip(
    "head-still-on",
    "Each row sums to 1: these are the shares of the old classes. Which layer must not be run?",
    "keras.Sequential(make_network().layers[:-1])",
    "make_network()",
    of="a stack of all layers but the last",
    when=gives(
        lambda seen, maker, images: (
            seen.shape == (len(images), classes_of(maker)) and np.allclose(seen.sum(axis=1), 1, atol=1e-3)
        )
    ),
)

features.slip(
    "cut-too-deep",
    "You cut off one layer too many: the last hidden layer is missing. How many layers are the head?",
    "layers[:-1]",
    "layers[:-2]",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: seen.shape == (len(images), first_layer_size(maker))),
)


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


features.slip(
    "column-cut",
    "You cut off one number of each answer: the share of the last class. What is to be cut off, a column or a layer?",
    "keras.Sequential(make_network().layers[:-1])\n    return body.predict(images, verbose=0)",
    "make_network()\n    return body.predict(images, verbose=0)[:, :-1]",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: seen.shape == (len(images), classes_of(maker) - 1)),
)

features.slip(
    "a-class-for-each",
    "You return one number for each image, such as its class. How many numbers arrive at the head?",
    "keras.Sequential(make_network().layers[:-1])\n    return body.predict(images, verbose=0)",
    "make_network()\n    return body.predict(images, verbose=0).argmax(axis=1)",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: seen.shape in ((len(images),), (len(images), 1))),
)

features.slip(
    "averaged",
    "You return one row for the whole batch. Each image keeps its own features.",
    "predict(images, verbose=0)",
    "predict(images, verbose=0).mean(axis=0)",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: np.shape(seen) == FEATURES[maker](images).shape[1:]),
)

features.slip(
    "rounded",
    "The features are rounded. Which line comes after the body, and does the text ask for it?",
    "predict(images, verbose=0)",
    "predict(images, verbose=0).round(2)",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: rounded_to(seen, FEATURES[maker](images))),
)

features.slip(
    "features-scaled",
    (
        "The right features have been changed once more: moved, or multiplied or divided by something. They are asked for as "
        "they arrive at the head. Which line comes after the body?"
    ),
    "return body.predict(images, verbose=0)",
    "x = body.predict(images, verbose=0)\n    return (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-7)",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: moved(seen, FEATURES[maker](images))),
)

features.slip(
    "scaled-again",
    "The images are prepared already, and you prepare them once more. What does the network see then?",
    "predict(images, verbose=0)",
    "predict(images / 255, verbose=0)",
    of="a stack of all layers but the last",
    when=gives(
        lambda seen, maker, images: (
            seen.shape == FEATURES[maker](images).shape
            and any(
                np.allclose(seen, FEATURES[maker](x), atol=1e-3)
                for x in (
                    images / 255,
                    images * 255,
                    1 - images,
                    2 * images - 1,
                    images / 127.5 - 1,
                    images - images.mean(),
                )
            )
        )
    ),
)

features.slip(
    "weights-lost",
    (
        "The shape is right, the numbers belong to another network: with new, random weights. `clone_model`, for one, copies "
        "layers, not what they learned. Whose layers should you use?"
    ),
    "make_network()",
    "keras.models.clone_model(make_network())",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: seen.shape == FEATURES[maker](images).shape and fresh(seen, images)),
)

features.slip(
    "first-batch-only",
    "Only the first 32 get features. How many rows has the result, and how many images came in?",
    "predict(images, verbose=0)",
    "predict(images[:32], verbose=0)",
    of="a stack of all layers but the last",
    when=gives(lambda seen, maker, images: len(seen) == 32 and begins_right(seen, maker, images)),
)

features.slip(
    "last-batch-lost",
    "The last images have no features: those that do not fill a whole batch. How many are left over?",
    "images, verbose",
    "images[: len(images) // 32 * 32], verbose",
    of="a stack of all layers but the last",
    when=gives(begins_right),
)

features.equivalent("network.inputs[0]", "network.inputs[-1]", why="there is one input")
