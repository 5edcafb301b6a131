"""Questions about lesson 11 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .dropout import dropout
from .early_stopping import early_stopping
from .l2 import l2


def _long_training(rng):
    best = whole(rng, 2, 3)
    falls = [0.9, 0.7, 0.5][3 - best :]
    return {
        "losses": [*falls, *(round(0.5 + 0.01 * whole(rng, 1, 9), 2) for _ in range(4))],
        "patience": whole(rng, 2, 3),
    }


def _dropped(rng):
    rate, place = one_of(rng, 0.5, 0.2), whole(rng, 0, 2)
    x = [4 * number for number in whole(rng, 1, 5, 3)]
    return {
        "rate": rate,
        "x": x,
        "place": place,
        "which": ("first", "second", "third")[place],
        "kept": round(1 - rate, 1),
    }


BY_HAND = (
    ByHand(
        dropout,
        "In training, dropout with the rate {rate} meets the numbers {x}, and the {which} one is dropped. What comes out?",
        _dropped,
        lambda f, rate, x, place, **_: f(np.array(x), rate, np.where(np.arange(3) == place, 0.0, 0.9), True),
        because="The dropped one becomes 0. The others are divided by 1 − {rate} = {kept}, so that the sum is right on average.",
        read="Dropout: nobody may be relied on",
    ),
    ByHand(
        early_stopping,
        "The validation losses are {losses}, the patience is {patience}. After which epoch does the training stop, and "
        "which epoch's weights are kept?",
        _long_training,
        lambda f, losses, patience: f(losses, patience),
        because="The best one is compared with all later ones; after {patience} without a new best the training stops.",
        read="Early stopping",
    ),
    ByHand(
        l2,
        "The weights are {w}, the strength of L2 is {strength}. How large is the penalty?",
        lambda rng: {"w": [whole(rng, 1, 3), -whole(rng, 1, 3), whole(rng, 0, 2)], "strength": one_of(rng, 0.1, 0.5)},
        lambda f, w, strength: f(np.array(w), strength)[0],
        because="The squares of the weights, added up, times the strength: {answer}.",
        read="L2: small weights",
    ),
)
