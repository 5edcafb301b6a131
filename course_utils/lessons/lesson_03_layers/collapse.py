"""Merge any number of linear layers into the one layer that does the same."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .common import some_layers


def collapsed(layers):
    """The one layer (W, b) that does what a row of linear layers does."""
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


collapse = FunctionExercise("collapse", reference=collapsed, points=3, title="Many linear layers are one")


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
    one_by_one = [(2.0, 1.0), (3.0, -1.0), (2.0, 5.0)]
    yield small(
        "2x + 1, then 3x - 1, then 2x + 5, as in the text", [(np.array([[w]]), np.array([b])) for w, b in one_by_one]
    )
    yield random("3 → 4 → 5 → 2", some_layers(rng, 3, 4, 5, 2))
    yield random("2 → 2 → 2 → 2 → 2", some_layers(rng, 2, 2, 2, 2, 2))
    yield edge("nine layers", some_layers(rng, 2, 3, 2, 4, 2, 3, 1, 2, 3, 2))
    yield edge("whole numbers", [(rng.integers(-9, 9, size=(2, 2)), rng.integers(-9, 9, size=2)) for _ in range(3)])
    yield edge("a single layer", some_layers(rng, 3, 2))
    yield edge("two layers, one output", some_layers(rng, 2, 3, 1))


collapse.variant("layer by layer")(collapsed)


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


collapse.slip(
    "last-bias-only",
    "Your W is right. Your b is only that of the last layer: what becomes of the earlier biases on their way through?",
    "b @ W_next + b_next",
    "b_next",
)

collapse.slip(
    "biases-added",
    (
        "The biases are added as they are. The first bias passes through the next layer too, and comes out changed: "
        "by what is it multiplied there?"
    ),
    "b @ W_next",
    "b",
)

collapse.slip(
    "bias-too-early",
    (
        "You add the new bias and then multiply by the new W. In a layer the bias is added last: x @ W + b. "
        "What is multiplied, and what is only added?"
    ),
    "b @ W_next + b_next",
    "(b + b_next) @ W_next",
)

collapse.slip(
    "first-two-only",
    "The first two layers are merged and the rest is left out. What do you do with the result of the first merge?",
    "layers[1:]",
    "layers[1:2]",
)

collapse.slip(
    "wrong-order",
    "You multiply the new W from the left. x meets the first layer first, so the later ones stand further right.",
    "W @ W_next",
    "W_next @ W",
)

collapse.slip(
    "element-wise",
    "`*` multiplies entry by entry. Two layers in a row are a matrix product: `@`.",
    "W @ W_next",
    "W * W_next",
)

collapse.slip(
    "weights-only",
    "Your W is right. A layer is a pair: which part is still to be returned?",
    "return W, b",
    "return W",
)

collapse.slip(
    "swapped", "Both parts are right but in the wrong order: return W first, then b.", "return W, b", "return b, W"
)

collapse.slip(
    "relu-inside",
    "There is a ReLU in your loop. Layers with a bend between them cannot be merged; these have none.",
    "W @ W_next, b @ W_next + b_next",
    "np.maximum(0, W) @ W_next, np.maximum(0, b) @ W_next + b_next",
)

collapse.slip(
    "changes-input",
    (
        "The result is right, but the caller's list is shorter than before: `pop` and `del` take layers out of it. "
        "Begin with `layers[0]` and walk over `layers[1:]`."
    ),
    "W, b = layers[0]\n    for W_next, b_next in layers[1:]:",
    "W, b = layers.pop(0)\n    for W_next, b_next in layers:",
)

collapse.slip(
    "weights-added",
    "You add the tables. One layer after another multiplies them: in the text, what became of the 2 and the 3?",
    "W @ W_next",
    "W + W_next",
)

collapse.slip(
    "first-bias-only",
    "Your b takes only the first bias along. What does each next layer add at its end?",
    "b @ W_next + b_next",
    "b @ W_next",
)

collapse.slip(
    "returns-too-early",
    "Only the first two layers are merged. How often does your loop run before the function returns?",
    "\n    return W, b",
    "\n        return W, b",
)

collapse.slip(
    "last-layer-missing",
    "The last layer is left out. Where does the part of the list end that your loop walks over?",
    "layers[1:]",
    "layers[1:-1]",
)

collapse.slip(
    "first-layer-twice",
    "The first layer is your beginning, and then the loop takes it a second time. Where should the loop start?",
    "layers[1:]",
    "layers",
)

collapse.slip(
    "new-weights-for-the-old-bias",
    "b is multiplied by the merged W. When you set W first, `b @ W` is no longer what you mean: by which table "
    "does the old bias have to pass?",
    "W, b = W @ W_next, b @ W_next + b_next",
    "W, b = W @ W_next, b @ (W @ W_next) + b_next",
)

collapse.slip(
    "the-other-way-round",
    "You let every new layer come *before* what you have. x meets the first layer first: which one passes through which?",
    "W, b = W @ W_next, b @ W_next + b_next",
    "W, b = W_next @ W, b_next @ W + b",
)

collapse.slip(
    "begins-with-the-last",
    "You begin with the last layer and go on from the front. Which layer does x meet first?",
    "W, b = layers[0]\n    for W_next, b_next in layers[1:]",
    "W, b = layers[-1]\n    for W_next, b_next in layers[:-1]",
)

collapse.slip(
    "a-list-of-one",
    "Your pair is right, but it stands in a list. Return W and b by themselves.",
    "return W, b",
    "return [(W, b)]",
)

collapse.slip(
    "one-table",
    "You put W and b into one table. Asked for is a pair: return W, and then b.",
    "return W, b",
    "return np.vstack([W, b])",
)


@collapse.mistake(
    "three-layers-only",
    "Your function takes the list apart into exactly three layers, so it stops when there are more, or fewer. "
    "Which loop visits all of a list?",
)
def _(layers):
    (W1, b1), (W2, b2), (W3, b3) = layers
    return W1 @ W2 @ W3, (b1 @ W2 + b2) @ W3 + b3


@collapse.mistake(
    "changes-a-layer",
    "The result is right, but a layer of the caller's list was changed. `W *= …` and `b += …` write into its arrays. "
    "Make new ones: `b = b + …`.",
)
def _(layers):
    W, b = layers[0]
    first = b
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    b = b.copy()
    first[...] = 0
    return W, b


for right, wrong in (
    ("np.zeros((1, inputs))", "np.zeros((1, inputs), dtype='uint8')"),
    ("np.zeros(len(layers[0][0]))", "np.zeros(len(layers[0][0]), dtype='uint8')"),
):
    collapse.equivalent(right, wrong, why="a 0 is a 0 in every kind of number")
collapse.equivalent("(1, inputs)", "(2, inputs)", why="two rows of zeros come out the same, and one is taken")
collapse.equivalent("run(np.zeros((1, inputs)))[0]", "run(np.zeros((1, inputs)))[-1]", why="there is one row")
collapse.equivalent("layers[0]", "layers[-1]", why="where it stands there is only one layer")
