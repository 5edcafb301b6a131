"""The length of the gradient at each layer of a network, from the first to the last."""

import itertools

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def norms_by_layer(dy, kernels, slopes):
    """The length of dz = dy * slope at each layer, first layer first, where dy = dz @ kernel.T goes on backward."""
    norms = []
    for kernel, slope in zip(reversed(kernels), reversed(slopes), strict=True):
        dz = dy * slope
        norms.append(np.sqrt(np.sum(dz**2)))
        dy = dz @ kernel.T
    return np.array(norms[::-1])


gradient_norms = FunctionExercise(
    "gradient-norms", reference=norms_by_layer, points=3, title="The gradient's length at each layer"
)


@gradient_norms.cases
def _(rng):
    def stack(widths, batch=2):
        kernels = [rng.normal(size=shape) for shape in itertools.pairwise(widths)]
        slopes = [rng.uniform(0.1, 1.0, size=(batch, width)) for width in widths[1:]]
        return rng.normal(size=(batch, widths[-1])), kernels, slopes

    yield small(
        "three layers of one neuron: 1.5, 0.5 and 4",
        np.array([[8.0]]),
        [np.array([[5.0]]), np.array([[6.0]]), np.array([[0.5]])],
        [np.array([[0.5]]), np.array([[0.25]]), np.array([[0.5]])],
    )
    yield small(
        "two layers of one neuron, two examples: 5 and 10",
        np.array([[12.0], [16.0]]),
        [np.array([[3.0]]), np.array([[0.5]])],
        [np.array([[1.0], [1.0]]), np.array([[0.5], [0.5]])],
    )
    yield random("widths 3 → 4 → 2 → 3", *stack([3, 4, 2, 3]))
    yield random("four layers of 3", *stack([3, 3, 3, 3, 3], batch=4))
    yield edge("nine layers of 2", *stack([2] * 10, batch=3))
    yield edge("a single layer", *stack([2, 3]))
    dy, kernels, slopes = stack([2, 2, 2, 2])
    yield edge("a dead layer in the middle", dy, kernels, [slopes[0], np.zeros((2, 2)), slopes[2]])


@gradient_norms.variant("from the last kernel to the first")
def _(dy, kernels, slopes):
    norms = []
    for kernel, slope in zip(kernels[::-1], slopes[::-1], strict=False):
        dz = dy * slope
        norms.append(np.linalg.norm(dz))
        dy = (dy * slope) @ kernel.T
    return np.array(norms[::-1])


@gradient_norms.variant("by index, with np.linalg.norm")
def _(dy, kernels, slopes):
    norms = np.zeros(len(kernels))
    for i in range(len(kernels) - 1, -1, -1):
        dz = dy * slopes[i]
        norms[i] = np.linalg.norm(dz)
        dy = dz @ kernels[i].T
    return norms


@gradient_norms.variant("recursion")
def _(dy, kernels, slopes):
    def back(d, n):
        if n == 0:
            return []
        dz = d * slopes[n - 1]
        return [*back(np.einsum("nf,df->nd", dz, kernels[n - 1]), n - 1), np.sqrt((dz * dz).sum())]

    return np.array(back(dy, len(kernels)))


