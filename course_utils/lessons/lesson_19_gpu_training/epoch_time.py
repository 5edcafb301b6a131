"""The time of an epoch, with and without preparing the next batch meanwhile."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def milliseconds(batches, load, compute, prefetch):
    """The time until the last batch is trained on, in turn or with the next batch prepared meanwhile."""
    if not prefetch:
        return batches * (load + compute)
    return load + (batches - 1) * max(load, compute) + compute


epoch_time = FunctionExercise("epoch-time", reference=milliseconds, points=3, title="The time of an epoch")


@epoch_time.cases
def _(rng):
    def drawn(low, high):
        return float(rng.uniform(low, high))

    yield small("4 batches, 2 and 3 ms, in turn: 20", 4, 2.0, 3.0, False)
    yield small("4 batches, 2 and 3 ms, prefetch: 14", 4, 2.0, 3.0, True)
    yield random("training is slower", int(rng.integers(5, 40)), drawn(1, 3), drawn(4, 9), True)
    yield random("preparing is slower", int(rng.integers(5, 40)), drawn(4, 9), drawn(1, 3), True)
    yield random("in turn", int(rng.integers(5, 40)), drawn(4, 9), drawn(1, 3), False)
    yield edge("a single batch", 1, drawn(1, 3), drawn(4, 9), True)
    yield edge("a single batch, in turn", 1, drawn(1, 3), drawn(4, 9), False)
    yield edge("two batches, preparing is slower", 2, drawn(4, 9), drawn(1, 3), True)
    yield edge("nothing to prepare", int(rng.integers(5, 40)), 0, 20, True)
    yield edge("both take as long, in whole numbers", 469, 4, 4, True)
    yield edge("a long epoch of very short batches", 60_000, 0.0125, 0.0375, True)


epoch_time.variant("a formula for each")(milliseconds)


@epoch_time.variant("the slower n times, the faster once")
def _(batches, load, compute, prefetch):
    slow, fast = max(load, compute), min(load, compute)
    return np.float64(batches * slow + fast if prefetch else batches * (slow + fast))


@epoch_time.variant("batch by batch")
def _(batches, load, compute, prefetch):
    ready = free = 0.0
    for _ in range(batches):
        ready += load
        start = max(ready, free)
        free = start + compute
        if not prefetch:
            ready = free
    return free


@epoch_time.variant("one expression")
def _(batches, load, compute, prefetch):
    return load + (batches - 1) * max(load, compute) + compute if prefetch else batches * (load + compute)


epoch_time.slip(
    "always-in-turn",
    "Your time is the same with and without prefetch. What happens side by side?",
    "load + (batches - 1) * max(load, compute) + compute",
    "batches * (load + compute)",
)

epoch_time.slip(
    "only-the-slower",
    "The slower of the two sets the pace. But who waits while the very first batch is prepared?",
    "load + (batches - 1) * max(load, compute) + compute",
    "batches * max(load, compute)",
)

epoch_time.slip(
    "first-load-free",
    "Nothing can be trained on before the first batch is there. Which part of the picture is missing?",
    "load + (batches - 1)",
    "(batches - 1)",
)

epoch_time.slip(
    "last-compute-missing",
    "You stop when the last batch is prepared. What still has to happen to it?",
    "max(load, compute) + compute",
    "max(load, compute)",
)

epoch_time.slip(
    "load-hidden",
    "You hid all of the preparing. When it takes longer than the training, can the device go on without it?",
    "(batches - 1) * max(load, compute) + compute",
    "batches * compute",
)

epoch_time.slip(
    "faster-sets-the-pace",
    "Two people carry one table. Who sets the pace, the faster or the slower?",
    "max(load, compute)",
    "min(load, compute)",
)

epoch_time.slip(
    "one-too-many",
    "The first preparing and the last training stand alone. How many rounds are between?",
    "(batches - 1)",
    "batches",
)

epoch_time.slip(
    "always-prefetch",
    "Your time is the one with prefetch, also when `prefetch` is False. What changes when nothing is side by side?",
    "batches * (load + compute)",
    "load + (batches - 1) * max(load, compute) + compute",
)

epoch_time.slip(
    "one-too-few",
    "Four batches: one is prepared alone, one is trained on alone. How many rounds are between: two or three?",
    "(batches - 1)",
    "(batches - 2)",
)

epoch_time.slip(
    "last-is-the-slower",
    "At the very end one batch is trained on, and nothing is prepared any more. How long does that take?",
    "max(load, compute) + compute",
    "max(load, compute) + max(load, compute)",
)

epoch_time.slip(
    "swapped",
    "Both times are right, each in the other's place. When does the work overlap?",
    "if not prefetch:",
    "if prefetch:",
)
