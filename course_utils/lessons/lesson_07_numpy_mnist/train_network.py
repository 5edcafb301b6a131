"""Train a network that names at least 93 of 100 digits that it has not seen."""

from functools import cache
from typing import Any

import numpy as np

from course_utils import nn
from course_utils.data import samples
from course_utils.exercises import ModelExercise, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.exam import SEEN, trained_on_test

from .accuracy import share_right
from .common import layer_shapes
from .initialise import start_values
from .loss_and_gradients import loss_and_slopes
from .train_epoch import epoch

NEEDED = 0.93  # share of unseen digits that a trained network must name


def prepared(images: np.ndarray) -> np.ndarray:
    """Each image as a row of 784 numbers from 0 to 1."""
    return samples.scaled(images).reshape(-1, 784)


@cache
def digits() -> dict[str, np.ndarray]:
    """The bundled digits, prepared: the same everywhere, with or without network."""
    return {name: prepared(a) if name.startswith("x") else a for name, a in vars(samples.digits()).items()}


def trained(your_initialise, your_epoch, your_gradients, x_train, y_train):
    """Ten epochs of 784-128-10 in batches of 32 with the learning rate 0.3, shuffled before each."""
    network = your_initialise(784, 128, 10, 7)
    rng = np.random.default_rng(7)
    for _ in range(10):
        order = rng.permutation(len(x_train))
        network, _losses = your_epoch(network, x_train[order], y_train[order], 32, 0.3, your_gradients)
    return network


train_network = ModelExercise(
    "train-network", answer="network", reference=trained, points=4, rounds=1, title="Train your network"
)


@train_network.given
def _():
    data = {name: a[1000:] if name.endswith("train") else a for name, a in digits().items()}
    return {"your_initialise": start_values, "your_epoch": epoch, "your_gradients": loss_and_slopes, **data}


@train_network.cases
def _(rng):
    exam = samples.exam()
    yield small("the test digits, beside others that nobody was given", prepared(exam.x), exam.y, 0, exam.rows)
    order = rng.permutation(len(digits()["x_test"]))
    for stage, label, rows, needed in (
        (small, "500 digits that it has not seen: far better than guessing", order[:500], 0.6),
        (random, "1500 others", order[500:], NEEDED),
    ):
        yield stage(label, digits()["x_test"][rows], digits()["y_test"][rows], needed)


@train_network.drive
def _(answer, images, labels, needed, exam=None):
    return answer


def network_finding(
    network: Any, images: np.ndarray, labels: np.ndarray, needed: float, exam: dict[str, slice] | None = None
) -> tuple[str, str]:
    """The name of what is wrong with a trained network and a sentence about it; ("", "") when it is good enough."""
    shapes = layer_shapes(network)
    wanted = [(784, 128), (128,), (128, 10), (10,)]
    if shapes is None:
        pair = isinstance(network, list | tuple) and len(network) == 2 and layer_shapes(network[0]) is not None
        return (
            "pair" if pair else "no list",
            f"it should be the list of the arrays W1, b1, W2, b2, but is {family(network)}",
        )
    if shapes != wanted:
        return "shapes", f"the shapes of W1, b1, W2, b2 should be {wanted}, but are {shapes}"
    W1, b1, W2, b2 = network
    if not all(np.isfinite(a).all() for a in network):
        return "not finite", "there are weights that are not finite numbers (nan or inf)"
    scores = nn.relu(images @ W1 + b1) @ W2 + b2
    if exam and trained_on_test(np.argmax(scores, axis=1) == labels, exam):
        return "seen", SEEN
    right = share_right(scores, labels)
    if right >= needed:
        return "", ""
    told = f"it names {right:.1%} of these digits; {needed:.0%} are needed"
    if not (b1.any() or b2.any()):
        return "untrained", told
    dead = not (images @ W1 + b1 > 0).any()
    if right < 0.3:
        return "dead" if dead or np.abs(b1).max() > 3 else "guessing", told
    return "unsure" if right < 0.6 else "short", told


@train_network.accept
def _(seen, *case):
    return network_finding(seen, *case)[1] or None


def finds(*names):
    """Recognises a network by what `network_finding` says of it."""
    return lambda seen, *case: network_finding(seen, *case)[0] in names


