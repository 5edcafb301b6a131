"""Cut shuffled samples into mini-batches: every sample comes once, with its own label."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family


def shuffled_batches(x, y, batch_size, seed):
    """All samples once, in a random order, batch_size at a time, as a list of pairs (x part, y part)."""
    return list(nn.batches(x, y, batch_size, np.random.default_rng(seed)))


minibatches = FunctionExercise(
    "minibatches", reference=shuffled_batches, points=3, title="Mini-batches", library=(nn.batches,)
)


SHUFFLE_SHOWS = 10  # so many samples hardly ever come out of a shuffle in their old order


def _samples(rng, count):
    return rng.normal(size=(count, 2)), rng.permutation(count).astype(float)


@minibatches.cases
def _(rng):
    yield small("5 samples, 2 at a time", *_samples(rng, 5), 2, int(rng.integers(1000)))
    yield random("22 samples, 4 at a time", *_samples(rng, 22), 4, int(rng.integers(1000)))
    yield random("15 samples, 5 at a time", *_samples(rng, 15), 5, int(rng.integers(1000)))
    yield edge("one at a time", *_samples(rng, 12), 1, int(rng.integers(1000)))
    yield edge("a batch larger than the data", *_samples(rng, 11), 32, int(rng.integers(1000)))


@minibatches.drive
def _(answer, x, y, batch_size, seed):
    before = x.copy(), y.copy()
    first, other = answer(x, y, batch_size, seed), answer(x, y, batch_size, seed + 1)
    same = all(np.array_equal(a, b) for a, b in zip(before, (x, y), strict=True))
    return {"batches": first, "other seed": other, "changed": not same}


def diagnose(seen: dict[str, Any], x: np.ndarray, y: np.ndarray, size: int, seed: int = 0) -> tuple[str, str]:
    """The name of what is wrong with the batches of one epoch and a sentence about it; ("", "") when all is right."""
    if seen["changed"]:
        return "changed", "x or y itself was shuffled; the caller still needs it as it was"
    for batches in (seen["batches"], seen["other seed"]):
        name, told = _one_epoch(batches, x, y, size)
        if name:
            return name, told
    orders = [_places(batches, x) for batches in (seen["batches"], seen["other seed"])]
    if len(x) < SHUFFLE_SHOWS:
        return "", ""
    if orders[0] == sorted(orders[0]):
        return "old order", "the samples come in their old order: they were not shuffled"
    if orders[0] == orders[1]:
        return "same order", "two different seeds give the same order"
    return "", ""


def _one_epoch(batches: Any, x: np.ndarray, y: np.ndarray, size: int) -> tuple[str, str]:
    if family(batches) != "a list or tuple":
        return "no list", f"it should be a list of batches, but is {family(batches)}"
    if not all(map(_is_pair, batches)):
        return "no pairs", "each batch should be a pair of NumPy arrays: some rows of x, and their labels from y"
    if any(xb.shape != (len(yb), *x.shape[1:]) or yb.shape != (len(yb), *y.shape[1:]) for xb, yb in batches):
        return "shapes", "in a batch, the rows of x and the labels do not have the shapes that they should have"
    full, rest = divmod(len(x), size)
    wanted, sizes = [size] * full + [rest] * bool(rest), [len(yb) for _, yb in batches]
    if sizes != wanted:
        name = "rest left out" if sizes == [size] * full else "size as count" if len(sizes) == size else "sizes"
        return name, f"the batches should have the sizes {wanted}, but have {sizes}"
    places = _places(batches, x)
    if -1 in places:
        return "strangers", "there are rows in the batches that are not in x"
    if len(set(places)) < len(x):
        return "repeats", f"{len(x) - len(set(places))} of the {len(x)} samples never come, and others come twice"
    if not np.array_equal(y[places], np.concatenate([yb for _, yb in batches])):
        return "parted", "some samples have the label of another sample"
    return "", ""


def _is_pair(batch: Any) -> bool:
    return (
        isinstance(batch, list | tuple)
        and len(batch) == 2
        and all(isinstance(part, np.ndarray) and part.ndim and part.dtype.kind in "fiu" for part in batch)
    )


def _places(batches: Sequence, x: np.ndarray) -> list[int]:
    """At which row of x each row of the batches stands; -1 for none."""
    rows = [row for xb, _ in batches for row in xb]
    found = [np.flatnonzero((x == row).all(axis=1)) for row in rows]
    return [int(at[0]) if len(at) else -1 for at in found]


@minibatches.accept
def _(seen, x, y, batch_size, seed):
    return diagnose(seen, x, y, batch_size)[1] or None


def shows(name):
    """Recognises an answer by what `diagnose` says of it."""
    return lambda seen, *case: diagnose(seen, *case)[0] == name


@minibatches.variant("rows by an index array")
def _(x, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    x, y = x[order], y[order]
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]


@minibatches.variant("a while loop and a shuffled list")
def _(x, y, batch_size, seed):
    order = list(range(len(y)))
    np.random.default_rng(seed).shuffle(order)
    batches = []
    while order:
        chosen, order = order[:batch_size], order[batch_size:]
        batches.append([x[chosen], y[chosen]])
    return batches


@minibatches.variant("split at every batch_size, with the older generator")
def _(x, y, batch_size, seed):
    order = np.random.RandomState(seed).permutation(len(x))
    return tuple((x[part], y[part]) for part in np.split(order, range(batch_size, len(x), batch_size)))


minibatches.slip(
    "rest-left-out",
    "The samples at the end that do not fill a whole batch are lost. Let the last batch be smaller.",
    "range(0, len(x), batch_size)",
    "range(0, len(x) - batch_size + 1, batch_size)",
    when=shows("rest left out"),
)

minibatches.slip(
    "shuffled-apart",
    (
        "x and y were shuffled in two different orders, so samples have lost their labels. "
        "Draw *one* order, and use it for both."
    ),
    "order = np.random.default_rng(seed).permutation(len(x))\n    x, y = x[order], y[order]",
    "rng = np.random.default_rng(seed)\n    x, y = rng.permutation(x), rng.permutation(y)",
    when=shows("parted"),
)

minibatches.slip(
    "not-shuffled",
    (
        "Every sample comes once, but in the old order. If the data are sorted by class, each batch shows one class only. "
        "What does `rng.permutation(len(x))` give?"
    ),
    "    x, y = x[order], y[order]\n",
    "",
    when=shows("old order"),
)

minibatches.slip(
    "same-order-every-time",
    "The order is the same for every seed, so every epoch meets the same batches. Is `seed` used?",
    "default_rng(seed)",
    "default_rng(0)",
    when=shows("same order"),
)

minibatches.slip(
    "drawn-with-replacement",
    (
        "You draw each sample anew, so some come twice and others never. In an epoch every sample comes exactly once: "
        "you want an *order*, like that of a shuffled deck of cards."
    ),
    "permutation(len(x))",
    "integers(0, len(x), size=len(x))",
    when=shows("repeats"),
)

minibatches.slip(
    "size-as-count",
    "You made `batch_size` batches. It says how many *samples* each batch holds.",
    "[(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]",
    "list(zip(np.array_split(x, batch_size), np.array_split(y, batch_size)))",
    when=shows("size as count"),
)

minibatches.slip(
    "two-lists",
    (
        "You return all the batches of x and all the batches of y, apart. Return one list; each item is a pair, as in "
        "`batches.append((…, …))`."
    ),
    "return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]",
    "starts = range(0, len(x), batch_size)\n    return [x[i : i + batch_size] for i in starts], [y[i : i + batch_size] for i in starts]",
    when=shows("no pairs"),
)

minibatches.slip(
    "shuffled-in-place",
    (
        "`rng.shuffle(x)` shuffles the caller's own array, and only x, not y. Shuffle the *numbers of the rows* instead: "
        "`rng.permutation(len(x))`."
    ),
    "order = np.random.default_rng(seed).permutation(len(x))\n    x, y = x[order], y[order]",
    "np.random.default_rng(seed).shuffle(x)\n    np.random.default_rng(seed).shuffle(y)",
    when=shows("changed"),
)
