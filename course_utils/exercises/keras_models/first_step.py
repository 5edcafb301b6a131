"""The first step of Adam is known exactly, for every weight: what it must be, and what to say of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RATE, EPSILON = (
    0.001,
    1e-7 / np.sqrt(1 - 0.999),
)  # Keras's Adam; its epsilon stands beside a root that is not yet scaled
CLEAR, CLEAR_SHARE = (
    1e-5,
    0.02,
)  # smaller slopes, and those below this share of the largest, are left out: rounding turns their sign
AGREE = 0.95  # of an array's steps; a graphics card that rounds to ten bits switches a few ReLUs the other way


def adam_step(gradient: np.ndarray, rate: float = RATE) -> np.ndarray:
    """What the first step adds to the weights: the rate against the slope, nearly whatever the slope's size.

    >>> adam_step(np.array([3.0, -0.2])).round(5)
    array([-0.001,  0.001])
    """
    return -rate * gradient / (np.abs(gradient) + EPSILON)


def adam_problem(
    before: Sequence[np.ndarray], after: Sequence[np.ndarray], gradients: Sequence[np.ndarray], rate: float = RATE
) -> str | None:
    """What is wrong with the first step of a model that should learn with Adam, all weights of it; None if nothing is.

    >>> adam_problem([np.ones(2)], [np.array([0.999, 1.001])], [np.array([3.0, -0.2])])
    >>> adam_problem([np.ones(2)], [np.ones(2)], [np.array([3.0, -0.2])])
    'a step of training moves no weight: is the model frozen, or the learning rate 0?'
    """
    steps = [np.subtract(new, old, dtype=float) for new, old in zip(after, before, strict=True)]
    still = [not step.any() and bool(_clear(g).any()) for step, g in zip(steps, gradients, strict=True)]
    if all(still):
        return "a step of training moves no weight: is the model frozen, or the learning rate 0?"
    if any(still):
        return f"a step of training does not move {_place(still, before)}: is a layer frozen?"
    right = [_as_adam(step, g, rate) for step, g in zip(steps, gradients, strict=True)]
    if all(right):
        shrinks = _decay(steps, before, gradients, rate) > 2 * rate / 1000
        return "a step of training also shrinks the weights, as adamw does; adam is asked for" if shrinks else None
    if all(as_long(step, g, rate) for step, g in zip(steps, gradients, strict=True)):
        return (
            "each weight moves as far as adam moves it, but not always against its slope: is there a layer that acts "
            "in training only, such as Dropout?"
        )
    return f"the first step of training is not one of adam with {_usual(rate)}"


def optimizer_too(before: Sequence[np.ndarray], after: Sequence[np.ndarray], rate: float = RATE) -> str:
    """What to add where the loss is wrong: that the optimizer is too. Adam's steps are as long as its rate.

    >>> optimizer_too([np.ones(2)], [np.array([0.999, 1.001])]), optimizer_too([np.ones(2)], [np.array([0.99, 1])])
    ('', ', and the optimizer is not adam with its usual learning rate of 0.001')
    """
    steps = np.concatenate([
        np.abs(np.subtract(new, old, dtype=float)).ravel() for new, old in zip(after, before, strict=True)
    ])
    moved = steps[steps > 0]
    if moved.size == 0 or np.allclose([np.median(moved), moved.max()], rate, rtol=0.2, atol=0):
        return ""
    return f", and the optimizer is not adam with {_usual(rate)}"


def _usual(rate: float) -> str:
    return "its usual learning rate of 0.001" if rate == RATE else f"a learning rate of {rate:g}"


def as_long(step: np.ndarray, gradient: np.ndarray, rate: float = RATE) -> bool:
    """Whether the weights that move at all move as far as with Adam, whatever their direction."""
    moved = np.abs(step[_clear(gradient) & (step != 0)])
    return moved.size == 0 or abs(np.median(moved) - rate) <= 0.02 * rate


def _as_adam(step: np.ndarray, gradient: np.ndarray, rate: float) -> bool:
    clear = _clear(gradient)
    near = np.abs(step[clear] - adam_step(gradient[clear], rate)) <= 0.01 * rate
    return near.size == 0 or near.mean() >= AGREE


def _clear(gradient: np.ndarray) -> np.ndarray:
    """Which slopes are large enough to be sure of their sign."""
    sizes = np.abs(gradient)
    return sizes > max(CLEAR, CLEAR_SHARE * sizes.max())


def _decay(
    steps: Sequence[np.ndarray], before: Sequence[np.ndarray], gradients: Sequence[np.ndarray], rate: float
) -> float:
    """The share of itself that each weight lost beside its step, as the line that fits best."""
    products = squares = 0.0
    for step, weights, gradient in zip(steps, before, gradients, strict=True):
        clear = _clear(gradient) & (np.abs(step - adam_step(gradient, rate)) <= 0.01 * rate)
        rest = step[clear] - adam_step(gradient[clear], rate)
        products += np.sum(rest * weights[clear])
        squares += np.sum(np.square(weights[clear], dtype=float))
    return -products / max(squares, 1e-12)


def _place(wrong: Sequence[bool], weights: Sequence[np.ndarray]) -> str:
    """The first of these weights, by its place and its shape."""
    number = list(wrong).index(True)
    return f"number {number} of `get_weights()`, counted from 0, of the shape {np.shape(weights[number])}"
