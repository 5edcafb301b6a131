"""A generator and a discriminator in Keras, and one step of training for each."""

import numpy as np

from course_utils import nn
from course_utils.environment import Lazy, keras
from course_utils.exercises import FunctionExercise, edge, random, small

from .contest_judging import DISCRIMINATOR, GENERATOR, is_turn, moved, near, only, play, problem_of

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


contest = FunctionExercise(
    "contest", answer="Contest", reference=TwoPlayers, points=5, rounds=1, title="A contest in Keras"
)


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


contest.drive(play)
contest.accept(problem_of)


contest.variant("a tape in each step")(TwoPlayers)


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


@contest.variant("one way to step for both")
class ContestOneStep:
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
            on_real, on_fake = self.discriminator(real), self.discriminator(self.generator(noise))
            loss = keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))
        return self.step(tape, loss, self.discriminator, self.discriminator_optimizer)

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        return self.step(tape, loss, self.generator, self.generator_optimizer)

    def step(self, tape, loss, network, optimizer):
        weights = network.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        return loss


contest.slip(
    "discriminator-steps-for-both",
    (
        "In the discriminator's turn the generator's weights moved as well, and towards forgeries that are easier to "
        "find out. Whose variables do you give to `tape.gradient`?"
    ),
    "discriminator.trainable_variables",
    "discriminator.trainable_variables + self.generator.trainable_variables",
    when=only(DISCRIMINATOR, lambda seen, *_: moved(seen, "generator")),
)

contest.slip(
    "generator-steps-for-both",
    (
        "In the generator's turn the discriminator's weights moved as well: it was taught to let forgeries pass. Whose "
        "variables belong to this turn?"
    ),
    "generator.trainable_variables",
    "generator.trainable_variables + self.discriminator.trainable_variables",
    when=only(GENERATOR, lambda seen, *_: moved(seen, "discriminator")),
)

contest.slip(
    "saturating",
    (
        "Your generator goes down the mean of log(1 - D), whose slope is nearly 0 as long as the forgeries are poor. "
        "This step uses the other form."
    ),
    "loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))",
    "loss = -keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))",
    when=only(GENERATOR, lambda seen, real, logits: near(seen, -np.mean(nn.softplus(logits)))),
)

contest.slip(
    "generator-gives-itself-up",
    (
        "Your generator's loss is small when its forgeries are found out. What should the discriminator answer to "
        "please it?"
    ),
    "softplus(-self.discriminator(self.generator(noise))))",
    "softplus(self.discriminator(self.generator(noise))))",
    when=only(GENERATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(logits)))),
)

contest.slip(
    "forged-forgotten",
    "Your discriminator's loss looks at the real images only. Saying “real” to everything would cost nothing.",
    " + keras.ops.mean(keras.ops.softplus(on_fake))",
    "",
    of="one way to step for both",
    when=only(DISCRIMINATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(-real)))),
)

contest.slip(
    "labels-swapped",
    "Your discriminator is praised for calling real images forged. Before which of the two logits stands the minus?",
    "softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))",
    "softplus(on_real)) + keras.ops.mean(keras.ops.softplus(-on_fake))",
    of="one way to step for both",
    when=only(
        DISCRIMINATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(real)) + np.mean(nn.softplus(-logits)))
    ),
)

contest.slip(
    "half",
    "Your discriminator's loss is half of what exercise 2 gives. The two means are added, not averaged.",
    "keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))",
    "(keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))) / 2",
    of="one way to step for both",
    when=only(
        DISCRIMINATOR,
        lambda seen, real, logits: near(seen, (np.mean(nn.softplus(-real)) + np.mean(nn.softplus(logits))) / 2),
    ),
)

contest.slip(
    "nothing-applied",
    "The losses are right, but no weight moved. A gradient changes nothing by itself: who makes the step?",
    "optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))",
    "tape.gradient(loss, weights)",
    of="one way to step for both",
    when=lambda seen, *_, **__: is_turn(seen) and not moved(seen, "generator") and not moved(seen, "discriminator"),
)

contest.slip(
    "no-loss",
    "The weights move, but the steps return nothing. Each ends with `return loss`.",
    "return loss",
    "return",
    of="one way to step for both",
    when=lambda seen, *_, **__: is_turn(seen) and seen["loss"] is None,
)
