"""Many linear layers into one: mistakes in what becomes of the biases, and in which layers are merged."""

from .collapse import collapse

STEP = "W, b = W @ W_next, b @ W_next + b_next"
PAIR = "return W, b"
BENT = "There is a ReLU in your loop. Layers with a bend between them cannot be merged; these have none."

for name, hint, right, wrong in (
    ("relu-on-the-bias", f"Your W is right; look at b. {BENT}", "b @ W_next", "np.maximum(0, b) @ W_next"),
    ("relu-on-the-weights", f"Your b is right; look at W. {BENT}", "W @ W_next, b", "np.maximum(0, W) @ W_next, b"),
    (
        "relu-after-each-merge",
        "What you have merged goes through a ReLU. Layers with a bend between them cannot be merged; these have none.",
        STEP,
        "W, b = np.maximum(0, W @ W_next), np.maximum(0, b @ W_next + b_next)",
    ),
    (
        "bias-taken-away",
        "Your W is right, and each new bias is taken away. Which sign stands before it in a layer?",
        "+ b_next",
        "- b_next",
    ),
    (
        "old-bias-again",
        "Your W is right. The bias that you add is the one that you have already, not the new one. Which belongs to the next layer?",
        "+ b_next",
        "+ b",
    ),
    (
        "both-biases-added",
        "Your W is right. The old bias passes through the next layer, and you add it once more as it was. "
        "Which two things make the new b?",
        "+ b_next",
        "+ b_next + b",
    ),
    (
        "bias-on-the-weights",
        "Your b is right. W holds what is multiplied by x: does a bias belong there?",
        "W, b = W @ W_next,",
        "W, b = W @ W_next + b_next,",
    ),
    (
        "last-layer-only",
        "W and b are those of the last layer. What have the others done before it?",
        PAIR,
        "return layers[-1]",
    ),
    (
        "first-layer-only",
        "W and b are those of the first layer. What do the others do to them?",
        PAIR,
        "return layers[0]",
    ),
    (
        "bias-only",
        "Your b is right. A layer is a pair: which part is still to be returned?",
        PAIR,
        "return b",
    ),
    (
        "next-weights-transposed",
        "The inner lengths of two neighbouring W agree as they are. Is `.T` needed?",
        STEP,
        "W, b = W @ W_next.T, b @ W_next.T + b_next",
    ),
    (
        "bias-as-a-table",
        "The numbers are right, but your b is a table of one row. Asked for is a row by itself, as the layers have it.",
        PAIR,
        "return W, b[None]",
    ),
    (
        "bias-through-the-first",
        "Your W is right. Each bias has to pass through the table of the *next* layer, and then on: "
        "which table do you multiply b by?",
        "b @ W_next",
        "b @ layers[0][0].T",
    ),
    (
        "both-from-the-left",
        "You let the new W stand on the left, of the old W and of b. Here x and the biases are rows: in x @ W + b, on which "
        "side does the table stand?",
        STEP,
        "W, b = W_next @ W, W_next @ b + b_next",
    ),
    (
        "bias-on-the-right",
        "b is a row, as x is. On which side of the new W does it stand when it passes through the next layer?",
        "b @ W_next",
        "W_next @ b",
    ),
    (
        "with-names",
        "The two parts are right, but they stand in a dict. Return the pair: W, and then b.",
        PAIR,
        'return {"W": W, "b": b}',
    ),
):
    collapse.slip(name, hint, right, wrong)


@collapse.mistake(
    "biases-added-at-the-end",
    "Your W is right. The later biases pass through the layers behind them too, so they cannot be added all at the end. "
    "When does each one join?",
)
def _(layers):
    W, b = layers[0]
    for W_next, _b in layers[1:]:
        W, b = W @ W_next, b @ W_next
    return W, b + sum(b_next for _W, b_next in layers[1:])


@collapse.mistake(
    "last-bias-at-the-end",
    "Your W is right. In your b are the first bias, on its way through, and the last. What becomes of those between?",
)
def _(layers):
    W, b = layers[0]
    for W_next, _b in layers[1:]:
        W, b = W @ W_next, b @ W_next
    return W, b + layers[-1][1] * (len(layers) > 1)


@collapse.mistake(
    "last-two-only",
    "Only the last two layers are merged. What do you do with the result of the merge before?",
)
def _(layers):
    for (W1, b1), (W2, b2) in zip(layers, layers[1:]):  # noqa: B905, RUF007
        W, b = W1 @ W2, b1 @ W2 + b2
    return W, b


@collapse.mistake(
    "pair-by-pair",
    "You merge each pair of neighbours by itself, and return a list. The result of one merge is what the next layer is "
    "merged with: how many layers are left at the end?",
)
def _(layers):
    return [(W1 @ W2, b1 @ W2 + b2) for (W1, b1), (W2, b2) in zip(layers, layers[1:])]  # noqa: B905, RUF007


@collapse.mistake(
    "two-layers-only",
    "Your function takes the list apart into exactly two layers, so it stops when there are more, or fewer. "
    "Which loop visits all of a list?",
)
def _(layers):
    (W1, b1), (W2, b2) = layers
    return W1 @ W2, b1 @ W2 + b2


@collapse.mistake(
    "begins-with-the-second",
    "The first layer is left out. Python counts from 0: which number has the first entry of a list?",
)
def _(layers):
    W, b = layers[1]
    for W_next, b_next in layers[2:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse.mistake(
    "biases-into-the-caller's",
    "`b += …` adds the biases as they are, and writes into the caller's list. Each bias has to pass through the next "
    "layer: make a new array for the result.",
)
def _(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W = W @ W_next
        b += b_next
    return W, b
