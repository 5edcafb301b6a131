"""Questions about lesson 17 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, mixed, one_of, whole

from .covered_modes import covered_modes
from .generator_loss import generator_loss


def _heaps(rng):
    """Eight samples, each at one of the centers 0, 10 and 20 or next to it."""
    counts = mixed(rng, one_of(rng, (4, 3, 1), (6, 1, 1), (3, 3, 2), (7, 1, 0)))
    return {
        "samples": mixed(
            rng, [c + whole(rng, -1, 1) for c, n in zip((0, 10, 20), counts, strict=True) for _ in range(n)]
        )
    }


BY_HAND = (
    ByHand(
        generator_loss,
        "The inspector gives a forged point D = {d}. How steep are, for its logit, the loss ln(1 − D) and the loss −ln D?",
        lambda rng: {"d": one_of(rng, 0.1, 0.2, 0.25, 0.01)},
        lambda f, d: [f(np.log([d / (1 - d)]), saturating)[1][0] for saturating in (True, False)],
        because="−D and D − 1: where the forger is bad and D is small, only the second one still pulls.",
        read="Two losses for the forger",
        within=0.0006,
    ),
    ByHand(
        covered_modes,
        "Eight samples are {samples}; the centers are 0, 10 and 20. A center is covered when at least two of the eight lie "
        "within 1 of it. How many are covered?",
        _heaps,
        lambda f, samples: f(np.array(samples, float), np.array([0.0, 10.0, 20.0]), 1.0, 0.25),
        because="Count the samples at each center; {answer} of the three have two or more.",
        read="Mode collapse",
    ),
)
