"""Shrink all the gradients by one factor when together they are longer than the limit."""

from dataclasses import dataclass

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import Difference


@dataclass(frozen=True, repr=False)
class OwnArrays:
    """What comes back when the caller's own arrays are returned, where new ones are asked for."""

    course_type = "list of the caller's own arrays"

    def __repr__(self):
        return "[the arrays that were given]"


class NewArraysExercise(FunctionExercise):
    """A function that returns new arrays; the caller's own are told as such."""

    def judge(self, seen, case, expected):
        if isinstance(seen, OwnArrays):
            told = "these are the very arrays that were given, and new ones are asked for"
            return Difference("value", told, expected, seen)
        return super().judge(seen, case, expected)


clip = NewArraysExercise(
    "clip-by-norm",
    reference=nn.clip_by_global_norm,
    points=3,
    answer="clip_by_global_norm",
    title="Clip the whole step",
)


@clip.drive
def _(answer, grads, limit):
    """The clipped arrays. Arrays that may only be read stay so on their way back, and new ones may be written to."""
    locked = [g.copy() for g in grads]
    clipped = answer(grads, limit)
    for g in locked:
        g.flags.writeable = False
    try:
        again = answer(locked, limit)
    except ValueError:  # it writes into its input, which is told by the input itself
        return clipped
    old = isinstance(again, list | tuple) and any(isinstance(g, np.ndarray) and not g.flags.writeable for g in again)
    return OwnArrays() if old else clipped


@clip.cases
def _(rng):
    yield small("(3) and (-4), limit 1: (0.6) and (-0.8)", [np.array([3.0]), np.array([-4.0])], 1.0)
    yield random("a kernel and a bias", [rng.normal(size=(3, 2)) * 5, rng.normal(size=2) * 5], 1.5)
    yield random("one array far longer", [rng.normal(size=4) * 100, rng.normal(size=(2, 2))], 2.0)
    yield edge("(3) and (-4), limit 10: nothing changes", [np.array([3.0]), np.array([-4.0])], 10.0)
    yield edge("as long as the limit: (3) and (-4), limit 5", [np.array([3.0]), np.array([-4.0])], 5.0)
    yield edge("a little too long", [np.array([3.0]), np.array([-4.0])], 4.99)
    yield edge("the kernel of a convolution", [rng.normal(size=(3, 3, 2, 4)), rng.normal(size=4)], 0.5)
    yield edge("long, and the limit is longer", [100 * rng.normal(size=(2, 3)), 100 * rng.normal(size=2)], 5000.0)
    yield edge("many short arrays", [rng.normal(size=(2, 3)) for _ in range(12)], 1.0)
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

clip.slip(
    "own-arrays",
    "The step is short enough, so you give back the arrays that you were given. The text asks for new ones: which method copies?",
    "g.copy()",
    "g",
    of="through one long vector",
)


@clip.mistake(
    "written-into",
    "The numbers are right, but what comes back is the caller's own, and you have written into it. What makes new arrays, "
    "in a new list?",
)
def _(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    if norm > limit:
        for g in grads:
            g *= limit / norm
    return grads


clip.slip(
    "square-compared",
    "You compare the *square* of the length with the limit. With (3) and (-4) and limit 10, is the step too long?",
    "norm <= limit",
    "norm**2 <= limit",
    of="through one long vector",
)

clip.slip(
    "longest-array-decides",
    "The longest of the arrays decides in your answer. How long are all of them when taken together?",
    "np.sqrt(sum(np.sum(g**2) for g in grads))",
    "max(np.linalg.norm(g) for g in grads)",
)

clip.slip(
    "largest-number-decides",
    "The largest of all numbers decides in your answer. The length of (3, 4) is 5, not 4.",
    "np.sqrt(sum(np.sum(g**2) for g in grads))",
    "max(np.abs(g).max() for g in grads)",
)

clip.slip(
    "mean-not-sum",
    "The length is the root of the *sum* of all squares. You divide the sum by how many there are.",
    "np.sqrt(sum(np.sum(g**2) for g in grads))",
    "np.sqrt(sum(np.sum(g**2) for g in grads) / sum(g.size for g in grads))",
)

for _wrong in ("norm - 1e-12", "norm", "norm + 2e-12", "norm + 5e-13", "norm + 1e-09", "norm + 0.0"):
    clip.equivalent(
        "norm + 1e-12", _wrong, why="the small number only keeps 0 / 0 away, which min(1, nan) does as well"
    )
clip.equivalent(
    "factor = min(1.0, limit / (norm + 1e-12))",
    "factor = min(1.0, limit / norm + 1e-12)",
    why="a number far below the tolerance",
)
clip.equivalent("norm <= limit", "norm < limit", why="at the limit the factor is 1")
clip.equivalent("limit", "changed in place", why="a number cannot be changed in place")
