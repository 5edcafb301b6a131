"""Cut shuffled samples into mini-batches: every sample comes once, with its own label."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .epoch import diagnose


def shuffled_batches(x, y, batch_size, seed):
    """All samples once, in a random order, batch_size at a time, as a list of pairs (x part, y part)."""
    return list(nn.batches(x, y, batch_size, np.random.default_rng(seed)))


minibatches = FunctionExercise(
    "minibatches", reference=shuffled_batches, points=3, title="Mini-batches", library=(nn.batches,)
)


def _samples(rng, count):
    return rng.normal(size=(count, 2)), rng.permutation(count).astype(float)


def _images(rng, count):
    return rng.integers(0, 256, size=(count, 3, 3)), rng.integers(0, 10, size=count)


@minibatches.cases
def _(rng):
    yield small("5 samples, 2 at a time", *_samples(rng, 5), 2, int(rng.integers(1000)))
    yield random("22 samples, 4 at a time", *_samples(rng, 22), 4, int(rng.integers(1000)))
    yield random("15 samples, 5 at a time", *_samples(rng, 15), 5, int(rng.integers(1000)))
    yield random("20 small images, 6 at a time", *_images(rng, 20), 6, int(rng.integers(1000)))
    yield edge("one at a time", *_samples(rng, 12), 1, int(rng.integers(1000)))
    yield edge("all in one batch", *_samples(rng, 12), 12, int(rng.integers(1000)))
    yield edge("a batch larger than the data", *_samples(rng, 11), 32, int(rng.integers(1000)))
    yield edge("300 samples, 32 at a time", *_samples(rng, 300), 32, int(rng.integers(1000)))
    yield edge("a single sample", *_samples(rng, 1), 4, int(rng.integers(1000)))


@minibatches.drive
def _(answer, x, y, batch_size, seed):
    before = {"x": x.copy(), "y": y.copy()}

    def anew(seed):
        return answer(before["x"].copy(), before["y"].copy(), batch_size, seed)

    return {
        "batches": answer(x, y, batch_size, seed),
        "changed": [name for name, now in (("x", x), ("y", y)) if not np.array_equal(before[name], now)],
        "again": anew(seed),
        "other seeds": [anew(seed + 1), anew(seed + 2), anew(7 * seed + 13)],
    }


@minibatches.accept
def _(seen, x, y, batch_size, seed):
    return diagnose(seen, x, y, batch_size)[1] or None


def shows(*names):
    """Recognises an answer by what `diagnose` says of it: one of these names."""
    return lambda seen, *case: diagnose(seen, *case)[0] in names


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
    "Two different seeds give the same order, so every epoch meets the same batches. Is `seed` used?",
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
    "seed-not-used",
    "Called twice with the same seed, your function gives two different orders. Does the generator know the seed?",
    "np.random.default_rng(seed).permutation(len(x))",
    "np.random.permutation(len(x))",
    when=shows("unsteady"),
)

minibatches.slip(
    "only-shifted",
    (
        "That is no shuffle: from each sample to the next it is always the same distance. In a shuffled deck any card may follow any "
        "other. What does `rng.permutation(len(x))` give?"
    ),
    "order = np.random.default_rng(seed).permutation(len(x))",
    "order = np.roll(np.arange(len(x)), seed)",
    when=shows("only shifted"),
)

minibatches.slip(
    "batches-shuffled",
    (
        "You shuffle the *batches*: inside each of them the samples stand in their old order, and the same ones always come together. "
        "Shuffle first, then cut."
    ),
    "x, y = x[order], y[order]\n    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]",
    "starts = np.random.default_rng(seed).permutation(range(0, len(x), batch_size)[: len(x) // batch_size])\n"
    "    starts = [*starts, *range(0, len(x), batch_size)[len(x) // batch_size :]]\n"
    "    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in starts]",
    when=shows("whole batches", "only shifted", "old order", "same order"),
)

minibatches.slip(
    "shuffled-inside-batches",
    (
        "Each batch always holds the same samples, only their order inside it changes. If the data are sorted by class, each batch still "
        "shows one class only. Shuffle first, then cut."
    ),
    "x, y = x[order], y[order]\n    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]",
    "blocks = [np.sort(order[order // batch_size == k])[:: -1 if seed % 2 else 1] for k in range(-(-len(x) // batch_size))]\n"
    "    blocks = [np.random.default_rng(seed).permutation(block) for block in blocks]\n"
    "    return [(x[block], y[block]) for block in blocks]",
    when=shows("inside batches", "old order"),
)

minibatches.slip(
    "return-in-loop",
    "Only the first batch came. Is the `return` inside the loop?",
    "for i in range(0, len(x), batch_size)]",
    "for i in range(0, min(len(x), batch_size), batch_size)]",
    when=shows("only the first"),
)

minibatches.slip(
    "labels-forgotten",
    "Your batches hold rows of x, but no labels. Each item of the list is a pair: (x part, y part).",
    "(x[i : i + batch_size], y[i : i + batch_size]) for",
    "x[i : i + batch_size] for",
    when=shows("no labels"),
)

minibatches.slip(
    "labels-first",
    "In each pair the labels come first. The text asks for (x part, y part).",
    "(x[i : i + batch_size], y[i : i + batch_size])",
    "(y[i : i + batch_size], x[i : i + batch_size])",
    when=shows("labels first"),
)

minibatches.slip(
    "not-cut",
    "x and y come shuffled, but whole. Which pieces of them, batch_size rows each, belong into the list?",
    "return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]",
    "return x, y",
    when=shows("not cut"),
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
    when=shows("two lists"),
)

minibatches.slip(
    "shuffled-in-place",
    (
        "x and y were shuffled in place, so the caller's own arrays have changed. Shuffle the *numbers of the rows* instead: "
        "`rng.permutation(len(x))`."
    ),
    "order = np.random.default_rng(seed).permutation(len(x))\n    x, y = x[order], y[order]",
    "np.random.default_rng(seed).shuffle(x)\n    np.random.default_rng(seed).shuffle(y)",
    when=shows("changed x and y"),
)

minibatches.slip(
    "x-shuffled-in-place",
    (
        "The caller's own x was changed, and y was not, so the samples have lost their labels too. Shuffle the *numbers of the rows* "
        "instead, and use them for both: `rng.permutation(len(x))`."
    ),
    "order = np.random.default_rng(seed).permutation(len(x))\n    x, y = x[order], y[order]",
    "np.random.default_rng(seed).shuffle(x)",
    when=shows("changed x"),
)
