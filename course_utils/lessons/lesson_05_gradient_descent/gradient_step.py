"""Move the weights one step downhill."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def downhill(w, gradient, learning_rate):
    """w - learning_rate * gradient."""
    return w - learning_rate * gradient


step = FunctionExercise(
    "gradient-step",
    reference=downhill,
    points=2,
    title="One step downhill",
    tolerance=1e-9,
    library=(nn.SGD,),
)


@step.cases
def _(rng):
    yield small("slopes 6 and -2, learning rate 0.1", np.array([3.0, 1.0]), np.array([6.0, -2.0]), 0.1)
    yield random("four weights", rng.normal(size=4), rng.normal(size=4), rng.uniform(0.01, 0.5))
    yield random("a table of weights", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), rng.uniform(0.01, 0.5))
    yield random("a table with depth, (2, 3, 2)", rng.normal(size=(2, 3, 2)), rng.normal(size=(2, 3, 2)), 0.03)
    yield edge("very steep ground", rng.normal(size=3), np.array([400.0, -700.0, 90.0]), 0.1)
    yield edge("a tiny learning rate", rng.normal(size=3), rng.normal(size=3), 1e-6)
    yield edge("flat ground", rng.normal(size=3), np.zeros(3), 0.1)
    yield edge("a single weight, a large step", rng.normal(size=1), rng.normal(size=1), 2.0)


@step.variant("a plus and a minus")
def _(w, gradient, learning_rate):
    return w + (-learning_rate) * gradient


@step.variant("loop")
def _(w, gradient, learning_rate):
    moved = w.copy()
    for place in np.ndindex(w.shape):
        moved[place] = w[place] - learning_rate * gradient[place]
    return moved


@step.variant("float32")
def _(w, gradient, learning_rate):
    return np.subtract(w, learning_rate * gradient).astype(np.float32)


step.slip(
    "uphill",
    "You went *up*. The gradient points to where the loss grows. Which way do you want to go?",
    "(-learning_rate)",
    "learning_rate",
)

step.slip(
    "no-rate",
    "You took the whole gradient as the step. What makes the step smaller?",
    "(-learning_rate)",
    "(-1)",
)

step.slip(
    "only-the-step",
    "This is how far to go, not where you arrive. From where did you start?",
    "w + (-learning_rate) * gradient",
    "learning_rate * gradient",
)

step.slip(
    "only-minus-the-step",
    "This is the move itself: its direction is right. Add it to the place where you stand.",
    "w + ",
    "",
)

step.slip(
    "divided",
    "You divide by the learning rate, so a small rate makes a huge step. It should make a small one.",
    "+ (-learning_rate) * gradient",
    "- gradient / learning_rate",
)

step.slip(
    "brackets",
    "The learning rate multiplies the weight too. It belongs to the gradient alone: which brackets are too many?",
    "w + (-learning_rate) * gradient",
    "learning_rate * (w - gradient)",
)

step.slip(
    "sign-only",
    "You go the same distance however steep the ground is. The size of the slope counts too, not only its sign.",
    "+ (-learning_rate) * gradient",
    "- learning_rate * np.sign(gradient)",
)

step.slip(
    "both-subtracted",
    "You subtract the learning rate and the gradient one after the other. The rule *multiplies* them first.",
    "w + (-learning_rate) * gradient",
    "w - learning_rate - gradient",
)

step.slip(
    "times-the-weight",
    "Your step grows with the weight itself. How far to go depends on the slope and the learning rate only.",
    "w + (-learning_rate) * gradient",
    "w * (1 - learning_rate * gradient)",
)

step.slip(
    "absolute",
    "You always make the weights smaller. Where the slope is negative, the way down is to the right.",
    "(-learning_rate) * gradient",
    "(-learning_rate) * np.abs(gradient)",
)

step.slip(
    "length-one",
    "You give the gradient the length 1 first. Where the ground is steep the step is long, where it is flat it is short.",
    "(-learning_rate) * gradient",
    "(-learning_rate) * gradient / np.linalg.norm(gradient)",
)

step.slip(
    "clipped",
    "You keep the gradient within limits. The rule takes it as it is, however steep the ground may be.",
    "(-learning_rate) * gradient",
    "(-learning_rate) * np.clip(gradient, -1, 1)",
)

step.slip(
    "mean-gradient",
    "All weights take the same step, that of the mean slope. Each weight has a slope of its own.",
    "(-learning_rate) * gradient",
    "(-learning_rate) * np.mean(gradient)",
)

step.slip(
    "swapped",
    "You start at the gradient and step by the weights. Which of the two is the place where you stand?",
    "w + (-learning_rate) * gradient",
    "gradient - learning_rate * w",
)

step.slip(
    "own-rate",
    "Your learning rate is a number of your own. It comes as the third argument.",
    "(-learning_rate)",
    "(-0.1)",
)

step.slip(
    "rate-twice",
    "The learning rate is in your step twice. The rule multiplies the gradient by it once.",
    "(-learning_rate)",
    "(-learning_rate * learning_rate)",
)

step.slip(
    "changes-gradient",
    "Your code writes into the caller's `gradient`, as `gradient *= …` does. Make a new array: `learning_rate * gradient`.",
    "return w + (-learning_rate) * gradient",
    "gradient *= learning_rate\n    return w - gradient",
)

step.slip(
    "changes-input",
    "Your code writes into the caller's `w`, as `w -= …` does. Return a new array: `w - …`.",
    "return w + (-learning_rate) * gradient",
    "w -= learning_rate * gradient\n    return w",
)

step.equivalent("w.copy()", "gradient.copy()", why="every place is written")
step.equivalent("np.ndindex(w.shape)", "np.ndindex(gradient.shape)", why="both arrays have the same shape")
