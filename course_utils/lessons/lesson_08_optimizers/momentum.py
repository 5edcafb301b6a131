"""Write gradient descent with momentum as a class that keeps a velocity."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import _steps, rounds, shrinks, use


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
def rolling(rng):
    """Cases for whatever carries a velocity from step to step."""
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

momentum.slip(
    "nesterov",
    "That is Nesterov's form, which looks one step ahead: momentum times the new velocity, and the push once more. Here w moves by the new velocity, and by nothing else.",
    "return w + self.velocity",
    "return w + self.momentum * self.velocity - self.learning_rate * gradient",
)

momentum.slip(
    "rest-of-the-momentum",
    "You keep 1 - momentum of the old velocity. With momentum 0.9, how much of the speed should stay?",
    "self.momentum * self.velocity",
    "(1 - self.momentum) * self.velocity",
)

momentum.slip(
    "running-mean-reversed",
    "Momentum and 1 - momentum have changed places, as in a running mean the wrong way round. Here the old velocity is multiplied by momentum, and the new push by nothing but the learning rate.",
    "self.momentum * self.velocity - self.learning_rate * gradient",
    "(1 - self.momentum) * self.velocity - self.momentum * self.learning_rate * gradient",
)

momentum.slip(
    "rate-on-the-old-velocity",
    "The learning rate makes the old velocity smaller as well. To which of the two does it belong?",
    "self.momentum * self.velocity - self.learning_rate * gradient",
    "self.learning_rate * (self.momentum * self.velocity - gradient)",
)

momentum.slip(
    "w-for-velocity",
    "You multiply the momentum by w, the place. It is the old *velocity* of which a part stays.",
    "self.momentum * self.velocity",
    "self.momentum * w",
)

momentum.slip(
    "no-gradient",
    "The gradient does not come into your velocity, so the ball always rolls the same way. What should push it?",
    "self.learning_rate * gradient",
    "self.learning_rate",
)

momentum.slip(
    "rate-once-more",
    "The learning rate comes in twice: the velocity holds it already. w moves by the velocity as it is.",
    "return w + self.velocity",
    "return w + self.learning_rate * self.velocity",
)

momentum.slip(
    "old-gradient-only",
    "The velocity pushes with its old part only: the new push is kept, and comes a step late. By which velocity does w move?",
    "return w + self.velocity",
    "return w + self.velocity + self.learning_rate * gradient",
)

momentum.slip(
    "one-push-for-all",
    "All weights get the same push: you take one mean of all slopes. Each weight has a slope of its own.",
    "self.learning_rate * gradient",
    "self.learning_rate * np.mean(gradient)",
)

momentum.slip(
    "only-the-sign",
    "Each push is as strong as the learning rate, however steep the ground is. The gradient has a size as well as a sign.",
    "self.learning_rate * gradient",
    "self.learning_rate * np.sign(gradient)",
)

momentum.slip(
    "w-shrinks",
    "Besides the move by the velocity, w itself is multiplied by something in each step (weight decay). In this rule w stays as it is.",
    "return w + self.velocity",
    "return 0.999 * w + self.velocity",
    when=shrinks(Heavy),
)

momentum.slip(
    "rounded",
    "Your new weights are rounded. Small steps get lost that way, one after the other: keep every digit.",
    "return w + self.velocity",
    "return np.round(w + self.velocity, 3)",
    when=rounds(Heavy),
)

momentum.slip(
    "squared",
    "You square the gradient, so every push goes the same way. Here it is taken as it is, with its sign.",
    "self.learning_rate * gradient",
    "self.learning_rate * gradient**2",
)

momentum.slip(
    "momentum-added",
    "You add the momentum to the old velocity. It is a share: how do you take nine tenths of something?",
    "self.momentum * self.velocity",
    "self.momentum + self.velocity",
)

momentum.slip(
    "divided-by-rate",
    "You divide by the learning rate, so a small rate makes a strong push. A rate of 0.1 should take a tenth of the gradient.",
    "self.learning_rate * gradient",
    "gradient / self.learning_rate",
)

momentum.slip(
    "stops-without-a-slope",
    "Where the slope is 0 your ball stops. It still has its speed: what makes it roll on?",
    "        self.velocity = self.momentum",
    "        if not np.any(gradient):\n            return w\n        self.velocity = self.momentum",
)
