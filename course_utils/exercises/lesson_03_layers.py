"""Exercises of lesson 03: a dense layer, its shapes, the forward pass, XOR by hand, and linear layers that collapse."""

from itertools import pairwise

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small

lesson = Lesson("03_layers", "Layers and the forward pass")

# The dense layer --------------------------------------------------------------------------------------


def one_layer(x, W, b):
    """Every neuron's weighted sum for every example: x @ W + b."""
    return nn.dense(x, W, b)


dense = lesson.function("dense", reference=one_layer, points=2, title="A dense layer")


@dense.cases
def _(rng):
    yield small(
        "two examples, three neurons",
        np.array([[1.0, 2.0], [0.0, 1.0]]),
        np.array([[1.0, 0.0, 2.0], [3.0, 1.0, -1.0]]),
        np.array([0.5, -1.0, 0.0]),
    )
    yield random(
        "four examples, 3 inputs, 2 neurons", rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    )
    yield random("three of everything", rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3))
    yield edge("a single example", rng.normal(size=(1, 4)), rng.normal(size=(4, 3)), rng.normal(size=3))
    yield edge("a single neuron", rng.normal(size=(5, 2)), rng.normal(size=(2, 1)), rng.normal(size=1))


@dense.mistake("forgot-bias", "The products are right. Which of the three arguments does your function never use?")
def _(x, W, b):
    return x @ W


@dense.mistake(
    "element-wise",
    "`*` multiplies entry by entry. Each neuron needs a whole weighted sum: which sign multiplies and adds up?",
)
def _(x, W, b):
    return x * W + b


@dense.mistake(
    "transposed",
    "W already has one row for each input and one column for each neuron. Write down the shapes of x and W: "
    "do the two inner numbers agree as they are?",
)
def _(x, W, b):
    return x @ W.T + b


@dense.mistake(
    "wrong-order",
    "The order of a matrix product matters. The shapes are (N, D) and (D, F): which of the two stands on the left?",
)
def _(x, W, b):
    return W @ x + b


@dense.mistake(
    "bias-per-example",
    "Your bias stands upright, so it gives one number to each *example*. Each *neuron* has one bias. "
    "Along which axis do the neurons lie?",
)
def _(x, W, b):
    return x @ W + b.reshape(-1, 1)


@dense.mistake(
    "with-activation",
    "These are the sums with their negative numbers cut off. `dense` should only multiply and add; "
    "the activation comes after it.",
)
def _(x, W, b):
    return np.maximum(0, x @ W + b)


@dense.mistake(
    "first-example-only", "Only the first row of x was used. x holds a batch: one row of results for each row of x."
)
def _(x, W, b):
    return x[0] @ W + b


@dense.mistake(
    "bias-times",
    "The bias is multiplied in. With a bias of 0 the neuron would never say anything. How does it join the sum?",
)
def _(x, W, b):
    return (x @ W) * b


@dense.mistake(
    "all-added-up", "All neurons are added into one number for each example. Every neuron keeps a column of its own."
)
def _(x, W, b):
    return (x @ W + b).sum(axis=1)


@dense.variant("np.dot")
def _(x, W, b):
    return np.dot(x, W) + b


@dense.variant("three loops")
def _(x, W, b):
    y = np.zeros((x.shape[0], W.shape[1]))
    for n in range(x.shape[0]):
        for f in range(W.shape[1]):
            y[n, f] = b[f]
            for d in range(x.shape[1]):
                y[n, f] += x[n, d] * W[d, f]
    return y


@dense.variant("one neuron at a time")
def _(x, W, b):
    return np.stack([(x * W[:, f]).sum(axis=1) + b[f] for f in range(len(b))], axis=1)


@dense.variant("the bias as one more weight")
def _(x, W, b):
    ones = np.ones((len(x), 1))
    return np.hstack([x, ones]) @ np.vstack([W, b])


@dense.variant("float32")
def _(x, W, b):
    return x.astype(np.float32) @ W.astype(np.float32) + b.astype(np.float32)


# The table of shapes ----------------------------------------------------------------------------------

