"""Exercises of lesson 15: gradients by depth, first weights, residual connections, clipping, layer normalisation."""

import itertools

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small

lesson = Lesson("15_deep_networks", "Deep networks")

# The gradient's length at each layer --------------------------------------------------------------------


def norms_by_layer(dy, kernels, slopes):
    """The length of dz = dy * slope at each layer, first layer first, where dy = dz @ kernel.T goes on backward."""
    norms = []
    for kernel, slope in zip(reversed(kernels), reversed(slopes), strict=True):
        dz = dy * slope
        norms.append(np.sqrt(np.sum(dz**2)))
        dy = dz @ kernel.T
    return np.array(norms[::-1])


gradient_norms = lesson.function(
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
    yield random("widths 3 → 4 → 2 → 3", *stack([3, 4, 2, 3]))
    yield random("four layers of 3", *stack([3, 3, 3, 3, 3], batch=4))
    yield edge("a single layer", *stack([2, 3]))
    dy, kernels, slopes = stack([2, 2, 2, 2])
    yield edge("a dead layer in the middle", dy, kernels, [slopes[0], np.zeros((2, 2)), slopes[2]])


@gradient_norms.mistake(
    "last-first",
    "The numbers are right, but they stand from the last layer to the first. The answer starts with layer 1.",
)
def _(dy, kernels, slopes):
    norms = []
    for kernel, slope in zip(kernels[::-1], slopes[::-1], strict=False):
        dz = dy * slope
        norms.append(np.linalg.norm(dz))
        dy = dz @ kernel.T
    return np.array(norms)


@gradient_norms.mistake(
    "no-slopes",
    "The gradient passes two things at each layer. You went through the kernels; what about the activations?",
)
def _(dy, kernels, slopes):
    norms = []
    for kernel in kernels[::-1]:
        norms.append(np.linalg.norm(dy))
        dy = dy @ kernel.T
    return np.array(norms[::-1])


@gradient_norms.mistake(
    "no-kernels", "You multiplied by the slopes only. What carries the gradient from dz back to the layer before?"
)
def _(dy, kernels, slopes):
    norms = []
    for slope in slopes[::-1]:
        dy = dy * slope
        norms.append(np.linalg.norm(dy))
    return np.array(norms[::-1])


@gradient_norms.mistake(
    "before-the-slope",
    "You measured the gradient before it met the layer's slope. Which of dy and dz does the exercise ask for?",
)
def _(dy, kernels, slopes):
    norms = []
    for kernel, slope in zip(kernels[::-1], slopes[::-1], strict=False):
        norms.append(np.linalg.norm(dy))
        dy = (dy * slope) @ kernel.T
    return np.array(norms[::-1])


@gradient_norms.mistake(
    "square-root", "The sum of the squares is the length times itself. What is still missing for the length?"
)
def _(dy, kernels, slopes):
    norms = []
    for kernel, slope in zip(kernels[::-1], slopes[::-1], strict=False):
        dz = dy * slope
        norms.append(np.sum(dz**2))
        dy = dz @ kernel.T
    return np.array(norms[::-1])


@gradient_norms.mistake(
    "not-transposed",
    "Forward, x meets the kernel. Backward, dz meets the same table turned over. What is missing in `dz @ kernel`?",
)
def _(dy, kernels, slopes):
    norms = []
    for kernel, slope in zip(kernels[::-1], slopes[::-1], strict=False):
        dz = dy * slope
        norms.append(np.linalg.norm(dz))
        dy = dz @ kernel
    return np.array(norms[::-1])


@gradient_norms.mistake(
    "forward-order", "You began at the first layer. From which end does a gradient enter the network?"
)
def _(dy, kernels, slopes):
    norms = []
    for kernel, slope in zip(kernels, slopes, strict=False):
        dz = dy * slope
        norms.append(np.linalg.norm(dz))
        dy = dz @ kernel.T
    return np.array(norms)


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


# How large the first weights are ------------------------------------------------------------------------


def first_std(fan_in, fan_out, activation):
    """The standard deviation of the first weights: He's sqrt(2 / fan_in) for ReLU, else Glorot's."""
    if activation == "relu":
        return np.sqrt(2 / fan_in)
    return np.sqrt(2 / (fan_in + fan_out))


kernel_std = lesson.function("kernel-std", reference=first_std, points=2, title="How large the first weights are")


@kernel_std.cases
def _(rng):
    yield small("ReLU, 8 inputs, 24 outputs: 0.5", 8, 24, "relu")
    yield small("tanh, 8 inputs, 24 outputs: 0.25", 8, 24, "tanh")
    yield random("ReLU, other sizes", int(rng.integers(30, 90)), int(rng.integers(100, 200)), "relu")
    yield random("tanh, other sizes", int(rng.integers(30, 90)), int(rng.integers(100, 200)), "tanh")
    yield edge("sigmoid, one output", int(rng.integers(4, 40)), 1, "sigmoid")


@kernel_std.mistake(
    "variance", "2 / fan_in and its sister are variances. How do you get from a variance to a standard deviation?"
)
def _(fan_in, fan_out, activation):
    return 2 / fan_in if activation == "relu" else 2 / (fan_in + fan_out)


@kernel_std.mistake("root-of-the-two", "The root covers the whole fraction, not only the 2. What is √(2 / 8)?")
def _(fan_in, fan_out, activation):
    return np.sqrt(2) / fan_in if activation == "relu" else np.sqrt(2) / (fan_in + fan_out)


@kernel_std.mistake("always-he", "You used He's rule everywhere. For which activation was the factor 2 meant?")
def _(fan_in, fan_out, activation):
    return np.sqrt(2 / fan_in)


@kernel_std.mistake(
    "always-glorot",
    "You used Glorot's rule everywhere. ReLU throws half of the signal away; which rule makes up for it?",
)
def _(fan_in, fan_out, activation):
    return np.sqrt(2 / (fan_in + fan_out))


@kernel_std.mistake(
    "fan-out", "He's rule counts what one neuron adds up. Is that the number of its inputs or of its neighbours?"
)
def _(fan_in, fan_out, activation):
    return np.sqrt(2 / fan_out) if activation == "relu" else np.sqrt(2 / (fan_in + fan_out))


@kernel_std.mistake("rules-swapped", "Both rules are there, each at the other's place. Which one belongs to ReLU?")
def _(fan_in, fan_out, activation):
    return np.sqrt(2 / (fan_in + fan_out)) if activation == "relu" else np.sqrt(2 / fan_in)


@kernel_std.mistake(
    "without-the-two", "With 1 / fan_in a linear layer keeps its signal. What does ReLU do to half of the numbers?"
)
def _(fan_in, fan_out, activation):
    return np.sqrt(1 / fan_in) if activation == "relu" else np.sqrt(2 / (fan_in + fan_out))


@kernel_std.variant("a table of variances")
def _(fan_in, fan_out, activation):
    return {"relu": 2 / fan_in}.get(activation, 2 / (fan_in + fan_out)) ** 0.5


@kernel_std.variant("from the mean of both fans")
def _(fan_in, fan_out, activation):
    fan = fan_in / 2 if activation == "relu" else (fan_in + fan_out) / 2
    return float(1 / np.sqrt(fan))


# A residual block, forward ------------------------------------------------------------------------------


def block(x, W):
    """y = x + relu(x W)."""
    return x + np.maximum(0, x @ W)


residual = lesson.function("residual", reference=block, points=2, title="A residual block, forward")

W_SMALL = np.array([[1.0, 0.0], [1.0, -1.0]])


@residual.cases
def _(rng):
    yield small("x = (1, 2): y = (4, 2)", np.array([[1.0, 2.0]]), W_SMALL)
    yield random("four rows of 3", rng.normal(size=(4, 3)), rng.normal(size=(3, 3)))
    yield random("two rows of 5", rng.normal(size=(2, 5)), rng.normal(size=(5, 5)))
    yield edge("W is all 0", rng.normal(size=(2, 3)), np.zeros((3, 3)))


@residual.mistake("no-shortcut", "This is an ordinary layer. Where does x get past it?")
def _(x, W):
    return np.maximum(0, x @ W)


@residual.mistake("no-relu", "x W has negative numbers. Which part of the block should bend?")
def _(x, W):
    return x + x @ W


@residual.mistake(
    "relu-outside", "You bent the sum as well, so negative numbers of x are lost. The shortcut should stay untouched."
)
def _(x, W):
    return np.maximum(0, x + x @ W)


@residual.mistake("times", "The shortcut is multiplied here. With W = 0 your block gives 0; what should it give?")
def _(x, W):
    return x * np.maximum(0, x @ W)


@residual.mistake("x-minus", "You take the layer's answer away from x. The two paths meet with which sign?")
def _(x, W):
    return x - np.maximum(0, x @ W)


@residual.mistake(
    "kernel-first", "W @ x does not fit. A row of x is one example: which of the two stands first in x W?"
)
def _(x, W):
    return x + np.maximum(0, W @ x)


@residual.mistake(
    "changes-input", "The result is right, but `x +=` writes into the caller's array. Make a new array for the sum."
)
def _(x, W):
    x += np.maximum(0, x @ W)
    return x


@residual.variant("where")
def _(x, W):
    z = x @ W
    return np.where(z > 0, x + z, x)


@residual.variant("row by row")
def _(x, W):
    y = x.copy()
    for i, row in enumerate(x):
        y[i] += np.clip(row @ W, 0, None)
    return y


# A residual block, backward -----------------------------------------------------------------------------


def block_backward(dy, x, W):
    """dx = dy + dz W^T and dW = x^T dz, with dz = dy where x W > 0, else 0."""
    dz = dy * (x @ W > 0)
    return dy + dz @ W.T, x.T @ dz


residual_backward = lesson.function(
    "residual-backward", reference=block_backward, points=3, title="A residual block, backward"
)


@residual_backward.cases
def _(rng):
    yield small("dy = (10, 20) at x = (1, 2)", np.array([[10.0, 20.0]]), np.array([[1.0, 2.0]]), W_SMALL)
    yield random("four rows of 3", *(rng.normal(size=s) for s in [(4, 3), (4, 3), (3, 3)]))
    yield random("two rows of 5", *(rng.normal(size=s) for s in [(2, 5), (2, 5), (5, 5)]))
    yield edge("every ReLU is off", rng.normal(size=(2, 3)), rng.uniform(1, 2, size=(2, 3)), -np.ones((3, 3)))


@residual_backward.mistake(
    "no-shortcut", "dx lacks one of its two paths. On which path does dy travel back without meeting W?"
)
def _(dy, x, W):
    dz = dy * (x @ W > 0)
    return dz @ W.T, x.T @ dz


@residual_backward.mistake(
    "no-mask", "Your gradient goes through neurons that ReLU had switched off. Where is x W negative?"
)
def _(dy, x, W):
    return dy + dy @ W.T, x.T @ dy


@residual_backward.mistake(
    "mask-on-shortcut",
    "The ReLU stands on one of the two paths only, yet you used its slope on both. Which has no ReLU?",
)
def _(dy, x, W):
    dz = dy * (x @ W > 0)
    return dz + dz @ W.T, x.T @ dz


@residual_backward.mistake(
    "not-transposed", "Forward, x meets W. Backward, dz meets the same table turned over. Which letter is missing?"
)
def _(dy, x, W):
    dz = dy * (x @ W > 0)
    return dy + dz @ W, x.T @ dz


@residual_backward.mistake(
    "shortcut-in-dW", "dW is too large. The shortcut does not contain W, so what can it add to the gradient of W?"
)
def _(dy, x, W):
    dz = dy * (x @ W > 0)
    return dy + dz @ W.T, x.T @ (dy + dz)


@residual_backward.mistake(
    "dW-turned-over", "dW has its rows where its columns should be. Which of x and dz stands first in its formula?"
)
def _(dy, x, W):
    dz = dy * (x @ W > 0)
    return dy + dz @ W.T, dz.T @ x


@residual_backward.mistake(
    "dx-alone", "You return dx alone. The weights of the block want to learn, too: what is the second answer?"
)
def _(dy, x, W):
    dz = dy * (x @ W > 0)
    return dy + dz @ W.T


@residual_backward.mistake("mask-from-x", "You asked where x is positive. Which number goes into the ReLU?")
def _(dy, x, W):
    dz = dy * (x > 0)
    return dy + dz @ W.T, x.T @ dz


@residual_backward.mistake("swapped", "Both parts are right but in the wrong order: return dx first, then dW.")
def _(dy, x, W):
    dz = dy * (x @ W > 0)
    return x.T @ dz, dy + dz @ W.T


@residual_backward.variant("where and einsum")
def _(dy, x, W):
    dz = np.where(x @ W > 0, dy, 0.0)
    return np.einsum("nf,df->nd", dz, W) + dy, np.einsum("nd,nf->df", x, dz)


@residual_backward.variant("row by row, as a list")
def _(dy, x, W):
    dx, dW = dy.copy(), np.zeros_like(W)
    for i in range(len(x)):
        dz = np.where(x[i] @ W > 0, dy[i], 0.0)
        dx[i] += W @ dz
        dW += np.outer(x[i], dz)
    return [dx, dW]


# Clipping -----------------------------------------------------------------------------------------------

clip = lesson.function(
    "clip-by-norm",
    reference=nn.clip_by_global_norm,
    points=3,
    answer="clip_by_global_norm",
    title="Clip the whole step",
)


@clip.cases
def _(rng):
    yield small("(3) and (-4), limit 1: (0.6) and (-0.8)", [np.array([3.0]), np.array([-4.0])], 1.0)
    yield random("a kernel and a bias", [rng.normal(size=(3, 2)) * 5, rng.normal(size=2) * 5], 1.5)
    yield random("one array far longer", [rng.normal(size=4) * 100, rng.normal(size=(2, 2))], 2.0)
    yield edge("already short enough", [np.array([0.3]), rng.uniform(-0.2, 0.2, size=(2, 2))], 1.0)
    yield edge("all zero", [np.zeros(2), np.zeros((2, 1))], 1.0)


@clip.mistake(
    "by-value", "Clipping each number turns the direction of the step. By what one factor can you shrink all of them?"
)
def _(grads, limit):
    return [np.clip(g, -limit, limit) for g in grads]


@clip.mistake(
    "each-on-its-own", "Each array has got the length of the limit by itself. How long are they when taken together?"
)
def _(grads, limit):
    return [g * min(1.0, limit / max(np.linalg.norm(g), 1e-300)) for g in grads]


@clip.mistake("always-scales", "A step that is already short became longer. When is there nothing to do?")
def _(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g * limit / norm for g in grads]


@clip.mistake("forgot-limit", "Your step always has length 1. What length should it have?")
def _(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g / norm if norm > limit else g for g in grads]


@clip.mistake("no-root", "The factor is too small. The sum of the squares is not yet the length; what is missing?")
def _(grads, limit):
    norm = sum(np.sum(g**2) for g in grads)
    return [g * (limit / norm) if norm > limit else g for g in grads]


@clip.mistake(
    "sum-of-norms", "The lengths of perpendicular pieces do not simply add: 3 and 4 make 5. What adds up instead?"
)
def _(grads, limit):
    norm = sum(np.linalg.norm(g) for g in grads)
    return [g * (limit / norm) if norm > limit else g for g in grads]


@clip.variant("one factor, never above 1")
def _(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    factor = min(1.0, limit / (norm + 1e-12))
    return [g * factor for g in grads]


@clip.variant("through one long vector")
def _(grads, limit):
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in grads]))
    if norm <= limit:
        return [g.copy() for g in grads]
    return tuple(g / norm * limit for g in grads)


