"""Shrink all the gradients by one factor when together they are longer than the limit."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

clip = FunctionExercise(
    "clip-by-norm",
    reference=nn.clip_by_global_norm,
    points=3,
    answer="clip_by_global_norm",
    title="Clip the whole step",
)


@clip.cases
def _(rng):
    yield small("(3) and (-4), limit 1: (0.6) and (-0.8)", [np.array([3.0]), np.array([-4.0])], 1.0)
    yield random("a kernel and a bias", [rng.normal(size=(3, 2)) * 5, rng.normal(size=2) * 5], 1.5)
    yield random("one array far longer", [rng.normal(size=4) * 100, rng.normal(size=(2, 2))], 2.0)
    yield edge("already short enough", [np.array([0.3]), rng.uniform(-0.2, 0.2, size=(2, 2))], 1.0)
    yield edge("all zero", [np.zeros(2), np.zeros((2, 1))], 1.0)


@clip.variant("one factor, never above 1")
def _(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    factor = min(1.0, limit / (norm + 1e-12))
    return [g * factor for g in grads]


@clip.variant("through one long vector")
def _(grads, limit):
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in grads]))
    if norm <= limit:
        return [g.copy() for g in grads]
    return tuple(g / norm * limit for g in grads)


@clip.mistake(
    "by-value", "Clipping each number turns the direction of the step. By what one factor can you shrink all of them?"
)
def _(grads, limit):
    return [np.clip(g, -limit, limit) for g in grads]


@clip.mistake(
    "each-on-its-own", "Each array has got the length of the limit by itself. How long are they when taken together?"
)
def _(grads, limit):
    return [g * min(1.0, limit / max(np.linalg.norm(g), 1e-300)) for g in grads]


clip.slip(
    "always-scales",
    "A step that is already short became longer. When is there nothing to do?",
    "min(1.0, limit / (norm + 1e-12))",
    "limit / norm",
)

clip.slip(
    "forgot-limit",
    "Your step always has length 1. What length should it have?",
    " * limit",
    "",
    of="through one long vector",
)

clip.slip(
    "no-root",
    "The factor is too small. The sum of the squares is not yet the length; what is missing?",
    "np.sqrt(sum(np.sum(g**2) for g in grads))",
    "sum(np.sum(g**2) for g in grads)",
)

clip.slip(
    "sum-of-norms",
    "The lengths of perpendicular pieces do not simply add: 3 and 4 make 5. What adds up instead?",
    "np.sqrt(sum(np.sum(g**2) for g in grads))",
    "sum(np.linalg.norm(g) for g in grads)",
)
