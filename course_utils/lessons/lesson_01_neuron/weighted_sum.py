"""Compute a neuron's weighted sum: inputs times weights, added up, plus the bias."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import numbers

weighted_sum = FunctionExercise(
    "weighted-sum", reference=nn.weighted_sum, points=2, title="The weighted sum", library=(nn.dense, nn.neuron)
)


@weighted_sum.cases
def _(rng):
    yield small("three inputs: 3 - 2 + 6, and the bias 10", np.array([1.0, 2.0, 3.0]), np.array([3.0, -1.0, 2.0]), 10.0)
    yield random("three inputs", *numbers(rng, 3))
    yield random("five inputs", *numbers(rng, 5))
    yield random("inputs and weights with many places", *rng.normal(size=(2, 4)), float(rng.normal()))
    yield random("more against than for", rng.uniform(1, 2, size=3), -rng.uniform(1, 2, size=3), float(rng.normal()))
    yield random("twenty inputs", *rng.normal(size=(2, 20)), float(rng.normal()))
    yield edge("a single input", *numbers(rng, 1))
    yield edge("a negative bias, and a negative total", np.array([1.0, 2.0]), np.array([-3.0, 1.0]), -2.5)
    yield edge("large numbers", *rng.uniform(1e3, 9e3, size=(2, 3)), float(rng.uniform(1e3, 9e3)))
    yield edge("inputs that are whole numbers", rng.choice([3, 5, 7], size=3), np.array([0.5, 1.25, 0.75]), -2)
    yield edge("all inputs 0: only the bias is left", np.zeros(4), numbers(rng, 4)[1], 1.5)


@weighted_sum.variant("products, then sum")
def _(x, w, b):
    return np.sum(x * w) + b


@weighted_sum.variant("matrix product")
def _(x, w, b):
    return x @ w + b


@weighted_sum.variant("loop over pairs")
def _(x, w, b):
    total = b
    for value, weight in zip(x, w, strict=True):
        total = total + value * weight
    return total


@weighted_sum.variant("float32")
def _(x, w, b):
    return np.dot(x.astype(np.float32), w.astype(np.float32)) + np.float32(b)


@weighted_sum.variant("the bias as one more weight")
def _(x, w, b):
    return np.append(x, 1.0) @ np.append(w, b)


weighted_sum.slip(
    "forgot-bias",
    "The products are right and added up, but b is not in your result. Where does it come in, and is the sum with it kept?",
    " + b",
    "",
)

weighted_sum.slip(
    "bias-each-time",
    "The bias went in once for each input. A neuron has one bias: add it after the sum, not inside it.",
    "np.sum(x * w) + b",
    "np.sum(x * w + b)",
)

weighted_sum.slip(
    "no-sum",
    "You return one number for each input. A neuron gives a single number: what happens to the products?",
    "np.sum(x * w)",
    "x * w",
)

weighted_sum.slip(
    "added-not-multiplied",
    "Input and weight are added. With a weight of 0 an input should not count at all. Which sign does that?",
    "x * w",
    "x + w",
)

weighted_sum.slip(
    "bias-as-factor",
    "You multiply by the bias. With a bias of 0 nothing would ever come out. How does the bias join the sum?",
    " + b",
    " * b",
)

weighted_sum.slip(
    "sums-multiplied",
    (
        "You add up first and multiply the sums. Then every weight meets every input. "
        "Each weight belongs to one input: which step comes first?"
    ),
    "np.sum(x * w)",
    "np.sum(x) * np.sum(w)",
)

weighted_sum.slip(
    "average",
    "You take the average of the products. A neuron adds them up and does not divide.",
    "np.sum",
    "np.mean",
)

weighted_sum.slip(
    "last-input-missing",
    "The last input is never used. What is the last value of i in `range(len(x) - 1)`?",
    "zip(x, w, strict=True)",
    "zip(x[:-1], w[:-1], strict=True)",
    of="loop over pairs",
)

weighted_sum.slip(
    "nothing-returned",
    (
        "Your function works something out and hands nothing back. `print` only shows a number. "
        "Which word gives it to the caller?"
    ),
    "return np.sum(x * w) + b",
    "total = x @ w + b\n    del total",
)

weighted_sum.slip(
    "bias-taken-away",
    "The bias is taken away. Look at the formula: which sign stands before b?",
    " + b",
    " - b",
)

weighted_sum.slip(
    "with-activation",
    "This total went through an activation. Here the weighted sum alone is asked for; the sigmoid comes in exercise 3.",
    "np.sum(x * w) + b",
    "1 / (1 + np.exp(-(x @ w + b)))",
)

weighted_sum.slip(
    "never-negative",
    "A negative total became 0. A total may be any number, also a negative one.",
    "np.sum(x * w) + b",
    "np.maximum(0, x @ w + b)",
)

weighted_sum.slip(
    "rounded",
    "Right, but rounded to two places. That is enough on paper; a function hands on all that it has.",
    "np.sum(x * w) + b",
    "np.round(x @ w + b, 2)",
)

weighted_sum.slip(
    "last-product-only",
    "Only the last product is left in the sum: each turn of the loop forgets the one before. How does a sum grow?",
    "total + value",
    "b + value",
    of="loop over pairs",
)

weighted_sum.slip(
    "returns-too-early",
    "Only the first product is in the sum. How often does your loop run before the function returns?",
    "\n    return total",
    "\n        return total",
    of="loop over pairs",
)

for one, other in (
    ("x @ w", "w @ x"),
    (
        "np.dot(x.astype(np.float32), w.astype(np.float32))",
        "np.dot(w.astype(np.float32), x.astype(np.float32))",
    ),
    ("np.append(x, 1.0) @ np.append(w, b)", "np.append(w, b) @ np.append(x, 1.0)"),
):
    weighted_sum.equivalent(one, other, why="the dot product of two rows may be turned round")

weighted_sum.slip(
    "first-input-missing",
    "The first input is never used. Python counts from 0: what is the first value of i in `range(1, len(x))`?",
    "zip(x, w, strict=True)",
    "zip(x[1:], w[1:], strict=True)",
    of="loop over pairs",
)

weighted_sum.slip(
    "bias-twice",
    "The bias went in twice. Where does your sum begin, and what is added at the end?",
    "return total",
    "return total + b",
    of="loop over pairs",
)

weighted_sum.slip(
    "products-multiplied",
    "The products are multiplied with each other. A neuron adds them up: what is the difference between `prod` and `sum`?",
    "np.sum(x * w)",
    "np.prod(x * w)",
)

weighted_sum.slip(
    "inputs-added-first",
    "You add the inputs up and multiply the sum by each weight. Each input has its own weight: which step comes first?",
    "np.sum(x * w)",
    "np.sum(x) * w",
)

weighted_sum.slip(
    "all-in-one-array",
    "The number is right, but it stands in an array of length 1. The result is one number: are there brackets too many?",
    "np.sum(x * w) + b",
    "np.array([x @ w + b])",
)


@weighted_sum.mistake(
    "three-inputs-only",
    "Right for three inputs. A neuron may have one input or a hundred: how long is x? `len(x)` tells.",
)
def _(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b


@weighted_sum.mistake(
    "cut-to-whole-numbers",
    "Right as long as the inputs have a point. An array made like whole numbers holds only whole numbers, "
    "and cuts a product such as 1.5 down to 1. Which kind of numbers should yours hold?",
)
def _(x, w, b):
    products = np.zeros_like(x)
    for i in range(len(x)):
        products[i] = x[i] * w[i]
    return products.sum() + b


weighted_sum.slip(
    "changes-input",
    "The number is right, but x itself was changed. A line such as `x *= w` writes into the caller's array. "
    "Make a new one instead.",
    "return np.sum(x * w) + b",
    "x[:] = x * w\n    return x.sum() + b",
)
