"""Lesson 06 against finite differences of losses that are written with SciPy."""

import numpy as np
from scipy.special import expit, log_softmax, logit

from course_utils.lessons.lesson_06_backprop.common import _LABELS, _X, network_loss
from course_utils.lessons.lesson_06_backprop.small_losses import (
    bowl_loss,
    faint_loss,
    idle_loss,
    one_neuron_loss,
    steep_and_flat_loss,
    valley_loss,
)


def slope(f, x, h=1e-5):
    """df/dx by central differences, one element at a time."""
    x, result = x.astype(float), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        result[place] = (f(up) - f(down)) / (2 * h)
    return result


def crossentropy(z, labels):
    return -np.mean([log_softmax(row)[k] for k, row in zip(labels, z, strict=True)])


def sigmoid(dh, h):
    inside = (h > 0) & (h < 1)
    z = logit(np.where(inside, h, 0.5))
    return np.where(inside, dh * (expit(z + 1e-5) - expit(z - 1e-5)) / 2e-5, 0.0)


def dense(dz, x, W):
    """dz pulls at x W + b: the gradients of sum(dz * (x W + b)), which is linear in each of the three."""
    b = np.zeros(W.shape[1])
    return (
        slope(lambda x: (dz * (x @ W + b)).sum(), x),
        slope(lambda W: (dz * (x @ W + b)).sum(), W),
        slope(lambda b: (dz * (x @ W + b)).sum(), b),
    )


def relu(z):
    """ReLU that also lets nothing through just above 0, so that its slope at 0 is the 0 of the text."""
    return np.where(z > 2e-5, z, 0.0)


def network(x, labels, W1, b1, W2, b2):
    """Each intermediate is moved by itself, and the rest of the network runs on from there."""
    z1 = x @ W1 + b1
    h = relu(z1)
    z2 = h @ W2 + b2

    def whole(W1, b1):
        return crossentropy(relu(x @ W1 + b1) @ W2 + b2, labels)

    return {
        "dz2": slope(lambda z: crossentropy(z, labels), z2),
        "dW2": slope(lambda W: crossentropy(h @ W + b2, labels), W2),
        "db2": slope(lambda b: crossentropy(h @ W2 + b, labels), b2),
        "dh": slope(lambda h: crossentropy(h @ W2 + b2, labels), h),
        "dz1": slope(lambda z: crossentropy(relu(z) @ W2 + b2, labels), z1),
        "dW1": slope(lambda W: whole(W, b1), W1),
        "db1": slope(lambda b: whole(W1, b), b1),
    }


def independent_gradients(f, params):
    if f is bowl_loss:
        return {name: 2 * value for name, value in params.items()}
    if f is valley_loss:
        return {name: 2 * sum(map(np.sum, params.values())) + 0 * value for name, value in params.items()}
    if f is idle_loss:
        return {"w": 6 * (3 * params["w"] - 1), "unused": 0 * params["unused"]}
    if f is steep_and_flat_loss:
        return {name: value * np.resize([1, 1e-6], value.size) for name, value in params.items()}
    if f is one_neuron_loss:
        error = 2 * params["w"] + params["b"] - 5
        return {"w": 4 * error, "b": 2 * error}
    assert f in (network_loss, faint_loss)
    scale = 1e-6 if f is faint_loss else 1.0

    def loss(**moved):
        p = {**params, **moved}
        return crossentropy(np.tanh(_X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"], _LABELS)

    return {name: scale * slope(lambda v, name=name: loss(**{name: v}), params[name]) for name in params}


def find(f, params, gradients):
    exact = independent_gradients(f, params)
    largest = {name: max(np.abs(gradients[name]).max(), np.abs(exact[name]).max()) for name in gradients}
    return [name for name in gradients if np.abs(gradients[name] - exact[name]).max() > 1e-4 * largest[name]]


ORACLES = {
    "sigmoid-backward": sigmoid,
    "softmax-loss": lambda z, labels: (crossentropy(z, labels), slope(lambda z: crossentropy(z, labels), z)),
    "dense-backward": dense,
    "network-backward": network,
    "find-wrong": find,
}
