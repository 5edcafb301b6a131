"""Gradient clipping: keep one wild batch from throwing the weights far away."""

import math

import numpy as np


def clip_by_value(grads: list[np.ndarray], limit: float) -> list[np.ndarray]:
    """Every element is brought into [-limit, limit]; this may turn the direction of the gradient.

    >>> clip_by_value([np.array([3.0, -4.0])], 1.0)
    [array([ 1., -1.])]
    """
    return [np.clip(g, -limit, limit) for g in grads]


def clip_by_norm(grads: list[np.ndarray], limit: float) -> list[np.ndarray]:
    """Each array longer than `limit` is scaled down to it: g limit / |g|, each on its own.

    >>> clip_by_norm([np.array([3.0, -4.0]), np.array([0.5])], 1.0)
    [array([ 0.6, -0.8]), array([0.5])]
    """
    return [_scaled(g, _scale(global_norm([g]), limit)) for g in grads]


def clip_by_global_norm(grads: list[np.ndarray], limit: float) -> list[np.ndarray]:
    """All arrays are scaled by the same factor, so that together they are at most `limit` long.

    Why: of the three, the only one that keeps the direction of the whole step.
    Source: Pascanu et al. 2013, On the difficulty of training recurrent neural networks.

    >>> clip_by_global_norm([np.array([3.0]), np.array([-4.0])], 1.0)
    [array([0.6]), array([-0.8])]
    """
    scale = _scale(global_norm(grads), limit)
    return [_scaled(g, scale) for g in grads]


def global_norm(grads: list[np.ndarray]) -> float:
    """sqrt of the sum of the squares of all elements of all arrays.

    >>> global_norm([np.array([3.0]), np.array([4.0])])
    5.0
    """
    return math.sqrt(sum(float(np.vdot(g, g)) for g in grads))


def _scale(norm: float, limit: float) -> float:
    return limit / norm if norm > limit else 1.0


def _scaled(g: np.ndarray, scale: float) -> np.ndarray:
    return g * g.dtype.type(scale)
