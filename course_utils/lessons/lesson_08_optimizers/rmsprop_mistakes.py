"""More mistakes in RMSprop: means of something else, brackets, and relatives of it."""

import numpy as np

from .common import rounds, shrinks
from .rmsprop import Scaled, rmsprop

rmsprop.slip(
    "brackets",
    "rho multiplies the new square as well. It belongs to the old mean only: where does the bracket end?",
    "self.rho * self.mean_square + (1 - self.rho) * gradient**2",
    "self.rho * (self.mean_square + (1 - self.rho) * gradient**2)",
)

rmsprop.slip(
    "nothing-fades",
    "You add up all the squares and let none of them fade, so the steps get shorter and shorter (that is Adagrad). What stands before the old mean, and what before the new square?",
    "self.rho * self.mean_square + (1 - self.rho) * gradient**2",
    "self.mean_square + gradient**2",
)

rmsprop.slip(
    "old-mean-stays-whole",
    "All of the old mean stays, so it only grows. How much of it should be kept?",
    "self.rho * self.mean_square + ",
    "self.mean_square + ",
)

rmsprop.slip(
    "only-this-gradient",
    "You divide each slope by its own size, so every step is as long as the rate. The usual size is a *mean*: how much of the old one should stay?",
    "self.rho * self.mean_square + (1 - self.rho) * gradient**2",
    "gradient**2",
)

rmsprop.slip(
    "one-sum-for-all",
    "All the weights share one sum of squares. Each weight needs a mean of its own: that is the whole idea. No `np.sum` and no `np.linalg.norm` here.",
    "gradient**2",
    "np.sum(gradient**2)",
)

rmsprop.slip(
    "root-of-signed-mean",
    "You average the gradient itself, with its sign. Where it becomes negative, its root is nan. Square the gradient first.",
    "gradient**2",
    "gradient",
)

rmsprop.slip(
    "mean-first-then-square",
    "You average the gradients with their signs, and take the size of that. Slopes that jump between +4 and -4 would seem to be 0. First the squares, then their mean, then the root.",
    "gradient**2\n        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)",
    "gradient\n        return w - self.learning_rate * gradient / (np.abs(self.mean_square) + self.epsilon)",
)

rmsprop.slip(
    "signed-mean",
    "You divide by a mean of the gradients themselves, with their signs. The size comes from squares: first the squares, then their mean, then the root.",
    "gradient**2\n        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)",
    "gradient\n        return w - self.learning_rate * gradient / (self.mean_square + self.epsilon)",
)

rmsprop.slip(
    "w-shrinks",
    "Besides the step, w itself is multiplied by something each time (weight decay). In this rule w stays as it is.",
    "return w - ",
    "return 0.999 * w - ",
    when=shrinks(Scaled),
)

rmsprop.slip(
    "rounded",
    "Your new weights are rounded. Small steps get lost that way, one after the other: keep every digit.",
    "return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)",
    "return np.round(w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon), 3)",
    when=rounds(Scaled),
)


@rmsprop.mistake(
    "corrected",
    "You correct the mean for its start at 0, by 1 - rho ** t. That belongs to Adam: RMSprop divides by the root of the mean as it is.",
)
class Corrected:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square, self.t = 0.0, 0

    def step(self, w, gradient):
        self.t += 1
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square / (1 - self.rho**self.t) + self.epsilon)


@rmsprop.mistake(
    "centred",
    "You take the square of the mean gradient away from the mean square. Other programs call that *centred*; this formula has the mean square alone under the root.",
)
class Centred:
    def __init__(self, learning_rate, rho=0.9, epsilon=1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = self.mean = 0.0

    def step(self, w, gradient):
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        self.mean = self.rho * self.mean + (1 - self.rho) * gradient
        return w - self.learning_rate * gradient / np.sqrt(self.mean_square - self.mean**2 + self.epsilon)


rmsprop.slip(
    "mean-size",
    "You divide by the mean *size* of the slopes. Here the usual size is the root of the mean of their squares.",
    "gradient**2\n        return w - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)",
    "np.abs(gradient)\n        return w - self.learning_rate * gradient / (self.mean_square + self.epsilon)",
)

rmsprop.slip(
    "doubled-not-squared",
    "`gradient * 2` is twice the gradient. How do you write its square?",
    "gradient**2",
    "gradient * 2",
)

rmsprop.slip(
    "square-of-the-part",
    "You square 1 - rho as well. Only the gradient is squared: where do the brackets end?",
    "(1 - self.rho) * gradient**2",
    "((1 - self.rho) * gradient) ** 2",
)

rmsprop.slip(
    "w-divided-too",
    "You divide w as well. Only the step is divided by the usual size: which brackets are too many?",
    "return w - self.learning_rate * gradient / np.sqrt",
    "return (w - self.learning_rate * gradient) / np.sqrt",
)

rmsprop.slip(
    "root-of-the-gradient",
    "You divide by the root of the gradient, and the mean is not used. What does `self.mean_square` know?",
    "np.sqrt(self.mean_square + self.epsilon)",
    "np.sqrt(np.abs(gradient) + self.epsilon)",
)

rmsprop.slip(
    "square-of-the-mean",
    "You take one mean of all slopes and square that. Each weight has its own slope, and its own square.",
    "gradient**2",
    "np.mean(gradient) ** 2",
)

rmsprop.slip(
    "starts-full",
    "Your mean begins with the first square. It should begin at 0, so the first square comes in with the part 1 - rho only.",
    "self.mean_square = self.rho",
    "if np.ndim(self.mean_square) == 0:\n            self.mean_square = gradient**2\n        self.mean_square = self.rho",
)
