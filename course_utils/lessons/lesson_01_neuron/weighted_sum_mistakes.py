"""The weighted sum: mistakes of who takes the wrong numbers, the wrong sign, or too few of them."""

import numpy as np

from .weighted_sum import weighted_sum

BIAS = "You always add {}. Another neuron has another bias: which argument have you not used?"

for name, hint, right, wrong in (
    ("bias-of-the-first-exercise", BIAS.format("0.1"), " + b", " + 0.1"),
    ("bias-of-the-small-case", BIAS.format("10"), " + b", " + 10"),
    (
        "largest-product",
        "You take the largest of the products. A neuron adds them all up: what is the difference between `max` and `sum`?",
        "np.sum(x * w)",
        "np.max(x * w)",
    ),
    (
        "divided",
        "You divide by the weights, so a large weight makes its input count *less*. Which sign lets it count more?",
        "x * w",
        "x / w",
    ),
    (
        "weights-taken-away",
        "You take the weights away from the inputs. With a weight of 0 an input should not count at all. Which sign does that?",
        "x * w",
        "x - w",
    ),
    (
        "weights-unused",
        "The weights are not in your result. How much does each input count?",
        "np.sum(x * w)",
        "np.sum(x)",
    ),
    (
        "inputs-unused",
        "The inputs are not in your result: you add up the weights alone. What is each of them multiplied by?",
        "np.sum(x * w)",
        "np.sum(w)",
    ),
    (
        "inputs-times-themselves",
        "Each input is multiplied by itself. Whose place should the second factor come from?",
        "x * w",
        "x * x",
    ),
    (
        "weights-from-the-end",
        "The first input meets the last weight. Each weight belongs to the input in the same place: "
        "does one of the two run backwards?",
        "x * w",
        "x * w[::-1]",
    ),
    (
        "first-weight-for-all",
        "Every input is multiplied by the first weight. Each input has its own: does the index of w move along?",
        "x * w",
        "x * w[0]",
    ),
    (
        "bias-on-the-weights",
        "You add b to the weights, so it is multiplied by the inputs. When is b added: before the products, or after their sum?",
        "np.sum(x * w) + b",
        "np.sum(x * (w + b))",
    ),
    (
        "bias-on-the-inputs",
        "You add b to the inputs, so it is multiplied by the weights. When is b added: before the products, or after their sum?",
        "np.sum(x * w) + b",
        "np.sum((x + b) * w)",
    ),
    (
        "sums-on-the-way",
        "You return the sum after each input, one behind the other. Asked for is the last one alone: "
        "what is the difference between `cumsum` and `sum`?",
        "np.sum(x * w)",
        "np.cumsum(x * w)",
    ),
    (
        "sum-and-bias-apart",
        "The sum and b stand side by side, as two values. The result is one number: which sign joins them?",
        "np.sum(x * w) + b",
        "np.sum(x * w), b",
    ),
    (
        "products-and-bias-in-a-list",
        "You return a list of the products with b at its end. A neuron gives a single number: which step adds them up?",
        "np.sum(x * w) + b",
        "[*(x * w), b]",
    ),
    (
        "for-only",
        "You leave out what speaks against: a product below 0 makes the total smaller. Is there an `if`, or a ReLU, too many?",
        "np.sum(x * w)",
        "np.sum(np.maximum(0, x * w))",
    ),
    (
        "divided-by-the-weights",
        "You divide by the sum of the weights: that is a weighted *average*. A neuron does not divide.",
        "np.sum(x * w)",
        "np.sum(x * w) / np.sum(w)",
    ),
    (
        "yes-or-no",
        "You return 1 or 0, for a total above 0 or not. Here the total itself is asked for, not a decision.",
        "np.sum(x * w) + b",
        "float(np.sum(x * w) + b > 0)",
    ),
    (
        "compared",
        "True or False is a decision. Here the total itself is asked for: what happens without the comparison?",
        "np.sum(x * w) + b",
        "np.sum(x * w) + b > 0",
    ),
    (
        "as-text",
        "Between quotation marks, this is a text, and Python does not compute it. What happens without the marks?",
        "np.sum(x * w) + b",
        '"x @ w + b"',
    ),
):
    weighted_sum.slip(name, hint, right, wrong)


@weighted_sum.mistake(
    "numbers-of-the-small-case",
    "The numbers of an example stand in your function, so its inputs are never looked at. Which lines give x and w new values?",
)
def _(x, w, b):
    return 7 + b


@weighted_sum.mistake(
    "changes-x-by-w",
    "`x *= w` writes into the caller's array, and it should stay as it was. (If x holds whole numbers and w fractions, "
    "NumPy even refuses.) Make a new array: `x * w`.",
)
def _(x, w, b):
    x *= w
    return np.sum(x) + b
