"""Questions about lesson 07 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .accuracy import accuracy
from .confusion_matrix import confusion
from .one_hot import one_hot


def _labels_and_predictions(rng):
    labels, wrong = whole(rng, 0, 2, 5), rng.permutation(5)[: whole(rng, 1, 3)]
    said = [(label + 1) % 3 if i in wrong else label for i, label in enumerate(labels)]
    return {"labels": labels, "said": said}


BY_HAND = (
    ByHand(
        accuracy,
        "The labels are {labels}, the predictions {said}. What is the accuracy, as a number from 0 to 1?",
        _labels_and_predictions,
        lambda f, labels, said: f(np.eye(3)[said], np.array(labels)),
        because="Count the places where both agree, and divide by 5.",
        read="How many are right?",
    ),
    ByHand(
        one_hot,
        "There are {classes} classes, counted from 0. What is the one-hot row of the label {label}?",
        lambda rng: {"classes": (classes := one_of(rng, 4, 5)), "label": whole(rng, 0, classes - 1)},
        lambda f, classes, label: f(np.array([label]), classes),
        because="A 1 at the place {label}, counted from 0, and zeros at all others.",
        read="What should have come out",
    ),
    ByHand(
        confusion,
        "The labels are {labels}, the predictions {said}. What stands in the confusion matrix in row {row}, column {column}?",
        lambda rng: {
            **_labels_and_predictions(rng),
            "row": (row := whole(rng, 0, 2)),
            "column": one_of(rng, row, (row + 1) % 3),
        },
        lambda f, labels, said, row, column: f(np.array(labels), np.array(said), 3)[row, column],
        because="It is the number of samples that are a {row} and were called {column}: {answer}.",
        read="What does it confuse?",
    ),
)
