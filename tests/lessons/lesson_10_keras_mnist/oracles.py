"""Lesson 10 by other means: whole-number arithmetic, scikit-learn, Python's own lists, TensorBoard's own reader."""

import math

import numpy as np
from sklearn.metrics import accuracy_score, log_loss


def scaled(images, what="pixels"):
    """Each pixel as a fraction of 255, one by one."""
    if what == "type":
        return "float32"
    values = [np.float32(int(pixel) / 255) for pixel in images.ravel()]
    return np.array(values, np.float32).reshape(images.shape)


def loss_and_accuracy(probabilities, labels):
    classes = list(range(probabilities.shape[1]))
    return log_loss(labels, probabilities, labels=classes), accuracy_score(labels, probabilities.argmax(axis=1))


def digit_and_confidence(probabilities):
    """Each row sorted by share, largest first."""
    best = [max(enumerate(row), key=lambda pair: pair[1]) for row in probabilities.tolist()]
    return np.array([place for place, _ in best]), np.array([value for _, value in best])


def best_epoch_and_gap(history):
    best, lowest = 0, math.inf
    for epoch, loss in enumerate(history["val_loss"], start=1):
        if loss < lowest:
            best, lowest = epoch, loss
    return best, float(np.subtract(history["accuracy"], history["val_accuracy"])[-1])


def curve(folder, tag):
    """TensorBoard's loader of event files, value by value."""
    from pathlib import Path

    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
    from tensorboard.util import tensor_util

    (file,) = Path(folder).iterdir()
    values = [value for event in EventFileLoader(str(file)).Load() for value in event.summary.value]
    return [float(tensor_util.make_ndarray(value.tensor)) for value in values if value.tag == tag]


ORACLES = {
    "prepare": scaled,
    "evaluate": loss_and_accuracy,
    "read-predictions": digit_and_confidence,
    "read-history": best_epoch_and_gap,
    "read-curve": curve,
}
