"""Write the whole neuron: the weighted sum, then the sigmoid."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import numbers

neuron = FunctionExercise("neuron", reference=nn.neuron, points=2, title="The whole neuron")


@neuron.cases
def _(rng):
    yield small("a total of exactly 0", np.array([1.0, 2.0]), np.array([3.0, -2.0]), 1.0)
    yield small("the neuron of exercise 1", np.array([0.5, 0.8, 0.3]), np.array([0.4, 0.6, 0.2]), 0.1)
    yield random("three inputs", *numbers(rng, 3))
    yield random("six inputs", *numbers(rng, 6))
    yield edge("a single input", *numbers(rng, 1))
    yield edge("a very large total", np.full(2, 30.0), np.array([1.0, 2.0]), 5.0)


@neuron.variant("the formula")
def _(x, w, b):
    return 1 / (1 + np.exp(-(np.sum(x * w) + b)))


@neuron.variant("half a tanh")
def _(x, w, b):
    return 0.5 + 0.5 * np.tanh((x @ w + b) / 2)


@neuron.variant("loop, with a plain Python number as result")
def _(x, w, b):
    total = b
    for i in range(len(x)):
        total += x[i] * w[i]
    return float(1 / (1 + np.exp(-total)))


neuron.slip(
    "no-activation",
    "This is the weighted sum. The last step is missing: send it through the sigmoid.",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "x @ w + b",
)

neuron.slip(
    "step",
    "You return 0 or 1. The sigmoid is smooth: a total of exactly 0 gives 0.5.",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "float(x @ w + b > 0)",
)

neuron.slip(
    "bias-after",
    "The bias came in after the sigmoid, so the output can leave the range from 0 to 1. What belongs to the total?",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "1 / (1 + np.exp(-np.sum(x * w))) + b",
)

neuron.slip(
    "each-input",
    "Each product went through the sigmoid by itself. A neuron adds up first. How often is its activation used?",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "np.sum(1 / (1 + np.exp(-x * w))) + b",
)

neuron.slip(
    "missing-minus",
    "A large total should give an output near 1, yours is near 0. Look at the sign in the exponent.",
    "-(np.sum(x * w) + b)",
    "np.sum(x * w) + b",
)

neuron.slip(
    "minus-on-first-part",
    "`np.exp(-x @ w + b)` takes the minus for the products only. Put the whole total in brackets.",
    "-(np.sum(x * w) + b)",
    "-np.sum(x * w) + b",
)

neuron.slip(
    "forgot-bias",
    "The bias is not in your total. Did you use your weighted_sum with all three arguments?",
    " + b",
    "",
)

neuron.slip(
    "rounded",
    (
        "Right, but rounded. On paper two places are enough; a function hands on all that it has. "
        "Who else may want to go on computing with it?"
    ),
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "np.round(1 / (1 + np.exp(-(np.sum(x * w) + b))), 2)",
)

neuron.slip(
    "tanh",
    "tanh runs from -1 to 1. The sigmoid runs from 0 to 1, and a total of 0 gives 0.5.",
    "0.5 + 0.5 * np.tanh((x @ w + b) / 2)",
    "np.tanh(x @ w + b)",
    of="half a tanh",
)
