"""Exercises of lesson 17: the losses of two players, a turn that moves one of them, covered modes, a contest in Keras.

The Keras answer is judged by what it does: which weights moved, and whether the losses are those that NumPy finds
with the same weights. The judge needs no TensorFlow.
"""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, plain, random, small
from .core.compare import family
from .core.lazy import Lazy, keras
from .core.networks import forward, is_stack

lesson = Lesson("17_gan", "Generating")

# A draw ------------------------------------------------------------------------------------------------

draw = lesson.values(
    "draw",
    points=2,
    title="When nobody wins",
    tolerance=5e-3,
    reference=lambda: {"best_answer": 0.75, "discriminator_loss_at_draw": 1.386, "generator_loss_at_draw": 0.693},
)


@draw.mistake(
    "ratio",
    "3 says how many real points come for one forged point. A probability is the real ones out of *all* points "
    "at this place. How many are all?",
)
def _():
    return {"best_answer": 3.0}


@draw.mistake(
    "share-of-the-forged", "0.25 is the share of the forged points. The discriminator says how probable *real* is."
)
def _():
    return {"best_answer": 0.25}


@draw.mistake(
    "density-itself", "0.3 says how crowded the place is with real points. How many of all points there are real?"
)
def _():
    return {"best_answer": 0.3}


@draw.mistake(
    "one-term-only", "ln 2 is the cost of the real points alone. What do the forged points cost the discriminator?"
)
def _():
    return {"discriminator_loss_at_draw": 0.693}


@draw.mistake(
    "a-draw-costs-nothing",
    "A loss of 0 would need an answer that is right and sure. At a draw the answer is 0.5 everywhere.",
)
def _():
    return {"discriminator_loss_at_draw": 0.0}


@draw.mistake("generator-counted-twice", "The generator's loss looks at forged points only. How many terms has it?")
def _():
    return {"generator_loss_at_draw": 1.386}


@draw.mistake("probability-for-loss", "0.5 is the discriminator's answer. The loss is minus the logarithm of it.")
def _():
    return {"generator_loss_at_draw": 0.5}


@draw.mistake("minus-forgotten", "The logarithm of 0.5 is negative. What stands before it in the loss?")
def _():
    return {"discriminator_loss_at_draw": -1.386}


@draw.mistake(
    "generator-minus-forgotten", "The logarithm of 0.5 is negative. What stands before it in the generator's loss?"
)
def _():
    return {"generator_loss_at_draw": -0.693}


@draw.mistake("other-logarithm", "You took the logarithm to base 10. ln is the natural one, `np.log` in NumPy.")
def _():
    return {"discriminator_loss_at_draw": 0.602}


@draw.variant("computed with NumPy")
def _():
    return {"discriminator_loss_at_draw": 2 * np.log(2), "generator_loss_at_draw": np.log(2)}


@draw.variant("two decimals")
def _():
    return {"discriminator_loss_at_draw": 1.39, "generator_loss_at_draw": 0.69}


# The discriminator's loss -------------------------------------------------------------------------------


def two_terms(real_logits, fake_logits):
    """Mean of -log D over the real, plus mean of -log(1 - D) over the forged, from logits."""
    return np.mean(nn.softplus(-real_logits)) + np.mean(nn.softplus(fake_logits))


discriminator_loss = lesson.function(
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
    yield edge("sure and wrong", np.array([-800.0, 3.0]), np.array([900.0]))


@discriminator_loss.mistake(
    "labels-swapped", "Your discriminator is praised for taking real for forged. For which points should D be near 1?"
)
def _(real_logits, fake_logits):
    return np.mean(np.logaddexp(0, real_logits)) + np.mean(np.logaddexp(0, -fake_logits))


@discriminator_loss.mistake(
    "negative",
    "Your loss is negative. The minus of -ln D is inside softplus already: what does softplus of -t stand for?",
)
def _(real_logits, fake_logits):
    return -np.mean(np.logaddexp(0, -real_logits)) - np.mean(np.logaddexp(0, fake_logits))


@discriminator_loss.mistake("half", "Your number is half of what it should be. The two means are added, not averaged.")
def _(real_logits, fake_logits):
    return (np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))) / 2


