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
    yield small("much speaks against it", np.array([0.1, 0.0, 1.0]), np.array([0.3, 0.6, -2.0]), 0.5)
    x, w, _ = numbers(rng, 9)
    yield random("nine reasons, just enough", x, w, round(float(x @ w - rng.uniform(0.05, 0.3)), 2))
    for _ in range(8):
        x, w, threshold = numbers(rng, 3)
        yield random("one evening of many", x, w, round(threshold - 1, 1))
    yield edge("exactly on the threshold", np.array([1.0, 1.0]), np.array([0.5, 0.25]), 0.75)
    yield edge("a cautious person", np.array([1.0, 0.5]), np.array([0.6, 0.8]), 1.5)
    yield edge("a hair above the threshold", np.array([1.0, 2.0**-20]), np.array([0.625, 0.25]), 0.625)
    yield edge("a hair below the threshold", np.array([1.0, 2.0**-20]), np.array([0.625, -0.25]), 0.625)
    yield edge("a threshold below 0", np.array([0.5, 0.5]), np.array([0.25, -0.5]), -0.25)
    yield edge("no reason at all, and a threshold of 0", np.zeros(2), np.array([0.5, 0.25]), 0.0)
    yield edge("against, and then for", np.array([1.0, 1.0]), np.array([-0.5, 0.75]), 0.5)
    yield edge("a threshold between 0 and 1", np.array([1.0, 1.0, 1.0]), np.array([0.5, 0.25, 0.75]), 0.75)
    yield edge("whole numbers", np.array([3, 1, 2]), np.array([2, -1, 1]), int(rng.integers(2, 7)))
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
    "<= 0",
)

decide.slip(
    "reversed-without-the-border",
    "You go when the sum lies *below* the threshold. Which of the two should be larger?",
    "> 0",
    "< 0",
)

decide.slip(
    "absolute",
    "Your sum has lost its sign: a sum of -2 counts as much as 2. Then reasons against the party can send you there. "
    "Where does the minus go?",
    "np.dot(x, w)",
    "abs(np.dot(x, w))",
)

decide.slip(
    "with-sigmoid",
    "You send the sum through a sigmoid before you compare it. The threshold belongs to the sum itself.",
    "np.dot(x, w)",
    "1 / (1 + np.exp(-np.dot(x, w)))",
)

decide.slip(
    "rounded-first",
    "A sum that exceeds the threshold by very little does not count with you. "
    "Is something rounded, or a small number added, before you compare?",
    "np.dot(x, w) + (-threshold)",
    "np.round(np.dot(x, w) - threshold, 2)",
)

decide.slip(
    "as-text",
    "'True' in quotation marks is a text. Without the marks, True is a value by itself.",
    "np.dot(x, w) + (-threshold) > 0",
    "str(np.dot(x, w) > threshold)",
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
    "compared-with-zero",
    "Your function always compares the sum with 0. Which argument have you not used?",
    " + (-threshold)",
    "",
)

decide.slip(
    "by-how-much",
    "This is by how much the sum exceeds the threshold. The question is yes or no: when is it yes?",
    " > 0",
    "",
)

decide.slip(
    "nothing-returned",
    "Your function decides and hands nothing back. `print` only shows a value. Which word gives it to the caller?",
    "return np.dot(x, w) + (-threshold) > 0",
    "going = np.dot(x, w) + (-threshold) > 0\n    del going",
)

decide.slip(
    "decides-on-the-way",
    "You say yes as soon as the reasons so far are enough. A later reason may speak against it: add up all of them first.",
    "        total += reason * importance\n    going = False\n    if total > threshold:\n        going = True\n    return going",
    "        total += reason * importance\n        if total > threshold:\n            return True\n    return False",
    of="if and else",
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
    "every-reason",
    "You ask whether every reason by itself exceeds the threshold. A neuron weighs them together: add up first.",
    "np.dot(x, w) + (-threshold) > 0",
    "np.all(x * w > threshold)",
)

decide.slip(
    "one-answer-for-each-reason",
    "You return an answer for each reason. The question is asked once: what has to happen to the products first?",
    "np.dot(x, w)",
    "x * w",
)

decide.slip(
    "returns-too-early",
    "You decide after the first reason. How often does your loop run before the function returns?",
    "        total += reason * importance\n    going = False\n    if total > threshold:\n        going = True\n    return going",
    "        total += reason * importance\n        return total > threshold",
    of="if and else",
)

decide.slip(
    "average",
    "What you compare with the threshold comes to the average. The neuron compares the sum. Is something divided, or is the "
    "threshold taken away once for each reason?",
    "np.dot(x, w)",
    "np.mean(x * w)",
)

decide.equivalent("np.dot(x, w)", "np.dot(w, x)", why="the dot product of two rows may be turned round")
decide.equivalent("bool(np.dot(x, w) > threshold)", "np.dot(x, w) > threshold", why="NumPy's True is True as well")
