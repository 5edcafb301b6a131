"""Questions about lesson 19 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .epoch_time import epoch_time
from .scaled_step import scaled_step
from .whole_gradient import whole_gradient

BY_HAND = (
    ByHand(
        epoch_time,
        "{batches} batches: each takes {load} ms to load and {compute} ms to train on. How many ms does the epoch take "
        "when loading and training take turns, and how many with prefetch?",
        lambda rng: {"batches": whole(rng, 3, 5), "load": whole(rng, 1, 5), "compute": whole(rng, 1, 5)},
        lambda f, batches, load, compute: [f(batches, load, compute, prefetch) for prefetch in (False, True)],
        because="In turn every batch costs both. With prefetch only the first loading and the last training stand alone; "
        "in between the slower of the two counts.",
        read="Feeding the device",
    ),
    ByHand(
        whole_gradient,
        "One device has {n[0]} samples and the mean gradient {g[0]}, another has {n[1]} and {g[1]}. "
        "What is the mean gradient of all?",
        lambda rng: {"n": one_of(rng, [3, 1], [1, 4], [2, 8], [6, 4]), "g": whole(rng, -3, 6, 2)},
        lambda f, n, g: f([np.array([float(v)]) for v in g], n),
        because="Each counts as often as it has samples: ({n[0]} · {g[0]} + {n[1]} · {g[1]}) / ({n[0]} + {n[1]}) = {answer}.",
        read="Several devices",
    ),
    ByHand(
        scaled_step,
        "With loss scaling the scale is {scale}, and one of the gradients comes out infinite. What is the scale after this step?",
        lambda rng: {"scale": 2 ** whole(rng, 6, 12)},
        lambda f, scale: f(np.array([1.0]), np.array([np.inf]), float(scale), 3, 0.1, 100)[1],
        because="The step is left out, and the scale is halved.",
        read="Sixteen bits",
    ),
)