# Layer normalisation ------------------------------------------------------------------------------------


def normalized_rows(x, gamma, beta, epsilon=1e-3):
    """gamma (x - mean) / sqrt(variance + epsilon) + beta, with mean and variance of each row."""
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


layer_norm = lesson.function("layer-norm", reference=normalized_rows, points=3, title="Layer normalisation")


@layer_norm.cases
def _(rng):
    yield small(
        "two rows of two, gamma 2, beta 10", np.array([[1.0, 3.0], [5.0, 13.0]]), np.full(2, 2.0), np.full(2, 10.0), 0.0
    )
    yield random("four rows of 3", *(rng.normal(size=s) * 3 for s in [(4, 3), 3, 3]), 1e-3)
    yield random("three rows of 5", rng.normal(size=(3, 5)) + 7, rng.normal(size=5), rng.normal(size=5), 1e-3)
    yield edge("a row of equal numbers", np.array([[4.0, 4.0, 4.0]]), np.ones(3), rng.normal(size=3), 1e-3)


@layer_norm.mistake(
    "down-the-batch", "This is batch normalisation: you averaged down each column. Which way does a single example lie?"
)
def _(x, gamma, beta, epsilon):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon) + beta


@layer_norm.mistake(
    "no-keepdims",
    "The means of the rows have shape (N,), and NumPy lays them along the columns. What keeps them standing as (N, 1)?",
)
def _(x, gamma, beta, epsilon):
    return gamma * (x - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + epsilon) + beta


