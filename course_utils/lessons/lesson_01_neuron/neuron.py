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
    yield random("twenty inputs", *rng.normal(size=(2, 20)) / 2, float(rng.normal()))
    yield edge("a single input", *numbers(rng, 1))
    yield edge("a negative bias", np.array([1.0, 2.0]), np.array([0.5, 0.25]), -2.5)
    yield edge("inputs that are whole numbers", rng.integers(1, 4, size=3), np.array([0.5, -0.75, 0.25]), -1)
    yield edge("a total of 9", np.array([2.0, 1.0]), np.array([3.0, 2.0]), 1.0)
    yield edge("a very large total", np.full(2, 30.0), np.array([1.0, 2.0]), 5.0)
    yield edge("a total far below 0", np.full(2, 30.0), np.array([-1.0, -2.0]), -5.0)


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
    "A large total should give an output near 1, and yours is near 0: it is 1 minus what is asked for. "
    "Which sign has the exponent, and is something taken from 1?",
    "-(np.sum(x * w) + b)",
    "np.sum(x * w) + b",
)

neuron.slip(
    "minus-on-first-part",
    "The bias counts with the wrong sign. In `np.exp(-x @ w + b)` the minus belongs to the products only; "
    "what do brackets round the whole total change?",
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
    "brackets",
    "This is the number below the fraction line, 1 + e to the power -total. If your `1 /` stands there: without brackets, "
    "1 / 1 + … is read as (1 / 1) + …",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "1 / 1 + np.exp(-(np.sum(x * w) + b))",
)

neuron.slip(
    "missing-one",
    "Your output can be larger than 1. What stands below the fraction line, beside the exponential?",
    "(1 + np.exp(-(np.sum(x * w) + b)))",
    "np.exp(-(np.sum(x * w) + b))",
)

neuron.slip(
    "bias-each-time",
    "The bias went in once for each input. A neuron has one bias: add it after the sum, not inside it.",
    "np.sum(x * w) + b",
    "np.sum(x * w + b)",
)

neuron.slip(
    "average",
    "You take the average of the products. A neuron adds them up and does not divide.",
    "np.sum(",
    "np.mean(",
)

neuron.slip(
    "inputs-first",
    "You send the inputs through the sigmoid before they are weighed. First comes the total, and the activation last.",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "np.dot(1 / (1 + np.exp(-x)), w) + b",
)

neuron.slip(
    "no-sum",
    "You return one number for each input. A neuron gives a single number: which step adds the products up?",
    "np.sum(x * w)",
    "x * w",
)

neuron.slip(
    "twice",
    "Your total goes through the sigmoid twice. Does a function that you call already do it?",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "1 / (1 + np.exp(-1 / (1 + np.exp(-(np.sum(x * w) + b)))))",
)

neuron.slip(
    "relu",
    "You cut off what is negative: that is ReLU. This neuron's activation is the sigmoid, between 0 and 1.",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "np.maximum(0, x @ w + b)",
)

neuron.slip(
    "only-the-exponential",
    "This is the exponential of minus the total. What is added to it, and what is divided by the sum?",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "np.exp(-(np.sum(x * w) + b))",
)

neuron.slip(
    "minus-in-the-fraction",
    "Below your fraction line, something is taken from 1. Which sign stands there in the formula?",
    "(1 + np.exp(-(np.sum(x * w) + b)))",
    "(1 - np.exp(-(np.sum(x * w) + b)))",
)

neuron.slip(
    "power-of-two",
    "You take powers of 2. The sigmoid is made of powers of e, 2.718…: `np.exp`.",
    "np.exp(-(np.sum(x * w) + b))",
    "2.0 ** -(np.sum(x * w) + b)",
)

neuron.slip(
    "cut-off",
    "You cut the total off at 0 and at 1. The sigmoid bends it smoothly: a total of exactly 0 gives 0.5.",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "np.clip(x @ w + b, 0, 1)",
)

neuron.slip(
    "decided",
    "True or False is a decision. The neuron's output is a number between 0 and 1: what happens without the comparison?",
    "1 / (1 + np.exp(-(np.sum(x * w) + b)))",
    "1 / (1 + np.exp(-(np.sum(x * w) + b))) > 0.5",
)

neuron.slip(
    "tanh",
    "tanh runs from -1 to 1. The sigmoid runs from 0 to 1, and a total of 0 gives 0.5.",
    "0.5 + 0.5 * np.tanh((x @ w + b) / 2)",
    "np.tanh(x @ w + b)",
    of="half a tanh",
)

neuron.equivalent("x @ w", "w @ x", why="the dot product of two rows may be turned round")
neuron.equivalent("get_activation(activation)", "activation", why="the activation's name stays the sigmoid's here")
