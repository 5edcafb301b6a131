"""A check that finds the bug: mistakes of measuring, of comparing, and of the list that is returned."""

import numpy as np

from .find_wrong import finder

COMPARED = "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())"
MEASURED = "(f({**params, name: up}) - f({**params, name: down})) / 2e-5"

finder.slip(
    "row-by-row",
    "You move a whole *row* of a table at once. Each element has a slope of its own: how do you get at every place of an array of any shape?",
    "np.ndindex(claimed.shape)",
    "range(len(claimed))",
)


@finder.mistake(
    "whole-array-at-once",
    "You move all the elements of an array at once, so you measure the sum of their slopes. Each element has a slope of its own.",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        up, down = params[name] + 1e-5, params[name] - 1e-5
        measured = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


finder.slip(
    "lengths-and-their-sum",
    "You compare lengths (roots of sums of squares), and with the *sum* of both. In the formula stand the largest difference and the larger of the two largest elements.",
    COMPARED,
    "np.linalg.norm(measured - claimed) > 1e-4 * (np.linalg.norm(measured) + np.linalg.norm(claimed))",
)

finder.slip(
    "at-least",
    "If both gradients are 0, then 0 >= 0 is true, and you call a right gradient wrong. The text says *above* the limit.",
    "> 1e-4",
    ">= 1e-4",
)

finder.slip(
    "signs-lost",
    "You take the sizes first and the difference then, so a gradient with the wrong sign looks right. In which order does the formula do it?",
    "np.abs(measured - claimed).max()",
    "np.abs(np.abs(measured) - np.abs(claimed)).max()",
)

finder.slip(
    "mean-of-the-sizes",
    "You compare with the *mean* size of the elements. In the formula it is the largest one.",
    "max(np.abs(measured).max(), np.abs(claimed).max())",
    "max(np.abs(measured).mean(), np.abs(claimed).mean())",
)

finder.slip(
    "copies-not-used",
    "Every slope you measure is 0, or nearly. Does `f` ever get the arrays that you moved? And is the 2h below the line in brackets?",
    MEASURED,
    "(f(params) - f(params)) / 2e-5",
)

finder.slip(
    "half-the-slope",
    "Your measured slopes are half of the right ones. Your two losses lie only one h apart: what belongs below the line then? Or measure on both sides.",
    "(f({**params, name: up}) - f({**params, name: down})) / 2e-5",
    "(f({**params, name: up}) - f(params)) / 2e-5",
)

finder.slip(
    "moved-down-first",
    "Your measured slopes have the wrong sign. Which of the two losses is subtracted from which?",
    "(f({**params, name: up}) - f({**params, name: down}))",
    "(f({**params, name: down}) - f({**params, name: up}))",
)

finder.slip(
    "sorted",
    "The names are those of the wrong gradients, but sorted by the alphabet. Which order does the text ask for?",
    "return wrong",
    "return sorted(wrong)",
)

finder.slip(
    "nothing-for-none",
    "Where no gradient is wrong, you return None. A list without names is a list too: `[]`.",
    "return wrong",
    "return wrong or None",
)

finder.slip(
    "one-sign-only",
    "A claim that is too large passes your check, since the difference is negative there. Make the differences positive first.",
    "np.abs(measured - claimed).max()",
    "(measured - claimed).max()",
)

finder.slip(
    "limit-far-too-strict",
    "Your limit is far stricter than that of the text. Which limit does it ask for, and with which size is the difference compared?",
    COMPARED,
    "np.linalg.norm(measured - claimed) > 2e-7 * (np.linalg.norm(measured) + np.linalg.norm(claimed))",
)

finder.slip(
    "limit-of-a-hundredth",
    "An error of one in a hundred passes your check. Which limit does the text ask for?",
    "> 1e-4",
    "> 1e-2",
)

finder.slip(
    "each-element-by-the-sum-of-its-sizes",
    (
        "You divide each difference by the *sum* of the two sizes at its own place. In the formula stand the largest difference and the larger of "
        "the two *largest* elements."
    ),
    COMPARED,
    "(np.abs(measured - claimed) / np.maximum(1e-8, np.abs(measured) + np.abs(claimed))).max() > 1e-4",
)


@finder.mistake(
    "moved-and-left-there",
    (
        "`params` was changed: each element that you move stays moved, in the caller's own arrays, while the next ones are measured. "
        "Move it in a copy, and put it back."
    ),
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            params[name][place] += 1e-5
            above = f(params)
            params[name][place] -= 2e-5
            measured[place] = (above - f(params)) / 2e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


@finder.mistake(
    "tables-only",
    "You take two sizes from each shape. A bias has one axis only: how do you get at every place of an array of any shape?",
)
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        rows, columns = claimed.shape
        for i in range(rows):
            for j in range(columns):
                up, down = params[name].copy(), params[name].copy()
                up[i, j] += 1e-5
                down[i, j] -= 1e-5
                measured[i, j] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong
