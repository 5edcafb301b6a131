"""Count the covered modes."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def count_covered(samples, centers, radius, share):
    """How many centers have at least `share` of all samples within `radius`."""
    near = np.abs(samples[:, None] - centers) <= radius
    return int(np.sum(near.mean(axis=0) >= share))


covered_modes = FunctionExercise("covered-modes", reference=count_covered, points=3, title="Count the covered modes")


def heaps(rng, at, counts, strays):
    """Samples close to each center, and strays between the last two centers, outside every radius of 1."""
    near = [center + rng.uniform(-0.9, 0.9, count) for center, count in zip(at, counts, strict=True)]
    return rng.permutation(np.concatenate([*near, at[-1] - rng.uniform(1.1, 1.9, strays)]))


@covered_modes.cases
def _(rng):
    yield small(
        "eight samples, centers -2 and 2: only one is covered",
        np.array([-2.0, -1.9, -2.1, -2.0, 2.0, 0.3, 0.4, 0.2]),
        np.array([-2.0, 2.0]),
        0.5,
        0.25,
    )
    at = rng.normal() + 5.0 * np.arange(5)
    yield random("five centers, two of them covered", heaps(rng, at, [50, 30, 10, 2, 0], 50), at, 1.0, 0.1)
    yield random("five centers, three of them covered", heaps(rng, at, [40, 30, 0, 30, 2], 60), at, 1.0, 0.1)
    yield edge("one heap beside every center", at[-1] - rng.uniform(1.5, 1.9, 20), at, 1.0, 0.05)
    yield edge("exactly the share", np.array([0.25, 9.0, 4.0, 9.0]), np.array([0.0, 4.0]), 0.5, 0.25)
    yield edge("exactly at the radius, on both sides", np.array([0.5, -0.5, 9.0, 4.0]), np.array([0.0, 4.0]), 0.5, 0.4)
    yield edge(
        "just outside the radius", np.array([1000.501, 999.499, 1004.0, 1004.5]), np.array([1000.0, 1004.0]), 0.5, 0.4
    )
    yield edge(
        "499 and 500 of 2,000 samples, a share of 0.25",
        np.repeat([0.0, 4.0, 9.0], [499, 500, 1001]),
        np.array([4.0, 0.0]),
        0.5,
        0.25,
    )
    yield edge("two of ten are less than a quarter", np.repeat([0.0, 4.0], [2, 8]), np.array([0.0, 4.0]), 0.5, 0.25)
    yield edge(
        "overlapping radii: a sample may lie near both", np.array([0.0, 0.5, 1.0, 3.0]), np.arange(2.0), 0.5, 0.5
    )
    yield edge("whole numbers, like names of digits", rng.integers(0, 10, 400), np.arange(10), 0.5, 0.1)
    yield edge("a single sample", np.array([2.0]), np.array([0.0, 2.0, 4.0]), 0.0, 1.0)


@covered_modes.variant("samples needed, with np.sum")
def _(samples, centers, radius, share):
    near = np.array([np.sum((samples >= c - radius) & (samples <= c + radius)) for c in centers])
    return np.sum(near / len(samples) >= share)


@covered_modes.variant("a loop over the centers")
def _(samples, centers, radius, share):
    count = 0
    for center in centers:
        if np.mean(np.abs(samples - center) <= radius) >= share:
            count += 1
    return count


covered_modes.variant("all pairs at once")(count_covered)


covered_modes.slip(
    "one-sample-is-enough",
    "A single sample near a center counts as covered with you. What is `share` for?",
    "near.mean(axis=0) >= share",
    "near.any(axis=0)",
    of="all pairs at once",
)


@covered_modes.mistake(
    "nearest-center", "You give each sample to its nearest center, however far away that is. What is `radius` for?"
)
def _(samples, centers, radius, share):
    nearest = np.argmin(np.abs(samples[:, None] - centers), axis=1)
    return int(np.sum(np.bincount(nearest, minlength=len(centers)) / len(samples) >= share))


covered_modes.slip(
    "no-absolute-value",
    "A sample far to the left of a center counts as near, since its difference is negative. What makes a difference a distance?",
    "np.abs(samples - center)",
    "samples - center",
    of="a loop over the centers",
)

covered_modes.slip(
    "a-fraction",
    "You return which part of the centers is covered. The question is how many.",
    "near = np.array([np.sum((samples >= c - radius) & (samples <= c + radius)) for c in centers])\n    return np.sum(near / len(samples) >= share)",
    "return np.mean((np.abs(samples[:, None] - centers) <= radius).mean(axis=0) >= share)",
)

covered_modes.slip(
    "yes-or-no-for-each",
    "You answer for each center by itself. How many of the answers are yes?",
    "near = np.array([np.sum((samples >= c - radius) & (samples <= c + radius)) for c in centers])\n    return np.sum(near / len(samples) >= share)",
    "return (np.abs(samples[:, None] - centers) <= radius).mean(axis=0) >= share",
)

covered_modes.slip(
    "shares-of-the-near-ones",
    "You divide by the samples that lie near some center. The share is out of *all* samples, strays too.",
    "mean(axis=0",
    "sum(axis=0) / max(near.sum(), 1",
    of="all pairs at once",
)

covered_modes.slip(
    "more-than-the-share",
    "Right, except when a center has exactly the share: “at least” includes it.",
    ">= share",
    "> share",
    of="a loop over the centers",
)

covered_modes.slip(
    "closer-than-the-radius",
    "Right, except for a sample exactly at the radius: “at most” includes it.",
    "<= radius",
    "< radius",
    of="a loop over the centers",
)

covered_modes.slip(
    "cut-to-a-whole-number",
    "A quarter of ten samples is 2.5, and two are less than that. Why round before you compare?",
    "near / len(samples) >= share",
    "near >= int(share * len(samples))",
)

covered_modes.slip(
    "diameter",
    "You reach only half as far as `radius`: it is the distance from the center to the border, not from border to border.",
    "(samples >= c - radius) & (samples <= c + radius)",
    "(samples >= c - radius / 2) & (samples <= c + radius / 2)",
)

covered_modes.slip(
    "out-of-the-centers",
    "You divide by the number of centers. The share is out of all *samples*.",
    "near / len(samples)",
    "near / len(centers)",
)

covered_modes.slip(
    "first-center-only",
    "Your loop ends at its first center, as a `return` always does. Where should it stand?",
    "            count += 1\n    return count",
    "            count += 1\n        return count",
    of="a loop over the centers",
)

covered_modes.slip(
    "names-the-centers",
    "You return which centers are covered. The question is how many.",
    "near = np.array([np.sum((samples >= c - radius) & (samples <= c + radius)) for c in centers])\n    return np.sum(near / len(samples) >= share)",
    "return centers[(np.abs(samples[:, None] - centers) <= radius).mean(axis=0) >= share]",
)

covered_modes.slip(
    "counts-samples",
    "You count samples that lie near a center. Count centers.",
    "near = np.array([np.sum((samples >= c - radius) & (samples <= c + radius)) for c in centers])\n    return np.sum(near / len(samples) >= share)",
    "return int(np.sum(np.abs(samples[:, None] - centers) <= radius))",
)

covered_modes.slip(
    "rounded-shares",
    "You round the shares before you compare, so some that are too small pass. What is compared with `share`?",
    "near / len(samples) >= share",
    "np.round(near / len(samples), 1) >= share",
)

covered_modes.slip(
    "rounded-to-two-places",
    "You round the shares to two places before you compare, so one that is just too small passes. What is compared with `share`?",
    "near / len(samples) >= share",
    "np.round(near / len(samples), 2) >= share",
)

covered_modes.slip(
    "ends-at-the-first-gap",
    "Your loop ends at the first center that is not covered. What about the centers behind it?",
    "            count += 1\n",
    "            count += 1\n        else:\n            break\n",
    of="a loop over the centers",
)

covered_modes.slip(
    "distance-squared",
    "You compare the *square* of the distance with `radius`. What would have to be squared as well, or neither?",
    "np.abs(samples - center)",
    "(samples - center) ** 2",
    of="a loop over the centers",
)

covered_modes.slip(
    "absolute-value-of-the-sample",
    "You take the absolute value of the samples, and then subtract. What should lose its sign: the sample, or the difference?",
    "np.abs(samples - center)",
    "np.abs(samples) - center",
    of="a loop over the centers",
)

covered_modes.slip(
    "to-the-right-only",
    "You find the samples to the right of a center only. How far may a sample lie to its left?",
    "(samples >= c - radius) & (samples <= c + radius)",
    "(samples >= c) & (samples <= c + radius)",
)

covered_modes.slip(
    "to-the-left-only",
    "You find the samples to the left of a center only. How far may a sample lie to its right?",
    "(samples >= c - radius) & (samples <= c + radius)",
    "(samples >= c - radius) & (samples <= c)",
)


@covered_modes.mistake(
    "counts-once",
    "A sample that lies near two centers counts for one of them only. How often may a sample count?",
)
def _(samples, centers, radius, share):
    distances = np.abs(samples[:, None] - centers)
    nearest = np.where(distances.min(axis=1) <= radius, distances.argmin(axis=1), len(centers))
    shares = np.bincount(nearest, minlength=len(centers) + 1)[: len(centers)] / len(samples)
    return int(np.sum(shares >= share))


covered_modes.equivalent("samples[:, None] - centers", "centers - samples[:, None]", why="a distance has no sign")
covered_modes.equivalent("samples - center", "center - samples", why="a distance has no sign")
covered_modes.equivalent(
    "int(np.sum(near.mean(axis=0) >= share))",
    "np.sum(near.mean(axis=0) >= share)",
    why="NumPy's whole numbers serve too",
)
