"""A dense layer: mistakes of who writes the loops, and activations and biases that do not belong there."""

import numpy as np

from .dense import dense

ALL = "np.dot(x, W) + b"

for name, hint, right, wrong in (
    (
        "bias-taken-twice",
        "The bias is in every sum twice. Where does each sum begin, and what is added at the end?",
        " + b",
        " + 2 * b",
    ),
    (
        "mean-of-the-biases",
        "Every neuron gets the mean of all biases. Each one has its own: b is a row with one number for each column.",
        " + b",
        " + b.mean()",
    ),
    (
        "last-bias-for-all",
        "Every neuron gets the bias of the last. Each one has its own: does the index of b move along with the neurons?",
        " + b",
        " + b[-1]",
    ),
    (
        "biases-from-the-end",
        "The first neuron gets the last bias. Which bias belongs to the first column of W?",
        " + b",
        " + b[::-1]",
    ),
    (
        "with-tanh",
        "These sums went through tanh. `dense` should only multiply and add; the activation comes after it.",
        ALL,
        "np.tanh(np.dot(x, W) + b)",
    ),
    (
        "with-softmax",
        "Each of your rows sums to 1: the sums went through a softmax. `dense` should only multiply and add.",
        ALL,
        "np.exp(np.dot(x, W) + b) / np.exp(np.dot(x, W) + b).sum(axis=1, keepdims=True)",
    ),
    (
        "first-input-only",
        "Only the first input is used. Each neuron has a weight for *every* input: what is added up?",
        "np.dot(x, W)",
        "x[:, :1] * W[0]",
    ),
    (
        "sums-multiplied",
        "You add up the inputs and the weights first, and multiply the sums. Each weight belongs to one input: "
        "which sign multiplies and then adds up?",
        "np.dot(x, W)",
        "x.sum(axis=1, keepdims=True) * W.sum(axis=0)",
    ),
    (
        "examples-transposed",
        "x already has one row for each example. Write down the shapes of x and W: do the two inner numbers agree as they are?",
        "np.dot(x, W)",
        "x.T @ W",
    ),
    (
        "outer-product",
        "`np.outer` multiplies every number with every other and adds nothing up. Which sign does both?",
        "np.dot(x, W)",
        "np.outer(x, W)",
    ),
    (
        "last-example-missing",
        "The last row of x gets no result. Where does your loop over the examples end?",
        "np.dot(x, W)",
        "x[:-1] @ W",
    ),
    (
        "products-not-added-up",
        "Your result has three axes: example, input, neuron. A neuron adds up over its inputs: which axis goes?",
        "np.dot(x, W)",
        "x[:, :, None] * W",
    ),
    (
        "added-up-over-the-examples",
        "You add up over the examples. A neuron adds up over its *inputs*: which axis of x counts them?",
        "np.dot(x, W)",
        "(x[:, :, None] * W).sum(axis=0)",
    ),
    (
        "products-and-bias-apart",
        "The products and b stand side by side, as two values. The result is one table: which sign joins them?",
        ALL,
        "(np.dot(x, W), b)",
    ),
):
    dense.slip(name, hint, right, wrong)

for name, hint, right, wrong in (
    (
        "bias-of-the-example",
        "Your loop takes the bias by the number of the *example*. Each neuron has one bias: which of your indices counts the neurons?",
        "b[f]",
        "b[n]",
    ),
    (
        "input-of-the-neuron",
        "Your loop takes the input by the number of the *neuron*. Which of your indices runs over the inputs?",
        "x[n, d]",
        "x[n, f]",
    ),
    (
        "weights-by-neuron-and-input",
        "Your loop reads W with rows for neurons. W has one row for each input: in which order do its two indices stand?",
        "W[d, f]",
        "W[f, d]",
    ),
    (
        "table-of-the-wrong-shape",
        "Your table of results has the shape of x. It needs a column for each neuron: which of the two, x or W, knows how many?",
        "(x.shape[0], W.shape[1])",
        "x.shape",
    ),
):
    dense.slip(name, hint, right, wrong, of="three loops")


@dense.mistake(
    "bias-of-the-last-input",
    "Behind your inner loop, its index still stands at the last input, and you take b by it. "
    "Which of your indices counts the neurons?",
)
def _(x, W, b):
    return x @ W + b[x.shape[1] - 1]


@dense.mistake(
    "total-never-begins-afresh",
    "Your sum goes on growing from one neuron to the next. Where should it be set back to 0?",
)
def _(x, W, b):
    return np.cumsum(x @ W).reshape(len(x), len(b)) + b


@dense.mistake(
    "bias-into-the-weights",
    "`W += b` writes into the caller's W, and multiplies the bias by the inputs. Add b once, to the finished products.",
)
def _(x, W, b):
    W += b
    return x @ W
