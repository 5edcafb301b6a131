"""Binary cross-entropy from logits: mistakes of who mixes p and z, and of who changes one of the three parts."""

import numpy as np

from .binary_crossentropy import binary

EACH = "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))"
LOG = "np.log(1 + np.exp(-np.abs(z)))"
SIGMOID = "z = 1 / (1 + np.exp(-z))\n    return np.mean"

for name, hint, right, wrong in (
    (
        "sigmoid-in-the-formula",
        "You put the sigmoid of z into the formula of the text. That formula is made for the logit itself: which letter "
        "stands in it?",
        "return np.mean",
        SIGMOID,
    ),
    (
        "base-two-in-the-log",
        "The log of the last part has base 2. Keras, and this course, use the natural logarithm, np.log.",
        LOG,
        "np.log2(1 + np.exp(-np.abs(z)))",
    ),
    (
        "base-ten-in-the-log",
        "The log of the last part has base 10. Keras, and this course, use the natural logarithm, np.log.",
        LOG,
        "np.log10(1 + np.exp(-np.abs(z)))",
    ),
    (
        "one-missing-in-the-log",
        "Below your log the 1 is missing, so the log and the exponential undo each other. What stands beside the exponential?",
        LOG,
        "np.log(np.exp(-np.abs(z)))",
    ),
    (
        "one-counted-twice",
        "`np.log1p(x)` is the log of 1 + x already. With a 1 in its brackets, which number is counted twice?",
        LOG,
        "np.log1p(1 + np.exp(-np.abs(z)))",
    ),
    (
        "log-left-out",
        "The last part is the *log* of 1 + e to the power -|z|. Where is it?",
        LOG,
        "(1 + np.exp(-np.abs(z)))",
    ),
    (
        "exponential-alone",
        "The last part is the log of 1 + e to the power -|z|. You add the exponential alone.",
        LOG,
        "np.exp(-np.abs(z))",
    ),
    (
        "log-taken-away",
        "The last part is taken away. At z = 0 the loss is log 2, and not less than nothing: which sign does it have?",
        f"+ {LOG}",
        f"- {LOG}",
    ),
    (
        "size-for-max",
        "The first part is |z| in your loss. It is the larger of z and 0: what should become of a negative logit there?",
        "np.maximum(z, 0)",
        "np.abs(z)",
    ),
    (
        "logit-for-max",
        "The first part is z itself in your loss. It is the larger of z and 0: what should become of a negative logit there?",
        "np.maximum(z, 0)",
        "z",
    ),
    (
        "minimum-for-max",
        "The first part is the *smaller* of z and 0 in your loss. Which of the two should stay?",
        "np.maximum(z, 0)",
        "np.minimum(z, 0)",
    ),
    (
        "one-max-for-all",
        "The largest logit of all stands in every loss. The first part is taken place by place: which function compares "
        "two numbers in each place?",
        "np.maximum(z, 0)",
        "np.maximum(np.max(z), 0)",
    ),
    (
        "max-with-one",
        "The first part compares z with 1. With what does the formula compare it?",
        "np.maximum(z, 0)",
        "np.maximum(z, 1)",
    ),
    (
        "label-by-itself",
        "In the middle part the label stands by itself. What is it multiplied by?",
        " - z * y",
        " - y",
    ),
    (
        "label-with-the-size",
        "In the middle part the logit has lost its sign. With label 1 a logit of -5 is wrong, and one of 5 is right.",
        "z * y",
        "np.abs(z) * y",
    ),
    (
        "label-with-the-cut-logit",
        "In the middle part negative logits became 0. With label 1 a negative logit is costly: what stands beside y there?",
        "z * y",
        "np.maximum(z, 0) * y",
    ),
    (
        "halved",
        "You divide by 2 as well. The mean is all that is asked for.",
        "return np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))",
        "return np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))) / 2",
    ),
    (
        "label-with-the-sigmoid",
        "In the middle part stands the sigmoid of z. The formula multiplies the label by the logit itself.",
        "z * y",
        "y / (1 + np.exp(-z))",
    ),
    (
        "largest-down-the-first-axis",
        "`np.max(z, 0)` takes the largest of each column: 0 is its *axis*. Which function compares every number with 0?",
        "np.maximum(z, 0)",
        "np.max(z, 0)",
    ),
    (
        "softmax",
        "Your probabilities of *all* the examples together make 1: that is softmax. Each logit is a question of its own.",
        EACH,
        "y * (np.logaddexp.reduce(z.ravel()) - z) - (1 - y) * np.log(1 - np.exp(z - np.logaddexp.reduce(z.ravel())))",
    ),
):
    binary.slip(name, hint, right, wrong)


@binary.mistake(
    "changes-input",
    "The loss is right, but one of the inputs was changed: a line of yours writes into the caller's array. Make a new one.",
)
def _(y, z):
    loss = np.mean(np.logaddexp(0, z) - y * z)
    z[...] = 0
    return loss
