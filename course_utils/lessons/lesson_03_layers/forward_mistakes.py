"""The forward pass: mistakes in which layers run, how often, what is handed back, and what the hidden layers do."""

import numpy as np

from .forward import forward

RELU = "np.maximum(0, x @ W + b)"
SCORES = "return x @ W + b"

for name, hint, right, wrong in (
    (
        "weights-without-their-sign",
        "You send the weights through ReLU. Weights may be negative: what goes through it, weights or sums?",
        RELU,
        "x @ np.maximum(0, W) + b",
    ),
    (
        "leaky",
        "Your negative sums shrink instead of becoming 0: that is *leaky* ReLU. Here they become exactly 0.",
        RELU,
        "np.where(x @ W + b > 0, x @ W + b, 0.01 * (x @ W + b))",
    ),
    (
        "step",
        "Your hidden layers say 0 or 1. ReLU keeps a positive sum as it is.",
        RELU,
        "(x @ W + b > 0).astype(float)",
    ),
    (
        "minimum",
        "You keep the negative sums and lose the positive ones. Which of 0 and the sum is the larger?",
        RELU,
        "np.minimum(0, x @ W + b)",
    ),
    (
        "biases-taken-away",
        "In the hidden layers the bias is taken away. Which sign stands before b in the formula?",
        RELU,
        "np.maximum(0, x @ W - b)",
    ),
    (
        "bias-taken-away-at-the-end",
        "In the last layer the bias is taken away. Which sign stands before b in the formula?",
        SCORES,
        "return x @ W - b",
    ),
    (
        "last-hidden-layer-skipped",
        "The layer before the last one never runs. How many entries does `layers[:-2]` leave out?",
        "layers[:-1]",
        "layers[:-2]",
    ),
    (
        "winner",
        "You return the number of the largest score. The exercise asks for the scores themselves.",
        SCORES,
        "return np.argmax(x @ W + b, axis=1)",
    ),
    (
        "decided",
        "True or False is a decision. The exercise asks for the scores themselves.",
        SCORES,
        "return x @ W + b > 0",
    ),
    (
        "flat-row",
        "The scores are right, but they stand in a single row. Each example keeps a row of its own: is `flatten` needed?",
        SCORES,
        "return (x @ W + b).ravel()",
    ),
    (
        "hidden-and-scores",
        "You return the last hidden numbers and the scores, side by side. Asked for are the scores alone.",
        SCORES,
        "return x, x @ W + b",
    ),
    (
        "element-wise",
        "`*` multiplies entry by entry. Each neuron needs a whole weighted sum: which sign multiplies and adds up?",
        RELU,
        "np.maximum(0, x * W + b)",
    ),
):
    forward.slip(name, hint, right, wrong)

for name, hint, right, wrong in (
    (
        "no-relu-after-the-first",
        "The first layer does not bend, and the last does. ReLU belongs after every layer but the *last*: "
        "which number has that?",
        "number < len(layers) - 1",
        "number > 0",
    ),
    (
        "relu-once-before-the-last",
        "Only the layer before the last one bends. ReLU belongs after *every* layer but the last: how far in does it stand?",
        "number < len(layers) - 1",
        "number == len(layers) - 2",
    ),
):
    forward.slip(name, hint, right, wrong, of="a counter and an if")


@forward.mistake(
    "outputs-of-all-layers",
    "You return a list with the numbers of every layer. Asked for are the scores alone: which entry is that?",
)
def _(x, layers):
    outputs = []
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
        outputs.append(x)
    return [*outputs, x @ layers[-1][0] + layers[-1][1]]


@forward.mistake(
    "outputs-and-the-input",
    "You return a list that begins with x and holds the numbers of every layer. Asked for are the scores alone: "
    "which entry is that?",
)
def _(x, layers):
    outputs = [x]
    for W, b in layers[:-1]:
        outputs.append(np.maximum(0, outputs[-1] @ W + b))
    return [*outputs, outputs[-1] @ layers[-1][0] + layers[-1][1]]


@forward.mistake(
    "first-layer-twice",
    "The first layer is your beginning, and then the loop takes it a second time. Where should the loop start?",
)
def _(x, layers):
    W, b = layers[0]
    x = np.maximum(0, x @ W + b)
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    return x @ layers[-1][0] + layers[-1][1]


@forward.mistake(
    "first-layer-again-and-again",
    "Every hidden layer uses the weights of the first. Does the index of `layers` move along with your loop?",
)
def _(x, layers):
    W, b = layers[0]
    for _layer in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    return x @ layers[-1][0] + layers[-1][1]


@forward.mistake(
    "no-last-layer-of-its-own",
    "Behind the loop, W and b are still those of the last *hidden* layer. Where do you take the last pair apart?",
)
def _(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    return x @ W + b


@forward.mistake(
    "always-a-hidden-layer",
    "With a single layer, that one is the last: it gives the scores, without ReLU. Yours runs it once as a hidden layer "
    "before. Which part of the list holds the hidden layers?",
)
def _(x, layers):
    W, b = layers[0]
    x = np.maximum(0, x @ W + b)
    for W, b in layers[1:-1]:
        x = np.maximum(0, x @ W + b)
    return x @ layers[-1][0] + layers[-1][1]


forward.slip(
    "last-layer-inside-the-loop",
    "The last layer and `return` stand inside your loop, so it ends after the first hidden layer. How far in should they stand?",
    "    W, b = layers[-1]\n    return x @ W + b",
    "        W, b = layers[-1]\n        return x @ W + b",
)

forward.slip(
    "return-inside-the-loop",
    "`return` stands inside your loop, so it ends in its first round, after one hidden layer. How far in should it stand?",
    "    W, b = layers[-1]\n    return x @ W + b",
    "        return x",
)


@forward.mistake(
    "first-example-only",
    "Only the first row of x was sent through. x holds a batch: one row of scores for each row of x.",
)
def _(x, layers):
    x = x[0]
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    return x @ layers[-1][0] + layers[-1][1]


@forward.mistake(
    "turns-the-list-round",
    "You turn the caller's list round, so the last layer runs first, and the list stays so. Which layer does x meet first?",
)
def _(x, layers):
    layers.reverse()
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    return x @ layers[-1][0] + layers[-1][1]