shapes = lesson.values(
    "shapes",
    points=3,
    title="The table of shapes",
    reference=lambda: {
        "x_shape": (32, 784),
        "W1_shape": (784, 128),
        "b1_shape": (128,),
        "h1_shape": (32, 128),
        "W2_shape": (128, 64),
        "b2_shape": (64,),
        "y_shape": (32, 10),
        "parameters_1": 100_480,
        "parameters_2": 8_256,
        "parameters_3": 650,
        "parameters_total": 109_386,
    },
)


@shapes.mistake(
    "transposed",
    "Rows and columns of the weights are swapped. Here x stands on the left, x @ W: "
    "what must the first number of W's shape agree with?",
)
def _():
    return {"W1_shape": (128, 784)}


@shapes.mistake(
    "batch-in-weights",
    "Your weights depend on how many images come in at once. Would the network grow if you showed it 33 images?",
)
def _():
    return {"W1_shape": (32, 128)}


@shapes.mistake(
    "always-pixels",
    "The second layer does not see the pixels. What does it get instead, and how many numbers is that for one image?",
)
def _():
    return {"W2_shape": (784, 64)}


@shapes.mistake(
    "bias-per-image", "Your biases form a table with a row for each image. A neuron has one bias, whatever the image."
)
def _():
    return {"b1_shape": (32, 128)}


@shapes.mistake(
    "bias-as-number",
    "128 is a number and so is (128), for brackets alone change nothing. A shape is a tuple, also when it has "
    "one entry: which sign makes it one?",
)
def _():
    return {"b1_shape": 128}


@shapes.mistake(
    "one-image", "This is right for one image. The table asks for a batch of 32. Where does the 32 stand in a shape?"
)
def _():
    return {"y_shape": (10,)}


@shapes.mistake("weights-only", "You counted the weights. What else does each neuron own?")
def _():
    return {"parameters_1": 100_352, "parameters_2": 8_192, "parameters_3": 640}


@shapes.mistake(
    "bias-for-inputs",
    "You gave a bias to each *input* of a layer. Which end of the layer has the neurons: rows or columns of W?",
)
def _():
    return {"parameters_1": 101_136, "parameters_2": 8_320, "parameters_3": 704}


@shapes.mistake(
    "times-the-batch",
    "You multiplied by the 32 images. All images go through the same weights; how many numbers are stored?",
)
def _():
    return {"parameters_total": 109_386 * 32}


@shapes.variant("lists instead of tuples")
def _():
    return {"x_shape": [32, 784], "b1_shape": [128]}


@shapes.variant("read off real arrays")
def _():
    W1, b1 = np.zeros((784, 128)), np.zeros(128)
    return {"W1_shape": W1.shape, "b1_shape": b1.shape, "parameters_1": W1.size + b1.size}


@shapes.variant("NumPy's whole numbers")
def _():
    return {"parameters_2": np.int64(8256), "parameters_total": np.sum([100_480, 8_256, 650])}


# The forward pass -------------------------------------------------------------------------------------


def run_forward(x, layers):
    """Every layer in turn, with ReLU after each but the last."""
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    W, b = layers[-1]
    return x @ W + b


def some_layers(rng, *sizes):
    """A pair (W, b) of random numbers for each gap between two sizes."""
    return [(rng.normal(size=(d, f)), rng.normal(size=f)) for d, f in pairwise(sizes)]


forward = lesson.function("forward", reference=run_forward, points=3, title="The forward pass")


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


@forward.mistake(
    "relu-at-the-end",
    "The last layer gives *scores*, and a score may be negative. Your ReLU cuts it off. "
    "After which layers does the activation belong?",
)
def _(x, layers):
    for W, b in layers:
        x = np.maximum(0, x @ W + b)
    return x


@forward.mistake(
    "no-activation", "No layer bends anything, so all of them together are only one. What happens between two layers?"
)
def _(x, layers):
    for W, b in layers:
        x = x @ W + b
    return x


