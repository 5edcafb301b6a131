"""Compute the binary cross-entropy of logits, exact however large they are."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import breaks, limited, patched, swept


def bce_from_logits(y, z):
    """mean(max(z, 0) - z y + log(1 + exp(-|z|))), exact for logits of any size."""
    return nn.binary_crossentropy(y, z, from_logits=True)


binary = FunctionExercise(
    "binary-crossentropy",
    reference=bce_from_logits,
    points=3,
    title="Binary cross-entropy from logits",
    library=(nn.binary_crossentropy,),
)


@binary.cases
def _(rng):
    yield small("p = 1/2 with label 1, p = 3/4 with label 0", np.array([1.0, 0.0]), np.array([0.0, np.log(3.0)]))
    yield random("six logits", rng.integers(0, 2, size=6).astype(float), rng.normal(size=6) * 2)
    yield random("a column of logits", np.array([[0.0], [1.0], [1.0]]), rng.normal(size=(3, 1)) * 2)
    yield random("four photos with three tags each", rng.integers(0, 2, size=(4, 3)), rng.normal(size=(4, 3)) * 2)
    yield edge("sure and right", np.array([1.0, 0.0]), np.array([5.0, -5.0]))
    yield edge("a logit of 9, and the label is 0", np.array([0.0]), np.array([9.0]))
    yield edge("a logit of 40, and the label is 0", np.array([0.0]), np.array([40.0]))
    yield edge("a logit of -40, and the label is 1", np.array([1.0]), np.array([-40.0]))
    yield edge("huge logits", np.array([1.0, 1.0, 0.0]), np.array([-1000.0, 1000.0, 1000.0]))
    yield edge("huge and small logits together", np.array([1.0, 0, 1, 0]), np.array([2000.0, -0.5, 0.3, -1000.0]))
    yield edge("logits in the tens of thousands", np.array([1.0, 0.0]), np.array([-30000.0, 20000.0]))
    yield edge("whole-number logits", np.array([1, 0, 0]), np.array([2, 0, -3]))


@binary.variant("the formula of the text")
def _(y, z):
    return np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))


@binary.variant("logaddexp")
def _(y, z):
    return np.logaddexp(0, z).mean() - (y * z).mean()


@binary.variant("one example at a time, by the sign of the logit")
def _(y, z):
    losses = []
    for label, score in zip(y.ravel(), z.ravel(), strict=True):
        if score > 0:
            losses.append(score * (1 - label) + np.log1p(np.exp(-score)))
        else:
            losses.append(-score * label + np.log1p(np.exp(score)))
    return sum(losses) / len(losses)


@binary.variant("the wrong side's logit")
def _(y, z):
    against = np.where(y == 1, -z, z)
    return np.mean(np.maximum(against, 0) + np.log1p(np.exp(-np.abs(against))))


@binary.variant("float32")
def _(y, z):
    z = z.astype(np.float32)
    return np.mean(np.maximum(z, 0) - z * y.astype(np.float32) + np.log1p(np.exp(-np.abs(z))))


binary.slip(
    "overflow",
    "np.exp(1000.0) overflows, so a large logit gives inf. How could the exponent be kept at or below 0 for every z?",
    "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
    "np.log(1 + np.exp(z)) - y * z",
    when=lambda seen, y, z: breaks(seen, z, 700),
)

binary.slip(
    "through-probabilities",
    (
        "At z = 40 the sigmoid is rounded to exactly 1: what is the log of 1 - 1? "
        "Use the form of the loss that never computes p."
    ),
    "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
    "-y * np.log(1 / (1 + np.exp(-z))) - (1 - y) * np.log(1 - 1 / (1 + np.exp(-z)))",
    when=lambda seen, y, z: breaks(seen, z, 30),
)

binary.slip(
    "clipped",
    (
        "With p kept between 1e-7 and 1 - 1e-7 nothing breaks, but no loss can exceed 16.1, however wrong the network is. "
        "What is the loss of a logit of -40 with label 1?"
    ),
    "return np.logaddexp(0, z).mean() - (y * z).mean()",
    "p = np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)\n    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    of="logaddexp",
)

binary.slip(
    "small-number-added",
    (
        "Nothing breaks, but your loss never exceeds a limit: a small number inside the log, or a clip, does that. For a logit of "
        "-40 and the label 1 the loss is 40. What is yours? Rewrite the formula so that no repair is needed."
    ),
    "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
    "-y * np.log(1 / (1 + np.exp(-z)) + 1e-7) - (1 - y) * np.log(1 - 1 / (1 + np.exp(-z)) + 1e-7)",
    when=lambda seen, y, z: patched(seen, np.logaddexp(0, z) - y * z),
)

binary.slip(
    "logits-cut-off",
    (
        "Large logits seem to be cut off, so your loss never exceeds a limit. It must be right for logits of any size: "
        "in which form of the formula can no exponent become too large?"
    ),
    "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
    "np.logaddexp(0, np.clip(z, -500, 500)) - y * np.clip(z, -500, 500)",
    when=lambda seen, y, z: limited(seen, np.logaddexp(0, z) - y * z),
)

binary.slip(
    "divided-by-rows",
    "For a table you divide by the number of rows only. Over how many numbers does the mean run?",
    "np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))",
    "np.sum(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))) / len(z)",
)

binary.slip(
    "nan-to-num",
    (
        "np.nan_to_num puts 0 in the place of nan and the largest float in the place of inf. Neither of them is the loss. "
        "In which form of the formula does no inf arise?"
    ),
    "return np.logaddexp(0, z).mean() - (y * z).mean()",
    "p = 1 / (1 + np.exp(-z))\n    return np.nan_to_num(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))",
    of="logaddexp",
    when=lambda seen, y, z: swept(seen, z),
)

binary.slip(
    "logit-as-probability",
    (
        "You treat the logits as if they were probabilities between 0 and 1. A logit of 3 is not *more than certain*: "
        "start from the formula with max and |z|."
    ),
    "np.logaddexp(0, z).mean() - (y * z).mean()",
    "-np.mean(y * np.log(np.clip(z, 1e-7, 1 - 1e-7)) + (1 - y) * np.log(1 - np.clip(z, 1e-7, 1 - 1e-7)))",
    of="logaddexp",
)

binary.slip(
    "forgot-sigmoid",
    (
        "You take the log of the logit itself. A logit is a score that may be negative; "
        "which function turns it into a probability?"
    ),
    "np.logaddexp(0, z).mean() - (y * z).mean()",
    "-np.mean(y * np.log(z) + (1 - y) * np.log(1 - z))",
    of="logaddexp",
)

binary.slip(
    "sign",
    "Your loss is negative. The log of a probability is never above 0: which sign is missing?",
    "np.mean",
    "-np.mean",
)

binary.slip(
    "sum",
    "You add up the losses of all examples. With twice as many examples the loss would double. What do you return instead?",
    "np.mean",
    "np.sum",
)

binary.slip(
    "one-for-each-column",
    "For a table you return one mean for each column. A loss is one number: over which axes does the mean run?",
    "np.log(1 + np.exp(-np.abs(z))))",
    "np.log(1 + np.exp(-np.abs(z))), axis=0)",
)

binary.slip(
    "one-for-each-row",
    "For a table you return one mean for each row. A loss is one number: over which axes does the mean run?",
    "np.log(1 + np.exp(-np.abs(z))))",
    "np.log(1 + np.exp(-np.abs(z))), axis=-1)",
)

binary.slip(
    "abs-missing",
    "Where z is negative, -z is a positive exponent. How does the formula of the text keep it at or below 0?",
    "-np.abs(z)",
    "-z",
)

binary.slip(
    "minus-missing",
    "Your exponent is never negative. In the formula of the text it is never positive: which sign is missing?",
    "-np.abs(z)",
    "np.abs(z)",
)

binary.slip(
    "max-missing",
    "Of the three parts of the formula the first is missing: what becomes of a large positive logit when the label is 0?",
    "np.maximum(z, 0) - z * y",
    "-z * y",
)

binary.slip(
    "label-part-missing",
    "Your loss does not look at the labels. In which of the three parts of the formula do they stand?",
    " - z * y",
    "",
)

binary.slip(
    "plus-label",
    "With label 1 a higher logit makes your loss larger. Look at the sign before the product with y.",
    " - z * y",
    " + z * y",
)

binary.slip(
    "log-part-missing",
    "At z = 0 your loss is 0, but a network that does not know has the loss log 2. Which of the three parts is missing?",
    " + np.log(1 + np.exp(-np.abs(z)))",
    "",
)

binary.slip(
    "no-mean",
    "You return one loss for each example. A loss is one number for the whole batch.",
    "np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))",
    "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
)

binary.slip(
    "labels-swapped",
    "Your loss is small when the network is wrong. A high logit speaks for label 1: which label should be cheap then?",
    "z * y",
    "z * (1 - y)",
)

binary.slip(
    "label-one-only",
    (
        "Examples with label 0 cost nothing in your loss, so a network that always says yes would be perfect. "
        "Which half of the formula is missing?"
    ),
    "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
    "y * (np.maximum(z, 0) - z + np.log(1 + np.exp(-np.abs(z))))",
)

binary.slip(
    "squared-error",
    "This is the squared error of the probability. It never exceeds 1, not even for a network that is sure and wrong.",
    "np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
    "(1 / (1 + np.exp(-z)) - y) ** 2",
)

binary.slip(
    "base-two",
    "Your log has base 2. Keras, and this course, use the natural logarithm, np.log.",
    "np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))",
    "np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))) / np.log(2)",
)

binary.equivalent("np.logaddexp(0, z)", "np.logaddexp(z, 0)", why="log(e^0 + e^z) is the same in either order")
binary.equivalent("score > 0", why="both branches are exact for a score around 0")
binary.equivalent("z = z.astype(np.float32)", why="the answer is exact in float64 as well")
