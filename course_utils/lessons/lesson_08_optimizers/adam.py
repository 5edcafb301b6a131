"""Write Adam as a class: momentum and RMSprop at once, both corrected for their start at 0."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import _steps, use


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


adam = FunctionExercise(
    "adam", answer="Adam", reference=KerasAdam, points=4, title="Adam", tolerance=1e-5, library=(nn.Adam,)
)

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


@adam.variant("the paper's form")
class AdamOfThePaper:
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
class AdamWithPowers:
    def __init__(self, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.rate, self.b1, self.b2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.m, self.v, self.p1, self.p2 = 0, 0, 1, 1

    def step(self, w, gradient):
        self.p1, self.p2 = self.p1 * self.b1, self.p2 * self.b2
        self.m = self.m + (1 - self.b1) * (gradient - self.m)
        self.v = self.v + (1 - self.b2) * (gradient * gradient - self.v)
        return w - self.rate * (self.m / (1 - self.p1)) / np.sqrt(self.v / (1 - self.p2) + self.epsilon**2)


adam.variant("the correction in the rate, as Keras has it")(KerasAdam)

adam.slip(
    "no-correction",
    "m and v start at 0, so they are too small at first, and not by the same factor. Divide each by 1 - beta ** t before you use it.",
    "self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)",
    "self.m, self.v",
)


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


adam.slip(
    "t-starts-at-two",
    "Your first step is corrected as if it were the second. What is `self.t` when the first step uses it?",
    "self.t = 0",
    "self.t = 1",
)

adam.slip(
    "only-v-corrected",
    "You correct v and not m. Both start at 0, so both are too small at first.",
    "self.m / (1 - self.beta_1**self.t), self.v",
    "self.m, self.v",
)

adam.slip(
    "only-m-corrected",
    "You correct m and not v. Both start at 0, so both are too small at first.",
    "self.v / (1 - self.beta_2**self.t)",
    "self.v",
)

adam.slip(
    "no-square",
    "v takes up the gradient with its sign, so steep slopes to the left and to the right cancel out. v is the mean of which power of the gradient?",
    "gradient**2",
    "gradient",
)

adam.slip(
    "t-stays-one",
    "You correct every step as if it were the first one. The later ones need a higher power of beta: does `self.t` grow with each step, and does it stand in the power?",
    "self.t += 1",
    "self.t = 1",
)

adam.slip(
    "corrected-memory",
    "You write the corrected m and v back into the memory, so the next step corrects them again. Keep m and v as they are; correct them only for use.",
    "m_hat, v_hat = ",
    "m_hat, v_hat = self.m, self.v = ",
)

adam.slip(
    "no-momentum",
    "You divide the gradient itself by its size: that is RMSprop, corrected. In Adam the *mean* of the gradients is what moves w.",
    "self.learning_rate * m_hat",
    "self.learning_rate * gradient",
)

adam.slip(
    "no-root",
    "You divide by v itself. v is a mean of squares: what turns it back into the size of a gradient?",
    "np.sqrt(v_hat)",
    "v_hat",
)

adam.slip(
    "betas-swapped",
    "beta_1 belongs to m, the mean of the gradients, and beta_2 to v, the mean of the squares. You have them the other way round.",
    "learning_rate, beta_1, beta_2, epsilon",
    "learning_rate, beta_2, beta_1, epsilon",
)

adam.slip(
    "times-t",
    "`beta * t` is a product. The correction needs a power: beta to the t, `beta ** t`.",
    "self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)",
    "self.m / (1 - self.beta_1 * self.t), self.v / (1 - self.beta_2 * self.t)",
)

adam.slip(
    "no-epsilon",
    "All is well until a gradient is 0 from the start: then you compute 0 / 0, which is nan. What is `self.epsilon` for, and does it stand in what you divide by?",
    "(np.sqrt(v_hat) + self.epsilon)",
    "np.sqrt(v_hat)",
)

adam.slip(
    "uphill",
    "The direction is turned round: you go uphill.",
    "return w - ",
    "return w + ",
)

A_HAIR = "epsilon matters only where the gradient is 0, and there the step is 0 with any"
for size in ("2e-07", "5e-08", "9.999999999999999e-05"):
    adam.equivalent("1e-07", size, why=A_HAIR)
for root in ("self.v", "v_hat"):
    adam.equivalent(f"np.sqrt({root}) + self.epsilon", f"np.sqrt({root}) - self.epsilon", why=A_HAIR)
adam.equivalent("self.epsilon ** 2", why=A_HAIR)

adam.slip(
    "m-adds-up",
    "The new gradient comes in whole, so m is no mean. What stands before it?",
    "(1 - self.beta_1) * gradient\n",
    "gradient\n",
)

adam.slip(
    "v-adds-up",
    "The new square comes in whole, so v is no mean. What stands before it?",
    "(1 - self.beta_2) * gradient**2",
    "gradient**2",
)

adam.slip(
    "m-never-forgets",
    "m keeps all of what it was. How much of the old m should stay?",
    "self.beta_1 * self.m",
    "self.m",
)

adam.slip(
    "v-never-forgets",
    "v keeps all of what it was. How much of the old v should stay?",
    "self.beta_2 * self.v",
    "self.v",
)

adam.slip(
    "no-rate",
    "Each step is about 1 long, whatever the caller asks for. What makes it smaller?",
    "self.learning_rate * m_hat",
    "m_hat",
)

adam.slip(
    "corrected-the-wrong-way",
    "You multiply by 1 - beta ** t, so m and v become smaller still. They are too small at first: which operation makes them larger?",
    "self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)",
    "self.m * (1 - self.beta_1**self.t), self.v * (1 - self.beta_2**self.t)",
)

adam.slip(
    "one-correction-for-both",
    "m and v are corrected with the same beta. Each is a mean with a beta of its own.",
    "self.v / (1 - self.beta_2**self.t)",
    "self.v / (1 - self.beta_1**self.t)",
)
