"""A generator and a discriminator in Keras, and one step of training for each."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .contest_answers import ContestByHand, ContestKerasLoss, ContestOneStep, TwoPlayers, keras, tf
from .contest_judging import (
    BOTH,
    DISCRIMINATOR,
    GENERATOR,
    PLAYERS,
    RATE,
    is_turn,
    moved,
    near,
    only,
    only_the_other_moves,
    play,
    problem_of,
    reach,
    right_loss,
    some_stand_still,
    step_problem,
)

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
    few = {"width": 16, "rate": 0.01}  # fewer weights, and another rate
    yield edge(
        "five real and eight forged, after a turn of each", images(5, 4), noise(8, 2), DISCRIMINATOR, BOTH[::-1], **few
    )
    yield edge("the generator's second turn", images(3, 4), noise(7, 2), GENERATOR, BOTH, **few)


contest.drive(play)
contest.accept(problem_of)


contest.variant("a tape in each step")(TwoPlayers)
contest.variant("Keras's own cross-entropy")(ContestKerasLoss)
contest.variant("TensorFlow's functions, apply, a float")(ContestByHand)
contest.variant("one way to step for both")(ContestOneStep)

contest.slip(
    "discriminator-steps-for-both",
    (
        "In the discriminator's turn the generator's weights moved as well, and towards forgeries that are easier to "
        "find out. Whose variables do you give to `tape.gradient`?"
    ),
    "discriminator.trainable_variables",
    "discriminator.trainable_variables + self.generator.trainable_variables",
    when=only(DISCRIMINATOR, lambda seen, *_: moved(seen, "generator") and moved(seen, "discriminator")),
)

contest.slip(
    "generator-steps-for-both",
    (
        "In the generator's turn the discriminator's weights moved as well: it was taught to let forgeries pass. Whose "
        "variables belong to this turn?"
    ),
    "generator.trainable_variables",
    "generator.trainable_variables + self.discriminator.trainable_variables",
    when=only(GENERATOR, lambda seen, *_: moved(seen, "generator") and moved(seen, "discriminator")),
)

contest.slip(
    "moves-the-other",
    (
        "In the generator's turn the generator stands still and the discriminator moves: it is taught to let forgeries "
        "pass. Whose variables, and whose optimizer, belong to this turn?"
    ),
    "        weights = self.generator.trainable_variables\n        gradients = tape.gradient(loss, weights)\n        self.generator_optimizer",
    "        weights = self.discriminator.trainable_variables\n        gradients = tape.gradient(loss, weights)\n        self.discriminator_optimizer",
    when=only_the_other_moves(GENERATOR),
)

contest.slip(
    "moves-the-forger",
    (
        "In the discriminator's turn the discriminator stands still and the generator moves, towards forgeries that are "
        "easier to find out. Whose variables, and whose optimizer, belong to this turn?"
    ),
    "        weights = self.discriminator.trainable_variables\n        gradients = tape.gradient(loss, weights)\n        self.discriminator_optimizer",
    "        weights = self.generator.trainable_variables\n        gradients = tape.gradient(loss, weights)\n        self.generator_optimizer",
    when=only_the_other_moves(DISCRIMINATOR),
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
    when=right_loss(lambda seen, *_: not moved(seen, "generator") and not moved(seen, "discriminator")),
)


def returns_nothing(*turns):
    """In the turns of these players weights moved, and nothing came back."""

    def when(seen, real, noise, who, *_, **__):
        return is_turn(seen) and who in turns and seen["loss"] is None and any(moved(seen, p) for p in PLAYERS.values())

    return when


for _who in BOTH:
    contest.slip(
        f"{PLAYERS[_who]}-returns-nothing",
        f"The weights move, but `{PLAYERS[_who]}_step` returns nothing. It ends with `return loss`.",
        f"return self.step(tape, loss, self.{PLAYERS[_who]}, ",
        f"self.step(tape, loss, self.{PLAYERS[_who]}, ",
        of="one way to step for both",
        when=returns_nothing(_who),
    )

contest.slip(
    "no-loss",
    "The weights move, but the steps return nothing. Each ends with `return loss`.",
    "return loss",
    "return",
    of="one way to step for both",
    when=returns_nothing(*BOTH),
)

contest.slip(
    "one-loss-returned-another-stepped-down",
    (
        "The loss that you return is right, but the generator's step goes down the other form, the mean of log(1 - D). "
        "Which loss do you hand to `tape.gradient`?"
    ),
    (
        "loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))\n"
        "        return self.step(tape, loss, self.generator, self.generator_optimizer)"
    ),
    (
        "fake = self.discriminator(self.generator(noise))\n            loss = -keras.ops.mean(keras.ops.softplus(fake))\n"
        "        self.step(tape, loss, self.generator, self.generator_optimizer)\n"
        "        return keras.ops.mean(keras.ops.softplus(-fake))"
    ),
    of="one way to step for both",
    when=right_loss(
        lambda seen, *turn: (
            turn[2] == GENERATOR and not moved(seen, "discriminator") and not step_problem(seen, *turn, saturating=True)
        )
    ),
)

contest.slip(
    "not-all-layers",
    "The losses are right, but some arrays of the player whose turn it is stood still. Which variables does its step name?",
    "weights = network.trainable_variables",
    "weights = network.trainable_variables[-2:]",
    of="one way to step for both",
    when=right_loss(lambda seen, real, noise, who, *_: some_stand_still(seen, who)),
)

contest.slip(
    "two-steps",
    "Each turn carries its player twice as far as one step at this `rate`. Is the step made twice, or the rate doubled?",
    "optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))",
    "for slopes in 2 * [tape.gradient(loss, weights)]:\n            optimizer.apply_gradients(zip(slopes, weights, strict=True))",
    of="one way to step for both",
    when=right_loss(
        lambda seen, real, noise, who, earlier, rate: (1.1 if earlier else 1.85) < reach(seen, who) / rate < 2.3
    ),
)

contest.slip(
    "another-optimizer",
    (
        "The steps are 0.0005 long, whatever `rate` the contest was made with. Whose optimizer makes them: those of `__init__`, "
        "as they were given?"
    ),
    "optimizer.apply_gradients",
    "keras.optimizers.Adam(0.0005, beta_1=0.5).apply_gradients",
    of="one way to step for both",
    when=right_loss(
        lambda seen, real, noise, who, earlier, rate: 0.98 < reach(seen, who) / RATE < 1.02 and rate != RATE
    ),
)

for call in ("ones_like(real", "zeros_like(fake", "ones_like(fake"):
    contest.equivalent(f"tf.{call})", f"tf.{call}, dtype='uint8')", why="the loss makes floats of labels")
