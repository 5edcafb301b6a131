"""Send a batch through all layers, with ReLU after each but the last."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .common import some_layers


def run_forward(x, layers):
    """Every layer in turn, with ReLU after each but the last."""
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    W, b = layers[-1]
    return x @ W + b


forward = FunctionExercise("forward", reference=run_forward, points=3, title="The forward pass")


@forward.cases
def _(rng):
    yield small(
        "2 inputs, 2 hidden neurons, 1 score",
        np.array([[1.0, 2.0]]),
        [
            (np.array([[1.0, -2.0], [1.0, 1.0]]), np.array([0.0, -1.0])),
            (np.array([[2.0], [5.0]]), np.array([-10.0])),
        ],
    )
    yield random("3 - 5 - 2, four examples", rng.normal(size=(4, 3)), some_layers(rng, 3, 5, 2))
    yield random("3 - 3 - 3 - 3, two examples", rng.normal(size=(2, 3)), some_layers(rng, 3, 3, 3, 3))
    yield random("one example, nine neurons", rng.normal(size=(1, 4)), some_layers(rng, 4, 9, 9, 1))
    yield edge("large numbers", rng.uniform(-90, 90, size=(3, 2)), some_layers(rng, 2, 4, 4, 3))
    yield edge(
        "whole numbers",
        rng.integers(-9, 9, size=(3, 2)),
        [(rng.integers(-9, 9, size=(2, 4)), np.arange(4)), (rng.integers(-9, 9, size=(4, 2)), np.array([3, -3]))],
    )
    yield edge("a single layer, so nothing is hidden", rng.normal(size=(3, 4)), some_layers(rng, 4, 4))
    yield edge("six layers", rng.normal(size=(2, 3)), some_layers(rng, 3, 4, 2, 5, 4, 3, 2))


forward.variant("layer by layer")(run_forward)


@forward.variant("a counter and an if")
def _(x, layers):
    for number, (W, b) in enumerate(layers):
        x = np.dot(x, W) + b
        if number < len(layers) - 1:
            x = x * (x > 0)
    return x


@forward.variant("recursion")
def _(x, layers):
    def rest(h, remaining):
        W, b = remaining[0]
        z = h @ W + b
        return z if len(remaining) == 1 else rest(np.where(z > 0, z, 0.0), remaining[1:])

    return rest(x, list(layers))


@forward.variant("one example at a time")
def _(x, layers):
    scores = []
    for h in x:
        for W, b in layers[:-1]:
            h = np.maximum(h @ W + b, 0)
        scores.append(h @ layers[-1][0] + layers[-1][1])
    return np.array(scores)


forward.slip(
    "relu-at-the-end",
    (
        "The last layer gives *scores*, and a score may be negative. Your ReLU cuts it off. "
        "After which layers does the activation belong?"
    ),
    "number < len(layers) - 1",
    "number < len(layers)",
    of="a counter and an if",
)

forward.slip(
    "no-activation",
    "No layer bends anything, so all of them together are only one. What happens between two layers?",
    "np.maximum(0, x @ W + b)",
    "x @ W + b",
)

forward.slip(
    "relu-before-the-layer",
    (
        "You bend the numbers before they enter a layer, so the negative *inputs* are lost as well. "
        "A layer first multiplies and adds; then comes the activation."
    ),
    "np.dot(x, W)",
    "np.maximum(0, x) @ W",
    of="a counter and an if",
)

forward.slip(
    "last-layer-missing",
    "The last layer never runs. `layers[:-1]` leaves it out on purpose: what is to be done with it?",
    "return x @ W + b",
    "return x",
)


@forward.mistake(
    "always-the-input",
    "Each layer gets x again, not what the layer before made of it. Which name should hold the result of a layer?",
)
def _(x, layers):
    for W, b in layers[:-1]:
        h = np.maximum(0, x @ W + b)
    W, b = layers[-1]
    return h @ W + b


forward.slip(
    "backwards",
    "You run the layers from last to first. Which one knows how many inputs there are?",
    "enumerate(layers)",
    "enumerate(layers[::-1])",
    of="a counter and an if",
)

forward.slip(
    "sigmoid",
    "The hidden layers use the sigmoid. The exercise asks for ReLU.",
    "np.maximum(0, x @ W + b)",
    "1 / (1 + np.exp(-(x @ W + b)))",
)

forward.slip(
    "no-bias",
    "The weights are used, the biases are not. A layer is a pair: what is the second part for?",
    " + b",
    "",
    of="a counter and an if",
)


@forward.mistake(
    "two-layers-only",
    "Your function uses only the first two layers. The list may be shorter or longer: which loop visits all of it?",
)
def _(x, layers):
    (W1, b1), (W2, b2) = layers[0], layers[1]
    return np.maximum(0, x @ W1 + b1) @ W2 + b2


forward.slip(
    "changes-input",
    (
        "The result is right, but the caller's list of layers has lost an entry: `pop` takes it out. "
        "Look at it instead, with `layers[-1]`."
    ),
    "layers[-1]",
    "layers.pop()",
)

forward.slip(
    "relu-after-the-first-only",
    "Only the first layer bends. ReLU belongs after *every* layer but the last.",
    "number < len(layers) - 1",
    "number == 0 and len(layers) > 1",
    of="a counter and an if",
)

forward.slip(
    "relu-at-the-end-only",
    "Only the last layer bends. It should be the other way round: all the others bend, and the last gives scores.",
    "number < len(layers) - 1",
    "number == len(layers) - 1",
    of="a counter and an if",
)

forward.slip(
    "two-layers-without-a-bend",
    "The last *two* layers have no ReLU. Which number has the last layer when you count from 0?",
    "number < len(layers) - 1",
    "number < len(layers) - 2",
    of="a counter and an if",
)

forward.slip(
    "with-softmax",
    "Your scores went through a softmax. The exercise asks for the scores themselves.",
    "return x",
    "e = np.exp(x - x.max(axis=-1, keepdims=True))\n    return e / e.sum(axis=-1, keepdims=True)",
    of="a counter and an if",
)

forward.slip(
    "with-a-sigmoid-at-the-end",
    "Your scores went through a sigmoid. The exercise asks for the scores themselves.",
    "return x",
    "return 1 / (1 + np.exp(-x))",
    of="a counter and an if",
)

forward.slip(
    "bias-after-relu",
    "You bend first and add the bias after it. The bias belongs to the sum: what goes through ReLU?",
    "np.maximum(0, x @ W + b)",
    "np.maximum(0, x @ W) + b",
)

forward.slip(
    "no-bias-at-the-end",
    "The last layer's bias is missing. Is the last layer used like the others?",
    "return x @ W + b",
    "return x @ W",
)

forward.slip(
    "returns-too-early",
    "Your function returns after the first layer. How far in does `return` stand?",
    "\n    return x",
    "\n        return x",
    of="a counter and an if",
)

forward.slip(
    "absolute-value",
    "Negative sums come through without their sign. ReLU makes them 0.",
    "np.maximum(0, x @ W + b)",
    "np.abs(x @ W + b)",
)

forward.slip(
    "tanh",
    "The hidden layers use tanh. The exercise asks for ReLU.",
    "np.maximum(0, x @ W + b)",
    "np.tanh(x @ W + b)",
)

forward.slip(
    "last-layer-twice",
    "The last layer runs twice: your loop takes it too, and then you use it once more. Where should the loop end?",
    "layers[:-1]",
    "layers",
)

forward.slip(
    "first-layer-left-out",
    "`layers[1:]` leaves out the *first* layer. Which one is to be treated apart?",
    "layers[:-1]",
    "layers[1:]",
)

forward.slip(
    "wrong-order",
    "You multiply with the weights on the left. Each example is a row of x: which of the two stands on the left?",
    "np.dot(x, W)",
    "np.dot(W, x)",
    of="a counter and an if",
)

forward.slip(
    "in-a-list",
    "The scores stand in a list. Asked for is the array itself: are there brackets too many?",
    "return x @ W + b",
    "return [x @ W + b]",
)


@forward.mistake(
    "exactly-two-unpacked",
    "Your function takes the list apart into exactly two layers, so it stops when there are more, or fewer. "
    "Which loop visits all of a list?",
)
def _(x, layers):
    (W1, b1), (W2, b2) = layers
    return np.maximum(0, x @ W1 + b1) @ W2 + b2


@forward.mistake(
    "changes-x",
    "The scores are right, but x itself was changed: a line of yours writes into the caller's array. "
    "Let a *new* array take the name: `x = x @ W + b`.",
)
def _(x, layers):
    h = x.copy()
    for W, b in layers[:-1]:
        h = np.maximum(0, h @ W + b)
    x[...] = 0
    return h @ layers[-1][0] + layers[-1][1]


for border in ("x > 0", "z > 0"):
    forward.equivalent(border, border.replace(">", ">="), why="at 0 both ways give 0")
