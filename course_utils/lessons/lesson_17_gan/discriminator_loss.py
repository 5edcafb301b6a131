"""The discriminator's loss."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def two_terms(real_logits, fake_logits):
    """Mean of -log D over the real, plus mean of -log(1 - D) over the forged, from logits."""
    return np.mean(nn.softplus(-real_logits)) + np.mean(nn.softplus(fake_logits))


discriminator_loss = FunctionExercise(
    "discriminator-loss", reference=two_terms, points=3, title="The discriminator's loss"
)


@discriminator_loss.cases
def _(rng):
    yield small(
        "answers 0.75 for the real point and 0.5 for the forged: 0.288 + 0.693",
        np.array([np.log(3.0)]),
        np.array([0.0]),
    )
    yield random("five real, three forged", rng.normal(1, 2, 5), rng.normal(-1, 2, 3))
    yield random("two real, six forged", rng.normal(1, 2, 2), rng.normal(0, 2, 6))
    yield edge("a column, as a network gives it", rng.normal(size=(4, 1)), rng.normal(size=(4, 1)))
    yield edge("five real in a column, two forged", rng.normal(size=(5, 1)), rng.normal(size=(2, 1)))
    yield edge("one of each, single precision", np.float32([1.5]), np.float32([-0.5]))
    yield edge("whole numbers", rng.integers(-3, 4, 4), rng.integers(-3, 4, 3))
    yield edge("a forged point with the logit 50", np.array([4.0]), np.array([50.0]))
    yield edge("sure and wrong", np.array([-800.0, 3.0]), np.array([900.0]))
    yield edge("sure and right", np.array([800.0, 3.0]), np.array([-900.0, -4.0]))
    yield edge("logits of hundreds of thousands", np.array([-3e5, 2e5]), np.array([4e5, -1e5, 0.0]))


@discriminator_loss.variant("two means")
def _(real_logits, fake_logits):
    return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))


@discriminator_loss.variant("largest number taken out first")
def _(real_logits, fake_logits):
    def softplus(z):
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))

    return softplus(-real_logits).mean() + softplus(fake_logits).mean()


@discriminator_loss.variant("in a loop")
def _(real_logits, fake_logits):
    real = [np.logaddexp(0, -z) for z in np.ravel(real_logits)]
    fake = [np.logaddexp(0, z) for z in np.ravel(fake_logits)]
    return sum(real) / len(real) + sum(fake) / len(fake)


discriminator_loss.slip(
    "labels-swapped",
    "Your discriminator is praised for taking real for forged. For which points should D be near 1?",
    "-real_logits)) + np.mean(np.logaddexp(0, ",
    "real_logits)) + np.mean(np.logaddexp(0, -",
)

discriminator_loss.slip(
    "negative",
    "Your loss is negative. The minus of -ln D is inside softplus already: what does softplus of -t stand for?",
    "np.mean(np.logaddexp(0, -real_logits)) +",
    "-np.mean(np.logaddexp(0, -real_logits)) -",
)

discriminator_loss.slip(
    "half",
    "Your number is half of what it should be. The two means are added, not averaged.",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "(np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))) / 2",
)

discriminator_loss.slip(
    "one-pot",
    "You average over all points together, so the larger group counts more. Take one mean for each group.",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits",
    "2 * np.mean(np.concatenate([np.logaddexp(0, -real_logits), np.logaddexp(0, fake_logits)]",
)

discriminator_loss.slip(
    "sums",
    "Your loss grows with the number of points. Which of sum and mean does the formula have?",
    "mean(np.logaddexp(0, -real_logits)) + np.mean",
    "sum(np.logaddexp(0, -real_logits)) + np.sum",
)

discriminator_loss.slip(
    "forged-forgotten",
    "A discriminator that calls everything real would have loss 0 with you. Which points are missing?",
    " + np.mean(np.logaddexp(0, fake_logits))",
    "",
)

discriminator_loss.slip(
    "real-forgotten",
    "A discriminator that calls everything forged would have loss 0 with you. Which points are missing?",
    "-real_logits)) + np.mean(np.logaddexp(0, ",
    "",
)

discriminator_loss.slip(
    "both-labelled-real",
    "You ask for D near 1 on both groups. What should D be on forged points?",
    ", fake_logits))",
    ", -fake_logits))",
)

discriminator_loss.slip(
    "no-logarithm",
    (
        "You add up how far D is from 1 and from 0. Cross-entropy takes a logarithm: what does a "
        "sure and wrong answer cost with it?"
    ),
    "np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits",
    "1 - 1 / (1 + np.exp(-real_logits))) + np.mean(1 / (1 + np.exp(-fake_logits)",
)

discriminator_loss.slip(
    "sigmoid-then-log",
    (
        "The formula is right, but a logit of 900 breaks it: no computer holds exp(900), and 1 - sigmoid(900) "
        "is exactly 0 to it. Which function of the logit avoids both?"
    ),
    "return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "real, fake = 1 / (1 + np.exp(-real_logits)), 1 / (1 + np.exp(-fake_logits))\n    return -np.mean(np.log(real)) - np.mean(np.log(1 - fake))",
)

discriminator_loss.slip(
    "bounded-logits",
    "Right until a logit is very large: then your loss grows no further. The text asks for logits of any size: what is cut off?",
    "return np.mean(",
    "real_logits, fake_logits = np.clip(real_logits, -500, 500), np.clip(fake_logits, -500, 500)\n    return np.mean(",
)

discriminator_loss.slip(
    "a-small-number-in-the-logarithm",
    (
        "A small number inside the logarithm keeps it from breaking, and makes it wrong: the loss of a sure and wrong "
        "answer stops growing. Which function goes straight from the logit?"
    ),
    "return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "real, fake = 1 / (1 + np.exp(-real_logits)), 1 / (1 + np.exp(-fake_logits))\n    return -np.mean(np.log(real + 1e-7)) - np.mean(np.log(1 - fake + 1e-7))",
)

discriminator_loss.slip(
    "shares-cut",
    (
        "You keep D away from 0 and 1, and so the loss of a sure and wrong answer stops growing. Which function goes "
        "straight from the logit?"
    ),
    "return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "real, fake = (np.clip(1 / (1 + np.exp(-t)), 1e-12, 1 - 1e-12) for t in (real_logits, fake_logits))\n    return -np.mean(np.log(real)) - np.mean(np.log(1 - fake))",
)

discriminator_loss.slip(
    "softplus-by-its-formula",
    (
        "The formula is right, but $e^t$ of a large logit is infinite. Which function of NumPy computes softplus without "
        "making $e^t$ itself?"
    ),
    "np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits)",
    "np.log(1 + np.exp(-real_logits))) + np.mean(np.log(1 + np.exp(fake_logits))",
)

discriminator_loss.slip(
    "other-logarithm",
    "Your loss is 1.44 times as large: you took the logarithm to base 2. ln is the natural one.",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "(np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))) / np.log(2)",
)

discriminator_loss.slip(
    "two-losses",
    "You return the two means side by side. What does the text do with them?",
    "return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "return np.mean(np.logaddexp(0, -real_logits)), np.mean(np.logaddexp(0, fake_logits))",
)

discriminator_loss.slip(
    "a-loss-for-each-point",
    "You return a cost for each point. What makes one number of a group?",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "np.concatenate([np.logaddexp(0, -real_logits), np.logaddexp(0, fake_logits)])",
)

discriminator_loss.slip(
    "logits-for-shares",
    "You take the logarithm of the logits themselves. What makes a probability of a logit?",
    "np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits)",
    "-np.log(real_logits)) + np.mean(-np.log(1 - fake_logits)",
)

discriminator_loss.slip(
    "point-beside-point",
    "You pair each real point with a forged one, and that works only for as many of one as of the other. What makes one number of each group first?",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "np.mean(np.logaddexp(0, -real_logits) + np.logaddexp(0, fake_logits))",
)

discriminator_loss.slip(
    "aims-at-0.9",
    "For the real points you aim at D = 0.9 instead of 1. Some GANs do; the text takes -ln D alone.",
    "np.mean(np.logaddexp(0, -real_logits))",
    "np.mean(np.logaddexp(0, real_logits) - 0.9 * real_logits)",
)

discriminator_loss.slip(
    "logits-subtracted",
    "You subtract the means of the bare logits, the loss of another kind of GAN. Which function does each logit go through here?",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "np.mean(fake_logits) - np.mean(real_logits)",
)

discriminator_loss.slip(
    "hinge",
    "Your loss has a corner and costs nothing beyond it, the hinge of another kind of GAN. Which smooth function does the text have?",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "np.mean(np.maximum(0, 1 - real_logits)) + np.mean(np.maximum(0, 1 + fake_logits))",
)

discriminator_loss.slip(
    "squares-of-logits",
    "You square how far the logits are from 1 and 0, the loss of another kind of GAN. What does the text take of each logit?",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "np.mean((real_logits - 1) ** 2) + np.mean(fake_logits**2)",
)

discriminator_loss.slip(
    "squares-of-answers",
    "You square how far D is from 1 and 0. Cross-entropy takes a logarithm: what does a sure and wrong answer cost with it?",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "np.mean((1 - 1 / (1 + np.exp(-real_logits))) ** 2) + np.mean(1 / (1 + np.exp(-fake_logits)) ** 2)",
)

discriminator_loss.slip(
    "sigmoid-before-softplus",
    "Your logits go through a sigmoid and then through softplus. What does softplus take: D, or the logit?",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))",
    "np.mean(np.logaddexp(0, -1 / (1 + np.exp(-real_logits)))) + np.mean(np.logaddexp(0, 1 / (1 + np.exp(-fake_logits))))",
)

discriminator_loss.slip(
    "divided-by-the-other-number",
    "Right as long as both groups have as many points. By how many do you divide the sum over the forged?",
    "np.mean(np.logaddexp(0, fake_logits))",
    "np.sum(np.logaddexp(0, fake_logits)) / len(real_logits)",
)


def large_ones_only(test):
    """The answer fails only where a logit is beyond 30, and there `test(observed, expected)`."""

    def when(seen, real_logits, fake_logits):
        largest = max(np.abs(real_logits).max(), np.abs(fake_logits).max())
        return largest > 30 and np.size(seen) == 1 and bool(test(seen, two_terms(real_logits, fake_logits)))

    return when


discriminator_loss.slip(
    "something-infinite",
    (
        "Right for logits of usual size. For a large one your loss is infinite or no number at all: where do you make e to the "
        "power of a logit, or the logarithm of 0?"
    ),
    "np.logaddexp(0, -real_logits)",
    "-np.log(np.exp(real_logits) / (1 + np.exp(real_logits)))",
    when=large_ones_only(lambda seen, _: not np.isfinite(seen)),
)

discriminator_loss.slip(
    "something-bounded",
    (
        "Right for logits of usual size. For a large one your loss is too small: is a logit, or an answer D, kept within "
        "bounds on the way?"
    ),
    "return np.mean(",
    "real_logits, fake_logits = np.clip(real_logits, -40, 40), np.clip(fake_logits, -40, 40)\n    return np.mean(",
    when=large_ones_only(lambda seen, right: np.isfinite(seen) and seen < right),
)

for name in ("real_logits", "z"):
    discriminator_loss.equivalent(f"np.logaddexp(0, -{name})", f"np.logaddexp(-{name}, 0)", why="a sum has no order")
for name in ("fake_logits", "z"):
    discriminator_loss.equivalent(f"np.logaddexp(0, {name})", f"np.logaddexp({name}, 0)", why="a sum has no order")
