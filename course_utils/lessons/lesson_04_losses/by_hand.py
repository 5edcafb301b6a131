"""Questions about lesson 04 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, mixed, one_of, whole

from .gradient_mistakes import gradient
from .mse_gradient_mistakes import mse_gradient
from .mse_mistakes import mse


def _two_predictions(rng):
    y = whole(rng, 2, 9, 2)
    off = mixed(rng, [whole(rng, 1, 4), -whole(rng, 1, 3)])
    return {"y": y, "p": [a + b for a, b in zip(y, off, strict=True)], "off": off}


def _shares(rng):
    shares, place = mixed(rng, one_of(rng, (0.7, 0.2, 0.1), (0.5, 0.3, 0.2), (0.6, 0.3, 0.1))), whole(rng, 0, 2)
    return {"p": shares, "place": place, "which": ("first", "second", "third")[place]}


BY_HAND = (
    ByHand(
        mse,
        "The true values are {y}, the predictions {p}. What is the mean squared error?",
        _two_predictions,
        lambda f, y, p, off: f(np.array(y), np.array(p)),
        because="The errors are {off[0]} and {off[1]}. Squared, added and divided by 2 they make {answer}.",
        read="Amounts: the squared error",
    ),
    ByHand(
        gradient,
        "The softmax shares of one example are {p}, and the {which} class is true. "
        "What is the gradient of the cross-entropy for the three scores?",
        _shares,
        lambda f, p, place, which: f(np.eye(3)[[place]], np.log([p])),
        because="Prediction minus truth: 1 is taken from the share of the true class, and nothing from the others.",
        read="Prediction minus truth",
    ),
    ByHand(
        mse_gradient,
        "The true values are {y}, the predictions {p}. What is the gradient of the mean squared error "
        "for the two predictions?",
        _two_predictions,
        lambda f, y, p, off: f(np.array(y), np.array(p)),
        because="Twice the error, divided by the number of predictions: 2 · {off[0]} / 2 and 2 · {off[1]} / 2.",
        read="Which way is better? The gradient",
    ),
)
