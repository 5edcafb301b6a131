"""Fit a line to points by gradient descent, and note the loss before each step."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


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


fit_line = FunctionExercise("fit-line", reference=fit, points=3, title="Fit a line", tolerance=1e-9)


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
    yield random("three points, 300 steps", *_line(rng, 3), 0.03, 300)
    yield edge("whole numbers, one step", np.array([0, 2]), np.array([1, 5]), 0.1, 1)
    yield edge("it arrives long before the last step", np.array([-1.0, 0.5, 1]), np.array([-1.0, 2, 3]), 0.4, 120)
    yield edge("nothing to learn", np.array([1.0, 2, 4]), np.zeros(3), 0.1, 4)
    yield edge("too large a learning rate", *_line(rng, 6), 2.0, 8)
    yield edge("no step at all", *_line(rng, 4), 0.1, 0)
    yield edge("a single point", *_line(rng, 1), 0.05, 3)


@fit_line.variant("both slopes inside the step")
def _(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
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


fit_line.slip(
    "forgot-x",
    "The slope for w is the same as for b. A weight counts as much as the input it multiplies: what is missing?",
    "error * x",
    "error",
)

fit_line.slip(
    "forgot-two",
    "Your steps are half as long as they should be. What does the slope of error² have in front?",
    "learning_rate * 2",
    "learning_rate",
    of="both weights in one array",
)

fit_line.slip(
    "sum",
    "Your steps grow with the number of points. The loss is a *mean*, so its slopes are means too.",
    "columns.T @ error / len(x)",
    "columns.T @ error",
    of="both weights in one array",
)

fit_line.slip(
    "uphill",
    (
        "Your loss grows from step to step. Take the error as prediction minus truth, and step *against* the slope: "
        "one of the two signs is turned round."
    ),
    "w * x + b - y",
    "y - (w * x + b)",
)

fit_line.slip(
    "predicted-once",
    (
        "Every loss is the same: you predicted once, before the loop. After each step the line is another one. "
        "What has to be computed anew?"
    ),
    "for _ in range(steps):\n        error = w * x + b - y",
    "error = w * x + b - y\n    for _ in range(steps):",
)


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


fit_line.slip(
    "b-stays",
    "b is still 0 at the end. A line has two numbers to learn.",
    "b - learning_rate * 2 * np.mean(error)",
    "b",
)

fit_line.slip(
    "no-losses",
    "You return w and b only. The third thing is the list of the losses, one before each step.",
    "return w, b, losses",
    "return w, b",
)

fit_line.slip(
    "one-loss-too-many",
    "Your list has one loss more than there are steps: leave out the loss at the end.",
    "return w, b, losses",
    "losses.append(float(np.mean((w * x + b - y) ** 2)))\n    return w, b, losses",
)

fit_line.slip(
    "return-in-loop",
    "Your function ends after the first step: is the `return` inside the loop?",
    "\n    return w, b, losses",
    "\n        return w, b, losses",
)

fit_line.slip(
    "one-step-too-few",
    "You take one step too few. How many numbers does `range(n)` give, and with which one does it begin?",
    "range(steps)",
    "range(1, steps)",
)

fit_line.slip(
    "one-step-too-many",
    "You take one step too many. How many numbers does `range(n)` give?",
    "range(steps)",
    "range(steps + 1)",
)

fit_line.slip(
    "sum-of-squares",
    "You note the *sum* of the squared errors. The loss is their mean.",
    "losses.append(float(np.mean(error**2)))",
    "losses.append(float(np.sum(error**2)))",
)

fit_line.slip(
    "mean-error",
    "You note the mean of the errors themselves, so positive and negative ones cancel. The loss is the mean of their *squares*.",
    "losses.append(float(np.mean(error**2)))",
    "losses.append(float(np.mean(error)))",
)

fit_line.slip(
    "half-of-the-loss",
    "You note half of the loss. Some books put ½ in front to get rid of the 2; here, as in lesson 04, there is none.",
    "losses.append(float(np.mean(error**2)))",
    "losses.append(float(np.mean(error**2)) / 2)",
)

fit_line.slip(
    "w-stays",
    "w is still 0 at the end. A line has two numbers to learn.",
    "w - learning_rate * 2 * np.mean(error * x)",
    "w",
)

fit_line.slip(
    "no-rate",
    "You step by the whole slopes. What makes the steps smaller?",
    "w - learning_rate * 2 * np.mean(error * x), b - learning_rate * 2 * np.mean(error)",
    "w - 2 * np.mean(error * x), b - 2 * np.mean(error)",
)

fit_line.slip(
    "forgot-two-for-b",
    "w is right, or nearly; the steps of b are half as long as they should be. Which slope has a 2 in front?",
    "b - learning_rate * 2 * np.mean(error)",
    "b - learning_rate * np.mean(error)",
)

fit_line.slip(
    "starts-at-one",
    "Already the first loss is off. From which w and b does the text start?",
    "w, b, losses = 0.0, 0.0, []",
    "w, b, losses = 1.0, 1.0, []",
)

fit_line.slip(
    "root-of-the-loss",
    "You note the root of the mean squared error. The loss is the mean of the squares as it stands.",
    "losses.append(float(np.mean(error**2)))",
    "losses.append(float(np.sqrt(np.mean(error**2))))",
)

fit_line.slip(
    "last-loss-only",
    "The third thing should be the list of all the losses, one before each step. You return a single number.",
    "return w, b, losses",
    "return w, b, float(np.mean((w * x + b - y) ** 2))",
    when=lambda seen, *case: (
        isinstance(seen, tuple | list)
        and len(seen) == 3
        and isinstance(seen[2], float | int | np.number)
        and not any(isinstance(part, list) for part in seen)
    ),
)

fit_line.equivalent("np.ones_like(x)", "np.ones_like(x, dtype='uint8')", why="ones are ones in every type")
fit_line.equivalent("np.zeros(2)", "np.zeros(2, dtype='uint8')", why="the first step makes floats of them")
fit_line.equivalent("np.zeros(steps)", "np.ones(steps)", why="every place is written")
for name in ("learning_rate", "steps"):
    fit_line.equivalent(name, "changed in place", why="a number cannot be changed in place")
