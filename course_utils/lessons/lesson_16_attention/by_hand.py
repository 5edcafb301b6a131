"""Questions about lesson 16 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, mixed, whole

from .attend import attend
from .causal_mask import causal_mask


def _hidden(rng):
    place = whole(rng, 0, 2)
    values = mixed(rng, [10, 20, 40])
    kept = [v for i, v in enumerate(values) if i != place]
    return {"values": values, "place": place, "which": ("first", "second", "third")[place], "kept": kept}


BY_HAND = (
    ByHand(
        attend,
        "A query fits three keys equally well. Their values are {values}, and the mask hides the {which}. What comes out?",
        _hidden,
        lambda f, values, place, **_: f(
            np.zeros((1, 2)), np.zeros((3, 2)), np.array(values, float)[:, None], np.arange(3)[None] != place
        ),
        because="The weight of the hidden one is 0. The other two share equally: the mean of {kept[0]} and {kept[1]}.",
        read="Mix the values, and hide some",
    ),
    ByHand(
        causal_mask,
        "A sentence has {n} words. What is the row of the causal mask for word {i}, counted from 1, with 1 for *may look* "
        "and 0 for *hidden*?",
        lambda rng: {"n": (n := whole(rng, 3, 5)), "i": whole(rng, 1, n)},
        lambda f, n, i: f(n)[i - 1],
        because="Word {i} may look at itself and at what stands before it.",
        read="No look into the future",
    ),
)
