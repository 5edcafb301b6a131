"""The generator's turn."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .generator_loss import loss_and_slopes


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


generator_turn = FunctionExercise("generator-turn", reference=one_turn, points=4, title="The generator's turn")


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
    yield edge("a single point, a long step", *players(), rng.normal(size=1), 3.0)
    yield edge("a generator far from 0", np.array([9.0, -8.0]), np.array([0.3, -0.1, 0.01]), rng.normal(size=6), 0.5)
    yield edge("noise of 0 only: the scale cannot learn", *players(), np.zeros(4), 0.5)
    yield edge("a hundred points", *players(), rng.normal(size=100), 0.3)
    yield edge("a discriminator that knows nothing", players()[0], np.zeros(3), rng.normal(size=3), 0.1)
    yield edge(
        "a discriminator without a square",
        players()[0],
        np.array([0.2, rng.uniform(0.5, 1), 0.0]),
        rng.normal(size=3),
        0.1,
    )


@generator_turn.variant("the slope of each point")
def _(generator, discriminator, noise, rate):
    x = generator[0] + generator[1] * noise
    logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
    dx = (1 / (1 + np.exp(-logits)) - 1) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
    return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator


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


@generator_turn.mistake(
    "a-step-after-each-point",
    "You take a step after every point, so the next one is made by a generator that has moved already. The turn is *one* "
    "step: add up the slopes of all points first.",
)
def _(generator, discriminator, noise, rate):
    for z in noise:
        x = generator[0] + generator[1] * z
        slope = (
            -1
            / (1 + np.exp(discriminator @ [1, x, x * x]))
            / len(noise)
            * (discriminator[1] + 2 * discriminator[2] * x)
        )
        generator = generator - rate * slope * np.array([1, z])
    return generator, discriminator


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


generator_turn.slip(
    "uphill",
    "Your generator moves away from where the discriminator sees real points. Which sign leads down a loss?",
    "generator - rate",
    "generator + rate",
)

generator_turn.slip(
    "not-through-the-discriminator",
    (
        "You took the slope for the logit as if it were the slope for x. The discriminator lies between "
        "them: how much does the logit change when x does?"
    ),
    " * (discriminator[1] + 2 * discriminator[2] * x)",
    "",
)

generator_turn.slip(
    "square-forgotten",
    "Your slope of the logit is u alone. What does the part v·x² add to it?",
    "(discriminator[1] + 2 * discriminator[2] * x)",
    "discriminator[1]",
)

generator_turn.slip("square-without-two", "Nearly: what is the slope of x²?", "2 * discriminator", "discriminator")


generator_turn.slip(
    "lists",
    "The numbers are right, but your new generator is a list. `np.array([shift, scale])` makes an array of it.",
    "generator - rate * np.array([dx.sum(), (dx * noise).sum()])",
    "[generator[0] - rate * dx.sum(), generator[1] - rate * (dx * noise).sum()]",
    when=lambda seen, generator, discriminator, noise, rate: plain_lists(
        seen, one_turn(generator, discriminator, noise, rate)
    ),
)

generator_turn.slip(
    "noise-forgotten",
    "Shift and scale got the same slope. x = shift + scale · z: how far does x move when the *scale* does?",
    "np.array([dx.sum(), (dx * noise).sum()]",
    "dx.sum(",
)

generator_turn.slip(
    "saturating",
    "You used the saturating loss, whose slope is nearly 0 when the forgeries are poor. The turn asks for the other one.",
    "(1 / (1 + np.exp(-logits)) - 1",
    "-1 / (1 + np.exp(-logits)",
)

generator_turn.slip(
    "shared-twice",
    (
        "Your step is smaller than it should be by the number of points. The slopes of exercise 3 are shared out already: "
        "add up over the points, do not average once more."
    ),
    "sum(), (dx * noise).sum",
    "mean(), (dx * noise).mean",
)

generator_turn.slip("no-rate", "You take the whole slope as your step. What is `rate` for?", "rate * np", "np")


generator_turn.slip(
    "only-the-generator",
    "The generator is right. The function returns both players, `generator, discriminator`.",
    "), discriminator",
    ")",
)

generator_turn.slip(
    "writes-into-the-caller",
    "The numbers are right, but `-=` changes the caller's own generator. Make a new array: `generator - …`.",
    "return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator",
    "generator -= rate * np.array([dx.sum(), (dx * noise).sum()])\n    return generator, discriminator",
)

generator_turn.slip(
    "slope-of-the-loss-summed",
    "Your step is too long by the number of points: the loss is a mean. By what does each point's slope get divided?",
    " / len(noise)",
    "",
)

generator_turn.slip(
    "discriminator-only-in-its-sign",
    "The slope for the logit is D - 1, and yours is D: the generator flees from what pleases the discriminator. Where is the 1?",
    "(1 / (1 + np.exp(-logits)) - 1) /",
    "1 / (1 + np.exp(-logits)) /",
)

generator_turn.slip(
    "in-one-list",
    "You return four or five numbers in one array. The text asks for a pair: the generator, and the discriminator.",
    "return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator",
    "return np.concatenate([generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator])",
)

generator_turn.slip(
    "players-exchanged",
    "The players have changed places: the text asks for `generator, discriminator`.",
    "return generator - rate * np.array([dx.sum(), (dx * noise).sum()]), discriminator",
    "return discriminator, generator - rate * np.array([dx.sum(), (dx * noise).sum()])",
)

generator_turn.slip(
    "slopes-returned",
    "You return the slopes. The text asks for the players as they are *after* the step.",
    "return generator - rate * np.array([dx.sum(), (dx * noise).sum()])",
    "return np.array([dx.sum(), (dx * noise).sum()])",
)

generator_turn.slip(
    "shift-and-scale-exchanged",
    "The slope of the shift is taken for that of the scale, and the other way round. What stands first in `generator`?",
    "np.array([dx.sum(), (dx * noise).sum()])",
    "np.array([(dx * noise).sum(), dx.sum()])",
)

generator_turn.slip(
    "times-x",
    "For the scale you multiply by x. x = shift + scale · z: how far does x move when the scale does?",
    "(dx * noise)",
    "(dx * x)",
)

generator_turn.slip(
    "scale-stands-still",
    "The shift is right, the scale stood still. Which slope belongs to it?",
    "(dx * noise).sum()",
    "0.0",
)

generator_turn.slip(
    "shift-stands-still",
    "The scale is right, the shift stood still. Which slope belongs to it?",
    "np.array([dx.sum(), ",
    "np.array([0.0, ",
)

generator_turn.equivalent(
    "np.array([np.ones_like(x), x, x ** 2])", why="a product with an array makes an array of a list"
)
generator_turn.equivalent("np.ones_like(x)", "np.ones_like(x, dtype='uint8')", why="beside x the ones become floats")
generator_turn.equivalent(
    "np.ones(len(noise))", "np.ones(len(noise), dtype='uint8')", why="ones become floats beside z"
)
generator_turn.equivalent("discriminator.copy()", "discriminator", why="it is given back as it came")
generator_turn.equivalent("np.logaddexp(0, -logits)", "np.logaddexp(-logits, 0)", why="a sum has no order")
generator_turn.equivalent("the result", "transposed", why="the players have one axis")
generator_turn.equivalent("the result", "in one row", why="the players have one axis")