@forward.mistake(
    "relu-before-the-layer",
    "You bend the numbers before they enter a layer, so the negative *inputs* are lost as well. "
    "A layer first multiplies and adds; then comes the activation.",
)
def _(x, layers):
    for W, b in layers:
        x = np.maximum(0, x) @ W + b
    return x


@forward.mistake(
    "last-layer-missing",
    "The last layer never runs. `layers[:-1]` leaves it out on purpose: what is to be done with it?",
)
def _(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(0, x @ W + b)
    return x


@forward.mistake(
    "always-the-input",
    "Each layer gets x again, not what the layer before made of it. Which name should hold the result of a layer?",
)
def _(x, layers):
    for W, b in layers[:-1]:
        h = np.maximum(0, x @ W + b)
    W, b = layers[-1]
    return h @ W + b


@forward.mistake("backwards", "You run the layers from last to first. Which one knows how many inputs there are?")
def _(x, layers):
    for W, b in layers[:0:-1]:
        x = np.maximum(0, x @ W + b)
    W, b = layers[0]
    return x @ W + b


@forward.mistake("sigmoid", "The hidden layers use the sigmoid. The exercise asks for ReLU.")
def _(x, layers):
    for W, b in layers[:-1]:
        x = 1 / (1 + np.exp(-(x @ W + b)))
    W, b = layers[-1]
    return x @ W + b


@forward.mistake("no-bias", "The weights are used, the biases are not. A layer is a pair: what is the second part for?")
def _(x, layers):
    for W, _ in layers[:-1]:
        x = np.maximum(0, x @ W)
    return x @ layers[-1][0]


@forward.mistake(
    "two-layers-only",
    "Your function knows exactly two layers. The list may be shorter or longer: which loop visits all of it?",
)
def _(x, layers):
    (W1, b1), (W2, b2) = layers[0], layers[1]
    return np.maximum(0, x @ W1 + b1) @ W2 + b2


@forward.mistake(
    "changes-input",
    "The result is right, but the list of layers has lost its last entry: `pop` takes it out of the caller's list. "
    "Look at it instead, with `layers[-1]`.",
)
def _(x, layers):
    W_last, b_last = layers.pop()
    for W, b in layers:
        x = np.maximum(0, x @ W + b)
    return x @ W_last + b_last


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


# XOR --------------------------------------------------------------------------------------------------

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
XOR = [False, True, True, False]


def xor_scores(layers):
    """The network's scores at the four corners, or a sentence that says why `layers` is no network for XOR."""
    if not isinstance(layers, list | tuple) or not layers:
        return "xor_layers should be a list of layers, each a pair (W, b)"
    h = np.array(CORNERS, dtype=float)
    for number, layer in enumerate(layers, start=1):
        if not isinstance(layer, list | tuple) or len(layer) != 2:
            return f"layer {number} should be a pair (W, b) in round brackets"
        try:
            W, b = (np.asarray(part, dtype=float) for part in layer)
        except (TypeError, ValueError):
            return f"layer {number} should hold a table of numbers W and a row of numbers b"
        if W.ndim != 2 or W.shape[0] != h.shape[1]:
            came = f"{h.shape[1]} numbers come in, so W needs {h.shape[1]} rows"
            return f"layer {number}: {came}, but its shape is {W.shape}"
        if b.shape != (W.shape[1],):
            return (
                f"layer {number}: W has {W.shape[1]} columns, so b needs the shape ({W.shape[1]},), but has {b.shape}"
            )
        if not np.isfinite(W).all() or not np.isfinite(b).all():
            return f"layer {number} holds a number that is not finite"
        h = h @ W + b
        if number < len(layers):
            h = np.maximum(0, h)
    return h[:, 0] if h.shape[1] == 1 else f"the last layer should give one score, but gives {h.shape[1]}"


def says(layers):
    """Yes or no at the four corners; an empty list when there is no network to ask."""
    scores = xor_scores(layers)
    return [] if isinstance(scores, str) else [bool(score > 1e-9) for score in scores]


def xor_by_hand():
    """One neuron counts the ones, one fires only for two of them; counted twice, it takes both back."""
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])),
        (np.array([[1.0], [-2.0]]), np.array([-0.5])),
    ]


