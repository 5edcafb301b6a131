"""Layers one after another, and the residual connection around them."""

from collections.abc import Iterable

import numpy as np

from .layer import Layer


class Chain(Layer):
    """y = f_n(... f_2(f_1(x))): each layer works on what the one before gave.

    Shapes: x as the first layer takes it, y as the last one gives it.
    Why: backward runs through the layers in reverse order; this is the chain rule, and all there is to
    backpropagation.
    """

    def __init__(self, layers: Iterable[Layer]):
        super().__init__()
        self.layers = list(layers)
        for layer in self.layers:
            if not isinstance(layer, Layer):
                raise ValueError(f"{type(self).__name__} takes a list of layers, but found {layer!r} in it.")

    def compute_output_shape(self, input_shape):
        for layer in self.layers:
            input_shape = layer.compute_output_shape(input_shape)
        return tuple(input_shape)

    def _build(self, input_shape, dtype):
        for layer in self.layers:
            layer.build(input_shape, dtype)
            input_shape = layer.compute_output_shape(input_shape)

    def _as_input(self, x):
        return self.layers[0]._as_input(x) if self.layers else super()._as_input(x)

    def _forward(self, x, training):
        for layer in self.layers:
            x = layer.forward(x, training)
        return x

    def _backward(self, dy):
        for layer in reversed(self.layers):
            dy = layer.backward(dy)
        return dy

    def leaves(self):
        for layer in self.layers:
            yield from layer.leaves()


class Residual(Chain):
    """y = x + f(x), for the chain f of the given layers, which must keep x's shape.

    Why: dx = dy + (df/dx)^T dy. Whatever f does, dy arrives whole through the first term; so gradients reach
    the first layers of networks with hundreds of them.
    Source: He et al. 2016, Deep Residual Learning for Image Recognition.

    >>> from course_utils.nn import Activation
    >>> Residual([Activation("relu")])(np.array([[-1.0, 2.0]]))
    array([[-1.,  4.]])
    """

    def compute_output_shape(self, input_shape):
        output_shape = super().compute_output_shape(input_shape)
        if output_shape != tuple(input_shape):
            raise ValueError(
                f"{self!r} adds x to what its layers give, so they must keep the shape; "
                f"they turn {tuple(input_shape)} into {output_shape}."
            )
        return output_shape

    def _forward(self, x: np.ndarray, training: bool) -> np.ndarray:
        return x + super()._forward(x, training)

    def _backward(self, dy: np.ndarray) -> np.ndarray:
        return dy + super()._backward(dy)

    def __repr__(self):
        return f"Residual({self.layers})"
