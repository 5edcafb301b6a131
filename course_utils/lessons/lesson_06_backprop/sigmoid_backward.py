"""Send a gradient back through a sigmoid, given its output."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def through_sigmoid(dh, h):
    """dz = dh h (1 - h)."""
    return dh * h * (1 - h)


sigmoid = FunctionExercise(
    "sigmoid-backward",
    reference=through_sigmoid,
    points=2,
    title="Back through a sigmoid",
    library=(nn.activation_backward,),
    tolerance=1e-9,
)


@sigmoid.cases
def _(rng):
    yield small("outputs 1/2 and 1/4, gradients 2 and -4", np.array([2.0, -4.0]), np.array([0.5, 0.25]))
    yield random("a row", rng.normal(size=5), rng.uniform(0.05, 0.95, size=5))
    yield random("a table", rng.normal(size=(3, 2)), rng.uniform(0.05, 0.95, size=(3, 2)))
    yield random("a table with depth, (2, 3, 2)", rng.normal(size=(2, 3, 2)), rng.uniform(0.05, 0.95, size=(2, 3, 2)))
    yield edge("the sure neuron of the text", np.array([1.0, -1.0]), np.array([0.999, 0.9]))
    yield edge("large gradients", np.array([900.0, -4000.0]), rng.uniform(0.05, 0.95, size=2))
    yield edge("nearly closed", np.array([500.0, -300.0]), np.array([1e-9, 1 - 1e-9]))
    yield edge("saturated", rng.normal(size=2), np.array([0.0, 1.0]))
    yield edge("nothing comes in", np.zeros(3), rng.uniform(0.05, 0.95, size=3))


@sigmoid.variant("multiplied out")
def _(dh, h):
    return dh * (h - h**2)


@sigmoid.variant("loop")
def _(dh, h):
    dz = np.empty_like(dh)
    for place in np.ndindex(h.shape):
        dz[place] = dh[place] * h[place] * (1 - h[place])
    return dz


@sigmoid.variant("float32")
def _(dh, h):
    return np.multiply(dh, h - np.square(h)).astype(np.float32)


sigmoid.slip(
    "nothing-from-above",
    "This is the local slope alone. It has to be multiplied by what comes in from above: where is dh?",
    "dh * ",
    "",
)

sigmoid.slip(
    "sigmoid-again",
    "h has been through the sigmoid already. You put it through once more: which letter stands for the output?",
    "return dh * (h - h**2)",
    "s = 1 / (1 + np.exp(-h))\n    return dh * s * (1 - s)",
)

sigmoid.slip(
    "height-for-slope",
    "You multiply by the output itself. At h = 1/2 the curve has height 1/2: how steep is it there?",
    "(h - h**2)",
    "h",
)

sigmoid.slip(
    "added",
    "You add the local slope to what comes in. Along a path gradients are multiplied.",
    "dh * ",
    "dh + ",
)

sigmoid.slip(
    "tanh",
    "1 - h² is the slope of tanh. For the sigmoid, the second factor is how far h is from 1.",
    "(h - h**2)",
    "(1 - h**2)",
)

sigmoid.slip(
    "sign",
    "All signs are turned round. The sigmoid rises everywhere, so its slope is never negative: which way round is the difference?",
    "(h - h**2)",
    "(h**2 - h)",
)

sigmoid.slip(
    "summed",
    "You return one number. Every element of z gets a gradient of its own: dz has the shape of h.",
    "dh * (h - h**2)",
    "np.sum(dh * (h - h**2))",
)

sigmoid.slip(
    "divided",
    "You divide by the slope, so a flat place makes the gradient huge. What comes in is *multiplied* by the local slope.",
    "dh * (h - h**2)",
    "dh / (h - h**2)",
)

sigmoid.slip(
    "gate",
    "That is the gate of ReLU. A sigmoid lets a part of the gradient through everywhere: how large a part?",
    "(h - h**2)",
    "(h > 0)",
)

sigmoid.slip(
    "far-from-one-only",
    "1 - h is one of the two factors of the slope. Which is the other?",
    "(h - h**2)",
    "(1 - h)",
)

sigmoid.slip(
    "dh-for-h",
    "The slope depends on where the neuron stood on the way forward, so on h. You took it at dh.",
    "(h - h**2)",
    "(dh - dh**2)",
)

sigmoid.slip(
    "output-squared",
    "The slope h (1 - h) has each of its factors once. You have one of them twice.",
    "(h - h**2)",
    "h * (h - h**2)",
)

sigmoid.slip(
    "changes-output",
    "Your code writes into the caller's `h`, as `h *= …` does, and the way back may still need it. Make a new array.",
    "return dh * (h - h**2)",
    "h *= 1 - h\n    return dh * h",
)

sigmoid.slip(
    "clipped",
    "You keep h away from 0 and 1. There is no log and no division here that has to fear them: the slope there is simply tiny, or 0.",
    "return dh * (h - h**2)",
    "h = np.clip(h, 1e-7, 1 - 1e-7)\n    return dh * (h - h**2)",
)

sigmoid.slip(
    "changes-input",
    "Your code writes into the caller's `dh`, as `dh *= …` does, and it may still be needed. Make a new array.",
    "return dh * (h - h**2)",
    "dh *= h * (1 - h)\n    return dh",
)

sigmoid.slip(
    "no-brackets",
    "Multiplying comes before subtracting, so the last h is taken away from a finished product. Which part belongs in brackets?",
    "dh * (h - h**2)",
    "dh * h * 1 - h",
)

sigmoid.slip(
    "no-brackets-multiplied-out",
    "dh reaches only the first part of the difference, since multiplying comes first. Which part belongs in brackets?",
    "dh * (h - h**2)",
    "dh * h - h**2",
)

sigmoid.slip(
    "matrix-product",
    "`np.dot` and `@` multiply *and add up*. Here each number is multiplied by the one in the same place: which sign does that?",
    "dh * (h - h**2)",
    "np.dot(dh, h - h**2)",
)

sigmoid.slip(
    "plus-for-minus",
    "One factor of your slope is 1 + h, so it grows with h. For a neuron that is sure, h near 1, the slope should be nearly 0.",
    "(h - h**2)",
    "(h + h**2)",
)

sigmoid.slip(
    "one-minus-dh",
    "Both factors of the slope belong to h. In one of them stands dh.",
    "(h - h**2)",
    "h * (1 - dh)",
)

sigmoid.slip(
    "far-from-one-squared",
    "The slope h (1 - h) has each of its factors once. You have 1 - h twice.",
    "(h - h**2)",
    "h * (1 - h) ** 2",
)

sigmoid.slip(
    "summed-over-the-rows",
    "You add up the rows. Every element of z gets a gradient of its own, so nothing is summed here.",
    "dh * (h - h**2)",
    "np.sum(dh * (h - h**2), axis=0)",
)

sigmoid.slip(
    "averaged",
    "You return the mean of all the gradients. Every element of z gets one of its own: dz has the shape of h.",
    "dh * (h - h**2)",
    "np.mean(dh * (h - h**2))",
)


@sigmoid.mistake(
    "loops-over-a-table",
    "Your loops want a table. The shape may be any, and a plain row has no `shape[1]`. Are loops needed at all?",
)
def _(dh, h):
    dz = np.zeros(h.shape)
    for i in range(h.shape[0]):
        for j in range(h.shape[1]):
            dz[i, j] = dh[i, j] * h[i, j] * (1 - h[i, j])
    return dz


@sigmoid.mistake(
    "shape-of-a-table",
    "Your code wants a shape of just two lengths. It may be any: also one, or three. Are the lengths needed at all?",
)
def _(dh, h):
    rows, columns = h.shape
    return np.array([[dh[i, j] * h[i, j] * (1 - h[i, j]) for j in range(columns)] for i in range(rows)])


@sigmoid.mistake(
    "numbers-of-rows",
    "Your code goes through rows, and through the numbers in each row. In a plain row there are no rows: the shape may be any. Are loops needed at all?",
)
def _(dh, h):
    return np.array([[d * o * (1 - o) for d, o in zip(row, out, strict=True)] for row, out in zip(dh, h, strict=True)])


@sigmoid.mistake(
    "lengths-of-a-table",
    "Your code asks how long the first *row* of h is. The shape may be any: in a plain row `h[0]` is one number. Are loops needed at all?",
)
def _(dh, h):
    dz = np.zeros((len(h), len(h[0])))
    for i in range(len(h)):
        for j in range(len(h[0])):
            dz[i, j] = dh[i, j] * h[i, j] * (1 - h[i, j])
    return dz


@sigmoid.mistake(
    "length-of-each-row",
    "Your code asks how long a *row* of h is. The shape may be any: in a plain row `h[i]` is one number. Are loops needed at all?",
)
def _(dh, h):
    dz = np.zeros_like(h)
    for i in range(len(h)):
        for j in range(len(h[i])):
            dz[i, j] = dh[i, j] * h[i, j] * (1 - h[i, j])
    return dz


sigmoid.equivalent("np.ndindex(h.shape)", "np.ndindex(dh.shape)", why="both arrays have the same shape")
sigmoid.equivalent(
    "np.multiply(dh, h - np.square(h))", "np.multiply(h - np.square(h), dh)", why="a product has no order"
)
