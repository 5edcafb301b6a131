"""A contest in Keras."""

import numpy as np

from course_utils import nn
from course_utils.environment import Lazy, keras
from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import forward, is_stack

from .discriminator_loss import two_terms
from .generator_loss import loss_and_slopes

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


contest.variant("as in the lesson")(TwoPlayers)


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
    "loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self",
    "loss = -keras.ops.mean(keras.ops.softplus(self.discriminator(self",
    when=only(GENERATOR, lambda seen, real, logits: near(seen, -np.mean(nn.softplus(logits)))),
)


contest.slip(
    "generator-gives-itself-up",
    (
        "Your generator's loss is small when its forgeries are found out. What should the discriminator answer to "
        "please it?"
    ),
    "ops.softplus(-self.discriminator(self",
    "ops.softplus(self.discriminator(self",
    when=only(GENERATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(logits)))),
)


contest.slip(
    "forged-forgotten",
    "Your discriminator's loss looks at the real images only. Saying “real” to everything would cost nothing.",
    "            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))\n        weights = self.discriminator.trainable_variables",
    "        weights = self.discriminator.trainable_variables",
    when=only(DISCRIMINATOR, lambda seen, real, logits: near(seen, np.mean(nn.softplus(-real)))),
)


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
