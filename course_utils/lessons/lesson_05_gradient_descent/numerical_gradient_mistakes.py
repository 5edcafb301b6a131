"""A gradient, measured: mistakes in which element moves, by how much, and in what is kept."""

import numpy as np

from .numerical_gradient import measured

COPIES = "two copies for each element"
QUOTIENT = "(f(up) - f(down)) / (2 * h)"

for name, hint, right, wrong in (
    (
        "half-of-the-step",
        "You move by half of h only. The exercise measures a whole h to each side: how far apart are the two points then?",
        "up[i] += h\n        down[i] -= h\n        slopes[i] = (f(up) - f(down)) / (2 * h)",
        "up[i] += h / 2\n        down[i] -= h / 2\n        slopes[i] = (f(up) - f(down)) / h",
    ),
    (
        "times-not-plus",
        "You move each element by a share of *itself*, so one that is 0 does not move at all. By how much should it move?",
        "up[i] += h\n        down[i] -= h",
        "up[i] *= 1 + h\n        down[i] *= 1 - h",
    ),
    (
        "first-element-for-all",
        "You move the first element every time. Which one belongs to the slope that you are measuring?",
        "up[i] += h\n        down[i] -= h",
        "up[0] += h\n        down[0] -= h",
    ),
    (
        "last-element-missing",
        "The last slope is still 0. What is the last value of i in `range(len(x) - 1)`?",
        "range(len(x))",
        "range(len(x) - 1)",
    ),
    (
        "first-element-missing",
        "The first slope is still 0. Python counts from 0: what is the first value of i in `range(1, len(x))`?",
        "range(len(x))",
        "range(1, len(x))",
    ),
    (
        "last-slope-only",
        "Only the last slope came back, a single number. In which place of an array does each slope belong?",
        "slopes[i] = ",
        "slopes = ",
    ),
    (
        "second-slope",
        "This is the formula for how the slope itself changes, with 2 f(x) and h². For the slope the two outer points are enough.",
        QUOTIENT,
        "(f(up) - 2 * f(x) + f(down)) / h**2",
    ),
    (
        "both-the-same-way",
        "Both copies move the same way, so nothing lies between them. In which direction does the second one go?",
        "down[i] -= h",
        "down[i] += h",
    ),
    (
        "list",
        "The slopes are right, but they stand in a list. Asked for is an array: `np.array(…)` makes one of it.",
        "return slopes",
        "return list(slopes)",
    ),
    (
        "rounded",
        "Your slopes are rounded. A function hands on all that it has.",
        "return slopes",
        "return np.round(slopes, 2)",
    ),
    (
        "squared-step",
        "You divide by h². Two points lie 2 h apart: what is the way between them?",
        "(2 * h)",
        "(2 * h**2)",
    ),
):
    measured.slip(name, hint, right, wrong, of=COPIES)


@measured.mistake(
    "slope-of-the-example",
    "The slope of x³ stands in your function. It should work for any f: how do you ask f for a height?",
)
def _(f, x, h):
    return 3 * x**2


@measured.mistake(
    "heights-of-single-numbers",
    "You give f a single number. It takes an *array* like x, with all the elements: which one of them is a little moved?",
)
def _(f, x, h):
    return np.array([(f(v + h) - f(v - h)) / (2 * h) for v in x])


@measured.mistake(
    "np-gradient",
    "`np.gradient` compares neighbours in an array of heights. Here f gives one height for all of x: "
    "move one element a little, and ask f again.",
)
def _(f, x, h):
    return np.gradient(f(x), h)


@measured.mistake(
    "one-copy-never-put-back",
    "You move an element of your copy and never put it back, so the later slopes are measured at another place. "
    "Where should the element stand when the next one has its turn?",
)
def _(f, x, h):
    x, slopes = x.copy(), np.zeros(len(x))
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        slopes[i] = (above - f(x)) / (2 * h)
    return slopes


@measured.mistake(
    "input-never-put-back",
    "You move an element and never put it back, so the later slopes are measured at another place. And x is the caller's "
    "own array, which stays moved as well: move a copy. Where should an element stand when the next one has its turn?",
)
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        slopes[i] = (above - f(x)) / (2 * h)
    return slopes


@measured.mistake(
    "left-above",
    "You move an element of your copy down and then up, and leave it there, so the later slopes are measured at another "
    "place. Where should it stand when the next one has its turn?",
)
def _(f, x, h):
    x, slopes = x.copy(), np.zeros(len(x))
    for i in range(len(x)):
        x[i] -= h
        below = f(x)
        x[i] += 2 * h
        slopes[i] = (f(x) - below) / (2 * h)
    return slopes


@measured.mistake(
    "only-back-to-the-place",
    "You move x up by h and down by h again, so your second foot stands at x itself. How far down is it from x + h to x - h? "
    "And move a copy: x is the caller's own array.",
)
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= h
        slopes[i] = (above - f(x)) / (2 * h)
    return slopes
