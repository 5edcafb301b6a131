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
    "Your function knows exactly two layers. The list may be shorter or longer: which loop visits all of it?",
)
def _(x, layers):
    (W1, b1), (W2, b2) = layers[0], layers[1]
    return np.maximum(0, x @ W1 + b1) @ W2 + b2


forward.slip(
    "changes-input",
    (
        "The result is right, but the list of layers has lost its last entry: `pop` takes it out of the caller's list. "
        "Look at it instead, with `layers[-1]`."
    ),
    "layers[-1]",
    "layers.pop()",
)