gradient_norms.slip(
    "last-first",
    "The numbers are right, but they stand from the last layer to the first. The answer starts with layer 1.",
    "return norms",
    "return norms[::-1]",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "no-slopes",
    "The gradient passes two things at each layer. You went through the kernels; what about the activations?",
    "dy * slopes[i]",
    "dy",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "no-kernels",
    "You multiplied by the slopes only. What carries the gradient from dz back to the layer before?",
    "dz @ kernels[i].T",
    "dz",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "before-the-slope",
    "You measured the gradient before it met the layer's slope. Which of dy and dz does the exercise ask for?",
    "np.linalg.norm(dz)",
    "np.linalg.norm(dy)",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "square-root",
    "The sum of the squares is the length times itself. What is still missing for the length?",
    "np.linalg.norm(dz)",
    "np.sum(dz**2)",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "not-transposed",
    "Forward, x meets the kernel. Backward, dz meets the same table turned over. What is missing in `dz @ kernel`?",
    "kernels[i].T",
    "kernels[i]",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "forward-order",
    "You began at the first layer. From which end does a gradient enter the network?",
    "range(len(kernels) - 1, -1, -1)",
    "range(len(kernels))",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "each-example-on-its-own",
    "With one example all is right. With several you give each its own length: how many numbers does a layer get?",
    "norms[i] = np.linalg.norm(dz)",
    "norms = norms if norms.ndim == 2 else np.zeros((len(kernels), len(dy)))\n"
    "        norms[i] = np.linalg.norm(dz, axis=1)",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "mean-of-the-examples",
    (
        "With one example all is right. With several you take the mean of their lengths. The length is the root of the "
        "sum of *all* squares of `dz`, those of all examples."
    ),
    "np.linalg.norm(dz)",
    "np.linalg.norm(dz, axis=1).mean()",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "root-mean-square",
    "You take the mean of the squares under the root. The length of a gradient is the root of their sum.",
    "np.linalg.norm(dz)",
    "np.sqrt(np.mean(dz**2))",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "slopes-reversed",
    "Each layer meets the slope of another one: the last layer that of the first. Which list do you read from the wrong end?",
    "slopes[i]",
    "slopes[-1 - i]",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "kernels-reversed",
    "Each layer meets the kernel of another one: the last layer that of the first. Which list do you read from the wrong end?",
    "kernels[i].T",
    "kernels[-1 - i].T",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "kernel-before-the-slope",
    "The gradient goes through the kernel before it has met the slope. Which of the two does it meet first, on its way back from the last layer?",
    "        dz = dy * slopes[i]\n        norms[i] = np.linalg.norm(dz)\n        dy = dz @ kernels[i].T\n",
    "        dz = dy @ kernels[i].T * slopes[i]\n        norms[i] = np.linalg.norm(dz)\n        dy = dz\n",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "behind-the-kernel",
    "You measured the gradient behind the layer's kernel. Which of dy and dz does the exercise ask for?",
    "        norms[i] = np.linalg.norm(dz)\n        dy = dz @ kernels[i].T\n",
    "        dy = dz @ kernels[i].T\n        norms[i] = np.linalg.norm(dy)\n",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "slope-not-carried-on",
    "The last layer is right. The layers before it get a gradient that has not met the slope: which of dy and dz goes on through the kernel?",
    "dz @ kernels[i].T",
    "dy @ kernels[i].T",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "slope-met-twice",
    "The last layer is right. On its way to the layer before, the gradient meets the slope a second time. Where?",
    "dz @ kernels[i].T",
    "dz * slopes[i] @ kernels[i].T",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "dy-not-carried-on",
    "The last layer is right. Every other one gets the gradient that arrived at the last. What becomes of dy at the end of a turn of your loop?",
    "        dy = dz @ kernels[i].T\n",
    "",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "stretch-of-the-table",
    "With one example all is right. For a table `ord=2` asks for another number, how far it can stretch an arrow. What does `np.linalg.norm` give without it?",
    "np.linalg.norm(dz)",
    "np.linalg.norm(dz, ord=2)",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "sum-of-the-sizes",
    "You add up the sizes of the numbers. How long is (3, 4): 7, or 5?",
    "np.linalg.norm(dz)",
    "np.abs(dz).sum()",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "largest-size",
    "You take the largest of the sizes. How long is (3, 4): 4, or 5?",
    "np.linalg.norm(dz)",
    "np.abs(dz).max()",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "mean-of-the-sizes",
    "You take the mean of the sizes. The length of a gradient is the root of the sum of the squares.",
    "np.linalg.norm(dz)",
    "np.abs(dz).mean()",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "a-number-too-many",
    "You measure the gradient behind the first layer, too. How many numbers does a network of three layers get?",
    "    return norms\n",
    "    return np.array([np.linalg.norm(dy), *norms])\n",
    of="by index, with np.linalg.norm",
)

gradient_norms.slip(
    "first-kernel-first",
    "You walk from the first layer to the last, and turn the numbers round at the end. From which end does a gradient enter the network?",
    "zip(kernels[::-1], slopes[::-1], strict=False)",
    "zip(kernels, slopes, strict=False)",
)

gradient_norms.slip(
    "list-not-array",
    "The lengths are right, but they are in one of Python's lists. Which function makes an array of it?",
    "return np.array(norms[::-1])",
    "return norms[::-1]",
)

gradient_norms.equivalent("np.zeros(len(kernels))", "np.ones(len(kernels))", why="every place is written to")
for _shape in ("transposed", "in one row"):
    gradient_norms.equivalent("the result", _shape, why="it is one row of numbers already")
