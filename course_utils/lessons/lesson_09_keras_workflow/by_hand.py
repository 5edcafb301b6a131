"""Questions about lesson 09 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, mixed, one_of, whole

from .decide import decide
from .scores import scores
from .standardize_mistakes import standardize


def _found_and_alarms(rng):
    found, alarms = one_of(rng, (4, 5), (6, 12), (3, 12), (8, 16), (7, 14), (2, 8), (6, 8))
    return {"found": found, "alarms": alarms}


def _counts(ill, healthy):
    """Labels and decisions of ten ill and ten healthy people, of whom so many are called ill."""
    return np.repeat([1, 0], 10), np.concatenate([np.arange(10) < ill, np.arange(10) < healthy]).astype(int)


BY_HAND = (
    ByHand(
        scores,
        "Ten of twenty people are ill. A test raises {alarms} alarms and finds {found} of the ill. "
        "What are its precision and its recall, as numbers from 0 to 1?",
        _found_and_alarms,
        lambda f, found, alarms: f(*_counts(found, alarms - found))[1:],
        because="Precision: {found} of {alarms} alarms were right. Recall: {found} of 10 ill people were found.",
        read="Which mistakes?",
    ),
    ByHand(
        standardize,
        "In the training part a feature has the mean {mean} and the spread {spread}. "
        "In the test part it is {value}. What does scaling make of it?",
        lambda rng: {
            "mean": (mean := whole(rng, 5, 20)),
            "spread": (spread := one_of(rng, 2, 4)),
            "value": mean + one_of(rng, -4, -2, -1, 1, 3, 4) * spread // 2,
        },
        lambda f, mean, spread, value: f(
            np.array([[mean - spread], [mean + spread]]), np.array([[0.0]]), np.array([[float(value)]])
        )[2],
        because="The training mean is taken away, and what is left is divided by the training spread: "
        "({value} − {mean}) / {spread} = {answer}. The test part itself is not asked.",
        read="One scale, and no leak",
    ),
    ByHand(
        decide,
        "The probabilities are {p}, the threshold is {threshold}. What are the decisions, as 0 and 1?",
        lambda rng: {"p": mixed(rng, [0.9, 0.6, 0.4, 0.2]), "threshold": one_of(rng, 0.3, 0.5, 0.7)},
        lambda f, p, threshold: f(np.array(p)[:, None], threshold),
        because="A 1 for every probability that reaches {threshold}.",
        read="Predict and decide",
    ),
)
