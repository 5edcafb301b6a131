"""Exercises of lesson 05: measured slopes, the update rule, learning rates, fitting a line, epochs and mini-batches."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small
from .core.compare import family

lesson = Lesson("05_gradient_descent", "Gradient descent")

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


# The measured gradient --------------------------------------------------------------------------------


def central_differences(f, x, h):
    """(f(x + h e_i) - f(x - h e_i)) / (2 h) for each element i."""
    return nn.numerical_gradient(f, x, h)


measured = lesson.function("numerical-gradient", reference=central_differences, points=3, title="A gradient, measured")


@measured.cases
def _(rng):
    yield small("x³ at 1 and 2, with h = 0.5", cubes, np.array([1.0, 2.0]), 0.5)
    yield random("waves", waves, rng.normal(size=5), 0.1)
    yield random("a mountain", mountain, rng.normal(size=4), 0.2)
    yield edge("a single number", cubes, rng.uniform(1, 2, size=1), 0.1)
    yield edge("a small step", mountain, rng.normal(size=6), 1e-5)


@measured.mistake(
    "one-sided",
    "You compare x + h with x itself, so you only look uphill or downhill of the place. Look on *both* sides of it.",
)
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        up = x.copy()
        up[i] += h
        slopes[i] = (f(up) - f(x)) / h
    return slopes


@measured.mistake("forgot-two", "Your slopes are twice too steep. How far is it from x - h to x + h?")
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / h
    return slopes


@measured.mistake(
    "all-at-once",
    "`x + h` moves every element at the same time, so you cannot tell who moved the result. "
    "Move one element, and let the others stay.",
)
def _(f, x, h):
    return np.full(len(x), (f(x + h) - f(x - h)) / (2 * h))


@measured.mistake("one-number", "You return one number. A gradient has one slope for *each* element of x.")
def _(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


@measured.mistake("sign", "All signs are turned round. If f is larger at x + h than at x - h, the slope is positive.")
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(down) - f(up)) / (2 * h)
    return slopes


@measured.mistake(
    "brackets",
    "`a / 2 * h` is read as `(a / 2) * h`: Python goes from left to right. What has to stand together below the line?",
)
def _(f, x, h):
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / 2 * h
    return slopes


@measured.mistake(
    "never-put-back",
    "The first slope is right, the later ones are not: an element that you moved stays moved while you measure the next. "
    "Start from a fresh copy of x each time.",
)
def _(f, x, h):
    slopes = np.zeros(len(x))
    up, down = x.copy(), x.copy()
    for i in range(len(x)):
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@measured.mistake(
    "input-moved",
    "The slopes are right, but x itself was moved about. Adding h and taking it away again does not always give exactly "
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


# The update rule --------------------------------------------------------------------------------------


def downhill(w, gradient, learning_rate):
    """w - learning_rate * gradient."""
    return w - learning_rate * gradient


step = lesson.function("gradient-step", reference=downhill, points=2, title="One step downhill")


@step.cases
def _(rng):
    yield small("slopes 6 and -2, learning rate 0.1", np.array([3.0, 1.0]), np.array([6.0, -2.0]), 0.1)
    yield random("four weights", rng.normal(size=4), rng.normal(size=4), rng.uniform(0.01, 0.5))
    yield random("a table of weights", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), rng.uniform(0.01, 0.5))
    yield edge("flat ground", rng.normal(size=3), np.zeros(3), 0.1)
    yield edge("a single weight, a large step", rng.normal(size=1), rng.normal(size=1), 2.0)


@step.mistake("uphill", "You went *up*. The gradient points to where the loss grows. Which way do you want to go?")
def _(w, gradient, learning_rate):
    return w + learning_rate * gradient


@step.mistake("no-rate", "You took the whole gradient as the step. What makes the step smaller?")
def _(w, gradient, learning_rate):
    return w - gradient


@step.mistake("only-the-step", "This is how far to go, not where you arrive. From where did you start?")
def _(w, gradient, learning_rate):
    return learning_rate * gradient


@step.mistake(
    "only-minus-the-step", "This is the move itself: its direction is right. Add it to the place where you stand."
)
def _(w, gradient, learning_rate):
    return -learning_rate * gradient


@step.mistake(
    "divided", "You divide by the learning rate, so a small rate makes a huge step. It should make a small one."
)
def _(w, gradient, learning_rate):
    return w - gradient / learning_rate


@step.mistake(
    "brackets",
    "The learning rate multiplies the weight too. It belongs to the gradient alone: which brackets are too many?",
)
def _(w, gradient, learning_rate):
    return learning_rate * (w - gradient)


@step.mistake(
    "sign-only",
    "You go the same distance however steep the ground is. The size of the slope counts too, not only its sign.",
)
def _(w, gradient, learning_rate):
    return w - learning_rate * np.sign(gradient)


@step.mistake(
    "changes-input", "The result is right, but `w -= …` writes into the caller's array. Return a new one: `w - …`."
)
def _(w, gradient, learning_rate):
    w -= learning_rate * gradient
    return w


@step.variant("a plus and a minus")
def _(w, gradient, learning_rate):
    return w + (-learning_rate) * gradient


@step.variant("loop")
def _(w, gradient, learning_rate):
    moved = w.copy()
    for place in np.ndindex(w.shape):
        moved[place] = w[place] - learning_rate * gradient[place]
    return moved


@step.variant("float32")
def _(w, gradient, learning_rate):
    return np.subtract(w, learning_rate * gradient).astype(np.float32)


# Reading learning rates -------------------------------------------------------------------------------

rates = lesson.values(
    "learning-rates",
    points=3,
    title="Read the learning rate",
    reference=lambda: {
        "curve_a": "too large",
        "curve_b": "too small",
        "curve_c": "diverges",
        "curve_d": "good",
        "rate_of_one_jump": 0.25,
        "limit": 0.5,
    },
)


@rates.mistake(
    "zigzag-diverges", "Curve A jumps from side to side, but look at the size of the jumps: do they grow or shrink?"
)
def _():
    return {"curve_a": "diverges"}


@rates.mistake(
    "diverges-as-too-large", "In curve C the jumps *grow*. It is worse than too large: will it ever come back?"
)
def _():
    return {"curve_c": "too large"}


@rates.mistake(
    "slow-is-good",
    "Curve B goes the right way without a jump, but after 20 steps it is still far from 0. Could the steps be longer?",
)
def _():
    return {"curve_b": "good"}


@rates.mistake(
    "fast-is-too-large",
    "Curve D is at the bottom after a few steps, without a single jump to the other side. What more can you want?",
)
def _():
    return {"curve_d": "too large"}


@rates.mistake(
    "slope-of-the-text",
    "0.5 and 1 are right for f(w) = w². Here f(w) = 2w², which is twice as steep: its slope is 4w. Which number then "
    "multiplies w in each step?",
)
def _():
    return {"rate_of_one_jump": 0.5, "limit": 1.0}


@rates.mistake(
    "swapped",
    "You have the two rates the wrong way round. The one that jumps to the bottom makes the factor 0, the limit makes it -1.",
)
def _():
    return {"rate_of_one_jump": 0.5, "limit": 0.25}


@rates.mistake(
    "factor-zero-as-limit",
    "At 0.25 the factor is 0: one jump to the bottom. A factor of -0.5 still shrinks. Which factor is the first that does not?",
)
def _():
    return {"limit": 0.25}


@rates.variant("capital letters")
def _():
    return {"curve_a": "Too large", "curve_d": "GOOD"}


@rates.variant("as fractions")
def _():
    return {"rate_of_one_jump": 1 / 4, "limit": np.float64(2 / 4)}


# Fitting a line ---------------------------------------------------------------------------------------


def fit(x, y, learning_rate, steps):
    """Gradient descent on mean((w x + b - y)^2) from w = b = 0: w, b, and the loss before each step."""
    w = b = 0.0
    losses = []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        dw, db = 2 * np.mean(error * x), 2 * np.mean(error)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, losses


fit_line = lesson.function("fit-line", reference=fit, points=3, title="Fit a line")


@fit_line.drive
def _(answer, x, y, learning_rate, steps):
    result = answer(x, y, learning_rate, steps)
    if isinstance(result, tuple | list) and len(result) == 3 and isinstance(result[2], np.ndarray):
        return (*result[:2], result[2].tolist())  # an array of losses is as good as a list
    return result


def _line(rng, samples):
    x = rng.normal(0.5, 1, size=samples)
    return x, rng.normal() * x + rng.normal() + 0.1 * rng.normal(size=samples)


@fit_line.cases
def _(rng):
    yield small("two points, two steps", np.array([0.0, 2.0]), np.array([1.0, 5.0]), 0.1, 2)
    yield random("eight points, five steps", *_line(rng, 8), 0.1, 5)
    yield random("five points, 30 steps", *_line(rng, 5), 0.05, 30)
    yield edge("no step at all", *_line(rng, 4), 0.1, 0)
    yield edge("a single point", *_line(rng, 1), 0.05, 3)


@fit_line.mistake(
    "new-w-for-b",
    "w is right after the first step, b is not. You used the *new* w to find the way for b. "
    "Find both slopes first, from the same errors, then move both.",
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        losses.append(float(np.mean((w * x + b - y) ** 2)))
        w = w - learning_rate * 2 * np.mean((w * x + b - y) * x)
        b = b - learning_rate * 2 * np.mean(w * x + b - y)
    return w, b, losses


@fit_line.mistake(
    "forgot-x",
    "The slope for w is the same as for b. A weight counts as much as the input it multiplies: what is missing?",
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * 2 * np.mean(error), b - learning_rate * 2 * np.mean(error)
    return w, b, losses


@fit_line.mistake(
    "forgot-two", "Your steps are half as long as they should be. What does the slope of error² have in front?"
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * np.mean(error * x), b - learning_rate * np.mean(error)
    return w, b, losses


@fit_line.mistake(
    "sum", "Your steps grow with the number of points. The loss is a *mean*, so its slopes are means too."
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * 2 * np.sum(error * x), b - learning_rate * 2 * np.sum(error)
    return w, b, losses


@fit_line.mistake(
    "uphill",
    "Your loss grows from step to step. Take the error as prediction minus truth, and step *against* the slope: "
    "one of the two signs is turned round.",
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = y - (w * x + b)
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)
    return w, b, losses


@fit_line.mistake(
    "predicted-once",
    "Every loss is the same: you predicted once, before the loop. After each step the line is another one. "
    "What has to be computed anew?",
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    error = w * x + b - y
    for _ in range(steps):
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)
    return w, b, losses


@fit_line.mistake(
    "loss-after-step", "w and b are right. You note each loss *after* the step; the text asks for the loss *before* it."
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)
        losses.append(float(np.mean((w * x + b - y) ** 2)))
    return w, b, losses


@fit_line.mistake("b-stays", "b is still 0 at the end. A line has two numbers to learn.")
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w = w - learning_rate * 2 * np.mean(error * x)
    return w, b, losses


@fit_line.mistake(
    "no-losses", "You return w and b only. The third thing is the list of the losses, one before each step."
)
def _(x, y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)
    return w, b


@fit_line.mistake(
    "one-loss-too-many", "Your list has one loss more than there are steps: leave out the loss at the end."
)
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)
    losses.append(float(np.mean((w * x + b - y) ** 2)))
    return w, b, losses


@fit_line.mistake("return-in-loop", "Your function ends after the first step: is the `return` inside the loop?")
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(min(steps, 1)):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w, b = w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)
    return w, b, losses


@fit_line.variant("both weights in one array")
def _(x, y, learning_rate, steps):
    columns = np.stack([x, np.ones_like(x)], axis=1)
    weights, losses = np.zeros(2), []
    for _ in range(steps):
        error = columns @ weights - y
        losses.append(error @ error / len(x))
        weights = weights - learning_rate * 2 * columns.T @ error / len(x)
    return weights[0], weights[1], losses


@fit_line.variant("the losses as an array")
def _(x, y, learning_rate, steps):
    w, b = np.float64(0), np.float64(0)
    losses = np.zeros(steps)
    for k in range(steps):
        error = y - w * x - b
        losses[k] = np.mean(np.square(error))
        dw, db = -2 * np.mean(error * x), -2 * np.mean(error)
        w -= learning_rate * dw
        b -= learning_rate * db
    return w, b, losses


@fit_line.variant("a loop over the points, as a list")
def _(x, y, learning_rate, steps):
    w = b = 0
    losses = []
    for _ in range(steps):
        loss = dw = db = 0
        for xi, yi in zip(x, y, strict=True):
            error = w * xi + b - yi
            loss += error**2 / len(x)
            dw += 2 * error * xi / len(x)
            db += 2 * error / len(x)
        losses.append(loss)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return [w, b, losses]


# Counting epochs, batches and iterations --------------------------------------------------------------

count = lesson.values(
    "count-updates",
    points=2,
    title="Count the iterations",
    reference=lambda: {
        "iterations_per_epoch": 1875,
        "iterations_in_all": 9375,
        "batches_of_1000": 32,
        "size_of_the_last": 8,
        "iterations_full_batch": 5,
    },
)


@count.mistake(
    "one-epoch", "1875 iterations are *one* epoch. In 5 epochs the network sees all the images how many times?"
)
def _():
    return {"iterations_in_all": 1875}


@count.mistake(
    "samples-not-batches", "You counted an iteration for every image. The weights move once for a whole *batch*."
)
def _():
    return {"iterations_per_epoch": 60000, "iterations_in_all": 300000}


@count.mistake("size-for-number", "32 is how many images are in a batch. How many such batches do 60,000 images make?")
def _():
    return {"iterations_per_epoch": 32}


@count.mistake("rest-forgotten", "31 full batches hold 992 samples. What happens to the other 8?")
def _():
    return {"batches_of_1000": 31}


@count.mistake("last-is-full", "1000 is not a multiple of 32. How many are left after 31 full batches?")
def _():
    return {"size_of_the_last": 32}


@count.mistake(
    "full-batch-once", "With one batch for everything there is one iteration *per epoch*. How many epochs are there?"
)
def _():
    return {"iterations_full_batch": 1}


@count.variant("as floats")
def _():
    return {"iterations_per_epoch": 60000 / 32, "iterations_in_all": 60000 / 32 * 5}


@count.variant("with NumPy")
def _():
    return {"batches_of_1000": np.ceil(1000 / 32), "size_of_the_last": np.int64(1000 % 32)}


# Mini-batches -----------------------------------------------------------------------------------------


def shuffled_batches(x, y, batch_size, seed):
    """All samples once, in a random order, batch_size at a time, as a list of pairs (x part, y part)."""
    return list(nn.batches(x, y, batch_size, np.random.default_rng(seed)))


minibatches = lesson.function("minibatches", reference=shuffled_batches, points=3, title="Mini-batches")

SHUFFLE_SHOWS = 10  # so many samples hardly ever come out of a shuffle in their old order


def _samples(rng, count):
    return rng.normal(size=(count, 2)), rng.permutation(count).astype(float)


@minibatches.cases
def _(rng):
    yield small("5 samples, 2 at a time", *_samples(rng, 5), 2, int(rng.integers(1000)))
    yield random("22 samples, 4 at a time", *_samples(rng, 22), 4, int(rng.integers(1000)))
    yield random("15 samples, 5 at a time", *_samples(rng, 15), 5, int(rng.integers(1000)))
    yield edge("one at a time", *_samples(rng, 12), 1, int(rng.integers(1000)))
    yield edge("a batch larger than the data", *_samples(rng, 11), 32, int(rng.integers(1000)))


@minibatches.drive
def _(answer, x, y, batch_size, seed):
    before = x.copy(), y.copy()
    first, other = answer(x, y, batch_size, seed), answer(x, y, batch_size, seed + 1)
    same = all(np.array_equal(a, b) for a, b in zip(before, (x, y), strict=True))
    return {"batches": first, "other seed": other, "changed": not same}


def diagnose(seen: dict[str, Any], x: np.ndarray, y: np.ndarray, size: int, seed: int = 0) -> tuple[str, str]:
    """The name of what is wrong with the batches of one epoch and a sentence about it; ("", "") when all is right."""
    if seen["changed"]:
        return "changed", "x or y itself was shuffled; the caller still needs it as it was"
    for batches in (seen["batches"], seen["other seed"]):
        name, told = _one_epoch(batches, x, y, size)
        if name:
            return name, told
    orders = [_places(batches, x) for batches in (seen["batches"], seen["other seed"])]
    if len(x) < SHUFFLE_SHOWS:
        return "", ""
    if orders[0] == sorted(orders[0]):
        return "old order", "the samples come in their old order: they were not shuffled"
    if orders[0] == orders[1]:
        return "same order", "two different seeds give the same order"
    return "", ""


def _one_epoch(batches: Any, x: np.ndarray, y: np.ndarray, size: int) -> tuple[str, str]:
    if family(batches) != "a list or tuple":
        return "no list", f"it should be a list of batches, but is {family(batches)}"
    if not all(map(_is_pair, batches)):
        return "no pairs", "each batch should be a pair of NumPy arrays: some rows of x, and their labels from y"
    if any(xb.shape != (len(yb), *x.shape[1:]) or yb.shape != (len(yb), *y.shape[1:]) for xb, yb in batches):
        return "shapes", "in a batch, the rows of x and the labels do not have the shapes that they should have"
    full, rest = divmod(len(x), size)
    wanted, sizes = [size] * full + [rest] * bool(rest), [len(yb) for _, yb in batches]
    if sizes != wanted:
        name = "rest left out" if sizes == [size] * full else "size as count" if len(sizes) == size else "sizes"
        return name, f"the batches should have the sizes {wanted}, but have {sizes}"
    places = _places(batches, x)
    if -1 in places:
        return "strangers", "there are rows in the batches that are not in x"
    if len(set(places)) < len(x):
        return "repeats", f"{len(x) - len(set(places))} of the {len(x)} samples never come, and others come twice"
    if not np.array_equal(y[places], np.concatenate([yb for _, yb in batches])):
        return "parted", "some samples have the label of another sample"
    return "", ""


def _is_pair(batch: Any) -> bool:
    return (
        isinstance(batch, list | tuple)
        and len(batch) == 2
        and all(isinstance(part, np.ndarray) and part.ndim and part.dtype.kind in "fiu" for part in batch)
    )


def _places(batches: Sequence, x: np.ndarray) -> list[int]:
    """At which row of x each row of the batches stands; -1 for none."""
    rows = [row for xb, _ in batches for row in xb]
    found = [np.flatnonzero((x == row).all(axis=1)) for row in rows]
    return [int(at[0]) if len(at) else -1 for at in found]


@minibatches.accept
def _(seen, x, y, batch_size, seed):
    return diagnose(seen, x, y, batch_size)[1] or None


def shows(name):
    """Recognises an answer by what `diagnose` says of it."""
    return lambda seen, *case: diagnose(seen, *case)[0] == name


@minibatches.mistake(
    "rest-left-out",
    "The samples at the end that do not fill a whole batch are lost. Let the last batch be smaller.",
    when=shows("rest left out"),
)
def _(x, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    batches = []
    for k in range(len(x) // batch_size):
        chosen = order[k * batch_size : (k + 1) * batch_size]
        batches.append((x[chosen], y[chosen]))
    return batches


@minibatches.mistake(
    "shuffled-apart",
    "x and y were shuffled in two different orders, so samples have lost their labels. "
    "Draw *one* order, and use it for both.",
    when=shows("parted"),
)
def _(x, y, batch_size, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.permutation(x), rng.permutation(y)
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]


@minibatches.mistake(
    "not-shuffled",
    "Every sample comes once, but in the old order. If the data are sorted by class, each batch shows one class only. "
    "What does `rng.permutation(len(x))` give?",
    when=shows("old order"),
)
def _(x, y, batch_size, seed):
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]


@minibatches.mistake(
    "same-order-every-time",
    "The order is the same for every seed, so every epoch meets the same batches. Is `seed` used?",
    when=shows("same order"),
)
def _(x, y, batch_size, seed):
    order = np.random.default_rng(0).permutation(len(x))
    return [(x[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in range(0, len(x), batch_size)]


@minibatches.mistake(
    "drawn-with-replacement",
    "You draw each sample anew, so some come twice and others never. In an epoch every sample comes exactly once: "
    "you want an *order*, like that of a shuffled deck of cards.",
    when=shows("repeats"),
)
def _(x, y, batch_size, seed):
    chosen = np.random.default_rng(seed).integers(0, len(x), size=len(x))
    return [(x[chosen[i : i + batch_size]], y[chosen[i : i + batch_size]]) for i in range(0, len(x), batch_size)]


@minibatches.mistake(
    "size-as-count",
    "You made `batch_size` batches. It says how many *samples* each batch holds.",
    when=shows("size as count"),
)
def _(x, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    return [(x[part], y[part]) for part in np.array_split(order, batch_size)]


@minibatches.mistake(
    "two-lists",
    "You return all the batches of x and all the batches of y, apart. Return one list; each item is a pair, as in "
    "`batches.append((…, …))`.",
    when=shows("no pairs"),
)
def _(x, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    starts = range(0, len(x), batch_size)
    return [x[order[i : i + batch_size]] for i in starts], [y[order[i : i + batch_size]] for i in starts]


@minibatches.mistake(
    "shuffled-in-place",
    "`rng.shuffle(x)` shuffles the caller's own array, and only x, not y. Shuffle the *numbers of the rows* instead: "
    "`rng.permutation(len(x))`.",
    when=shows("changed"),
)
def _(x, y, batch_size, seed):
    np.random.default_rng(seed).shuffle(x)
    np.random.default_rng(seed).shuffle(y)
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]


@minibatches.variant("rows by an index array")
def _(x, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    x, y = x[order], y[order]
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]


@minibatches.variant("a while loop and a shuffled list")
def _(x, y, batch_size, seed):
    order = list(range(len(y)))
    np.random.default_rng(seed).shuffle(order)
    batches = []
    while order:
        chosen, order = order[:batch_size], order[batch_size:]
        batches.append([x[chosen], y[chosen]])
    return batches


@minibatches.variant("split at every batch_size, with the older generator")
def _(x, y, batch_size, seed):
    order = np.random.RandomState(seed).permutation(len(x))
    return tuple((x[part], y[part]) for part in np.split(order, range(batch_size, len(x), batch_size)))
