"""Three layers without parameters: Flatten, Activation and Dropout."""

import math

import numpy as np

from .activations import ACTIVATIONS, activation_backward
from .layer import Layer, activation_name


class Flatten(Layer):
    """y = each sample of x as one long row.

    Shapes: x (N, A, B, ...), y (N, A B ...).

    >>> Flatten()(np.zeros((5, 28, 28))).shape
    (5, 784)
    """

    def compute_output_shape(self, input_shape):
        if len(input_shape) < 2:
            raise ValueError(f"Flatten takes x of shape (N, ...), but x has shape {tuple(input_shape)}.")
        if None in input_shape[1:]:
            raise ValueError(f"Flatten needs samples of a fixed size, not {tuple(input_shape)}.")
        return (input_shape[0], math.prod(input_shape[1:]))

    def _forward(self, x, training):
        self.x_shape = x.shape
        return x.reshape(len(x), math.prod(x.shape[1:]))

    def _backward(self, dy):
        return dy.reshape(self.x_shape)


class Activation(Layer):
    """y = f(x), for an activation f that stands alone, for example after batch normalization.

    Shapes: y as x.

    >>> Activation("relu")(np.array([[-1.0, 2.0]]))
    array([[0., 2.]])
    """

    def __init__(self, activation: str):
        super().__init__()
        self.activation = activation_name(activation)

    def compute_output_shape(self, input_shape):
        if self.activation == "softmax" and len(input_shape) < 2:
            raise ValueError(f"{self!r} takes x of shape (N, K), but x has shape {tuple(input_shape)}.")
        return tuple(input_shape)

    def _forward(self, x, training):
        self.z, self.y = x, ACTIVATIONS[self.activation](x)
        return self.y

    def _backward(self, dy):
        return activation_backward(self.activation, dy, self.z, self.y)

    def backward_from_logits(self, dz: np.ndarray) -> np.ndarray:
        """dx, given the gradient dz of what goes into the activation: that is dz itself."""
        return dz

    def __repr__(self):
        return f"Activation({self.activation!r})"


class Dropout(Layer):
    """When training, y = x * mask / (1 - rate), with mask = 0 with probability `rate`; otherwise y = x.

    Shapes: y as x.
    Errors: ValueError unless 0 <= rate < 1.
    Why: dividing by 1 - rate keeps the expected value, so nothing needs to change when the training is over.
    Source: Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting.

    >>> Dropout(0.5)(np.array([[1.0, 2.0]]))
    array([[1., 2.]])
    """

    def __init__(self, rate: float, seed: int | None = None):
        super().__init__(seed)
        if not 0 <= rate < 1:
            raise ValueError(f"Dropout needs a rate from 0 up to, but not including, 1; rate={rate}.")
        self.rate = rate

    def compute_output_shape(self, input_shape):
        return tuple(input_shape)

    def _forward(self, x, training):
        self.scale = None
        if training and self.rate > 0:
            keep = self.rng.random(x.shape, dtype=np.float32) >= self.rate
            self.scale = keep * x.dtype.type(1 / (1 - self.rate))
        return x if self.scale is None else x * self.scale

    def _backward(self, dy):
        return dy if self.scale is None else dy * self.scale

    def __repr__(self):
        return f"Dropout({self.rate})"
