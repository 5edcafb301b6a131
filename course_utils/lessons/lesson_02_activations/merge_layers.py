"""Merge two linear layers into the one layer that does the same."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def merge(W1, b1, W2, b2):
    """The one layer (W, b) that does what two linear layers in a row do: W = W1 W2, b = b1 W2 + b2."""
    return W1 @ W2, b1 @ W2 + b2


merge_layers = FunctionExercise("merge-layers", reference=merge, points=3, title="Two linear layers are one")


@merge_layers.cases
def _(rng):
    yield small("1 → 2 → 1", np.array([[1.0, 2.0]]), np.array([1.0, 0.0]), np.array([[3.0], [4.0]]), np.array([-1.0]))
    yield small("1 → 1 → 1, the numbers of the text", *(np.array(a) for a in ([[2.0]], [1.0], [[3.0]], [-1.0])))
    yield random("3 → 4 → 2", *(rng.normal(size=s) for s in [(3, 4), 4, (4, 2), 2]))
    yield random("2 → 2 → 2", *(rng.normal(size=s) for s in [(2, 2), 2, (2, 2), 2]))
    yield random("1 → 4 → 3", *(rng.normal(size=s) for s in [(1, 4), 4, (4, 3), 3]))
    yield edge("whole numbers", *(rng.integers(-9, 9, size=s) for s in [(2, 3), 3, (3, 2), 2]))
    yield edge("large numbers", *(rng.uniform(-900, 900, size=s) for s in [(2, 3), 3, (3, 2), 2]))
    yield edge("one output", *(rng.normal(size=s) for s in [(3, 5), 5, (5, 1), 1]))


@merge_layers.variant("einsum, as a list")
def _(W1, b1, W2, b2):
    return [np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2]


@merge_layers.variant("by probing with unit inputs")
def _(W1, b1, W2, b2):
    def two(x):
        return (x @ W1 + b1) @ W2 + b2

    b = two(np.zeros(len(W1)))
    return np.array([two(x) - b for x in np.eye(len(W1))]), b


merge_layers.slip(
    "forgot-first-bias",
    "The first bias passes through the second layer too. Multiply out (x W1 + b1) W2 + b2.",
    "np.dot(b1, W2) + b2",
    "b2",
)

merge_layers.slip(
    "biases-added",
    "b1 is not just added: it is multiplied by W2 on its way. Multiply out (x W1 + b1) W2 + b2.",
    "np.dot(b1, W2)",
    "b1",
)

merge_layers.slip(
    "wrong-order",
    "W2 W1 applies the second layer first. With x on the left, x W1 W2 reads in the order of the layers.",
    'np.einsum("ij,jk->ik", W1, W2)',
    "W2 @ W1",
)

merge_layers.slip(
    "element-wise",
    "`*` multiplies entry by entry. A layer is a matrix product: `@`.",
    '[np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2]',
    "W1 * W2, b1 * W2 + b2",
)

merge_layers.slip(
    "swapped",
    "Both parts are right but in the wrong order: return W first, then b.",
    '[np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2]',
    "b1 @ W2 + b2, W1 @ W2",
)

merge_layers.slip(
    "forgot-second-bias",
    "The first bias is where it should be. What becomes of b2? Multiply out (x W1 + b1) W2 + b2.",
    " + b2]",
    "]",
)

merge_layers.slip(
    "weights-added",
    "You add the two tables. One layer after another multiplies them: multiply out (x W1 + b1) W2 + b2.",
    'np.einsum("ij,jk->ik", W1, W2)',
    "W1 + W2",
)

merge_layers.slip(
    "second-layer-only",
    "W and b are those of the second layer. What has the first one done before it?",
    '[np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2]',
    "W2, b2",
)

merge_layers.slip(
    "weights-only",
    "Your W is right. A layer is a pair: which part is still to be returned?",
    '[np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2]',
    "W1 @ W2",
)

merge_layers.slip(
    "biases-multiplied",
    "b1 is multiplied by W2 on its way, and not by b2. Multiply out (x W1 + b1) W2 + b2: how does b2 come in?",
    "np.dot(b1, W2) + b2",
    "np.dot(b1, W2) * b2",
)

merge_layers.slip(
    "second-bias-taken-away",
    "b2 is taken away. Multiply out (x W1 + b1) W2 + b2: which sign stands before b2?",
    "np.dot(b1, W2) + b2",
    "np.dot(b1, W2) - b2",
)

merge_layers.slip(
    "both-biases-through-the-second",
    "b2 is multiplied too. It is added last, after the second table: which bias passes through W2, and which does not?",
    "np.dot(b1, W2) + b2",
    "np.dot(b1 + b2, W2)",
)

merge_layers.slip(
    "bias-as-a-table",
    "The numbers are right, but your b is a table of one row. Asked for is the shape `(K,)`, as b2 has it.",
    "np.dot(b1, W2) + b2",
    "np.dot(b1[None], W2) + b2",
)

merge_layers.slip(
    "with-activation",
    "There is an activation in your layers. These two are linear: nothing bends between them.",
    'np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2',
    "np.maximum(0, W1) @ W2, np.maximum(0, b1) @ W2 + b2",
)


@merge_layers.mistake(
    "changes-input",
    "The pair is right, but one of the inputs was changed. A line such as `b2 += b1 @ W2` writes into the caller's array. "
    "Make a new one.",
)
def _(W1, b1, W2, b2):
    b = b1 @ W2 + b2
    b2[...] = b
    return W1 @ W2, b


merge_layers.equivalent(
    "np.zeros(len(W1))", "np.zeros(len(W1), dtype='uint8')", why="a 0 is a 0 in every kind of number"
)
