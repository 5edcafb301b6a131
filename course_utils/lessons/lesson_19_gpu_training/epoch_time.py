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
    "load-sets-the-pace",
    "You let the preparing set the pace. When the training takes longer, who waits for whom?",
    "load + (batches - 1) * max(load, compute) + compute",
    "batches * load + compute",
)

epoch_time.slip(
    "half-of-in-turn",
    "Side by side is half of the time only when both take as long, and never at the beginning and the end. Look at the picture.",
    "load + (batches - 1) * max(load, compute) + compute",
    "batches * (load + compute) / 2",
)

epoch_time.slip(
    "trained-once",
    "In turn, every batch is prepared and trained on. How often do you count the training? Mind the brackets.",
    "batches * (load + compute)",
    "batches * load + compute",
)

epoch_time.slip(
    "only-the-slower",
    "The slower of the two sets the pace. But the first batch is prepared alone, and the last one is trained on alone: what is missing at the two ends?",
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
    "You hid all of the preparing but the first. When it takes longer than the training, can the device go on without it?",
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

for number, (wrong, hint) in enumerate(
    (
        (
            "load + (batches - 1) * (max(load, compute) + compute)",
            "You add the last training in every round. How often is there a training with nothing beside it? Mind the brackets.",
        ),
        (
            "(load + batches - 1) * max(load, compute) + compute",
            "You multiply the first preparing by the slower time. What are the `batches - 1` rounds multiplied by? Mind the brackets.",
        ),
        (
            "(load + (batches - 1) * max(load, compute) + compute) * batches",
            "That is the whole epoch, as many times as there are batches. What does the formula count already?",
        ),
        (
            "max(load, compute) + (batches - 1) * max(load, compute) + compute",
            "At the very beginning one batch is prepared, and nothing is trained yet. How long does that take?",
        ),
        (
            "load + (batches - 1) * max(load, compute) + load",
            "Your last batch is prepared once more instead of trained on. What stands at the very end of the picture?",
        ),
        (
            "load + (batches - 1) * abs(load - compute) + compute",
            "In a round both work side by side. Does it last as long as the difference of the two, or as the slower one?",
        ),
        (
            "load + (batches - 1) * (load + compute) / 2 + compute",
            "In a round both work side by side. Does it last as long as their mean, or as the slower one?",
        ),
    ),
    start=1,
):
    epoch_time.slip(f"round-otherwise-{number}", hint, "load + (batches - 1) * max(load, compute) + compute", wrong)

epoch_time.slip(
    "one-part-in-turn",
    "In turn, a step prepares and then trains. How long do the two take together, one after the other?",
    "batches * (load + compute)",
    "batches * max(load, compute)",
)

epoch_time.slip(
    "swapped",
    "Both times are right, each in the other's place. When does the work overlap?",
    "if not prefetch:",
    "if prefetch:",
)
