"""Questions about lesson 02 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, mixed, one_of, whole

from .merge_layers_mistakes import merge_layers
from .relu import relu
from .sigmoid_slope_mistakes import sigmoid_slope
from .softmax import softmax

BY_HAND = (
    ByHand(
        relu,
        "What is ReLU of {x}?",
        lambda rng: {"x": mixed(rng, [-whole(rng, 0, 4) - 0.5, one_of(rng, 0, -3, 4), whole(rng, 1, 9)])},
        lambda f, x: f(np.array(x)),
        because="ReLU keeps what is above 0 and turns the rest into 0.",
        read="ReLU: keep the positive, drop the negative",
    ),
    ByHand(
        softmax,
        "Three scores have the exponentials {e}. What are their softmax shares?",
        lambda rng: {"e": mixed(rng, one_of(rng, (2, 5, 3), (1, 4, 5), (6, 3, 1), (2, 2, 6), (1, 1, 2), (2, 1, 1)))},
        lambda f, e: f(np.log(e)),
        because="Each exponential is divided by the sum of all three.",
        read="Softmax: scores into shares",
    ),
    ByHand(
        sigmoid_slope,
        "At some place the sigmoid is {s}. How steep is it there?",
        lambda rng: {"s": one_of(rng, 0.5, 0.1, 0.2, 0.8, 0.9)},
        lambda f, s: f(np.log([s / (1 - s)])),
        because="The slope is s times (1 − s), here {s} · (1 − {s}) = {answer}.",
        read="The slope decides who learns",
    ),
    ByHand(
        merge_layers,
        "The first layer makes h = {w1} x + {b1}, the second {w2} h + {b2}, and nothing bends in between. "
        "One layer does the same: what are its weight and its bias, in this order?",
        lambda rng: {"w1": whole(rng, 2, 5), "b1": whole(rng, 1, 4), "w2": whole(rng, 2, 5), "b2": whole(rng, 1, 9)},
        lambda f, w1, b1, w2, b2: f(*(np.array(v) for v in ([[w1]], [b1], [[w2]], [b2])))[:2],
        because="The weights are multiplied, {w1} · {w2}; the first bias goes through the second layer, {b1} · {w2} + {b2}.",
        read="Why bend at all?",
    ),
)