@layer_norm.mistake(
    "epsilon-outside",
    "Nearly. The formula adds epsilon to the variance; you add it to the root. Does it stand inside or outside?",
)
def _(x, gamma, beta, epsilon):
    return gamma * (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + epsilon) + beta


@layer_norm.mistake(
    "whole-table", "You took one mean for the whole table, so the examples mix. How many means should there be?"
)
def _(x, gamma, beta, epsilon):
    return gamma * (x - x.mean()) / np.sqrt(x.var() + epsilon) + beta


@layer_norm.mistake("no-scale", "Mean 0 and variance 1 are reached. What do gamma and beta do afterwards?")
def _(x, gamma, beta, epsilon):
    return (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon)


@layer_norm.mistake("no-root", "You divided by the variance. What has the same unit as x?")
def _(x, gamma, beta, epsilon):
    return gamma * (x - x.mean(axis=-1, keepdims=True)) / (x.var(axis=-1, keepdims=True) + epsilon) + beta


@layer_norm.mistake("no-epsilon", "A row of equal numbers has variance 0. What keeps the division from becoming 0 / 0?")
def _(x, gamma, beta, epsilon):
    return gamma * (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True) + beta


@layer_norm.mistake(
    "gamma-beta-swapped", "gamma and beta have changed places. Which one multiplies, which one is added?"
)
def _(x, gamma, beta, epsilon):
    x_hat = (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon)
    return beta * x_hat + gamma


