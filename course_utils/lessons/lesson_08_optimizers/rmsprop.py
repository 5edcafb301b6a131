"""Write RMSprop as a class: each weight's step is divided by the usual size of its gradient."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import _steps, use


class Scaled:
    """mean_square = rho * mean_square + (1 - rho) * gradient^2; w - learning_rate * gradient / sqrt(mean_square + epsilon)."""

    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)


rmsprop = FunctionExercise(
    "rmsprop", answer="RMSprop", reference=Scaled, points=3, title="RMSprop", tolerance=1e-5, library=(nn.RMSprop,)
)

rmsprop.drive(use)


@rmsprop.cases
def _(rng):
    yield small("slopes 4 and 4, rho 0.75", {"learning_rate": 0.1, "rho": 0.75}, np.array([1.0]), [np.array([4.0])] * 2)
    for shape, rho in (((3,), 0.9), ((2, 3), rng.uniform(0.6, 0.85))):
        yield random(
            f"20 steps, shape {shape}", {"learning_rate": rng.uniform(0.01, 0.05), "rho": rho}, *_steps(rng, *shape)
        )
    w, gradients = _steps(rng, 2)
    yield edge(
        "one weight a thousand times as steep", {"learning_rate": 0.02}, w, [g * [1.0, 1000.0] for g in gradients]
    )
    yield edge("a slope of 0 from the start", {"learning_rate": 0.1}, np.array([2.0, 1.0]), [np.array([0.0, 1.0])] * 3)


rmsprop.variant("epsilon under the root")(Scaled)


@rmsprop.variant("epsilon outside the root")
class EpsilonOutside:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / (np.sqrt(self.mean_square) + self.epsilon)


@rmsprop.variant("towards the new square by a part of the way")
class PartOfTheWay:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.rate, self.part, self.epsilon, self.v = learning_rate, 1 - rho, epsilon, None

    def step(self, w, gradient):
        if self.v is None:
            self.v = np.zeros_like(w)
        self.v += self.part * (gradient * gradient - self.v)
        return w - self.rate * gradient * (self.v + self.epsilon) ** -0.5


rmsprop.slip(
    "no-root",
    "You divide by the mean *square*. The typical size of a gradient is the square root of that; only then does the unit cancel.",
    "np.sqrt(self.mean_square + self.epsilon)",
    "(self.mean_square + self.epsilon)",
)


@rmsprop.mistake(
    "no-square",
    "You average the gradient itself, with its sign. A slope that jumps between +4 and -4 would seem to be 0. Square it first.",
)
class NoSquare:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient
        return w - self.learning_rate * gradient / np.sqrt(np.abs(self.mean_square) + self.epsilon)


rmsprop.slip(
    "size-not-square",
    "You average the size of the gradient and take a root of that. Of which power of it is the mean to be taken, so that the root gives a size back?",
    "gradient**2",
    "np.abs(gradient)",
)

rmsprop.slip(
    "adds-up",
    "The new square comes in whole, so this is no mean: with rho = 0.75 it grows to four times the square. What stands before the new one?",
    "(1 - self.rho) * ",
    "",
)

rmsprop.slip(
    "weights-swapped",
    "rho and 1 - rho have changed places: the *old* mean should count for most.",
    "self.rho * self.mean_square + (1 - self.rho) * gradient**2",
    "(1 - self.rho) * self.mean_square + self.rho * gradient**2",
)

rmsprop.slip(
    "no-epsilon",
    "All is well until a gradient is 0 from the start: then you compute 0 / 0, which is nan. What is `self.epsilon` for, and does it stand in what you divide by?",
    " + self.epsilon",
    "",
)

rmsprop.slip(
    "old-mean",
    "You divide by the mean from *before* this step, which is 0 at first: the first step is huge. Renew the mean, then divide.",
    "self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2\n        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)",
    "new = w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)\n        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2\n        return new",
)

rmsprop.slip(
    "forgets",
    "Each call starts from a mean of 0 again. Keep the new mean in `self.mean_square`.",
    "self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2\n        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)",
    "mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2\n        return w - self.learning_rate * gradient / np.sqrt(mean_square + self.epsilon)",
)

rmsprop.slip(
    "one-for-all",
    "All the weights share one mean. Each weight needs its own: that is the whole idea. No `np.mean` here.",
    "gradient**2",
    "np.mean(gradient**2)",
)

A_HAIR = "epsilon matters only where the gradient is 0, and there the step is 0 with any"
for other in ("2e-07", "5e-08"):
    rmsprop.equivalent("1e-07", other, why=A_HAIR)
rmsprop.equivalent("np.sqrt(self.mean_square) + self.epsilon", "np.sqrt(self.mean_square) - self.epsilon", why=A_HAIR)

rmsprop.slip(
    "uphill",
    "You add the step, which leads uphill. Which sign leads down?",
    "return w - ",
    "return w + ",
)

rmsprop.slip(
    "multiplied",
    "You multiply by the size of the gradients, so steep slopes make even longer steps. They should become equally long.",
    "gradient / np.sqrt",
    "gradient * np.sqrt",
)

rmsprop.slip(
    "no-rate",
    "Each step is about 1 long, whatever the caller asks for. What makes it smaller?",
    "self.learning_rate * ",
    "",
)

rmsprop.slip(
    "no-gradient",
    "You divide the rate by the size of the gradient, and the gradient itself is missing: its sign tells where to go.",
    "self.learning_rate * gradient",
    "self.learning_rate",
)

rmsprop.slip(
    "fixed-rho",
    "You keep nine tenths of the old mean, whatever the caller asks for. Which name holds rho?",
    "self.rho * self.mean_square + (1 - self.rho)",
    "0.9 * self.mean_square + 0.1",
)

rmsprop.slip(
    "mean-of-weights",
    "You average the squares of the *weights*. Of what should the usual size be known?",
    "gradient**2",
    "w**2",
)
