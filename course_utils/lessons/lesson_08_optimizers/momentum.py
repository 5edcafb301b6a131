"""Write gradient descent with momentum as a class that keeps a velocity."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import _steps, use


class Heavy:
    """velocity = momentum * velocity - learning_rate * gradient; w + velocity."""

    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return w + self.velocity


momentum = FunctionExercise(
    "momentum", answer="Momentum", reference=Heavy, points=3, title="Momentum", library=(nn.SGD,)
)

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
    yield edge("the usual momentum, not named", {"learning_rate": rng.uniform(0.01, 0.1)}, *_steps(rng, 2, steps=5))
    yield edge("momentum 0 is plain SGD", {"learning_rate": 0.1, "momentum": 0.0}, *_steps(rng, 2, steps=5))
    yield edge(
        "rolling on when the slope is 0",
        {"learning_rate": 0.1, "momentum": 0.9},
        np.zeros(1),
        [np.ones(1), np.zeros(1), np.zeros(1)],
    )


momentum.variant("as Keras has it")(Heavy)


@momentum.variant("velocity without the rate, as PyTorch has it")
class MomentumOfPyTorch:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity + gradient
        return w - self.learning_rate * self.velocity


@momentum.variant("from the last two places")
class MomentumFromPlaces:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.before = None

    def step(self, w, gradient):
        moved = 0 if self.before is None else w - self.before
        self.before = w
        return w - self.learning_rate * gradient + self.momentum * moved


momentum.slip(
    "forgets",
    "Every step is like the first one: nothing is carried over. Keep the new velocity in `self.velocity`, so that the next call finds it.",
    "self.velocity = self.momentum * self.velocity - self.learning_rate * gradient\n        return w + self.velocity",
    "velocity = self.momentum * self.velocity - self.learning_rate * gradient\n        return w + velocity",
)

momentum.slip(
    "never-slows",
    "The velocity only ever adds up. Each step should keep a *part* of it: where does `self.momentum` come in?",
    "self.momentum * self.velocity",
    "self.velocity",
)

momentum.slip(
    "averaged",
    "You weigh the gradient with (1 - momentum), which makes an average and shrinks the steps. In this form the new push comes in whole: learning rate times gradient.",
    "- self.learning_rate * gradient",
    "- (1 - self.momentum) * self.learning_rate * gradient",
)

momentum.slip(
    "sign",
    "The two signs do not fit together: you roll uphill. The velocity takes up *minus* the gradient, and w moves *by* the velocity.",
    "- self.learning_rate * gradient",
    "+ self.learning_rate * gradient",
)

momentum.slip(
    "brake",
    "The old velocity pushes backwards. If the last step went to the left, to which side should it push now?",
    "self.momentum * self.velocity",
    "-self.momentum * self.velocity",
)

momentum.slip(
    "moves-first",
    "You move with the *old* velocity, so the first step stays where it is. First the new velocity, then the move.",
    "self.velocity = self.momentum * self.velocity - self.learning_rate * gradient\n        return w + self.velocity",
    "w = w + self.velocity\n        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient\n        return w",
)

momentum.slip(
    "no-rate",
    "The gradient goes into the velocity at full size. What makes it smaller?",
    "self.learning_rate * gradient",
    "gradient",
)

momentum.slip(
    "only-the-velocity",
    "This is the velocity, how far to go. Where do you arrive, when you start at w?",
    "return w + self.velocity",
    "return self.velocity",
)

momentum.slip(
    "fixed-momentum",
    "Your ball always keeps nine tenths of its speed, whatever the caller asks for. Which name holds the momentum?",
    "self.momentum * self.velocity",
    "0.9 * self.velocity",
)

momentum.slip(
    "rate-and-momentum-swapped",
    "The learning rate and the momentum have changed places. Which of them belongs to the old velocity?",
    "self.momentum * self.velocity - self.learning_rate * gradient",
    "self.learning_rate * self.velocity - self.momentum * gradient",
)

momentum.slip(
    "friction-on-the-push",
    "The new push is slowed down in the step in which it comes. Only the *old* velocity is multiplied by the momentum.",
    "self.momentum * self.velocity - self.learning_rate * gradient",
    "self.momentum * (self.velocity - self.learning_rate * gradient)",
)

momentum.slip(
    "pushes-twice",
    "The gradient pushes twice: it is in the new velocity already. Add the velocity to w, and nothing else.",
    "return w + self.velocity",
    "return w + self.velocity - self.learning_rate * gradient",
)
