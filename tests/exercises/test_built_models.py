"""What a built model has too much, although it answers rightly: a little dropout, a loss that expects scores."""

from __future__ import annotations

import re

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check, quiet

BUILDERS = [  # an exercise, one of its right answers, and where the last layer begins in it
    ("09_keras_workflow", "build-classifier", "layer by layer, with objects", "model.add(keras.layers.Dense(1,"),
    ("10_keras_mnist", "build-mlp", "", "keras.layers.Dense(10,"),
    ("13_cnn", "build-cnn", "layer by layer", "model.add(keras.layers.Dense(10,"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("lesson", "id", "variant", "last"), BUILDERS)
def test_a_little_dropout_is_found_every_time(lesson, id, variant, last):
    """A twentieth of the numbers: the first step of training is then nearly always that of the right model."""
    exercise = lessons.load(lesson).exercises[id]
    base = next(v for v in exercise.variants if v.name == variant or not variant)
    source = exercise.source_of(base)
    assert source.count(last) == 1
    dropout = (
        "model.add(keras.layers.Dropout(0.05))\n    " if last.startswith("model") else "keras.layers.Dropout(0.05), "
    )
    namespace = {"np": np, **exercise._given()}
    exec(source.replace(last, dropout + last), namespace)
    for seed in range(6):
        with quiet():
            result = check(exercise, namespace, [seed])
        assert result.points < exercise.points, f"seed {seed}"
        assert "training" in result.message and re.search("[Dd]ropout", result.message), result.message


COMPILED = {  # lesson, exercise, one of its right answers, its loss
    ("09_keras_workflow", "build-classifier", "layer by layer, with objects"): "BinaryCrossentropy(",
    ("10_keras_mnist", "build-mlp", "layer by layer, with objects"): "SparseCategoricalCrossentropy(",
    ("13_cnn", "build-cnn", "objects, and ReLU after the pooling"): "SparseCategoricalCrossentropy(",
    ("14_rnn_lstm", "build-classifier", "layer by layer, with objects"): "BinaryCrossentropy(",
    ("18_transfer_learning", "with-new-head", "the body as one layer"): "SparseCategoricalCrossentropy(",
}


@pytest.mark.slow
@pytest.mark.parametrize(("row", "loss"), COMPILED.items())
def test_a_loss_that_expects_scores_of_a_layer_that_gives_shares_is_told(row, loss):
    """Keras on TensorFlow takes the scores below the activation, so neither the loss nor the first step shows it."""
    lesson, id, name = row
    exercise = lessons.load(lesson).exercises[id]
    source = exercise.source_of(next(v for v in exercise.variants if v.name == name))
    namespace = {"np": np, **exercise._given()}
    exec(source.replace(loss, f"{loss}from_logits=True"), namespace)
    with quiet():
        result = check(exercise, namespace, [0])
    assert result.points < exercise.points and "`from_logits=True`" in result.message, result
