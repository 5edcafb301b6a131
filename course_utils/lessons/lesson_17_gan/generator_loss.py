"""Two losses for the generator."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def loss_and_slopes(fake_logits, saturating):
    """The generator's loss in one of its two forms, and its slope for each logit."""
    if saturating:
        return -np.mean(nn.softplus(fake_logits)), -nn.sigmoid(fake_logits) / len(fake_logits)
    return np.mean(nn.softplus(-fake_logits)), (nn.sigmoid(fake_logits) - 1) / len(fake_logits)


generator_loss = FunctionExercise(
    "generator-loss", reference=loss_and_slopes, points=4, title="Two losses for the generator"
)


@generator_loss.cases
def _(rng):
    two = np.array([0.0, -np.log(3.0)])
    yield small("D = 0.5 and 0.25, saturating", two, True)
    yield small("D = 0.5 and 0.25, the other", two, False)
    yield random("six logits, saturating", rng.normal(-2, 2, 6), True)
    yield random("five logits, the other", rng.normal(-2, 2, 5), False)
    yield edge("surely forged, and surely taken for real", np.array([-800.0, 800.0]), False)
    yield edge("the same, saturating", np.array([-800.0, 800.0]), True)
    yield edge("logits of thousands", np.array([-3e3, 2e3, 1e3]), False)
    yield edge("the same logits, saturating", np.array([-3e3, 2e3, 1e3]), True)
    yield edge("a single logit", rng.normal(size=1), False)
    yield edge("whole numbers, saturating", rng.integers(-3, 4, 4), True)


@generator_loss.variant("by logaddexp, slopes by exponentials")
def _(fake_logits, saturating):
    n = fake_logits.size
    real = np.exp(-np.logaddexp(0, -fake_logits))
    forged = np.exp(-np.logaddexp(0, fake_logits))
    if saturating:
        return float(-np.logaddexp(0, fake_logits).mean()), -real / n
    return float(np.logaddexp(0, -fake_logits).mean()), -forged / n


@generator_loss.variant("the other form is the first plus the logits")
def _(fake_logits, saturating):
    softplus = np.maximum(fake_logits, 0) + np.log1p(np.exp(-np.abs(fake_logits)))
    d = np.exp(fake_logits - softplus)
    loss, slopes = -softplus, -d
    if not saturating:
        loss, slopes = softplus - fake_logits, d - 1
    return [np.sum(loss) / len(loss), slopes / len(slopes)]


@generator_loss.mistake(
    "forms-swapped", "You give the one form where the other is asked for. Which of them has 1 - D under the logarithm?"
)
def _(fake_logits, saturating):
    n, d = len(fake_logits), 1 / (1 + np.exp(-fake_logits))
    if not saturating:
        return -np.mean(np.logaddexp(0, fake_logits)), -d / n
    return np.mean(np.logaddexp(0, -fake_logits)), (d - 1) / n


@generator_loss.mistake(
    "slopes-not-shared",
    "The loss is a mean of N terms, so each logit moves it by only one N-th. What is missing in your slopes?",
)
def _(fake_logits, saturating):
    d = 1 / (1 + np.exp(-fake_logits))
    if saturating:
        return -np.mean(np.logaddexp(0, fake_logits)), -d
    return np.mean(np.logaddexp(0, -fake_logits)), d - 1


@generator_loss.mistake(
    "mean-slope",
    "You give one slope, the mean of all. Each logit has a slope of its own: D or D - 1 of its point, divided by N.",
)
def _(fake_logits, saturating):
    d = 1 / (1 + np.exp(-fake_logits))
    if saturating:
        return -np.mean(np.logaddexp(0, fake_logits)), np.mean(-d)
    return np.mean(np.logaddexp(0, -fake_logits)), np.mean(d - 1)


@generator_loss.mistake(
    "slopes-uphill",
    "The loss is right, but your slopes are positive: raising a logit would raise the loss. "
    "What does the generator gain when D rises?",
)
def _(fake_logits, saturating):
    n, d = len(fake_logits), 1 / (1 + np.exp(-fake_logits))
    if saturating:
        return -np.mean(np.logaddexp(0, fake_logits)), d / n
    return np.mean(np.logaddexp(0, -fake_logits)), (1 - d) / n


