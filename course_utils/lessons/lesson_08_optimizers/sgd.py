"""Write plain gradient descent as a class with a step."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import _steps, moves, rounds, shrinks, use


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

sgd.slip(
    "clipped",
    "Your slopes are cut at -1 and 1. Gradient clipping is another idea: here a slope of 6 counts six times as much as one of 1.",
    "self.learning_rate * gradient",
    "self.learning_rate * np.clip(gradient, -1, 1)",
    of="the formula",
)

sgd.slip(
    "normalised",
    "You divide the gradient by its own length, so all your steps are equally long. How steep the ground is should count.",
    "self.learning_rate * gradient",
    "self.learning_rate * gradient / np.linalg.norm(gradient)",
    of="the formula",
)


def factors(w, places, gradients):
    """The number that stood before the gradient in each step; not finite where it was not one number for all weights."""
    slopes = np.array(gradients, dtype=float)
    flat, steep = -moves(w, places)[1].reshape(len(slopes), -1), slopes.reshape(len(slopes), -1)
    found = np.sum(flat * steep, axis=1) / np.sum(steep * steep, axis=1)
    fits = np.allclose(flat, found[:, None] * steep, rtol=1e-6, atol=1e-9)
    return found if fits else np.full(len(slopes), np.nan)


def changes_its_rate(seen, settings, w, gradients):
    """Whether the first step is right, and later ones have another factor."""
    found = factors(w, seen, gradients)
    return (
        np.isfinite(found).all()
        and np.isclose(found[0], settings["learning_rate"])
        and not np.allclose(found, found[0])
    )


def has_another_factor(seen, settings, w, gradients):
    """Whether the same number stands before the gradient in all steps, and it is not the learning rate."""
    found = factors(w, seen, gradients)
    return found[0] > 0 and np.allclose(found, found[0]) and not np.isclose(found[0], settings["learning_rate"])


sgd.slip(
    "rate-changes",
    "Your first step is right. After it the number before the gradient is another one: what changes the learning rate between two steps? It should stay as it was given.",
    "        return w - self.learning_rate * gradient\n",
    "        rate = self.learning_rate\n        self.learning_rate *= 0.95\n        return w - rate * gradient\n",
    of="the formula",
    when=changes_its_rate,
)

sgd.slip(
    "another-factor",
    "You go the right way, but the number before the gradient is not the learning rate. Only `self.learning_rate` belongs there, once.",
    "self.learning_rate * gradient",
    "self.learning_rate / 2 * gradient",
    of="the formula",
    when=has_another_factor,
)


def goes_all_alike(seen, settings, w, gradients):
    """Whether all weights make the same move in each step."""
    made = moves(w, seen)[1].reshape(len(gradients), -1)
    return made.shape[1] > 1 and np.allclose(made, made[:, :1])


sgd.slip(
    "one-move-for-all",
    "All weights make the same move, so you made one number of all the slopes. Each weight has a slope of its own.",
    "self.learning_rate * gradient",
    "self.learning_rate * np.sum(gradient)",
    of="the formula",
    when=goes_all_alike,
)

sgd.slip(
    "w-shrinks",
    "Besides the step along the gradient, w itself is multiplied by something in each step (weight decay). In this rule w stays as it is.",
    "return w - self.learning_rate * gradient",
    "return (1 - 0.01 * self.learning_rate) * w - self.learning_rate * gradient",
    of="the formula",
    when=shrinks(PlainSGD),
)

sgd.slip(
    "rounded",
    "Your new weights are rounded. Small steps get lost that way, one after the other: keep every digit.",
    "return w - self.learning_rate * gradient",
    "return np.round(w - self.learning_rate * gradient, 3)",
    of="the formula",
    when=rounds(PlainSGD),
)
