"""What is wrong with a compiled yes-or-no classifier, and by what its mistakes are recognised."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_model


def compile_problem(seen, labels):
    """What is wrong with loss, metrics or optimizer, judged from one evaluation and one step of training."""
    if seen["refused"]:
        return f"Keras cannot evaluate the model: {seen['refused']}"
    loss, *metrics = np.atleast_1d(seen["scores"])
    p = seen["probabilities"]
    if not abs(loss - nn.binary_crossentropy(labels[:, None], p)) < 1e-3:
        return "the loss is not the binary cross-entropy"
    if not np.isclose(metrics, right_share(seen, labels), atol=1e-3).any():
        return "the model does not report its accuracy"
    steps = np.abs(last_step(seen))
    if not np.isclose(np.median(steps[steps > 0]), 0.001, rtol=0.2) or steps.max() > 0.0012:
        return "the first step of training is not one of adam with its usual learning rate of 0.001"
    return None


def right_share(seen, labels):
    """The share of samples that a threshold of 0.5 decides rightly."""
    return np.mean((seen["probabilities"][:, 0] > 0.5) == labels)


def last_step(seen):
    """How far one step of training moved the output neuron. Adam moves each number by its learning rate, whatever the slope."""
    return np.concatenate([np.ravel(seen["after"][i] - seen["weights"][i]) for i in (-2, -1)])


def sgd_step(seen, labels):
    """How far one step of plain gradient descent with rate 0.01 moves the bias of a sigmoid output."""
    return -0.01 * np.mean(seen["probabilities"] - labels[:, None])


def built(test):
    """The mistake is recognised by `test(seen, sizes, x, labels)` on a model that takes the data."""
    return lambda seen, sizes, x, labels, aspect: (
        is_model(seen) and not seen["misfit"] and bool(test(seen, sizes, x, labels))
    )


def compiled(test):
    """The mistake is recognised by `test(seen, labels)` on a model that could be evaluated and trained."""
    return built(lambda seen, sizes, x, labels: "after" in seen and test(seen, labels))
