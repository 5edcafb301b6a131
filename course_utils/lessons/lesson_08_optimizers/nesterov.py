"""An extra: momentum that takes the slope where the ball is about to be."""

from course_utils import nn
from course_utils.exercises import FunctionExercise

from .common import use
from .momentum import rolling


class LookingAhead:
    """velocity = momentum * velocity - learning_rate * gradient; w + momentum * velocity - learning_rate * gradient."""

    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return w + self.momentum * self.velocity - self.learning_rate * gradient


nesterov = FunctionExercise(
    "nesterov",
    answer="Nesterov",
    reference=LookingAhead,
    points=3,
    title="Nesterov's momentum",
    library=(nn.SGD,),
    extra=True,
)

nesterov.drive(use)


nesterov.cases(rolling)

nesterov.variant("as Keras has it")(LookingAhead)


@nesterov.variant("with the place of the ball itself")
class BallAndLook:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        ball = w - self.momentum * self.velocity
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        ball = ball + self.velocity
        return ball + self.momentum * self.velocity


@nesterov.variant("velocity without the rate, as PyTorch has it")
class NesterovOfPyTorch:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity = 0.0

    def step(self, w, gradient):
        self.velocity = self.momentum * self.velocity + gradient
        return w - self.learning_rate * (gradient + self.momentum * self.velocity)


_NEW = "self.velocity = self.momentum * self.velocity - self.learning_rate * gradient"
_MOVE = "return w + self.momentum * self.velocity - self.learning_rate * gradient"

nesterov.slip(
    "plain-momentum",
    "That is the momentum of exercise 2: w moves by the new velocity. Where would the ball be one step *later*?",
    _MOVE,
    "return w + self.velocity",
)

nesterov.slip(
    "forgets",
    "Every step is like the first one: nothing is carried over. Keep the new velocity in `self.velocity`, so that the next call finds it.",
    f"{_NEW}\n        {_MOVE}",
    "velocity = self.momentum * self.velocity - self.learning_rate * gradient\n        return w + self.momentum * velocity - self.learning_rate * gradient",
)

nesterov.slip(
    "no-push-in-the-move",
    "The move holds the look ahead, and not the push of this slope. The formula of the move has two terms besides w: which one is missing?",
    _MOVE,
    "return w + self.momentum * self.velocity",
)

nesterov.slip(
    "whole-velocity-and-push",
    "You move by the whole new velocity, and by the push once more. How much of the velocity belongs into the move?",
    _MOVE,
    "return w + self.velocity - self.learning_rate * gradient",
)

nesterov.slip(
    "look-twice",
    "You move by the new velocity and look ahead from there, so the old velocity counts once too often. w is the place of the *last* look already.",
    _MOVE,
    "return w + self.velocity + self.momentum * self.velocity",
)

nesterov.slip(
    "friction-on-the-push",
    "In the move the momentum makes the push smaller as well. It belongs to the velocity only: look at the brackets.",
    _MOVE,
    "return w + self.momentum * (self.velocity - self.learning_rate * gradient)",
)

nesterov.slip(
    "uphill-in-the-move",
    "The velocity rolls down, and the push in your move goes up. Which sign has the slope in both lines?",
    _MOVE,
    "return w + self.momentum * self.velocity + self.learning_rate * gradient",
)

nesterov.slip(
    "uphill-in-the-velocity",
    "The velocity takes up the slope with a plus, so it rolls uphill. Which sign has the slope in both lines?",
    _NEW,
    "self.velocity = self.momentum * self.velocity + self.learning_rate * gradient",
)

nesterov.slip(
    "never-slows",
    "The velocity only ever adds up. Each step should keep a *part* of it: where does `self.momentum` come in?",
    _NEW,
    "self.velocity = self.velocity - self.learning_rate * gradient",
)

nesterov.slip(
    "no-rate-in-the-velocity",
    "The slope goes into the velocity at full size. What makes it smaller?",
    _NEW,
    "self.velocity = self.momentum * self.velocity - gradient",
)

nesterov.slip(
    "no-rate-in-the-move",
    "The push in your move has the full size of the slope. What makes it smaller?",
    _MOVE,
    "return w + self.momentum * self.velocity - gradient",
)

nesterov.slip(
    "fixed-momentum-in-the-look",
    "The look ahead always takes nine tenths, whatever the caller asks for. Which name holds the momentum?",
    _MOVE,
    "return w + 0.9 * self.velocity - self.learning_rate * gradient",
)

nesterov.slip(
    "fixed-momentum-in-the-velocity",
    "The velocity always keeps nine tenths, whatever the caller asks for. Which name holds the momentum?",
    _NEW,
    "self.velocity = 0.9 * self.velocity - self.learning_rate * gradient",
)

nesterov.slip(
    "averaged",
    "You weigh the slope with (1 - momentum), which makes an average of it and shrinks the steps. In this form the push comes in whole.",
    _NEW,
    "self.velocity = self.momentum * self.velocity - (1 - self.momentum) * self.learning_rate * gradient",
)

nesterov.slip(
    "only-the-move",
    "This is how far to go. Where do you arrive, when you start at w?",
    _MOVE,
    "return self.momentum * self.velocity - self.learning_rate * gradient",
)