@generator_loss.mistake(
    "slope-for-the-probability",
    "That is the slope for D. Between the logit and D lies a sigmoid, and the chain rule wants its slope too.",
)
def _(fake_logits, saturating):
    n, d = len(fake_logits), 1 / (1 + np.exp(-fake_logits))
    if saturating:
        return -np.mean(np.logaddexp(0, fake_logits)), -1 / (1 - d) / n
    return np.mean(np.logaddexp(0, -fake_logits)), -1 / d / n


@generator_loss.mistake(
    "discriminators-view", "Your loss is small when the forgeries are found out. Whose loss is that?"
)
def _(fake_logits, saturating):
    n, d = len(fake_logits), 1 / (1 + np.exp(-fake_logits))
    if saturating:
        return np.mean(np.logaddexp(0, fake_logits)), d / n
    return -np.mean(np.logaddexp(0, -fake_logits)), (1 - d) / n


@generator_loss.mistake(
    "always-saturating",
    "Your answer does not depend on `saturating`. When it is False, the loss is the mean of -log D.",
)
def _(fake_logits, saturating):
    n, d = len(fake_logits), 1 / (1 + np.exp(-fake_logits))
    return -np.mean(np.logaddexp(0, fake_logits)), -d / n


@generator_loss.mistake(
    "never-saturating",
    "Your answer does not depend on `saturating`. When it is True, the loss is the mean of log(1 - D).",
)
def _(fake_logits, saturating):
    n, d = len(fake_logits), 1 / (1 + np.exp(-fake_logits))
    return np.mean(np.logaddexp(0, -fake_logits)), (d - 1) / n


@generator_loss.mistake(
    "slopes-missing",
    "You return one number. The function returns a pair: the loss, and an array with a slope for each logit.",
)
def _(fake_logits, saturating):
    if saturating:
        return -np.mean(np.logaddexp(0, fake_logits))
    return np.mean(np.logaddexp(0, -fake_logits))


@generator_loss.mistake(
    "sigmoid-then-log",
    "Right for logits of a usual size. For 800 the sigmoid is exactly 1, and log(1 - 1) is infinite. "
    "How did exercise 2 go round that?",
)
def _(fake_logits, saturating):
    n, d = len(fake_logits), 1 / (1 + np.exp(-fake_logits))
    if saturating:
        return np.mean(np.log(1 - d)), -d / n
    return -np.mean(np.log(d)), (d - 1) / n


generator_loss.slip(
    "summed",
    "Your loss grows with the number of points, so the slopes do not fit it. Which of sum and mean does the text ask for?",
    "return float(np.logaddexp(0, -fake_logits).mean()), -forged / n",
    "return float(np.logaddexp(0, -fake_logits).sum()), -forged / n",
)

generator_loss.slip(
    "slopes-exchanged",
    "The losses are right, but each has the slope of the other form. Which loss is the steep one when D is small?",
    "-real / n\n    return float(np.logaddexp(0, -fake_logits).mean()), -forged / n",
    "-forged / n\n    return float(np.logaddexp(0, -fake_logits).mean()), -real / n",
)

generator_loss.slip(
    "saturating-sign",
    "Your saturating loss is positive. ln(1 - D) is the logarithm of a number below 1: which sign has it?",
    "float(-np.logaddexp(0, fake_logits).mean())",
    "float(np.logaddexp(0, fake_logits).mean())",
)

generator_loss.slip(
    "pair-turned",
    "Loss and slopes have changed places: the text asks for `loss, slopes`.",
    "loss, slopes = softplus - fake_logits, d - 1\n    return [np.sum(loss) / len(loss), slopes / len(slopes)]",
    "loss, slopes = softplus - fake_logits, d - 1\n    return [slopes / len(slopes), np.sum(loss) / len(loss)]",
    of="the other form is the first plus the logits",
)

