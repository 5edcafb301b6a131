"""What one evaluation and one step of training tell of a classifier, by Keras itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.environment import keras
from course_utils.exercises.keras_models.classifiers import compile_problem, evaluated

ROWS, LABELS = np.ones((2, 1), np.float32), np.array([0, 1])


def told(logit: float, loss: Any = "sparse_categorical_crossentropy", slopes: Any = None) -> str:
    """What is said of a network whose first class has this logit, and the second 0."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(2, activation="softmax")])
    model.set_weights([np.array([[logit, 0.0]], np.float32), np.zeros(2, np.float32)])
    model.compile("adam", loss, metrics=["accuracy"])
    seen = {"weights": model.get_weights(), "probabilities": np.array(model(ROWS))}
    return compile_problem(seen | evaluated(model, ROWS, LABELS), ROWS, LABELS, slopes) or ""


@pytest.mark.parametrize("logit", [1.0, 10.0, 17.0, 25.0])
def test_the_right_loss_is_right_however_small_a_share_is(logit: float) -> None:
    """Keras does not clip the share when it has the logits; 25 gives a share of 1e-11."""
    assert "loss" not in told(logit)


@pytest.mark.parametrize("logit", [1.0, 10.0, 17.0, 25.0])
@pytest.mark.parametrize("from_logits", [False, True])
@pytest.mark.filterwarnings("ignore:.*received `from_logits=True`:UserWarning")
def test_a_loss_that_expects_scores_is_told_and_no_other(logit: float, from_logits: bool) -> None:
    """Keras clips shares that it is given, and not the scores which it finds below them."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    share = 1 / (1 + np.exp(-logit))
    slopes = np.array([[2 * share - 1, 1 - 2 * share]]) / 2
    assert ("told to expect scores" in told(logit, loss, [slopes, slopes[0]])) is from_logits


def test_another_loss_is_told() -> None:
    assert "the loss is not the cross-entropy" in told(1.0, "mse") or "cannot evaluate" in told(1.0, "mse")
