"""Exercises of lesson 08: SGD, momentum, RMSprop, Adam, a schedule, and rates that win a race down a ravine."""

import math
from typing import Any

import numpy as np

from course_utils.widgets import ravine

from .core import Lesson, edge, random, small

lesson = Lesson("08_optimizers", "Optimizers")


def use(answer, settings, w, gradients):
    """The weights after each step of a new optimizer: `answer(**settings)`, then `step(w, gradient)` for each gradient."""
    optimizer = answer(**settings)
    places = []
    for gradient in gradients:
        w = optimizer.step(w, gradient)
        if w is None:
            return None
        places.append(np.array(w))
    return places


def _steps(rng, *shape, steps=20):
    """Start and gradients, neither of them near 0."""
    size = rng.uniform(0.5, 2, size=(steps, *shape))
    return rng.normal(size=shape), list(size * rng.choice([-1.0, 1.0], size=(steps, *shape), p=[0.3, 0.7]))


# SGD --------------------------------------------------------------------------------------------------


class PlainSGD:
    """w - learning_rate * gradient."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        return w - self.learning_rate * gradient


sgd = lesson.function("sgd", answer="SGD", reference=PlainSGD, points=2, title="SGD")
sgd.drive(use)


@sgd.cases
def _(rng):
    yield small("w = 3, slopes 6 and 4", {"learning_rate": 0.1}, np.array([3.0]), [np.array([6.0]), np.array([4.0])])
    yield random("20 steps, three weights", {"learning_rate": rng.uniform(0.01, 0.1)}, *_steps(rng, 3))
    yield random("20 steps, a table of weights", {"learning_rate": rng.uniform(0.1, 0.3)}, *_steps(rng, 2, 3))
    yield edge("a slope of 0", {"learning_rate": 0.1}, rng.normal(size=2), [np.array([0.0, 1.0])] * 2)


@sgd.mistake("uphill", "You add the gradient, which leads uphill. Which sign leads down?")
class SgdUphill:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        return w + self.learning_rate * gradient


@sgd.mistake("no-rate", "The whole gradient is your step. What did `__init__` keep for you, to make it smaller?")
class SgdNoRate:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        return w - gradient


@sgd.mistake("only-the-step", "This is how far to go, not where you arrive.")
class SgdOnlyTheStep:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        return self.learning_rate * gradient


@sgd.mistake("only-minus-the-step", "This is the move. Where do you arrive, when you start at w?")
class SgdOnlyMinusTheStep:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        return -self.learning_rate * gradient


@sgd.mistake(
    "fixed-rate",
    "Your steps have the same size for every learning rate: you wrote the number into the code. Use `self.learning_rate`.",
)
class SgdFixedRate:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        return w - 0.1 * gradient


@sgd.mistake(
    "changes-input", "The result is right, but `w -= …` writes into the caller's array. Return a new one: `w - …`."
)
class SgdChangesInput:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        w -= self.learning_rate * gradient
        return w


@sgd.variant("the rate under another name")
class SgdTheRateUnderAnotherName:
    def __init__(self, learning_rate):
        self.rate = learning_rate

    def step(self, w, gradient):
        return np.subtract(w, np.multiply(self.rate, gradient))


@sgd.variant("in place, on a copy")
class SgdInPlaceOnACopy:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, w, gradient):
        w = w.copy()
        w -= self.learning_rate * gradient
        return w


# Momentum ---------------------------------------------------------------------------------------------


class Heavy:
    """velocity = momentum * velocity - learning_rate * gradient; w + velocity."""

    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return w + self.velocity


momentum = lesson.function("momentum", answer="Momentum", reference=Heavy, points=3, title="Momentum")
momentum.drive(use)


@momentum.cases
def _(rng):
    rate = {"learning_rate": 0.1, "momentum": 0.5}
    yield small(
        "w = 1, slopes 2, 2 and -1, momentum 0.5", rate, np.array([1.0]), [np.array([g]) for g in (2.0, 2.0, -1.0)]
    )
    for shape, beta in (((3,), 0.9), ((2, 3), rng.uniform(0.3, 0.8))):
        yield random(
            f"20 steps, shape {shape}",
            {"learning_rate": rng.uniform(0.01, 0.1), "momentum": beta},
            *_steps(rng, *shape),
        )
    yield edge("momentum 0 is plain SGD", {"learning_rate": 0.1, "momentum": 0.0}, *_steps(rng, 2, steps=5))
    yield edge(
        "rolling on when the slope is 0",
        {"learning_rate": 0.1, "momentum": 0.9},
        np.zeros(1),
        [np.ones(1), np.zeros(1), np.zeros(1)],
    )


@momentum.mistake(
    "forgets",
    "Every step is like the first one: nothing is carried over. Keep the new velocity in `self.velocity`, so that the next call finds it.",
)
class MomentumForgets:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return w + velocity


@momentum.mistake(
    "never-slows",
    "The velocity only ever adds up. Each step should keep a *part* of it: where does `self.momentum` come in?",
)
class MomentumNeverSlows:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.velocity - self.learning_rate * gradient
        return w + self.velocity


@momentum.mistake(
    "averaged",
    "You weigh the gradient with (1 - momentum), which makes an average and shrinks the steps. In this form the new push comes in whole: learning rate times gradient.",
)
class MomentumAveraged:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity - (1 - self.momentum) * self.learning_rate * gradient
        return w + self.velocity


@momentum.mistake(
    "sign",
    "The two signs do not fit together: you roll uphill. The velocity takes up *minus* the gradient, and w moves *by* the velocity.",
)
class MomentumSign:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity + self.learning_rate * gradient
        return w + self.velocity


@momentum.mistake(
    "brake", "The old velocity pushes backwards. If the last step went to the left, to which side should it push now?"
)
class MomentumBrake:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = -self.momentum * self.velocity - self.learning_rate * gradient
        return w + self.velocity


@momentum.mistake(
    "moves-first",
    "You move with the *old* velocity, so the first step stays where it is. First the new velocity, then the move.",
)
class MomentumMovesFirst:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        w = w + self.velocity
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return w


@momentum.mistake("no-rate", "The gradient goes into the velocity at full size. What makes it smaller?")
class MomentumNoRate:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity - gradient
        return w + self.velocity


@momentum.variant("velocity without the rate, as PyTorch has it")
class MomentumVelocityWithoutTheRateAs:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity + gradient
        return w - self.learning_rate * self.velocity


@momentum.variant("from the last two places")
class MomentumFromTheLastTwoPlaces:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.before = None

    def step(self, w, gradient):
        moved = 0 if self.before is None else w - self.before
        self.before = w
        return w - self.learning_rate * gradient + self.momentum * moved


# RMSprop ----------------------------------------------------------------------------------------------


class Scaled:
    """mean_square = rho * mean_square + (1 - rho) * gradient^2; w - learning_rate * gradient / sqrt(mean_square + epsilon)."""

    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)


rmsprop = lesson.function("rmsprop", answer="RMSprop", reference=Scaled, points=3, title="RMSprop", tolerance=1e-5)
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


@rmsprop.mistake(
    "no-root",
    "You divide by the mean *square*. The typical size of a gradient is the square root of that; only then does the unit cancel.",
)
class RmspropNoRoot:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / (self.mean_square + self.epsilon)


@rmsprop.mistake(
    "no-square",
    "You average the gradient itself, with its sign. A slope that jumps between +4 and -4 would seem to be 0. Square it first.",
)
class RmspropNoSquare:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient
        return w - self.learning_rate * gradient / np.sqrt(np.abs(self.mean_square) + self.epsilon)


@rmsprop.mistake(
    "adds-up",
    "The new square comes in whole, so this is no mean: with rho = 0.75 it grows to four times the square. What stands before the new one?",
)
class RmspropAddsUp:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + gradient**2
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)


@rmsprop.mistake("weights-swapped", "rho and 1 - rho have changed places: the *old* mean should count for most.")
class RmspropWeightsSwapped:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = (1 - self.rho) * self.mean_square + self.rho * gradient**2
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)


@rmsprop.mistake(
    "no-epsilon",
    "All is well until a gradient is 0 from the start: then you compute 0 / 0, which is nan. What is `self.epsilon` for?",
)
class RmspropNoEpsilon:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square)


@rmsprop.mistake(
    "old-mean",
    "You divide by the mean from *before* this step, which is 0 at first: the first step is huge. Renew the mean, then divide.",
)
class RmspropOldMean:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        new = w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return new


@rmsprop.mistake("forgets", "Each call starts from a mean of 0 again. Keep the new mean in `self.mean_square`.")
class RmspropForgets:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / np.sqrt(mean_square + self.epsilon)


@rmsprop.mistake(
    "one-for-all",
    "All the weights share one mean. Each weight needs its own: that is the whole idea. No `np.mean` here.",
)
class RmspropOneForAll:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * np.mean(gradient**2)
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)


@rmsprop.variant("epsilon outside the root")
class RmspropEpsilonOutsideTheRoot:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / (np.sqrt(self.mean_square) + self.epsilon)


@rmsprop.variant("towards the new square by a part of the way")
class RmspropTowardsTheNewSquareBy:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.rate, self.part, self.epsilon, self.v = learning_rate, 1 - rho, epsilon, None

    def step(self, w, gradient):
        if self.v is None:
            self.v = np.zeros_like(w)
        self.v += self.part * (gradient * gradient - self.v)
        return w - self.rate * gradient * (self.v + self.epsilon) ** -0.5


# Adam -------------------------------------------------------------------------------------------------


class KerasAdam:
    """Adam as Keras has it: rate sqrt(1 - beta_2^t) / (1 - beta_1^t) times m / (sqrt(v) + epsilon)."""

    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        rate = self.learning_rate * np.sqrt(1 - self.beta_2**self.t) / (1 - self.beta_1**self.t)
        return w - rate * self.m / (np.sqrt(self.v) + self.epsilon)


adam = lesson.function("adam", answer="Adam", reference=KerasAdam, points=4, title="Adam", tolerance=1e-5)
adam.drive(use)


@adam.cases
def _(rng):
    betas = {"learning_rate": 0.1, "beta_1": 0.5, "beta_2": 0.75}
    yield small("slopes 4 and -2", betas, np.array([1.0]), [np.array([4.0]), np.array([-2.0])])
    yield random("20 steps, three weights", {"learning_rate": rng.uniform(0.01, 0.1)}, *_steps(rng, 3))
    other = {"learning_rate": 0.05, "beta_1": rng.uniform(0.6, 0.8), "beta_2": rng.uniform(0.85, 0.97)}
    yield random("20 steps, a table, other betas", other, *_steps(rng, 2, 3))
    w, gradients = _steps(rng, 2)
    yield edge(
        "one weight a thousand times as steep", {"learning_rate": 0.02}, w, [g * [1.0, 1000.0] for g in gradients]
    )
    yield edge("a slope of 0 from the start", {"learning_rate": 0.1}, np.array([2.0, 1.0]), [np.array([0.0, 1.0])] * 3)


@adam.mistake(
    "no-correction",
    "m and v start at 0, so they are too small at first, and not by the same factor. Divide each by 1 - beta ** t before you use it.",
)
class AdamNoCorrection:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        return w - self.learning_rate * self.m / (np.sqrt(self.v) + self.epsilon)


@adam.mistake(
    "t-is-zero",
    "In your first step t is 0, so you divide by 1 - beta ** 0, which is 0. Count the step before you use the count.",
)
class AdamTIsZero:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)
        self.t += 1
        return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)


@adam.mistake(
    "t-stays-one",
    "The first step is right, the later ones are not: `self.t` counts the steps and has to grow with each.",
)
class AdamTStaysOne:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        t = self.t + 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_1**t), self.v / (1 - self.beta_2**t)
        return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)


@adam.mistake(
    "corrected-memory",
    "You write the corrected m and v back into the memory, so the next step corrects them again. Keep m and v as they are; correct them only for use.",
)
class AdamCorrectedMemory:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        self.m = self.m / (1 - self.beta_1**self.t)
        self.v = self.v / (1 - self.beta_2**self.t)
        return w - self.learning_rate * self.m / (np.sqrt(self.v) + self.epsilon)


@adam.mistake(
    "no-momentum",
    "You divide the gradient itself by its size: that is RMSprop, corrected. In Adam the *mean* of the gradients is what moves w.",
)
class AdamNoMomentum:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        return w - self.learning_rate * gradient / (np.sqrt(self.v / (1 - self.beta_2**self.t)) + self.epsilon)


@adam.mistake(
    "no-root", "You divide by v itself. v is a mean of squares: what turns it back into the size of a gradient?"
)
class AdamNoRoot:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)
        return w - self.learning_rate * m_hat / (v_hat + self.epsilon)


@adam.mistake(
    "betas-swapped",
    "beta_1 belongs to m, the mean of the gradients, and beta_2 to v, the mean of the squares. You have them the other way round.",
)
class AdamBetasSwapped:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_2 * self.m + (1 - self.beta_2) * gradient
        self.v = self.beta_1 * self.v + (1 - self.beta_1) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_2**self.t), self.v / (1 - self.beta_1**self.t)
        return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)


@adam.mistake("times-t", "`beta * t` is a product. The correction needs a power: beta to the t, `beta ** t`.")
class AdamTimesT:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_1 * self.t), self.v / (1 - self.beta_2 * self.t)
        return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)


@adam.mistake(
    "no-epsilon",
    "All is well until a gradient is 0 from the start: then you compute 0 / 0, which is nan. What is `self.epsilon` for?",
)
class AdamNoEpsilon:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)
        return w - self.learning_rate * m_hat / np.sqrt(v_hat)


@adam.mistake("uphill", "The direction is turned round: you go uphill.")
class AdamUphill:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)
        return w + self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)


@adam.variant("the paper's form")
class AdamThePaperSForm:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, w, gradient):
        self.t += 1
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradient
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * gradient**2
        m_hat, v_hat = self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)
        return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)


@adam.variant("the paper's form, epsilon under the root, powers carried along")
class AdamThePaperSFormEpsilon:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.rate, self.b1, self.b2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m, self.v, self.p1, self.p2 = 0, 0, 1, 1

    def step(self, w, gradient):
        self.p1, self.p2 = self.p1 * self.b1, self.p2 * self.b2
        self.m = self.m + (1 - self.b1) * (gradient - self.m)
        self.v = self.v + (1 - self.b2) * (gradient * gradient - self.v)
        return w - self.rate * (self.m / (1 - self.p1)) / np.sqrt(self.v / (1 - self.p2) + self.epsilon**2)


# A schedule -------------------------------------------------------------------------------------------


def warm_cosine(step, top, warmup, total):
    """A straight climb from 0 to `top` over `warmup` steps, then half a cosine wave down to 0 at `total`, and 0 from there on."""
    if step < warmup:
        return top * step / warmup
    done = min((step - warmup) / (total - warmup), 1)
    return top * (1 + math.cos(math.pi * done)) / 2


schedule = lesson.function("schedule", answer="rate_at", reference=warm_cosine, points=3, title="A schedule")


@schedule.drive
def _(answer, steps, top, warmup, total):
    return [answer(step, top, warmup, total) for step in steps]


@schedule.cases
def _(rng):
    yield small("warm-up to 10, end at 50: steps 0, 5, 10, 30 and 50", [0, 5, 10, 30, 50], 0.1, 10, 50)
    for _ in range(2):
        warmup = int(rng.integers(5, 20))
        total = warmup + int(rng.integers(30, 60))
        steps = sorted(rng.choice(total, size=8, replace=False).tolist())
        yield random(
            f"eight steps, warm-up to {warmup}, end at {total}",
            [warmup // 2, *steps],
            rng.uniform(0.01, 1),
            warmup,
            total,
        )
    yield edge("after the end", [40, 41, 45, 79], 0.2, 10, 40)
    yield edge("without a warm-up", [0, 1, 10, 20], 0.2, 0, 20)


@schedule.mistake(
    "no-warmup", "Your rate begins at the top. In the first `warmup` steps it should climb from 0: a straight line."
)
def _(step, top, warmup, total):
    return top * (1 + np.cos(np.pi * min(max(step - warmup, 0) / (total - warmup), 1))) / 2


@schedule.mistake(
    "cosine-from-zero",
    "There is a jump at the end of the warm-up: your wave has run since step 0. Count its steps from the end of the warm-up.",
)
def _(step, top, warmup, total):
    if step < warmup:
        return top * step / warmup
    return top * (1 + np.cos(np.pi * min(step / total, 1))) / 2


@schedule.mistake(
    "comes-back",
    "After the end your rate rises again, since a cosine does. How far can the wave be at most: `min(…, 1)`?",
)
def _(step, top, warmup, total):
    if step < warmup:
        return top * step / warmup
    return top * (1 + np.cos(np.pi * (step - warmup) / (total - warmup))) / 2


@schedule.mistake(
    "whole-wave", "Your rate falls to 0 halfway and climbs again: that is a whole wave. Half a wave ends at π."
)
def _(step, top, warmup, total):
    if step < warmup:
        return top * step / warmup
    return top * (1 + np.cos(2 * np.pi * min((step - warmup) / (total - warmup), 1))) / 2


@schedule.mistake("below-zero", "Your rate becomes negative: a cosine runs from 1 to -1. Lift it by 1 and halve it.")
def _(step, top, warmup, total):
    if step < warmup:
        return top * step / warmup
    return top * np.cos(np.pi * min((step - warmup) / (total - warmup), 1))


@schedule.mistake(
    "forgot-half", "At the end of the warm-up your rate jumps to twice the top. 1 + cos is 2 there: what is missing?"
)
def _(step, top, warmup, total):
    if step < warmup:
        return top * step / warmup
    return top * (1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1)))


@schedule.mistake(
    "straight-down",
    "The way up is right. The way down is a straight line in your code; it should be half a cosine wave.",
)
def _(step, top, warmup, total):
    if step < warmup:
        return top * step / warmup
    return top * (1 - min((step - warmup) / (total - warmup), 1))


@schedule.mistake("whole-division", "`//` throws the part behind the point away, so the warm-up stays at 0. Use `/`.")
def _(step, top, warmup, total):
    if step < warmup:
        return top * (step // warmup)
    return top * (1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2


@schedule.variant("three cases")
def _(step, top, warmup, total):
    if step >= total:
        return 0.0
    if step >= warmup:
        return 0.5 * top + 0.5 * top * np.cos(np.pi * (step - warmup) / (total - warmup))
    return step / warmup * top


@schedule.variant("by the square of the cosine of half the angle")
def _(step, top, warmup, total):
    part = np.clip((step - warmup) / (total - warmup), 0, 1)
    return step / warmup * top if step < warmup else top * np.cos(np.pi * part / 2) ** 2


# The race ---------------------------------------------------------------------------------------------

RACERS = {"sgd": PlainSGD, "momentum": Heavy, "rmsprop": Scaled, "adam": KerasAdam}
NARROW = 400.0  # how strongly the ground of the race bends across the ravine
BUDGETS = {"sgd": 1000, "momentum": 100, "rmsprop": 100, "adam": 100}


def good_rates():
    """A learning rate for each optimizer that reaches the target in time, in the narrow ravine."""
    return {"sgd": 0.0048, "momentum": 0.005, "rmsprop": 0.1, "adam": 0.5}


race = lesson.object("race", answer="rates", reference=good_rates, points=3, title="A narrower ravine")


@race.drive
def _(answer, name, start):
    return answer


@race.cases
def _(rng):
    for stage, name in ((small, "sgd"), (random, "momentum"), (random, "rmsprop"), (edge, "adam")):
        yield stage(f"{name}, {BUDGETS[name]} steps", name, ravine.START)


def outcome(rates: Any, name: str, start: np.ndarray) -> tuple[str, str]:
    """How one racer fares: ("", "") in time, else what went wrong and a sentence about it."""
    if not isinstance(rates, dict) or name not in rates:
        return "missing", f"rates should be a dict with the key {name!r}"
    rate = rates[name]
    if isinstance(rate, bool) or not isinstance(rate, int | float | np.number):
        return "missing", f"rates[{name!r}] should be a number"
    if not 0 < rate < math.inf:
        return "sign", f"rates[{name!r}] is {rate:g}, and a learning rate is above 0"
    budget = BUDGETS[name]
    with np.errstate(all="ignore"):
        losses = ravine.height(ravine.path(RACERS[name](float(rate)), budget, start, across=NARROW), across=NARROW)
    if (losses <= ravine.TARGET).any():
        return "", ""
    end = losses[-1]
    told = f"with learning rate {rate:g}, {name} is at a loss of {end:.3g} after {budget} steps; the target is {ravine.TARGET:g}"
    if not np.isfinite(end) or end > losses[0]:
        return "diverged", told
    if name == "sgd" and rate > 0.00496:
        return "zigzag", told
    return "slow" if (np.diff(losses[-20:]) <= 0).all() else "restless", told


@race.accept
def _(seen, name, start):
    return outcome(seen, name, start)[1] or None


def fares(way, *names):
    """Recognises rates by how any of the named racers fares."""
    return lambda seen, *_: any(outcome(seen, name, ravine.START)[0] == way for name in names)


@race.mistake(
    "same-for-all",
    "One learning rate for all four. RMSprop and Adam divide by the size of the gradient, so their rate is a *distance* per step; for SGD and momentum it is a factor. They need not be alike.",
    when=lambda seen, *_: isinstance(seen, dict) and len(seen) == 4 and len({str(rate) for rate in seen.values()}) == 1,
)
def _():
    return {"sgd": 0.001, "momentum": 0.001, "rmsprop": 0.001, "adam": 0.001}


@race.mistake(
    "too-steep",
    "SGD or momentum climbs out of the ravine. The walls are four times as steep as before: across, the ground bends with 400. What does that make of the limit 2 / 100?",
    when=fares("diverged", "sgd", "momentum"),
)
def _():
    return {"sgd": 0.0195, "momentum": 0.015, "rmsprop": 0.1, "adam": 0.5}


@race.mistake(
    "sgd-at-its-limit",
    "SGD is so near to its limit that it jumps from wall to wall, and the jumps hardly shrink. Stay a little further below it.",
    when=fares("zigzag", "sgd"),
)
def _():
    return {"sgd": 0.004995, "momentum": 0.005, "rmsprop": 0.1, "adam": 0.5}


@race.mistake(
    "sgd-too-small",
    "SGD goes the right way and has too far to go. It may go almost up to its limit: a zigzag does no harm as long as it shrinks.",
    when=fares("slow", "sgd"),
)
def _():
    return {"sgd": 0.0015, "momentum": 0.005, "rmsprop": 0.1, "adam": 0.5}


@race.mistake(
    "momentum-too-small",
    "Momentum carries on by itself, but each push of yours is too weak to get going in 100 steps. Try the size of rate that served SGD.",
    when=fares("slow", "momentum"),
)
def _():
    return {"sgd": 0.0048, "momentum": 0.0005, "rmsprop": 0.1, "adam": 0.5}


@race.mistake(
    "adaptive-too-small",
    "A step of RMSprop or of Adam is about as long as the learning rate itself, and the way is 4 long. How many steps of your length does it take?",
    when=fares("slow", "rmsprop", "adam"),
)
def _():
    return {"sgd": 0.0048, "momentum": 0.005, "rmsprop": 0.01, "adam": 0.01}


@race.mistake(
    "adaptive-too-large",
    "RMSprop or Adam is near the bottom and cannot settle: its steps stay about as long as the learning rate, and the target is only 0.14 away from the bottom. Take shorter steps.",
    when=fares("restless", "rmsprop", "adam"),
)
def _():
    return {"sgd": 0.0048, "momentum": 0.005, "rmsprop": 0.3, "adam": 0.5}


@race.variant("other rates")
def _():
    return {"sgd": 0.004, "momentum": 0.007, "rmsprop": 0.08, "adam": 0.4}


@race.variant("NumPy numbers")
def _():
    return {"adam": np.float64(0.3), "rmsprop": np.float32(0.12), "sgd": np.float64(0.0049), "momentum": 0.004}
