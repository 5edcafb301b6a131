"""Train any values down any loss: build the graph, walk back, move, and do it all again."""

from __future__ import annotations

from course_utils.exercises import FunctionExercise, edge, over_there, random, small

from .backward import gradients_of as backward
from .value import Value


def descend(params, loss, steps, rate):
    """The losses on the way; each step builds the loss anew, walks back, and moves every parameter downhill."""
    losses = []
    for _ in range(steps):
        last = loss()
        backward(last)
        losses.append(last.data)
        for p in params:
            p.data -= rate * p.grad
    return losses


train = FunctionExercise("train", reference=descend, points=3, title="Train with it")


@train.given
def _():
    return {"backward": backward, "Value": Value}


def squared_error(params, points, make):
    """The sum of (w · x + b - y)² over the points, of values that `make` makes; b is the last of the parameters."""
    *weights, bias = params
    total = make(0.0)
    for *x, y in points:
        error = bias + make(-y)
        for weight, one in zip(weights, x, strict=True):
            error = error + weight * make(one)
        total = total + error * error
    return total


def trained(answer, start, points, steps, rate):
    """The losses that the answer gives, and where its parameters end."""
    params = [Value(number) for number in start]
    losses = answer(params, lambda: squared_error(params, points, Value), steps, rate)
    if losses is None:
        return None
    told = ["a value" if isinstance(one, Value) else one for one in losses]
    return {"losses": told, "parameters": [p.data for p in params]}


@train.drive
def _(answer, start, points, steps, rate):
    return over_there(trained, answer, start, points, steps, rate)


def _any(rng, inputs, count, steps):
    rows = rng.uniform(0.3, 1, (count, inputs + 1)) * rng.choice([-1, 1], (count, inputs + 1))
    return rng.uniform(0.5, 1.5, inputs + 1).tolist(), rows.tolist(), steps, float(rng.uniform(0.02, 0.05))


@train.cases
def _(rng):
    yield small("the point (2, 6), from w = 1 and b = 0", [1.0, 0.0], [(2.0, 6.0)], 3, 0.05)
    yield random("one weight, three points", *_any(rng, 1, 3, 6))
    yield random("two weights, four points", *_any(rng, 2, 4, 8))
    yield edge("a single step", *_any(rng, 1, 2, 1))
    yield edge("no step at all", *_any(rng, 1, 2, 0))
    yield edge("a rate of 0", *_any(rng, 1, 2, 3)[:3], 0.0)
    yield edge("a bias alone", *_any(rng, 0, 3, 4))


@train.variant("as the text tells it")
def _(params, loss, steps, rate):
    losses = []
    for _ in range(steps):
        last = loss()
        backward(last)
        losses.append(last.data)
        for p in params:
            p.data -= rate * p.grad
    return losses


@train.variant("counting down, the moves worked out first")
def _(params, loss, steps, rate):
    losses = []
    while len(losses) < steps:
        now = loss()
        losses += [now.data]
        backward(now)
        moves = [-rate * p.grad for p in params]
        for p, move in zip(params, moves, strict=True):
            p.data = p.data + move
    return losses


train.slip(
    "uphill",
    "The loss grows: you go uphill. Which sign leads down?",
    "p.data -= rate",
    "p.data += rate",
)

train.slip(
    "no-rate",
    "The gradient is taken at full size. What makes the step smaller?",
    "rate * p.grad",
    "p.grad",
)

train.slip(
    "nothing-moves",
    "No parameter has moved. Two things must happen at each step: `backward` fills in the gradients, and the number *in* each parameter, `p.data`, changes. Which of them does not?",
    "        backward(last)\n",
    "",
)

train.slip(
    "values-in-the-list",
    "Your list holds values. A loss is a number: which part of the value is it?",
    "losses.append(last.data)",
    "losses.append(last)",
)

train.slip(
    "first-parameter-only",
    "Only the first parameter moves. What becomes of the others?",
    "for p in params:",
    "for p in params[:1]:",
)

train.slip(
    "bias-stays",
    "The last parameter, the bias, stays where it is. It has a gradient too.",
    "for p in params:",
    "for p in params[:-1]:",
)

train.slip(
    "placed-at-the-gradient",
    "Each parameter is set *to* the step. It should move *by* it, from where it is.",
    "p.data -= rate * p.grad",
    "p.data = -rate * p.grad",
)

train.slip(
    "own-number-as-gradient",
    "Each parameter shrinks by a part of itself. What says which way is down?",
    "rate * p.grad",
    "rate * p.data",
)

train.slip(
    "one-step-too-few",
    "A step is missing. How often does `range(steps)` go round?",
    "range(steps)",
    "range(steps - 1)",
)

train.slip(
    "one-step-too-many",
    "There is a step too many. How often does `range(steps)` go round?",
    "range(steps)",
    "range(steps + 1)",
)

train.slip(
    "last-loss-only",
    "You return the last loss. All of them are wanted, in a list.",
    "    return losses",
    "    return losses[-1:]",
)

train.slip(
    "only-the-sign",
    "Every step is as long as the rate, however steep the ground is. The gradient has a size as well as a sign.",
    "rate * p.grad",
    "rate * (1.0 if p.grad > 0 else -1.0)",
)


@train.mistake(
    "graph-built-once",
    "The loss is the same at every step. Your graph was built once, before the loop, and remembers the numbers and slopes of that time. When must `loss()` be called?",
)
def _(params, loss, steps, rate):
    losses, last = [], loss()
    for _ in range(steps):
        backward(last)
        losses.append(last.data)
        for p in params:
            p.data -= rate * p.grad
    return losses


@train.mistake(
    "loss-after-the-step",
    "Your list holds the losses *after* each step, so the first one, before any step, is missing. When is a loss written down?",
)
def _(params, loss, steps, rate):
    losses = []
    for _ in range(steps):
        backward(loss())
        for p in params:
            p.data -= rate * p.grad
        losses.append(loss().data)
    return losses


@train.mistake(
    "one-after-the-other",
    "You walk back anew for each parameter, when others have moved already. One graph, one walk back, then *all* of them move.",
)
def _(params, loss, steps, rate):
    losses = []
    for _ in range(steps):
        losses.append(loss().data)
        for p in params:
            backward(loss())
            p.data -= rate * p.grad
    return losses


train.equivalent("loss", "changed in place", why="a function cannot be spoilt")
train.equivalent("steps", "changed in place", why="a number is never changed in place")
train.equivalent("rate", "changed in place", why="a number is never changed in place")
