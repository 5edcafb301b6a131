"""The CNN's forward pass beside what a model did, and by what the mistakes in a CNN are recognised."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_model, shapes

from .common import CNN_SHAPES
from .predict_by_hand import forward


def average(x):
    """The mean of each 2 × 2 window."""
    return nn.AveragePooling2D(2)(x)


def is_forward(seen, images, **how):
    """Whether the model computes exactly this forward pass."""
    return shapes(seen) == CNN_SHAPES and np.allclose(
        forward(seen["weights"], images, **how), seen["probabilities"], atol=1e-4
    )


def builds(test):
    """The mistake is recognised by `test(seen, images)` on a model."""
    return lambda seen, images, labels, aspect: is_model(seen) and bool(test(seen, images))


def has_shape(place, shape):
    """The mistake is recognised by the shape of the weights at a place."""
    return builds(lambda seen, _: len(shapes(seen)) > place and shapes(seen)[place] == shape)
