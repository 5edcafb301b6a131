"""Write plain gradient descent as a class with a step."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import _steps, use


class PlainSGD:
    """w - learning_rate * gradient."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        return w - self.learning_rate * gradient


sgd = FunctionExercise("sgd", answer="SGD", reference=PlainSGD, points=2, title="SGD", library=(nn.SGD,))

sgd.drive(use)


@sgd.cases
def _(rng):
    yield small("w = 3, slopes 6 and 4", {"learning_rate": 0.1}, np.array([3.0]), [np.array([6.0]), np.array([4.0])])
    yield random("20 steps, three weights", {"learning_rate": rng.uniform(0.01, 0.1)}, *_steps(rng, 3))
    yield random("20 steps, a table of weights", {"learning_rate": rng.uniform(0.1, 0.3)}, *_steps(rng, 2, 3))
    yield edge("a slope of 0", {"learning_rate": 0.1}, rng.normal(size=2), [np.array([0.0, 1.0])] * 2)


sgd.variant("the formula")(PlainSGD)


@sgd.variant("the rate under another name")
class OtherName:
    def __init__(self, learning_rate):
        self.rate = learning_rate

    def step(self, w, gradient):
        return np.subtract(w, np.multiply(self.rate, gradient))


@sgd.variant("in place, on a copy")
class OnACopy:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        w = w.copy()
        w -= self.learning_rate * gradient
        return w


sgd.slip(
    "uphill",
    "You add the gradient, which leads uphill. Which sign leads down?",
    "return w - ",
    "return w + ",
)

sgd.slip(
    "no-rate",
    "The whole gradient is your step. What did `__init__` keep for you, to make it smaller?",
    "self.learning_rate * ",
    "",
)

sgd.slip(
    "only-the-step",
    "This is how far to go, not where you arrive.",
    "return w - ",
    "return ",
)

sgd.slip(
    "only-minus-the-step",
    "This is the move. Where do you arrive, when you start at w?",
    "return w - ",
    "return -",
)

sgd.slip(
    "fixed-rate",
    "Your steps have the same size for every learning rate: you wrote the number into the code. Use `self.learning_rate`.",
    "self.learning_rate * gradient",
    "0.1 * gradient",
)

sgd.slip(
    "changes-input",
    "The result is right, but `w -= …` writes into the caller's array. Return a new one: `w - …`.",
    "        w = w.copy()\n",
    "",
    of="in place, on a copy",
)

sgd.equivalent("np.multiply(self.rate, gradient)", "np.multiply(gradient, self.rate)", why="a product has no order")

sgd.slip(
    "divided-by-rate",
    "You divide by the learning rate, so a small rate makes long steps. A rate of 0.1 should take a tenth of the gradient.",
    "np.multiply(self.rate, gradient)",
    "gradient / self.rate",
    of="the rate under another name",
)

sgd.slip(
    "rate-on-all",
    "The learning rate makes w small as well. Which of the two does it belong to?",
    "np.subtract(w, np.multiply(self.rate, gradient))",
    "np.multiply(self.rate, np.subtract(w, gradient))",
    of="the rate under another name",
)

sgd.slip(
    "only-the-sign",
    "Each step is as long as the learning rate, however steep the ground is. The gradient has a size as well as a sign.",
    "self.learning_rate * gradient",
    "self.learning_rate * np.sign(gradient)",
    of="the formula",
)

sgd.slip(
    "one-step-for-all",
    "All weights go the same way: you take one mean of all slopes. Each weight has a slope of its own.",
    "self.learning_rate * gradient",
    "self.learning_rate * np.mean(gradient)",
    of="the formula",
)
