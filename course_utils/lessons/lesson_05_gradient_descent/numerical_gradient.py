"""Measure the gradient of any function: move one element a little both ways, and compare."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


# Functions to walk on. They have names here so that a graded answer can be given them as an argument.
def cubes(x: np.ndarray) -> float:
    """x_0^3 + x_1^3 + ..."""
    return float(np.sum(x**3))


def waves(x: np.ndarray) -> float:
    """sin(x_0) + 2 sin(x_1) + 3 sin(x_2) + ..."""
    return float(np.arange(1, len(x) + 1) @ np.sin(x))


def mountain(x: np.ndarray) -> float:
    """exp(the mean of x) + x_0 |x|^2: every slope depends on every element."""
    return float(np.exp(np.mean(x)) + x[0] * (x @ x))


def central_differences(f, x, h):
    """(f(x + h e_i) - f(x - h e_i)) / (2 h) for each element i."""
    return nn.numerical_gradient(f, x, h)


measured = FunctionExercise(
    "numerical-gradient",
    reference=central_differences,
    points=3,
    title="A gradient, measured",
    tolerance=1e-8,
    library=(nn.numerical_gradient,),
)


@measured.cases
def _(rng):
    yield small("x³ at 1 and 2, with h = 0.5", cubes, np.array([1.0, 2.0]), 0.5)
    yield random("waves", waves, rng.normal(size=5), 0.1)
    yield random("a mountain", mountain, rng.normal(size=4), 0.2)
    yield random("twelve elements, and wide steps", waves, 3 * rng.normal(size=12), 0.5)
    yield edge("at 0", cubes, np.zeros(3), 0.5)
    yield edge("far from 0", cubes, rng.uniform(50, 90, size=3), 0.1)
    yield edge("a single number", cubes, rng.uniform(1, 2, size=1), 0.1)
    yield edge("a small step", mountain, rng.normal(size=6), 1e-5)


@measured.variant("two copies for each element")
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@measured.variant("a row of the identity matrix as the move")
def _(f, x, h):
    return np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))])


@measured.variant("one copy, put back exactly")
def _(f, x, h):
    x, slopes = x.copy(), []
    for i, here in enumerate(x.tolist()):
        x[i] = here + h
        above = f(x)
        x[i] = here - h
        slopes.append((above - f(x)) / (2 * h))
        x[i] = here
    return np.array(slopes)


@measured.variant("the mean of both one-sided slopes")
def _(f, x, h):
    slopes = np.zeros_like(x)
    for i in range(x.size):
        up, down = x.copy(), x.copy()
        up[i], down[i] = x[i] + h, x[i] - h
        slopes[i] = ((f(up) - f(x)) / h + (f(x) - f(down)) / h) / 2
    return slopes


measured.slip(
    "one-sided",
    "You compare x + h with x itself, so you only look uphill or downhill of the place. Look on *both* sides of it.",
    "(f(up) - f(down)) / (2 * h)",
    "(f(up) - f(x)) / h",
)

measured.slip(
    "one-sided-below",
    "You compare x itself with x - h, so you look on one side only. Look on *both* sides of x.",
    "(f(up) - f(down)) / (2 * h)",
    "(f(x) - f(down)) / h",
)

measured.slip("forgot-two", "Your slopes are twice too steep. How far is it from x - h to x + h?", "(2 * h)", "h")

measured.slip(
    "all-at-once",
    (
        "`x + h` moves every element at the same time, so you cannot tell who moved the result. "
        "Move one element, and let the others stay."
    ),
    "np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))])",
    "np.full(len(x), (f(x + h) - f(x - h)) / (2 * h))",
    of="a row of the identity matrix as the move",
)

measured.slip(
    "one-number",
    "You return one number. A gradient has one slope for *each* element of x.",
    "np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))])",
    "(f(x + h) - f(x - h)) / (2 * h)",
    of="a row of the identity matrix as the move",
)

measured.slip(
    "sign",
    "All signs are turned round. If f is larger at x + h than at x - h, the slope is positive.",
    "f(up) - f(down)",
    "f(down) - f(up)",
)

measured.slip(
    "brackets",
    "`a / 2 * h` is read as `(a / 2) * h`: Python goes from left to right. What has to stand together below the line?",
    "(2 * h)",
    "2 * h",
)

measured.slip(
    "never-put-back",
    (
        "The first slope is right, the later ones are not: an element that you moved stays moved while you measure the next. "
        "Start from a fresh copy of x each time."
    ),
    "for i in range(len(x)):\n        up, down = x.copy(), x.copy()",
    "up, down = x.copy(), x.copy()\n    for i in range(len(x)):",
)


measured.slip(
    "one-sided-over-two",
    "You go from x to x + h, which is h, and divide by 2h. Where should the second foot stand?",
    "f(up) - f(down)",
    "f(up) - f(x)",
)

measured.slip(
    "no-copy",
    (
        "All your slopes are 0. `up = x` is no copy: up and down are the same array, so when one is moved up and the other down, "
        "nothing is left of it. Where is a `.copy()` missing?"
    ),
    "up, down = x.copy(), x.copy()",
    "up = down = x",
)

measured.slip(
    "not-divided",
    "You return how much f changes from one foot to the other. A slope is this change, divided by how far the feet are apart.",
    " / (2 * h)",
    "",
)

measured.slip(
    "return-in-loop",
    "Only the first slope is right, the others are still 0. Is the `return` inside the loop?",
    "    return slopes",
    "        return slopes",
)

measured.slip(
    "own-step",
    "The step is a number of your own. The third argument, h, says how far to move.",
    "up[i] += h\n        down[i] -= h\n        slopes[i] = (f(up) - f(down)) / (2 * h)",
    "up[i] += 1e-5\n        down[i] -= 1e-5\n        slopes[i] = (f(up) - f(down)) / 2e-5",
    when=lambda seen, f, x, h: (
        isinstance(seen, np.ndarray)
        and seen.shape == x.shape
        and np.allclose(seen, nn.numerical_gradient(f, x), rtol=1e-5, atol=1e-5)
    ),
)

measured.slip(
    "absolute",
    "Your slopes are never negative. If f falls when an element grows, its slope is below 0.",
    "(f(up) - f(down)) / (2 * h)",
    "abs(f(up) - f(down)) / (2 * h)",
)

measured.slip(
    "value-added",
    "You add the two heights. The slope comes from their *difference*.",
    "f(up) - f(down)",
    "f(up) + f(down)",
)


@measured.mistake(
    "input-moved",
    "x itself was moved about. Adding h and taking it away again does not always give exactly "
    "the same float. Work on `x.copy()`.",
)
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        x[i] += h
        slopes[i] = (above - below) / (2 * h)
    return slopes


measured.equivalent("np.zeros(len(x))", "np.ones(len(x))", why="every place is written")
measured.equivalent("np.zeros_like(x)", "np.ones_like(x)", why="every place is written")
measured.equivalent("x.copy()", "x", why="every element is put back exactly, so the caller sees no change")
measured.equivalent("x.tolist()", "x", why="each number is read before it is moved")
measured.equivalent("the result", "transposed", why="it has one axis")
measured.equivalent("the result", "in one row", why="it has one axis")
measured.equivalent("f", "changed in place", why="a function cannot be changed")
