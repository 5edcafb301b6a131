"""Go to the party: mistakes in what is compared, and answers that are always the same."""

import numpy as np

from .decide import decide

ALL = "np.dot(x, w) + (-threshold) > 0"
SUM = "np.dot(x, w)"

for name, hint, right, wrong in (
    ("always-yes", "You go on every evening. Is there a comparison, and does it use the threshold?", ALL, "True"),
    ("always-no", "You never go. Is there a comparison, and does it use the threshold?", ALL, "False"),
    (
        "yes-in-words",
        "Yes in Python is the value True, without quotation marks.",
        ALL,
        '"yes" if np.dot(x, w) > threshold else "no"',
    ),
    (
        "reasons-unused",
        "You add up the importances, and the reasons of this evening are not in your sum. What is each multiplied by?",
        SUM,
        "np.sum(w)",
    ),
    (
        "added-not-multiplied",
        "Reason and importance are added. A reason without importance should not count at all. Which sign does that?",
        SUM,
        "np.sum(x + w)",
    ),
    (
        "sums-multiplied",
        "You add up first and multiply the sums. Each importance belongs to one reason: which step comes first?",
        SUM,
        "np.sum(x) * np.sum(w)",
    ),
    (
        "whole-numbers-only",
        "`int` cuts off what stands after the point, so a sum of 0.7 counts as 0. Compare the sum as it is.",
        SUM,
        "int(np.dot(x, w))",
    ),
    (
        "equal",
        "You go only when the sum *equals* the threshold. Which sign says that it is larger?",
        "+ (-threshold) > 0",
        "== threshold",
    ),
    (
        "not-equal",
        "You go whenever the sum is not exactly the threshold, also when it lies below. Which sign says that it is larger?",
        "+ (-threshold) > 0",
        "!= threshold",
    ),
    (
        "last-reason-missing",
        "The last reason is never used. What is the last value of i in `range(len(x) - 1)`?",
        SUM,
        "np.dot(x[:-1], w[:-1])",
    ),
    (
        "first-reason-missing",
        "The first reason is never used. Python counts from 0: what is the first value of i in `range(1, len(x))`?",
        SUM,
        "np.dot(x[1:], w[1:])",
    ),
    (
        "last-reason-only",
        "You decide by the last reason alone: each turn of the loop forgets the one before. How does a sum grow?",
        SUM,
        "x[-1] * w[-1]",
    ),
    (
        "for-only",
        "You leave out the reasons that speak against. Their products are below 0 and belong to the sum too.",
        SUM,
        "np.sum(np.maximum(0, x * w))",
    ),
    (
        "sizes-of-the-importances",
        "An importance below 0 has lost its sign, so being tired speaks *for* the party. Where does the minus go?",
        SUM,
        "np.sum(x * np.abs(w))",
    ),
    (
        "threshold-as-factor",
        "You multiply by the threshold. The sum is to be *compared* with it: which is larger?",
        "+ (-threshold)",
        "* threshold",
    ),
    (
        "counted",
        "You count how many reasons speak for it. A strong reason weighs more than a weak one: what should be added up?",
        ALL,
        "bool(np.sum(x * w > 0) > len(x) / 2)",
    ),
    (
        "reasons-compared",
        "You compare the reasons by themselves with the threshold, without their importance. What is to be added up first?",
        ALL,
        "bool(np.any(x > threshold))",
    ),
):
    decide.slip(name, hint, right, wrong)


@decide.mistake(
    "three-reasons-only",
    "Your function reads three reasons. There may be one, or nine: how long is x? `len(x)` tells.",
)
def _(x, w, threshold):
    return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] > threshold


@decide.mistake(
    "importances-of-the-text",
    "The importances of the text stand in your function. Another person has others: which argument have you not used?",
)
def _(x, w, threshold):
    return 0.3 * x[0] + 0.6 * x[1] - 0.5 * x[2] > threshold


@decide.mistake(
    "changes-input",
    "The answer is right, but x itself was changed. A line such as `x *= w` writes into the caller's array. "
    "Make a new one: `x * w`.",
)
def _(x, w, threshold):
    going = np.dot(x, w) > threshold
    x[...] = 0
    return going
