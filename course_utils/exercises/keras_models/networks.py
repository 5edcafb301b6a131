"""What a judge without TensorFlow can say of a student's Keras model: its forward pass, computed again in NumPy.

`seen` is what a drive has seen of a model: a dict with its "weights" and its "probabilities" for given inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from course_utils import nn

from ..answer import Raised, plain

HISTORIES = ("a History", "its history", "a history")  # what a drive may say of what `fit` gave back


def forward(
    weights: Sequence[np.ndarray], x: np.ndarray, hidden: Callable = nn.relu, output: Callable = nn.softmax
) -> np.ndarray:
    """The predictions of a stack of dense layers, from its kernels and biases in turn; images are laid out in rows."""
    x = x.reshape(len(x), -1)
    layers = list(zip(weights[::2], weights[1::2], strict=True))
    for number, (kernel, bias) in enumerate(layers, start=1):
        x = (output if number == len(layers) else hidden)(x @ kernel + bias)
    return x


def is_forward(seen: Mapping[str, Any], x: np.ndarray, **activations: Callable) -> bool:
    """Whether the model computes exactly this forward pass; where ReLU would give the same, no other bend is seen."""
    if not is_stack(seen["weights"], x[0].size):
        return False
    expected = forward(seen["weights"], x, **activations)
    if expected.shape != seen["probabilities"].shape or not np.allclose(expected, seen["probabilities"], atol=1e-4):
        return False
    usual = {**activations, "hidden": nn.relu}
    return activations.get("hidden", nn.relu) is nn.relu or not np.allclose(
        forward(seen["weights"], x, **usual), expected, atol=1e-4
    )


def is_stack(weights: Sequence[np.ndarray], inputs: int) -> bool:
    """Whether these are kernels and biases of dense layers that fit onto each other.

    >>> is_stack([np.zeros((3, 2)), np.zeros(2)], 3), is_stack([np.zeros((3, 2)), np.zeros(2)], 4)
    (True, False)
    """
    outputs = [np.shape(bias)[-1] for bias in weights[1::2] if np.ndim(bias) == 1]
    return bool(outputs) and list(map(np.shape, weights)) == dense_shapes(inputs, *outputs)


def dense_shapes(*sizes: int) -> list[tuple[int, ...]]:
    """The shapes of the kernels and biases of a dense network with these layer sizes.

    >>> dense_shapes(4, 3, 1)
    [(4, 3), (3,), (3, 1), (1,)]
    """
    return [shape for inputs, outputs in pairwise(sizes) for shape in [(inputs, outputs), (outputs,)]]


def shapes(seen: Mapping[str, Any]) -> list[tuple[int, ...]]:
    """The shapes of a model's weights."""
    return [np.shape(w) for w in seen["weights"]]


def total(seen: Mapping[str, Any]) -> int:
    """How many parameters a model has."""
    return sum(np.size(w) for w in seen["weights"])


def training_only(seen: Mapping[str, Any]) -> str | None:
    """What is wrong with a model whose answers in training are others than in use; None where they are the same.

    A single step seldom tells: dropping a tenth of the numbers leaves nearly all slopes their sign.
    """
    if np.allclose(seen["in_training"], seen["probabilities"], atol=1e-4):
        return None
    return (
        "in training it computes otherwise than in use: is there a layer that acts in training only, such as Dropout?"
    )


def is_model(seen: Any) -> bool:
    """Whether the drive found a model to look at."""
    return isinstance(seen, dict) and "weights" in seen


def no_model(seen: Any, name: str) -> str:
    """What to say when there was no model."""
    if seen == "None":
        return f"{name} returned nothing. Is there a `return model` at its end, in a line of its own?"
    if seen in HISTORIES:
        return f"{name} returned what `fit` gave back, the record of the training, and not the model"
    return f"{name} should return a Keras model, but it returned {seen}"


def steps_of(model: Any) -> int:
    """How many steps of training a model has made."""
    optimizer = getattr(model, "optimizer", None)
    return 0 if optimizer is None else int(plain(optimizer.iterations))


def input_shape(model: Any) -> tuple[int | None, ...] | None:
    """The shape of one example that a model was made for; None where it does not say."""
    shape = getattr(model, "input_shape", None)
    return tuple(shape[1:]) if isinstance(shape, list | tuple) else None


def refused(call: Callable, *arguments: Any, **options: Any) -> tuple[Any, str]:
    """What a call gives, or the text with which Keras refuses it; other errors pass."""
    try:
        return call(*arguments, **options), ""
    except Exception as error:
        told = Raised.of(error)
        if told.kind not in ("ValueError", "InvalidArgumentError"):
            raise
        return None, told.message
