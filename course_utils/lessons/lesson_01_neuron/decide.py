"""Decide whether to go to a party: does the weighted sum of the reasons exceed the threshold?"""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .common import numbers


def goes(x, w, threshold):
    """True when the weighted sum of the reasons exceeds the threshold."""
    return bool(np.dot(x, w) > threshold)


decide = FunctionExercise("decide", reference=goes, points=2, title="Go to the party?")


IMPORTANCE = np.array([0.3, 0.6, -0.5])


@decide.cases
def _(rng):
    yield small("the evening of the text", np.array([0.8, 0.9, 0.3]), IMPORTANCE, 0.5)
    yield small("the same evening, but very tired", np.array([0.8, 0.9, 0.9]), IMPORTANCE, 0.5)
    yield small("rain, no friends, tired", np.array([0.1, 0.0, 0.9]), IMPORTANCE, 0.5)
    yield small("little speaks for it, little against", np.array([0.1, 0.1, 0.1]), IMPORTANCE, 0.5)
    for label, side in [("just above the threshold", -1), ("just below the threshold", 1)]:
        x, w, _ = numbers(rng, 4)
        yield random(label, x, w, round(float(x @ w + side * rng.uniform(0.05, 0.3)), 2))
    yield edge("exactly on the threshold", np.array([1.0, 1.0]), np.array([0.5, 0.25]), 0.75)
    yield edge("a cautious person", np.array([1.0, 0.5]), np.array([0.6, 0.8]), 1.5)
    yield edge("a single reason", np.array([1.0]), np.array([2.0]), float(rng.uniform(1, 1.9)))


@decide.variant("with the threshold as bias")
def _(x, w, threshold):
    return np.dot(x, w) + (-threshold) > 0


@decide.variant("if and else")
def _(x, w, threshold):
    total = 0.0
    for reason, importance in zip(x, w, strict=True):
        total += reason * importance
    going = False
    if total > threshold:
        going = True
    return going


@decide.variant("not at most")
def _(x, w, threshold):
    return not np.dot(x, w) <= threshold


decide.slip(
    "at-least",
    "All fine, except for a sum that lies exactly on the threshold. To exceed means to be larger, not equal.",
    "> 0",
    ">= 0",
)

decide.slip(
    "reversed",
    "You go exactly when you should stay at home. Which side of the comparison should be larger?",
    "> 0",
    "< 0",
)

decide.slip(
    "returns-sum",
    "This is the weighted sum. The question is yes or no: compare it with the threshold.",
    " + (-threshold) > 0",
    "",
)

decide.slip(
    "one-or-zero",
    (
        "1 and 0 stand for yes and no, but True and False were asked for. "
        "What kind of value does a comparison have by itself?"
    ),
    "np.dot(x, w) + (-threshold) > 0",
    "1 if np.dot(x, w) > threshold else 0",
)

decide.slip(
    "fixed-threshold",
    (
        "Your function always compares with 0.5. Another person may have another threshold: "
        "which argument have you not used?"
    ),
    "(-threshold)",
    "(-0.5)",
)

decide.slip(
    "nothing-otherwise",
    "On the evenings when you go, all is well. What does your function hand back when you stay at home?",
    "going = False",
    "going = None",
    of="if and else",
)

decide.slip(
    "no-weights",
    (
        "You add the reasons up as if all counted the same. Then being tired speaks *for* the party. "
        "Where does the importance come in?"
    ),
    "np.dot(x, w)",
    "np.sum(x)",
)

decide.slip(
    "threshold-added",
    "You add the threshold, so a high threshold makes it easier to go. A bias is *minus* the threshold.",
    "(-threshold)",
    "threshold",
)

decide.slip(
    "any-reason",
    "You ask whether one reason alone exceeds the threshold. A neuron weighs them together: add up first.",
    "np.dot(x, w) + (-threshold) > 0",
    "np.any(x * w > threshold)",
)

decide.slip(
    "average",
    "You compare the average with the threshold. The neuron compares the sum.",
    "np.dot(x, w)",
    "np.mean(x * w)",
)
