"""Write a check that measures every gradient and names the wrong ones."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise

from .claims import claims


def wrong_gradients(f, params, gradients):
    """The names whose gradient differs from the measured one by more than 1e-4 of the larger of the two."""
    wrong = []
    for name, claimed in gradients.items():
        measured = nn.numerical_gradient(lambda value, name=name: f({**params, name: value}), params[name])
        if nn.relative_error(measured, claimed) > 1e-4:
            wrong.append(name)
    return wrong


finder = FunctionExercise("find-wrong", reference=wrong_gradients, points=3, title="A check that finds the bug")


finder.cases(claims)


@finder.variant("two copies for each element")
def _(f, params, gradients):
    wrong = []
    for name, claimed in gradients.items():
        measured = np.zeros(claimed.shape)
        for place in np.ndindex(claimed.shape):
            up, down = params[name].copy(), params[name].copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            measured[place] = (f({**params, name: up}) - f({**params, name: down})) / 2e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


@finder.variant("both sides, another h")
def _(f, params, gradients):
    wrong = []
    for name in gradients:
        measured = []
        for k in range(params[name].size):
            move = np.zeros(params[name].size)
            move[k] = 1e-6
            move = move.reshape(params[name].shape)
            measured.append(
                (f({**params, name: params[name] + move}) - f({**params, name: params[name] - move})) / 2e-6
            )
        measured, claimed = np.array(measured), gradients[name].ravel()
        if np.linalg.norm(measured - claimed, np.inf) > 1e-4 * np.linalg.norm([*measured, *claimed], np.inf):
            wrong.append(name)
    return wrong


@finder.variant("one deep copy, put back exactly")
def _(f, params, gradients):
    params = {name: value.copy() for name, value in params.items()}
    wrong = []
    for name, claimed in gradients.items():
        worst = largest = 0.0
        for place in np.ndindex(claimed.shape):
            here = params[name][place]
            params[name][place] = here + 1e-5
            above = f(params)
            params[name][place] = here - 1e-5
            slope = (above - f(params)) / 2e-5
            params[name][place] = here
            worst = max(worst, abs(slope - claimed[place]))
            largest = max(largest, abs(slope), abs(claimed[place]))
        if worst > 1e-4 * largest:
            wrong += [name]
    return wrong


finder.slip(
    "absolute-difference",
    (
        "Your check misses errors in small gradients: a difference of 1e-7 is nothing for a gradient of 1, and everything for one "
        "of 1e-7. Compare the difference with the size of the gradients."
    ),
    "1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "1e-4",
)

finder.slip(
    "one-sided",
    (
        "Your check accuses gradients that are right. You measure on one side only, and near the bottom the ground bends more than it slopes. "
        "Measure on both sides."
    ),
    "(f({**params, name: up}) - f({**params, name: down})) / 2e-5",
    "(f({**params, name: up}) - f(params)) / 1e-5",
)

finder.slip(
    "first-element",
    "A gradient whose first element is right passes your check, whatever the others are. Do you look at every element?",
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "abs(measured.flat[0] - claimed.flat[0]) > 1e-4 * max(abs(measured.flat[0]), abs(claimed.flat[0]))",
)

finder.slip(
    "errors-cancel",
    "One element too large and another too small cancel in your sum. Make the differences positive before you combine them.",
    "np.abs(measured - claimed).max()",
    "abs(np.sum(measured - claimed))",
)

finder.slip(
    "lengths-only",
    "You compare the *lengths* of both gradients. A gradient that points the wrong way has the right length.",
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "not np.isclose(np.linalg.norm(measured), np.linalg.norm(claimed), rtol=1e-4, atol=0)",
)

finder.slip(
    "names-the-right-ones",
    "You return the names of the gradients that are *right*. Which way does your comparison point?",
    "> 1e-4",
    "< 1e-4",
)

finder.slip(
    "sum-of-both-sizes",
    "Your limit is about twice as wide as that of the text: the difference is compared with the *larger* of the two sizes, not with their sum.",
    "max(np.abs(measured).max(), np.abs(claimed).max())",
    "(np.abs(measured).max() + np.abs(claimed).max())",
)

finder.slip(
    "each-element-by-itself",
    (
        "You compare each element with its own size. In the formula it is the largest difference and the *largest* element, so that a tiny one beside "
        "large ones may be off."
    ),
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "(np.abs(measured - claimed) > 1e-4 * np.maximum(np.abs(measured), np.abs(claimed))).any()",
)

finder.slip(
    "allclose",
    (
        "np.allclose compares in its own way: element by element, with a limit of 1e-5 and 1e-8 added, which hides errors in small gradients. "
        "Write the formula of the text."
    ),
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "not np.allclose(measured, claimed)",
)

finder.slip(
    "allclose-with-a-limit",
    (
        "With rtol=1e-4, np.allclose still compares element by element, and adds 1e-8, which hides errors in small gradients. "
        "Write the formula of the text."
    ),
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "not np.allclose(measured, claimed, rtol=1e-4)",
)

finder.slip(
    "lengths-of-the-difference",
    "You compare lengths (roots of sums of squares). The formula takes the *largest* difference and the largest element.",
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "np.linalg.norm(measured - claimed) > 1e-4 * max(np.linalg.norm(measured), np.linalg.norm(claimed))",
)

finder.slip(
    "exactly-equal",
    "You call every gradient wrong, also the right ones. Print measured and claimed. If they are close: how far apart may they be? If not: is the difference of the two losses divided by 2h?",
    "np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max())",
    "not np.array_equal(measured, claimed)",
)

finder.slip(
    "limit-too-wide",
    "Your limit lets too much pass. Which one does the text ask for?",
    "> 1e-4",
    "> 1e-3",
)

finder.slip(
    "limit-too-narrow",
    "Your limit is too strict. Which one does the text ask for?",
    "> 1e-4",
    "> 1e-5",
)

finder.slip(
    "order-of-params",
    "The names are those of the wrong gradients, but in the order of `params`. Which of the two dicts gives the order?",
    "for name, claimed in gradients.items():",
    "for name in params:\n        claimed = gradients[name]",
)

finder.slip(
    "mean-of-the-differences",
    "You take the mean of the differences, so one wrong element among many hardly shows. Which of them does the formula take?",
    "np.abs(measured - claimed).max()",
    "np.abs(measured - claimed).mean()",
)

finder.slip(
    "sum-of-the-differences",
    "You add up the differences, so that many small ones look like a large one. Which of them does the formula take?",
    "np.abs(measured - claimed).max()",
    "np.abs(measured - claimed).sum()",
)

finder.slip(
    "no-copy",
    (
        "`up = params[name]` is no copy: up and down are the same array, moved up and then down again, so every measured slope is 0. "
        "Where is a `.copy()` missing?"
    ),
    "up, down = params[name].copy(), params[name].copy()",
    "up = down = params[name]",
)

finder.slip(
    "not-halved",
    "Your measured slopes are twice too steep, so every gradient looks wrong. How far is it from one foot to the other?",
    "/ 2e-5",
    "/ 1e-5",
)

finder.slip(
    "never-put-back",
    (
        "An element that was moved stays moved while the next ones are measured. Put it back, or start from a fresh copy each time."
    ),
    "            params[name][place] = here\n",
    "",
    of="one deep copy, put back exactly",
)

finder.slip(
    "stops-at-the-first",
    "Your check stops at the first wrong gradient. There may be more: does a `return` or `break` stand inside the loop?",
    "wrong.append(name)",
    "return [name]",
)


@finder.mistake(
    "params-moved",
    "params was changed. Adding h and taking it away again does not always give the same float, and "
    "`dict(params)` copies the names, not the arrays. Move elements in a copy.",
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
            params[name][place] += 1e-5
        if np.abs(measured - claimed).max() > 1e-4 * max(np.abs(measured).max(), np.abs(claimed).max()):
            wrong.append(name)
    return wrong


finder.equivalent(
    "nn.relative_error(measured, claimed)", "nn.relative_error(claimed, measured)", why="it takes both alike"
)
finder.equivalent(
    "nn.relative_error(measured, claimed) > 0.0001",
    "nn.relative_error(measured, claimed) >= 0.0001",
    why="a measured number is never exactly at the limit",
)
for one, other in (("measured - claimed", "claimed - measured"), ("slope - claimed[place]", "claimed[place] - slope")):
    finder.equivalent(one, other, why="the size of a difference has no sign")
finder.equivalent("params[name]", "gradients[name]", why="only its shape is used, and a gradient has the same")
finder.equivalent("np.array(measured)", "measured", why="an array can be taken from a list")
for text in ("params = {name: value.copy() for name, value in params.items()}", "value.copy()"):
    finder.equivalent(text, why="every element is put back exactly")
finder.equivalent("np.zeros(claimed.shape)", "np.ones(claimed.shape)", why="every place is written")
for text in (
    "[*measured, *claimed]",
    "max(largest, abs(slope), abs(claimed[place]))",
    "abs(slope)",
    "abs(claimed[place])",
    "max(np.abs(measured).max(), np.abs(claimed).max())",
    "np.abs(measured).max()",
    "np.abs(measured)",
    "np.abs(claimed).max()",
    "np.abs(claimed)",
):
    finder.equivalent(
        text, why="where the two sizes differ by more than the limit, so does the gradient: one of them is enough"
    )