@layer_norm.mistake("no-centre", "The spread is right, but the mean of each row is not yet 0. What comes off first?")
def _(x, gamma, beta, epsilon):
    return gamma * x / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon) + beta


@layer_norm.variant("turned over")
def _(x, gamma, beta, epsilon):
    centred = x.T - x.mean(axis=1)
    return (centred / np.sqrt((centred**2).mean(axis=0) + epsilon)).T * gamma + beta


@layer_norm.variant("row by row")
def _(x, gamma, beta, epsilon):
    return np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])


# Which cure for which trouble ---------------------------------------------------------------------------

cures = lesson.values(
    "choose-cure",
    points=4,
    title="Which cure for which trouble?",
    reference=lambda: {
        "first_layers_get_no_gradient": "residual",
        "loss_jumps_to_nan": "clipping",
        "training_good_validation_bad": "dropout",
        "each_epoch_takes_an_hour": "gpu",
    },
)


@cures.mistake("clip-the-vanishing", "Clipping only ever makes a gradient shorter. Is a vanishing gradient too long?")
def _():
    return {"first_layers_get_no_gradient": "clipping"}


@cures.mistake(
    "dropout-for-vanishing",
    "Dropout silences neurons so that the network cannot learn by heart. Who lacks a gradient here?",
)
def _():
    return {"first_layers_get_no_gradient": "dropout"}


