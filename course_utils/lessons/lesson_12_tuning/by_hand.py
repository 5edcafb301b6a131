"""Questions about lesson 12 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, mixed, one_of, whole

from .choose_report import choose
from .log_uniform import log_uniform
from .mean_error import mean_error


def _range(rng):
    low, high = one_of(rng, (0.001, 0.1), (0.01, 1), (0.001, 10), (0.1, 10), (1, 100))
    return {"low": low, "high": high}


BY_HAND = (
    ByHand(
        log_uniform,
        "Which rate lies half-way between {low} and {high} on a log scale?",
        _range,
        lambda f, low, high: f(np.array([0.5]), low, high),
        because="From {low} to {answer} is the same factor as from {answer} to {high}.",
        read="A scale for learning rates",
        within=0.0006,
    ),
    ByHand(
        choose,
        "Three settings have the validation accuracies {validation} and the test accuracies {test}. Which number do you report?",
        lambda rng: {"validation": mixed(rng, [0.91, 0.88, 0.84]), "test": mixed(rng, [0.9, 0.87, 0.85])},
        lambda f, validation, test: f(np.array(validation), np.array(test))[1],
        because="Validation chooses, and of the chosen one the test accuracy is told, be it the best of the three or not.",
        read="One look at the test set",
        within=0.0006,
    ),
    ByHand(
        mean_error,
        "Two runs with different seeds score {scores[0]} and {scores[1]}. What are their mean and its standard error?",
        lambda rng: {"scores": [(low := whole(rng, 80, 90)), low + 2 * whole(rng, 1, 4)]},
        lambda f, scores: f(np.array(scores)),
        because="Both lie equally far from the mean. With two runs the standard error is just that distance.",
        read="A find, or luck?",
    ),
)