xor_layers = lesson.object("xor-layers", reference=xor_by_hand, points=3, rounds=1, title="XOR by hand")


@xor_layers.cases
def _(rng):
    for x1, x2 in CORNERS:
        yield small(f"inputs {x1} and {x2}", x1, x2)


@xor_layers.drive
def _(answer, x1, x2):
    return answer if isinstance(answer, tuple | list) else None


@xor_layers.accept
def _(seen, x1, x2):
    scores = xor_scores(seen)
    if isinstance(scores, str):
        return scores
    wanted, corner = XOR[CORNERS.index((x1, x2))], CORNERS.index((x1, x2))
    if says(seen)[corner] == wanted:
        return None
    return f"the score is {scores[corner]:.4g}, and it should {'be above' if wanted else 'not be above'} 0"


@xor_layers.mistake(
    "one-layer",
    "There is no hidden layer, so this is one straight cut, and no straight cut parts the corners of XOR. "
    "What has to happen to the plane first?",
    when=lambda seen, x1, x2: len(says(seen)) == 4 and len(seen) == 1,
)
def _():
    return [(np.array([[1.0], [1.0]]), np.array([-0.5]))]


@xor_layers.mistake(
    "or",
    "Your network also says yes when both inputs are 1: that is OR. Which hidden neuron notices that both are 1, "
    "and does its weight in the last layer take enough away?",
    when=lambda seen, x1, x2: says(seen) == [False, True, True, True],
)
def _():
    return [(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[1.0], [-1.0]]), np.array([0.0]))]


@xor_layers.mistake(
    "and",
    "Your network says yes only when both inputs are 1: that is AND. For which neuron of the hidden layer should "
    "both ones speak *against*?",
    when=lambda seen, x1, x2: says(seen) == [False, False, False, True],
)
def _():
    return [(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[0.0], [1.0]]), np.array([0.0]))]


@xor_layers.mistake(
    "opposite",
    "Your network says exactly the opposite of XOR. Which signs of the last layer would you turn round, "
    "and what must then become of its bias?",
    when=lambda seen, x1, x2: says(seen) == [True, False, False, True],
)
def _():
    return [(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[-1.0], [2.0]]), np.array([0.5]))]


@xor_layers.mistake(
    "never",
    "Your network says no to everything: no score is above 0. Work out the score for the inputs 0 and 1. What pulls it down?",
    when=lambda seen, x1, x2: says(seen) == [False] * 4,
)
def _():
    return [(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[1.0], [-2.0]]), np.array([-1.0]))]


@xor_layers.mistake(
    "always",
    "Your network says yes to everything, also to 0 and 0. For those inputs only the biases are left. How large may they be?",
    when=lambda seen, x1, x2: says(seen) == [True] * 4,
)
def _():
    return [(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[1.0], [-2.0]]), np.array([1.0]))]


@xor_layers.mistake(
    "one-corner-only",
    "Only one of the two mixed corners says yes. Send (0, 1) and (1, 0) through your hidden layer: what becomes "
    "of each, and which weight treats them differently?",
    when=lambda seen, x1, x2: says(seen) in ([False, True, False, False], [False, False, True, False]),
)
def _():
    return [(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 0.0])), (np.array([[1.0], [-1.0]]), np.array([0.0]))]


@xor_layers.variant("the difference, both ways")
def _():
    return [(np.array([[1, -1], [-1, 1]]), np.array([0, 0])), (np.array([[1], [1]]), np.array([0]))]


@xor_layers.variant("plain lists and a threshold of one half")
def _():
    return [([[1, 1], [1, 1]], [0, -1]), ([[2], [-4]], [-1])]


@xor_layers.variant("three layers")
def _():
    keep = (np.eye(2), np.zeros(2))
    return [(np.ones((2, 2)), np.array([0.0, -1.0])), keep, (np.array([[1.0], [-2.0]]), np.zeros(1))]


@xor_layers.variant("numbers that float arithmetic does not hit exactly")
def _():
    return ((np.full((2, 2), 0.1), np.array([0.0, -0.1])), (np.array([[0.3], [-0.6]]), np.array([0.0])))