@train_network.variant("smaller batches, fewer epochs")
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 3)
    for k in range(6):
        order = np.random.default_rng(k).permutation(len(y_train))
        network, _losses = your_epoch(network, x_train[order], y_train[order], 20, 0.25, your_gradients)
    return tuple(network)


@train_network.variant("a learning rate that shrinks")
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    rng = np.random.default_rng(5)
    network, rate = your_initialise(784, 128, 10, 5), 0.4
    for _ in range(7):
        order = rng.permutation(len(x_train))
        network, _losses = your_epoch(network, x_train[order], y_train[order], 32, rate, your_gradients)
        rate = rate * 0.8
    return network


@train_network.mistake(
    "never-kept",
    "Both biases are still all 0, as at the start. `your_epoch` returns the new network: is it caught by a name, as in `network, losses = …`?",
    when=finds("untrained"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    your_epoch(network, x_train[:640], y_train[:640], 32, 0.3, your_gradients)
    return network


@train_network.mistake(
    "network-and-losses",
    "`network` holds a pair: the network *and* the list of losses. Catch both: `network, losses = …`.",
    when=finds("pair"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    return your_epoch(network, x_train[:640], y_train[:640], 32, 0.3, your_gradients)


@train_network.mistake(
    "labels-shuffled-apart",
    "It has trained, and it names less than three digits in ten. Are images and labels shuffled by the *same* order? If they are: is "
    "the learning rate near 0.1, and are there enough epochs?",
    when=finds("guessing"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    rng = np.random.default_rng(7)
    x, y = x_train[rng.permutation(len(x_train))], y_train[rng.permutation(len(y_train))]
    network, _losses = your_epoch(network, x, y, 32, 0.1, your_gradients)
    return network


@train_network.mistake(
    "rate-too-large",
    (
        "The steps were too long, and training broke down: there are numbers that are nan, hidden neurons that are 0 for every image, or biases "
        "far too large. Print the losses, and divide the learning rate by 10. Are the pixels those of `x_train`, from 0 to 1? "
        "And if you tried several rates: is `network` that of the best one, or of the last?"
    ),
    when=finds("not finite", "dead"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    with np.errstate(all="ignore"):
        network, _losses = your_epoch(network, x_train, y_train, 32, 30.0, your_gradients)
    return network


@train_network.mistake("trained-on-the-test", SEEN, when=finds("seen"))
def _(your_initialise, your_epoch, your_gradients, x_test, y_test):
    network = your_initialise(784, 128, 10, 7)
    rng = np.random.default_rng(7)
    for _ in range(12):
        order = rng.permutation(len(x_test))
        network, _losses = your_epoch(network, x_test[order], y_test[order], 32, 0.3, your_gradients)
    return network


@train_network.mistake(
    "too-short",
    (
        "It has learned, but not enough yet. Does each epoch go through all the rows of `x_train`, and on from where the last one stopped? "
        "Are there enough epochs, and is the learning rate large enough for them?"
    ),
    when=finds("short", "unsure"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 128, 10, 7)
    network, _losses = your_epoch(network, x_train, y_train, 32, 0.02, your_gradients)
    return network


@train_network.mistake(
    "other-width",
    "The network has other layers than 784-128-10. Which three numbers does `your_initialise` want?",
    when=finds("shapes"),
)
def _(your_initialise, your_epoch, your_gradients, x_train, y_train):
    network = your_initialise(784, 32, 10, 7)
    network, _losses = your_epoch(network, x_train[:640], y_train[:640], 32, 0.3, your_gradients)
    return network


A_GUIDE = "start, order, epochs, batch size and learning rate are a guide: what counts is how many digits are named"
FREE = (
    *("np.random.default_rng(7)", "np.random.default_rng(k)", "np.random.default_rng(5)"),
    *("your_initialise(784, 128, 10, 7)", "your_initialise(784, 128, 10, 3)", "your_initialise(784, 128, 10, 5)"),
    *("range(10)", "range(6)", "range(7)", "for _ in range(10): …", "for k in range(6): …", "for _ in range(7): …"),
    *("(your_initialise(784, 128, 10, 5), 0.4)", "rate = rate * 0.8", "rate * 0.8"),
    *(
        f"your_epoch(network, x_train[order], y_train[order], {size}, {rate}, your_gradients)"
        for size, rate in ((32, 0.3), (20, 0.25), (32, "rate"))
    ),
)
for setting in FREE:
    train_network.equivalent(setting, why=A_GUIDE)
