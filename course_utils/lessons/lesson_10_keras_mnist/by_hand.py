"""Questions about lesson 10 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, mixed, one_of, whole

from .prepare import image_of, prepare
from .read_history import read_history
from .read_predictions import predictions


def _losses(rng):
    best = whole(rng, 2, 4)
    return {"losses": [round(0.4 + 0.05 * abs(epoch - best) + 0.01 * whole(rng, 0, 3), 2) for epoch in range(1, 6)]}


BY_HAND = (
    ByHand(
        read_history,
        "The validation losses of five epochs are {losses}. Which epoch was the best, counted from 1?",
        _losses,
        lambda f, losses: f({"val_loss": losses, "accuracy": [0.9], "val_accuracy": [0.9]})[0],
        because="The epoch with the lowest validation loss, here epoch {answer}.",
        read="Deeper, and watched",
    ),
    ByHand(
        predictions,
        "For one image the network gives the digits 0, 1, 2 and 3 the shares {shares}. "
        "Which digit does it say, and with what share?",
        lambda rng: {"shares": mixed(rng, one_of(rng, (0.7, 0.2, 0.1, 0), (0.5, 0.3, 0.1, 0.1), (0.4, 0.3, 0.2, 0.1)))},
        lambda f, shares: f(np.array([shares])),
        because="The place of the largest share, counted from 0, and the share itself.",
        read="Predict",
    ),
    ByHand(
        prepare,
        "A pixel of MNIST is {pixel}. What is it after the preparation?",
        lambda rng: {"pixel": 51 * whole(rng, 1, 5)},
        lambda f, pixel: f(image_of(pixel))[0, 0, 0],
        because="Pixels go from 0 to 255, and each is divided by 255: {answer}.",
        read="Step 1: prepare",
    ),
)
