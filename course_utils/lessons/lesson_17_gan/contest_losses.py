"""More mistakes in the losses of the contest, each recognised by the number that it gives."""

import numpy as np

from course_utils import nn

from .contest import contest
from .contest_judging import DISCRIMINATOR, GENERATOR, near, only, own_noise

TINY = 1e-7  # how near to 0 and 1 Keras lets a probability come


def cost(shares):
    """The mean of -ln of numbers that are taken for probabilities, as Keras computes it."""
    return np.mean(-np.log(np.clip(shares, TINY, 1 - TINY)))


def either(discriminators, generators):
    """The mistake is in both turns: the loss of each is this function's of the logits of real and forged images."""
    tests = [
        only(who, lambda seen, real, fake, loss=loss: near(seen, loss(real, fake)))
        for who, loss in [(DISCRIMINATOR, discriminators), (GENERATOR, generators)]
    ]
    return lambda *case, **sizes: any(test(*case, **sizes) for test in tests)


contest.slip(
    "own-noise",
    (
        "Called twice with the same noise and the same weights, your step returns two losses. From which noise do your "
        "forgeries come?"
    ),
    "loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))",
    "noise = keras.random.normal(noise.shape)\n            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))",
    when=own_noise,
)

contest.slip(
    "a-step-for-each-group",
    (
        "Your discriminator makes two steps in a turn, one for each group, so the forged images meet weights that have "
        "moved already. Add the two losses first, then make one step."
    ),
    """            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss""",
    """            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
        weights = self.discriminator.trainable_variables
        self.discriminator_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        with tf.GradientTape() as tape:
            on_fake = keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        self.discriminator_optimizer.apply_gradients(zip(tape.gradient(on_fake, weights), weights, strict=True))
        return loss + on_fake""",
    when=only(
        DISCRIMINATOR,
        lambda seen, real, fake: (
            seen["steps"] == 2 and not near(seen, np.mean(nn.softplus(-real)) + np.mean(nn.softplus(fake)))
        ),
    ),
)

contest.slip(
    "logits-for-shares",
    (
        "Your cross-entropy takes the logits for probabilities. The discriminator ends without a sigmoid: which argument of "
        "the loss says so, or which function takes logits?"
    ),
    "BinaryCrossentropy(from_logits=True)",
    "BinaryCrossentropy()",
    of="Keras's own cross-entropy",
    when=either(lambda real, fake: cost(real) + cost(1 - np.clip(fake, TINY, 1 - TINY)), lambda real, fake: cost(fake)),
)

contest.slip(
    "aims-at-0.9",
    "For the real images your discriminator aims at D = 0.9 instead of 1. Some GANs do; exercise 2 takes -ln D alone.",
    "self.entropy(tf.ones_like(real), real)",
    "self.entropy(0.9 * tf.ones_like(real), real)",
    of="Keras's own cross-entropy",
    when=only(
        DISCRIMINATOR,
        lambda seen, real, fake: near(seen, np.mean(nn.softplus(real) - 0.9 * real) + np.mean(nn.softplus(fake))),
    ),
)

contest.slip(
    "logits-subtracted",
    "Your discriminator's loss is a difference of bare logits, that of another kind of GAN. Which function has exercise 2?",
    "keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))",
    "keras.ops.mean(on_fake) - keras.ops.mean(on_real)",
    of="one way to step for both",
    when=only(DISCRIMINATOR, lambda seen, real, fake: near(seen, np.mean(fake) - np.mean(real))),
)

contest.slip(
    "one-mean",
    "Your discriminator's loss is one mean over both groups. Exercise 2 takes a mean of each group and adds them.",
    "keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))",
    "keras.ops.mean(keras.ops.concatenate([keras.ops.softplus(-on_real), keras.ops.softplus(on_fake)]))",
    of="one way to step for both",
    when=only(
        DISCRIMINATOR,
        lambda seen, real, fake: near(seen, np.mean(np.concatenate([nn.softplus(-real), nn.softplus(fake)]))),
    ),
)

contest.slip(
    "summed",
    "Your discriminator's loss grows with the number of images. Which of sum and mean does exercise 2 have?",
    "keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))",
    "keras.ops.sum(keras.ops.softplus(-on_real)) + keras.ops.sum(keras.ops.softplus(on_fake))",
    of="one way to step for both",
    when=only(
        DISCRIMINATOR, lambda seen, real, fake: near(seen, np.sum(nn.softplus(-real)) + np.sum(nn.softplus(fake)))
    ),
)
