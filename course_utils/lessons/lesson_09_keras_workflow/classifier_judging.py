"""What is wrong with a compiled yes-or-no classifier, and by what its mistakes are recognised."""

import math

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.classifiers import cannot_evaluate, evaluated, takes_scores
from course_utils.exercises.keras_models.first_step import adam_problem, optimizer_too
from course_utils.exercises.keras_models.networks import (
    dense_shapes,
    is_forward,
    is_model,
    refused,
    shapes,
    steps_of,
    total,
    training_only,
)
from course_utils.exercises.keras_models.unasked import other_optimizer, unasked_setting


def observed(model, x):
    """For a drive: a model's weights, its predictions or why it refuses the inputs, and how many steps it has made."""
    probabilities, misfit = refused(model, x)
    return {
        "probabilities": probabilities,
        "misfit": misfit,
        "weights": model.get_weights(),
        "steps": steps_of(model),
    }


def trained_once(model, another, x, labels):
    """For a drive: a model's scores, its weights after one step, and those of another model made in the same way."""
    if refused(model, x)[1]:
        return {}
    seen = evaluated(model, x, labels)
    return seen | ({"another": another.get_weights()} if hasattr(another, "get_weights") else {})


def is_old(seen):
    """Whether the model has learned before, or comes back a second time with what it has learned."""
    after, another = seen.get("after", ()), seen.get("another", ())
    again = len(after) == len(another) > 0 and all(map(np.array_equal, after, another))
    return seen["steps"] > 0 or again


def compile_problem(seen, x, labels):
    """What is wrong with loss, metrics or optimizer, judged from one evaluation and one step of training."""
    if seen["refused"]:
        return cannot_evaluate(seen)
    if problem := unasked_setting(seen):
        return problem
    metrics = np.atleast_1d(seen["scores"])[1:]
    if not right_loss(seen, labels):
        return f"the loss is not the binary cross-entropy{optimizer_too(seen['weights'], seen['after'])}"
    if not np.isclose(metrics, right_share(seen, labels), atol=1e-3).any():
        return "the model does not report its accuracy"
    if is_forward(seen, x, output=nn.sigmoid):
        problem = takes_scores(seen) or training_only(seen) or other_optimizer(seen)
        return problem or adam_problem(seen["weights"], seen["after"], slopes(seen["weights"], x, labels))
    steps = np.abs(last_step(seen))
    if not np.isclose(np.median(steps[steps > 0]), 0.001, rtol=0.2) or steps.max() > 0.0012:
        return "the first step of training is not one of adam with its usual learning rate of 0.001"
    return other_optimizer(seen)


def right_loss(seen, labels):
    """Whether the loss on the data is the binary cross-entropy."""
    return bool(
        abs(np.ravel(seen["scores"])[0] - nn.binary_crossentropy(labels[:, None], seen["probabilities"])) < 1e-3
    )


def squared(seen, labels):
    """Whether the loss on the data is the mean squared error."""
    return np.isclose(np.ravel(seen["scores"])[0], np.mean((seen["probabilities"] - labels[:, None]) ** 2), rtol=1e-3)


def layers_problem(seen, sizes, x):
    """What is wrong with the layers of the network of these sizes, before it is trained."""
    right = dense_shapes(*sizes, 1)
    if shapes(seen) != right:
        return (
            f"the network {' → '.join(map(str, sizes))} → 1 has {sum(map(math.prod, right))} "
            f"parameters, but yours has {total(seen)}, with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, x, output=nn.sigmoid):
        return "the predictions are not those of ReLU in both hidden layers and a sigmoid at the end"
    return (
        "all weights of a layer begin alike, so its neurons stay alike for ever" if is_flat(seen["weights"]) else None
    )


def slopes(weights, x, labels):
    """The slopes of the binary cross-entropy for all weights of a network with ReLU and a sigmoid at its end."""
    kernels, biases, inputs = weights[::2], weights[1::2], [x]
    for kernel, bias in zip(kernels, biases, strict=True):
        inputs.append(nn.relu(inputs[-1] @ kernel + bias))
    dz = (nn.sigmoid(inputs[-2] @ kernels[-1] + biases[-1]) - labels.reshape(-1, 1)) / len(x)
    found = []
    for kernel, h in zip(kernels[::-1], inputs[-2::-1], strict=True):
        found = [h.T @ dz, dz.sum(axis=0), *found]
        dz = dz @ kernel.T * (h > 0)
    return found


def is_flat(weights):
    """Whether all weights of a hidden layer begin alike, so that its neurons stay alike for ever."""
    return any(np.size(kernel) > 1 and np.ptp(kernel) == 0 for kernel in weights[:-2:2])


def right_share(seen, labels):
    """The share of samples that a threshold of 0.5 decides rightly."""
    return np.mean((seen["probabilities"][:, 0] > 0.5) == labels)


def last_step(seen):
    """How far one step of training moved the output neuron. Adam moves each number by its learning rate, whatever the slope."""
    return np.concatenate([np.ravel(seen["after"][i] - seen["weights"][i]) for i in (-2, -1)])


def moves_alike(seen, *sizes):
    """Whether a step of training moved nearly all weights of the output neuron equally far, and by one of these sizes.

    A weight whose slope is hardly more than 0 may move less.
    """
    moved = np.abs(last_step(seen))
    moved = moved[moved > 0]
    if moved.size < 2:
        return False
    usual = np.median(moved)
    return np.mean(np.abs(moved - usual) < 0.05 * usual) > 0.7 and np.isclose(usual, sizes, rtol=0.03).any()


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
