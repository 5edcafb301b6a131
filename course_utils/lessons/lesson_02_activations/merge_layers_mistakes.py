"""Merge two linear layers: mistakes in what becomes of the first bias, and in what belongs to W."""

from .merge_layers import merge_layers

PAIR = '[np.einsum("ij,jk->ik", W1, W2), np.dot(b1, W2) + b2]'
W = 'np.einsum("ij,jk->ik", W1, W2)'
B = "np.dot(b1, W2)"
BENT = "There is an activation in your layers. These two are linear: nothing bends between them."
WEIGHTS_ONLY = "Your b is right. W holds what is multiplied by x: multiply out (x W1 + b1) W2 + b2, where does x stand?"

for name, hint, right, wrong in (
    ("relu-on-the-first-bias", f"Your W is right; look at b. {BENT}", B, "np.maximum(0, b1) @ W2"),
    ("relu-on-the-first-weights", f"Your b is right; look at W. {BENT}", W, "np.maximum(0, W1) @ W2"),
    (
        "relu-on-the-result",
        f"{BENT} At their end neither.",
        PAIR,
        "np.maximum(0, W1 @ W2), np.maximum(0, b1 @ W2 + b2)",
    ),
    (
        "relu-on-the-new-bias",
        f"Your W is right; look at b. {BENT} At their end neither.",
        f"{B} + b2",
        "np.maximum(0, b1 @ W2 + b2)",
    ),
    (
        "first-bias-added-up",
        "Your W is right. For b you add up all of b1 and leave W2 out: by what is each of its numbers multiplied "
        "on its way?",
        B,
        "b1.sum()",
    ),
    (
        "sum-of-the-first-bias-times-the-weights",
        "Your W is right. For b you add up b1 *before* you multiply. Each number of b1 meets its own row of W2: `@`.",
        B,
        "b1.sum() * W2.sum(axis=0)",
    ),
    (
        "weights-added-up",
        "Your W is right. In b stand the sums of W2's columns, and b1 is left out. What is each row of W2 multiplied by?",
        B,
        "W2.sum(axis=0)",
    ),
    (
        "first-bias-through-the-first",
        "Your W is right. You send b1 through the first layer, where it comes from. Through which one does it still have to pass?",
        B,
        "b1 @ W1.T",
    ),
    ("bias-on-the-weights", WEIGHTS_ONLY, W, "W1 @ W2 + b2"),
    ("first-bias-on-the-weights", f"{WEIGHTS_ONLY} And b1?", W, "(W1 + b1) @ W2"),
    (
        "all-in-one",
        "You return a single table. A layer is a pair: which part of (x W1 + b1) W2 + b2 is multiplied by x, and which is not?",
        PAIR,
        "(W1 + b1) @ W2 + b2",
    ),
    (
        "bias-without-weights",
        "Your b is right. A layer is a pair: which part is still to be returned?",
        PAIR,
        "b1 @ W2 + b2",
    ),
    (
        "biases-in-a-row",
        "You put the two biases behind each other. The merged layer has as many as b2: multiply out (x W1 + b1) W2 + b2.",
        f"{B} + b2",
        "np.concatenate([b1, b2])",
    ),
    (
        "second-bias-twice",
        "Your W is right, but b2 is in your b twice. Where is it added?",
        f"{B} + b2",
        f"{B} + 2 * b2",
    ),
    (
        "first-bias-at-the-end",
        "At the end you add b1 once more, in place of b2. Multiply out (x W1 + b1) W2 + b2.",
        f"{B} + b2",
        f"{B} + b1",
    ),
    ("first-layer-only", "W and b are those of the first layer. What does the second one do to them?", PAIR, "W1, b1"),
    (
        "bias-not-added-up",
        "Your W is right. `*` multiplies each number of b1 into its row of W2 and adds nothing up: which sign does both?",
        f"{B} + b2",
        "b1[:, None] * W2 + b2",
    ),
    (
        "bias-as-numbers-side-by-side",
        "Your b is in two pieces. A layer has one W and one b: which sign joins the two pieces?",
        PAIR,
        "W1 @ W2, b1 @ W2, b2",
    ),
    (
        "second-weights-transposed",
        "The inner lengths of W1 and W2 agree as they are: (D, H) and (H, K). Is `.T` needed?",
        PAIR,
        "W1 @ W2.T, b1 @ W2.T + b2",
    ),
    (
        "both-from-the-left",
        "You let W2 stand on the left, of W1 and of b1. Here x and the biases are rows: multiply out (x W1 + b1) W2 + b2, on "
        "which side does W2 stand in it?",
        PAIR,
        "W2 @ W1, W2 @ b1 + b2",
    ),
    (
        "bias-on-the-right",
        "b1 is a row, as x is. On which side of W2 does it stand in (x W1 + b1) W2 + b2?",
        B,
        "W2 @ b1",
    ),
    (
        "with-names",
        "The two parts are right, but they stand in a dict. Return the pair: W, and then b.",
        PAIR,
        '{"W": W1 @ W2, "b": b1 @ W2 + b2}',
    ),
):
    merge_layers.slip(name, hint, right, wrong)