# Linear layers collapse -------------------------------------------------------------------------------


def collapsed(layers):
    """The one layer (W, b) that does what a row of linear layers does."""
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


collapse = lesson.function("collapse", reference=collapsed, points=3, title="Many linear layers are one")


@collapse.cases
def _(rng):
    yield small(
        "1 → 2 → 1 → 1",
        [
            (np.array([[1.0, 2.0]]), np.array([1.0, 0.0])),
            (np.array([[3.0], [4.0]]), np.array([-1.0])),
            (np.array([[2.0]]), np.array([5.0])),
        ],
    )
    yield random("3 → 4 → 5 → 2", some_layers(rng, 3, 4, 5, 2))
    yield random("2 → 2 → 2 → 2 → 2", some_layers(rng, 2, 2, 2, 2, 2))
    yield edge("a single layer", some_layers(rng, 3, 2))
    yield edge("two layers, one output", some_layers(rng, 2, 3, 1))


@collapse.mistake(
    "last-bias-only",
    "Your W is right. Your b is only that of the last layer: what becomes of the earlier biases on their way through?",
)
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b_next
    return W, b


@collapse.mistake(
    "biases-added",
    "The biases are added as they are. The first bias passes through the next layer too, and comes out changed: "
    "by what is it multiplied there?",
)
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b + b_next
    return W, b


@collapse.mistake(
    "bias-too-early",
    "You add the new bias and then multiply by the new W. In a layer the bias is added last: x @ W + b. "
    "What is multiplied, and what is only added?",
)
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, (b + b_next) @ W_next
    return W, b


@collapse.mistake(
    "first-two-only",
    "The first two layers are merged and the rest is left out. What do you do with the result of the first merge?",
)
def _(layers):
    W, b = layers[0]
    if len(layers) > 1:
        W, b = W @ layers[1][0], b @ layers[1][0] + layers[1][1]
    return W, b


@collapse.mistake(
    "wrong-order",
    "You multiply the new W from the left. x meets the first layer first, so the later ones stand further right.",
)
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W, b @ W_next + b_next
    return W, b


@collapse.mistake("element-wise", "`*` multiplies entry by entry. Two layers in a row are a matrix product: `@`.")
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W * W_next, b @ W_next + b_next
    return W, b


@collapse.mistake("weights-only", "Your W is right. A layer is a pair: which part is still to be returned?")
def _(layers):
    W = layers[0][0]
    for W_next, _ in layers[1:]:
        W = W @ W_next
    return W


@collapse.mistake("swapped", "Both parts are right but in the wrong order: return W first, then b.")
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return b, W


@collapse.mistake(
    "relu-inside", "There is a ReLU in your loop. Layers with a bend between them cannot be merged; these have none."
)
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = np.maximum(0, W) @ W_next, np.maximum(0, b) @ W_next + b_next
    return W, b


@collapse.mistake(
    "changes-input",
    "The result is right, but the caller's list is shorter than before: `pop` takes layers out of it. "
    "Begin with `layers[0]` and walk over `layers[1:]`.",
)
def _(layers):
    W, b = layers.pop(0)
    for W_next, b_next in layers:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse.variant("by asking the network")
def _(layers):
    def run(x):
        for W, b in layers:
            x = x @ W + b
        return x

    inputs = len(layers[0][0])
    b = run(np.zeros((1, inputs)))[0]
    return run(np.eye(inputs)) - b, b


@collapse.variant("from the last layer to the first")
def _(layers):
    W, b = layers[-1]
    for W_before, b_before in layers[-2::-1]:
        W, b = W_before @ W, b_before @ W + b
    return W, b


@collapse.variant("multi_dot for W, starting from zero for b")
def _(layers):
    b = np.zeros(len(layers[0][0]))
    for W_next, b_next in layers:
        b = b @ W_next + b_next
    W = layers[0][0] if len(layers) == 1 else np.linalg.multi_dot([W for W, _ in layers])
    return [W, b]
