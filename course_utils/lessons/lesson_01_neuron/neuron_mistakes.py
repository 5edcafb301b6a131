"""The whole neuron: mistakes in the exponential, in where the sigmoid stands, and in what goes into it."""

import numpy as np

from .neuron import neuron

ALL = "1 / (1 + np.exp(-(np.sum(x * w) + b)))"
POWER = "np.exp(-(np.sum(x * w) + b))"
TOTAL = "np.sum(x * w) + b"
SHORT = "{} is e cut short. `np.exp(…)` takes e with all its places: what would stand between its brackets?"
BIAS = "You always add {}. Another neuron has another bias: which argument have you not used?"
FLAT = "Your total is cut off at {}, so far out the curve stays flat too early. Does the formula need that?"
BENT = (
    "Each product went through the sigmoid, and then you added up. A neuron adds up first. "
    "How often is its activation used, and where?"
)

for name, hint, right, wrong in (
    ("e-with-one-place", SHORT.format("2.7"), POWER, "2.7 ** -(np.sum(x * w) + b)"),
    ("e-with-two-places", SHORT.format("2.72"), POWER, "2.72 ** -(np.sum(x * w) + b)"),
    ("e-with-three-places", SHORT.format("2.718"), POWER, "2.718 ** -(np.sum(x * w) + b)"),
    (
        "power-of-ten",
        "You take powers of 10. The sigmoid is made of powers of e, 2.718…: `np.exp`.",
        POWER,
        "10.0 ** -(np.sum(x * w) + b)",
    ),
    ("each-with-its-bias", BENT, ALL, "np.sum(1 / (1 + np.exp(-(x * w + b))))"),
    ("each-without-bias", f"{BENT} And where does b come in?", ALL, "np.sum(1 / (1 + np.exp(-x * w)))"),
    (
        "each-and-the-sum",
        "Each product went through the sigmoid, and then their sum once more. A neuron's activation is used once: "
        "on what?",
        TOTAL,
        "np.sum(1 / (1 + np.exp(-x * w))) + b",
    ),
    (
        "inputs-and-the-sum",
        "The inputs went through the sigmoid before they were weighed, and the total once more. "
        "The activation comes last, and once.",
        TOTAL,
        "np.sum(1 / (1 + np.exp(-x)) * w) + b",
    ),
    ("bias-of-the-first-exercise", BIAS.format("0.1"), TOTAL, "np.sum(x * w) + 0.1"),
    ("bias-of-the-small-case", BIAS.format("1"), TOTAL, "np.sum(x * w) + 1"),
    (
        "slope",
        "This is the slope, s · (1 - s): at a total of 0 it is 0.25. The neuron's output is s itself.",
        ALL,
        "0.25 / np.cosh((np.sum(x * w) + b) / 2) ** 2",
    ),
    ("cut-off-at-five", FLAT.format(5), TOTAL, "np.clip(np.sum(x * w) + b, -5, 5)"),
    ("cut-off-at-ten", FLAT.format(10), TOTAL, "np.clip(np.sum(x * w) + b, -10, 10)"),
    (
        "never-below-one-half",
        "A total below 0 gave an output above 0.5. Where does its sign get lost?",
        TOTAL,
        "abs(np.sum(x * w) + b)",
    ),
    (
        "with-relu-first",
        "A total below 0 became 0, and then 0.5. Is there a ReLU before your sigmoid?",
        TOTAL,
        "np.maximum(0, np.sum(x * w) + b)",
    ),
    (
        "total-rounded",
        "You round the total before the sigmoid. A function goes on with all that it has.",
        TOTAL,
        "np.round(np.sum(x * w) + b, 2)",
    ),
    (
        "too-steep",
        "Your curve is twice as steep as the sigmoid. What stands before the total in the exponent?",
        TOTAL,
        "2 * (np.sum(x * w) + b)",
    ),
    (
        "bias-as-factor",
        "You multiply by the bias. With a bias of 0 the inputs would not matter at all. How does the bias join the sum?",
        TOTAL,
        "np.sum(x * w) * b",
    ),
    (
        "added-not-multiplied",
        "Input and weight are added. With a weight of 0 an input should not count at all. Which sign does that?",
        "x * w",
        "x + w",
    ),
    (
        "sums-multiplied",
        "You add up first and multiply the sums. Then every weight meets every input. Which step comes first?",
        "np.sum(x * w)",
        "np.sum(x) * np.sum(w)",
    ),
    (
        "bias-in-the-fraction",
        "The bias stands below the fraction line in place of the 1. It belongs to the total, in the exponent.",
        "(1 + np.exp(-(np.sum(x * w) + b)))",
        "(b + np.exp(-np.sum(x * w)))",
    ),
    (
        "total-and-output",
        "You return the total and the output, side by side. Asked for is the output alone.",
        ALL,
        "np.sum(x * w) + b, 1 / (1 + np.exp(-(x @ w + b)))",
    ),
    (
        "softmax",
        "You return one number for each input, and together they sum to 1. A neuron adds its products up and gives a single number.",
        ALL,
        "np.exp(x * w - np.max(x * w)) / np.sum(np.exp(x * w - np.max(x * w)))",
    ),
):
    neuron.slip(name, hint, right, wrong)


@neuron.mistake(
    "three-inputs-only",
    "Your function reads three inputs. A neuron may have one input or a hundred: how long is x? `len(x)` tells.",
)
def _(x, w, b):
    return 1 / (1 + np.exp(-(x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b)))


@neuron.mistake(
    "changes-x-by-w",
    "`x *= w` writes into the caller's array. With whole numbers in it Python even refuses, and it should stay as it was "
    "in any case. Make a new array: `x * w`.",
)
def _(x, w, b):
    x *= w
    return 1 / (1 + np.exp(-(np.sum(x) + b)))
