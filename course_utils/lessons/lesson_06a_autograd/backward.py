"""Walk back once and give every value its gradient."""

from __future__ import annotations

from course_utils.exercises import FunctionExercise, edge, over_there, random, small

from .back_order import from_last_to_first as back_order
from .graphs import EQUAL, LATE, PQ, SQUARE, VW, any_graph, computed, doubling
from .value import Value


def gradients_of(last):
    """Set `grad` of every value that leads to `last`: how fast `last` moves when it moves."""
    order = back_order(last)
    for value in order:
        value.grad = 0.0
    last.grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes, strict=True):
            parent.grad += value.grad * slope


backward = FunctionExercise("backward", reference=gradients_of, points=3, title="Every gradient in one run back")


@backward.given
def _():
    return {"back_order": back_order}


def handed_back(answer, numbers, steps, times):
    """The gradients of all values after so many runs back, and the values that are no longer what they were."""
    values = computed(Value, numbers, steps)
    before = {name: (value.data, value.parents, value.slopes) for name, value in values.items()}
    for _ in range(times):
        answer(values["L"])
    changed = [n for n, value in values.items() if (value.data, value.parents, value.slopes) != before[n]]
    return {"gradients": {name: value.grad for name, value in values.items()}, "changed": changed}


@backward.drive
def _(answer, numbers, steps, times):
    return over_there(handed_back, answer, numbers, steps, times)


@backward.cases
def _(rng):
    yield small("the graph of lesson 06", {"a": 3.0, "b": 2.0, "c": 1.0}, PQ, 1)
    yield small("v leads to L by two ways", {"a": 2.0, "b": 3.0}, VW, 1)
    yield random("a graph of 5 steps", *any_graph(rng, 5), 1)
    yield random("a graph of 9 steps", *any_graph(rng, 9), 1)
    yield edge("L = a · a", {"a": float(rng.uniform(2, 4))}, SQUARE, 1)
    yield edge("a value alone", {"L": float(rng.uniform(2, 4))}, [], 1)
    yield edge("a short way and a long one", {"a": 2.0, "b": float(rng.uniform(2, 4))}, LATE, 1)
    yield edge("different values with equal numbers", {"a": 0.5, "b": 0.5, "c": 0.5}, EQUAL, 1)
    yield edge("eight doublings: 256 ways", {"a": float(rng.uniform(2, 4))}, doubling(8), 1)
    yield edge("called twice on the same graph", *any_graph(rng, 5), 2)


@backward.variant("by the order")
def _(last):
    order = back_order(last)
    for value in order:
        value.grad = 0.0
    last.grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes, strict=True):
            parent.grad += value.grad * slope


@backward.variant("by places, the seed set in the loop")
def _(last):
    order = list(back_order(last))
    for value in order:
        value.grad = 1.0 if value is last else 0
    for value in order:
        for i in range(len(value.parents)):
            value.parents[i].grad = value.parents[i].grad + value.slopes[i] * value.grad


@backward.variant("way by way, with the slopes multiplied on the way")
def _(last):
    for value in back_order(last):
        value.grad = 0.0

    def along(value, slope_so_far):
        value.grad += slope_so_far
        for parent, slope in zip(value.parents, value.slopes, strict=True):
            along(parent, slope_so_far * slope)

    along(last, 1.0)


backward.slip(
    "overwritten",
    "A value that is used twice keeps only what came last: you *set* its gradient. What happens where two ways meet?",
    "parent.grad += value.grad",
    "parent.grad = value.grad",
)

backward.slip(
    "seed-forgotten",
    "All gradients are 0: nothing was there to hand on. With which number does the way back begin, at the last value, is it still there when the walk begins, and is everything written into `grad`?",
    "    last.grad = 1.0\n",
    "",
)

backward.slip(
    "begins-with-the-number",
    "You begin with the *number* of the last value. How much does it grow when it grows by 1?",
    "last.grad = 1.0",
    "last.grad = last.data",
)

backward.slip(
    "from-first-to-last",
    "Only the parents of the last value have received something. Who hands on to *their* parents, and do they have their turn after it has come in?",
    "    for value in order:\n        for parent",
    "    for value in order[::-1]:\n        for parent",
)

backward.slip(
    "slope-alone",
    "Each parent receives the slope alone. By what is it multiplied: what comes in to the value itself?",
    "+= value.grad * slope",
    "+= slope",
)

backward.slip(
    "slope-left-out",
    "What comes in is handed on as it is. By what is it multiplied on the way to a parent?",
    "+= value.grad * slope",
    "+= value.grad",
)

backward.slip(
    "slope-added",
    "You *add* what comes in and the slope. Along a way, how do the two combine?",
    "value.grad * slope",
    "value.grad + slope",
)

backward.slip(
    "number-of-the-value",
    "You multiply by the value's number. What is handed on is what *comes in*, its gradient, times the slope.",
    "value.grad * slope",
    "value.data * slope",
)

backward.slip(
    "number-of-the-parent",
    "You multiply by the parent's own number. Beside each parent stands its slope: `value.slopes`.",
    "value.grad * slope",
    "value.grad * parent.data",
)

backward.slip(
    "not-set-to-zero",
    "Called a second time it gives other gradients: those of the first call are still in them. What must each gradient be before the walk begins?",
    "        value.grad = 0.0",
    "        pass",
)

backward.slip(
    "slopes-in-the-other-order",
    "The first parent receives the slope of the second. Walk through parents and slopes side by side.",
    "zip(value.parents, value.slopes, strict=True)",
    "zip(value.parents, value.slopes[::-1], strict=True)",
)

backward.slip(
    "first-parent-only",
    "Only the first parent receives something. What becomes of the second?",
    "zip(value.parents, value.slopes, strict=True)",
    "zip(value.parents[:1], value.slopes, strict=False)",
)

backward.slip(
    "shared-out",
    "You divide by the number of parents. A plus hands on in full, to both: nothing is shared out.",
    "value.grad * slope",
    "value.grad * slope / len(value.parents)",
)


@backward.mistake(
    "handed-on-at-every-visit",
    "A value that is reached twice hands on twice, the second time with the first share in it again. Each has its turn *once*, when all has come in: `back_order` says when.",
)
def _(last):
    for value in back_order(last):
        value.grad = 0.0
    last.grad = 1.0

    def visit(value):
        for parent, slope in zip(value.parents, value.slopes, strict=True):
            parent.grad += value.grad * slope
            visit(parent)

    visit(last)


backward.equivalent(
    "for value in order: …", "for value in list(order)[1:]: …", why="the last value's gradient is set to 1 right after"
)
backward.equivalent(
    "for value in order: …",
    "for value in list(order)[:-1]: …",
    why="the end of the order is a number without parents: it hands on nothing",
)
backward.equivalent("the result", why="nothing is returned: the gradients are in the values")
backward.equivalent("last", "changed in place", why="a value is neither an array nor a list that could be spoilt")
