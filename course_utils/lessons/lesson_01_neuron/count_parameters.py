"""Count the weights and biases of a network, given the sizes of its layers."""

from itertools import pairwise

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def parameters(sizes):
    """The number of weights and biases of a network with these layer sizes, inputs first."""
    return sum((before + 1) * here for before, here in pairwise(sizes))


count_parameters = FunctionExercise("count-parameters", reference=parameters, points=3, title="Count the parameters")


@count_parameters.cases
def _(rng):
    yield small("3 inputs, 4 hidden, 2 outputs", [3, 4, 2])
    yield random("one hidden layer", rng.integers(2, 12, size=3).tolist())
    yield random("four hidden layers", rng.integers(2, 12, size=6).tolist())
    yield small("2 inputs, 3 hidden, 3 hidden, 1 output", [2, 3, 3, 1])
    yield random("nine layers", rng.integers(2, 40, size=10).tolist())
    yield edge("one neuron with five inputs", [5, 1])
    yield edge("one neuron with one input", [1, 1])
    yield edge("a wide network", [300, 500, 400])
    yield edge("a network for digits", [784, 128, 10])


@count_parameters.variant("loop with an index")
def _(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total


@count_parameters.variant("NumPy")
def _(sizes):
    return np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])


@count_parameters.variant("recursion")
def _(sizes):
    def count(rest):
        return 0 if len(rest) < 2 else (rest[0] + 1) * rest[1] + count(rest[1:])

    return count(sizes)


count_parameters.slip(
    "weights-only",
    "You count the weights. Each neuron also has a bias.",
    " + sizes[i]",
    "",
)

count_parameters.slip(
    "bias-for-inputs",
    (
        "You count a bias for each input as well. Inputs are given numbers, not neurons: "
        "where should the sum of biases begin?"
    ),
    "np.sum(sizes[1:])",
    "np.sum(sizes)",
    of="NumPy",
)

count_parameters.slip(
    "bias-per-layer",
    "You add one bias for each layer. How many neurons does a layer have, and how many biases each?",
    " + sizes[i]",
    " + 1",
)

count_parameters.slip(
    "all-multiplied",
    "You multiply all the sizes. Only neighbouring layers are joined: multiply pair by pair, then add.",
    "np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])",
    "np.prod(sizes)",
    of="NumPy",
)

count_parameters.slip(
    "neurons",
    "You count circles. A neuron holds one weight for each number that comes in, and a bias.",
    "np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])",
    "sum(sizes)",
    of="NumPy",
)

count_parameters.slip(
    "last-layer-missing",
    "The output layer is missing. For a list of three sizes there are two gaps: how often does your loop run?",
    "len(sizes)",
    "len(sizes) - 1",
)

count_parameters.slip(
    "last-gap-only",
    "Only the last gap is left in your result: each turn of the loop forgets the one before. How does a sum grow?",
    "total +=",
    "total =",
)

count_parameters.slip(
    "three-layers-only",
    (
        "Right for three layers. With `sizes[0]`, `sizes[1]`, `sizes[2]` written out, what happens to a list "
        "of two sizes, or of six? Use a loop."
    ),
    "np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])",
    "sizes[0] * sizes[1] + sizes[1] + sizes[1] * sizes[2] + sizes[2]",
    of="NumPy",
)

count_parameters.slip(
    "two-numbers",
    "Both counts are right. The question asks for one number: weights and biases together.",
    " + np.sum(sizes[1:])",
    ", np.sum(sizes[1:])",
    of="NumPy",
)

count_parameters.slip(
    "bias-of-the-layer-before",
    "The bias belongs to the neuron at the *end* of the line. You count the biases of the layer before it.",
    " + sizes[i]",
    " + sizes[i - 1]",
)


count_parameters.slip(
    "first-gap-only",
    "Only the first gap is counted. How often does your loop run before the function returns?",
    "\n    return total",
    "\n        return total",
)

count_parameters.slip(
    "biases-only",
    "These are the biases. The weights are still to be counted: one for each line between two layers.",
    "np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])",
    "np.sum(sizes[1:])",
    of="NumPy",
)

count_parameters.slip(
    "outputs-without-bias",
    "The neurons of the last layer have biases too. Which part of the list do you add up?",
    "np.sum(sizes[1:])",
    "np.sum(sizes[1:-1])",
    of="NumPy",
)

count_parameters.slip(
    "bias-of-the-last-layer-only",
    "Only the biases of the last layer are in your count. Which other layers have neurons?",
    "np.sum(sizes[1:])",
    "sizes[-1]",
    of="NumPy",
)

count_parameters.slip(
    "bias-on-both-ends",
    "You add one on both sides of a gap. A bias is like one more *input* of a gap: which of the two sizes gets the 1?",
    "sizes[i - 1] * sizes[i] + sizes[i]",
    "(sizes[i - 1] + 1) * (sizes[i] + 1)",
)

count_parameters.slip(
    "added-not-multiplied",
    "You add the two sizes of a gap. Each symbol on the left is joined with each circle on the right: how many lines is that?",
    "sizes[i - 1] * sizes[i] + sizes[i]",
    "sizes[i - 1] + sizes[i]",
)

count_parameters.slip(
    "biases-right-weights-multiplied",
    "For the weights you multiply all the sizes. Only neighbouring layers are joined: multiply pair by pair, then add. "
    "(The biases are another matter, and counted apart.)",
    "np.dot(sizes[:-1], sizes[1:])",
    "np.prod(sizes)",
    of="NumPy",
)

count_parameters.slip(
    "every-layer-with-every-layer",
    "You join every layer with every other. Lines run only between neighbours: how many loops does that need?",
    "np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])",
    "sum(a * b + b for a in sizes for b in sizes[1:])",
    of="NumPy",
)

count_parameters.slip(
    "nothing-returned",
    "Your function counts and hands nothing back. `print` only shows a number. Which word gives it to the caller?",
    "return np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])",
    "count = np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:])\n    del count",
    of="NumPy",
)

count_parameters.slip(
    "one-bias-for-all",
    "You add a single bias for the whole network. Which part of it owns a bias: the network, or each neuron?",
    "np.sum(sizes[1:])",
    "1",
    of="NumPy",
)


@count_parameters.mistake(
    "changes-input",
    "The number is right, but the caller's list has lost its sizes. `pop` and `del` take items out of it. "
    "Walk through it with an index instead.",
)
def _(sizes):
    total = 0
    while len(sizes) > 1:
        before = sizes.pop(0)
        total += (before + 1) * sizes[0]
    return total


count_parameters.equivalent(
    "np.dot(sizes[:-1], sizes[1:])", "np.dot(sizes[1:], sizes[:-1])", why="the dot product may be turned round"
)
