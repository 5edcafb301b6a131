"""The CNN's forward pass beside what a model did, and by what the mistakes in a CNN are recognised."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_model, shapes

from .common import CNN_SHAPES
from .max_pool import pooled
from .max_pool_backward import pool_back
from .predict_by_hand import forward


def average(x):
    """The mean of each 2 × 2 window."""
    return nn.AveragePooling2D(2)(x)


def is_forward(seen, images, **how):
    """Whether the model computes exactly this forward pass; another than the right one, only where they can differ."""
    if how and (is_flat(seen) or is_forward(seen, images)):
        return False
    return shapes(seen) == CNN_SHAPES and np.allclose(
        forward(seen["weights"], images, **how), seen["probabilities"], atol=1e-4
    )


def is_cnn(weights, images, probabilities):
    """Whether the predictions are those of a CNN with these weights, whichever pooling and bend exercise 8 was given."""
    bends = nn.relu, nn.linear, np.tanh, nn.sigmoid
    passes = (
        forward(weights, images, pool=pool, bend=bend, hidden=hidden)
        for pool in (pooled, average)
        for bend in bends
        for hidden in bends
    )
    return any(np.allclose(shares, probabilities, atol=1e-3) for shares in passes)


def is_flat(seen):
    """Whether the numbers of a kernel are all the same."""
    return any(np.ptp(w) == 0 for w in seen["weights"][::2])


def gradients(weights, images, labels):
    """The slopes of the mean cross-entropy for each of the eight weights."""
    kernel1, bias1, kernel2, bias2, kernel3, bias3, kernel4, bias4 = (w.astype(float) for w in weights)
    z1 = nn.conv2d(images.astype(float), kernel1, bias1)
    maps1 = pooled(nn.relu(z1))
    z2 = nn.conv2d(maps1, kernel2, bias2)
    maps2 = pooled(nn.relu(z2))
    row = maps2.reshape(len(maps2), -1)
    z3 = row @ kernel3 + bias3
    hidden = nn.relu(z3)
    _, dz4 = nn.softmax_crossentropy(labels, hidden @ kernel4 + bias4)
    dz3 = dz4 @ kernel4.T * (z3 > 0)
    dz2 = pool_back((dz3 @ kernel3.T).reshape(maps2.shape), nn.relu(z2)) * (z2 > 0)
    dmaps1, dkernel2, dbias2 = nn.conv2d_backward(dz2, maps1, kernel2)
    dz1 = pool_back(dmaps1, nn.relu(z1)) * (z1 > 0)
    _, dkernel1, dbias1 = nn.conv2d_backward(dz1, images.astype(float), kernel1, needs_dx=False)
    dense = row.T @ dz3, dz3.sum(axis=0), hidden.T @ dz4, dz4.sum(axis=0)
    return [dkernel1, dbias1, dkernel2, dbias2, *dense]


def builds(test):
    """The mistake is recognised by `test(seen, images)` on a model."""
    return lambda seen, images, labels, aspect: is_model(seen) and bool(test(seen, images))


def has_shape(place, shape):
    """The mistake is recognised by the shape of the weights at a place."""
    return builds(lambda seen, _: len(shapes(seen)) > place and shapes(seen)[place] == shape)