@discriminator_loss.mistake(
    "one-pot", "You average over all points together, so the larger group counts more. Take one mean for each group."
)
def _(real_logits, fake_logits):
    return 2 * np.mean(np.concatenate([np.logaddexp(0, -real_logits), np.logaddexp(0, fake_logits)]))


@discriminator_loss.mistake(
    "sums", "Your loss grows with the number of points. Which of sum and mean does the formula have?"
)
def _(real_logits, fake_logits):
    return np.sum(np.logaddexp(0, -real_logits)) + np.sum(np.logaddexp(0, fake_logits))


@discriminator_loss.mistake(
    "forged-forgotten",
    "A discriminator that calls everything real would have loss 0 with you. Which points are missing?",
)
def _(real_logits, fake_logits):
    return np.mean(np.logaddexp(0, -real_logits))


@discriminator_loss.mistake(
    "real-forgotten",
    "A discriminator that calls everything forged would have loss 0 with you. Which points are missing?",
)
def _(real_logits, fake_logits):
    return np.mean(np.logaddexp(0, fake_logits))


@discriminator_loss.mistake(
    "both-labelled-real", "You ask for D near 1 on both groups. What should D be on forged points?"
)
def _(real_logits, fake_logits):
    return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, -fake_logits))


@discriminator_loss.mistake(
    "no-logarithm",
    "You add up how far D is from 1 and from 0. Cross-entropy takes a logarithm: what does a "
    "sure and wrong answer cost with it?",
)
def _(real_logits, fake_logits):
    return np.mean(1 - 1 / (1 + np.exp(-real_logits))) + np.mean(1 / (1 + np.exp(-fake_logits)))


@discriminator_loss.mistake(
    "sigmoid-then-log",
    "The formula is right, but a logit of 900 breaks it: no computer holds exp(900), and 1 - sigmoid(900) "
    "is exactly 0 to it. Which function of the logit avoids both?",
)
def _(real_logits, fake_logits):
    real, fake = 1 / (1 + np.exp(-real_logits)), 1 / (1 + np.exp(-fake_logits))
    return -np.mean(np.log(real)) - np.mean(np.log(1 - fake))


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


# The generator's loss -----------------------------------------------------------------------------------


def loss_and_slopes(fake_logits, saturating):
    """The generator's loss in one of its two forms, and its slope for each logit."""
    if saturating:
        return -np.mean(nn.softplus(fake_logits)), -nn.sigmoid(fake_logits) / len(fake_logits)
    return np.mean(nn.softplus(-fake_logits)), (nn.sigmoid(fake_logits) - 1) / len(fake_logits)