@cures.mistake(
    "residual-for-overfitting",
    "A good training result says that the gradients arrive. Which cure makes learning by heart harder?",
)
def _():
    return {"training_good_validation_bad": "residual"}


@cures.mistake("residual-for-nan", "A shortcut adds to the signal. Here one step is far too long; what limits a step?")
def _():
    return {"loss_jumps_to_nan": "residual"}


@cures.mistake("gpu-for-nan", "A faster computer arrives at nan sooner. Which cure limits the length of a step?")
def _():
    return {"loss_jumps_to_nan": "gpu"}


@cures.mistake(
    "gpu-for-overfitting", "A GPU learns by heart as well, only sooner. Which cure makes learning by heart harder?"
)
def _():
    return {"training_good_validation_bad": "gpu"}


@cures.mistake(
    "dropout-for-speed", "Dropout makes no sum quicker, and learning slower. What does many sums side by side?"
)
def _():
    return {"each_epoch_takes_an_hour": "dropout"}


@cures.mistake("residual-for-speed", "A shortcut does not make the sums any fewer. What does them side by side?")
def _():
    return {"each_epoch_takes_an_hour": "residual"}


@cures.variant("capital letters")
def _():
    return {"each_epoch_takes_an_hour": "GPU", "first_layers_get_no_gradient": "Residual"}


@cures.variant("with a stray space")
def _():
    return {"loss_jumps_to_nan": " clipping", "training_good_validation_bad": "Dropout "}
