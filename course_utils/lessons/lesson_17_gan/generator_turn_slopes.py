"""More mistakes of the generator's turn: a slope of another place, or of another part of the way."""

import numpy as np

from .generator_turn import generator_turn

generator_turn.slip(
    "sigmoid-slope-once-more",
    "Your slope for the logit is D - 1 times the slope of the sigmoid. That one is in D - 1 already: which slope did section 3 give?",
    "(1 / (1 + np.exp(-logits)) - 1) /",
    "(1 / (1 + np.exp(-logits)) - 1) / (1 + np.exp(-logits)) / (1 + np.exp(logits)) /",
)

generator_turn.slip(
    "sigmoid-slope-only",
    "Your slope for the logit is that of the sigmoid. The loss has a logarithm around it: which slope did section 3 give?",
    "(1 / (1 + np.exp(-logits)) - 1) /",
    "-1 / (1 + np.exp(-logits)) / (1 + np.exp(logits)) /",
)

generator_turn.slip(
    "slope-for-the-answer",
    "-1/D is the slope for D. Between the logit and D lies a sigmoid: which slope for the *logit* did section 3 give?",
    "(1 / (1 + np.exp(-logits)) - 1) /",
    "-(1 + np.exp(-logits)) /",
)

generator_turn.slip(
    "scale-shared-twice",
    "The shift is right. The slopes of the points are shared out already: what do you do with them for the scale, add up or average?",
    "(dx * noise).sum()",
    "(dx * noise).mean()",
)

generator_turn.slip(
    "shift-shared-twice",
    "The scale is right. The slopes of the points are shared out already: what do you do with them for the shift, add up or average?",
    "np.array([dx.sum()",
    "np.array([dx.mean()",
)

generator_turn.slip(
    "mean-of-the-noise",
    "For the scale you multiply two totals, one of the slopes and one of the noise. Which noise belongs to which slope?",
    "(dx * noise).sum()",
    "dx.sum() * noise.mean()",
)

generator_turn.slip(
    "sum-of-the-noise",
    "For the scale you multiply a sum with a sum. Which noise belongs to which slope?",
    "(dx * noise).sum()",
    "dx.sum() * noise.sum()",
)

generator_turn.slip(
    "slope-at-the-noise",
    "You take the slope u + 2·v·… at the noise. At which place does the discriminator look at the point?",
    "(discriminator[1] + 2 * discriminator[2] * x)",
    "(discriminator[1] + 2 * discriminator[2] * noise)",
)

generator_turn.slip(
    "curve-for-its-slope",
    "You multiply with u·x + v·x², the curve itself. How fast does it change when x does?",
    "(discriminator[1] + 2 * discriminator[2] * x)",
    "(discriminator[1] * x + discriminator[2] * x**2)",
)

generator_turn.slip(
    "constant-in-the-slope",
    "c stands in your slope of the logit. How much does c change when x does?",
    "(discriminator[1] + 2 * discriminator[2] * x)",
    "(discriminator[0] + discriminator[1] + 2 * discriminator[2] * x)",
)

generator_turn.slip(
    "no-constant",
    "Your logit is u·x + v·x² alone. What is missing in it?",
    "discriminator[0] + discriminator[1] * x",
    "discriminator[1] * x",
)

generator_turn.slip(
    "noise-judged",
    "The discriminator looks at your noise itself. What does the generator make of it first?",
    "x = generator[0] + generator[1] * noise",
    "x = noise",
)

generator_turn.slip(
    "shift-times-noise",
    "You multiply the noise by the shift and add the scale. What stands first in `generator`?",
    "x = generator[0] + generator[1] * noise",
    "x = generator[1] + generator[0] * noise",
)

generator_turn.slip(
    "coefficients-turned-round",
    "Your logit takes c for the number at x², and v for the one that stands alone. In which order does `discriminator` give them?",
    "discriminator[0] + discriminator[1] * x + discriminator[2] * x**2",
    "discriminator[2] + discriminator[1] * x + discriminator[0] * x**2",
)


@generator_turn.mistake(
    "shift-first",
    "The shift is right. Your scale takes its slope where the shift has moved to already: both belong to the same place, before the step.",
)
def _(generator, discriminator, noise, rate):
    new = generator * 1.0
    for number, inputs in enumerate([np.ones(len(noise)), noise]):
        x = new[0] + new[1] * noise
        logits = discriminator[0] + discriminator[1] * x + discriminator[2] * x**2
        dx = -1 / (1 + np.exp(logits)) / len(noise) * (discriminator[1] + 2 * discriminator[2] * x)
        new[number] -= rate * np.sum(dx * inputs)
    return new, discriminator
