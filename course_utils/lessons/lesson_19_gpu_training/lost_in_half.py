"""What does not fit into 16 bits: the shares of gradients that vanish and that are too large."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, plain, random, small


def lost(gradients, scale):
    """The shares of all gradients that turn into 0 without having been 0, and that leave the range."""
    half = (gradients * scale).astype(np.float16)
    return float(np.mean((half == 0) & (gradients != 0))), float(np.mean(np.isinf(half)))


lost_in_half = FunctionExercise("lost-in-half", reference=lost, points=3, title="What does not fit into 16 bits")


@lost_in_half.drive
def _(answer, gradients, scale):
    shares = plain(answer(gradients, scale))
    # Two shares are two shares, in a tuple, a list or an array.
    return list(shares) if isinstance(shares, np.ndarray) and shares.ndim == 1 else shares


@lost_in_half.cases
def _(rng):
    def spread(low, high, count):
        return rng.choice([-1.0, 1.0], count) * 10.0 ** rng.uniform(low, high, count)

    yield small("four gradients, scale 1: 0.25 and 0", np.array([1e-8, 1e-4, 0.0, -3.0]), 1.0)
    yield small("the same, scale 32768: 0 and 0.25", np.array([1e-8, 1e-4, 0.0, -3.0]), 32768.0)
    both = np.concatenate([spread(-13, -9.5, 4), spread(-3, 0, 5), -(10.0 ** rng.uniform(4, 5, 3)), np.zeros(4)])
    yield random("some too small, some too large", rng.permutation(both), 64.0)
    yield random(
        "a table", rng.permutation(np.concatenate([spread(-12, -9, 5), spread(3.8, 5, 7)])).reshape(3, 4), 256.0
    )
    yield edge("all zero", np.zeros(5), 1024.0)
    yield edge("all of them fit", spread(-3, 1, 6), 8.0)
    # 2.9e-8 is less than half of the smallest number, 3.1e-8 more; 65510 is rounded down to 65504, 65530 up to infinity.
    yield edge("just too small: 2.9e-8, -2.9e-8, and just not: 3.1e-8", np.array([2.9e-8, -2.9e-8, 3.1e-8]), 1.0)
    yield edge("just too large: 65530, -65530, and just not: 65510", np.array([65530, -65530, 65510, 1.0]), 1.0)
    yield edge("a hundred in float32", spread(-12, 2, 100).astype(np.float32), 4096.0)
    yield edge("a single one, lost", np.array([-1e-9]), 2.0)


@lost_in_half.variant("two masks by name")
def _(gradients, scale):
    half = (gradients * scale).astype(np.float16)
    vanished = (half == 0) & (gradients != 0)
    too_large = np.isinf(half)
    return np.mean(vanished), np.mean(too_large)


lost_in_half.variant("two means")(lost)


@lost_in_half.variant("one by one")
def _(gradients, scale):
    vanished = overflowed = 0
    for gradient in gradients.ravel():
        stored = np.float16(gradient * scale)
        vanished += gradient != 0 and stored == 0
        overflowed += not np.isfinite(stored)
    return vanished / gradients.size, overflowed / gradients.size


@lost_in_half.variant("counting what is left")
def _(gradients, scale):
    half = np.float16(gradients * scale)
    return [(np.count_nonzero(gradients) - np.count_nonzero(half)) / half.size, np.mean(np.abs(half) > 65504)]


@lost_in_half.variant("as one array")
def _(gradients, scale):
    half = np.asarray(gradients * scale, dtype=np.float16)
    return np.array([np.mean((half == 0) != (gradients == 0)), np.mean(np.abs(half) == np.inf)])


lost_in_half.slip(
    "scaled-too-late",
    "You stored first and multiplied then. What is left to multiply once a number has become 0?",
    "(gradients * scale).astype(np.float16)",
    "gradients.astype(np.float16) * np.float16(scale)",
)

lost_in_half.slip(
    "zeros-counted",
    "A gradient that was 0 from the start has lost nothing. Which zeros are new?",
    "(half == 0) & (gradients != 0)",
    "half == 0",
)

lost_in_half.slip(
    "counts",
    "You give numbers of gradients. A share is a number out of all of them: divide by what?",
    "np.mean(vanished), np.mean(too_large)",
    "np.sum(vanished), np.sum(too_large)",
)

lost_in_half.slip(
    "or-for-and",
    "You count a gradient when one of two things is true. Both must be: it is 0 now, *and* it was not before.",
    "(half == 0) & (gradients != 0)",
    "(half == 0) | (gradients != 0)",
)

lost_in_half.slip(
    "rows-for-numbers",
    "In a table `len` counts the rows, not the numbers. What counts all of them?",
    "np.mean(vanished), np.mean(too_large)",
    "np.sum(vanished) / len(gradients), np.sum(too_large) / len(gradients)",
)

lost_in_half.slip(
    "nan-for-infinity",
    "You look for nan. What does a number become that is too large for 16 bits?",
    "np.isinf(half)",
    "np.isnan(half)",
)

lost_in_half.slip(
    "negative-missed",
    "A large negative gradient leaves the range too, at the other end. Which infinity did you count?",
    "np.isinf(half)",
    "half == np.inf",
)

lost_in_half.slip(
    "never-stored-in-half",
    "Nothing gets lost in your numbers, because they still have more than 16 bits. Which step makes them `float16`?",
    ".astype(np.float16)",
    "",
)

lost_in_half.slip(
    "of-those-not-zero",
    "You divide by the gradients that were not 0 before. The exercise wants the share of *all* of them.",
    "np.mean(vanished), np.mean(too_large)",
    "np.sum(vanished) / max(np.count_nonzero(gradients), 1), np.sum(too_large) / max(np.count_nonzero(gradients), 1)",
)

lost_in_half.slip(
    "masked",
    "You look only at the gradients that were not 0 before. A share of *all* of them is asked for: who is missing below?",
    "np.mean(vanished), np.mean(too_large)",
    "np.mean(vanished[gradients != 0]), np.mean(too_large[gradients != 0])",
)

lost_in_half.slip(
    "first-share-of-those-not-zero",
    "Your first share is out of the gradients that were not 0 before. Out of how many is it to be, as the second one?",
    "np.mean(vanished), np.mean(too_large)",
    "np.sum(vanished) / max(np.count_nonzero(gradients), 1), np.mean(too_large)",
)

lost_in_half.slip(
    "first-share-masked",
    "Your first share leaves out the gradients that were 0 before. Out of how many is it to be, as the second one?",
    "np.mean(vanished), np.mean(too_large)",
    "np.mean(vanished[gradients != 0]), np.mean(too_large)",
)

lost_in_half.slip(
    "out-of-the-zeros",
    "You divide by the gradients that are 0 now. The exercise wants the share of *all* of them.",
    "np.mean(vanished), np.mean(too_large)",
    "np.sum(vanished) / max(np.sum(half == 0), 1), np.mean(too_large)",
)

lost_in_half.slip(
    "one-number",
    "The text asks for two shares, and you return their sum. Which two things must leave the function?",
    "np.mean(vanished), np.mean(too_large)",
    "np.mean(vanished) + np.mean(too_large)",
)

lost_in_half.slip(
    "what-is-left",
    "You return the shares that survive. Which shares are asked for?",
    "np.mean(vanished), np.mean(too_large)",
    "1 - np.mean(vanished), 1 - np.mean(too_large)",
)

lost_in_half.slip(
    "negative-ones-not-lost",
    "A small negative gradient turns into 0 as well. What did you ask about the gradients before: not 0, or above 0?",
    "(half == 0) & (gradients != 0)",
    "(half == 0) & (gradients > 0)",
)

lost_in_half.slip(
    "percent",
    "Your shares go up to 100. The exercise wants them from 0 to 1.",
    "np.mean(vanished), np.mean(too_large)",
    "100 * np.mean(vanished), 100 * np.mean(too_large)",
)

lost_in_half.slip(
    "smallest-number-as-the-border",
    (
        "You compare with the smallest number above 0. What is larger than half of it is rounded up to it and not lost. "
        "Store the numbers first; then look which of them *are* 0."
    ),
    "(half == 0) &",
    "(np.abs(gradients * scale) < 2.0**-24) &",
)

lost_in_half.slip(
    "largest-number-as-the-border",
    (
        "You compare with the largest number. What lies a little above it is rounded down to it and still fits. "
        "Store the numbers first; then look which of them *are* infinite."
    ),
    "np.isinf(half)",
    "np.abs(gradients * scale) > 65504",
)

lost_in_half.slip(
    "divided-by-the-scale",
    "The small gradients get smaller still: you divide by the scale. Which way does it lift them?",
    "(gradients * scale)",
    "(gradients / scale)",
)

lost_in_half.slip(
    "not-scaled",
    "Your answer is the same for every scale. What happens before the gradients are stored?",
    "(gradients * scale)",
    "gradients",
)

lost_in_half.slip(
    "swapped",
    "Both shares are right, in the wrong order. Which one does the exercise name first?",
    "np.mean(vanished), np.mean(too_large)",
    "np.mean(too_large), np.mean(vanished)",
)

lost_in_half.equivalent(
    "np.abs(half) > 65504", why="between 65504, the largest number in 16 bits, and infinity there is nothing"
)
lost_in_half.equivalent(
    "np.array([np.mean((half == 0) != (gradients == 0)), np.mean(np.abs(half) == np.inf)])",
    why="two shares are two shares, in an array or in a list",
)
lost_in_half.equivalent("scale", "changed in place", why="a number cannot be changed")