generator_loss = lesson.function(
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


# The generator's turn -----------------------------------------------------------------------------------


def one_turn(generator, discriminator, noise, rate):
    """The players after a turn of the generator: it goes one step down its non-saturating loss, the other stays."""
    _, u, v = discriminator
    x = generator[0] + generator[1] * noise
    _, dlogits = loss_and_slopes(discriminator @ np.array([np.ones_like(x), x, x**2]), False)
    dx = dlogits * (u + 2 * v * x)
    return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator


def plain_lists(seen, expected):
    """Whether this is the expected pair, its generator as a list of numbers."""
    return (
        isinstance(seen, list | tuple)
        and len(seen) == 2
        and isinstance(seen[0], list | tuple)
        and np.shape(seen[0]) == (2,)
        and all(np.shape(a) == b.shape and np.allclose(a, b) for a, b in zip(seen, expected, strict=True))
    )


generator_turn = lesson.function("generator-turn", reference=one_turn, points=4, title="The generator's turn")


@generator_turn.cases
def _(rng):
    def players():
        size = rng.uniform(0.4, 1.0, 5) * rng.choice([-1.0, 1.0], 5)
        return size[:2], size[2:]

    yield small(
        "one point: x = 3, D = 0.5, slope 2 there",
        np.array([1.0, 1.0]),
        np.array([3.0, -4.0, 1.0]),
        np.array([2.0]),
        0.1,
    )
    yield random("four points", *players(), rng.normal(size=4), 0.2)
    yield random("ten points", *players(), rng.normal(size=10), rng.uniform(0.5, 1.0))
    yield edge("a discriminator that knows nothing", players()[0], np.zeros(3), rng.normal(size=3), 0.1)
    yield edge(
        "a discriminator without a square",
        players()[0],
        np.array([0.2, rng.uniform(0.5, 1), 0.0]),
        rng.normal(size=3),
        0.1,
    )


@generator_turn.mistake(
    "both-move",
    "The generator's step is right, but the discriminator moved too, down the *generator's* loss: "
    "it learned to be fooled. Who has to stand still in this turn?",
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    features = np.array([np.ones_like(x), x, x**2])
    dlogits = (1 / (1 + np.exp(-(discriminator @ features))) - 1) / len(noise)
    dx = dlogits * (discriminator[1] + 2 * discriminator[2] * x)
    step = np.array([dx.sum(), (dx * noise).sum()])
    return generator - rate * step, discriminator - rate * (features @ dlogits)


@generator_turn.mistake(
    "wrong-player", "It is the generator's turn, but your generator stood still and the discriminator moved."
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    features = np.array([np.ones_like(x), x, x**2])
    dlogits = (1 / (1 + np.exp(-(discriminator @ features))) - 1) / len(noise)
    return generator, discriminator - rate * (features @ dlogits)


@generator_turn.mistake(
    "uphill", "Your generator moves away from where the discriminator sees real points. Which sign leads down a loss?"
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return generator + rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator


@generator_turn.mistake(
    "not-through-the-discriminator",
    "You took the slope for the logit as if it were the slope for x. The discriminator lies between "
    "them: how much does the logit change when x does?",
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise)
    return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator


@generator_turn.mistake("square-forgotten", "Your slope of the logit is u alone. What does the part v·x² add to it?")
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * discriminator[1]
    return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator


@generator_turn.mistake("square-without-two", "Nearly: what is the slope of x²?")
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + discriminator[2] * x)
    return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator


@generator_turn.mistake(
    "lists",
    "The numbers are right, but your new generator is a list. `np.array([shift, scale])` makes an array of it.",
    when=lambda seen, generator, discriminator, noise, rate: plain_lists(
        seen, one_turn(generator, discriminator, noise, rate)
    ),
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return [generator[0] - rate * dx.sum(), generator[1] - rate * (dx * noise).sum()], discriminator


@generator_turn.mistake(
    "noise-forgotten",
    "Shift and scale got the same slope. x = shift + scale · z: how far does x move when the *scale* does?",
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return generator - rate * dx.sum(), discriminator


@generator_turn.mistake(
    "saturating",
    "You used the saturating loss, whose slope is nearly 0 when the forgeries are poor. The turn asks for the other one.",
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = -1 / (1 + np.exp(-logits)) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator


@generator_turn.mistake(
    "shared-twice",
    "Your step is smaller than it should be by the number of points. The slopes of exercise 3 are shared out already: "
    "add up over the points, do not average once more.",
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return generator - rate * np.array([dx.mean(), (dx * noise).mean()]), discriminator


@generator_turn.mistake("no-rate", "You take the whole slope as your step. What is `rate` for?")
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return generator - np.array([dx.sum(), (dx * noise).sum()]), discriminator


@generator_turn.mistake(
    "only-the-generator", "The generator is right. The function returns both players, `generator, discriminator`."
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return generator - rate * np.array([dx.sum(), (dx * noise).sum()])


@generator_turn.mistake(
    "writes-into-the-caller",
    "The numbers are right, but `-=` changes the caller's own generator. Make a new array: `generator - …`.",
)
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    generator -= rate * np.array([dx.sum(), (dx * noise).sum()])
    return generator, discriminator


@generator_turn.variant("point by point")
def _(generator, discriminator, noise, rate):
    shift, scale = generator
    c, u, v = discriminator
    down_shift = down_scale = 0.0
    for z in noise:
        x = shift + scale * z
        dx = -1 / (1 + np.exp(c + u * x + v * x * x)) / len(noise) * (u + 2 * v * x)
        down_shift += dx
        down_scale += dx * z
    return [np.array([shift - rate * down_shift, scale - rate * down_scale]), discriminator.copy()]


@generator_turn.variant("as a product of matrices")
def _(generator, discriminator, noise, rate):
    inputs = np.stack([np.ones(len(noise)), noise])
    x = generator @ inputs
    logits = np.polyval(discriminator[::-1], x)
    dx = (np.exp(-np.logaddexp(0, -logits)) - 1) * np.polyval(np.polyder(discriminator[::-1]), x) / len(x)
    return generator - rate * inputs @ dx, discriminator


# How many modes are covered? ----------------------------------------------------------------------------


def count_covered(samples, centers, radius, share):
    """How many centers have at least `share` of all samples within `radius`."""
    near = np.abs(samples[:, None] - centers) <= radius
    return int(np.sum(near.mean(axis=0) >= share))


covered_modes = lesson.function("covered-modes", reference=count_covered, points=3, title="Count the covered modes")


def heaps(rng, at, counts, strays):
    """Samples close to each center, and strays between the last two centers, outside every radius of 1."""
    near = [center + rng.uniform(-0.9, 0.9, count) for center, count in zip(at, counts, strict=True)]
    return rng.permutation(np.concatenate([*near, at[-1] - rng.uniform(1.1, 1.9, strays)]))


@covered_modes.cases
def _(rng):
    yield small(
        "eight samples, centers -2 and 2: only one is covered",
        np.array([-2.0, -1.9, -2.1, -2.0, 2.0, 0.3, 0.4, 0.2]),
        np.array([-2.0, 2.0]),
        0.5,
        0.25,
    )
    at = rng.normal() + 5.0 * np.arange(5)
    yield random("five centers, two of them covered", heaps(rng, at, [50, 30, 10, 2, 0], 50), at, 1.0, 0.1)
    yield random("five centers, three of them covered", heaps(rng, at, [40, 30, 0, 30, 2], 60), at, 1.0, 0.1)
    yield edge("one heap beside every center", at[-1] - rng.uniform(1.5, 1.9, 20), at, 1.0, 0.05)
    yield edge("exactly the share, exactly the radius", np.array([0.5, 0.0, 4.0, 9.0]), np.array([0.0, 4.0]), 0.5, 0.25)


@covered_modes.mistake(
    "one-sample-is-enough", "A single sample near a center counts as covered with you. What is `share` for?"
)
def _(samples, centers, radius, share):
    return int(np.sum((np.abs(samples[:, None] - centers) <= radius).any(axis=0)))


@covered_modes.mistake(
    "nearest-center", "You give each sample to its nearest center, however far away that is. What is `radius` for?"
)
def _(samples, centers, radius, share):
    nearest = np.argmin(np.abs(samples[:, None] - centers), axis=1)
    return int(np.sum(np.bincount(nearest, minlength=len(centers)) / len(samples) >= share))


@covered_modes.mistake(
    "no-absolute-value",
    "A sample far to the left of a center counts as near, since its difference is negative. What makes a difference a distance?",
)
def _(samples, centers, radius, share):
    return int(np.sum((samples[:, None] - centers <= radius).mean(axis=0) >= share))


@covered_modes.mistake("a-fraction", "You return which part of the centers is covered. The question is how many.")
def _(samples, centers, radius, share):
    return np.mean((np.abs(samples[:, None] - centers) <= radius).mean(axis=0) >= share)


@covered_modes.mistake("yes-or-no-for-each", "You answer for each center by itself. How many of the answers are yes?")
def _(samples, centers, radius, share):
    return (np.abs(samples[:, None] - centers) <= radius).mean(axis=0) >= share


@covered_modes.mistake(
    "shares-of-the-near-ones",
    "You divide by the samples that lie near some center. The share is out of *all* samples, strays too.",
)
def _(samples, centers, radius, share):
    near = np.abs(samples[:, None] - centers) <= radius
    return int(np.sum(near.sum(axis=0) / max(near.sum(), 1) >= share))


@covered_modes.mistake(
    "more-than-the-share", "Right, except when a center has exactly the share: “at least” includes it."
)
def _(samples, centers, radius, share):
    return int(np.sum((np.abs(samples[:, None] - centers) <= radius).mean(axis=0) > share))


@covered_modes.mistake("counts-samples", "You count samples that lie near a center. Count centers.")
def _(samples, centers, radius, share):
    return int(np.sum(np.abs(samples[:, None] - centers) <= radius))


@covered_modes.variant("a loop over the centers")
def _(samples, centers, radius, share):
    count = 0
    for center in centers:
        if np.mean(np.abs(samples - center) <= radius) >= share:
            count += 1
    return count


@covered_modes.variant("samples needed, with np.sum")
def _(samples, centers, radius, share):
    near = np.array([np.sum((samples >= c - radius) & (samples <= c + radius)) for c in centers])
    return np.sum(near / len(samples) >= share)


# A contest in Keras -------------------------------------------------------------------------------------

tf = Lazy("tensorflow")


class TwoPlayers:
    """A generator and a discriminator, and one step for each."""

    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


contest = lesson.function(
    "contest", answer="Contest", reference=TwoPlayers, points=5, rounds=1, title="A contest in Keras"
)

DISCRIMINATOR, GENERATOR = "the discriminator's turn", "the generator's turn"


@contest.given
def _():
    return {"keras": keras, "tf": tf}


@contest.cases
def _(rng):
    def images(count, size):
        return rng.uniform(0, 3, (count, size)).astype(np.float32)

    def noise(count, size):
        return rng.normal(size=(count, size)).astype(np.float32)

    yield small("the discriminator's turn", images(4, 3), noise(4, 2), DISCRIMINATOR)
    yield random("the generator's turn", images(6, 5), noise(6, 3), GENERATOR)
    yield edge(
        "the discriminator's next turn, five real and eight forged",
        images(5, 4),
        noise(8, 2),
        DISCRIMINATOR,
        after=True,
    )


@contest.drive
def _(answer, real, noise, who, after=False):
    players = answer(noise.shape[1], real.shape[1])
    if not (hasattr(players, "generator") and hasattr(players, "discriminator")):
        return family(players)
    networks = {"generator": players.generator, "discriminator": players.discriminator}
    if after:
        players.generator_step(noise)
    before = {name: network.get_weights() for name, network in networks.items()}
    try:
        loss = players.discriminator_step(real, noise) if who == DISCRIMINATOR else players.generator_step(noise)
    except ValueError as error:
        if "Unknown variable" in str(error):  # Keras's own message lists every weight
            raise ValueError(
                "the optimizer of one network was given the weights of the other. Each network has an optimizer of its own"
            ) from None
        if not all(network.trainable_variables for network in networks.values()):
            raise ValueError(
                "a network has no trainable variables any more: `trainable` was set to False. "
                "There is no need for it. Who is not named does not move"
            ) from None
        raise
    return {
        "before": before,
        "loss": plain(loss),
        "after": {name: network.get_weights() for name, network in networks.items()},
    }


def is_turn(seen):
    """Whether the drive found two players and could let one of them have its turn."""
    return isinstance(seen, dict) and "before" in seen


def logits_of(weights, real, noise):
    """The discriminator's logits for real and for forged images, computed again from the weights."""
    generator, discriminator = weights["generator"], weights["discriminator"]
    fake = forward(generator, noise, nn.leaky_relu, nn.sigmoid)
    return tuple(forward(discriminator, x, nn.leaky_relu, nn.linear) for x in (real, fake))


def loss_of(weights, real, noise, who):
    """The loss of the player whose turn it is."""
    on_real, on_fake = logits_of(weights, real, noise)
    return two_terms(on_real, on_fake) if who == DISCRIMINATOR else loss_and_slopes(on_fake, False)[0]


def moved(seen, name):
    """Whether any weight of this player changed."""
    return any(not np.array_equal(b, a) for b, a in zip(seen["before"][name], seen["after"][name], strict=True))


def near(seen, value):
    """Whether the returned loss is this number."""
    return (
        np.size(seen["loss"]) == 1
        and family(seen["loss"]) != "a string"
        and bool(np.allclose(seen["loss"], value, rtol=1e-4, atol=1e-5))
    )


def only(turn, test):
    """The mistake shows in this player's turns, and is recognised by `test(seen, logits of real, logits of forged)`."""

    def when(seen, real, noise, who, after=False):
        return (
            is_turn(seen)
            and who == turn
            and seen["loss"] is not None
            and bool(test(seen, *logits_of(seen["before"], real, noise)))
        )

    return when


@contest.accept
def _(seen, real, noise, who, after=False):
    if not is_turn(seen):
        return (
            f"Contest should be a class whose objects have a generator and a discriminator, but calling it gave {seen}"
        )
    sizes = {"generator": noise.shape[1], "discriminator": real.shape[1]}
    if not all(is_stack(seen["before"][name], size) for name, size in sizes.items()):
        return "the two networks are not those of `__init__`. Leave that method as it was given"
    mine, other = ("discriminator", "generator") if who == DISCRIMINATOR else ("generator", "discriminator")
    if family(seen["loss"]) != "a number":
        return f"{mine}_step should return its loss, one number, but it returned {family(seen['loss'])}"
    right = loss_of(seen["before"], real, noise, who)
    if not near(seen, right):
        return f"{mine}_step returned the loss {float(seen['loss']):.4f}; with these weights it is {right:.4f}"
    if moved(seen, other):
        return f"{mine}_step moved weights of the {other}"
    if not moved(seen, mine):
        return f"{mine}_step moved no weight of the {mine}"
    if loss_of(seen["after"], real, noise, who) >= right:
        return f"after {mine}_step its loss is higher than before. Is the gradient that of the loss you return?"
    return None


@contest.mistake(
    "discriminator-steps-for-both",
    "In the discriminator's turn the generator's weights moved as well, and towards forgeries that are easier to "
    "find out. Whose variables do you give to `tape.gradient`?",
    when=only(DISCRIMINATOR, lambda seen, *_: moved(seen, "generator")),
)
class ContestGeneratorHelps:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables + self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.mistake(
    "generator-steps-for-both",
    "In the generator's turn the discriminator's weights moved as well: it was taught to let forgeries pass. Whose "
    "variables belong to this turn?",
    when=only(GENERATOR, lambda seen, *_: moved(seen, "discriminator")),
)
class ContestDiscriminatorObeys:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables + self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.mistake(
    "saturating",
    "Your generator goes down the mean of log(1 - D), whose slope is nearly 0 as long as the forgeries are poor. "
    "This step uses the other form.",
    when=only(GENERATOR, lambda seen, real, logits: near(seen, -np.mean(nn.softplus(logits)))),
)
class ContestSaturating:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = -keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.mistake(
    "generator-gives-itself-up",
    "Your generator's loss is small when its forgeries are found out. What should the discriminator answer to "
    "please it?",
    when=only(GENERATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(logits)))),
)
class ContestGivesItselfUp:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.mistake(
    "forged-forgotten",
    "Your discriminator's loss looks at the real images only. Saying “real” to everything would cost nothing.",
    when=only(DISCRIMINATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(-real)))),
)
class ContestForgedForgotten:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.mistake(
    "labels-swapped",
    "Your discriminator is praised for calling real images forged. Before which of the two logits stands the minus?",
    when=only(
        DISCRIMINATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(real)) + np.mean(nn.softplus(-logits)))
    ),
)
class ContestLabelsSwapped:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.mistake(
    "half",
    "Your discriminator's loss is half of what exercise 2 gives. The two means are added, not averaged.",
    when=only(
        DISCRIMINATOR,
        lambda seen, real, logits: near(seen, (np.mean(nn.softplus(-real)) + np.mean(nn.softplus(logits))) / 2),
    ),
)
class ContestHalf:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = 0.5 * keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += 0.5 * keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.mistake(
    "nothing-applied",
    "The losses are right, but no weight moved. A gradient changes nothing by itself: who makes the step?",
    when=lambda seen, *_, **__: is_turn(seen) and not moved(seen, "generator") and not moved(seen, "discriminator"),
)
class ContestNothingApplied:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        tape.gradient(loss, self.discriminator.trainable_variables)
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        tape.gradient(loss, self.generator.trainable_variables)
        return loss


@contest.mistake(
    "no-loss",
    "The weights move, but the steps return nothing. Each ends with `return loss`.",
    when=lambda seen, *_, **__: is_turn(seen) and seen["loss"] is None,
)
class ContestNoLoss:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))


@contest.variant("Keras's own cross-entropy")
class ContestKerasLoss:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.entropy = keras.losses.BinaryCrossentropy(from_logits=True)
        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            real, fake = self.discriminator(real), self.discriminator(self.generator(noise))
            loss = self.entropy(tf.ones_like(real), real)
            loss += self.entropy(tf.zeros_like(fake), fake)
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            fake = self.discriminator(self.generator(noise))
            loss = self.entropy(tf.ones_like(fake), fake)
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


@contest.variant("TensorFlow's functions, apply, a float")
class ContestByHand:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softplus(-self.discriminator(real)))
            loss += tf.reduce_mean(tf.nn.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_weights
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply(gradients, weights)
        return float(loss)

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_weights
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply(gradients, weights)
        return float(loss)