generator_loss.slip(
    "loss-of-each-point",
    "You return a loss for each point. The text asks for the mean, one number, and the slopes as an array.",
    "return [np.sum(loss) / len(loss), slopes / len(slopes)]",
    "return [loss, slopes / len(slopes)]",
    of="the other form is the first plus the logits",
)

generator_loss.slip(
    "sigmoid-slope-only",
    "You return the slope of the sigmoid, D(1 - D). The loss has a logarithm around it: what does the chain rule make of both?",
    "loss, slopes = -softplus, -d\n    if not saturating:\n        loss, slopes = softplus - fake_logits, d - 1",
    "loss, slopes = -softplus, -d * (1 - d)\n    if not saturating:\n        loss, slopes = softplus - fake_logits, -d * (1 - d)",
    of="the other form is the first plus the logits",
)

generator_loss.slip(
    "saturating-slopes-not-shared",
    "The slopes of the saturating form are those of single points. Its loss is a mean too: what is missing?",
    "-real / n",
    "-real",
)

generator_loss.slip(
    "other-slopes-not-shared",
    "With `saturating` False your slopes are those of single points. This loss is a mean too: what is missing?",
    "-forged / n",
    "-forged",
)

generator_loss.slip(
    "same-slope-for-all",
    "All your slopes are the same, the mean of them. Each logit has a slope of its own: D or D - 1 of its point, divided by N.",
    "slopes / len(slopes)]",
    "np.full(len(slopes), slopes.mean() / len(slopes))]",
    of="the other form is the first plus the logits",
)

generator_loss.slip(
    "minus-inside",
    "Your saturating loss is -softplus(-t), the logarithm of D. Which of D and 1 - D stands under the logarithm there?",
    "float(-np.logaddexp(0, fake_logits).mean())",
    "float(-np.logaddexp(0, -fake_logits).mean())",
)

generator_loss.slip(
    "minus-lost-inside",
    "With `saturating` False your loss is softplus(t): it grows when forgeries pass. Which sign has t in the table?",
    "float(np.logaddexp(0, -fake_logits).mean())",
    "float(np.logaddexp(0, fake_logits).mean())",
)

generator_loss.slip(
    "other-form-negative",
    "With `saturating` False your loss is negative. The minus of -ln D is inside softplus already: what does softplus of -t stand for?",
    "float(np.logaddexp(0, -fake_logits).mean())",
    "float(-np.logaddexp(0, -fake_logits).mean())",
)

generator_loss.slip(
    "saturating-slopes-uphill",
    "The slopes of the saturating form are positive: raising a logit would raise the loss. Which sign has the formula?",
    "-real / n",
    "real / n",
)

generator_loss.slip(
    "other-slopes-uphill",
    "With `saturating` False your slopes are positive: raising a logit would raise the loss. Which sign has D - 1?",
    "-forged / n",
    "forged / n",
)

generator_loss.slip(
    "one-slope-for-both-forms",
    "Both forms have the slope D - 1 with you. Which slope has the saturating one when D is small?",
    "-real / n",
    "-forged / n",
)

generator_loss.slip(
    "saturating-slope-for-both-forms",
    "Both forms have the slope -D with you. Which slope has the other one when D is small?",
    "-forged / n",
    "-real / n",
)


generator_loss.slip(
    "something-infinite",
    (
        "Right for logits of usual size. For a large one your loss is infinite or no number at all. How did exercise 2 go round "
        "the logarithm of 0?"
    ),
    "float(-np.logaddexp(0, fake_logits).mean())",
    "np.log(1 - 1 / (1 + np.exp(-fake_logits))).mean()",
    when=lambda seen, fake_logits, saturating: (
        np.abs(fake_logits).max() > 30 and np.size(seen[0]) == 1 and not np.isfinite(seen[0])
    ),
)

generator_loss.equivalent("np.logaddexp(0, -fake_logits)", "np.logaddexp(-fake_logits, 0)", why="a sum has no order")
generator_loss.equivalent("np.logaddexp(0, fake_logits)", "np.logaddexp(fake_logits, 0)", why="a sum has no order")
generator_loss.equivalent("the result", "transposed", why="logits have one axis")
