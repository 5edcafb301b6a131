"""Is a gradient right? Move x a little, see how the loss really changes, and compare.

Use float64: the difference of two nearly equal losses has few digits left, and in float32 hardly any.
"""

from collections.abc import Callable

import numpy as np

from .activations import as_float
from .layer import Layer

Scalar = Callable[[np.ndarray], float]


def numerical_gradient(f: Scalar, x: np.ndarray, epsilon: float = 1e-5) -> np.ndarray:
    """dx_i = (f(x + epsilon e_i) - f(x - epsilon e_i)) / (2 epsilon), one element at a time.

    Shapes: dx as x.
    Why: taking both sides cancels the x^2 term; the error is of order epsilon^2.

    >>> numerical_gradient(lambda x: (x**2).sum(), np.array([1.0, 3.0])).round(6)
    array([2., 6.])
    """
    x = np.array(x, dtype=float)
    dx = np.empty_like(x)
    for place in np.ndindex(x.shape):
        there = x[place]
        x[place] = there + epsilon
        above = f(x)
        x[place] = there - epsilon
        below = f(x)
        x[place] = there
        dx[place] = (above - below) / (2 * epsilon)
    return dx


def relative_error(a: np.ndarray, b: np.ndarray, floor: float = 0.0) -> float:
    """max |a - b| / max(|a|, |b|, floor), with the largest element of each; 0 when both are 0.

    A floor keeps the rounding errors of a result that should be 0 from looking like an error of 100 %.

    Errors: ValueError when the shapes differ.

    >>> relative_error(np.array([1.0, 100.0]), np.array([1.0, 101.0])).__round__(4)
    0.0099
    """
    a, b = as_float(a), as_float(b)
    if a.shape != b.shape:
        raise ValueError(f"The shapes differ: {a.shape} and {b.shape}.")
    if not a.size:
        return 0.0
    size = max(np.abs(a).max(), np.abs(b).max(), floor)
    return float(np.abs(a - b).max() / size) if size else 0.0


def gradient_error(f: Scalar, x: np.ndarray, dx: np.ndarray, epsilon: float = 1e-5) -> float:
    """The relative error of dx as the gradient of f at x, element by element: two calls of f for each.

    A right gradient of a smooth f in float64 gives less than 1e-7; above 1e-4 something is wrong.

    >>> gradient_error(lambda x: (x**2).sum(), np.array([1.0, 3.0]), np.array([2.0, 6.0])) < 1e-7
    True
    """
    return relative_error(numerical_gradient(f, x, epsilon), dx)


def directional_error(
    f: Scalar,
    x: np.ndarray,
    dx: np.ndarray,
    rng: np.random.Generator,
    directions: int = 10,
    epsilon: float = 1e-5,
) -> float:
    """The error of dx along random directions u: |(f(x + epsilon u) - f(x - epsilon u)) / (2 epsilon) - dx . u|.

    Given as a part of |dx|, for the worst direction. Two calls of f for each direction, however large x is;
    a wrong element shows up in any direction, but the smaller its part of the whole, the less.

    >>> rng = np.random.default_rng(0)
    >>> directional_error(lambda x: (x**2).sum(), np.array([1.0, 3.0]), np.array([2.0, 6.0]), rng) < 1e-7
    True
    """
    x = np.array(x, dtype=float)
    length = float(np.linalg.norm(dx)) or 1.0
    worst = 0.0
    for _ in range(directions):
        u = rng.normal(size=x.shape)
        slope = (f(x + epsilon * u) - f(x - epsilon * u)) / (2 * epsilon)
        worst = max(worst, abs(float(slope) - float(np.vdot(dx, u))) / length)
    return worst


def layer_gradient_errors(
    layer: Layer, x: np.ndarray, rng: np.random.Generator, training: bool = False
) -> dict[str, float]:
    """The relative errors of a layer's backward, for x ("dx", if the layer has one) and for each parameter.

    The loss is sum(layer(x) * r) with a fixed random r, so dy = r. The layer should be built in float64; it
    meets the same random numbers (dropout) in every call. A gradient is compared with its own largest element,
    or with a thousandth of the layer's largest where that is more: some gradients are 0, like that of an
    attention's key bias, which moves all scores alike.

    >>> from course_utils.nn import Dense
    >>> errors = layer_gradient_errors(Dense(2), np.ones((3, 4)), np.random.default_rng(0))
    >>> list(errors), max(errors.values()) < 1e-7
    (['dx', 'kernel', 'bias'], True)
    """
    layer(x)  # builds it
    leaves = list(layer.leaves())
    random_states = [leaf.rng.bit_generator.state for leaf in leaves]

    def run(x: np.ndarray) -> np.ndarray:
        for leaf, state in zip(leaves, random_states, strict=True):
            leaf.rng.bit_generator.state = state
        return layer(x, training=training)

    r = rng.normal(size=run(x).shape)
    dx = layer.backward(r)
    found, measured = {}, {}
    if dx is not None:
        found["dx"] = dx
        measured["dx"] = numerical_gradient(lambda x: float((run(x) * r).sum()), x)
    for i, leaf in enumerate(leaves):
        for name, p in leaf.params.items():
            label = name if len(leaves) == 1 else f"{i}.{name}"
            found[label] = leaf.grads[name].copy()
            measured[label] = numerical_gradient(_with_param(p, lambda: float((run(x) * r).sum())), p)
    floor = 1e-3 * max((float(np.abs(g).max(initial=0)) for g in measured.values()), default=0.0)
    return {label: relative_error(found[label], measured[label], floor) for label in found}


def _with_param(p: np.ndarray, loss: Callable[[], float]) -> Scalar:
    def f(value: np.ndarray) -> float:
        kept = p.copy()
        p[...] = value
        try:
            return loss()
        finally:
            p[...] = kept

    return f
